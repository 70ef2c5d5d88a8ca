/* feeds/mill.yaml */
#include "config/yaml_file.h"

#include "base/arena.h"
#include "base/vec.h"
#include "text/url.h"

struct addresses {
    struct allowed_address *at;
    size_t n, cap;
};

static void add_address(struct yaml_file *f, const yaml_node_t *node, void *ctx)
{
    struct addresses *list = ctx;
    struct allowed_address allowed = {0};
    struct str text;
    size_t colon;
    int64_t port;

    if (!yaml_text(f, node, &text))
        return;
    colon = str_find_last(text, ':');
    if (text.n > 0 && text.p[0] == '[') {
        size_t close = str_find_char(text, ']', 0);

        allowed.host = str_slice(text, 1, close);
        if (colon < close || close == STR_NOT_FOUND)
            colon = STR_NOT_FOUND;
    } else {
        allowed.host = str_slice(text, 0, colon);
    }
    if (colon == STR_NOT_FOUND || allowed.host.n == 0 ||
        !str_to_i64(str_from(text, colon + 1), &port) || port < 1 ||
        port > 65535) {
        complain(f, node, "no address with port (as in 127.0.0.1:8080): %.*s",
                 STR_ARG(text));
        return;
    }
    allowed.port = (int)port;
    *vec_add(f->a, list) = allowed;
}

static void set_addresses(struct yaml_file *f, const yaml_node_t *value,
                          void *field)
{
    struct mill_config *mill = field;
    struct addresses list = {0};

    yaml_each(f, value, "addresses with ports", add_address, &list);
    mill->allow_private = list.at;
    mill->n_allow_private = list.n;
}

static void set_id(struct yaml_file *f, const yaml_node_t *value, void *field)
{
    struct str text;
    struct url url;

    if (!yaml_text(f, value, &text))
        return;
    if (!url_parse(f->a, text, STR_NONE, &url))
        complain(f, value, "no IRI (as in urn:uuid:...): %.*s", STR_ARG(text));
    else
        *(struct str *)field = text;
}

static void set_base_url(struct yaml_file *f, const yaml_node_t *value,
                         void *field)
{
    struct str *base = field;

    set_http_url(f, value, field);
    if (str_find_char(*base, '?', 0) != STR_NOT_FOUND ||
        str_find_char(*base, '#', 0) != STR_NOT_FOUND)
        complain(f, value, "an address of a folder has no ? and no #: %.*s",
                 STR_ARG(*base));
    if (base->n > 0 && base->p[base->n - 1] != '/')
        *base = arena_cat(f->a, *base, STR("/"));
}

static void set_zone(struct yaml_file *f, const yaml_node_t *value, void *field)
{
    struct mill_zone *zone = field;
    struct str name;

    (void)yaml_zone(f, value, &name, &zone->rules, &zone->minutes);
}

static void set_some_time(struct yaml_file *f, const yaml_node_t *value,
                          int64_t *field, const char *name)
{
    int64_t ms = 1000;

    set_duration_ms(f, value, &ms);
    if (ms < 1000)
        complain(f, value, "%s is below 1s", name);
    else
        *field = ms;
}

static void set_timeout(struct yaml_file *f, const yaml_node_t *value,
                        void *field)
{
    set_some_time(f, value, field, "timeout");
}

static void set_max_body(struct yaml_file *f, const yaml_node_t *value,
                         void *field)
{
    int64_t bytes = 1024;

    set_bytes(f, value, &bytes);
    if (bytes < 1024)
        complain(f, value, "max_body is below 1k");
    else
        *(int64_t *)field = bytes;
}

static void set_count_to(struct yaml_file *f, const yaml_node_t *value,
                         const char *name, int most, int *field)
{
    int n = 1;

    set_count(f, value, &n);
    if (n > most)
        complain(f, value, "%s is above %d", name, most);
    else
        *field = n;
}

static void set_article_pages(struct yaml_file *f, const yaml_node_t *value,
                              void *field)
{
    set_count_to(f, value, "article_pages", 100, field);
}

static void set_transfers(struct yaml_file *f, const yaml_node_t *value,
                          void *field)
{
    set_count_to(f, value, "transfers", 4096, field);
}

/* None is a number here. */
static void set_pages(struct yaml_file *f, const yaml_node_t *value,
                      void *field)
{
    struct str text;
    int64_t n;

    if (!yaml_text(f, value, &text))
        return;
    if (!str_to_i64(text, &n) || n < 0 || n > 100000)
        complain(f, value, "a whole number from 0 to 100000 is wanted: %.*s",
                 STR_ARG(text));
    else
        *(int *)field = (int)n;
}

static void add_word(struct yaml_file *f, const yaml_node_t *node, void *ctx)
{
    struct strs *words = ctx;
    struct str text;

    if (!yaml_text(f, node, &text))
        return;
    if (str_find_char(text, '\0', 0) != STR_NOT_FOUND)
        complain(f, node, "a word of a command has no NUL in it");
    else
        *vec_add(f->a, words) = text;
}

/* A list is a program with its arguments, a text is for sh. */
static void set_post_publish(struct yaml_file *f, const yaml_node_t *value,
                             void *field)
{
    struct hook *hook = field;

    hook->place = yaml_place(f, value);
    hook->is_shell = value->type == YAML_SCALAR_NODE;
    if (hook->is_shell)
        add_word(f, value, &hook->words);
    else
        yaml_each(f, value, "words, or a line for sh,", add_word, &hook->words);
    if (hook->words.n == 0 ? value->type == YAML_SEQUENCE_NODE
                           : str_trim(hook->words.at[0]).n == 0)
        complain(f, value, "the command is empty");
}

static void set_hook_timeout(struct yaml_file *f, const yaml_node_t *value,
                             void *field)
{
    struct hook *hook = field;

    set_some_time(f, value, &hook->timeout_ms, "post_publish_timeout");
}

#define AT(member) offsetof(struct mill_config, member)

static const struct key_row rows[] = {
    {STR_INIT("id"), set_id, AT(id)},
    {STR_INIT("title"), set_line, AT(title)},
    {STR_INIT("author"), set_line, AT(author)},
    {STR_INIT("language"), set_language, AT(language)},
    {STR_INIT("base_url"), set_base_url, AT(base_url)},
    {STR_INIT("contact"), set_line, AT(contact)},
    {STR_INIT("zone"), set_zone, AT(zone)},
    {STR_INIT("publish"), set_publish, AT(publish)},
    {STR_INIT("gzip"), set_gzip, AT(gzip)},
    {STR_INIT("formats"), set_formats, AT(formats)},
    {STR_INIT("keep_items"), set_duration_s, AT(keep_items_seconds)},
    {STR_INIT("pause"), set_duration_ms, AT(pause_ms)},
    {STR_INIT("min_interval"), set_duration_s, AT(min_interval)},
    {STR_INIT("max_interval"), set_duration_s, AT(max_interval)},
    {STR_INIT("connections"), set_count, AT(connections)},
    {STR_INIT("transfers"), set_transfers, AT(transfers)},
    {STR_INIT("article_pages"), set_article_pages, AT(article_pages)},
    {STR_INIT("pages"), set_pages, AT(pages)},
    {STR_INIT("sources_time"), set_duration_ms, AT(sources_ms)},
    {STR_INIT("pages_time"), set_duration_ms, AT(pages_ms)},
    {STR_INIT("timeout"), set_timeout, AT(timeout_ms)},
    {STR_INIT("max_body"), set_max_body, AT(max_body)},
    {STR_INIT("allow_private"), set_addresses, 0},
    {STR_INIT("hub"), set_http_url, AT(hub)},
    {STR_INIT("post_publish"), set_post_publish, AT(post_publish)},
    {STR_INIT("post_publish_timeout"), set_hook_timeout, AT(post_publish)},
};

/* One of them may be the default, and stand nowhere. */
static void complain_of_intervals(struct yaml_file *f, const yaml_node_t *root)
{
    struct place at = yaml_place_of(f, root, STR("min_interval"));

    if (at.line == 0)
        at = yaml_place_of(f, root, STR("max_interval"));
    complain_at(f, at.line, at.column, false,
                "min_interval is above max_interval");
}

void mill_yaml_read(struct yaml_file *f, struct mill_config *mill)
{
    yaml_node_t *root = yaml_file_root(f);
    struct place hub = {0};

    if (root != NULL)
        yaml_read_map(f, root, rows, sizeof rows / sizeof rows[0], mill,
                      "the mill");
    if (mill->id.n == 0)
        complain_at(f, 1, 1, true,
                    "no id: the ids of the feeds are made from the title "
                    "and change with it");
    if (root != NULL)
        hub = yaml_place_of(f, root, STR("hub"));
    if (mill->hub.n > 0 && mill->base_url.n == 0)
        complain_at(f, hub.line, hub.column, true,
                    "no base_url: a hub knows a feed by its address, so that "
                    "of hub: is not told");
    if (root != NULL && mill->min_interval > mill->max_interval)
        complain_of_intervals(f, root);
    if (mill->title.n == 0)
        mill->title = STR("feedmill");
    if (mill->author.n == 0)
        mill->author = mill->title;
    if (mill->id.n == 0) {
        char id[UUID_URN_CHARS + 1];

        hash128_uuid(hash128(mill->title), id);
        mill->id = arena_str(f->a, str_from_c(id));
    }
}
