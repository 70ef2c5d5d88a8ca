#include "config/yaml_lines.h"

#include "base/utf8.h"

/* A mark of the byte order says nothing in UTF-8, and is in no column. */
static size_t lines_mark(struct str text)
{
    return str_starts(text, STR("\xef\xbb\xbf")) ? 3 : 0;
}

bool lines_parse(struct str text, yaml_document_t *doc)
{
    yaml_document_t second;
    yaml_parser_t parser;
    bool is_one = false;

    if (!yaml_parser_initialize(&parser))
        return false;
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    text = str_from(text, lines_mark(text));
    yaml_parser_set_input_string(&parser, (const unsigned char *)text.p,
                                 text.n);
    if (yaml_parser_load(&parser, doc) != 0) {
        if (yaml_parser_load(&parser, &second) != 0) {
            is_one = yaml_document_get_root_node(&second) == NULL;
            yaml_document_delete(&second);
        }
        if (!is_one)
            yaml_document_delete(doc);
    }
    yaml_parser_delete(&parser);
    return is_one;
}

size_t lines_at(struct str text, size_t line)
{
    size_t at = 0;

    for (; line > 0 && at < text.n; line--) {
        size_t end = str_find_char(text, '\n', at);

        at = end == STR_NOT_FOUND ? text.n : end + 1;
    }
    return at;
}

size_t lines_end(struct str text, size_t at)
{
    size_t end = str_find_char(text, '\n', at);

    return end == STR_NOT_FOUND ? text.n : end + 1;
}

size_t lines_offset(struct str text, yaml_mark_t mark)
{
    size_t at = lines_at(text, mark.line);

    if (mark.line == 0)
        at = lines_mark(text);
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

size_t lines_dash(struct str text, const yaml_node_t *node, size_t *dash)
{
    size_t line = node->start_mark.line;

    for (;; line--) {
        size_t at = lines_at(text, line);

        *dash = indent_at(text, at);
        if (line == 0 || (at + *dash < text.n && text.p[at + *dash] == '-'))
            return at;
    }
}

size_t lines_element_end(struct str text, size_t at, size_t dash)
{
    size_t end = lines_end(text, at);

    for (size_t next = end; next < text.n;) {
        size_t indent = indent_at(text, next), to = lines_end(text, next);
        struct str rest = str_trim(str_slice(text, next, to));

        if (rest.n > 0 && indent > dash)
            end = to;
        else if (rest.n > 0 && rest.p[0] != '#')
            break;
        next = to;
    }
    return end;
}

struct str lines_eol(struct str text)
{
    return str_has(text, STR("\r\n")) ? STR("\r\n") : STR("\n");
}

void lines_add_indent(struct buf *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_add_char(b, ' ');
}

void lines_add_head(struct buf *b, struct str text, size_t at)
{
    buf_add_str(b, str_slice(text, 0, at));
    if (at > 0 && text.p[at - 1] != '\n')
        buf_add_str(b, lines_eol(text));
}

void lines_add_flow(struct buf *b, struct str text, const yaml_node_t *list,
                    struct str element)
{
    size_t at = lines_offset(text, list->end_mark) - 1;
    struct str head = str_trim(str_slice(text, 0, at));
    char last = head.p[head.n - 1];

    buf_add_str(b, str_slice(text, 0, at));
    if (last != '[')
        buf_add_str(b, last == ',' ? STR(" ") : STR(", "));
    buf_add_str(b, element);
    buf_add_str(b, str_from(text, at));
}
