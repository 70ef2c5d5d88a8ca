/*
 * The page's titles, for finding baits: the parts that marks divide them into, and
 * which of these go with one that is a bait.
 */
#include "extract/page_bait_search.h"

#include "base/utf8.h"
#include "extract/page_title_clean.h"

#define LEAST_BYTES 4

/* ---- their parts ---- */

static void add_part(struct search *q, struct str text)
{
    struct candidate c = {.plain = 0};

    if (q->n == BAITS_MAX || text.n < LEAST_BYTES)
        return;
    for (size_t i = 0; i < q->n; i++)
        if (str_eq(q->at[i].bait.text, text))
            return;
    if (bait_read(q->ctx, text, &c.bait))
        q->at[q->n++] = c;
}

static void add_title(struct search *q, struct str title)
{
    struct str part;

    title = utf8_clip_chars(title, TITLE_MAX_CHARS);
    q->titles[q->n_titles++] = title;
    for (size_t at = 0; bait_part_next(title, &at, &part);)
        add_part(q, part);
}

static void add_title_block(struct search *q, size_t i)
{
    if (q->n_blocks == BAIT_TITLES)
        return;
    q->blocks[q->n_blocks++] = i;
    add_title(q, q->ctx->blocks.at[i].text);
}

/* A text without markup has no headings: what marks part above its first
 * paragraph. */
static void read_first_lines(struct search *q)
{
    const struct blocks *bs = &q->ctx->blocks;
    struct str part;

    for (size_t i = 0; i < bs->n && !block_is_prose(&bs->at[i]); i++) {
        const struct block *b = &bs->at[i];
        size_t at = 0;

        if (shape_is_title(&b->shape) && !shape_is_bracketed(&b->shape) &&
            b->frame.frame == FRAME_NONE &&
            bait_part_next(b->text, &at, &part) && part.n < b->text.n)
            add_title_block(q, i);
    }
}

/* The headings of the first rank, or the first of the second. */
void bait_titles_read(struct search *q)
{
    const struct blocks *bs = &q->ctx->blocks;
    bool has_first = false;

    if (q->ctx->tree == NULL) {
        read_first_lines(q);
        return;
    }
    add_title(q, head_title(q->ctx));
    for (size_t i = 0; i < bs->n && !has_first; i++)
        has_first = bs->at[i].heading == 1;
    for (size_t i = 0; i < bs->n; i++)
        if (bs->at[i].heading == (has_first ? 1 : 2) &&
            (has_first || q->n_blocks == 0))
            add_title_block(q, i);
}

bool bait_title_is(const struct search *q, size_t i)
{
    for (size_t k = 0; k < q->n_blocks; k++)
        if (q->blocks[k] == i)
            return true;
    return q->ctx->blocks.at[i].heading == 1;
}

/* ---- their ends ---- */

static const struct candidate *candidate_of(const struct search *q,
                                            struct str part)
{
    for (size_t i = 0; i < q->n; i++)
        if (str_eq(q->at[i].bait.text, part))
            return &q->at[i];
    return NULL;
}

/* The first and the last part of a title. */
static void ends_of(const struct search *q, struct str title,
                    const struct candidate *ends[2])
{
    struct str part = STR_NONE, first = STR_NONE;

    for (size_t at = 0; bait_part_next(title, &at, &part);)
        if (first.n == 0)
            first = part;
    ends[0] = candidate_of(q, first);
    ends[1] = candidate_of(q, part);
}

void bait_titles_tell(const struct search *q, bool is_one[BAITS_MAX])
{
    for (size_t i = 0; i < q->n_titles; i++) {
        const struct candidate *ends[2];

        ends_of(q, q->titles[i], ends);
        for (int k = 0; k < 2; k++)
            if (ends[0] != NULL && ends[1] != NULL &&
                is_one[ends[1 - k] - q->at] && ends[k]->is_beside_own &&
                ends[k]->heard == 0)
                is_one[ends[k] - q->at] = true;
    }
}

static void keep(struct baits *out, const struct bait *b)
{
    for (size_t i = 0; i < out->n; i++)
        if (str_eq(out->at[i].text, b->text))
            return;
    if (out->n == BAITS_MAX)
        return;
    out->at[out->n++] = *b;
    for (size_t k = 0; k < b->n; k++)
        out->may_have[b->keys[k] & 0xFF] = true;
}

static void keep_outer(const struct search *q, const bool *is_one,
                       struct str title, struct baits *out)
{
    struct str parts[BAITS_MAX * 2];
    size_t n = 0;

    title = utf8_clip_chars(title, TITLE_MAX_CHARS);
    for (size_t at = 0;
         n < BAITS_MAX * 2 && bait_part_next(title, &at, &parts[n]);)
        n++;
    for (size_t i = 0; i < n; i++) {
        const struct candidate *c = candidate_of(q, parts[i]);
        size_t from, end;

        if (c != NULL && is_one[c - q->at] &&
            bait_in_brackets(title, parts[i], &from, &end))
            keep(out, &c->bait);
    }
    for (int backwards = 0; backwards < 2; backwards++)
        for (size_t i = 0; i < n; i++) {
            const struct candidate *c =
                candidate_of(q, parts[backwards ? n - 1 - i : i]);

            if (c == NULL || !is_one[c - q->at])
                break;
            keep(out, &c->bait);
        }
}

void bait_titles_keep(const struct search *q, const bool is_one[BAITS_MAX],
                      struct baits *out)
{
    for (size_t i = 0; i < q->n_titles; i++)
        keep_outer(q, is_one, q->titles[i], out);
}
