/*
 * Who was told of what is kept in the manifest, as marks of the files: a file
 * gets them before it is replaced and loses them when the command has ended
 * well, or the hub has answered.  So a run that is killed in between, or a
 * command or hub that fails, leaves nobody untold for ever; somebody may be told
 * twice.
 */
#include "mill/deliver.h"

#include "base/arena.h"
#include "base/buf.h"
#include "mill/get.h"
#include "mill/outlet.h"
#include "store/store.h"
#include "sys/child.h"
#include "sys/clock.h"
#include "sys/log.h"
#include "sys/stop.h"
#include "text/percent.h"

/* Bytes of file names that one run of the command gets: well below what a Linux
 * kernel takes (2 MB with the environment, a quarter of the stack's limit), and
 * what xargs gives. */
#define NAMES_MAX ((size_t)96 << 10)

#define DAY ((int64_t)86400)

#define PING_MS       10000 /* for one ping, and for beginning the last one */
#define PING_BODY_MAX 65536 /* of an answer nobody reads */
#define PINGS_AT_ONCE 4

/* The command's own words, with room for N files; *AT is where these begin. */
static char **begin_words(struct arena *a, const struct hook *hook, size_t n,
                          size_t *at)
{
    size_t n_own = hook->is_shell ? 4 : hook->words.n;
    char **words = arena_array(a, n_own + n + 1, sizeof *words);
    struct str own[4];

    own[0] = STR("sh");
    own[1] = STR("-c");
    own[2] = str_trim(hook->words.at[0]);
    own[3] = STR("post_publish");
    /* A line gets the files behind it; a script, or a line that says where it
     * wants them, finds them itself. */
    if (hook->is_shell && str_find_char(own[2], '\n', 0) == STR_NOT_FOUND &&
        !str_has(own[2], STR("$@")) && !str_has(own[2], STR("$*")))
        own[2] = arena_cat(a, own[2], STR(" \"$@\""));
    for (size_t i = 0; i < n_own; i++) {
        struct str word = hook->is_shell ? own[i] : hook->words.at[i];

        words[i] = arena_alloc(a, word.n + 1);
        memcpy(words[i], word.p, word.n);
    }
    *at = n_own;
    return words;
}

/* One run with some of PATHS, from *FROM on, which it moves behind them. */
static bool tell_some(struct press *p, struct arena *a,
                      const struct strs *paths, size_t *from, struct error *err)
{
    const struct hook *hook = &p->config->mill.post_publish;
    size_t bytes = 0, first = *from, i = first, at;
    char **words = begin_words(a, hook, paths->n - first, &at);

    do {
        struct str shown = outlet_shown(p->outlet, paths->at[i]);

        words[at] = arena_alloc(a, shown.n + 1);
        memcpy(words[at++], shown.p, shown.n);
        bytes += shown.n + 1 + sizeof *words;
    } while (++i < paths->n && bytes < NAMES_MAX);
    log_verbose("post_publish is told of %zu files", i - first);
    if (!child_run(words, p->config->mill.root.p, hook->timeout_ms, err))
        return false;
    for (size_t k = first; k < i; k++)
        outlet_unmark(p->outlet, paths->at[k], OUTLET_UNTOLD);
    *from = i;
    return true;
}

static bool run_hook(struct press *p, struct arena *a, const struct strs *paths,
                     struct error *err)
{
    const struct hook *hook = &p->config->mill.post_publish;
    struct error why;
    size_t from = 0;

    while (from < paths->n) {
        if (tell_some(p, a, paths, &from, &why))
            continue;
        error_set(err, why.code, "post_publish: %s", why.text);
        error_where(err, hook->place.file.p);
        error_at(err, hook->place.line, hook->place.column);
        return false;
    }
    return true;
}

/* The feeds that a hub is told of, in flight and behind it. */
struct pings {
    struct press *press;
    struct arena *a;
    struct fetcher *fetcher;
    struct strs paths;
    size_t next; /* of paths */
    size_t n_told;
    int64_t end_ms;   /* no more are sent from then on */
    struct error why; /* of the first that failed */
    bool has_failed, is_down;
};

/*
 * One feed a request.  W3C WebSub leaves the words between publisher and hub to
 * them; these are PubSubHubbub's, which all hubs know.  Several hub.url in one
 * request would be in its spirit, but many a hub reads the last one only.
 */
static void ping_next(struct pings *pings)
{
    const struct mill_config *mill = &pings->press->config->mill;
    struct str address;
    struct buf form;

    if (pings->is_down || pings->next == pings->paths.n ||
        clock_ms() >= pings->end_ms || stop_signal() != 0)
        return;
    address = arena_cat(pings->a, mill->base_url, pings->paths.at[pings->next]);
    buf_init(&form, BUF_MAX);
    buf_add_str(&form, STR("hub.mode=publish&hub.url="));
    percent_encode(&form, address, PERCENT_COMPONENT);
    fetcher_add(pings->fetcher,
                &(struct request){.url = mill->hub,
                                  .form = buf_str(&form),
                                  .accept = STR("*/*"),
                                  .user = &pings->paths.at[pings->next]});
    pings->next++;
    buf_done(&form);
}

/* Who does not answer one is not asked for the others. */
static void take_answer(void *ctx, const struct response *r)
{
    struct pings *pings = ctx;
    const struct str *path = r->user;

    if (r->ok) {
        outlet_unmark(pings->press->outlet, *path, OUTLET_UNPINGED);
        pings->n_told++;
    } else if (!pings->has_failed) {
        pings->has_failed = true;
        pings->why = r->err;
    }
    pings->is_down |= !r->ok && r->err.code != ERR_HTTP;
    ping_next(pings);
}

static bool ping_hub(struct press *p, struct arena *a, const struct strs *paths,
                     struct error *err)
{
    const struct mill_config *mill = &p->config->mill;
    struct pings pings = {.press = p, .a = a, .paths = *paths};
    struct fetch_options options = fetch_options_of(a, mill, p->version);

    if (options.timeout_ms > PING_MS)
        options.timeout_ms = PING_MS;
    options.max_body = PING_BODY_MAX;
    options.pause_ms = 0;
    options.per_site = PINGS_AT_ONCE;
    pings.end_ms = clock_ms() + options.timeout_ms;
    pings.fetcher = fetcher_new(&options, take_answer, &pings, &pings.why);
    pings.has_failed = pings.fetcher == NULL;
    if (pings.fetcher != NULL) {
        for (int i = 0; i < PINGS_AT_ONCE; i++)
            ping_next(&pings);
        fetcher_run(pings.fetcher, stop_flag());
        fetcher_free(pings.fetcher);
    }
    log_verbose("the hub is told of %zu feeds", pings.n_told);
    if (pings.n_told == paths->n)
        return true;
    log_verbose("%zu feeds are left for the next run", paths->n - pings.n_told);
    error_set(err, pings.has_failed ? pings.why.code : ERR_LIMIT,
              "hub: %s; it is told in the next run",
              pings.has_failed ? pings.why.text : "it takes its time");
    error_where(err,
                pings.why.where[0] != '\0' ? pings.why.where : mill->hub.p);
    return false;
}

/* ---- what the operator hears of it ---------------------------------------- */

static void say_ended(const struct delivery_row *row)
{
    log_line("%.*s: well again", STR_ARG(row->name));
}

static void say_failed(const struct delivery_row *row, int64_t now,
                       const struct error *err)
{
    char since[WHEN_CHARS];
    struct error longer = *err;

    when_rfc3339(
        (struct when){.unix_seconds = row->since, .precision = WHEN_SECOND},
        since);
    if (row->since < now)
        error_set(&longer, err->code, "%s (failing since %s)", err->text,
                  since);
    log_error(&longer);
}

static bool save(struct press *p, const struct delivery_row *row,
                 struct error *err)
{
    if (!store_begin(p->store, err))
        return false;
    if (store_put_delivery(p->store, row, err) && store_commit(p->store, err))
        return true;
    store_rollback(p->store);
    return false;
}

/* NAME was told, or has nothing to be told (WHY is NULL), or was not.  What is
 * new of that is said and stored. */
static bool see(struct press *p, struct arena *a, struct str name,
                const struct error *why, struct error *err)
{
    struct delivery_row row;
    bool was_failing;

    /* Another folder than output/ is told to nobody. */
    if (p->to.n > 0)
        return true;
    if (!store_delivery(p->store, a, name, &row, &was_failing, err))
        return false;
    if (why == NULL) {
        if (!was_failing)
            return true;
        say_ended(&row);
        row.error = STR_NONE;
        return save(p, &row, err);
    }
    if (!was_failing)
        row.since = p->now;
    *vec_add(p->a, &p->undelivered) = (struct undelivered){
        name, row.since, arena_str(p->a, str_from_c(why->text))};
    /* A clock that was set back must not silence it. */
    if (was_failing && str_eq(row.error, str_from_c(why->text)) &&
        p->now - row.reported < DAY && p->now >= row.reported) {
        log_verbose("%s: %s", why->where, why->text);
        return true;
    }
    say_failed(&row, p->now, why);
    row.error = str_from_c(why->text);
    row.reported = p->now;
    return save(p, &row, err);
}

/* The hub fetches what it is told of, so it comes last, and not before the
 * owner's command has put it where it is served. */
static bool tell_all(struct press *p, struct arena *a, struct error *err)
{
    struct strs untold = outlet_marked(p->outlet, a, OUTLET_UNTOLD);
    struct strs unpinged = outlet_marked(p->outlet, a, OUTLET_UNPINGED);
    struct error why;
    bool ok = untold.n == 0 || run_hook(p, a, &untold, &why);
    bool is_seen = see(p, a, STR("post_publish"), ok ? NULL : &why, err);

    if (ok && is_seen) {
        ok = unpinged.n == 0 || ping_hub(p, a, &unpinged, &why);
        is_seen = see(p, a, STR("hub"), ok ? NULL : &why, err);
    }
    if (untold.n == 0 && unpinged.n == 0)
        return is_seen;
    return outlet_save(p->outlet, is_seen ? err : &why) && is_seen;
}

bool deliver(struct press *p)
{
    struct arena *a = arena_new(0);
    struct error err;
    bool ok = tell_all(p, a, &err);

    if (!ok)
        log_error(&err);
    arena_free(a);
    return ok && p->undelivered.n == 0;
}
