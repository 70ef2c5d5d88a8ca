/*
 * The values of a line's labels: names, outlets, tags.  A value is taken when it
 * looks like one; behind a label without a mark it must look all the more so.
 */
#include "extract/page_line_parts.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "extract/page_meta.h"

#define SOURCE_MAX_CHARS 40
#define SKIP_MAX_CHARS   24
#define TAGS_MAX         32
#define LONGEST_HAN_NAME 6

static size_t letters_in(struct str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.n;) {
        uint32_t c = utf8_next(s, &i);

        n += is_word_char(c) || is_cjk(c);
    }
    return n;
}

bool line_has_sentence_mark(struct str s)
{
    return str_has(s, STR("，")) || str_has(s, STR("。")) ||
           str_has(s, STR("！")) || str_has(s, STR("？")) ||
           str_has(s, STR("”")) || str_has(s, STR("、")) ||
           str_has(s, STR(". ")) || str_has(s, STR("? ")) ||
           str_has(s, STR("! "));
}

/* "jane@herald.example", as it stands behind a name. */
static bool is_mail_address(struct str text)
{
    return str_find_char(text, '@', 1) != STR_NOT_FOUND &&
           str_find_char(text, ' ', 0) == STR_NOT_FOUND;
}

static struct str without_commas(struct str s)
{
    static const struct str wide = STR_INIT("，");

    while (s.n > 0 &&
           (s.p[s.n - 1] == ',' || s.p[s.n - 1] == ' ' || str_ends(s, wide)))
        s.n -= str_ends(s, wide) ? wide.n : 1;
    while (s.n > 0 && (s.p[0] == ',' || s.p[0] == ' '))
        s = str_from(s, 1);
    return s;
}

/* "Jane Roe" of "Jane Roe, Harbour Correspondent". */
static struct str without_role(struct str s)
{
    size_t comma = str_find_last(s, ',');
    struct str last = comma == STR_NOT_FOUND ? s : str_from(s, comma + 1);

    if (!name_is_role(str_trim(last)))
        return s;
    return comma == STR_NOT_FOUND ? STR_NONE : str_trim(str_slice(s, 0, comma));
}

/* A place may stand beside the name of a person, and is not the better one. */
static bool is_western_person(struct str s)
{
    return s.n > 0 && !is_cjk(utf8_next(s, &(size_t){0})) && name_is_person(s);
}

/* "1203", how often it was read. */
static bool is_count(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_digit(s.p[i]))
            return false;
    return true;
}

void line_add_rest(struct reading *r, struct str text)
{
    size_t letters;

    text = without_role(without_commas(text));
    letters = letters_in(text);
    if (letters == 0 || is_mail_address(text))
        return;
    if (utf8_chars(text) <= REST_MAX_CHARS &&
        (r->rest_chars == 0 ||
         (is_western_person(text) && !is_western_person(r->out->rest))))
        r->out->rest = text;
    else if (letters > 2 && !is_western_person(r->out->rest) && !is_count(text))
        r->out->rest = STR_NONE;
    r->rest_chars += letters;
    r->has_prose = r->has_prose || line_has_sentence_mark(text);
}

/* An outlet's name up to the mark that closes its quotation, the comma at its end,
 * or a blank between Han letters, which it has none of. */
static struct str name_of_source(struct str text)
{
    uint32_t before = 0, c = 0;

    for (size_t i = 0, from = 0; i < text.n; from = i) {
        if (c != ' ')
            before = c;
        c = utf8_next(text, &i);
        if (c == ' ' && is_han(before) && i < text.n &&
            is_han(utf8_next(text, &(size_t){i})))
            return str_slice(text, 0, from);

        if ((c == 0x201D || c == 0x300D || c == 0x300F) && from > 0)
            return str_slice(text, 0, from);
        if (c == 0x201C || c == 0x300C || c == 0x300E)
            break;
    }
    return without_commas(text);
}

/* "某刊(ID:moukan)" into name and account. */
static void take_source(struct reading *r, struct str text)
{
    struct line_facts *out = r->out;
    size_t id = str_find_nocase(text, STR("id"), 0);
    struct str name = text;

    for (size_t i = 0; i < text.n;) {
        size_t at = i;

        if (!line_is_opener(utf8_next(text, &i)) || at == 0)
            continue;
        if (id != STR_NOT_FOUND && id <= i + 1) {
            struct str account = str_from(text, id + 2);

            while (account.n > 0 && !is_alnum(account.p[0]))
                account = str_from(account, 1);
            while (account.n > 0 && !is_alnum(account.p[account.n - 1]))
                account.n--;
            out->source_id = account;
            name = str_slice(text, 0, at);
        }
        break;
    }
    name = str_trim_wide(name_of_source(name));
    if (str_starts(name, STR("《")) && str_ends(name, STR("》")))
        name = str_slice(name, 3, name.n - 3);
    if (out->source.n == 0)
        out->source = name;
}

static bool is_source(struct str text)
{
    return utf8_chars(text) <= SOURCE_MAX_CHARS && letters_in(text) >= 2 &&
           !str_has(text, STR("，")) && !str_has(text, STR("http")) &&
           !str_has(text, STR(". "));
}

/* Behind a label without a mark only what calls itself an outlet counts. */
static bool is_outlet_name(struct str text)
{
    size_t ascii = 0;

    for (size_t i = 0; i < text.n; i++)
        ascii += is_alnum(text.p[i]) || text.p[i] == '.';
    return name_is_org(text) || (ascii == text.n && text.n <= 20);
}

void line_take_tags(struct reading *r, struct str text)
{
    struct str rest = text;

    while (rest.n > 0 && r->out->tags.n < TAGS_MAX) {
        size_t end = 0, next = 0;
        struct str tag;

        while (end < rest.n) {
            uint32_t c;

            next = end;
            c = utf8_next(rest, &next);
            if (c == ',' || c == 0xFF0C || c == 0x3001 || c == '#' ||
                c == 0xFF03 ||
                (is_blank(c) && letters_in(rest) > 0 &&
                 is_han(utf8_next(rest, &(size_t){0}))))
                break;
            end = next;
        }
        tag = str_trim_wide(str_slice(rest, 0, end));
        rest = end < rest.n ? str_from(rest, next) : STR_NONE;
        if (letters_in(tag) > 0 && utf8_chars(tag) <= SOURCE_MAX_CHARS)
            *vec_add(r->ctx->a, &r->out->tags) = tag;
    }
}

/* The first of the names in TEXT, or all of them divided as written. */
static struct str editor_of(struct reading *r, struct str text)
{
    struct names names = {0};

    if (names_add(r->ctx->a, text, NAMES_LABELLED, &names) == 0)
        return STR_NONE;
    if (names.n == 1)
        return names.at[0].name;
    return str_slice(text, (size_t)(names.at[0].name.p - text.p),
                     (size_t)(names.at[names.n - 1].name.p +
                              names.at[names.n - 1].name.n - text.p));
}

static bool within(struct str whole, struct str part)
{
    return part.p >= whole.p && part.p + part.n <= whole.p + whole.n;
}

static bool take_editor(struct reading *r, struct str text)
{
    struct names names = {0};
    struct str name;

    if (name_is_nobody(text)) {
        r->out->is_admin = true;
        return true;
    }
    if (names_add(r->ctx->a, text, NAMES_LABELLED, &names) == 0)
        return utf8_chars(text) <= 10;
    name = within(text, names.at[0].name) &&
                   within(text, names.at[names.n - 1].name)
               ? editor_of(r, text)
               : names.at[0].name;
    if (r->out->editor.n == 0)
        r->out->editor = name;
    return true;
}

/* "山田太郎記者": what stands between the last blank and a label behind names is
 * no longer than a name; a clause is. */
static bool is_clause_before(struct str text)
{
    size_t from = text.n, before = 0;

    for (size_t i = text.n; i > 0; from = i)
        if (is_blank(utf8_prev(text, &i)))
            break;
    return is_han(utf8_next(str_from(text, from), &before)) &&
           utf8_chars(str_from(text, from)) > LONGEST_HAN_NAME;
}

/* "Redaktion", "AFP": one word with a capital that is an organisation's. */
static bool is_office(struct str text)
{
    uint32_t first = text.n > 0 ? utf8_next(text, &(size_t){0}) : 0;

    return label_fold(first) != first &&
           str_find_char(text, ' ', 0) == STR_NOT_FOUND && name_is_org(text);
}

static bool take_credit(struct reading *r, struct str text, struct str role)
{
    struct names names = {0};

    if (utf8_chars(text) > SOURCE_MAX_CHARS || line_has_sentence_mark(text) ||
        names_add(r->ctx->a, text, NAMES_LABELLED, &names) == 0)
        return false;
    for (size_t i = 0; i < names.n; i++)
        *vec_add(r->ctx->a, &r->out->credits) =
            (struct credit){.role = role, .name = names.at[i].name};
    return true;
}

static bool take_author(struct reading *r, struct str text,
                        const struct part *part)
{
    const struct label_hit *label = &part->label;
    bool is_phrase = str_find_char(part->text, ' ', 0) != STR_NOT_FOUND;
    struct names names = {0};
    bool is_marked = label->has_separator || label->form == FORM_AFTER;

    if (name_is_nobody(text)) {
        r->out->is_admin = true;
        return true;
    }
    if (label->form == FORM_AFTER && !label->has_separator &&
        is_clause_before(text))
        return false;
    /* Two words ("posted by") promise a name better than one ("by"). */
    names_add(r->ctx->a, text,
              is_marked || (is_phrase && utf8_chars(text) <= 30)
                  ? NAMES_LABELLED
                  : NAMES_LOOSE,
              &names);
    if (names.n == 0 && is_office(without_commas(text)))
        names_put(r->ctx->a, &names,
                  (struct name){.name = without_commas(text), .is_org = true});
    if (names.n == 0)
        return is_marked && letters_in(text) <= 2;
    for (size_t i = 0; i < names.n; i++)
        names_put(r->ctx->a, &r->authors, names.at[i]);
    return true;
}

static bool is_comma_at(struct str s, size_t at)
{
    uint32_t c = utf8_next(s, &at);

    return c == ',' || c == 0xFF0C;
}

static struct str behind_comma(struct str s, size_t at)
{
    (void)utf8_next(s, &at);
    return str_from(s, at);
}

static struct str until_comma(struct str s)
{
    size_t i = 0;

    while (i < s.n && !is_comma_at(s, i))
        (void)utf8_next(s, &i);
    return str_trim_wide(str_slice(s, 0, i));
}

/* A Han name without the clause or the page's tool behind it: "罗青,经授权发布",
 * "罗青返回首页". */
static struct str without_clause(struct reading *r, struct str text)
{
    for (size_t i = 0; i < text.n; (void)utf8_next(text, &i)) {
        struct label_hit hit;

        if (i > 0 && is_comma_at(text, i) &&
            name_is_han(str_slice(text, 0, i)) &&
            !name_is_han(until_comma(behind_comma(text, i))))
            return str_slice(text, 0, i);
        if (i > 0 &&
            label_at(r->ctx->meta->labels, text, i, EDGE_START, &hit) &&
            hit.field == LABEL_SKIP && hit.form == FORM_ALONE &&
            hit.end == text.n && name_is_han(str_slice(text, 0, i)))
            return str_slice(text, 0, i);
    }
    return text;
}

/* "发布：孔乙戊": who did, where the word alone announces no date. */
static bool take_poster(struct reading *r, const struct part *label,
                        struct str text)
{
    return label->label.field == LABEL_PUBLISHED &&
           label->label.has_separator && utf8_chars(label->text) == 2 &&
           name_is_han(text) && take_author(r, text, label);
}

static bool has_cjk_only(struct str s)
{
    for (size_t i = 0; i < s.n;)
        if (!is_cjk(utf8_next(s, &i)))
            return false;
    return s.n > 0;
}

/* "in News by Jane Roe": an author behind the section. */
static void take_inner_author(struct reading *r, struct str text)
{
    struct part part = {.kind = PART_LABEL};

    for (size_t i = 0; i + 1 < text.n; i++) {
        if (text.p[i] != ' ' ||
            !label_at(r->ctx->meta->labels, text, i + 1, EDGE_START,
                      &part.label) ||
            part.label.field != LABEL_AUTHOR || part.label.form != FORM_LEAD)
            continue;
        part.text = str_slice(text, i + 1, part.label.word_end);
        (void)take_author(r, str_from(text, part.label.end), &part);
        return;
    }
}

bool line_take_value(struct reading *r, const struct part *label,
                     struct str text)
{
    switch (label->label.field) {
    case LABEL_AUTHOR:
        return take_author(r, without_clause(r, text), label);
    case LABEL_POSTER:
        return name_is_org(text) ||
               take_author(r, without_clause(r, text), label);
    case LABEL_EDITOR:
        return take_editor(r, without_clause(r, text));
    case LABEL_CREDIT:
        return take_credit(r, text, label->text);
    case LABEL_SOURCE:
        if (!is_source(name_of_source(text)) ||
            (!label->label.has_separator && !is_outlet_name(text)))
            return false;
        take_source(r, text);
        return true;
    case LABEL_TAGS:
        if (!label->label.has_separator)
            return false;
        line_take_tags(r, text);
        return true;
    case LABEL_BIO:
        r->out->is_bio = true;
        return true;
    case LABEL_ORIGINAL:
        return true;
    case LABEL_SKIP:
        /* "1203 阅读", but "某某 阅读(1203)". */
        if (label->label.form == FORM_AFTER && has_cjk_only(text))
            return false;
        if (utf8_chars(text) > SKIP_MAX_CHARS || line_has_sentence_mark(text))
            return false;
        take_inner_author(r, text);
        return true;
    default: /* a date was announced and none is there */
        return take_poster(r, label, text) || letters_in(text) <= 8;
    }
}
