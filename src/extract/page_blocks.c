/*
 * The page tree as a row of blocks.  Text runs on until a block element begins
 * or ends, or a line break; what lies between is one block.  Its range of nodes
 * [first, end) holds its text nodes and nothing of another block, so that the
 * body can be cut out of the tree node by node.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "extract/blocks.h"
#include "extract/page_marks.h"

/* A long article has a few thousand; what comes behind is not read. */
#define MOST_BLOCKS 30000

struct collector {
    struct page_context *ctx;
    VEC(struct block) out;
    struct buf text;
    struct block open;
    bool is_open, pending_blank;
};

void block_measure(struct arena *a, struct block *b)
{
    text_shape(b->text, &b->shape);
    b->chars = b->shape.chars;
    b->terms = terms_of(a, b->text);
    if (b->shape.chars <= 400)
        b->frame = frame_find(b->text);
}

/* A block of blanks only is none. */
static void close_block(struct collector *c)
{
    if (c->is_open && c->text.n > 0) {
        struct block *b = vec_add(c->ctx->a, &c->out);
        uint32_t linked = c->open.link_chars;

        *b = c->open;
        b->text = buf_keep(&c->text, c->ctx->a);
        block_measure(c->ctx->a, b);
        b->link_chars = linked < b->chars ? linked : b->chars;
    }
    buf_reset(&c->text);
    c->is_open = c->pending_blank = false;
}

static void open_block(struct collector *c, uint32_t i,
                       const struct node_mark *m)
{
    const struct page_tree *t = c->ctx->tree;

    c->open = (struct block){.first = i,
                             .end = i + 1,
                             .container = m->container,
                             .tag = t->nodes[m->container].tag,
                             .is_hidden = m->is_hidden};
    for (uint32_t up = m->container, steps = 0; up != 0 && steps < 4;
         up = t->nodes[up].parent, steps++)
        if (tag_heading_level(t->nodes[up].tag) > 0) {
            c->open.heading = tag_heading_level(t->nodes[up].tag);
            break;
        }
    c->is_open = true;
}

/* Blanks of ASCII run together; those that authors set on purpose (no-break,
 * ideographic) count as one too, and none is left at the ends. */
static void add_text(struct collector *c, struct str s, bool in_link)
{
    uint32_t chars = 0;

    for (size_t i = 0; i < s.n;) {
        size_t from = i;
        uint32_t ch;

        /* ASCII words are most of most pages. */
        while (i < s.n && s.p[i] > ' ' && s.p[i] < 0x7F)
            i++;
        if (i == from) {
            ch = utf8_next(s, &i);
            if (ch == 0xFEFF || (ch >= 0x200B && ch <= 0x200F) || ch == 0xAD)
                continue;
            if (is_blank(ch)) {
                c->pending_blank = true;
                continue;
            }
            chars++;
        } else {
            chars += (uint32_t)(i - from);
        }
        if (c->pending_blank && c->text.n > 0)
            buf_add_char(&c->text, ' ');
        c->pending_blank = false;
        buf_add(&c->text, s.p + from, i - from);
    }
    if (in_link)
        c->open.link_chars += chars;
}

static bool has_ink(struct str s)
{
    for (size_t i = 0; i < s.n;)
        if (!is_blank(utf8_next(s, &i)))
            return true;
    return false;
}

static void take_text(struct collector *c, uint32_t i,
                      const struct node_mark *m)
{
    struct str text = c->ctx->tree->nodes[i].text;

    if (c->is_open && c->open.container != m->container)
        close_block(c);
    if (c->is_open && c->open.is_hidden != m->is_hidden && has_ink(text))
        close_block(c);
    if (!c->is_open) {
        if (!has_ink(text))
            return;
        open_block(c, i, m);
    }
    add_text(c, text, m->in_link);
    c->open.end = i + 1;
}

/* Pages that hide more prose than they show unhide it with a script. */
static void unhide_if_all_is_hidden(struct blocks *bs)
{
    uint64_t hidden = 0, shown = 0;

    for (size_t i = 0; i < bs->n; i++) {
        uint32_t weight = shape_is_prose(&bs->at[i].shape)
                              ? shape_weight(&bs->at[i].shape)
                              : 0;

        *(bs->at[i].is_hidden ? &hidden : &shown) += weight;
    }
    if (hidden <= 2 * shown)
        return;
    for (size_t i = 0; i < bs->n; i++)
        bs->at[i].is_hidden = false;
}

void blocks_of_tree(struct page_context *ctx)
{
    const struct page_tree *t = ctx->tree;
    const struct node_mark *marks = marks_read(ctx->a, t);
    struct collector c = {.ctx = ctx};
    uint32_t i = t->body != 0 ? t->body : 1;
    uint32_t end = t->body != 0 ? t->nodes[t->body].end : t->n;

    ctx->marks = marks;
    buf_init(&c.text, BUF_MAX);
    while (i < end && c.out.n < MOST_BLOCKS) {
        const struct node *n = &t->nodes[i];

        if (marks[i].is_silent) {
            i = n->end;
            continue;
        }
        if (n->tag == TAG_TEXT)
            take_text(&c, i, &marks[i]);
        else if (n->tag == TAG_BR || marks[i].container == i)
            close_block(&c);
        i++;
    }
    close_block(&c);
    buf_done(&c.text);
    if (i < end)
        note_add(ctx->notes, ctx->a, NOTE_TOO_LARGE, "%zu blocks are read",
                 c.out.n);
    ctx->blocks = (struct blocks){.at = c.out.at, .n = c.out.n, .tree = t};
    unhide_if_all_is_hidden(&ctx->blocks);
}

struct str head_title(const struct page_context *ctx)
{
    const struct page_tree *t = ctx->tree;
    uint32_t i;

    if (t == NULL || t->head == 0)
        return STR_NONE;
    i = node_find(t, t->head, TAG_TITLE);
    if (i == 0 || i + 1 >= t->nodes[i].end || t->nodes[i + 1].tag != TAG_TEXT)
        return STR_NONE;
    return str_trim_wide(t->nodes[i + 1].text);
}

/* The element that holds the row a block stands in. */
static uint32_t row_of(const struct page_tree *t, const struct block *b)
{
    return b->tag == TAG_P || b->tag == TAG_LI ? t->nodes[b->container].parent
                                               : b->container;
}

bool blocks_are_flat(const struct page_context *ctx)
{
    const struct blocks *bs = &ctx->blocks;
    uint32_t row = 0;
    uint64_t in_row = 0, all = 0;

    if (ctx->tree == NULL)
        return true;
    for (size_t i = 0; i < bs->n; i++) {
        const struct block *b = &bs->at[i];

        if (b->body_odds < 0.5f || b->is_hidden)
            continue;
        /* A label of what is no article's parts no article. */
        if (b->heading > 1 && !b->frame.is_whole)
            return false;
        /* The row that most of the weight so far is in (a majority vote). */
        if (row_of(ctx->tree, b) == row)
            in_row += shape_weight(&b->shape);
        else if (in_row >= shape_weight(&b->shape))
            in_row -= shape_weight(&b->shape);
        else
            in_row = shape_weight(&b->shape), row = row_of(ctx->tree, b);
    }
    in_row = 0;
    for (size_t i = 0; i < bs->n; i++) {
        const struct block *b = &bs->at[i];

        if (b->body_odds < 0.5f || b->is_hidden)
            continue;
        all += shape_weight(&b->shape);
        if (row_of(ctx->tree, b) == row)
            in_row += shape_weight(&b->shape);
    }
    return all > 0 && in_row * 10 >= all * 9;
}
