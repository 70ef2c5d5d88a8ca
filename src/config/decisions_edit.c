/*
 * feeds/decisions.yaml with decisions more.  They go to the end of the list, as
 * the owner has written it: indented, between [ and ], before a closing "...".
 * The outcome is parsed again, since a file that is no YAML any more would stop
 * the whole mill.
 */
#include "config/config.h"
#include "config/yaml_lines.h"

#include "base/arena.h"
#include "base/utf8.h"

static size_t n_decisions(yaml_document_t *doc)
{
    const yaml_node_t *root = yaml_document_get_root_node(doc);

    if (root == NULL || root->type != YAML_SEQUENCE_NODE)
        return 0;
    return (size_t)(root->data.sequence.items.top -
                    root->data.sequence.items.start);
}

/* A comment ends with its line, and for YAML 1.1 these end one too. */
static bool ends_line(uint32_t c)
{
    return c < ' ' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static void add_remark(struct buf *b, struct str remark)
{
    buf_add_str(b, STR("   # "));
    for (size_t at = 0; at < remark.n;) {
        size_t from = at;

        if (ends_line(utf8_next(remark, &at)))
            buf_add_char(b, ' ');
        else
            buf_add_str(b, str_slice(remark, from, at));
    }
}

/* Lines of a block list, before AT. */
static void add_block(struct buf *b, struct str text, size_t at, size_t indent,
                      const struct decision_line *lines, size_t n)
{
    lines_add_head(b, text, at);
    for (size_t i = 0; i < n; i++) {
        lines_add_indent(b, indent);
        buf_printf(b, "- %.*s", STR_ARG(lines[i].mapping));
        if (lines[i].remark.n > 0)
            add_remark(b, lines[i].remark);
        buf_add_str(b, lines_eol(text));
    }
    buf_add_str(b, str_from(text, at));
}

static void add_flow(struct buf *b, struct str text, const yaml_node_t *list,
                     const struct decision_line *lines, size_t n)
{
    struct buf all;

    buf_init(&all, BUF_MAX);
    for (size_t i = 0; i < n; i++) {
        buf_add_str(&all, i == 0 ? STR("") : STR(", "));
        buf_add_str(&all, lines[i].mapping);
    }
    lines_add_flow(b, text, list, buf_str(&all));
    buf_done(&all);
}

static void add_lines(struct buf *b, struct str text, yaml_document_t *doc,
                      const struct decision_line *lines, size_t n)
{
    const yaml_node_t *root = yaml_document_get_root_node(doc);
    bool is_list = root != NULL && root->type == YAML_SEQUENCE_NODE;

    if (is_list && root->data.sequence.style == YAML_FLOW_SEQUENCE_STYLE)
        add_flow(b, text, root, lines, n);
    else
        add_block(b, text,
                  root == NULL || doc->end_implicit
                      ? text.n
                      : lines_at(text, doc->end_mark.line),
                  is_list ? root->start_mark.column : 0, lines, n);
}

bool decisions_text_add(struct arena *a, struct str path, struct str text,
                        const struct decision_line *lines, size_t n,
                        struct str *out, struct error *err)
{
    yaml_document_t doc;
    size_t before = 0;
    struct buf b;
    bool ok;

    buf_init(&b, BUF_MAX);
    ok = lines_parse(text, &doc);
    if (ok) {
        before = n_decisions(&doc);
        add_lines(&b, text, &doc, lines, n);
        yaml_document_delete(&doc);
        ok = lines_parse(buf_str(&b), &doc);
    }
    if (ok) {
        ok = n_decisions(&doc) == before + n;
        yaml_document_delete(&doc);
    }
    if (ok) {
        *out = buf_keep(&b, a);
    } else {
        error_set(err, ERR_CONFIG,
                  "this file cannot be added to; write into it: - %.*s",
                  STR_ARG(lines[0].mapping));
        error_where(err, arena_str(a, path).p);
    }
    buf_done(&b);
    return ok;
}
