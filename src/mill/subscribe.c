/* Sources that a command puts into topics and takes out of them. */
#include "mill/mill.h"

#include "base/arena.h"
#include "base/escape.h"
#include "base/map.h"
#include "base/vec.h"
#include "judge/judge.h"
#include "mill/get.h"
#include "mill/mill_store.h"
#include "sys/clock.h"
#include "sys/file.h"
#include "sys/lock.h"
#include "sys/log.h"
#include "text/url.h"

#define TOPIC_MAX ((size_t)4 << 20)
#define SHOWN     5    /* entries told of a source before it is added */
#define LIST_HEAD 1000 /* bytes in which OPML names itself */
#define SITEMAPS  3    /* of a site that are asked for */

/* ---- what a source would yield ------------------------------------------------ */

static bool read_url(struct arena *a, const struct mill_config *mill,
                     struct str url, struct str version, struct got *got,
                     struct line_result *result, struct error *err)
{
    struct line_input in = {.as = LINE_FIND_OUT, .source_id = url};
    struct fetch_options options = fetch_options_of(a, mill, version);

    /* As refresh will ask for it, so that what is shown is what will come. */
    if (!get_url(a, url, &options, got, err))
        return false;
    in.bytes = buf_str(&got->bytes);
    in.url = got->url;
    in.type = got->type;
    in.when.now = clock_now();
    return line_run(a, &in, NULL, NULL, result, err);
}

/* Of the feeds that a page names the first that is not one of comments. */
static struct str feed_of(const struct page *page)
{
    for (size_t i = 0; i < page->n_feeds; i++)
        if (!str_has_nocase(page->feeds[i].url, STR("comment")) &&
            !str_has_nocase(page->feeds[i].title, STR("comment")))
            return page->feeds[i].url;
    return STR_NONE;
}

static size_t n_kept(struct arena *a, const struct topic *topic,
                     const struct line_result *result, struct str url)
{
    size_t n = 0;

    for (size_t i = 0; i < result->n_items; i++) {
        struct judged *j = judged_new(
            a, result->items[i],
            result->feed == NULL ? result->page.site_name : result->feed->title,
            url);
        struct verdict verdict;

        judge_item(a, topic, j, &verdict);
        n += verdict.is == VERDICT_IN || verdict.is == VERDICT_HELD;
    }
    return n;
}

static void add_title(struct buf *out, struct when when, struct str title)
{
    char text[WHEN_CHARS];

    when_rfc3339(when, text);
    buf_printf(out, "  %-10.10s  %.*s\n", when_known(when) ? text : "-",
               STR_ARG(title));
}

/* Sitemaps have addresses only; the page says the rest. */
static struct str name_of(const struct item *item)
{
    return item->title.n > 0 ? item->title : item->url;
}

static void describe(struct arena *a, const struct topic *topic,
                     struct str given, struct str url,
                     const struct line_result *result, struct buf *out)
{
    const struct page *page = &result->page;
    bool is_list = result->n_items == 0;
    size_t n = is_list ? page->n_links : result->n_items;

    buf_printf(out, "%-9.*s %.*s", STR_ARG(result->kind), STR_ARG(url));
    if (!str_eq(given, url))
        buf_printf(out, "  (named by %.*s)", STR_ARG(given));
    buf_printf(
        out, "\n%-9s %.*s\n%-9s %zu", "title",
        STR_ARG(result->feed != NULL ? result->feed->title : page->title),
        is_list ? "links" : "entries", n);
    if (!is_list && topic != NULL && topic->keep != NULL)
        buf_printf(out, "; topic %.*s would keep %zu", STR_ARG(topic->id),
                   n_kept(a, topic, result, url));
    buf_add_char(out, '\n');
    for (size_t i = 0; i < n && i < SHOWN; i++) {
        if (is_list)
            add_title(out, page->links[i].date, page->links[i].title);
        else
            add_title(out, result->items[i]->published,
                      name_of(result->items[i]));
    }
}

/* The feed that the page at URL names takes its place when it can be read. */
static void follow_feed(struct arena *a, const struct mill_config *mill,
                        struct str version, struct str *url,
                        struct line_result *result)
{
    struct str feed = result->feed == NULL ? feed_of(&result->page) : STR_NONE;
    struct line_result of_feed;
    struct error err;
    struct got got = {0};

    if (feed.n == 0)
        return;
    if (!read_url(a, mill, feed, version, &got, &of_feed, &err)) {
        error_where(&err, feed.p);
        log_line("the page's feed cannot be read, the page is taken: %s: %s",
                 err.where, err.text);
    } else if (of_feed.feed != NULL && of_feed.n_items > 0) {
        *url = feed;
        *result = of_feed;
    }
    got_done(&got);
}

/* Entries of which most have a title: a news sitemap, that is, and no list of all
 * the pages there are. */
static bool names_articles(const struct line_result *result)
{
    size_t titled = 0;

    for (size_t i = 0; i < result->n_items; i++)
        titled += result->items[i]->title.n > 0;
    return result->feed != NULL && titled > 0 && titled * 2 >= result->n_items;
}

/* The sitemaps that robots.txt names (sitemaps.org), those for news first; else
 * the one at the usual place.  Returns how many. */
static size_t sitemaps_of(struct arena *a, const struct mill_config *mill,
                          struct str version, struct str url,
                          struct str to[SITEMAPS])
{
    static const struct str label = STR_INIT("sitemap:");
    struct fetch_options options = fetch_options_of(a, mill, version);
    struct got got = {0};
    struct str rest, line, others[SITEMAPS];
    struct error err;
    size_t n = 0, n_others = 0;

    if (get_url(a, url_resolve(a, url, STR("/robots.txt")), &options, &got,
                &err)) {
        rest = arena_str(a, buf_str(&got.bytes));
        while (str_split(&rest, '\n', &line)) {
            line = str_trim(line);
            if (!str_starts_nocase(line, label))
                continue;
            line = url_resolve(a, url, str_trim(str_from(line, label.n)));
            if (str_has_nocase(line, STR("news")) && n < SITEMAPS)
                to[n++] = line;
            else if (n_others < SITEMAPS)
                others[n_others++] = line;
        }
    }
    got_done(&got);
    for (size_t i = 0; i < n_others && n < SITEMAPS; i++)
        to[n++] = others[i];
    if (n == 0)
        to[n++] = url_resolve(a, url, STR("/sitemap.xml"));
    return n;
}

/* A front page that names no feed gives way to the site's news sitemap.  Pages of
 * sections do not, for the sitemap is about all of the site. */
static void follow_sitemap(struct arena *a, const struct mill_config *mill,
                           struct str version, struct str *url,
                           struct line_result *result)
{
    struct str sitemaps[SITEMAPS];
    struct url parts;
    size_t n;

    if (result->feed != NULL || !url_parse(a, *url, STR_NONE, &parts) ||
        parts.path.n > 1 || parts.has_query)
        return;
    n = sitemaps_of(a, mill, version, *url, sitemaps);
    for (size_t i = 0; i < n; i++) {
        struct line_result found;
        struct got got = {0};
        struct error err;
        bool is_news =
            url_is_http(sitemaps[i]) &&
            read_url(a, mill, sitemaps[i], version, &got, &found, &err) &&
            names_articles(&found);

        got_done(&got);
        if (is_news) {
            *url = sitemaps[i];
            *result = found;
            return;
        }
    }
}

/* Links, or an entry that says anything, if in a feed only where its page is. */
static bool yields_any(const struct line_result *result)
{
    for (size_t i = 0; i < result->n_items; i++) {
        const struct item *item = result->items[i];

        if (item->title.n > 0 || item->text.n > 0 ||
            (result->feed != NULL && item->url.n > 0))
            return true;
    }
    return result->n_items == 0 && result->page.n_links > 0;
}

/* OPML is no source: nothing of it is an article. */
static bool is_list_of_feeds(const struct got *got)
{
    struct str head = str_slice(buf_str(&got->bytes), 0, LIST_HEAD);

    return str_has_nocase(head, STR("<opml"));
}

int mill_look(struct arena *a, const struct config *config, struct str topic,
              struct str version, struct str *url, struct buf *out)
{
    const struct mill_config *mill = &config->mill;
    struct line_result result;
    struct str given = *url;
    struct error err;
    struct got got;
    int status = 0;

    if (!read_url(a, mill, given, version, &got, &result, &err)) {
        error_where(&err, arena_str(a, given).p);
        log_error(&err);
        status = 1;
    } else if (is_list_of_feeds(&got)) {
        error_set(&err, ERR_INPUT,
                  "a list of feeds; feedmill import takes them over");
        error_where(&err, arena_str(a, given).p);
        log_error(&err);
        status = 1;
    } else {
        follow_feed(a, mill, version, url, &result);
        follow_sitemap(a, mill, version, url, &result);
        *url = arena_str(a, *url);
        describe(a, topic_by_id(mill, topic), given, *url, &result, out);
        if (!yields_any(&result)) {
            error_set(&err, ERR_INPUT, "there is no entry in it");
            error_where(&err, url->p);
            log_error(&err);
            status = 1;
        }
    }
    got_done(&got);
    return status;
}

/* ---- topics' files -------------------------------------------------------------- */

struct topic_file {
    struct str id, path, text;
    bool is_new, is_changed;
    size_t n_added, n_there;
};

struct topic_files {
    struct topic_file *at;
    size_t n, cap;
};

static struct str topic_path(struct arena *a, struct str id)
{
    return arena_cat(a, STR("feeds/topics/"), id, STR(".yaml"));
}

static bool file_text(struct arena *a, struct str root, struct topic_file *f,
                      struct error *err)
{
    struct str path = arena_cat(a, root, STR("/"), f->path);
    struct buf b;
    bool ok;

    buf_init(&b, TOPIC_MAX);
    ok = file_read(path.p, &b, err);
    f->text = buf_keep(&b, a);
    buf_done(&b);
    return ok;
}

static struct str new_topic(struct arena *a, struct str title)
{
    struct buf b;
    struct str s;

    buf_init(&b, BUF_MAX);
    buf_add_str(&b, STR("title: "));
    escape_yaml(&b, title);
    buf_add_str(&b, STR("\n"
                        "# keep: |       # which items belong; without it all\n"
                        "#   word OR \"two words\"\n"
                        "# spam: 0.6     # hold what looks like spam\n"));
    s = buf_keep(&b, a);
    buf_done(&b);
    return s;
}

static struct topic_file *open_topic(struct arena *a,
                                     const struct mill_config *mill,
                                     struct topic_files *files,
                                     const struct subscription *s,
                                     struct error *err)
{
    struct topic_file *f;

    for (size_t i = 0; i < files->n; i++)
        if (str_eq(files->at[i].id, s->topic))
            return &files->at[i];
    f = vec_add(a, files);
    *f = (struct topic_file){.id = s->topic, .path = topic_path(a, s->topic)};
    f->is_new = !file_exists(arena_cat(a, mill->root, STR("/"), f->path).p);
    if (f->is_new)
        f->text = new_topic(a, s->title.n > 0 ? s->title : s->topic);
    else if (!file_text(a, mill->root, f, err))
        return NULL;
    return f;
}

static bool add_all(struct arena *a, const struct mill_config *mill,
                    const struct subscription *list, size_t n,
                    struct topic_files *files, struct error *err)
{
    struct map seen;

    map_init(&seen, a);
    for (size_t i = 0; i < n; i++) {
        struct topic_file *f = open_topic(a, mill, files, &list[i], err);
        const struct topic *topic = topic_by_id(mill, list[i].topic);
        struct source_line line = {.url = list[i].url, .name = list[i].name};
        bool is_new = true, is_first = true;

        if (f == NULL)
            return false;
        map_put(&seen, line.url, &is_first);
        map_put(&seen, arena_cat(a, f->id, STR(" "), line.url), &is_new);
        if (!is_new ||
            (topic != NULL && topic_has_source(mill, topic, line.url))) {
            f->n_there++;
            continue;
        }
        /* Two topics may not call one source by two names. */
        if (!is_first || source_by_id(mill, line.url) != NULL)
            line.name = STR_NONE;
        if (!topic_text_add(a, f->path, f->text, &line, &f->text, err))
            return false;
        f->n_added++;
    }
    return true;
}

int mill_subscribe(const struct config *config, const struct subscription *list,
                   size_t n, bool dry_run, struct buf *out)
{
    const struct mill_config *mill = &config->mill;
    struct arena *a = arena_new(0);
    struct topic_files files = {0};
    struct str folder = arena_cat(a, mill->root, STR("/feeds/topics"));
    struct lock *lock = NULL;
    struct error err;
    bool ok;

    if (!dry_run)
        lock = mill_edit_lock(a, mill->root, &err);
    ok = (dry_run || lock != NULL) && add_all(a, mill, list, n, &files, &err) &&
         (dry_run || file_make_dir(folder.p, 0755, &err)); /* git keeps none */
    for (size_t i = 0; i < files.n && ok; i++) {
        struct topic_file *f = &files.at[i];
        struct str path = arena_cat(a, mill->root, STR("/"), f->path);

        if (!dry_run && f->n_added > 0)
            ok = file_replace(path.p, f->text, NULL, &err);
        if (!ok)
            break;
        buf_printf(out, "%.*s: %zu %sadded", STR_ARG(f->path), f->n_added,
                   dry_run ? "would be " : "");
        if (f->n_there > 0)
            buf_printf(out, ", %zu there already", f->n_there);
        buf_add_str(out, f->is_new ? STR("; a new topic\n") : STR("\n"));
    }
    lock_release(lock);
    if (!ok)
        log_error(&err);
    arena_free(a);
    return ok ? 0 : err.code == ERR_CONFIG ? 2 : 4;
}

static bool take_out(struct arena *a, const struct mill_config *mill,
                     const struct topic *topic, struct str id, size_t *n,
                     struct buf *out, struct error *err)
{
    struct topic_file f = {.id = topic->id, .path = topic_path(a, topic->id)};
    struct str path = arena_cat(a, mill->root, STR("/"), f.path);
    bool found;

    if (!file_text(a, mill->root, &f, err) ||
        !topic_text_remove(a, f.path, f.text, id, &found, &f.text, err))
        return false;
    if (!found)
        return true;
    if (!file_replace(path.p, f.text, NULL, err))
        return false;
    (*n)++;
    buf_printf(out, "%.*s: %.*s removed\n", STR_ARG(f.path), STR_ARG(id));
    if (topic->n_sources == 1)
        log_line("%.*s: the topic has no sources left, and its feed no "
                 "entries; to end it, remove this file",
                 STR_ARG(f.path));
    return true;
}

int mill_unsubscribe(const struct config *config, struct str topic,
                     struct str id, struct buf *out)
{
    const struct mill_config *mill = &config->mill;
    struct arena *a = arena_new(0);
    struct error err;
    struct lock *lock = NULL;
    size_t n = 0;
    bool ok = topic.n == 0 || topic_by_id(mill, topic) != NULL ||
              error_set(&err, ERR_CONFIG, "no topic of this mill: %.*s",
                        STR_ARG(topic));

    ok = ok && (lock = mill_edit_lock(a, mill->root, &err)) != NULL;
    for (size_t i = 0; i < mill->n_topics && ok; i++)
        if (topic.n == 0 || str_eq(topic, mill->topics[i].id))
            ok = take_out(a, mill, &mill->topics[i], id, &n, out, &err);
    if (ok && n == 0) {
        error_set(&err, ERR_INPUT,
                  topic.n == 0 ? "no topic has this source"
                               : "the topic has no such source");
        error_where(&err, arena_str(a, id).p);
    }
    lock_release(lock);
    if (!ok || n == 0)
        log_error(&err);
    arena_free(a);
    return ok ? n == 0 : err.code == ERR_CONFIG ? 2 : 4;
}
