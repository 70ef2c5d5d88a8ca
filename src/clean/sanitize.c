/*
 * A page tree becomes HTML that is safe to publish, and the text in it.
 *
 * sanitize_marks.c has decided what becomes of each node.  Here the nodes are
 * walked once more and written.  Two stacks: `frames` holds every open node
 * whose end matters, `open` the tags of the elements really written.
 *
 * What is written must mean to every HTML parser what it means here, or markup
 * could be made to grow on the way (mutation), and sanitizing twice would not be
 * sanitizing once.  So an element is only written where a parser would put it
 * below the innermost open element without closing, moving or adding anything:
 *
 *  - every element is closed by its own end tag, at most OPEN_MAX deep;
 *  - nothing that ends a p stands in a p (the marks turned such a p into a div);
 *  - parts of a table stand where the table's structure wants them.  What is
 *    missing between is added (tbody, tr, td), as CSS does with anonymous boxes;
 *    a part outside every table is unwrapped;
 *  - no link stands in a link, no heading directly in a heading, no item in an
 *    item without a list between, no part of a ruby in another;
 *  - in math only mathematics, in its tokens only text;
 *  - a line feed that begins a pre is doubled, since parsers drop the first.
 *
 * The linear reader of decode/ and a browser then read the same tree, which is
 * what test_sanitize checks by reading the result again.
 */
#include "clean/sanitize.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/escape.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "clean/attr_check.h"
#include "clean/lazy.h"
#include "clean/policy.h"
#include "clean/sanitize_marks.h"
#include "clean/text_out.h"
#include "item/item.h"

#define OPEN_MAX   255 /* a void element may stand one deeper */
#define TABLE_NEED 3   /* room for tbody, tr and td below a table */
#define FIGURE_UP  4   /* elements between a caption and its figure */

enum frame_kind {
    FRAME_OPEN,    /* written for a node */
    FRAME_IMPLIED, /* written because a table wants it */
    FRAME_GHOST    /* unwrapped block: a line begins and ends here */
};

struct frame {
    uint32_t end;
    uint16_t tag;
    uint8_t kind;
};

struct writer {
    struct arena *a;
    const struct sanitize_input *in;
    struct marks marks;
    struct base_stack bases;
    struct buf html;
    struct text_out text;
    struct {
        struct frame *at;
        size_t n, cap;
    } frames;
    uint16_t open[OPEN_MAX + 1];
    size_t n_open;
    size_t links, pres, items, media, maths; /* how many are open */
    bool in_reading; /* of a ruby, without the parentheses that rp gives */
    bool after_rp;
    bool is_kept_caption; /* the one open is no text by what extract says */
    uint32_t caption_end; /* nodes before it say what a picture shows */
    size_t caption_bytes; /* of text that was left out for that */
    bool reads_captions;  /* only what extract says is none */
    bool after_pre;       /* nothing was written since <pre> */
    bool after_text;      /* the last thing on this line was text */
};

static enum tag top(const struct writer *w)
{
    return w->n_open == 0 ? TAG_DOCUMENT : (enum tag)w->open[w->n_open - 1];
}

/* ---- text beside the markup ---- */

/* How a block begins and ends in the plain text. */
static enum text_break break_of(const struct writer *w, enum tag tag)
{
    switch (tag) {
    case TAG_TR:
    case TAG_LI:
    case TAG_DT:
    case TAG_DD:
    case TAG_TBODY:
    case TAG_THEAD:
    case TAG_TFOOT:
        return BREAK_LINE;
    case TAG_TD:
    case TAG_TH:
        return BREAK_CELL;
    case TAG_UL:
    case TAG_OL:
        return w->items > 0 ? BREAK_LINE : BREAK_PARAGRAPH;
    default:
        return tag_is_block(tag) ? BREAK_PARAGRAPH : BREAK_NONE;
    }
}

static void text_start(struct writer *w, enum tag tag)
{
    if (tag != TAG_TD && tag != TAG_TH)
        text_out_break(&w->text, break_of(w, tag));
    if (tag == TAG_LI)
        text_out_bullet(&w->text);
    if (tag == TAG_RT)
        w->in_reading = !w->after_rp;
    w->after_rp = false;
}

static void text_end(struct writer *w, enum tag tag)
{
    if (tag == TAG_LI)
        w->text.bullet = false; /* there was nothing to put it before */
    if (tag == TAG_RT)
        w->in_reading = false;
    w->after_rp = tag == TAG_RP;
    text_out_break(&w->text, break_of(w, tag));
}

/* ---- tags ---- */

/* An unwrapped block must not glue the words around it together. */
static void keep_words_apart(struct writer *w)
{
    if (w->after_text)
        buf_add_char(&w->html, '\n');
    w->after_text = false;
    w->after_pre = false;
}

static size_t *counter_of(struct writer *w, enum tag tag)
{
    switch (tag) {
    case TAG_A:
        return &w->links;
    case TAG_PRE:
        return &w->pres;
    case TAG_LI:
        return &w->items;
    case TAG_MATH:
        return &w->maths;
    case TAG_AUDIO:
    case TAG_VIDEO:
        return &w->media;
    default:
        return NULL;
    }
}

static void count(struct writer *w, enum tag tag, bool open)
{
    size_t *counter = counter_of(w, tag);

    if (counter != NULL)
        *counter += open ? 1 : (size_t)-1;
}

static void add_attr(struct writer *w, struct str name, struct str value)
{
    buf_add_char(&w->html, ' ');
    buf_add_str(&w->html, name);
    buf_add_str(&w->html, STR("=\""));
    escape_attr(&w->html, value);
    buf_add_char(&w->html, '"');
}

/* The value of one allowed attribute of node I; false if it has none. */
static bool attr_of(struct writer *w, uint32_t i, const struct attr_rule *rule,
                    struct str base, struct str *value)
{
    const struct page_tree *t = w->in->tree;
    struct str raw;

    *value = STR_NONE;
    switch (rule->check) {
    case CHECK_ALWAYS:
        return !w->in->keep_empty; /* nothing is added to what was said */
    case CHECK_IMAGE:
    case CHECK_HREF:
        *value = w->marks.values.at[mark_of(&w->marks, i)->value];
        return value->n > 0;
    case CHECK_SRCSET:
        *value = image_srcset(w->a, t, i, base);
        return value->n > 0;
    case CHECK_ALT:
    case CHECK_FLAG:
        if (!node_has(t, i, rule->name))
            return false;
        break;
    default:
        break;
    }
    raw = node_attr(t, i, rule->name);
    if (raw.n == 0 && rule->check == CHECK_TEXT && w->in->keep_empty)
        return node_has(t, i, rule->name); /* empty, as it was said */
    if (raw.n == 0 && rule->check != CHECK_ALT && rule->check != CHECK_FLAG)
        return false;
    return attr_value(w->a, rule->check, base, raw, value);
}

static void add_attrs(struct writer *w, uint32_t i, enum tag tag,
                      struct str base)
{
    const struct element_rule *rule = element_rule(tag);
    struct str value;

    for (size_t k = 0; k < rule->n_attrs; k++) {
        if (w->in->tree->nodes[i].n_attrs == 0 &&
            rule->attrs[k].check != CHECK_ALWAYS)
            continue;
        if (attr_of(w, i, &rule->attrs[k], base, &value))
            add_attr(w, rule->attrs[k].name, value);
    }
}

static void push_frame(struct writer *w, uint32_t end, enum tag tag,
                       enum frame_kind kind)
{
    *vec_add(w->a, &w->frames) =
        (struct frame){end, (uint16_t)tag, (uint8_t)kind};
    if (kind == FRAME_GHOST)
        return;
    w->open[w->n_open++] = (uint16_t)tag;
    count(w, tag, true);
    text_start(w, tag);
}

/* "<tag"; the caller adds attributes and ">". */
static void begin_tag(struct writer *w, enum tag tag)
{
    buf_add_char(&w->html, '<');
    buf_add_str(&w->html, tag_name(tag));
    w->after_pre = false;
    if (tag_is_block(tag) || tag == TAG_BR)
        w->after_text = false;
}

static void close_frame(struct writer *w)
{
    const struct frame *f = &w->frames.at[--w->frames.n];
    enum tag tag = (enum tag)f->tag;

    if (f->kind == FRAME_GHOST) {
        keep_words_apart(w);
        text_out_break(&w->text, break_of(w, tag));
        return;
    }
    w->n_open--;
    count(w, tag, false);
    text_end(w, tag);
    buf_add_str(&w->html, STR("</"));
    buf_add_str(&w->html, tag_name(tag));
    buf_add_char(&w->html, '>');
    w->after_pre = false;
    if (tag_is_block(tag))
        w->after_text = false;
}

static void close_until(struct writer *w, uint32_t i)
{
    while (w->frames.n > 0 && w->frames.at[w->frames.n - 1].end <= i)
        close_frame(w);
}

/* ---- where an element may stand ---- */

/* Does the table part TAG belong directly below PARENT? */
static bool fits(enum tag parent, enum tag tag)
{
    switch (parent) {
    case TAG_TABLE:
        return tag == TAG_CAPTION || tag == TAG_COLGROUP || tag == TAG_TBODY ||
               tag == TAG_THEAD || tag == TAG_TFOOT;
    case TAG_TBODY:
    case TAG_THEAD:
    case TAG_TFOOT:
        return tag == TAG_TR;
    case TAG_TR:
        return tag == TAG_TD || tag == TAG_TH;
    case TAG_COLGROUP:
        return tag == TAG_COL;
    default:
        return false;
    }
}

/* What PARENT, a part of a table, needs between itself and TAG (TAG_TEXT for
 * anything that is no part of a table); TAG_DOCUMENT: nothing helps. */
static enum tag missing_part(enum tag parent, enum tag tag)
{
    bool is_cell = tag == TAG_TD || tag == TAG_TH, is_flow = tag == TAG_TEXT;

    switch (parent) {
    case TAG_TABLE:
        if (tag == TAG_COL)
            return TAG_COLGROUP;
        return is_flow || is_cell || tag == TAG_TR ? TAG_TBODY : TAG_DOCUMENT;
    case TAG_TBODY:
    case TAG_THEAD:
    case TAG_TFOOT:
        return is_flow || is_cell ? TAG_TR : TAG_DOCUMENT;
    case TAG_TR:
        return is_flow ? TAG_TD : TAG_DOCUMENT;
    default:
        return TAG_DOCUMENT;
    }
}

static void open_implied(struct writer *w, enum tag tag)
{
    uint32_t end = w->frames.at[w->frames.n - 1].end;

    begin_tag(w, tag);
    buf_add_char(&w->html, '>');
    push_frame(w, end, tag, FRAME_IMPLIED);
}

/* Makes the innermost open element one that can hold TAG: a part of a table, or
 * TAG_TEXT.  False if there is no way. */
static bool make_place(struct writer *w, enum tag tag)
{
    while (w->frames.n > 0 && tag != TAG_TEXT && !fits(top(w), tag) &&
           w->frames.at[w->frames.n - 1].kind == FRAME_IMPLIED)
        close_frame(w);
    while (tag == TAG_TEXT ? tag_holds_parts(top(w)) : !fits(top(w), tag)) {
        enum tag part = missing_part(top(w), tag);

        if (part == TAG_DOCUMENT || w->n_open >= OPEN_MAX)
            return false;
        open_implied(w, part);
    }
    return true;
}

/* Is an element of TAGS open above the nearest LIST? */
static bool open_within(const struct writer *w, const enum tag tags[2],
                        const enum tag lists[2])
{
    for (size_t k = w->n_open; k > 0; k--) {
        enum tag there = (enum tag)w->open[k - 1];

        if (there == lists[0] || there == lists[1])
            return false;
        if (there == tags[0] || there == tags[1])
            return true;
    }
    return false;
}

static bool ruby_part_fits(const struct writer *w, enum tag tag)
{
    enum tag parent = top(w);

    if (parent == TAG_RTC && (tag == TAG_RT || tag == TAG_RP))
        return true;
    if (parent == TAG_P || parent == TAG_LI || parent == TAG_DT ||
        parent == TAG_DD)
        return false;
    for (size_t k = w->n_open; k > 0; k--) {
        if (w->open[k - 1] == TAG_RUBY)
            break;
        if (has_flag((enum tag)w->open[k - 1], RUBY_PART))
            return false;
    }
    return true;
}

/* May TAG be written below the innermost open element?  Opens what a table
 * lacks. */
static bool may_open(struct writer *w, enum tag tag)
{
    static const enum tag items[] = {TAG_LI, TAG_LI};
    static const enum tag lists[] = {TAG_UL, TAG_OL};
    static const enum tag terms[] = {TAG_DT, TAG_DD};
    static const enum tag term_lists[] = {TAG_DL, TAG_DL};
    size_t room = OPEN_MAX - w->n_open;

    if (room < (tag == TAG_TABLE ? TABLE_NEED + 1u : 1u))
        return false;
    if (!make_place(w, has_flag(tag, TABLE_PART) ? tag : TAG_TEXT))
        return false;
    switch (tag) {
    case TAG_A:
        return w->links == 0;
    case TAG_LI:
        return !open_within(w, items, lists);
    case TAG_DT:
    case TAG_DD:
        return !open_within(w, terms, term_lists);
    default:
        if (has_flag(tag, HEADING))
            return !has_flag(top(w), HEADING);
        return !has_flag(tag, RUBY_PART) || ruby_part_fits(w, tag);
    }
}

/* ---- nodes ---- */

/* Is the caption at I that of a picture or a recording, which plain text does not
 * show?  That of a table, a listing or a quotation is read with it. */
static bool is_of_picture(const struct writer *w, uint32_t i)
{
    const struct node *nodes = w->in->tree->nodes;
    uint32_t figure = nodes[i].parent;

    for (int up = 0; up < FIGURE_UP && figure >= w->marks.first; up++) {
        const struct mark *mark = mark_of(&w->marks, figure);

        if (mark->as == TAG_FIGURE)
            return mark->flags & MARK_PICTURE_IN &&
                   !(mark->flags & MARK_READ_IN);
        figure = nodes[figure].parent;
    }
    return false;
}

static void add_text(struct writer *w, struct str s, uint32_t i)
{
    bool is_blank_run;

    s = publishable(w->a, s);
    if (w->html.n == 0 && w->n_open == 0)
        while (s.n > 0 && is_space(s.p[0]))
            s = str_from(s, 1);
    is_blank_run = str_trim(s).n == 0;
    if (s.n == 0 || (is_blank_run && tag_holds_parts(top(w))) ||
        !make_place(w, TAG_TEXT))
        return;
    if (w->after_pre && s.p[0] == '\n')
        buf_add_char(&w->html, '\n');
    w->after_pre = false;
    w->after_text = !is_space(s.p[s.n - 1]);
    escape_text(&w->html, s);
    /* What media hold is for those who cannot see them. */
    if (i < w->caption_end)
        w->caption_bytes += w->is_kept_caption ? 0 : s.n;
    else if (w->media == 0 && !w->in_reading)
        text_out_add(&w->text, s, w->pres > 0);
    if (!is_blank_run)
        w->after_rp = w->after_rp && top(w) == TAG_RP;
}

static void open_ghost(struct writer *w, uint32_t i)
{
    enum tag tag = (enum tag)w->in->tree->nodes[i].tag;

    if (tag == TAG_BR || !tag_is_block(tag))
        return;
    if (!tag_holds_parts(top(w)))
        keep_words_apart(w);
    text_out_break(&w->text, break_of(w, tag));
    push_frame(w, w->in->tree->nodes[i].end, tag, FRAME_GHOST);
}

static void add_void(struct writer *w, uint32_t i, enum tag tag,
                     struct str base)
{
    const struct mark *mark = mark_of(&w->marks, i);
    bool in_media = top(w) == TAG_AUDIO || top(w) == TAG_VIDEO;
    bool has_address = (mark->flags & MARK_HAS_SOURCE) != 0;

    if (tag == TAG_COL ? !make_place(w, tag) : false)
        return;
    if (tag == TAG_SOURCE && top(w) == TAG_PICTURE)
        has_address = image_srcset(w->a, w->in->tree, i, base).n > 0;
    else if (tag == TAG_SOURCE || tag == TAG_TRACK)
        has_address = has_address && in_media;
    else
        has_address = true;
    if (!has_address || (tag != TAG_COL && !make_place(w, TAG_TEXT)))
        return;
    begin_tag(w, tag);
    add_attrs(w, i, tag, base);
    buf_add_char(&w->html, '>');
    if (tag == TAG_BR)
        text_out_br(&w->text);
    else if (tag == TAG_HR)
        text_out_break(&w->text, BREAK_PARAGRAPH);
}

/* An element in which there is nothing to see.  True if all of it goes. */
static bool drop_empty(struct writer *w, enum tag tag)
{
    if (!tag_is_block(tag))
        return false;
    if (!tag_holds_parts(top(w)))
        keep_words_apart(w);
    text_out_break(&w->text, break_of(w, tag));
    return true;
}

static void begin_caption(struct writer *w, uint32_t i)
{
    w->is_kept_caption = w->in->as != NULL && w->in->as[i] == AS_CAPTION;
    if (w->is_kept_caption || (!w->reads_captions && is_of_picture(w, i)))
        w->caption_end = w->in->tree->nodes[i].end;
}

/* Writes the node at I; where to go on. */
static uint32_t add_element(struct writer *w, uint32_t i)
{
    const struct node *n = &w->in->tree->nodes[i];
    const struct mark *mark = mark_of(&w->marks, i);
    struct str base = base_at(&w->bases, w->a, w->in, i);
    enum tag tag = (enum tag)mark->as;

    if (mark->fate == MARK_UNWRAP) {
        open_ghost(w, i);
        return i + 1;
    }
    if (has_flag(tag, VOID)) {
        add_void(w, i, tag, base);
        return n->end;
    }
    /* Should math itself find no place, its parts are nothing without it. */
    if (has_flag(tag, MATH_PART) && w->maths == 0)
        return i + 1;
    if (!(mark->flags & MARK_SEEN) && !has_flag(tag, STRUCTURE))
        return drop_empty(w, tag) ? n->end : i + 1;
    if (!may_open(w, tag)) {
        open_ghost(w, i);
        return i + 1;
    }
    begin_tag(w, tag);
    add_attrs(w, i, tag, base);
    buf_add_char(&w->html, '>');
    push_frame(w, n->end, tag, FRAME_OPEN);
    w->after_pre = tag == TAG_PRE;
    if (tag == TAG_FIGCAPTION && i >= w->caption_end)
        begin_caption(w, i);
    return i + 1;
}

/* A text that extract found to be a heading. */
static void add_text_heading(struct writer *w, uint32_t i)
{
    enum tag tag = (enum tag)mark_of(&w->marks, i)->as;

    if (may_open(w, tag)) {
        begin_tag(w, tag);
        buf_add_char(&w->html, '>');
        push_frame(w, i + 1, tag, FRAME_OPEN);
    }
    add_text(w, w->in->tree->nodes[i].text, i);
}

static void add_range(struct writer *w, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end;) {
        const struct mark *mark = mark_of(&w->marks, i);

        close_until(w, i);
        if (mark->fate == MARK_SKIP) {
            i = w->in->tree->nodes[i].end;
        } else if (mark->fate == MARK_TEXT) {
            if (mark->as != 0)
                add_text_heading(w, i);
            else
                add_text(w, w->in->tree->nodes[i].text, i);
            i++;
        } else {
            i = add_element(w, i);
        }
    }
    close_until(w, end);
    text_out_break(&w->text, BREAK_PARAGRAPH);
}

static struct str trim_end(struct str s)
{
    while (s.n > 0 && is_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

static void add_roots(struct writer *w)
{
    const struct sanitize_input *in = w->in;
    uint32_t last = 0;

    for (size_t k = 0; k < in->n_roots; k++) {
        if (k > 0 && in->roots[k] < last)
            continue;
        last = in->tree->nodes[in->roots[k]].end;
        if (k > 0)
            keep_words_apart(w);
        add_range(w, in->roots[k], last);
    }
}

/* Where the captions say more than all else (an essay in pictures) they are the
 * text. */
static void read_captions(struct writer *w)
{
    struct buf html = w->html;

    if (w->caption_bytes <= text_out_str(&w->text).n)
        return;
    text_out_done(&w->text);
    text_out_init(&w->text);
    buf_init(&w->html, BUF_MAX);
    w->bases = (struct base_stack){0};
    w->caption_end = 0;
    w->reads_captions = true;
    w->after_pre = w->after_text = false;
    w->in_reading = w->after_rp = false;
    add_roots(w);
    buf_done(&html);
}

struct sanitized sanitize_tree(struct arena *a, const struct sanitize_input *in,
                               struct notes *notes)
{
    struct writer w = {.a = in->scratch != NULL ? in->scratch : a, .in = in};
    struct sanitized out;

    marks_make(&w.marks, w.a, in);
    buf_init(&w.html, BUF_MAX);
    text_out_init(&w.text);
    add_roots(&w);
    read_captions(&w);
    out.html = arena_str(a, trim_end(buf_str(&w.html)));
    buf_done(&w.html);
    out.text = arena_str(a, text_out_str(&w.text));
    text_out_done(&w.text);
    if (w.marks.active != NULL && notes != NULL)
        note_add(notes, a, NOTE_SANITIZED, "%s", w.marks.active);
    return out;
}
