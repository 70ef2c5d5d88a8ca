#include "decode/charset.h"

#include "base/utf8.h"

static const struct charset_row {
    struct str name;
    enum charset_how how;
    const char *iconv;
} rows[CHARSETS] = {
#define CHARSET(id, name, how, iconv)                                          \
    [CHARSET_##id] = {STR_INIT(name), HOW_##how, iconv},
#include "decode/charsets.def"
#undef CHARSET
};

static const struct label_row {
    struct str label;
    enum charset_id id;
} labels[] = {
#define LABEL(label, id) {STR_INIT(label), CHARSET_##id},
#include "decode/labels.def"
#undef LABEL
};

#define LABEL_MAX 32

struct str charset_name(enum charset_id id)
{
    return id == CHARSET_UNKNOWN ? STR_NONE : rows[id].name;
}

enum charset_how charset_how(enum charset_id id)
{
    return rows[id].how;
}

const char *charset_iconv_name(enum charset_id id)
{
    return rows[id].iconv;
}

enum charset_id charset_of_label(struct str label)
{
    size_t low = 0, high = sizeof labels / sizeof labels[0];
    char lower[LABEL_MAX];

    label = str_trim(label);
    if (label.n == 0 || label.n > sizeof lower)
        return CHARSET_UNKNOWN;
    for (size_t i = 0; i < label.n; i++)
        lower[i] = to_lower(label.p[i]);
    label.p = lower;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = str_cmp(label, labels[middle].label);

        if (order == 0)
            return labels[middle].id;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return CHARSET_UNKNOWN;
}

/* HTML 13.2.5.80 has the same table, for numeric references. */
uint32_t c1_meaning(uint32_t c)
{
    static const uint16_t meaning[32] = {
        0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
        0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

    return meaning[c - 0x80];
}

/* ---- what a document says ---- */

enum charset_id charset_of_bom(struct str bytes, size_t *mark_bytes)
{
    static const struct {
        struct str mark;
        enum charset_id id;
    } marks[] = {
        {STR_INIT("\xEF\xBB\xBF"), CHARSET_UTF_8},
        {STR_INIT("\xFF\xFE\0\0"), CHARSET_UTF_32LE},
        {STR_INIT("\0\0\xFE\xFF"), CHARSET_UTF_32BE},
        {STR_INIT("\xFF\xFE"), CHARSET_UTF_16LE},
        {STR_INIT("\xFE\xFF"), CHARSET_UTF_16BE},
        {STR_INIT("\x84\x31\x95\x33"), CHARSET_GB18030},
    };

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (str_starts(bytes, marks[i].mark)) {
            *mark_bytes = marks[i].mark.n;
            return marks[i].id;
        }
    }
    *mark_bytes = 0;
    return CHARSET_UNKNOWN;
}

/* S begins behind the name: "= value" with or without quotes. */
static struct str value_after(struct str s)
{
    size_t i = 0, end;
    char quote;

    while (i < s.n && is_space(s.p[i]))
        i++;
    if (i >= s.n || s.p[i] != '=')
        return STR_NONE;
    i++;
    while (i < s.n && is_space(s.p[i]))
        i++;
    quote = i < s.n ? s.p[i] : '\0';
    if (quote == '"' || quote == '\'') {
        end = str_find_char(s, quote, i + 1);
        return end == STR_NOT_FOUND ? STR_NONE : str_slice(s, i + 1, end);
    }
    for (end = i; end < s.n && !is_space(s.p[end]) && s.p[end] != ';' &&
                  s.p[end] != ',' && s.p[end] != '>' && s.p[end] != '"' &&
                  s.p[end] != '\'';)
        end++;
    return str_slice(s, i, end);
}

/* As the HTML standard reads the content of a meta (2.4): "charset" anywhere
 * that a value follows. */
struct str charset_in_type(struct str type)
{
    size_t at = 0;

    while ((at = str_find_nocase(type, STR("charset"), at)) != STR_NOT_FOUND) {
        struct str value;

        at += 7;
        value = value_after(str_from(type, at));
        if (value.n > 0)
            return value;
    }
    return STR_NONE;
}

struct str charset_in_declaration(struct str head)
{
    size_t from = 0, end, at;

    while (from < head.n && is_space(head.p[from]))
        from++;
    head = str_from(head, from);
    if (!str_starts(head, STR("<?xml")) || head.n < 6 || !is_space(head.p[5]))
        return STR_NONE;
    end = str_find_char(head, '>', 0);
    head = str_slice(head, 0, end == STR_NOT_FOUND ? 1024 : end);
    at = str_find_nocase(head, STR("encoding"), 0);
    return at == STR_NOT_FOUND ? STR_NONE : value_after(str_from(head, at + 8));
}

/* Behind the tag that begins at FROM, quotes respected. */
static size_t tag_end(struct str s, size_t from)
{
    size_t i = from;

    while (i < s.n && s.p[i] != '>') {
        size_t close = STR_NOT_FOUND;

        if (s.p[i] == '"' || s.p[i] == '\'')
            close = str_find_char(s, s.p[i], i + 1);
        i = close == STR_NOT_FOUND ? i + 1 : close + 1;
    }
    return i;
}

/* The value of an attribute called NAME in TAG, which is a whole start tag. */
static struct str tag_attr(struct str tag, struct str name)
{
    size_t at = 1;

    while ((at = str_find_nocase(tag, name, at)) != STR_NOT_FOUND) {
        char before = tag.p[at - 1];

        at += name.n;
        if (is_space(before) || before == '/' || before == '"' ||
            before == '\'') {
            struct str value = value_after(str_from(tag, at));

            if (value.n > 0)
                return value;
        }
    }
    return STR_NONE;
}

static struct str label_in_meta(struct str tag)
{
    struct str label = tag_attr(tag, STR("charset")), content;

    if (label.n > 0)
        return label;
    content = tag_attr(tag, STR("content"));
    /* An unquoted content ends at its semicolon: look at the whole tag. */
    if (str_has_nocase(tag, STR("http-equiv")))
        return charset_in_type(
            content.n > 0 && str_has_nocase(content, STR("charset")) ? content
                                                                     : tag);
    return STR_NONE;
}

struct str charset_in_meta(struct str head)
{
    size_t at = 0;

    while ((at = str_find_char(head, '<', at)) != STR_NOT_FOUND) {
        struct str rest = str_from(head, at), label;
        size_t end;

        if (str_starts(rest, STR("<!--"))) {
            end = str_find(head, STR("-->"), at + 2);
            if (end == STR_NOT_FOUND)
                return STR_NONE;
            at = end + 3;
            continue;
        }
        if (rest.n < 2 || !(is_alpha(rest.p[1]))) {
            at++;
            continue;
        }
        end = tag_end(head, at);
        if (str_starts_nocase(rest, STR("<meta")) && rest.n > 5 &&
            (is_space(rest.p[5]) || rest.p[5] == '/')) {
            label = label_in_meta(str_slice(head, at, end));
            if (charset_of_label(label) != CHARSET_UNKNOWN)
                return label;
        }
        if (str_starts_nocase(rest, STR("<body")))
            return STR_NONE;
        at = end;
    }
    return STR_NONE;
}
