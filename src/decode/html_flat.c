/*
 * The linear HTML reader, for markup that the pre-scan or the memory budget kept
 * from the real parser.
 *
 * A tokenizer and a stack of at most DEPTH_MAX open elements.  Start tags close
 * what they imply closed (a paragraph before a block, a cell before a cell, an
 * item before an item), end tags close down to what they name unless a block
 * lies between, and that is all: no formatting elements are reopened, nothing
 * moves out of tables.  Elements below DEPTH_MAX become leaves; `skipped` counts
 * them so that their end tags close nothing else.  Every step looks at no more
 * than the stack, so the whole is linear in the input.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "decode/entity.h"
#include "decode/tag_traits.h"
#include "decode/tree_build.h"

#define DEPTH_MAX 256
#define ATTRS_MAX 128

struct reader {
    struct arena *a;
    struct str s;
    size_t at;
    struct tree_builder b;
    size_t depth, skipped;
    uint32_t open[TAG_COUNT]; /* how many of each are on the stack */
    uint32_t stack[DEPTH_MAX];
    bool is_fragment, in_body, in_head;
};

static uint32_t top_node(const struct reader *r)
{
    return r->depth == 0 ? 0 : r->stack[r->depth - 1];
}

static enum tag tag_at(const struct reader *r, size_t level)
{
    return (enum tag)r->b.at[r->stack[level]].tag;
}

static void pop(struct reader *r)
{
    uint32_t i = r->stack[--r->depth];

    r->open[r->b.at[i].tag]--;
    builder_close(&r->b, i);
}

static void pop_to(struct reader *r, size_t depth)
{
    while (r->depth > depth)
        pop(r);
}

static uint32_t add_element(struct reader *r, enum tag tag, struct str name,
                            const struct attr *attrs, size_t n)
{
    uint32_t i = builder_add(&r->b, top_node(r), tag, name, attrs, n);

    if (i == NO_NODE || tag_has(tag, VOID))
        return i;
    if (r->depth == DEPTH_MAX) {
        r->skipped++;
        return i;
    }
    r->stack[r->depth++] = i;
    r->open[tag]++;
    return i;
}

/* ---- html, head and body, which pages may leave out ---- */

static void enter_head(struct reader *r)
{
    if (r->is_fragment || r->in_head || r->in_body)
        return;
    add_element(r, TAG_HEAD, tag_name(TAG_HEAD), NULL, 0);
    r->in_head = true;
}

static void enter_body(struct reader *r)
{
    if (r->is_fragment || r->in_body)
        return;
    enter_head(r);
    pop_to(r, 1);
    add_element(r, TAG_BODY, tag_name(TAG_BODY), NULL, 0);
    r->in_head = false;
    r->in_body = true;
}

static bool belongs_in_head(enum tag tag)
{
    switch (tag) {
    case TAG_TITLE:
    case TAG_META:
    case TAG_LINK:
    case TAG_BASE:
    case TAG_SCRIPT:
    case TAG_STYLE:
    case TAG_NOSCRIPT:
    case TAG_TEMPLATE:
        return true;
    default:
        return false;
    }
}

/* The attributes of <html> and <body> go to the nodes made for them. */
static void set_attrs(struct reader *r, uint32_t i, const struct attr *attrs,
                      size_t n)
{
    if (n == 0 || r->b.at[i].n_attrs > 0)
        return;
    r->b.at[i].attrs = attrs;
    r->b.at[i].n_attrs = (uint32_t)n;
}

/* ---- what a start tag closes ---- */

/* A start tag of OPENS ends the nearest open element of CLOSES, if no element
 * of WITHIN lies between. */
static const struct implied_end {
    uint16_t opens, closes, within;
} implied_ends[] = {
    {TAG_LI, TAG_LI, TAG_UL},
    {TAG_DT, TAG_DT, TAG_DL},
    {TAG_DT, TAG_DD, TAG_DL},
    {TAG_DD, TAG_DT, TAG_DL},
    {TAG_DD, TAG_DD, TAG_DL},
    {TAG_OPTION, TAG_OPTION, TAG_SELECT},
    {TAG_TD, TAG_TD, TAG_TABLE},
    {TAG_TD, TAG_TH, TAG_TABLE},
    {TAG_TH, TAG_TD, TAG_TABLE},
    {TAG_TH, TAG_TH, TAG_TABLE},
    {TAG_TR, TAG_TR, TAG_TABLE},
    {TAG_TBODY, TAG_TBODY, TAG_TABLE},
    {TAG_TBODY, TAG_THEAD, TAG_TABLE},
    {TAG_TFOOT, TAG_TBODY, TAG_TABLE},
    {TAG_TBODY, TAG_TR, TAG_TABLE},
    {TAG_TFOOT, TAG_TR, TAG_TABLE},
    {TAG_A, TAG_A, TAG_TD},
    {TAG_RT, TAG_RT, TAG_RUBY},
    {TAG_RP, TAG_RT, TAG_RUBY},
    {TAG_RT, TAG_RP, TAG_RUBY},
};

static void close_nearest(struct reader *r, enum tag tag, enum tag within)
{
    if (r->open[tag] == 0)
        return;
    for (size_t k = r->depth; k > 0 && tag_at(r, k - 1) != within; k--) {
        if (tag == TAG_LI && tag_at(r, k - 1) == TAG_OL)
            return;
        if (tag_at(r, k - 1) == tag) {
            pop_to(r, k - 1);
            return;
        }
    }
}

static void close_implied(struct reader *r, enum tag tag)
{
    if (tag_has(tag, BLOCK))
        close_nearest(r, TAG_P, TAG_BUTTON);
    for (size_t i = 0; i < sizeof implied_ends / sizeof implied_ends[0]; i++)
        if (implied_ends[i].opens == tag)
            close_nearest(r, (enum tag)implied_ends[i].closes,
                          (enum tag)implied_ends[i].within);
}

/* ---- end tags ---- */

static bool is_table_part(enum tag tag)
{
    return tag == TAG_TABLE || tag == TAG_TD || tag == TAG_TH || tag == TAG_TR;
}

static void end_tag(struct reader *r, enum tag tag, struct str name)
{
    if (r->skipped > 0 && !tag_has(tag, VOID)) {
        r->skipped--;
        return;
    }
    if (r->open[tag] == 0 || tag == TAG_HTML || tag == TAG_BODY)
        return;
    for (size_t k = r->depth; k > 0; k--) {
        enum tag there = tag_at(r, k - 1);

        if (there == tag &&
            str_eq_nocase(r->b.at[r->stack[k - 1]].text, name)) {
            pop_to(r, k - 1);
            return;
        }
        if (tag_has(there, BLOCK) && !tag_has(tag, BLOCK))
            return;
        if (is_table_part(there) && !is_table_part(tag))
            return;
    }
}

/* ---- tokens ---- */

static bool is_name_end(char c)
{
    return is_space(c) || c == '>' || c == '/';
}

static struct str take_name(struct reader *r)
{
    size_t from = r->at;

    while (r->at < r->s.n && !is_name_end(r->s.p[r->at]))
        r->at++;
    return str_slice(r->s, from, r->at);
}

static void skip_spaces(struct reader *r)
{
    while (r->at < r->s.n && is_space(r->s.p[r->at]))
        r->at++;
}

static struct str take_value(struct reader *r)
{
    char quote = r->at < r->s.n ? r->s.p[r->at] : '\0';
    size_t from = r->at, end;

    if (quote == '"' || quote == '\'') {
        from++;
        end = str_find_char(r->s, quote, from);
        if (end == STR_NOT_FOUND)
            end = r->s.n;
        r->at = end < r->s.n ? end + 1 : end;
        return str_slice(r->s, from, end);
    }
    while (r->at < r->s.n && !is_space(r->s.p[r->at]) && r->s.p[r->at] != '>')
        r->at++;
    return str_slice(r->s, from, r->at);
}

/* Attributes up to behind '>'; those past ATTRS_MAX are dropped. */
static size_t take_attrs(struct reader *r, const struct attr **out)
{
    struct attr attrs[ATTRS_MAX], *kept;
    size_t n = 0;

    for (;;) {
        struct str name, value = STR_NONE;
        size_t from;

        while (r->at < r->s.n &&
               (is_space(r->s.p[r->at]) || r->s.p[r->at] == '/'))
            r->at++;
        if (r->at >= r->s.n || r->s.p[r->at] == '>')
            break;
        from = r->at++;
        while (r->at < r->s.n && !is_name_end(r->s.p[r->at]) &&
               r->s.p[r->at] != '=')
            r->at++;
        name = str_slice(r->s, from, r->at);
        skip_spaces(r);
        if (r->at < r->s.n && r->s.p[r->at] == '=') {
            r->at++;
            skip_spaces(r);
            value = take_value(r);
        }
        if (n < ATTRS_MAX)
            attrs[n++] = (struct attr){arena_lower(r->a, name),
                                       entity_resolve(r->a, value, true)};
    }
    if (r->at < r->s.n)
        r->at++;
    *out = NULL;
    if (n > 0) {
        *out = kept = arena_array(r->a, n, sizeof *kept);
        memcpy(kept, attrs, n * sizeof *kept);
    }
    return n;
}

static bool is_blank_text(struct str s)
{
    return str_trim(s).n == 0;
}

static void add_text(struct reader *r, struct str text, bool is_raw)
{
    if (text.n == 0)
        return;
    if (!r->in_body && !r->is_fragment && !is_raw) {
        if (is_blank_text(text))
            return;
        enter_body(r);
    }
    if (!is_raw)
        text = entity_resolve(r->a, text, false);
    builder_add(&r->b, top_node(r), TAG_TEXT, text, NULL, 0);
}

/* The text of a raw element, up to its end tag. */
static void raw_text(struct reader *r, enum tag tag, struct str name)
{
    size_t from = r->at, end = r->s.n, next = r->s.n;

    for (size_t at = from;;) {
        size_t hit = str_find(r->s, STR("</"), at);

        if (hit == STR_NOT_FOUND)
            break;
        at = hit + 2;
        if (!str_starts_nocase(str_from(r->s, at), name) ||
            (at + name.n < r->s.n && !is_name_end(r->s.p[at + name.n])))
            continue;
        end = hit;
        next = str_find_char(r->s, '>', at);
        next = next == STR_NOT_FOUND ? r->s.n : next + 1;
        break;
    }
    if (end > from) {
        struct str text = str_slice(r->s, from, end);

        if (tag == TAG_TITLE || tag == TAG_TEXTAREA)
            text = entity_resolve(r->a, text, false);
        add_text(r, text, true);
    }
    r->at = next;
}

static void start_tag(struct reader *r, struct str name)
{
    enum tag tag = tag_by_any_case(name);
    const struct attr *attrs;
    size_t n = take_attrs(r, &attrs), depth;

    if (tag == TAG_HTML || tag == TAG_HEAD || tag == TAG_BODY) {
        if (r->is_fragment)
            return;
        if (tag == TAG_HEAD)
            enter_head(r);
        if (tag == TAG_BODY)
            enter_body(r);
        if (tag == TAG_HTML || (tag == TAG_BODY && r->depth > 1))
            set_attrs(r, r->stack[tag == TAG_HTML ? 0 : 1], attrs, n);
        return;
    }
    if (!belongs_in_head(tag))
        enter_body(r);
    else
        enter_head(r);
    close_implied(r, tag);
    depth = r->depth;
    add_element(r, tag,
                tag == TAG_OTHER ? arena_lower(r->a, name) : tag_name(tag),
                attrs, n);
    if (tag_has(tag, RAW) && !tag_has(tag, VOID)) {
        raw_text(r, tag, name);
        if (r->depth > depth)
            pop_to(r, depth);
        else if (r->skipped > 0)
            r->skipped--;
    }
}

static void skip_past(struct reader *r, struct str needle)
{
    size_t hit = str_find(r->s, needle, r->at);

    r->at = hit == STR_NOT_FOUND ? r->s.n : hit + needle.n;
}

/* At the character behind '<'; false if that was no markup. */
static bool take_markup(struct reader *r)
{
    char c = r->at < r->s.n ? r->s.p[r->at] : '\0';
    char after = r->at + 1 < r->s.n ? r->s.p[r->at + 1] : '\0';
    struct str name;

    if (is_alpha(c)) {
        start_tag(r, take_name(r));
    } else if (c == '/' && is_alpha(after)) {
        r->at++;
        name = take_name(r);
        end_tag(r, tag_by_any_case(name), name);
        skip_past(r, STR(">"));
    } else if (str_starts(str_from(r->s, r->at), STR("!--"))) {
        r->at++;
        skip_past(r, STR("-->"));
    } else if (c == '!' || c == '?' || c == '/') {
        skip_past(r, STR(">"));
    } else {
        return false;
    }
    return true;
}

static void read_all(struct reader *r)
{
    size_t text_from = 0;

    while (r->at < r->s.n && !r->b.full) {
        const char *hit = memchr(r->s.p + r->at, '<', r->s.n - r->at);
        size_t lt = hit == NULL ? r->s.n : (size_t)(hit - r->s.p);
        char next = lt + 1 < r->s.n ? r->s.p[lt + 1] : '\0';

        r->at = lt < r->s.n ? lt + 1 : lt;
        if (lt < r->s.n && !is_alpha(next) && next != '/' && next != '!' &&
            next != '?')
            continue;
        add_text(r, str_slice(r->s, text_from, lt), false);
        if (lt < r->s.n && !take_markup(r))
            r->at = lt + 1;
        text_from = r->at;
    }
    if (text_from < r->s.n && !r->b.full)
        add_text(r, str_from(r->s, text_from), false);
}

struct page_tree *html_flat(struct arena *a, struct str html, bool is_fragment,
                            struct notes *notes)
{
    struct reader *r = heap_alloc(sizeof *r);
    struct page_tree *t;

    r->a = a;
    r->s = html;
    r->is_fragment = is_fragment;
    builder_init(&r->b);
    if (!is_fragment)
        add_element(r, TAG_HTML, tag_name(TAG_HTML), NULL, 0);
    read_all(r);
    enter_body(r);
    pop_to(r, 0);
    if (r->b.full)
        note_add(notes, a, NOTE_TOO_LARGE, "the first %u nodes were read",
                 HTML_MAX_NODES);
    t = builder_finish(&r->b, a);
    free(r);
    return t;
}
