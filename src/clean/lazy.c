/*
 * Which address an img really means.
 *
 * In order: an attribute from which a script loads the image (lazy.def), the
 * best of a lazy srcset, src, the best of srcset, the best of the sources of the
 * picture it stands in, and the img in the noscript right behind it, which pages
 * write for readers without scripts.  A placeholder (a tiny data: image, a file
 * called blank.gif) counts as nothing.  An image of at most one pixel is there
 * to count readers and goes, whatever its address.
 */
#include "clean/lazy.h"

#include "base/arena.h"
#include "clean/links.h"

#define SIBLINGS_MAX 16 /* sources of a picture looked at */

static const struct str lazy_names[] = {
#define LAZY(name) STR_INIT(name),
#include "clean/lazy.def"
#undef LAZY
};

static const struct str lazy_set_names[] = {
#define LAZY_SET(name) STR_INIT(name),
#include "clean/lazy.def"
#undef LAZY_SET
};

static const struct str placeholders[] = {
#define PLACEHOLDER(name) STR_INIT(name),
#include "clean/lazy.def"
#undef PLACEHOLDER
};

/* Beginnings of the 1x1 images that pages write inline. */
static const struct str tiny_data[] = {
    STR_INIT("data:image/gif;base64,R0lGODlhAQAB"),
    STR_INIT("data:image/gif;base64,R0lGODdhAQAB"),
    STR_INIT("data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB"),
};

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

/* "…/blank.gif?x" -> "blank": the last part of the path without its ending and
 * the digits before it. */
static struct str file_stem(struct str url)
{
    size_t end = str_find_char(url, '?', 0), slash, dot;

    url = str_slice(url, 0, end == STR_NOT_FOUND ? url.n : end);
    slash = str_find_last(url, '/');
    url = str_from(url, slash == STR_NOT_FOUND ? 0 : slash + 1);
    dot = str_find_last(url, '.');
    return dot == STR_NOT_FOUND ? STR_NONE : str_slice(url, 0, dot);
}

bool is_placeholder(struct str url)
{
    struct str stem, bare;

    for (size_t i = 0; i < COUNT(tiny_data); i++)
        if (str_starts(url, tiny_data[i]))
            return true;
    if (str_starts(url, STR("data:")))
        return false;
    stem = bare = file_stem(url);
    while (bare.n > 0 && is_digit(bare.p[bare.n - 1]))
        bare.n--;
    for (size_t i = 0; i < COUNT(placeholders); i++)
        if (str_eq_nocase(stem, placeholders[i]) ||
            str_eq_nocase(bare, placeholders[i]))
            return true;
    return false;
}

/* ---- pixels ---- */

static bool at_most_one(struct str length)
{
    length = str_trim(length);
    if (str_ends_nocase(length, STR("px")))
        length.n -= 2;
    return str_eq(length, STR("0")) || str_eq(length, STR("1"));
}

/* The value of a property of an inline style, in any case and spacing. */
static struct str style_value(struct str style, struct str property)
{
    struct str part;

    while (str_split(&style, ';', &part)) {
        size_t colon = str_find_char(part, ':', 0);

        if (colon != STR_NOT_FOUND &&
            str_eq_nocase(str_trim(str_slice(part, 0, colon)), property))
            return str_trim(str_from(part, colon + 1));
    }
    return STR_NONE;
}

static bool is_pixel(const struct page_tree *t, uint32_t i)
{
    struct str style = node_attr(t, i, STR("style"));
    struct str width = node_attr(t, i, STR("width"));
    struct str height = node_attr(t, i, STR("height"));

    if (style.n > 0) {
        struct str w = style_value(style, STR("width"));
        struct str h = style_value(style, STR("height"));

        if (w.n > 0)
            width = w;
        if (h.n > 0)
            height = h;
    }
    return at_most_one(width) && at_most_one(height);
}

/* ---- candidates ---- */

/* A number or a word is a flag of the script's, not an address. */
static bool looks_like_address(struct str s)
{
    return str_find_char(s, '/', 0) != STR_NOT_FOUND ||
           str_find_char(s, '.', 0) != STR_NOT_FOUND;
}

static struct str unless_placeholder(struct str url)
{
    return is_placeholder(url) ? STR_NONE : url;
}

static struct str lazy_source(struct arena *a, const struct page_tree *t,
                              uint32_t i, struct str base)
{
    const struct node *n = &t->nodes[i];
    struct str found;

    /* The common image has no attribute outside HTML's own. */
    if (n->n_attrs == 0)
        return STR_NONE;
    for (size_t k = 0; k < COUNT(lazy_names); k++) {
        struct str value = node_attr(t, i, lazy_names[k]);

        if (value.n == 0 || !looks_like_address(value))
            continue;
        found = unless_placeholder(link_image(a, base, value));
        if (found.n > 0)
            return found;
    }
    for (size_t k = 0; k < COUNT(lazy_set_names); k++) {
        struct str value = node_attr(t, i, lazy_set_names[k]);

        found = unless_placeholder(link_srcset_best(a, base, value));
        if (found.n > 0)
            return found;
    }
    return STR_NONE;
}

/* What the attributes of one element say. */
static struct str own_source(struct arena *a, const struct page_tree *t,
                             uint32_t i, struct str base)
{
    struct str found = lazy_source(a, t, i, base);

    if (found.n == 0)
        found = unless_placeholder(
            link_image(a, base, node_attr(t, i, STR("src"))));
    if (found.n == 0)
        found = unless_placeholder(
            link_srcset_best(a, base, node_attr(t, i, STR("srcset"))));
    return found;
}

static struct str picture_source(struct arena *a, const struct page_tree *t,
                                 uint32_t i, struct str base)
{
    uint32_t parent = t->nodes[i].parent, k;
    struct str found = STR_NONE;
    int n = 0;

    if (t->nodes[parent].tag != TAG_PICTURE)
        return STR_NONE;
    for (k = node_first(t, parent); k != 0 && found.n == 0; k = node_next(t, k))
        if (n++ == SIBLINGS_MAX)
            break;
        else if (t->nodes[k].tag == TAG_SOURCE)
            found = own_source(a, t, k, base);
    return found;
}

/* The image in a noscript: elements, or text that is still markup. */
static struct str noscript_source(struct arena *a, const struct page_tree *t,
                                  uint32_t i, struct str base)
{
    uint32_t next = node_next(t, i), img;

    while (next != 0 && t->nodes[next].tag == TAG_TEXT &&
           str_trim(t->nodes[next].text).n == 0)
        next = node_next(t, next);
    if (next == 0 || t->nodes[next].tag != TAG_NOSCRIPT)
        return STR_NONE;
    img = node_find(t, next, TAG_IMG);
    if (img != 0)
        return is_pixel(t, img) ? STR_NONE : own_source(a, t, img, base);
    if (t->nodes[next].end > next + 1 && t->nodes[next + 1].tag == TAG_TEXT &&
        str_has_nocase(t->nodes[next + 1].text, STR("<img"))) {
        struct notes notes = {0};
        const struct page_tree *inner =
            html_parse_fragment(a, t->nodes[next + 1].text, &notes);

        img = node_find(inner, 0, TAG_IMG);
        if (img != 0 && !is_pixel(inner, img))
            return own_source(a, inner, img, base);
    }
    return STR_NONE;
}

struct str image_source(struct arena *a, const struct page_tree *t, uint32_t i,
                        struct str base)
{
    struct str found;

    if (is_pixel(t, i))
        return STR_NONE;
    found = own_source(a, t, i, base);
    if (found.n == 0)
        found = picture_source(a, t, i, base);
    if (found.n == 0)
        found = noscript_source(a, t, i, base);
    return found;
}

struct str image_srcset(struct arena *a, const struct page_tree *t, uint32_t i,
                        struct str base)
{
    struct str found = STR_NONE;

    for (size_t k = 0; k < COUNT(lazy_set_names) && found.n == 0; k++)
        found = link_srcset(a, base, node_attr(t, i, lazy_set_names[k]));
    if (found.n == 0)
        found = link_srcset(a, base, node_attr(t, i, STR("srcset")));
    /* A lone data: image is the placeholder of a lazy srcset. */
    return str_starts(found, STR("data:")) ? STR_NONE : found;
}
