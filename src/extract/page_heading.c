/*
 * The words of a heading element that are the title.  Newspapers set a kicker
 * above the headline and put both into one h1, in elements of their own; readers
 * of a feed want the headline.  Ruby annotations are readings, not words.
 *
 * The parts of the heading are its children (or those of its only child).  If
 * one is called a headline by its class, only such ones stay; else those that
 * are called a kicker go, and with them the colons and dashes between.
 *
 * Some newspapers have their h1 in the path of links at the top of the page,
 * where it is written for search engines; the headline is an h2 then.
 */
#include "extract/page_title.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "extract/page_labels.h"
#include "extract/page_title_clean.h"

#define PARTS_MAX   12
#define ABOVE_MAX   4
#define CRUMB_ABOVE 6   /* elements from a heading up to its path of links */
#define INSIDE_MAX  400 /* nodes of a heading */
#define TEXTS_MAX   60

enum part_role { PART_PLAIN, PART_HEADLINE, PART_KICKER, PART_EMPTY };

struct heading_part {
    struct str text;
    enum part_role role;
    bool is_link;
};

static const struct {
    struct str word;
    enum part_role role;
} part_words[] = {
    {STR_INIT("subheadline"), PART_KICKER},
    {STR_INIT("headline"), PART_HEADLINE},
    {STR_INIT("kicker"), PART_KICKER},
    {STR_INIT("overline"), PART_KICKER},
    {STR_INIT("dachzeile"), PART_KICKER},
    {STR_INIT("topline"), PART_KICKER},
    {STR_INIT("roofline"), PART_KICKER},
    {STR_INIT("eyebrow"), PART_KICKER},
    {STR_INIT("overtitle"), PART_KICKER},
    {STR_INIT("supertitle"), PART_KICKER},
    {STR_INIT("pretitle"), PART_KICKER},
    {STR_INIT("suptitle"), PART_KICKER},
    {STR_INIT("subtitle"), PART_KICKER},
    {STR_INIT("titleheader"), PART_KICKER},
    {STR_INIT("spitzmarke"), PART_KICKER},
    {STR_INIT("vorzeile"), PART_KICKER},
    {STR_INIT("catchline"), PART_KICKER},
    {STR_INIT("topic"), PART_KICKER},
    {STR_INIT("prefix"), PART_KICKER},
    {STR_INIT("badge"), PART_PLAIN},
};

/* All text below a node but ruby's readings and styles, blanks run together. */
static struct str words_of(struct page_context *ctx, uint32_t node)
{
    const struct page_tree *t = ctx->tree;
    struct str parts[TEXTS_MAX];
    size_t n = 0;

    if (t->nodes[node].tag == TAG_TEXT)
        return t->nodes[node].text;
    for (uint32_t i = node + 1; i < t->nodes[node].end && n + 2 < TEXTS_MAX;
         i++) {
        switch (t->nodes[i].tag) {
        case TAG_RT:
        case TAG_RP:
        case TAG_STYLE:
        case TAG_SCRIPT:
        case TAG_TEMPLATE:
        case TAG_NOSCRIPT:
            i = t->nodes[i].end - 1;
            break;
        case TAG_TEXT:
            parts[n++] = t->nodes[i].text;
            break;
        case TAG_BR:
            parts[n++] = STR(" ");
            break;
        default:
            if (tag_is_block(t->nodes[i].tag))
                parts[n++] = STR(" ");
        }
    }
    return arena_join(ctx->a, parts, n);
}

static enum part_role role_of(const struct page_tree *t, uint32_t node)
{
    struct str class = node_attr(t, node, STR("class"));

    for (size_t i = 0; i < sizeof part_words / sizeof part_words[0]; i++)
        if (str_has_nocase(class, part_words[i].word))
            return part_words[i].role;
    return PART_PLAIN;
}

static bool has_letters(struct str s)
{
    for (size_t i = 0; i < s.n;) {
        uint32_t c = utf8_next(s, &i);

        if (is_word_char(c) || is_cjk(c))
            return true;
    }
    return false;
}

/* All words of the element, which are TEXT, are those of a link. */
static bool is_linked(struct page_context *ctx, uint32_t node, struct str text)
{
    uint32_t link = ctx->tree->nodes[node].tag == TAG_A
                        ? node
                        : node_find(ctx->tree, node, TAG_A);

    return link != 0 &&
           str_eq(str_trim_wide(words_of(ctx, link)), str_trim_wide(text));
}

static size_t read_parts(struct page_context *ctx, uint32_t heading,
                         struct heading_part parts[PARTS_MAX])
{
    const struct page_tree *t = ctx->tree;
    size_t n = 0;

    for (uint32_t i = node_first(t, heading); i != 0 && n < PARTS_MAX;
         i = node_next(t, i)) {
        struct heading_part *p = &parts[n];

        if (t->nodes[i].tag == TAG_STYLE || t->nodes[i].tag == TAG_SCRIPT)
            continue;
        p->text = words_of(ctx, i);
        p->is_link = is_linked(ctx, i, p->text);
        p->role = node_is_element(&t->nodes[i]) ? role_of(t, i) : PART_PLAIN;
        if (!has_letters(p->text))
            p->role = PART_EMPTY;
        n++;
    }
    return n;
}

static struct str keep_parts(struct page_context *ctx,
                             const struct heading_part *parts, size_t n)
{
    struct str texts[2 * PARTS_MAX];
    size_t kept = 0, headlines = 0, kickers = 0;

    for (size_t i = 0; i < n; i++) {
        headlines += parts[i].role == PART_HEADLINE;
        kickers += parts[i].role == PART_KICKER;
    }
    if (headlines + kickers == 0 || n < 2)
        return STR_NONE;
    for (size_t i = 0; i < n; i++) {
        if (headlines > 0 ? parts[i].role != PART_HEADLINE
                          : parts[i].role != PART_PLAIN)
            continue;
        texts[kept++] = parts[i].text;
        texts[kept++] = STR(" ");
    }
    return arena_line(ctx->a, arena_join(ctx->a, texts, kept));
}

/* The heading element a block lies in; 0 if in none. */
static uint32_t heading_of(const struct page_tree *t, uint32_t node)
{
    for (int up = 0; up < ABOVE_MAX && node != 0; up++) {
        if (tag_heading_level(t->nodes[node].tag) > 0)
            return node;
        node = t->nodes[node].parent;
    }
    return 0;
}

/* A link or a wrapper around all of a heading is stepped into. */
static uint32_t inside_of(const struct page_tree *t, uint32_t heading)
{
    uint32_t first;

    while ((first = node_first(t, heading)) != 0 &&
           t->nodes[first].end == t->nodes[heading].end &&
           node_is_element(&t->nodes[first]))
        heading = first;
    return heading;
}

/* Links, if anything: to sections as a rule. */
static bool are_links(const struct heading_part *parts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (parts[i].role != PART_EMPTY && !parts[i].is_link)
            return false;
    return true;
}

struct str heading_part(struct page_context *ctx, const struct block *b,
                        struct str key)
{
    const struct page_tree *t = ctx->tree;
    struct heading_part parts[PARTS_MAX];
    uint32_t heading = heading_of(t, b->container);
    size_t n;

    if (heading == 0 || t->nodes[heading].end - heading > INSIDE_MAX)
        return STR_NONE;
    n = read_parts(ctx, inside_of(t, heading), parts);
    for (size_t i = 0; i < n; i++)
        if (str_eq(title_letters(ctx, parts[i].text), key) &&
            are_links(parts + i + 1, n - i - 1))
            return arena_line(ctx->a, parts[i].text);
    return STR_NONE;
}

struct str heading_title(struct page_context *ctx, const struct block *b)
{
    const struct page_tree *t = ctx->tree;
    struct heading_part parts[PARTS_MAX];
    uint32_t heading = heading_of(t, b->container);
    struct str title;
    size_t n;

    if (heading == 0 || t->nodes[heading].end - heading > INSIDE_MAX)
        return b->text;
    n = read_parts(ctx, inside_of(t, heading), parts);
    title = keep_parts(ctx, parts, n);
    /* "Kicker: Headline" of which only "Kicker:" was called a headline. */
    if (utf8_chars(title) >= 4 && !str_ends(title, STR(":")))
        return title;
    if (node_find(t, heading, TAG_RT) != 0)
        return arena_line(ctx->a, words_of(ctx, heading));
    return b->text;
}

/* A class, an id or another attribute of the node says "breadcrumb". */
static bool is_called_crumb(const struct page_tree *t, uint32_t node)
{
    const struct node *n = &t->nodes[node];

    for (uint32_t k = 0; k < n->n_attrs; k++)
        if (str_has_nocase(n->attrs[k].name, STR("breadcrumb")) ||
            str_has_nocase(n->attrs[k].value, STR("breadcrumb")))
            return true;
    return false;
}

/* An item of a list whose first item is a link. */
static bool is_step(const struct page_tree *t, uint32_t node)
{
    uint32_t first = node_first(t, t->nodes[node].parent);

    while (first != 0 && t->nodes[first].tag != TAG_LI)
        first = node_next(t, first);
    return t->nodes[node].tag == TAG_LI && first != 0 && first != node &&
           node_find(t, first, TAG_A) != 0;
}

bool heading_is_crumb(const struct page_context *ctx, const struct block *b)
{
    const struct page_tree *t = ctx->tree;
    uint32_t node = t != NULL ? b->container : 0;

    for (int up = 0; up < CRUMB_ABOVE && node != 0; up++) {
        enum tag tag = t->nodes[node].tag;

        if (tag == TAG_ARTICLE || tag == TAG_MAIN || tag == TAG_BODY)
            return false;
        if (tag == TAG_NAV || is_step(t, node) || is_called_crumb(t, node))
            return true;
        node = t->nodes[node].parent;
    }
    return false;
}
