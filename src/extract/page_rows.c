/*
 * Rows of short lines that are spam as a whole, however they are dressed: key
 * words in brackets, behind dots, numbered, or bare.
 *
 * A list says little a line, so the row is judged as one: the page's prose knows
 * hardly a word of it, and its lines name what spam sells (text/offer.h), or are
 * spam for sure (page_chaff.c) by half.  Lists in an article are about what it is
 * about, or sell nothing.  Paragraphs of Han, where a pair of letters is a term,
 * need not sell anything when the prose knows next to nothing of so many; but
 * what a colon announces is a list of the article's.
 */
#include "extract/page_rows.h"

#include "base/arena.h"
#include "extract/fields.h"
#include "extract/page_words.h"
#include "text/fold.h"
#include "text/offer.h"

#define LEAST_LINES   3
#define LONGEST_LINE  150  /* weight */
#define MOST_KNOWN    0.15 /* of the row's terms, by the prose */
#define MOST_OF_LINE  0.35 /* of a line's, between lines that are spam */
#define FOREIGN_LINES 5    /* lines of Han that are foreign altogether */
#define FOREIGN_KNOWN 0.06
#define FOREIGN_TERMS 6   /* a line */
#define IN_COMMON     0.1 /* of a line's, with the row's others */

/* What stands behind it is a list. */
static bool announces(const struct block *b)
{
    return str_ends(b->text, STR(":")) || str_ends(b->text, STR("："));
}

/* Labels and bylines are short lines as well. */
static bool may_be_in_row(struct page_context *ctx, const struct block *b)
{
    const struct text_shape *s = &b->shape;
    struct line_facts facts = {0};

    return (b->role == ROLE_UNKNOWN || b->role == ROLE_CHAFF) &&
           block_may_be_body(ctx, b) && !b->is_hidden && b->heading == 0 &&
           s->letters > 0 && s->sentences == 0 &&
           shape_weight(s) <= LONGEST_LINE && !shape_is_prose(s) &&
           !announces(b) && b->frame.frame == FRAME_NONE &&
           !(line_read(ctx, b->text, &facts) && facts.is_only_facts);
}

/* What the lines of a row say together. */
struct row {
    size_t first, end;
    struct words words;
    size_t spam; /* lines that are chaff already */
    size_t han;  /* paragraphs or lines of Han */
    uint32_t terms;
    double known;
    bool is_foreign, is_spam;
    struct offers *offers; /* of the line that is looked at */
};

/* A paragraph or line mostly in Han, not a cell or an item of a list. */
static bool is_han_line(const struct block *b)
{
    return b->shape.cjk * 2 > b->shape.letters &&
           (b->tag == TAG_DOCUMENT || b->tag == TAG_P || b->tag == TAG_DIV);
}

static bool sells(struct page_context *ctx, const struct row *row,
                  const struct block *b)
{
    offers_reset(row->offers);
    offers_add(row->offers, fold_key(ctx->scratch, b->text));
    return row->offers->trade > 0;
}

static void read_row(struct page_context *ctx, const struct words *prose,
                     struct row *row)
{
    uint32_t terms;
    double known = 0;

    words_init(&row->words, ctx->scratch, WORDS_ALL);
    for (size_t i = row->first; i < row->end; i++) {
        const struct block *b = &ctx->blocks.at[i];

        words_add(&row->words, b->terms);
        known += words_known(prose, b->terms, 1, &terms) * terms;
        row->terms += terms;
        row->spam += b->role == ROLE_CHAFF;
        row->han += is_han_line(b);
    }
    row->known = row->terms == 0 ? 1 : known / row->terms;
}

/* Many lines of Han without a word that the prose knows. */
static bool is_foreign(const struct page_context *ctx, const struct row *row)
{
    size_t n = row->end - row->first;

    return n >= FOREIGN_LINES && row->han == n &&
           row->terms >= n * FOREIGN_TERMS && row->known <= FOREIGN_KNOWN &&
           (row->first == 0 || !announces(&ctx->blocks.at[row->first - 1]));
}

/* A quarter of the lines, and two at least, name what spam sells. */
static bool is_selling(struct page_context *ctx, const struct row *row)
{
    size_t n = 0;

    for (size_t i = row->first; i < row->end; i++)
        n += sells(ctx, row, &ctx->blocks.at[i]);
    return n >= 2 && n * 4 >= row->end - row->first;
}

static void judge_row(struct page_context *ctx, struct row *row)
{
    row->is_foreign = is_foreign(ctx, row);
    row->is_spam =
        row->is_foreign || (row->known <= MOST_KNOWN && is_selling(ctx, row));
}

/* "一、" and its like: what counts sections. */
static bool is_counted(struct str line)
{
    static const struct str digits = STR_INIT("一二三四五六七八九十");
    static const struct str mark = STR_INIT("、");
    size_t at = str_find(line, mark, 0);

    return at != STR_NOT_FOUND && at > 0 && at <= 2 * mark.n &&
           str_has(digits, str_slice(line, 0, mark.n));
}

/* A line at the edge of a row, beside line NEXT of it, that has nothing in common
 * with it is a heading; among lines that have nothing in common, only when it is
 * the one that counts. */
static bool is_apart(struct page_context *ctx, const struct row *row, size_t i,
                     size_t next)
{
    const struct block *b = &ctx->blocks.at[i];
    uint32_t terms;

    if (b->role == ROLE_CHAFF || b->tag == TAG_LI || sells(ctx, row, b) ||
        words_known(&row->words, b->terms, 2, &terms) >= IN_COMMON)
        return false;
    return !row->is_foreign ||
           (is_counted(b->text) && !is_counted(ctx->blocks.at[next].text));
}

/* A line that stands between lines of a row that are spam, most of it. */
static bool is_between_spam(const struct page_context *ctx,
                            const struct words *prose, const struct row *row,
                            size_t i)
{
    uint32_t terms;

    return row->spam * 2 >= row->end - row->first &&
           words_known(prose, ctx->blocks.at[i].terms, 1, &terms) <=
               MOST_OF_LINE;
}

/* A row in one line: "one thing,another thing,...", without a word that the prose
 * knows. */
static bool is_strung_row(const struct page_context *ctx,
                          const struct words *prose, size_t i)
{
    const struct block *b = &ctx->blocks.at[i];
    uint32_t terms;

    return b->role == ROLE_UNKNOWN && b->heading == 0 && is_han_line(b) &&
           shape_is_salad(&b->shape) &&
           words_known(prose, b->terms, 1, &terms) <= FOREIGN_KNOWN &&
           terms >= FOREIGN_LINES * FOREIGN_TERMS &&
           (i == 0 || !announces(&ctx->blocks.at[i - 1]));
}

/* A title above a row and a heading below it are not of it. */
static void leave_familiar(const struct page_context *ctx,
                           const struct words *prose, struct row *row)
{
    const struct block *at = ctx->blocks.at;
    uint32_t terms;

    while (row->first < row->end &&
           words_known(prose, at[row->first].terms, 1, &terms) > MOST_OF_LINE)
        row->first++;
    while (row->first < row->end &&
           words_known(prose, at[row->end - 1].terms, 1, &terms) > MOST_OF_LINE)
        row->end--;
}

static size_t mark_row(struct page_context *ctx, const struct words *prose,
                       struct row *row)
{
    size_t n = 0;

    leave_familiar(ctx, prose, row);
    if (row->end - row->first < LEAST_LINES)
        return 0;
    read_row(ctx, prose, row);
    judge_row(ctx, row);
    if (!row->is_spam && row->spam == 0)
        return 0;
    while (row->end - row->first > 1 &&
           is_apart(ctx, row, row->first, row->first + 1))
        row->first++;
    while (row->end - row->first > 1 &&
           is_apart(ctx, row, row->end - 1, row->end - 2))
        row->end--;
    for (size_t i = row->first; i < row->end; i++) {
        if (ctx->blocks.at[i].role == ROLE_CHAFF ||
            (!row->is_spam && !is_between_spam(ctx, prose, row, i)))
            continue;
        ctx->blocks.at[i].role = ROLE_CHAFF;
        n++;
    }
    return n;
}

size_t rows_mark(struct page_context *ctx, const struct words *prose)
{
    struct blocks *bs = &ctx->blocks;
    struct offers offers;
    size_t n = 0;

    offers_init(&offers, ctx->scratch);
    for (size_t i = 0; i < bs->n;) {
        struct row row = {.first = i, .offers = &offers};

        while (i < bs->n && may_be_in_row(ctx, &bs->at[i]))
            i++;
        row.end = i;
        n += mark_row(ctx, prose, &row);
        if (i < bs->n && is_strung_row(ctx, prose, i)) {
            bs->at[i].role = ROLE_CHAFF;
            n++;
        }
        i++;
    }
    return n;
}
