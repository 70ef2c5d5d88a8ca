/*
 * A topic's file with a source more or less.  libyaml says where the list of
 * sources and its elements begin; lines are then put in or taken out of the
 * text as it is, so that comments, order and quoting stay.  The outcome is
 * parsed again: what would not have the list that was asked for is refused,
 * and the owner is told to write the line.
 */
#include "config/yaml_file.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/escape.h"
#include "base/utf8.h"
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
    yaml_parser_t parser;

    if (!yaml_parser_initialize(&parser))
        return error_set(err, ERR_CONFIG, "no YAML parser");
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)t->text.p,
                                 t->text.n);
    t->has_doc = yaml_parser_load(&parser, &t->doc) != 0;
    yaml_parser_delete(&parser);
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

/* ---- places in the text ---------------------------------------------------- */

/* Offset of a line, from 0; the text's end when there are fewer. */
static size_t line_at(struct str text, size_t line)
{
    size_t at = 0;

    for (; line > 0 && at < text.n; line--) {
        size_t end = str_find_char(text, '\n', at);

        at = end == STR_NOT_FOUND ? text.n : end + 1;
    }
    return at;
}

static size_t line_end(struct str text, size_t at)
{
    size_t end = str_find_char(text, '\n', at);

    return end == STR_NOT_FOUND ? text.n : end + 1;
}

static size_t offset_of(struct str text, yaml_mark_t mark)
{
    size_t at = line_at(text, mark.line);

    if (mark.line == 0 && str_starts(text, STR("\xef\xbb\xbf")))
        at = 3;
    for (size_t i = 0; i < mark.column && at < text.n; i++)
        (void)utf8_next(text, &at);
    return at;
}

static size_t indent_at(struct str text, size_t at)
{
    size_t n = 0;

    while (at + n < text.n && text.p[at + n] == ' ')
        n++;
    return n;
}

/* The line of the dash of an element of a block list, as an offset; *DASH is
 * its column. */
static size_t dash_line(struct str text, const yaml_node_t *node, size_t *dash)
{
    size_t line = node->start_mark.line;

    for (;; line--) {
        size_t at = line_at(text, line);

        *dash = indent_at(text, at);
        if (line == 0 || (at + *dash < text.n && text.p[at + *dash] == '-'))
            return at;
    }
}

/* The end of the element whose dash stands at column DASH of the line AT: after
 * its last line that says something. */
static size_t element_end(struct str text, size_t at, size_t dash)
{
    size_t end = line_end(text, at);

    for (size_t next = end; next < text.n;) {
        size_t indent = indent_at(text, next), to = line_end(text, next);
        struct str rest = str_trim(str_slice(text, next, to));

        if (rest.n > 0 && indent > dash)
            end = to;
        else if (rest.n > 0 && rest.p[0] != '#')
            break;
        next = to;
    }
    return end;
}

/* ---- writing ----------------------------------------------------------------- */

static struct str eol_of(struct str text)
{
    return str_has(text, STR("\r\n")) ? STR("\r\n") : STR("\n");
}

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

static void add_indent(struct buf *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_add_char(b, ' ');
}

static void add_element(struct buf *b, const struct source_line *s,
                        size_t indent, struct str eol)
{
    add_indent(b, indent);
    if (s->name.n == 0) {
        buf_add_str(b, STR("- "));
        add_url(b, s->url);
    } else {
        buf_add_str(b, STR("- url: "));
        add_url(b, s->url);
        buf_add_str(b, eol);
        add_indent(b, indent + 2);
        buf_add_str(b, STR("name: "));
        escape_yaml(b, s->name);
    }
    buf_add_str(b, eol);
}

static void add_flow(struct buf *b, const struct source_line *s)
{
    if (s->name.n == 0) {
        escape_yaml(b, s->url);
        return;
    }
    buf_add_str(b, STR("{url: "));
    escape_yaml(b, s->url);
    buf_add_str(b, STR(", name: "));
    escape_yaml(b, s->name);
    buf_add_char(b, '}');
}

/* The text up to AT, ended as a line. */
static void add_head(struct buf *b, struct str text, size_t at, struct str eol)
{
    buf_add_str(b, str_slice(text, 0, at));
    if (at > 0 && text.p[at - 1] != '\n')
        buf_add_str(b, eol);
}

static void insert(struct topic_text *t, const struct source_line *s,
                   struct buf *b)
{
    struct str eol = eol_of(t->text);
    size_t n = n_elements(t), at = t->text.n, indent = 2;

    if (t->list == NULL) {
        indent = t->root == NULL ? 0 : t->root->start_mark.column;
        add_head(b, t->text, at, eol);
        add_indent(b, indent);
        buf_add_str(b, STR("sources:"));
        buf_add_str(b, eol);
        indent += 2;
    } else if (t->list->type == YAML_SEQUENCE_NODE &&
               t->list->data.sequence.style == YAML_FLOW_SEQUENCE_STYLE) {
        at = offset_of(t->text, t->list->end_mark) - 1;
        buf_add_str(b, str_slice(t->text, 0, at));
        if (n > 0)
            buf_add_str(b, STR(", "));
        add_flow(b, s);
        buf_add_str(b, str_from(t->text, at));
        return;
    } else if (n > 0) {
        at = dash_line(t->text, element(t, n - 1), &indent);
        at = element_end(t->text, at, indent);
        add_head(b, t->text, at, eol);
    } else {
        at = line_end(t->text, line_at(t->text, t->key->start_mark.line));
        add_head(b, t->text, at, eol);
        indent = t->key->start_mark.column + 2;
    }
    add_element(b, s, indent, eol);
    buf_add_str(b, str_from(t->text, at));
}

static void cut_flow(struct topic_text *t, size_t i, struct buf *b)
{
    size_t from = offset_of(t->text, element(t, i)->start_mark);
    size_t to = offset_of(t->text, element(t, i)->end_mark);

    if (i + 1 < n_elements(t))
        to = offset_of(t->text, element(t, i + 1)->start_mark);
    else if (i > 0)
        from = offset_of(t->text, element(t, i - 1)->end_mark);
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
    from = dash_line(t->text, element(t, i), &dash);
    to = element_end(t->text, from, dash);
    buf_add_str(b, str_slice(t->text, 0, from));
    /* A list that is left without an element has to be said to be one. */
    if (n_elements(t) == 1) {
        add_indent(b, dash > t->key->start_mark.column
                          ? dash
                          : t->key->start_mark.column + 2);
        buf_add_str(b, STR("[]"));
        buf_add_str(b, eol_of(t->text));
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
