/*
 * Text constructs: what kind of text an element holds, and that text unescaped
 * exactly once.  XML has undone one level already; what is left is plain text,
 * HTML source, or (elements inside the construct) markup written out by
 * read_xml.c.  Atom says which; RSS does not, and we look: a title is HTML only
 * if it has a known tag that is closed, or a character reference, and nothing
 * that looks like a tag but is none ("a < b", "the <blink> tag").
 */
#include "parse/reader.h"

#include "base/arena.h"
#include "base/utf8.h"

bool is_html_tag(struct str name)
{
    static const struct str names[] = {
#define TAG_NAME(name) STR_INIT(name),
#include "parse/html_tags.def"
#undef TAG_NAME
    };
    size_t low = 0, high = sizeof names / sizeof names[0];
    char bytes[12];

    if (name.n == 0 || name.n > sizeof bytes)
        return false;
    for (size_t i = 0; i < name.n; i++)
        bytes[i] = to_lower(name.p[i]);
    name = str_of(bytes, name.n);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_cmp(names[middle], name);

        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static size_t word_end(struct str s, size_t i)
{
    while (i < s.n && (is_alnum(s.p[i]) || s.p[i] == '_'))
        i++;
    return i;
}

/* &name; or &#123; at I: its length, 0 if it is none. */
static size_t reference_bytes(struct str s, size_t i)
{
    size_t from = i + 1, to;

    if (from < s.n && s.p[from] == '#')
        from++;
    to = word_end(s, from);
    return to > from && to < s.n && s.p[to] == ';' ? to + 1 - i : 0;
}

/* The tag whose '<' is at I - 1: false if HTML has none of that name.  *CLOSED
 * when it shows that markup is meant: an end tag, or one that has none. */
static bool tag_is_common(struct str s, size_t *i, size_t last_gt, bool *closed)
{
    bool end = *i < s.n && s.p[*i] == '/';
    size_t from = *i + end, to = word_end(s, from);
    struct str name = str_slice(s, from, to);

    *i = to;
    if (name.n == 0)
        return true;
    if (!is_html_tag(name))
        return false;
    if (end ? to < s.n && s.p[to] == '>'
            : last_gt != STR_NOT_FOUND && to <= last_gt &&
                  (str_eq_nocase(name, STR("br")) ||
                   str_eq_nocase(name, STR("img"))))
        *closed = true;
    return true;
}

bool looks_like_html(struct str s)
{
    size_t lt = str_find_char(s, '<', 0), amp = str_find_char(s, '&', 0);
    size_t last_gt = str_find_last(s, '>');
    bool closed = false;

    while (lt != STR_NOT_FOUND || amp != STR_NOT_FOUND) {
        char to[ENTITY_BYTES];
        size_t n;

        if (amp < lt) {
            if (reference_bytes(s, amp) > 0) {
                if (entity_read(str_from(s, amp), false, to, &n) == 0)
                    return false;
                closed = true;
            }
            amp = str_find_char(s, '&', amp + 1);
            continue;
        }
        lt++;
        if (!tag_is_common(s, &lt, last_gt, &closed))
            return false;
        lt = str_find_char(s, '<', lt);
    }
    return closed;
}

bool has_tags(struct str s)
{
    size_t last = str_find_last(s, '>'), i = 0;

    while (last != STR_NOT_FOUND &&
           (i = str_find_char(s, '<', i)) != STR_NOT_FOUND) {
        i++;
        if (i < last && (is_alpha(s.p[i]) || s.p[i] == '/'))
            return true;
    }
    return false;
}

/* ---- base64 ---- */

static int base64_digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (is_digit(c))
        return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

bool base64_text(struct arena *a, struct str s, struct str *out)
{
    char *bytes = arena_alloc(a, s.n + 1);
    size_t n = 0;
    uint32_t bits = 0;
    int have = 0;

    for (size_t i = 0; i < s.n; i++) {
        int digit = base64_digit(s.p[i]);

        if (is_space(s.p[i]))
            continue;
        if (s.p[i] == '=')
            break;
        if (digit < 0)
            return false;
        bits = bits << 6 | (uint32_t)digit;
        have += 6;
        if (have >= 8) {
            have -= 8;
            bytes[n++] = (char)(bits >> have & 0xFF);
        }
    }
    *out = str_of(bytes, n);
    return n > 0 && utf8_valid(*out) && str_find_char(*out, '\0', 0) >= n;
}

/* ---- constructs ---- */

enum declared {
    TYPE_NONE,
    TYPE_PLAIN,
    TYPE_HTML,
    TYPE_XHTML,
    TYPE_OTHER_TEXT,
    TYPE_BASE64
};

static enum declared declared_type(struct str type, struct str mode)
{
    static const struct {
        struct str name;
        enum declared type;
    } types[] = {
        {STR_INIT("text"), TYPE_PLAIN},
        {STR_INIT("plain"), TYPE_PLAIN},
        {STR_INIT("text/plain"), TYPE_PLAIN},
        {STR_INIT("html"), TYPE_HTML},
        {STR_INIT("text/html"), TYPE_HTML},
        {STR_INIT("xhtml"), TYPE_XHTML},
        {STR_INIT("application/xhtml+xml"), TYPE_XHTML},
        {STR_INIT("text/xhtml"), TYPE_XHTML},
    };

    if (str_eq_nocase(str_trim(mode), STR("base64")))
        return TYPE_BASE64;
    /* Without parameters: text/html; charset=utf-8. */
    type = str_trim(str_slice(type, 0, str_find_char(type, ';', 0)));
    if (type.n == 0)
        return TYPE_NONE;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (str_eq_nocase(types[i].name, type))
            return types[i].type;
    if (str_starts_nocase(type, STR("text/")) ||
        str_ends_nocase(type, STR("+xml")) ||
        str_ends_nocase(type, STR("/xml")) ||
        str_find_char(type, '/', 0) == STR_NOT_FOUND)
        return TYPE_OTHER_TEXT;
    return TYPE_BASE64;
}

static struct str escape(struct arena *a, struct str s)
{
    struct buf b;
    struct str out;

    buf_init(&b, BUF_MAX);
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '&')
            buf_add_str(&b, STR("&amp;"));
        else if (s.p[i] == '<')
            buf_add_str(&b, STR("&lt;"));
        else if (s.p[i] == '>')
            buf_add_str(&b, STR("&gt;"));
        else
            buf_add_char(&b, s.p[i]);
    }
    out = buf_keep(&b, a);
    buf_done(&b);
    return out;
}

static void set_guessed(struct text *out, struct str s)
{
    out->value = s;
    out->type = looks_like_html(s) ? TEXT_HTML : TEXT_PLAIN;
}

void construct_finish(struct feed_reader *r, struct frame *f, struct str text,
                      enum text_default by_default, struct text *out)
{
    const struct construct *c = &r->construct;
    enum declared type = declared_type(f->kept[KEPT_TYPE], f->kept[KEPT_MODE]);
    struct arena *a = reader_arena(r);

    *out = (struct text){
        .language = f->lang, .base = f->base, .src = f->kept[KEPT_SRC]};
    if (c->children > 0 && type != TYPE_BASE64 &&
        (c->escaping || c->switched)) {
        bool one_div =
            r->feed.format == FEED_ATOM10 && c->div_first && c->children == 1 &&
            c->div_end > 0 &&
            str_trim(str_from(text, c->div_end - f->text_from)).n == 0;

        /* RFC 4287, 3.1.1.3: the div is no part of the content. */
        if (one_div) {
            text = str_slice(text, c->div_from - f->text_from,
                             c->div_to - f->text_from);
            out->base = c->div_base;
        }
        out->type = c->escaping ? TEXT_XHTML : TEXT_HTML;
        out->value = reader_keep(r, str_trim(text));
        return;
    }
    text = str_trim(text);
    switch (type) {
    case TYPE_BASE64:
        if (base64_text(a, text, &text))
            set_guessed(out, str_trim(text));
        else if (str_eq_nocase(f->kept[KEPT_MODE], STR("base64")))
            note_add(reader_notes(r), a, NOTE_XML_REPAIRED,
                     "base64 that is none left out");
        else
            out->mime = reader_keep(r, f->kept[KEPT_TYPE]);
        return;
    case TYPE_XHTML:
        /* No element inside: escaped once too often, or only text. */
        out->type = looks_like_html(text) ? TEXT_HTML : TEXT_XHTML;
        out->value =
            out->type == TEXT_HTML ? reader_keep(r, text) : escape(a, text);
        return;
    case TYPE_OTHER_TEXT:
        out->mime = reader_keep(r, f->kept[KEPT_TYPE]);
        out->value = reader_keep(r, text);
        return;
    case TYPE_PLAIN:
    case TYPE_HTML:
        out->type = type == TYPE_HTML ? TEXT_HTML : TEXT_PLAIN;
        out->value = reader_keep(r, text);
        return;
    case TYPE_NONE:
        break;
    }
    text = reader_keep(r, text);
    if (by_default == DEFAULT_GUESS ||
        (by_default == DEFAULT_TAGS && has_tags(text))) {
        set_guessed(out, text);
    } else {
        out->value = text;
        out->type = by_default == DEFAULT_HTML ? TEXT_HTML : TEXT_PLAIN;
    }
}

/* ---- one line of plain text ---- */

static bool ends_a_word(struct str name)
{
    static const struct str names[] = {STR_INIT("br"), STR_INIT("p"),
                                       STR_INIT("div"), STR_INIT("li")};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_eq_nocase(names[i], name))
            return true;
    return false;
}

/* Tags left out; one that ends a word ("<br>", "</p>") becomes a blank. */
static void add_without_tags(struct buf *b, struct str s)
{
    size_t i = 0, lt, last = str_find_last(s, '>');

    while (last != STR_NOT_FOUND && (lt = str_find_char(s, '<', i)) < last) {
        size_t from = lt + 1 + (s.p[lt + 1] == '/'), to = word_end(s, from);

        buf_add_str(b, str_slice(s, i, lt));
        i = lt + 1;
        if (to == from || to > last) {
            buf_add_char(b, '<');
            continue;
        }
        if (ends_a_word(str_slice(s, from, to)))
            buf_add_char(b, ' ');
        i = str_find_char(s, '>', to) + 1;
    }
    buf_add_str(b, str_from(s, i));
}

/* Every run of blanks as one U+0020, none at the ends. */
static struct str one_line(struct arena *a, struct str s)
{
    char *to = arena_alloc(a, s.n + 1);
    size_t n = 0, i = 0;
    bool blank = false;

    while (i < s.n) {
        size_t from = i;
        uint32_t c = utf8_next(s, &i);

        if (is_blank(c)) {
            blank = n > 0 || blank;
            continue;
        }
        if (blank && n > 0)
            to[n++] = ' ';
        blank = false;
        memcpy(to + n, s.p + from, i - from);
        n += i - from;
    }
    return str_of(to, n);
}

struct str text_line(struct arena *a, const struct text *t)
{
    struct str s = t->value;

    if (t->type != TEXT_PLAIN && t->mime.n == 0) {
        if (str_find_char(s, '<', 0) != STR_NOT_FOUND) {
            struct buf b;

            buf_init(&b, BUF_MAX);
            add_without_tags(&b, s);
            s = buf_keep(&b, a);
            buf_done(&b);
        }
        if (str_find_char(s, '&', 0) != STR_NOT_FOUND)
            s = entity_resolve(a, s, false);
    }
    return one_line(a, s);
}
