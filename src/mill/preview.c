/* What publishing would change in a topic, as its rule is written now. */
#include "mill/mill.h"

#include "base/arena.h"
#include "base/map.h"
#include "mill/choose.h"
#include "mill/mill_store.h"
#include "mill/press.h"
#include "mill/standing.h"
#include "publish/publish.h"
#include "sys/clock.h"
#include "sys/file.h"
#include "sys/log.h"
#include "text/json.h"

#define EDITION_MAX ((size_t)512 << 20)

struct preview {
    struct arena *a;
    const struct topic *topic;
    struct press *press;
    int64_t since;
    const struct json *published; /* items of feed.json; NULL: none */
    struct buf *out;
    size_t more, less, stay;
    bool ok;
    struct error *err;
};

static int64_t date_of(const struct json *item)
{
    struct when_hints hints = {0};
    struct when when;
    struct str s = json_get_str(item, STR("date_published"));

    return when_parse(s, &hints, &when) ? when.unix_seconds : 0;
}

/* A line for a change, with what the judge and the editor say of the item. */
static bool add_line(struct preview *p, char sign, struct str atom_id,
                     struct str title)
{
    struct press *press = p->press;
    struct found_item *found;
    struct stored_item item;
    struct standing s = {0};
    bool is_there = false;
    enum room room;
    size_t n;

    if (!store_find_items(press->store, p->a, atom_id, &found, &n, p->err) ||
        (n > 0 && !store_get_item(press->store, p->a, found[0].item, &item,
                                  &is_there, p->err)))
        return false;
    buf_printf(p->out, "%c %s  %.*s", sign, n > 0 ? found[0].short_id : "-",
               STR_ARG(title));
    if (is_there) {
        standing_of(p->a, press->config, p->topic, press->decided, &item, &s);
        if (s.state == ITEM_PUBLISHED && sign == '-') {
            if (!choose_room(press, p->topic, item.story, &room, p->err))
                return false;
            buf_printf(p->out, "  (no room: %.*s)",
                       STR_ARG(room_text(p->a, p->topic, room)));
        } else
            buf_printf(p->out, "  (%.*s; %.*s)",
                       STR_ARG(item_state_name(s.state)),
                       STR_ARG(s.verdict.reason));
    }
    buf_add_char(p->out, '\n');
    return true;
}

static bool compare(struct preview *p, const struct edition *edition)
{
    struct map now, before;

    map_init(&now, p->a);
    map_init(&before, p->a);
    for (const struct json *i = p->published; i != NULL; i = i->next)
        map_put(&before, json_get_str(i, STR("id")), NULL);
    for (size_t i = 0; i < edition->n_entries; i++) {
        const struct entry *e = &edition->entries[i];

        map_put(&now, arena_str(p->a, e->atom_id), NULL);
        if (map_get(&before, e->atom_id) != NULL) {
            p->stay++;
        } else if (e->published.unix_seconds >= p->since) {
            p->more++;
            if (!add_line(p, '+', e->atom_id, e->title))
                return false;
        }
    }
    for (const struct json *i = p->published; i != NULL; i = i->next) {
        struct str id = json_get_str(i, STR("id"));

        if (map_get(&now, id) != NULL || date_of(i) < p->since)
            continue;
        p->less++;
        if (!add_line(p, '-', id, json_get_str(i, STR("title"))))
            return false;
    }
    return true;
}

static void see_edition(void *ctx, const struct topic *topic,
                        const struct edition *edition)
{
    struct preview *p = ctx;

    if (topic == p->topic)
        p->ok = compare(p, edition);
}

/* What the last run published. */
static bool read_published(struct preview *p, struct error *err)
{
    struct str path =
        arena_cat(p->a, p->press->config->mill.root, STR("/output/"),
                  p->topic->id, STR("/"), format_file(FORMAT_JSONFEED));
    const struct json *feed, *items;
    struct buf b;
    bool ok = true;

    if (!file_exists(path.p))
        return true;
    buf_init(&b, EDITION_MAX);
    ok = file_read(path.p, &b, err);
    if (ok) {
        feed = json_parse(p->a, buf_keep(&b, p->a), err);
        ok = feed != NULL;
        if (!ok)
            error_where(err, path.p);
        items = json_get(feed, STR("items"));
        p->published = items == NULL ? NULL : items->first;
    }
    buf_done(&b);
    return ok;
}

int mill_preview(const struct config *config, struct str topic, int64_t since,
                 struct buf *out)
{
    struct press press = {.a = arena_new(0),
                          .config = config,
                          .now = clock_now(),
                          .dry_run = true};
    struct error err;
    struct preview p = {
        .a = press.a, .press = &press, .out = out, .err = &err, .ok = true};
    int status = 4;

    p.topic = topic_by_id(&config->mill, topic);
    if (p.topic == NULL) {
        error_set(&err, ERR_CONFIG, "no topic of this mill: %.*s",
                  STR_ARG(topic));
        status = 2;
        goto done;
    }
    p.since = press.now - since;
    press.on_edition = see_edition;
    press.on_edition_ctx = &p;
    press.store = mill_store_open(press.a, config->mill.root, true, &err);
    if (press.store == NULL || !read_published(&p, &err) ||
        !press_all(&press, NULL, &err) || !p.ok)
        goto done;
    buf_printf(out, "%.*s: %zu more, %zu less, %zu stay\n", STR_ARG(topic),
               p.more, p.less, p.stay);
    status = 0;

done:
    if (status != 0)
        log_error(&err);
    store_close(press.store);
    arena_free(press.a);
    return status;
}
