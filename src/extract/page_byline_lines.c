/*
 * What the lines around the text say of a byline: the labelled ones between title
 * and text, at the text and behind it, names without a label at the date and in
 * the elements of a card.
 */
#include "extract/page_inquiry.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "extract/page_joints.h"
#include "extract/page_labels.h"
#include "extract/page_marks.h"
#include "extract/page_meta.h"
#include "extract/page_name_words.h"

#define ABOVE_BLOCKS    4
#define EDGE_BLOCKS     6 /* of the body, at either end */
#define NAME_LINE_CHARS 40
#define CARD_BLOCKS     3 /* between a card and the day */
#define NEAR_TITLE      2 /* blocks above it: the name and the day */
#define TEASER_WORDS    4 /* of a title, at least; rubrics have fewer */

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

bool byline_signs_teaser(struct inquiry *q, size_t i)
{
    const struct block *above = &q->ctx->blocks.at[i - (i > 0)];
    size_t title = q->span->title;

    return title != NO_BLOCK && i > 0 && i < title &&
           above->shape.words >= TEASER_WORDS && above->shape.dividers == 0 &&
           above->link_chars * 2 > above->chars &&
           !str_eq(above->text, q->ctx->blocks.at[title].text) &&
           !byline_is_site(q, above->text);
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

/* TEXT without the addresses at its end: "Jane Roe @janeroe". */
static struct str without_addresses(struct str text)
{
    struct str rest = text, word;

    while (str_word(&rest, &word))
        if (str_starts(word, STR("@")) || name_is_address(word))
            return str_trim(str_slice(text, 0, (size_t)(word.p - text.p)));
    return text;
}

/* "JANE ROE", but not "LINDESBY NEWS". */
static bool begins_with_given(struct str text)
{
    struct str word;

    return str_word(&text, &word) && name_is_given(word);
}

/* "Jane Roe" alone in a line below the title or right above it, and the day in the
 * line behind it or before it. */
static void read_name_at_date(struct inquiry *q, size_t i)
{
    const struct block *b = &q->ctx->blocks.at[i];
    struct str text = without_addresses(b->text);
    struct label_hit label;

    if (b->heading > 0 || b->is_hidden || b->role == ROLE_CHAFF || i == 0 ||
        q->span->title == NO_BLOCK || i == q->span->title ||
        i + NEAR_TITLE < q->span->title || utf8_chars(text) > NAME_LINE_CHARS ||
        ((i < q->span->title || name_is_shouted(text)) &&
         !begins_with_given(text)) ||
        !str_eq(line_with_next(q->ctx, i), b->text) ||
        (b->shape.digits > 0 && text.n == b->text.n) || is_no_name(text) ||
        label_at(q->ctx->meta->labels, text, 0, EDGE_START, &label) ||
        !((i + 1 < q->ctx->blocks.n && is_date_line(q, i + 1)) ||
          is_date_line(q, i - 1)) ||
        is_said_above(q->ctx, i))
        return;
    read_beside_date(q, text);
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

/* "By", and in elements of their own behind it "Jane Roe", "Tom Marsh": those
 * behind the first, in block I. */
static void read_more_names(struct inquiry *q, size_t i, struct place_facts *to)
{
    const struct page_context *ctx = q->ctx;
    const struct block *b = ctx->blocks.at;
    uint32_t around;

    if (ctx->tree == NULL || i >= ctx->blocks.n || b[i].link_chars == 0)
        return;
    around = ctx->tree->nodes[b[i].container].parent;
    for (size_t k = i + 1; k < ctx->blocks.n && k <= i + BESIDE_MAX; k++) {
        if (!is_readable(&b[k]) || b[k].link_chars * 2 < b[k].chars ||
            ctx->tree->nodes[b[k].container].parent != around ||
            !name_is_person(b[k].text))
            return;
        names_put(ctx->a, &to->authors, (struct name){.name = b[k].text});
    }
}

/* Block I stands right below the heading of an entry of a live blog: who signs
 * there wrote that entry. */
static bool signs_entry(const struct inquiry *q, size_t i)
{
    return i > 0 && i - 1 != q->span->title &&
           q->ctx->blocks.at[i - 1].heading > 0 && line_is_timed(q->ctx, i - 1);
}

/* False if the line ends the place: readers' comments begin. */
static bool read_line_at(struct inquiry *q, size_t i, enum place place)
{
    const struct block *b = &q->ctx->blocks.at[i];
    struct place_facts *to = &q->at[place];
    struct line_facts f;
    struct str line;
    size_t known;

    if (b->role == ROLE_COMMENT || b->frame.frame == FRAME_COMMENTS)
        return place != PLACE_TAIL;
    if (b->frame.frame == FRAME_BIO && !b->is_hidden)
        q->bio = b->text;
    if (!is_readable(b) || byline_signs_teaser(q, i) || signs_entry(q, i))
        return true;
    if (read_slash(q, b->text, to))
        return true;
    if (place == PLACE_HEAD) {
        read_name_and_role(q, i);
        read_name_at_date(q, i);
        read_card(q, i);
        byline_ask_twice(q, i);
    }
    line = line_with_next(q->ctx, i);
    if (!line_read(q->ctx, line, &f) ||
        (b->role == ROLE_CHAFF && !f.is_only_facts))
        return true;
    if (f.is_bio) {
        q->bio = b->text;
        return true;
    }
    /* Behind the text only bylines count, not lines with a label in them. */
    if (place != PLACE_HEAD && !f.is_only_facts && b->chars > 60)
        return true;
    known = to->authors.n;
    byline_merge(q->ctx->a, &to->authors, &f.authors);
    to->bylines += to->authors.n > known;
    if (place == PLACE_HEAD && f.authors.n > 0 && line.n > b->text.n + 1)
        read_more_names(q, i + 1, to);
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
    for (size_t i = end > body + EDGE_BLOCKS ? end - EDGE_BLOCKS : body;
         i < s->end && i < n && i < end + TAIL_BLOCKS; i++)
        if (!read_line_at(q, i, PLACE_TAIL))
            break;
}
