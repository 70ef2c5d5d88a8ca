/* `feedmill decide`: a decision is a line more in feeds/decisions.yaml. */
#include "mill/mill.h"

#include "base/arena.h"
#include "base/escape.h"
#include "base/vec.h"
#include "config/config.h"
#include "item/decision.h"
#include "mill/decide.h"
#include "mill/keep.h"
#include "mill/mill_store.h"
#include "store/store.h"
#include "sys/file.h"
#include "sys/lock.h"
#include "sys/log.h"

#define DECISIONS_MAX ((size_t)64 << 20)

static void add_moment(struct buf *b, const char *key, int64_t t)
{
    char text[WHEN_CHARS];

    if (t == 0)
        return;
    when_rfc3339((struct when){.unix_seconds = t, .precision = WHEN_SECOND},
                 text);
    buf_printf(b, ", %s: %s", key, text);
}

struct decision_lines {
    struct decision_line *at;
    size_t n, cap;
};

/* ITEM is as YAML wants it. */
static void add_line(struct arena *a, struct decision_lines *lines,
                     const struct decision *d, struct str item,
                     struct str title)
{
    struct buf b;

    buf_init(&b, BUF_MAX);
    buf_printf(&b, "{item: %.*s, do: %.*s", STR_ARG(item),
               STR_ARG(decision_do_name(d->what)));
    if (d->topic.n > 0)
        buf_printf(&b, ", topic: %.*s", STR_ARG(d->topic));
    if (d->to.n > 0) {
        buf_add_str(&b, STR(", to: "));
        escape_yaml(&b, d->to);
    }
    if (d->into.n > 0) {
        buf_add_str(&b, STR(", into: "));
        escape_yaml(&b, d->into);
    }
    add_moment(&b, "until", d->until);
    add_moment(&b, "at", d->at);
    buf_add_char(&b, '}');
    *vec_add(a, lines) = (struct decision_line){.mapping = buf_keep(&b, a),
                                                .remark = arena_str(a, title)};
    buf_done(&b);
}

static struct str quoted(struct arena *a, struct str s)
{
    struct str out;
    struct buf b;

    buf_init(&b, BUF_MAX);
    escape_yaml(&b, s);
    out = buf_keep(&b, a);
    buf_done(&b);
    return out;
}

static bool append(struct arena *a, struct str root,
                   const struct decision_lines *lines, struct error *err)
{
    struct str shown = STR("feeds/decisions.yaml");
    struct str path = arena_cat(a, root, STR("/"), shown);
    struct lock *lock = mill_edit_lock(a, root, err);
    struct str text;
    struct buf b;
    bool ok;

    buf_init(&b, DECISIONS_MAX);
    ok = lock != NULL && (!file_exists(path.p) || file_read(path.p, &b, err)) &&
         decisions_text_add(a, shown, buf_str(&b), lines->at, lines->n, &text,
                            err) &&
         file_replace(path.p, text, NULL, err);
    lock_release(lock);
    buf_done(&b);
    return ok;
}

static int refuse(struct str word, const char *why)
{
    struct error err;

    error_set(&err, ERR_INPUT, "%s", why);
    error_where(&err, word.p);
    log_error(&err);
    return 1;
}

struct deciding {
    struct arena *a; /* of the lines */
    struct decision_lines lines;
    const struct mill_config *mill;
    const struct decision *decision;
    const struct str *items;
    size_t n;
    int status;
};

/* Whether the decision's other item, of merge, is one that can be meant with
 * *FOUND. */
static bool fits_into(struct deciding *d, struct arena *a, struct store *store,
                      const struct found_item *found, bool *fits,
                      struct error *err)
{
    struct str into = d->decision->into;
    struct found_item other;
    size_t n;

    *fits = true;
    if (into.n == 0)
        return true;
    if (!decision_story(a, store, into, &other, &n, err))
        return false;
    *fits = n == 1 && other.item != found->item;
    if (!*fits)
        d->status =
            refuse(arena_str(a, into), n == 0  ? "no item is known by this name"
                                       : n > 1 ? "this names several articles"
                                               : "an item is in its own story");
    return true;
}

static bool read_items(void *ctx, struct arena *a, struct store *store,
                       struct buf *out, struct error *err)
{
    struct deciding *d = ctx;

    (void)out;
    d->status = 0;
    d->lines.n = 0;
    for (size_t i = 0; i < d->n; i++) {
        struct found_item found;
        bool is_kept = false, fits = true;
        size_t n_found;

        if (!decision_story(a, store, d->items[i], &found, &n_found, err) ||
            (n_found == 0 && d->decision->what == DO_RETRACT &&
             !keep_knows(d->mill, store, a, d->items[i], &is_kept, err)) ||
            (n_found == 1 && !fits_into(d, a, store, &found, &fits, err)))
            return false;
        if (is_kept)
            add_line(d->a, &d->lines, d->decision, quoted(a, d->items[i]),
                     STR_NONE);
        else if (n_found == 1 && fits)
            add_line(d->a, &d->lines, d->decision, str_from_c(found.short_id),
                     found.title);
        else if (n_found != 1)
            d->status = refuse(arena_str(a, d->items[i]),
                               n_found == 0 ? "no item is known by this name"
                                            : "this names several articles");
    }
    return true;
}

int mill_decide(const struct config *config, const struct decision *decision,
                const struct str *items, size_t n)
{
    const struct mill_config *mill = &config->mill;
    struct arena *a = arena_new(0);
    struct deciding d = {
        .a = a, .mill = mill, .decision = decision, .items = items, .n = n};
    struct error err;
    struct buf none;

    buf_init(&none, BUF_MAX);
    if (!mill_store_read(a, mill->root, read_items, &d, &none, &err)) {
        log_error(&err);
        d.status = 4;
    } else if (d.lines.n > 0 && !append(a, mill->root, &d.lines, &err)) {
        log_error(&err);
        d.status = err.code == ERR_CONFIG ? 2 : 4;
    }
    buf_done(&none);
    arena_free(a);
    return d.status;
}
