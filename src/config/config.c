#include "config/config.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "config/yaml_file.h"
#include "judge/judge.h"
#include "sys/file.h"
#include "text/url.h"

static bool is_topic_id(struct str s)
{
    if (s.n == 0 || !(is_digit(s.p[0]) || (s.p[0] >= 'a' && s.p[0] <= 'z')))
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!is_digit(s.p[i]) && !(s.p[i] >= 'a' && s.p[i] <= 'z') &&
            s.p[i] != '.' && s.p[i] != '_' && s.p[i] != '-')
            return false;
    return true;
}

/* output/ has files of these names, or a folder. */
static bool is_reserved(struct str id)
{
    static const struct str names[] = {STR_INIT("health"), STR_INIT("feeds"),
                                       STR_INIT("index"), STR_INIT("archive")};
    static const struct str files[] = {
        STR_INIT("index.html"), STR_INIT("feeds.opml"), STR_INIT("health.xml"),
        STR_INIT("sitemap.xml"), STR_INIT("feed.css")};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_eq(id, names[i]))
            return true;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        if (str_starts(id, files[i])) /* packed too */
            return true;
    return false;
}

const char *topic_id_fault(struct str s)
{
    if (!is_topic_id(s))
        return "a topic's name is made of a-z, 0-9, '.', '_' and '-', and "
               "begins with a letter or digit";
    if (is_reserved(s))
        return "this name is reserved, since output/ has a file or folder of "
               "that name; a topic needs another one";
    return NULL;
}

static void read_topic(struct mill_builder *b, struct str name)
{
    struct str path = arena_cat(b->a, STR("feeds/topics/"), name);
    struct str id = str_slice(name, 0, name.n - STR(".yaml").n);
    struct yaml_file f = {.a = b->a, .config = b->config, .path = path};
    const char *fault = topic_id_fault(id);

    if (fault != NULL) {
        complain_at(&f, 0, 0, false, "%s", fault);
        return;
    }
    if (yaml_file_open(&f, b->a, b->config, b->config->mill.root, path))
        topic_yaml_read(&f, id, b);
    yaml_file_close(&f);
}

static void read_topics(struct mill_builder *b)
{
    struct str dir =
        arena_cat(b->a, b->config->mill.root, STR("/feeds/topics"));
    struct yaml_file f = {
        .a = b->a, .config = b->config, .path = STR("feeds/topics")};
    struct str *names;
    struct error err;
    bool any = false;
    size_t n;

    if (!file_is_dir(dir.p)) {
        complain_at(&f, 0, 0, true,
                    "there is no such folder: no topics; what is published "
                    "stays");
        return;
    }
    if (!file_list(b->a, dir.p, &names, &n, &err)) {
        complain_at(&f, 0, 0, false, "%s", err.text);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        if (str_ends(names[i], STR(".yaml"))) {
            any = true;
            read_topic(b, names[i]);
        } else if (str_ends(names[i], STR(".yml"))) {
            f.path = arena_cat(b->a, STR("feeds/topics/"), names[i]);
            complain_at(&f, 0, 0, false, "a topic's file ends in .yaml");
        }
    }
    f.path = STR("feeds/topics");
    if (!any)
        complain_at(&f, 0, 0, true, "no topics: nothing will be published");
}

static void read_decisions(struct mill_builder *b)
{
    struct str path = STR("feeds/decisions.yaml");
    struct str root = b->config->mill.root;
    struct yaml_file f;

    if (!file_exists(arena_cat(b->a, b->config->mill.root, STR("/"), path).p))
        return;
    if (yaml_file_open(&f, b->a, b->config, root, path))
        decisions_yaml_read(&f, &b->config->mill);
    yaml_file_close(&f);
}

/* ---- site rules ---- */

/* The host a file of rules is named after, lower case; empty if it is none. */
static struct str host_of(struct arena *a, struct str name)
{
    struct str host = str_slice(name, 0, name.n - STR(".yaml").n);
    struct url url;

    if (!url_parse(a, arena_cat(a, STR("http://"), host, STR("/")), STR_NONE,
                   &url) ||
        url.port.n > 0 || url.username.n > 0 || url.path.n != 1 ||
        url.has_query || url.has_fragment)
        return STR_NONE;
    return url.host;
}

static void read_site_rule(struct arena *a, struct config *config,
                           struct str root, struct str path, struct str name,
                           struct site_rules *rules)
{
    struct yaml_file f = {.a = a, .config = config, .path = path};
    struct str host;

    if (!str_ends(name, STR(".yaml"))) {
        if (str_ends(name, STR(".yml")))
            complain_at(&f, 0, 0, false, "a site's rule ends in .yaml");
        return;
    }
    host = host_of(a, name);
    if (host.n == 0) {
        complain_at(&f, 0, 0, false,
                    "a site's rule is named after its host, as in "
                    "example.org.yaml");
        return;
    }
    for (size_t i = 0; i < rules->n; i++)
        if (str_eq(rules->at[i].host, host)) {
            complain_at(&f, 0, 0, false, "another file is for %.*s too",
                        STR_ARG(host));
            return;
        }
    if (yaml_file_open(&f, a, config, root, path))
        site_rule_yaml_read(&f, host, rules);
    yaml_file_close(&f);
}

/* The rules in the folder DIR, relative to ROOT (empty: as it stands). */
static bool read_site_rules(struct arena *a, struct config *config,
                            struct str root, struct str dir, struct error *err)
{
    struct site_rules *rules = arena_make(a, struct site_rules);
    struct str full =
        root.n == 0 ? arena_str(a, dir) : arena_cat(a, root, STR("/"), dir);
    struct str *names;
    size_t n;

    config->mill.site_rules = rules;
    if (!file_list(a, full.p, &names, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        read_site_rule(a, config, root, arena_cat(a, dir, STR("/"), names[i]),
                       names[i], rules);
    return true;
}

bool config_load_site_rules(struct arena *a, struct str dir, struct config *out,
                            struct error *err)
{
    *out = (struct config){0};
    while (dir.n > 1 && dir.p[dir.n - 1] == '/')
        dir.n--;
    if (read_site_rules(a, out, STR_NONE, dir, err))
        return true;
    error_where(err, arena_str(a, dir).p);
    return false;
}

static void read_mill_site_rules(struct mill_builder *b)
{
    struct str dir = STR("feeds/rules"), root = b->config->mill.root;
    struct yaml_file f = {.a = b->a, .config = b->config, .path = dir};
    struct error err;

    b->config->mill.site_rules = arena_make(b->a, struct site_rules);
    if (file_is_dir(arena_cat(b->a, root, STR("/"), dir).p) &&
        !read_site_rules(b->a, b->config, root, dir, &err))
        complain_at(&f, 0, 0, false, "%s", err.text);
}

/* ---- the whole ---- */

static struct topic_draft *find_topic(struct mill_builder *b, struct str id)
{
    for (size_t i = 0; i < b->topics.n; i++)
        if (str_eq(b->topics.at[i].topic.id, id))
            return &b->topics.at[i];
    return NULL;
}

/* What give_sources knows of all topics: which of them, counted from 1, has seen
 * a source or a topic last.  With a topic for every 100 of 100,000 sources an
 * array for each would be most of what a mill costs. */
struct giving {
    size_t *seen_source, *seen_topic;
    struct {
        size_t *at;
        size_t n, cap;
    } topics, sources; /* of the topic at hand */
};

static void give_source(struct mill_builder *b, struct giving *g, size_t source,
                        size_t to)
{
    if (g->seen_source[source] == to + 1)
        return;
    g->seen_source[source] = to + 1;
    *vec_add(b->a, &g->sources) = source;
}

static void give_topic(struct mill_builder *b, struct giving *g, size_t topic,
                       size_t to)
{
    if (g->seen_topic[topic] == to + 1)
        return;
    g->seen_topic[topic] = to + 1;
    *vec_add(b->a, &g->topics) = topic;
}

/* The sources of the topic TO and of those it takes from, to any depth. */
static void gather_sources(struct mill_builder *b, struct giving *g, size_t to)
{
    g->topics.n = g->sources.n = 0;
    give_topic(b, g, to, to);
    for (size_t i = 0; i < g->topics.n; i++) {
        const struct topic_draft *t = &b->topics.at[g->topics.at[i]];

        for (size_t k = 0; k < t->own.n; k++)
            give_source(b, g, t->own.at[k], to);
        for (size_t k = 0; k < b->sources.n && t->topic.from_all; k++)
            give_source(b, g, k, to);
        for (size_t k = 0; k < t->topic.from.n; k++) {
            const struct topic_draft *from = find_topic(b, t->topic.from.at[k]);

            if (from != NULL)
                give_topic(b, g, (size_t)(from - b->topics.at), to);
        }
    }
}

static int by_number(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;

    return (x > y) - (x < y);
}

static void give_sources(struct mill_builder *b, struct giving *g, size_t index)
{
    struct topic *topic = &b->topics.at[index].topic;
    struct yaml_file f = {
        .a = b->a, .config = b->config, .path = topic->place.file};
    bool is_unknown = false;
    size_t n;

    for (size_t i = 0; i < topic->from.n; i++) {
        if (find_topic(b, topic->from.at[i]) != NULL)
            continue;
        is_unknown = true;
        complain_at(&f, topic->from_place.line, topic->from_place.column, false,
                    "from: there is no topic %.*s", STR_ARG(topic->from.at[i]));
    }
    gather_sources(b, g, index);
    n = topic->n_sources = g->sources.n;
    topic->sources = arena_array(b->a, n + 1, sizeof *topic->sources);
    if (n > 0) {
        memcpy(topic->sources, g->sources.at, n * sizeof *topic->sources);
        qsort(topic->sources, n, sizeof *topic->sources, by_number);
    } else if (topic->from.n > 0 && !is_unknown) {
        complain_at(&f, topic->from_place.line, topic->from_place.column, true,
                    "the topic has no sources: those that from: names have "
                    "none");
    }
}

static void finish(struct mill_builder *b)
{
    struct mill_config *mill = &b->config->mill;
    struct giving giving = {
        .seen_source =
            arena_array(b->a, b->sources.n + 1, sizeof *giving.seen_source),
        .seen_topic =
            arena_array(b->a, b->topics.n + 1, sizeof *giving.seen_topic)};

    for (size_t i = 0; i < b->topics.n; i++)
        give_sources(b, &giving, i);
    mill->topics = arena_array(b->a, b->topics.n + 1, sizeof *mill->topics);
    for (size_t i = 0; i < b->topics.n; i++) {
        struct topic *topic = &mill->topics[i];

        *topic = b->topics.at[i].topic;
        if (topic->language.n == 0)
            topic->language = mill->language;
        if (topic->author.n == 0)
            topic->author = mill->author;
    }
    mill->n_topics = b->topics.n;
    mill->sources = b->sources.at;
    mill->n_sources = b->sources.n;
    b->config->rules = b->rules.at;
    b->config->n_rules = b->rules.n;
}

bool config_load(struct arena *a, const char *root, struct config *out,
                 struct error *err)
{
    struct str path = STR("feeds/mill.yaml");
    struct mill_builder b = {.a = a, .config = out};
    struct yaml_file f;
    struct str full;

    *out = (struct config){.mill = {.root = arena_str(a, str_from_c(root)),
                                    .publish = PUBLISH_EXCERPT,
                                    .keep_items_seconds = 90 * 86400,
                                    .pause_ms = 2000,
                                    .min_interval = 15 * 60,
                                    .max_interval = 86400,
                                    .connections = 1,
                                    .transfers = 64,
                                    .sources_ms = 3600000,
                                    .pages = 50,
                                    .pages_ms = 600000,
                                    .article_pages = 10,
                                    .timeout_ms = 25000,
                                    .post_publish = {.timeout_ms = 300000},
                                    .max_body = 16 << 20}};
    map_init(&out->mill.by_id, a);
    full = arena_cat(a, out->mill.root, STR("/"), path);
    if (!file_exists(full.p)) {
        error_set(err, ERR_CONFIG,
                  "no mill here: feeds/mill.yaml is missing (feedmill init "
                  "makes one)");
        error_where(err, root);
        return false;
    }
    if (yaml_file_open(&f, a, out, out->mill.root, path))
        mill_yaml_read(&f, &out->mill);
    yaml_file_close(&f);
    read_topics(&b);
    read_mill_site_rules(&b);
    read_decisions(&b);
    finish(&b);
    return true;
}

void config_done(struct config *c)
{
    for (size_t i = 0; i < c->n_rules; i++)
        rule_free(c->rules[i]);
    c->n_rules = 0;
}
