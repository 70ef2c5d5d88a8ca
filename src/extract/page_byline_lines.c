/*
 * What readers see of a byline: the labelled lines between title and text, at the
 * text and behind it, names without a label at the date and in the elements of a
 * card, the bracket in a dateline ("（记者 甲乙丙）"), the name alone above the
 * first sentence, and what signs the end of the text.
 */
#include "extract/page_inquiry.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "extract/page_labels.h"
#include "extract/page_line_parts.h"
#include "extract/page_marks.h"
#include "extract/page_meta.h"

#define ABOVE_BLOCKS    4
#define TAIL_BLOCKS     16
#define EDGE_BLOCKS     6   /* of the body, at either end */
#define DATELINE_BYTES  160 /* of a paragraph's front */
#define SIGNOFF_BYTES   90  /* of a paragraph's end */
#define EDITOR_CHARS    40
#define BESIDE_MAX      3 /* names without a label */
#define SIGN_BLOCKS     4 /* captions may stand behind a signature */
#define NAME_LINE_CHARS 40
#define CARD_BLOCKS     3 /* between a card and the day */
#define BOX_ABOVE       5 /* elements looked at around a name */
#define BOX_CHARS       60
#define BIO_CHARS       25 /* of a line about the author, at least */

void byline_merge(struct arena *a, struct names *to, const struct persons *from)
{
    for (size_t i = 0; i < from->n; i++)
        names_put(a, to,
                  (struct name){.name = from->at[i].name,
                                .is_org = name_is_org(from->at[i].name)});
}

static void keep_extras(struct inquiry *q, const struct line_facts *f)
{
    struct draft *d = q->draft;

    for (size_t i = 0; i < f->credits.n && d->credits.n < 24; i++)
        *vec_add(q->ctx->a, &d->credits) = f->credits.at[i];
    for (size_t i = 0; i < f->tags.n && d->tags.n < 32; i++)
        *vec_add(q->ctx->a, &d->tags) = f->tags.at[i];
}

/* "石佳/中国青年报": a person and an outlet, in either order. */
static bool read_slash(struct inquiry *q, struct str line,
                       struct place_facts *to)
{
    size_t slash = str_find_char(line, '/', 0), width = 1;
    struct str left, right;

    if (slash == STR_NOT_FOUND) {
        slash = str_find(line, STR("／"), 0);
        width = 3;
    }
    if (slash == STR_NOT_FOUND || line.n > 90)
        return false;
    left = str_trim_wide(str_slice(line, 0, slash));
    right = str_trim_wide(str_from(line, slash + width));
    if (name_is_han(right) && name_is_org(left)) {
        struct str swap = left;

        left = right;
        right = swap;
    }
    if (!name_is_han(left) || !name_is_org(right) || utf8_chars(right) > 16)
        return false;
    names_put(q->ctx->a, &to->authors, (struct name){.name = left});
    if (to->source.n == 0)
        to->source = right;
    return true;
}

bool byline_is_outlet(struct str s)
{
    size_t chars = utf8_chars(s);

    for (size_t i = 0; i < s.n;)
        if (is_blank(utf8_next(s, &i)))
            return false;
    return chars >= 2 && chars <= 14 && !name_is_han(s) && !name_is_nobody(s) &&
           is_han(utf8_next(s, &(size_t){0}));
}

bool byline_is_at_date(const struct page_context *ctx,
                       const struct line_facts *f)
{
    if (!when_known(f->date))
        return false;
    if (f->rest.n == 0)
        return f->is_only_facts;
    return name_is_person(f->rest) ||
           (ctx->meta->is_chinese && f->date.precision >= WHEN_MINUTE &&
            byline_is_outlet(f->rest));
}

/* An outlet named without a label beside the date. */
static bool is_outlet(struct page_context *ctx, const struct line_facts *f)
{
    return ctx->meta->is_chinese && when_known(f->date) && !f->date_is_update &&
           byline_is_outlet(f->rest);
}

static bool is_readable(const struct block *b)
{
    return !b->is_hidden && b->role != ROLE_COMMENT && b->chars <= LINE_CHARS;
}

/* "Jane Roe, Harbour Correspondent" beside a date: a name or a few, and perhaps
 * what their bearer does. */
static void read_beside_date(struct inquiry *q, struct str text)
{
    struct names found = {0};
    size_t n = names_add(q->ctx->a, text, NAMES_LOOSE, &found);

    if (n == 0 || n > BESIDE_MAX || !str_starts(text, found.at[0].name))
        return;
    for (size_t i = 0; i < n; i++)
        names_put(q->ctx->a, &q->beside_date, found.at[i]);
}

/* "Jane Roe" in a line, and in the next what she does. */
static void read_name_and_role(struct inquiry *q, size_t i)
{
    const struct blocks *b = &q->ctx->blocks;

    if (i + 1 < b->n && b->at[i].heading == 0 && is_readable(&b->at[i + 1]) &&
        name_is_person(b->at[i].text) && name_is_role(b->at[i + 1].text))
        read_beside_date(q, b->at[i].text);
}

/* A line that tells the day and nothing else. */
static bool is_date_line(struct inquiry *q, size_t i)
{
    const struct block *b = &q->ctx->blocks.at[i];
    struct line_facts f;

    return is_readable(b) && b->heading == 0 &&
           line_read(q->ctx, b->text, &f) && f.is_only_facts &&
           when_known(f.date) && f.authors.n == 0 && f.rest.n == 0;
}

/* The page says the text of block I elsewhere above it: the name of a column. */
static bool is_said_above(const struct page_context *ctx, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (str_has(ctx->blocks.at[k].text, ctx->blocks.at[i].text))
            return true;
    return false;
}

/* "작성자 관리자", "ツイート": labels, nobodies and buttons look like names of other
 * languages. */
static bool is_no_name(struct str text)
{
    struct str word;

    for (size_t i = 0; i < text.n;) {
        uint32_t c = utf8_next(text, &i);

        if (c >= 0x3040 && c <= 0x30FF)
            return true;
    }
    while (str_word(&text, &word))
        if (name_is_nobody(word))
            return true;
    return false;
}

/* "Jane Roe" alone in a line below the title, and the day in the line behind it or
 * before it. */
static void read_name_at_date(struct inquiry *q, size_t i)
{
    const struct block *b = &q->ctx->blocks.at[i];
    struct label_hit label;

    if (b->heading > 0 || b->is_hidden || b->role == ROLE_CHAFF ||
        q->span->title == NO_BLOCK || i <= q->span->title ||
        b->chars > NAME_LINE_CHARS || name_is_shouted(b->text) ||
        !str_eq(line_with_next(q->ctx, i), b->text) || b->shape.digits > 0 ||
        is_no_name(b->text) ||
        label_at(q->ctx->meta->labels, b->text, 0, EDGE_START, &label) ||
        !((i + 1 < q->ctx->blocks.n && is_date_line(q, i + 1)) ||
          is_date_line(q, i - 1)) ||
        is_said_above(q->ctx, i))
        return;
    read_beside_date(q, b->text);
}

/* The day stands in one of the next few lines, or in the line before. */
static bool is_near_date(struct inquiry *q, size_t i)
{
    const struct blocks *b = &q->ctx->blocks;

    if (i > 0 && is_date_line(q, i - 1))
        return true;
    for (size_t k = i + 1; k < b->n && k <= i + CARD_BLOCKS; k++) {
        if (is_date_line(q, k))
            return true;
        if (b->at[k].chars > NAME_LINE_CHARS || b->at[k].heading > 0)
            return false;
    }
    return false;
}

/* "Jane Roe", "Reporter", "John Doe", "Lindesby": elements of one block, each a
 * name or what its bearer does, or where. */
static void read_card(struct inquiry *q, size_t i)
{
    const struct page_context *ctx = q->ctx;
    const struct block *b = &ctx->blocks.at[i];
    struct str names[BESIDE_MAX];
    size_t n = 0, pieces = 0;
    bool has_role = false, is_role;

    if (ctx->tree == NULL || b->heading > 0 || b->is_hidden ||
        b->role == ROLE_CHAFF || b->chars > LINE_CHARS ||
        q->span->title == NO_BLOCK || i <= q->span->title)
        return;
    for (uint32_t k = b->first; k < b->end; k++) {
        struct str text = str_trim_wide(ctx->tree->nodes[k].text);

        if (ctx->tree->nodes[k].tag != TAG_TEXT || ctx->marks[k].is_silent ||
            text.n == 0)
            continue;
        pieces++;
        is_role = name_is_role(text);
        has_role = has_role || is_role;
        if (is_role || !name_is_person(text) || name_is_shouted(text)) {
            if (pieces == 1 || utf8_chars(text) > NAME_LINE_CHARS)
                return;
        } else if (n == BESIDE_MAX) {
            return;
        } else {
            names[n++] = text;
        }
    }
    if (pieces < 2 || pieces > 3 * n || (!has_role && !is_near_date(q, i)))
        return;
    for (size_t k = 0; k < n; k++)
        names_put(ctx->a, &q->beside_date, (struct name){.name = names[k]});
}

/* False if the line ends the place: readers' comments begin. */
static bool read_line_at(struct inquiry *q, size_t i, enum place place)
{
    const struct block *b = &q->ctx->blocks.at[i];
    struct place_facts *to = &q->at[place];
    struct line_facts f;

    if (b->role == ROLE_COMMENT || b->frame.frame == FRAME_COMMENTS)
        return place != PLACE_TAIL;
    if (b->frame.frame == FRAME_BIO && !b->is_hidden)
        q->bio = b->text;
    if (!is_readable(b))
        return true;
    if (read_slash(q, b->text, to))
        return true;
    if (place == PLACE_HEAD) {
        read_name_and_role(q, i);
        read_name_at_date(q, i);
        read_card(q, i);
    }
    if (!line_read(q->ctx, line_with_next(q->ctx, i), &f) ||
        (b->role == ROLE_CHAFF && !f.is_only_facts))
        return true;
    if (f.is_bio) {
        q->bio = b->text;
        return true;
    }
    /* Behind the text only bylines count, not lines with a label in them. */
    if (place != PLACE_HEAD && !f.is_only_facts && b->chars > 60)
        return true;
    byline_merge(q->ctx->a, &to->authors, &f.authors);
    if (to->editor.n == 0)
        to->editor = f.editor;
    if (to->source.n == 0) {
        to->source = f.source;
        to->source_id = f.source_id;
    }
    if (to->outlet.n == 0 && place == PLACE_HEAD && is_outlet(q->ctx, &f))
        to->outlet = f.rest;
    if (when_known(f.date) && f.authors.n == 0 && to->beside_date.n == 0)
        to->beside_date = f.rest;
    if (place == PLACE_HEAD && when_known(f.date) && f.authors.n == 0)
        read_beside_date(q, f.rest);
    to->is_admin = to->is_admin || f.is_admin;
    keep_extras(q, &f);
    return true;
}

/* The lines that touch the text belong to it: from the body upwards, as long
 * as each says nothing but facts. */
static size_t inner_from(struct inquiry *q, size_t head, size_t body)
{
    size_t first = body;
    bool found = false;

    for (size_t i = body; i > head;) {
        const struct block *b = &q->ctx->blocks.at[--i];
        struct line_facts f;

        if (b->is_hidden)
            continue;
        if (b->role == ROLE_CHAFF &&
            (b->chars > LINE_CHARS || !line_read(q->ctx, b->text, &f)))
            continue;
        if (b->chars > LINE_CHARS || !line_read(q->ctx, b->text, &f) ||
            !f.is_only_facts || f.is_bio ||
            (f.authors.n == 0 && f.source.n == 0))
            break;
        /* One author's byline, not the template's above it. */
        if (found && f.authors.n > 0 && q->at[PLACE_INNER].authors.n > 0)
            break;
        first = i;
        found = true;
        (void)read_line_at(q, i, PLACE_INNER);
    }
    return first;
}

/* The editor's line ends the text; what follows it may have been taken for
 * text all the same. */
static void read_editor_inside(struct inquiry *q, size_t i)
{
    const struct block *b = &q->ctx->blocks.at[i];
    struct line_facts f;

    if (q->at[PLACE_TAIL].editor.n == 0 && b->chars <= EDITOR_CHARS &&
        is_readable(b) && line_read(q->ctx, b->text, &f) && f.is_only_facts)
        q->at[PLACE_TAIL].editor = f.editor;
}

void byline_ask_lines(struct inquiry *q)
{
    const struct article_span *s = q->span;
    size_t n = q->ctx->blocks.n, body = s->body_first, end = s->body_end;
    size_t head = s->title == NO_BLOCK || s->title > body ? s->first : s->title;
    size_t from =
        head > s->first + ABOVE_BLOCKS ? head - ABOVE_BLOCKS : s->first;
    size_t inner;

    if (body > n)
        body = n;
    if (end > n)
        end = n;
    if (body > from + HEAD_BLOCKS)
        from = body - HEAD_BLOCKS;
    for (size_t i = body; i < end && i < body + EDGE_BLOCKS; i++)
        (void)read_line_at(q, i, PLACE_INNER);
    /* A byline inside the text leaves what is above it to the template. */
    inner = q->at[PLACE_INNER].authors.n > 0 ? body : inner_from(q, from, body);
    for (size_t i = from; i < inner; i++)
        (void)read_line_at(q, i, PLACE_HEAD);
    if (q->ctx->meta->is_chinese)
        for (size_t i = body + EDGE_BLOCKS; i + EDGE_BLOCKS < end; i++)
            read_editor_inside(q, i);
    for (size_t i = end > body + EDGE_BLOCKS ? end - EDGE_BLOCKS : body;
         i < s->end && i < n && i < end + TAIL_BLOCKS; i++)
        if (!read_line_at(q, i, PLACE_TAIL))
            break;
}

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
