#include "extract/page_marks.h"

#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/utf8.h"

/* ---- class and id words ---- */

enum class_how { HOW_WORD, HOW_PART };

struct class_row {
    struct str word;
    uint8_t family, how;
};

static const struct class_row rows[] = {
#define CLASS(family, how, word) {STR_INIT(word), CLASS_##family, HOW_##how},
#include "extract/class.def"
#undef CLASS
};

#define N_ROWS           (sizeof rows / sizeof rows[0])
#define MOST_CLASS_BYTES 160
#define SLUG_BYTES       160
#define SLUG_NODES       16
#define SLUG_WORD        3 /* letters */

/* True where a word begins or ends between bytes I - 1 and I of S: beside a
 * mark or digit, or where the case rises (postBody). */
static bool is_edge(struct str s, size_t i)
{
    char before, here;

    if (i == 0 || i >= s.n)
        return true;
    before = s.p[i - 1];
    here = s.p[i];
    if (!is_alpha(before) || !is_alpha(here))
        return true;
    return before == to_lower(before) && here != to_lower(here);
}

/* The first two letters are known to be the same. */
static bool rest_is_same(const char *p, struct str word)
{
    for (size_t i = 2; i < word.n; i++)
        if (to_lower(p[i]) != word.p[i])
            return false;
    return true;
}

/*
 * Rows by their first two letters: head[] is the first row of a pair, next[]
 * the one after it, both plus one; 0 ends the chain.
 */
struct class_index {
    uint16_t head[27 * 27];
    uint16_t next[N_ROWS];
};

/* 1 to 26 for letters of either case, 0 for anything else. */
static unsigned letter_number(char c)
{
    return is_alpha(c) ? (unsigned)(to_lower(c) - 'a') + 1 : 0;
}

static unsigned pair_of(const char *p)
{
    return letter_number(p[0]) * 27 + letter_number(p[1]);
}

static struct class_index *index_rows(struct arena *a)
{
    struct class_index *index = arena_make(a, struct class_index);

    for (size_t i = N_ROWS; i-- > 0;) {
        unsigned pair = pair_of(rows[i].word.p);

        index->next[i] = index->head[pair];
        index->head[pair] = (uint16_t)(i + 1);
    }
    return index;
}

static uint32_t class_families(const struct class_index *index, struct str s)
{
    uint32_t families = 0;

    s = str_slice(s, 0, MOST_CLASS_BYTES);
    for (size_t i = 0; i + 1 < s.n; i++) {
        for (size_t k = index->head[pair_of(s.p + i)]; k != 0;
             k = index->next[k - 1]) {
            const struct class_row *row = &rows[k - 1];

            if (row->word.n > s.n - i || !rest_is_same(s.p + i, row->word))
                continue;
            if (row->how == HOW_PART ||
                (is_edge(s, i) && is_edge(s, i + row->word.n)))
                families |= 1u << row->family;
        }
    }
    return families;
}

struct class_reader {
    const struct class_index *index;
    struct map seen;   /* attribute to families */
    struct map styles; /* attribute to whether it hides */
};

/* Pages use few class attributes many times: each is read once. */
static uint32_t cached_families(struct class_reader *r, struct str s)
{
    size_t *slot;
    bool is_new;

    if (s.n == 0)
        return 0;
    slot = map_put(&r->seen, s, &is_new);
    if (is_new)
        *slot = class_families(r->index, s);
    return (uint32_t)*slot;
}

/* ---- what shows ---- */

/* The value of a property in a style attribute, blanks left out, as far as 15
 * bytes; empty if it is not set. */
static struct str style_value(struct str style, struct str name, char out[16])
{
    size_t at = 0, n = 0;

    for (;; at += name.n) {
        size_t i;

        at = str_find_nocase(style, name, at);
        if (at == STR_NOT_FOUND)
            return STR_NONE;
        if (at > 0 && (is_alnum(style.p[at - 1]) || style.p[at - 1] == '-'))
            continue;
        for (i = at + name.n; i < style.n && is_space(style.p[i]); i++)
            ;
        if (i >= style.n || style.p[i] != ':')
            continue;
        for (i++; i < style.n && style.p[i] != ';' && n < 15; i++)
            if (!is_space(style.p[i]))
                out[n++] = to_lower(style.p[i]);
        return str_of(out, n);
    }
}

/* A length far off the screen to the left or top. */
static bool is_far_off(struct str value)
{
    size_t digits = 0;

    if (value.n < 4 || value.p[0] != '-')
        return false;
    while (digits + 1 < value.n && is_digit(value.p[digits + 1]))
        digits++;
    return digits >= 3;
}

static bool is_zero(struct str value)
{
    return value.n > 0 && value.p[0] == '0' &&
           (value.n == 1 || is_alpha(value.p[1]) || value.p[1] == '%' ||
            value.p[1] == '!');
}

static bool is_nothing(struct str style, struct str name)
{
    char buffer[16];
    struct str value = style_value(style, name, buffer);

    return is_zero(value) && !str_has(value, STR("0."));
}

/* What cannot be seen but keeps its room and can be touched is there to fade in:
 * the text of many pages that a program has made begins so. */
static bool keeps_room(struct str style)
{
    static const struct {
        struct str name, value;
    } out[] = {
        {STR_INIT("position"), STR_INIT("absolute")},
        {STR_INIT("position"), STR_INIT("fixed")},
        {STR_INIT("pointer-events"), STR_INIT("none")},
        {STR_INIT("height"), STR_INIT("1px")},
        {STR_INIT("max-height"), STR_INIT("1px")},
        {STR_INIT("width"), STR_INIT("1px")},
        {STR_INIT("font-size"), STR_INIT("1px")},
        {STR_INIT("clip"), STR_INIT("rect(")},
        {STR_INIT("z-index"), STR_INIT("-")},
    };
    char buffer[16];

    for (size_t i = 0; i < sizeof out / sizeof out[0]; i++)
        if (str_starts(style_value(style, out[i].name, buffer), out[i].value))
            return false;
    return !is_nothing(style, STR("height")) &&
           !is_nothing(style, STR("max-height")) &&
           !is_nothing(style, STR("line-height")) &&
           !is_nothing(style, STR("width"));
}

static bool style_hides(struct str style)
{
    static const struct {
        struct str name, value;
    } off[] = {
        {STR_INIT("display"), STR_INIT("none")},
        {STR_INIT("visibility"), STR_INIT("hidden")},
    };
    static const struct str far[] = {STR_INIT("left"), STR_INIT("top"),
                                     STR_INIT("text-indent"),
                                     STR_INIT("margin-left")};
    char buffer[16];

    for (size_t i = 0; i < sizeof off / sizeof off[0]; i++)
        if (str_starts(style_value(style, off[i].name, buffer), off[i].value))
            return true;
    for (size_t i = 0; i < sizeof far / sizeof far[0]; i++)
        if (is_far_off(style_value(style, far[i], buffer)))
            return true;
    if (is_nothing(style, STR("font-size")) ||
        (is_nothing(style, STR("opacity")) && !keeps_room(style)))
        return true;
    return is_zero(style_value(style, STR("height"), buffer)) &&
           str_starts(style_value(style, STR("overflow"), buffer),
                      STR("hidden"));
}

/* Elements whose text is no text of the page. */
static bool is_silent_tag(enum tag tag)
{
    switch (tag) {
    case TAG_SCRIPT:
    case TAG_STYLE:
    case TAG_TEMPLATE:
    case TAG_NOSCRIPT:
    case TAG_NOEMBED:
    case TAG_NOFRAMES:
    case TAG_IFRAME:
    case TAG_SVG:
    case TAG_SELECT:
    case TAG_OPTION:
    case TAG_DATALIST:
    case TAG_TEXTAREA:
    case TAG_TITLE:
    case TAG_HEAD:
    case TAG_OBJECT:
    case TAG_RP:
        return true;
    default:
        return false;
    }
}

static bool cached_hides(struct class_reader *r, struct str style)
{
    bool is_new;
    size_t *slot = map_put(&r->styles, style, &is_new);

    if (is_new)
        *slot = style_hides(style);
    return *slot != 0;
}

/* A text near the node's beginning has WORD. */
static bool begins_with_word(const struct page_tree *t, uint32_t node,
                             struct str word)
{
    for (uint32_t k = node + 1;
         k < t->nodes[node].end && k <= node + SLUG_NODES; k++)
        if (t->nodes[k].tag == TAG_TEXT &&
            str_has_nocase(utf8_clip(t->nodes[k].text, SLUG_BYTES), word))
            return true;
    return false;
}

/* The id of a heading that is made of its text, "h-privacy-of-the-harbour", says no
 * more than that; "comments" above "3 thoughts" does. */
static bool is_slug(const struct page_tree *t, uint32_t node, struct str id)
{
    size_t begin = 0;

    if (tag_heading_level(t->nodes[node].tag) == 0)
        return false;
    id = utf8_clip(id, SLUG_BYTES);
    for (size_t i = 0; i <= id.n; i++) {
        if (i < id.n && is_alpha(id.p[i]))
            continue;
        if (i >= begin + SLUG_WORD &&
            begins_with_word(t, node, str_slice(id, begin, i)))
            return true;
        begin = i + 1;
    }
    return false;
}

/* A section whose heading links to it, as those of manuals do, has its id so that
 * it can be linked to: "respond-to-comments" is what it speaks of. */
static bool is_anchor(const struct page_tree *t, uint32_t node, struct str id)
{
    for (uint32_t k = node + 1;
         k < t->nodes[node].end && k <= node + SLUG_NODES; k++) {
        struct str href =
            t->nodes[k].tag == TAG_A ? node_attr(t, k, STR("href")) : STR_NONE;

        if (href.n > 1 && href.p[0] == '#' && str_eq(str_from(href, 1), id) &&
            tag_heading_level(t->nodes[t->nodes[k].parent].tag) > 0)
            return true;
    }
    return false;
}

static void read_attributes(const struct page_tree *t, uint32_t node,
                            struct class_reader *r, struct node_mark *m)
{
    const struct node *n = &t->nodes[node];

    for (uint32_t i = 0; i < n->n_attrs; i++) {
        struct str name = n->attrs[i].name, value = n->attrs[i].value;

        if (str_eq(name, STR("class")) ||
            (str_eq(name, STR("id")) && !is_slug(t, node, value) &&
             !is_anchor(t, node, value)))
            m->classes |= cached_families(r, value);
        else if (str_eq(name, STR("hidden")))
            m->is_hidden = !str_eq_nocase(value, STR("until-found"));
        else if (str_eq(name, STR("style")))
            m->is_hidden = m->is_hidden || cached_hides(r, value);
        else if (str_eq(name, STR("itemprop")) &&
                 str_has_nocase(value, STR("articlebody")))
            m->classes |= 1u << CLASS_BODY;
    }
}

struct node_mark *marks_read(struct arena *a, const struct page_tree *t)
{
    struct node_mark *marks = arena_array(a, t->n + 1, sizeof *marks);
    struct class_reader reader = {.index = index_rows(a)};

    map_init(&reader.seen, a);
    map_init(&reader.styles, a);
    for (uint32_t i = 1; i < t->n; i++) {
        const struct node *n = &t->nodes[i];
        const struct node_mark *up = &marks[n->parent];
        struct node_mark *m = &marks[i];

        m->container = up->container;
        if (n->tag == TAG_TEXT) {
            m->is_hidden = up->is_hidden;
            m->is_silent = up->is_silent;
            m->in_link = up->in_link;
            continue;
        }
        if (tag_is_block(n->tag) || n->tag == TAG_BUTTON)
            m->container = i;
        read_attributes(t, i, &reader, m);
        /* Some pages are hidden as a whole until a script has run. */
        if (n->tag == TAG_HTML || n->tag == TAG_BODY)
            m->is_hidden = false;
        else
            m->around = up->around | m->classes;
        m->is_hidden = m->is_hidden || up->is_hidden;
        m->is_silent = up->is_silent || is_silent_tag(n->tag);
        m->in_link = up->in_link || n->tag == TAG_A;
    }
    return marks;
}
