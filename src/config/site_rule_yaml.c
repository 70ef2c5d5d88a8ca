/* feeds/rules/HOST.yaml: where things are on the pages of one site. */
#include "config/yaml_file.h"

#include "base/arena.h"
#include "base/vec.h"
#include "decode/decode.h"

/* Where in the file a column of a selector is; of a block of text (|, >) only
 * where it begins. */
static int column_of(const yaml_node_t *node, int column)
{
    int start = (int)node->start_mark.column + 1;
    yaml_scalar_style_t style = node->data.scalar.style;

    if (style == YAML_PLAIN_SCALAR_STYLE)
        return start + column - 1;
    if (style == YAML_SINGLE_QUOTED_SCALAR_STYLE ||
        style == YAML_DOUBLE_QUOTED_SCALAR_STYLE)
        return start + column;
    return start;
}

/* Adds one selector to those of the line. */
static void add_selector(struct yaml_file *f, const yaml_node_t *node,
                         void *ctx)
{
    struct site_line *line = ctx;
    struct error err;
    struct str text;

    if (!yaml_text(f, node, &text))
        return;
    text = str_trim(text);
    if (text.n == 0) {
        complain(f, node,
                 "no selector; one that begins with # is written in quotes");
        return;
    }
    if (selector_parse(f->a, text, &err) == NULL) {
        complain_at(f, (int)node->start_mark.line + 1,
                    column_of(node, err.column), false, "%s", err.text);
        return;
    }
    line->text =
        line->text.n == 0 ? text : arena_cat(f->a, line->text, STR(", "), text);
}

/* [itemprop=headline] without quotes is a list to YAML. */
static bool is_unquoted_attribute(struct yaml_file *f, const yaml_node_t *node)
{
    const yaml_node_item_t *first = node->data.sequence.items.start;
    const yaml_node_t *only;

    if (node->data.sequence.style != YAML_FLOW_SEQUENCE_STYLE ||
        node->data.sequence.items.top - first != 1)
        return false;
    only = yaml_document_get_node(&f->doc, *first);
    return only->type == YAML_SCALAR_NODE &&
           only->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
           only->data.scalar.length > 0 &&
           is_alnum((char)only->data.scalar.value[0]);
}

static void set_selector(struct yaml_file *f, const yaml_node_t *value,
                         void *field)
{
    struct site_line *line = field;
    struct error err;

    line->place = yaml_place(f, value);
    if (value->type != YAML_SEQUENCE_NODE)
        add_selector(f, value, line);
    else if (is_unquoted_attribute(f, value))
        complain(f, value,
                 "a selector that begins with [ is written in quotes");
    else
        yaml_each(f, value, "selectors", add_selector, line);
    if (line->text.n == 0)
        return;
    line->css = selector_parse(f->a, line->text, &err);
    if (line->css == NULL)
        complain(f, value, "%s", err.text);
}

#define AT(field) (offsetof(struct site_rule, lines[field]))

static const struct key_row rows[] = {
    {STR_INIT("title"), set_selector, AT(SITE_TITLE)},
    {STR_INIT("author"), set_selector, AT(SITE_AUTHOR)},
    {STR_INIT("date"), set_selector, AT(SITE_DATE)},
    {STR_INIT("body"), set_selector, AT(SITE_BODY)},
    {STR_INIT("drop"), set_selector, AT(SITE_DROP)},
    {STR_INIT("next"), set_selector, AT(SITE_NEXT)},
};

void site_rule_yaml_read(struct yaml_file *f, struct str host,
                         struct site_rules *rules)
{
    yaml_node_t *root = yaml_file_root(f);
    struct site_rule *rule;

    if (root == NULL) {
        complain_at(f, 1, 1, false, "the rule is empty");
        return;
    }
    rule = vec_add(f->a, rules);
    *rule = (struct site_rule){.host = host, .text = f->text};
    yaml_read_map(f, root, rows, sizeof rows / sizeof rows[0], rule,
                  "a site's rule");
}
