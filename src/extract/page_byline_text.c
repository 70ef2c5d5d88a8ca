/*
 * What the text itself says of a byline: the bracket in a dateline ("（记者
 * 甲乙丙）"), the name alone above the first sentence, what signs its end, and the
 * box about the author behind it.
 */
#include "extract/page_inquiry.h"

#include "base/utf8.h"
#include "extract/page_labels.h"
#include "extract/page_line_parts.h"
#include "extract/page_marks.h"
#include "extract/page_meta.h"

#define DATELINE_BYTES 160 /* of a paragraph's front */
#define SIGNOFF_BYTES  90  /* of a paragraph's end */
#define SIGN_BLOCKS    4   /* captions may stand behind a signature */
#define BOX_ABOVE      5   /* elements looked at around a name */
#define BOX_CHARS      60
#define BIO_CHARS      25 /* of a line about the author, at least */

/* "甲乙丙臺北14日電": the name without the place and the day of the report.  Places
 * have two characters, and three when the name would have four. */
static struct str without_place(struct str s)
{
    struct str front;
    size_t end = str_find(s, STR("日電"), 0), name = 0, at;

    if (end == STR_NOT_FOUND)
        end = str_find(s, STR("日电"), 0);
    if (end == STR_NOT_FOUND)
        return s;
    front = str_slice(s, 0, end);
    while (front.n > 0 && is_digit(front.p[front.n - 1]))
        front.n--;
    if (front.n == end)
        return s;
    for (size_t i = 0; i < front.n;)
        if (!is_cjk(utf8_next(front, &i)))
            name = i;
    at = front.n;
    for (size_t cut = utf8_chars(str_from(front, name)) > 5 ? 3 : 2;
         cut > 0 && at > name; cut--)
        (void)utf8_prev(front, &at);
    return str_slice(front, 0, at);
}

/* "（记者 牧野）": a blank does what a mark does. */
static bool is_han_behind_blank(struct str s, const struct label_hit *hit)
{
    return hit->end > hit->word_end &&
           is_han(utf8_next(str_from(s, hit->end), &(size_t){0}));
}

/* What stands in the first bracket of S that begins with a reporter's label. */
static void read_dateline(struct inquiry *q, struct str s)
{
    struct label_hit hit;

    s = utf8_clip(s, DATELINE_BYTES);
    for (size_t i = 0; i < s.n;) {
        uint32_t c = utf8_next(s, &i);
        size_t end;

        if ((c != '(' && c != 0xFF08 && c != 0x3010) || i >= s.n)
            continue;
        for (end = i; end < s.n;) {
            size_t next = end;
            uint32_t d = utf8_next(s, &next);

            if (d == ')' || d == 0xFF09 || d == 0x3011)
                break;
            end = next;
        }
        if (end >= s.n)
            return;
        while (i < end &&
               !label_at(q->ctx->meta->labels, s, i, EDGE_START, &hit))
            (void)utf8_next(s, &i);
        if (i < end && hit.field == LABEL_AUTHOR && hit.end < end) {
            names_add(q->ctx->a, without_place(str_slice(s, hit.end, end)),
                      hit.has_separator || is_han_behind_blank(s, &hit)
                          ? NAMES_LABELLED
                          : NAMES_LOOSE,
                      &q->dateline);
            return;
        }
        i = end;
    }
}

static bool is_closing(uint32_t c)
{
    return c == ')' || c == 0xFF09;
}

/* A bare name in brackets signs only what is a text. */
static bool is_text_before(struct str s, size_t bracket)
{
    size_t at = bracket;

    if (at == 0)
        return false;
    (void)utf8_prev(s, &at);
    while (at > 0 && s.p[at - 1] == ' ')
        at--;
    return utf8_chars(str_slice(s, 0, at)) >= 6;
}

/* "…。(甲乙丙)", "…（记者 甲乙丙）", "(文/图 甲乙丙 丁戊)" at the very end. */
static void read_signoff(struct inquiry *q, struct str s)
{
    size_t end = s.n, at, from;
    struct str inside;
    struct line_facts f;

    if (s.n > SIGNOFF_BYTES) {
        from = s.n - SIGNOFF_BYTES;
        while (from < s.n && ((unsigned char)s.p[from] & 0xC0) == 0x80)
            from++;
        s = str_from(s, from);
        end = s.n;
    }
    if (end == 0 || (at = end, !is_closing(utf8_prev(s, &at))))
        return;
    end = at;
    while (at > 0) {
        size_t before = at;
        uint32_t c = utf8_prev(s, &before);

        if (c == '(' || c == 0xFF08)
            break;
        at = before;
    }
    if (at == 0 && s.n > 60)
        return;
    inside = str_trim_wide(str_slice(s, at, end));
    if (name_is_han(inside) && is_text_before(s, at)) {
        names_put(q->ctx->a, &q->signoff, (struct name){.name = inside});
        return;
    }
    if (inside.n > 0 && line_read(q->ctx, inside, &f) && !f.is_bio &&
        f.is_only_facts) {
        byline_merge(q->ctx->a, &q->signoff, &f.authors);
        if (q->at[PLACE_TAIL].editor.n == 0)
            q->at[PLACE_TAIL].editor = f.editor;
        if (q->at[PLACE_TAIL].source.n == 0)
            q->at[PLACE_TAIL].source = f.source;
    }
}

/* "Jane Roe", "— Jane Roe", "Jane Roe, correspondent": a line of its own. */
static void read_signature(struct inquiry *q, struct str s)
{
    size_t comma = str_find_last(s, ','), at = 0;
    uint32_t c = utf8_next(s, &at);

    if (line_is_opener(c))
        return;
    if (c == '-' || c == 0x2013 || c == 0x2014)
        s = str_trim_wide(str_from(s, at));
    if (comma != STR_NOT_FOUND &&
        name_is_role(str_trim(str_from(s, comma + 1))))
        s = str_trim(str_slice(s, 0, comma));
    if (name_is_person(s))
        names_put(q->ctx->a, &q->signoff, (struct name){.name = s});
}

/* A line in bold letters: a heading inside the text by its looks. */
static bool is_bold_line(const struct block *b)
{
    return b->role == ROLE_HEADING && b->heading == 0 && b->chars < 60;
}

/* Block I stands right behind the text, in the element the last block of the text
 * stands in. */
static bool follows_text(const struct inquiry *q, size_t i)
{
    const struct page_context *ctx = q->ctx;
    const struct block *b = &ctx->blocks.at[i], *last = b - 1;

    return ctx->tree != NULL && i > q->span->body_first && !b->is_hidden &&
           b->role != ROLE_CHAFF && b->role != ROLE_COMMENT &&
           last->role == ROLE_BODY && b->heading == 0 && b->link_chars == 0 &&
           b->tag != TAG_TD && b->tag != TAG_LI &&
           ctx->tree->nodes[b->container].parent ==
               ctx->tree->nodes[last->container].parent;
}

/* The element around B whose class says author, below that which holds the text
 * as well; 0 without one. */
static uint32_t authors_box(const struct page_context *ctx,
                            const struct block *b, const struct block *text)
{
    const struct page_tree *t = ctx->tree;
    uint32_t up = b->container, box = 0;

    for (int above = 0; above < BOX_ABOVE && up != 0; above++) {
        if (text->first >= up && text->first < t->nodes[up].end)
            break;
        if ((ctx->marks[up].classes & 1u << CLASS_BYLINE) != 0)
            box = up;
        up = t->nodes[up].parent;
    }
    return (ctx->marks[box].around & CLASSES_ASIDE) == 0 ? box : 0;
}

/* "Jane Roe", and what she does in the next line, and so on: the box about the
 * authors that templates put behind the text. */
static void read_box(struct inquiry *q)
{
    const struct blocks *b = &q->ctx->blocks;
    size_t end = q->span->body_end;
    struct names found = {0};
    uint32_t first = 0; /* the box of the first of them */

    if (q->ctx->tree == NULL || end == 0)
        return;
    for (size_t i = end; i + 1 < b->n && i < end + TAIL_BLOCKS; i++) {
        const struct block *next = &b->at[i + 1];
        uint32_t box;

        if (b->at[i].role == ROLE_COMMENT ||
            b->at[i].frame.frame == FRAME_COMMENTS ||
            b->at[i].frame.frame == FRAME_RELATED)
            break;
        if (b->at[i].is_hidden || b->at[i].chars > BOX_CHARS ||
            name_is_shouted(b->at[i].text) ||
            (next->chars < BIO_CHARS && !name_is_role(next->text)) ||
            next->link_chars * 2 > next->chars)
            continue;
        box = authors_box(q->ctx, &b->at[i], &b->at[end - 1]);
        if (box == 0 || next->first >= q->ctx->tree->nodes[box].end ||
            (first != 0 && box != first))
            continue;
        if (names_add(q->ctx->a, b->at[i].text, NAMES_LOOSE, &found) > 1)
            break;
        if (found.n > 0)
            first = box;
    }
    if (found.n <= BESIDE_MAX)
        q->box = found;
}

void byline_ask_text(struct inquiry *q)
{
    const struct blocks *b = &q->ctx->blocks;
    size_t from = q->span->body_first, end = q->span->body_end;

    for (size_t i = from, k = 0; i < end && i < b->n && k < 3; i++) {
        if (k == 0 && is_bold_line(&b->at[i]))
            (void)names_add(q->ctx->a, b->at[i].text, NAMES_LOOSE, &q->opening);
        if (b->at[i].role != ROLE_BODY)
            continue;
        k++;
        if (k == 1 && q->opening.n == 0 && b->at[i].chars < 60 &&
            b->at[i].heading == 0 &&
            names_add(q->ctx->a, b->at[i].text, NAMES_LOOSE, &q->opening) > 2)
            q->opening.n = 0;
        if (q->dateline.n == 0)
            read_dateline(q, b->at[i].text);
    }
    for (size_t i = end > SIGN_BLOCKS ? end - SIGN_BLOCKS : 0;
         i <= end && i < b->n; i++)
        if (b->at[i].chars < 60 && b->at[i].role != ROLE_BODY &&
            str_find_char(b->at[i].text, ' ', 0) != STR_NOT_FOUND &&
            !name_is_shouted(b->at[i].text) && follows_text(q, i))
            read_signature(q, b->at[i].text);
    read_box(q);
    for (size_t i = end < b->n ? end : b->n, k = 0; i > from && k < 3;) {
        i--;
        if (b->at[i].role != ROLE_BODY)
            continue;
        if (k++ == 0 && i > from + 1 && b->at[i].tag != TAG_TD &&
            b->at[i].tag != TAG_LI)
            read_signature(q, b->at[i].text);
        if (q->signoff.n == 0)
            read_signoff(q, b->at[i].text);
    }
}
