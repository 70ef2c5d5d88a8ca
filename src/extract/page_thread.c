/*
 * A thread is a row of elements marked up alike, each with its author or date,
 * that hold nearly all of the body.  They are found by what names them: an
 * itemprop that says answer, else the first word of the class or the letters of
 * the id.  The first is the post; where the post is of another make (question
 * and answers), all of them are answers.
 */
#include "extract/page_thread.h"

#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "extract/page_marks.h"
#include "extract/page_meta.h"

/* Elements of a thread's classes.  Of ten pages of the sets that go on, the one
 * thread has 329, the articles have none to two. */
#define THREAD_PARTS 20

bool is_thread(const struct page_context *ctx)
{
    static const struct str types[] = {STR_INIT("DiscussionForumPosting"),
                                       STR_INIT("QAPage"),
                                       STR_INIT("Question")};
    size_t parts = 0;

    for (size_t i = 0; i < ctx->meta->articles.n; i++)
        for (size_t k = 0; k < 3; k++)
            if (str_eq_nocase(ctx->meta->articles.at[i].type, types[k]))
                return true;
    for (uint32_t i = 1; i < ctx->tree->n; i++)
        parts += (ctx->marks[i].classes & 1u << CLASS_FORUM) != 0;
    return parts >= THREAD_PARTS;
}

/* ---- rows of posts ---- */

struct row {
    VEC(uint32_t) posts;
    uint64_t chars;      /* of body in them */
    size_t signed_posts; /* with an author or a date */
    bool is_answers;
};

struct rows {
    struct page_context *ctx;
    const uint32_t *taken; /* [node]: characters of body before it */
    VEC(struct row) at;
    struct map by_key;
};

/* What an element that may be a post is called; empty if it may not. */
static struct str key_of(struct page_context *ctx, uint32_t i, bool *is_answer)
{
    const struct page_tree *t = ctx->tree;
    struct str prop = node_attr(t, i, STR("itemprop"));
    struct str class = node_attr(t, i, STR("class")), word = STR_NONE;
    struct str id = node_attr(t, i, STR("id"));
    size_t letters = 0;

    *is_answer = str_has_nocase(prop, STR("answer")) ||
                 str_eq_nocase(prop, STR("comment"));
    if (*is_answer)
        return STR("itemprop");
    if ((ctx->marks[i].classes & (1u << CLASS_FORUM | 1u << CLASS_COMMENT)) ==
            0 &&
        !str_starts_nocase(class, STR("post")) &&
        !str_has_nocase(class, STR(" post")) &&
        !str_starts_nocase(id, STR("post")))
        return STR_NONE;
    if (str_word(&class, &word))
        return arena_cat(ctx->scratch, tag_name((enum tag)t->nodes[i].tag),
                         STR("."), word);
    while (letters < id.n && !is_digit(id.p[letters]))
        letters++;
    return letters == id.n
               ? STR_NONE
               : arena_cat(ctx->scratch, STR("#"), str_slice(id, 0, letters));
}

/* True if the element names an author or a date. */
static bool is_signed(const struct page_context *ctx, uint32_t i)
{
    const struct page_meta *m = ctx->meta;

    for (size_t k = 0; k < m->claims.n; k++)
        if (m->claims.at[k].node > i &&
            m->claims.at[k].node < ctx->tree->nodes[i].end &&
            (m->claims.at[k].kind == CLAIM_AUTHOR ||
             m->claims.at[k].kind == CLAIM_ACCOUNT ||
             m->claims.at[k].kind == CLAIM_DATE))
            return true;
    return false;
}

static void add_post(struct rows *rows, uint32_t i)
{
    const struct page_tree *t = rows->ctx->tree;
    uint32_t chars = rows->taken[t->nodes[i].end] - rows->taken[i];
    bool is_answer, is_new;
    struct row *row;
    struct str key;
    size_t *index;

    if (chars == 0)
        return;
    key = key_of(rows->ctx, i, &is_answer);
    if (key.n == 0)
        return;
    index = map_put(&rows->by_key, key, &is_new);
    if (is_new) {
        *index = rows->at.n;
        *vec_add(rows->ctx->scratch, &rows->at) = (struct row){0};
    }
    row = &rows->at.at[*index];
    /* One inside another of its kind belongs to that. */
    if (row->posts.n > 0 && i < t->nodes[row->posts.at[row->posts.n - 1]].end)
        return;
    *vec_add(rows->ctx->scratch, &row->posts) = i;
    row->chars += chars;
    row->signed_posts += is_signed(rows->ctx, i);
    row->is_answers = is_answer;
}

static const struct row *find_row(struct rows *rows)
{
    const struct row *best = NULL;

    for (uint32_t i = 1; i < rows->ctx->tree->n; i++) {
        enum tag tag = (enum tag)rows->ctx->tree->nodes[i].tag;

        if (tag == TAG_DIV || tag == TAG_ARTICLE || tag == TAG_SECTION)
            add_post(rows, i);
    }
    for (size_t i = 0; i < rows->at.n; i++) {
        const struct row *row = &rows->at.at[i];

        if (row->posts.n + row->is_answers < 2 ||
            row->signed_posts * 3 < row->posts.n * 2)
            continue;
        if (best == NULL || row->chars > best->chars)
            best = row;
    }
    return best;
}

/* Characters of body before each node. */
static uint32_t *sum_taken(struct page_context *ctx,
                           const struct article_span *span)
{
    uint32_t n = ctx->tree->n;
    uint32_t *sums = arena_array(ctx->scratch, n + 1, sizeof *sums);

    for (size_t i = span->first; i < span->end; i++) {
        const struct block *b = &ctx->blocks.at[i];

        if (block_is_taken(b))
            sums[b->first + 1] += b->chars;
    }
    for (uint32_t i = 1; i <= n; i++)
        sums[i] += sums[i - 1];
    return sums;
}

/* ---- who answers, and when ---- */

#define SIGNATURE_CHARS 80 /* of a line with a name or a date, at most */

static void uncut(const struct page_tree *t, const struct block *b,
                  unsigned char *cut)
{
    for (uint32_t k = b->first; k < b->end; k++)
        cut[k] = 0;
    for (uint32_t up = t->nodes[b->first].parent; up != 0;
         up = t->nodes[up].parent)
        cut[up] = 0;
}

/* The short line in which the post says what is claimed first, of its kind. */
static const struct block *line_of_claim(const struct page_context *ctx,
                                         uint32_t post, enum claim_kind kind)
{
    const struct page_tree *t = ctx->tree;
    const struct page_meta *m = ctx->meta;
    size_t k = 0;

    while (k < m->claims.n &&
           (m->claims.at[k].kind != kind || m->claims.at[k].node <= post ||
            m->claims.at[k].node >= t->nodes[post].end))
        k++;
    if (k == m->claims.n)
        return NULL;
    for (size_t i = 0; i < ctx->blocks.n; i++) {
        const struct block *b = &ctx->blocks.at[i];

        if (b->end > m->claims.at[k].node &&
            b->first < t->nodes[m->claims.at[k].node].end && !b->is_hidden)
            return b->chars <= SIGNATURE_CHARS && b->first > post &&
                           b->end <= t->nodes[post].end
                       ? b
                       : NULL;
    }
    return NULL;
}

/* An answer stands with its author and date, whatever they look like. */
static void keep_signature(const struct page_context *ctx, uint32_t post,
                           unsigned char *cut)
{
    const struct block *who = line_of_claim(ctx, post, CLAIM_AUTHOR);
    const struct block *when = line_of_claim(ctx, post, CLAIM_DATE);

    if (who == NULL)
        who = line_of_claim(ctx, post, CLAIM_ACCOUNT);
    if (who != NULL)
        uncut(ctx->tree, who, cut);
    if (when != NULL)
        uncut(ctx->tree, when, cut);
}

static void mark_posts(struct page_context *ctx,
                       const struct article_span *span, struct draft_body *out)
{
    struct rows rows = {.ctx = ctx};
    const struct row *row;
    unsigned char *as, *cut;
    uint32_t all, before;

    rows.taken = sum_taken(ctx, span);
    map_init(&rows.by_key, ctx->scratch);
    row = find_row(&rows);
    if (row == NULL)
        return;
    all = rows.taken[ctx->tree->n];
    before = rows.taken[row->posts.at[0]];
    /* A post of another make may stand before its answers, nothing else. */
    if ((row->chars + before) * 10 < (uint64_t)all * 9 ||
        (!row->is_answers && before > 0 && !is_thread(ctx)))
        return;
    as = arena_alloc(ctx->a, ctx->tree->n + 1);
    cut = arena_alloc(ctx->a, ctx->tree->n + 1);
    if (out->as != NULL)
        memcpy(as, out->as, ctx->tree->n + 1);
    memcpy(cut, out->cut, ctx->tree->n + 1);
    for (size_t i = before > 0 ? 0 : 1; i < row->posts.n; i++) {
        as[row->posts.at[i]] = AS_QUOTATION;
        keep_signature(ctx, row->posts.at[i], cut);
    }
    out->as = as;
    out->cut = cut;
}

void thread_mark(struct page_context *ctx, const struct article_span *span,
                 struct draft_body *out)
{
    struct arena_mark mark = arena_mark(ctx->scratch);

    if (out->kind == BODY_NODES && span->first < span->end)
        mark_posts(ctx, span, out);
    arena_release(ctx->scratch, mark);
}
