/*
 * Two items report one thing when they are copies: one address, one text, or
 * one text within the other.  Containment is estimated from sketches.  With few
 * samples (a short copy of a long text) two different texts pass by chance,
 * unless more is asked of them: of 215,000 pairs out of 657 articles one did at
 * 4 of 8, none does now, while a tenth of an article is found in it 9 times in
 * 10, and a fifth always.
 *
 * Series, market reports and change logs of one source are made from one
 * template and look like copies of each other.  Items of one source are
 * therefore held apart unless their titles say that one is a new version.
 */
#include "judge/judge.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "text/fold.h"
#include "text/site.h"
#include "text/url.h"

#define TEXT_MIN_CHARS 100
#define SHINGLES_MIN   200
#define SHARED_MIN     4
#define COPY_SHARE     0.5
#define SAMPLES_FEW    16 /* with fewer the estimate must be clear */
#define CLEAR_SHARE    0.75
/* A member with less text than this share of the longest is cut. */
#define WHOLE_SHARE 0.5

static const struct str why_names[] = {
    [STORY_APART] = STR_INIT(""),
    [STORY_SAME_URL] = STR_INIT("same-url"),
    [STORY_SAME_TEXT] = STR_INIT("same-text"),
    [STORY_CONTAINED] = STR_INIT("contained"),
};

struct str story_why_name(enum story_why why)
{
    return why_names[why];
}

static struct str key_of(struct arena *a, const struct item *item,
                         uint64_t title)
{
    struct str key = url_key(a, item->url);

    if (key.n == 0 || !item->several_on_page)
        return key;
    return arena_printf(a, "%.*s %016llx", STR_ARG(key),
                        (unsigned long long)title);
}

void story_sketch_of(struct arena *a, const struct item *item,
                     struct str source, struct str source_name,
                     struct story_sketch *out)
{
    struct str letters = fold_letters(a, item->text);
    struct str title = fold_letters(a, item->title);

    *out = (struct story_sketch){
        .source = source,
        .title = title.n == 0 ? 0 : hash64(title),
        .names = {fold_letters(a, source_name),
                  fold_letters(a, item->site_name)},
        .site = site_of_url(a, item->url),
        .origin = fold_letters(a, item->source),
        .origin_site = site_of_url(a, item->source_url),
        .published =
            when_known(item->published) ? item->published.unix_seconds : 0,
    };
    out->url_key = key_of(a, item, out->title);
    if (utf8_chars(letters) >= TEXT_MIN_CHARS)
        out->text = hash128(letters);
    sketch_of(letters, &out->shingles);
}

/* ---- the same story ------------------------------------------------------ */

static bool same_text(const struct story_sketch *a,
                      const struct story_sketch *b)
{
    return (a->text.high | a->text.low) != 0 && hash128_eq(a->text, b->text);
}

static bool is_contained(const struct story_sketch *a,
                         const struct story_sketch *b, struct overlap *o)
{
    *o = sketch_overlap(&a->shingles, &b->shingles);
    return o->shared >= SHARED_MIN &&
           o->containment >=
               (o->samples < SAMPLES_FEW ? CLEAR_SHARE : COPY_SHARE) &&
           sketch_shingles(&a->shingles) >= SHINGLES_MIN &&
           sketch_shingles(&b->shingles) >= SHINGLES_MIN;
}

static enum story_why same_by(const struct story_sketch *a,
                              const struct story_sketch *b, struct overlap *o)
{
    bool one_source = a->source.n > 0 && str_eq(a->source, b->source);
    bool one_title = a->title != 0 && a->title == b->title;

    *o = (struct overlap){0};
    if (a->url_key.n > 0 && str_eq(a->url_key, b->url_key))
        return STORY_SAME_URL;
    if (one_source && !one_title)
        return STORY_APART;
    if (same_text(a, b))
        return STORY_SAME_TEXT;
    if (!is_contained(a, b, o) || (one_source && o->resemblance < COPY_SHARE))
        return STORY_APART;
    return STORY_CONTAINED;
}

enum story_why story_same(const struct story_sketch *a,
                          const struct story_sketch *b)
{
    struct overlap o;

    return same_by(a, b, &o);
}

static bool holds(const struct story_sketch *large,
                  const struct story_sketch *small)
{
    return sketch_shingles(&large->shingles) >
           sketch_shingles(&small->shingles);
}

enum story_why story_join(const struct story_sketch *x,
                          const struct story_sketch *leads, size_t n,
                          size_t *which)
{
    enum story_why best = STORY_APART;
    struct overlap best_overlap = {0};
    size_t held = n; /* a lead that X holds */

    for (size_t i = 0; i < n; i++) {
        struct overlap o;
        enum story_why why = same_by(x, &leads[i], &o);

        if (why == STORY_APART)
            continue;
        if (why == STORY_SAME_URL) {
            *which = i;
            return why;
        }
        if (why == STORY_CONTAINED && holds(x, &leads[i])) {
            if (held < n && story_same(&leads[held], &leads[i]) == STORY_APART)
                return STORY_APART;
            held = i;
        }
        if (best == STORY_APART || why < best ||
            (why == best && o.resemblance > best_overlap.resemblance)) {
            best = why;
            best_overlap = o;
            *which = i;
        }
    }
    return best;
}

/* ---- the lead ------------------------------------------------------------ */

/* A member as a candidate, with what depends on the others. */
struct claim {
    const struct story_sketch *is;
    bool is_origin, is_whole;
    int64_t first; /* when its source first had the story */
};

static bool names(const struct story_sketch *copy,
                  const struct story_sketch *origin)
{
    if (copy->origin_site.n > 0 && str_eq(copy->origin_site, origin->site))
        return true;
    return copy->origin.n > 0 && (str_eq(copy->origin, origin->names[0]) ||
                                  str_eq(copy->origin, origin->names[1]));
}

static bool is_of_source(const struct story_sketch *a,
                         const struct story_sketch *b)
{
    return str_eq(a->source, b->source);
}

/* An unknown date is later than all others. */
static int64_t date_of(const struct story_sketch *s)
{
    return s->published == 0 ? INT64_MAX : s->published;
}

static struct claim claim_of(const struct story_sketch *members, size_t n,
                             size_t i, uint32_t longest)
{
    const struct story_sketch *m = &members[i];
    struct claim c = {
        .is = m,
        .is_whole = sketch_shingles(&m->shingles) >= WHOLE_SHARE * longest,
        .first = date_of(m),
    };

    for (size_t k = 0; k < n; k++) {
        if (!is_of_source(&members[k], m))
            c.is_origin = c.is_origin || names(&members[k], m);
        else if (date_of(&members[k]) < c.first)
            c.first = date_of(&members[k]);
    }
    return c;
}

static bool is_better(const struct claim *a, const struct claim *b)
{
    if (a->is_origin != b->is_origin)
        return a->is_origin;
    if (a->is_whole != b->is_whole)
        return a->is_whole;
    if (a->is->is_spam != b->is->is_spam)
        return b->is->is_spam;
    if (a->first != b->first)
        return a->first < b->first;
    if (a->is->published != b->is->published)
        return a->is->published > b->is->published;
    return str_cmp(a->is->url_key, b->is->url_key) < 0;
}

size_t story_lead(const struct story_sketch *members, size_t n)
{
    uint32_t longest = 0;
    size_t best = 0;
    struct claim best_claim;

    for (size_t i = 0; i < n; i++)
        if (!members[i].is_spam &&
            sketch_shingles(&members[i].shingles) > longest)
            longest = sketch_shingles(&members[i].shingles);
    best_claim = claim_of(members, n, 0, longest);
    for (size_t i = 1; i < n; i++) {
        struct claim c = claim_of(members, n, i, longest);

        if (is_better(&c, &best_claim)) {
            best = i;
            best_claim = c;
        }
    }
    return best;
}
