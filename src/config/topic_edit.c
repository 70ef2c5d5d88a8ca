/*
 * A topic's file with a source more or less.  libyaml says where the list of
 * sources and its elements begin; lines are then put in or taken out of the
 * text as it is, so that comments, order and quoting stay.  The outcome is
 * parsed again: what would not have the list that was asked for is refused,
 * and the owner is told to write the line.
 */
#include "config/yaml_file.h"
#include "config/yaml_lines.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/escape.h"
#include "text/url.h"

struct topic_text {
    struct arena *a;
    struct str path, text;
    yaml_document_t doc;
    bool has_doc;
    const yaml_node_t *root, *key, *list; /* NULL: not there */
};

static void text_close(struct topic_text *t)
{
    if (t->has_doc)
        yaml_document_delete(&t->doc);
    t->has_doc = false;
}

static struct str scalar(const yaml_node_t *node)
{
    if (node == NULL || node->type != YAML_SCALAR_NODE)
        return STR_NONE;
    return str_of((const char *)node->data.scalar.value,
                  node->data.scalar.length);
}

static const yaml_node_t *value_of(struct topic_text *t, const yaml_node_t *map,
                                   struct str name, const yaml_node_t **key)
{
    for (yaml_node_pair_t *pair = map->data.mapping.pairs.start;
         pair < map->data.mapping.pairs.top; pair++) {
        const yaml_node_t *k = yaml_document_get_node(&t->doc, pair->key);

        if (!str_eq(scalar(k), name))
            continue;
        if (key != NULL)
            *key = k;
        return yaml_document_get_node(&t->doc, pair->value);
    }
    return NULL;
}

static bool text_open(struct topic_text *t, struct error *err)
{
    t->has_doc = lines_parse(t->text, &t->doc);
    if (!t->has_doc)
        return error_set(err, ERR_CONFIG, "no YAML");
    t->root = yaml_document_get_root_node(&t->doc);
    if (t->root != NULL && t->root->type == YAML_MAPPING_NODE)
        t->list = value_of(t, t->root, STR("sources"), &t->key);
    return true;
}

static size_t n_elements(const struct topic_text *t)
{
    if (t->list == NULL || t->list->type != YAML_SEQUENCE_NODE)
        return 0;
    return (size_t)(t->list->data.sequence.items.top -
                    t->list->data.sequence.items.start);
}

static const yaml_node_t *element(struct topic_text *t, size_t i)
{
    return yaml_document_get_node(&t->doc,
                                  t->list->data.sequence.items.start[i]);
}

static struct str url_id(struct arena *a, struct str text)
{
    struct str url = url_resolve(a, STR_NONE, str_trim(text));

    return url.n > 0 ? url : str_trim(text);
}

/* The id (see struct source) of the Ith source. */
static struct str id_of(struct topic_text *t, size_t i)
{
    const yaml_node_t *node = element(t, i);
    struct str file;

    if (node->type != YAML_MAPPING_NODE)
        return url_id(t->a, scalar(node));
    file = scalar(value_of(t, node, STR("file"), NULL));
    if (file.n == 0)
        return url_id(t->a, scalar(value_of(t, node, STR("url"), NULL)));
    return arena_cat(t->a, STR("file:"), yaml_path(t->a, t->path, file));
}

/* ---- writing ----------------------------------------------------------------- */

static bool is_plain_url(struct str url)
{
    static const struct str signs = STR_INIT("-._~:/?#@!$&()*+;=%");

    for (size_t i = 0; i < url.n; i++)
        if (!is_alnum(url.p[i]) && !str_has(signs, str_slice(url, i, i + 1)))
            return false;
    return url.n > 0 && url.p[url.n - 1] != ':';
}

static void add_url(struct buf *b, struct str url)
{
    if (is_plain_url(url))
        buf_add_str(b, url);
    else
        escape_yaml(b, url);
}

static void add_element(struct buf *b, const struct source_line *s,
                        size_t indent, struct str eol)
{
    lines_add_indent(b, indent);
    if (s->name.n == 0) {
        buf_add_str(b, STR("- "));
        add_url(b, s->url);
    } else {
        buf_add_str(b, STR("- url: "));
        add_url(b, s->url);
        buf_add_str(b, eol);
        lines_add_indent(b, indent + 2);
        buf_add_str(b, STR("name: "));
        escape_yaml(b, s->name);
    }
    buf_add_str(b, eol);
}

static struct str flow_element(struct arena *a, const struct source_line *s)
{
    struct str out;
    struct buf b;

    buf_init(&b, BUF_MAX);
    if (s->name.n > 0)
        buf_add_str(&b, STR("{url: "));
    escape_yaml(&b, s->url);
    if (s->name.n > 0) {
        buf_add_str(&b, STR(", name: "));
        escape_yaml(&b, s->name);
        buf_add_char(&b, '}');
    }
    out = buf_keep(&b, a);
    buf_done(&b);
    return out;
}

static void insert(struct topic_text *t, const struct source_line *s,
                   struct buf *b)
{
    struct str eol = lines_eol(t->text);
    size_t n = n_elements(t), at = t->text.n, indent = 2;

    if (t->list == NULL) {
        indent = t->root == NULL ? 0 : t->root->start_mark.column;
        lines_add_head(b, t->text, at);
        lines_add_indent(b, indent);
        buf_add_str(b, STR("sources:"));
        buf_add_str(b, eol);
        indent += 2;
    } else if (t->list->type == YAML_SEQUENCE_NODE &&
               t->list->data.sequence.style == YAML_FLOW_SEQUENCE_STYLE) {
        lines_add_flow(b, t->text, t->list, flow_element(t->a, s));
        return;
    } else if (n > 0) {
        at = lines_dash(t->text, element(t, n - 1), &indent);
        at = lines_element_end(t->text, at, indent);
        lines_add_head(b, t->text, at);
    } else {
        at = lines_end(t->text, lines_at(t->text, t->key->start_mark.line));
        lines_add_head(b, t->text, at);
        indent = t->key->start_mark.column + 2;
    }
    add_element(b, s, indent, eol);
    buf_add_str(b, str_from(t->text, at));
}

static void cut_flow(struct topic_text *t, size_t i, struct buf *b)
{
    size_t from = lines_offset(t->text, element(t, i)->start_mark);
    size_t to = lines_offset(t->text, element(t, i)->end_mark);

    if (i + 1 < n_elements(t))
        to = lines_offset(t->text, element(t, i + 1)->start_mark);
    else if (i > 0)
        from = lines_offset(t->text, element(t, i - 1)->end_mark);
    buf_add_str(b, str_slice(t->text, 0, from));
    buf_add_str(b, str_from(t->text, to));
}

static void cut(struct topic_text *t, size_t i, struct buf *b)
{
    size_t dash, from, to;

    if (t->list->data.sequence.style == YAML_FLOW_SEQUENCE_STYLE) {
        cut_flow(t, i, b);
        return;
    }
    from = lines_dash(t->text, element(t, i), &dash);
    to = lines_element_end(t->text, from, dash);
    buf_add_str(b, str_slice(t->text, 0, from));
    /* A list that is left without an element has to be said to be one. */
    if (n_elements(t) == 1) {
        lines_add_indent(b, dash > t->key->start_mark.column
                                ? dash
                                : t->key->start_mark.column + 2);
        buf_add_str(b, STR("[]"));
        buf_add_str(b, lines_eol(t->text));
    }
    buf_add_str(b, str_from(t->text, to));
}

/* True if TEXT has the sources that T has, without the one at SKIP and with
 * URL, unless empty, at the end. */
static bool has_sources(struct topic_text *t, struct str text, size_t skip,
                        struct str url)
{
    struct topic_text now = {.a = t->a, .path = t->path, .text = text};
    size_t n = n_elements(t), k = 0;
    struct error err;
    bool same = text_open(&now, &err);
    size_t n_now = same ? n_elements(&now) : 0;

    for (size_t i = 0; i < n && same; i++) {
        if (i == skip)
            continue;
        same = k < n_now && str_eq(id_of(t, i), id_of(&now, k));
        k++;
    }
    if (same && url.n > 0)
        same = k < n_now && str_eq(id_of(&now, k++), url);
    same = same && k == n_now;
    text_close(&now);
    return same;
}

bool topic_text_add(struct arena *a, struct str path, struct str text,
                    const struct source_line *s, struct str *out,
                    struct error *err)
{
    struct topic_text t = {.a = a, .path = path, .text = text};
    struct buf b;
    bool ok;

    buf_init(&b, BUF_MAX);
    ok = text_open(&t, err);
    if (ok) {
        insert(&t, s, &b);
        ok = has_sources(&t, buf_str(&b), SIZE_MAX, s->url) ||
             error_set(err, ERR_CONFIG,
                       "this file cannot be added to; write into its sources: "
                       "- %.*s",
                       STR_ARG(s->url));
    }
    if (ok)
        *out = buf_keep(&b, a);
    else
        error_where(err, arena_str(a, path).p);
    text_close(&t);
    buf_done(&b);
    return ok;
}

bool topic_text_remove(struct arena *a, struct str path, struct str text,
                       struct str id, bool *found, struct str *out,
                       struct error *err)
{
    struct topic_text t = {.a = a, .path = path, .text = text};
    size_t i = 0;
    struct buf b;
    bool ok;

    buf_init(&b, BUF_MAX);
    ok = text_open(&t, err);
    *found = false;
    if (ok) {
        while (i < n_elements(&t) && !str_eq(id_of(&t, i), id))
            i++;
        *found = i < n_elements(&t);
    }
    if (*found) {
        cut(&t, i, &b);
        ok = has_sources(&t, buf_str(&b), i, STR_NONE) ||
             error_set(err, ERR_CONFIG,
                       "this source cannot be taken out; remove it by hand");
        *out = buf_keep(&b, a);
    }
    if (!ok)
        error_where(err, arena_str(a, path).p);
    text_close(&t);
    buf_done(&b);
    return ok;
}
