/*
 * What a page says again: sentences of earlier blocks, whole or broken off, and the
 * comments that programs make of them, to let a copied article look read.
 */
#include "base/arena.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "extract/blocks.h"
#include "extract/extract.h"

#define SENTENCE_CHARS 12 /* shorter ones repeat by chance */
#define NAME_WEIGHT    60 /* of a line above a comment at most, of one less */

/* Where a sentence stands: of several that begin alike the first. */
struct said {
    struct map whole;      /* block, by the sentence */
    struct map begins;     /* in `texts`, by its first letters; */
    VEC(struct str) texts; /* from where one begins to its block's end; */
    size_t begun;          /* read, when asked for, of so many blocks */
    const struct blocks *blocks;
};

static struct str first_letters(struct str sentence)
{
    return utf8_clip_chars(sentence, SENTENCE_CHARS);
}

/* Without what says that it goes on. */
static struct str without_ellipsis(struct str s)
{
    static const struct str marks[] = {STR_INIT("..."), STR_INIT("…")};

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        while (str_ends(s, marks[i]))
            s.n -= marks[i].n;
    return str_trim_wide(s);
}

/* Reads how the sentences of prose before the block at INDEX begin. */
static void read_begins(struct said *said, size_t index)
{
    for (; said->begun < index; said->begun++) {
        const struct block *b = &said->blocks->at[said->begun];
        struct str sentence;

        if (b->role == ROLE_CHAFF || !block_is_prose(b))
            continue;
        for (size_t at = 0; sentence_next(b->text, &at, &sentence);) {
            bool is_new;
            size_t *slot =
                map_put(&said->begins, first_letters(sentence), &is_new);

            if (!is_new)
                continue;
            *slot = said->texts.n;
            *vec_add(said->begins.a, &said->texts) =
                str_from(b->text, (size_t)(sentence.p - b->text.p));
        }
    }
}

/* SENTENCE, the last of B, is the beginning of one that a block before that at
 * INDEX says, as in comments that programs write. */
static bool breaks_off(struct said *said, const struct block *b,
                       struct str sentence, size_t index)
{
    const size_t *first;
    struct str left = without_ellipsis(sentence);

    if ((b->shape.end == END_SENTENCE && left.n == sentence.n) ||
        b->link_chars > 0 || b->heading > 0 ||
        shape_weight(&b->shape) < NAME_WEIGHT ||
        utf8_chars(left) < SENTENCE_CHARS)
        return false;
    read_begins(said, index);
    first = map_get(&said->begins, first_letters(left));
    return first != NULL && str_starts(said->texts.at[*first], left);
}

/* Tells whether the sentences of a block were said before. */
static void hear_again(struct said *said, struct block *b, size_t index)
{
    size_t n = 0, known = 0, of_prose = 0, parts = 0;
    struct str sentence;

    for (size_t at = 0; sentence_next(b->text, &at, &sentence);) {
        size_t *slot;
        bool is_new;

        if (utf8_chars(sentence) < SENTENCE_CHARS)
            continue;
        slot = map_put(&said->whole, sentence, &is_new);
        n++;
        if (is_new) {
            *slot = index;
        } else if (*slot != index) {
            const struct block *of = &said->blocks->at[*slot];

            known++;
            of_prose += block_is_prose(of);
            parts += block_is_prose(of) && b->text.n < of->text.n;
        }
        if (is_new && at >= b->text.n && breaks_off(said, b, sentence, index)) {
            of_prose++;
            parts++;
        }
    }
    b->is_repeat = n > 0 && known == n;
    b->repeats_prose = n > 0 && of_prose == n;
    b->quotes_prose = n > 0 && parts == n;
}

void repeats_mark(struct page_context *ctx)
{
    struct arena_mark mark = arena_mark(ctx->scratch);
    struct said said = {.blocks = &ctx->blocks};

    map_init(&said.whole, ctx->scratch);
    map_init(&said.begins, ctx->scratch);
    for (size_t i = 0; i < ctx->blocks.n; i++)
        if (ctx->blocks.at[i].role != ROLE_CHAFF)
            hear_again(&said, &ctx->blocks.at[i], i);
    arena_release(ctx->scratch, mark);
}

/* ---- comments made of the article ---- */

#define NAME_LINES    2
#define LEAST_QUOTING 2

/* Names and times above a comment: where there is markup, it tells of them. */
static void mark_names(struct page_context *ctx, size_t comment, size_t from)
{
    struct block *at = ctx->blocks.at;

    for (size_t i = comment; i > from && i + NAME_LINES > comment; i--) {
        struct block *b = &at[i - 1];

        if (b->role != ROLE_UNKNOWN || block_is_prose(b) ||
            shape_weight(&b->shape) > NAME_WEIGHT)
            return;
        b->role = ROLE_COMMENT;
    }
}

static bool may_be_quoting(const struct page_context *ctx,
                           const struct block *b)
{
    return b->role == ROLE_UNKNOWN && b->repeats_prose && b->heading == 0 &&
           b->link_chars == 0 && shape_weight(&b->shape) >= NAME_WEIGHT &&
           block_may_be_body(ctx, b);
}

void repeats_mark_comments(struct page_context *ctx)
{
    struct blocks *bs = &ctx->blocks;
    size_t last = bs->n, n = 0;
    bool has_part = false;

    while (last > 0 &&
           (!block_is_prose(&bs->at[last - 1]) || bs->at[last - 1].is_repeat ||
            bs->at[last - 1].repeats_prose ||
            !block_may_be_body(ctx, &bs->at[last - 1])))
        last--;
    for (size_t i = last; i < bs->n; i++)
        if (may_be_quoting(ctx, &bs->at[i])) {
            has_part |= bs->at[i].quotes_prose;
            n++;
        }
    if (last == 0 || n < LEAST_QUOTING || !has_part)
        return;
    for (size_t i = last; i < bs->n; i++) {
        if (!may_be_quoting(ctx, &bs->at[i]))
            continue;
        bs->at[i].role = ROLE_COMMENT;
        if (ctx->tree == NULL)
            mark_names(ctx, i, last);
    }
    note_add(ctx->notes, ctx->a, NOTE_COMMENTS_CUT, "%zu blocks", n);
}
