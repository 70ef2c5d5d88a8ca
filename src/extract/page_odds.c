#include "extract/page_odds.h"

#define EVEN 0.5F
/*
 * With trees that had not seen the site, of the headings with such odds above
 * likely text more were body than not, and fewer below.
 */
#define HEADING_ODDS 0.2F
/* Blocks that are no surer than the first, between two that have less than the
 * second, lose the third. */
#define DOUBTFUL 0.7F
#define UNLIKELY 0.4F
#define LONELY   0.2F
/* The line above a list says what it is if it is no likelier: of 13 items that
 * were body by their odds below such lines none was. */
#define LIST_HEAD 0.25F

static void share_lines(struct blocks *bs)
{
    for (size_t i = 0, end; i < bs->n; i = end) {
        const struct block *first = &bs->at[i];
        float sum = 0, weight = 0;

        for (end = i;
             end < bs->n && bs->at[end].container == first->container &&
             bs->at[end].is_hidden == first->is_hidden;
             end++) {
            float w = (float)shape_weight(&bs->at[end].shape) + 1;

            sum += w * bs->at[end].body_odds;
            weight += w;
        }
        for (size_t k = i; k < end; k++)
            bs->at[k].body_odds = sum / weight;
    }
}

/* "2 answers", "15 Comments": that something is counted heads nothing; "2. Toronto"
 * counts nothing. */
static bool is_count(const struct block *b)
{
    size_t i = 0;

    while (i < b->text.n && is_digit(b->text.p[i]))
        i++;
    return i > 0 && i < b->text.n && is_space(b->text.p[i]) &&
           b->shape.words == 2 && b->shape.end == END_OPEN;
}

/* From the last to the first, for headings stand above headings.  The title
 * and what stands above all likely text is not meant. */
static void raise_headings(struct blocks *bs)
{
    size_t first = 0;

    while (first < bs->n && bs->at[first].body_odds < EVEN)
        first++;
    for (size_t i = bs->n; i-- > first + 1;) {
        struct block *b = &bs->at[i];

        if (i + 1 < bs->n && b->heading > 1 && !b->is_hidden &&
            b->body_odds >= HEADING_ODDS && b->body_odds < EVEN &&
            b[1].body_odds >= EVEN && !is_count(b))
            b->body_odds = EVEN;
    }
}

/* True if the blocks before and after, of those that show, are unlikely. */
static bool is_alone(const struct blocks *bs, size_t i)
{
    size_t before = i, after = i + 1;

    while (before > 0 && bs->at[before - 1].is_hidden)
        before--;
    while (after < bs->n && bs->at[after].is_hidden)
        after++;
    return (before == 0 || bs->at[before - 1].body_odds < UNLIKELY) &&
           (after == bs->n || bs->at[after].body_odds < UNLIKELY);
}

static bool is_likely_text(const struct block *b)
{
    return b->heading == 0 && !b->is_hidden && b->body_odds >= EVEN;
}

/* True if half of the sure blocks, if any, stand alone too, as the posts of a
 * thread do between the names of who wrote them. */
static bool are_all_alone(const struct blocks *bs)
{
    size_t sure = 0, alone = 0;

    for (size_t i = 0; i < bs->n; i++) {
        if (!is_likely_text(&bs->at[i]) || bs->at[i].body_odds < DOUBTFUL)
            continue;
        sure++;
        alone += is_alone(bs, i);
    }
    return alone * 2 >= sure;
}

static void lower_lonely(struct blocks *bs)
{
    if (are_all_alone(bs))
        return;
    for (size_t i = 0; i < bs->n; i++)
        if (is_likely_text(&bs->at[i]) && bs->at[i].body_odds < DOUBTFUL &&
            is_alone(bs, i))
            bs->at[i].body_odds -= LONELY;
}

/* True for lines that say what a list below them is: none of the article's. */
static bool heads_foreign_list(const struct block *b)
{
    return b->body_odds < LIST_HEAD && b->frame.frame >= FRAME_RELATED &&
           b->frame.frame <= FRAME_READ_ON;
}

/* "Subscribe now to read on:" and what subscribers get. */
static void lower_lists(struct blocks *bs)
{
    const struct block *before = NULL;

    for (size_t i = 0; i < bs->n; i++) {
        struct block *b = &bs->at[i];

        if (b->is_hidden)
            continue;
        if (b->tag != TAG_LI)
            before = b;
        else if (before != NULL && heads_foreign_list(before) &&
                 b->body_odds > LONELY)
            b->body_odds = LONELY;
    }
}

void odds_settle(struct blocks *bs)
{
    share_lines(bs);
    lower_lists(bs);
    raise_headings(bs);
    lower_lonely(bs);
}
