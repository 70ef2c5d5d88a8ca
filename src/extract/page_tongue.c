/*
 * Whether a sentence is in the language of the page's prose.
 *
 * Half of the words of any sentence are those that every text of its language has:
 * of 76,638 sentences of five words and more on 1,450 honest pages 99.7 of 100 have
 * more than a seventh of their words in common with other paragraphs.  One in
 * another language has next to none, and no language needs to be known for that.
 *
 * Several sentences of one foreign hand know each other.  So those that have few
 * words in common with the rest are left out of what the others are compared with.
 *
 * Weak spots: a language near to the page's, and quotations.
 */
#include "extract/page_tongue.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "text/fold.h"

#define WINDOW       6 /* words in a row */
#define OF_WINDOW    2 /* of them known at most, where a sentence may be foreign */
#define OF_SENTENCE  0.35 /* of its words are known: it is of the language */
#define LONGEST      8192 /* bytes of a text whose strange words are read */
#define OF_LANGUAGE  0.2  /* of one that is not, and */
#define OF_SCRIPT    0.4  /* in another script */
#define SURELY       0.08 /* short honest sentences have one, "the" */
#define FEW_WORDS    5    /* of a sentence, and */
#define MANY_WORDS   7    /* to be sure */
#define LEAST_SMALL  3    /* of them, that begin small */
#define LEAST_OWN    250  /* words, to tell by */
#define TOLD_PAIRS   8    /* of letters in a row say a sentence */
#define OTHER_SCRIPT 0.02 /* of the prose's letters are of the text's */

/* ---- scripts ---- */

/* Of a character beyond ASCII. */
static enum script script_of(uint32_t c)
{
    if (is_han(c))
        return SCRIPT_HAN;
    if (is_cjk(c))
        return c >= 0xAC00 && c <= 0xD7AF ? SCRIPT_HANGUL : SCRIPT_KANA;
    if (c >= 0xC0 && c < 0x250)
        return SCRIPT_LATIN;
    if (c >= 0x400 && c < 0x530)
        return SCRIPT_CYRILLIC;
    return c >= 0x590 && c < 0x1000 ? SCRIPT_OTHER : SCRIPT_NONE;
}

static void count_scripts(struct str text, struct scripts *s)
{
    uint64_t ascii = 0;

    for (size_t i = 0; i < text.n;) {
        enum script script;

        if ((unsigned char)text.p[i] < 0x80) {
            ascii += is_alpha(text.p[i++]);
            continue;
        }
        script = script_of(utf8_next(text, &i));
        s->letters[script]++;
        s->all += script != SCRIPT_NONE;
    }
    s->letters[SCRIPT_LATIN] += ascii;
    s->all += ascii;
}

bool tongue_is_other_script(const struct tongue *own, struct str text)
{
    struct scripts s = {.all = 0};

    count_scripts(text, &s);
    for (int k = SCRIPT_NONE + 1; k < SCRIPTS; k++)
        if (s.letters[k] * 2 > s.all &&
            (double)own->scripts.letters[k] <
                OTHER_SCRIPT * (double)own->scripts.all)
            return true;
    return false;
}

/* ---- words ---- */

static bool is_word(struct term term)
{
    return term.letters != UINT32_MAX;
}

static bool is_of_prose(const struct block *b)
{
    return block_is_prose(b) && !b->is_repeat;
}

static bool has_strange_window(const struct words *all, struct terms terms)
{
    size_t n = 0, known = 0;
    bool is_known[WINDOW] = {false};

    for (size_t i = 0; i < terms.n; i++) {
        bool *slot = &is_known[n % WINDOW];

        if (!is_word(terms.at[i]))
            continue;
        known -= *slot;
        *slot = words_count(all, terms.at[i].key) > 1;
        known += *slot;
        if (++n >= WINDOW && known <= OF_WINDOW)
            return true;
    }
    return false;
}

static void add(struct tongue *out, struct str text, struct terms terms)
{
    words_add(&out->words, terms);
    count_scripts(text, &out->scripts);
}

static void add_familiar(struct page_context *ctx, const struct words *all,
                         struct str text, struct tongue *out)
{
    struct str sentence;

    for (size_t at = 0; sentence_next(text, &at, &sentence);) {
        struct terms terms = terms_of(ctx->scratch, sentence);
        uint32_t n;

        if (words_known(all, terms, 2, &n) > OF_SENTENCE)
            add(out, sentence, terms);
    }
}

/* Names are in no language: as many words as names begin small. */
static bool is_told_small(struct str text)
{
    size_t small = 0, capital = 0;
    bool is_inside = false;

    for (size_t i = 0; i < text.n;) {
        uint32_t c = utf8_next(text, &i);

        if (char_kind(c) == CHAR_OTHER || is_han(c)) {
            is_inside = false;
            continue;
        }
        if (!is_inside && char_kind(c) == CHAR_LETTER)
            *(is_capital(c) ? &capital : &small) += 1;
        is_inside = true;
    }
    return small >= LEAST_SMALL && small >= capital;
}

static bool has_quote(struct str text)
{
    const struct str marks[] = {STR("\""),     STR("\u201C"), STR("\u201E"),
                                STR("\u00AB"), STR("\u300C"), STR("\u2018")};

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (str_has(text, marks[i]))
            return true;
    return false;
}

/* How many words of TERMS, and how many of these the prose has. */
static size_t words_of(const struct words *own, struct terms terms,
                       size_t *known)
{
    size_t n = 0;

    *known = 0;
    for (size_t i = 0; i < terms.n; i++) {
        if (!is_word(terms.at[i]))
            continue;
        n++;
        *known += words_count(own, terms.at[i].key) > 0;
    }
    return n;
}

enum tongue_of tongue_of(const struct tongue *own, struct str text,
                         struct terms terms)
{
    bool is_script = tongue_is_other_script(own, text);
    size_t known, n = words_of(&own->words, terms, &known);
    double most = is_script ? OF_SCRIPT : OF_LANGUAGE;

    if (has_quote(text) || (!is_script && own->words.total < LEAST_OWN))
        return is_script ? TONGUE_SCRIPT : TONGUE_OWN;
    /* Scripts without blanks have no words to know a language by. */
    if (is_script && terms.n - n >= TOLD_PAIRS)
        return TONGUE_OTHER;
    if (n < FEW_WORDS || (double)known > most * (double)n ||
        !is_told_small(text))
        return is_script ? TONGUE_SCRIPT : TONGUE_OWN;
    return is_script || (n >= MANY_WORDS && (double)known <= SURELY * (double)n)
               ? TONGUE_OTHER
               : TONGUE_LIKELY;
}

/* A sentence of B may be in another language or script. */
static bool has_other(struct page_context *ctx, const struct tongue *own,
                      const struct block *b)
{
    struct arena_mark mark = arena_mark(ctx->scratch);
    struct str sentence;
    bool has = b->text.n > LONGEST;

    for (size_t at = 0; !has && sentence_next(b->text, &at, &sentence);)
        has = tongue_of(own, sentence, terms_of(ctx->scratch, sentence)) !=
              TONGUE_OWN;
    arena_release(ctx->scratch, mark);
    return has;
}

void tongue_read(struct page_context *ctx, struct tongue *out)
{
    struct words all;

    words_init(&all, ctx->scratch, WORDS_ALL);
    *out = (struct tongue){.scripts = {.all = 0}};
    out->is_mixed =
        arena_array(ctx->scratch, ctx->blocks.n + 1, sizeof *out->is_mixed);
    words_init(&out->words, ctx->scratch, WORDS_ALL);
    for (size_t i = 0; i < ctx->blocks.n; i++)
        if (is_of_prose(&ctx->blocks.at[i]))
            words_add(&all, ctx->blocks.at[i].terms);
    for (size_t i = 0; i < ctx->blocks.n; i++) {
        const struct block *b = &ctx->blocks.at[i];

        out->is_mixed[i] = (is_of_prose(b) || block_may_be_body(ctx, b)) &&
                           has_strange_window(&all, b->terms);
        if (!is_of_prose(b))
            continue;
        if (out->is_mixed[i])
            add_familiar(ctx, &all, b->text, out);
        else
            add(out, b->text, b->terms);
    }
    /* Names and lists are strange too: their sentences are looked at here, once. */
    for (size_t i = 0; i < ctx->blocks.n; i++) {
        const struct block *b = &ctx->blocks.at[i];

        out->is_mixed[i] = block_may_be_body(ctx, b) &&
                           ((out->is_mixed[i] && has_other(ctx, out, b)) ||
                            tongue_is_other_script(out, b->text));
    }
}

void tongue_read_strange(struct page_context *ctx, const struct tongue *own,
                         struct words *out)
{
    struct str sentence;

    words_init(out, ctx->a, WORDS_ALL);
    for (size_t i = 0; i < ctx->blocks.n; i++) {
        const struct block *b = &ctx->blocks.at[i];

        if (b->heading == 1 || b->text.n > LONGEST || !own->is_mixed[i])
            continue;
        for (size_t at = 0; sentence_next(b->text, &at, &sentence);) {
            struct arena_mark mark = arena_mark(ctx->scratch);
            struct terms terms = terms_of(ctx->scratch, sentence);

            if (tongue_of(own, sentence, terms) >= TONGUE_LIKELY)
                words_add(out, terms);
            arena_release(ctx->scratch, mark);
        }
    }
}
