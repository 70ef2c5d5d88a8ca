/*
 * What libyaml says of a file that is no YAML, in words that tell an editor what
 * to do.  Its own words tell what a grammar wanted.
 */
#include "config/yaml_file.h"

struct fault {
    struct str says; /* libyaml, somewhere in its sentence */
    const char *text;
};

static const struct fault faults[] = {
    {STR_INIT("tab character"),
     "a tab stands here: YAML is indented by spaces"},
    {STR_INIT("mapping values are not allowed"),
     "a colon with a space behind it stands where no key can: text with one "
     "goes in quotes, else look at the indentation"},
    {STR_INIT("expected ',' or '}'"), "between { and }: a comma is missing, or "
                                      "text with : , { } goes in quotes"},
    {STR_INIT("expected ',' or ']'"), "between [ and ]: a comma is missing, or "
                                      "text with : , [ ] goes in quotes"},
    {STR_INIT("expected key"),
     "a key and a colon are wanted here: look at the indentation"},
    {STR_INIT("expected ':'"), "a colon is missing behind the key"},
    {STR_INIT("expected '-'"),
     "every entry of a list begins with - in the same column"},
    {STR_INIT("expected <document start>"),
     "this belongs to nothing above it: look at the indentation"},
    {STR_INIT("undefined alias"), "text that begins with * goes in quotes"},
    {STR_INIT("alphabetic or numeric"),
     "text that begins with * or & goes in quotes"},
    {STR_INIT("unknown escape"),
     "in double quotes a backslash begins an escape: use single quotes"},
    {STR_INIT("UTF-8"), "the file is not UTF-8 here: save it as that"},
    {STR_INIT("incomplete"), "the file is not UTF-8 here: save it as that"},
    {STR_INIT("control characters"),
     "a control character stands here: take it out"},
};

/* Letters that no text may begin with have no words of libyaml's of their own. */
static const char *fault_at(const struct yaml_file *f, size_t at)
{
    char c = at < f->text.n ? f->text.p[at] : '\0';

    if (c == '\t')
        return faults[0].text;
    return c == '%' || c == '@' || c == '`'
               ? "text that begins with % @ or ` goes in quotes"
               : NULL;
}

static const char *words_of(const struct yaml_file *f,
                            const yaml_parser_t *parser)
{
    struct str says = str_from_c(parser->problem);
    const char *found;

    if (str_has(says, STR("cannot start any token"))) {
        found = fault_at(f, parser->problem_mark.index);
        if (found != NULL)
            return found;
    }
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
        if (str_has(says, faults[i].says))
            return faults[i].text;
    return parser->problem;
}

/* Where a fault of the letters lies, which libyaml counts in bytes. */
static void complain_of_letters(struct yaml_file *f,
                                const yaml_parser_t *parser)
{
    int line = 1, column = 1;

    for (size_t i = 0; i < parser->problem_offset && i < f->text.n; i++) {
        bool is_end = f->text.p[i] == '\n';

        line += is_end;
        column = is_end ? 1 : column + ((f->text.p[i] & 0xc0) != 0x80);
    }
    complain_at(f, line, column, false, "%s", words_of(f, parser));
}

void yaml_complain(struct yaml_file *f, const yaml_parser_t *parser)
{
    const yaml_mark_t *mark = &parser->problem_mark;

    if (parser->problem == NULL) {
        complain_at(f, 1, 1, false, "no YAML");
        return;
    }
    if (parser->error == YAML_READER_ERROR) {
        complain_of_letters(f, parser);
        return;
    }
    if (str_has(str_from_c(parser->problem), STR("end of stream"))) {
        mark = &parser->context_mark;
        complain_at(f, (int)mark->line + 1, (int)mark->column + 1, false,
                    "the quote that begins here is not closed");
        return;
    }
    complain_at(f, (int)mark->line + 1, (int)mark->column + 1, false, "%s",
                words_of(f, parser));
}
