#include "decode/node.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "decode/tag_traits.h"

static const struct tag_row {
    struct str name;
    unsigned traits;
} rows[TAG_COUNT] = {
#define TAG(id, name, traits) [TAG_##id] = {STR_INIT(name), traits},
#include "decode/tag.def"
#undef TAG
};

#define TAG_NAME_MAX 16

bool tag_has(enum tag tag, unsigned traits)
{
    return (rows[tag].traits & traits) != 0;
}

bool tag_is_block(enum tag tag)
{
    return tag_has(tag, BLOCK);
}

uint8_t tag_heading_level(enum tag tag)
{
    return tag >= TAG_H1 && tag <= TAG_H6 ? (uint8_t)(tag - TAG_H1 + 1) : 0;
}

bool tag_is_silent(enum tag tag)
{
    return tag_has(tag, SILENT);
}

struct str tag_name(enum tag tag)
{
    return rows[tag].name.p == NULL ? STR_NONE : rows[tag].name;
}

enum tag tag_by_name(struct str name)
{
    /* The first tag of each letter or the next that has one. */
    static const uint8_t firsts[] = {
        TAG_A,       TAG_B,     TAG_CANVAS, TAG_DATA, TAG_EM,  TAG_FIELDSET,
        TAG_H1,      TAG_H1,    TAG_I,      TAG_KBD,  TAG_KBD, TAG_LABEL,
        TAG_MACTION, TAG_NAV,   TAG_OBJECT, TAG_P,    TAG_Q,   TAG_RB,
        TAG_S,       TAG_TABLE, TAG_U,      TAG_VAR,  TAG_WBR, TAG_XMP,
        TAG_COUNT,   TAG_COUNT, TAG_COUNT};
    size_t letter;
    int low, high;

    if (name.n == 0 || name.p[0] < 'a' || name.p[0] > 'z')
        return TAG_OTHER;
    letter = (size_t)(name.p[0] - 'a');
    low = firsts[letter];
    high = firsts[letter + 1];
    while (low < high) {
        int middle = (low + high) / 2;
        int order = str_cmp(str_from(name, 1), str_from(rows[middle].name, 1));

        if (order == 0)
            return (enum tag)middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return TAG_OTHER;
}

enum tag tag_by_any_case(struct str name)
{
    char lower[TAG_NAME_MAX];

    if (name.n > sizeof lower)
        return TAG_OTHER;
    for (size_t i = 0; i < name.n; i++)
        lower[i] = to_lower(name.p[i]);
    return tag_by_name(str_of(lower, name.n));
}

static const struct attr *find_attr(const struct page_tree *t, uint32_t i,
                                    struct str name)
{
    const struct node *node = &t->nodes[i];

    for (uint32_t k = 0; k < node->n_attrs; k++)
        if (str_eq(node->attrs[k].name, name))
            return &node->attrs[k];
    return NULL;
}

struct str node_attr(const struct page_tree *t, uint32_t i, struct str name)
{
    const struct attr *attr = find_attr(t, i, name);

    return attr == NULL ? STR_NONE : attr->value;
}

bool node_has(const struct page_tree *t, uint32_t i, struct str name)
{
    return find_attr(t, i, name) != NULL;
}

uint32_t node_first(const struct page_tree *t, uint32_t i)
{
    return t->nodes[i].end > i + 1 ? i + 1 : 0;
}

uint32_t node_next(const struct page_tree *t, uint32_t i)
{
    uint32_t end = t->nodes[i].end;

    return i != 0 && end < t->nodes[t->nodes[i].parent].end ? end : 0;
}

bool node_has_class(const struct page_tree *t, uint32_t i, struct str word)
{
    struct str rest = node_attr(t, i, STR("class")), part;

    while (str_word(&rest, &part))
        if (str_eq(part, word))
            return true;
    return false;
}

uint32_t node_find(const struct page_tree *t, uint32_t i, enum tag tag)
{
    for (uint32_t k = i + 1; k < t->nodes[i].end; k++)
        if (t->nodes[k].tag == tag)
            return k;
    return 0;
}

/* White space that separates words; zero-width characters do not, they shape
 * Persian and Indic words and emoji. */
static bool is_gap(uint32_t c)
{
    return is_blank(c) && !(c >= 0x200B && c <= 0x200F) && c != 0x2060 &&
           c != 0xFEFF;
}

/* Appends TEXT with every gap as one blank; *GAP says that one is owed. */
static void add_words(struct buf *b, struct str text, bool *gap)
{
    size_t i = 0, from = 0;

    while (i < text.n) {
        size_t at = i;

        if (!is_gap(utf8_next(text, &i)))
            continue;
        if (at > from) {
            if (*gap && b->n > 0)
                buf_add_char(b, ' ');
            buf_add_str(b, str_slice(text, from, at));
            *gap = false;
        }
        *gap = true;
        from = i;
    }
    if (from < text.n) {
        if (*gap && b->n > 0)
            buf_add_char(b, ' ');
        buf_add_str(b, str_from(text, from));
        *gap = false;
    }
}

/* True if TEXT is as node_text would give it. */
static bool is_plain(struct str text)
{
    bool blank = true;

    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];

        if (c >= 0x80 || (c < ' ') || (c == ' ' && blank))
            return false;
        blank = c == ' ';
    }
    return !blank || text.n == 0;
}

/* End of the innermost block around K, at most that of TOP. */
static uint32_t block_end(const struct page_tree *t, uint32_t k, uint32_t top)
{
    while (k > top && !tag_is_block(t->nodes[k].tag))
        k = t->nodes[k].parent;
    return t->nodes[k].end;
}

struct str node_text(const struct page_tree *t, uint32_t i, struct arena *a)
{
    uint32_t end = t->nodes[i].end;
    bool gap = false;
    struct str text;
    struct buf b;

    if (end == i + 2 && t->nodes[i + 1].tag == TAG_TEXT &&
        is_plain(t->nodes[i + 1].text))
        return t->nodes[i + 1].text;
    buf_init(&b, BUF_MAX);
    for (uint32_t k = i, edge = end; k < end;) {
        const struct node *node = &t->nodes[k];

        /* EDGE is where the innermost open block ends: text after it is
         * apart. */
        if (k >= edge) {
            gap = true;
            edge = block_end(t, node->parent, i);
        }
        if (node->tag == TAG_TEXT) {
            add_words(&b, node->text, &gap);
        } else if (node->tag == TAG_BR || tag_is_block(node->tag)) {
            gap = true;
            edge = node->end;
        }
        k = k != i && tag_is_silent(node->tag) ? node->end : k + 1;
    }
    text = arena_str(a, str_trim_wide(buf_str(&b)));
    buf_done(&b);
    return text;
}
