/*
 * What a text asks its reader for: the words of offers (text/offer.h) and hosts'
 * names in it, and whether it says what the page is spread with (page_baits.c).
 */
#include "extract/page_asked.h"

#include "base/arena.h"
#include "extract/page_baits.h"
#include "text/fold.h"

#define WEIGHT_LEFT 50 /* of a sentence without the bait in it */

/* A host's name that is no mere file's: with "www.", "t.me" or a digit in it. */
static bool has_address(struct str key)
{
    for (size_t i = 0, from; i < key.n; i++) {
        bool has_digit = false, has_dot = false;
        struct str word;

        for (from = i; i < key.n && (is_alnum(key.p[i]) || key.p[i] == '-' ||
                                     key.p[i] == '.' || key.p[i] == '/');
             i++) {
            has_digit |= is_digit(key.p[i]);
            has_dot |= key.p[i] == '.' && i > from && i + 2 < key.n &&
                       is_alpha(key.p[i + 1]) && is_alpha(key.p[i + 2]);
        }
        word = str_slice(key, from, i);
        if (has_dot && word.n >= 6 && is_alnum(word.p[0]) &&
            (str_starts(word, STR("www.")) || str_starts(word, STR("t.me")) ||
             str_starts(word, STR("wa.me")) || has_digit))
            return true;
    }
    return false;
}

/* TEXT is the article's own but for a bait between its marks: what is left asks
 * for nothing and is long. */
static bool is_spread(struct page_context *ctx, struct offers *o,
                      struct str text)
{
    struct str left = baits_out(ctx, text);

    if (left.n == text.n || text_weight(left) < WEIGHT_LEFT)
        return false;
    offers_reset(o);
    offers_add(o, fold_key(ctx->a, left));
    return o->trades + o->fields + o->called + o->contacts == 0;
}

void asked_read(struct page_context *ctx, struct offers *o, struct str text,
                struct asked *out)
{
    struct arena_mark mark = arena_mark(ctx->a);
    struct str key = fold_key(ctx->a, text);

    offers_reset(o);
    offers_add(o, key);
    *out = (struct asked){.trades = o->trades,
                          .fields = o->fields,
                          .calls = o->called,
                          .contacts = o->contacts,
                          .addressed = o->addressed,
                          .has_address = has_address(key)};
    out->holds_key =
        ctx->baits != NULL && baits_said(ctx, terms_of(ctx->a, text));
    out->has_key = out->holds_key && !is_spread(ctx, o, text);
    /* What O keeps goes too: each reading begins anew. */
    arena_release(ctx->a, mark);
}

bool asked_is_strong(const struct asked *of)
{
    return of->trades > 0 || of->contacts > 0 || of->has_address ||
           of->holds_key;
}

size_t asked_signs(const struct asked *of)
{
    return of->trades + of->fields + of->calls + 2 * of->contacts +
           2 * (size_t)of->has_address + 2 * (size_t)of->has_key;
}
