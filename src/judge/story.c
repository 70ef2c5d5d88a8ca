/*
 * Two items report one thing when they are copies: one address, one text, or
 * one text within the other; or when they tell one event (event.c).
 * Containment is estimated from sketches.  With few samples (a short copy of a
 * long text) two different texts pass by chance, unless more is asked of them: of
 * 215,000 pairs out of 657 articles one did at 4 of 8, none does now, while a
 * tenth of an article is found in it 9 times in 10, and a fifth always.  Texts too
 * short for that are copies when hardly a shingle differs and titles and numbers
 * agree (is_short_copy).
 *
 * Series, market reports and change logs of one source are made from one
 * template and look like copies of each other.  Items of one source are
 * therefore held apart unless their titles say that one is a new version.
 */
#include "judge/judge.h"

#include <math.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "judge/event.h"
#include "text/fold.h"
#include "text/site.h"
#include "text/url.h"

#define TEXT_MIN_CHARS 100
#define SHINGLES_MIN   200
#define SHARED_MIN     4
#define STORY_NEAR_MAX 256
#define COPY_SHARE     0.5
#define SAMPLES_FEW    16 /* with fewer the estimate must be clear */
#define CLEAR_SHARE    0.75
/* A member with less text than this share of the longest is cut. */
#define WHOLE_SHARE 0.8
/* A shorter name is no evidence when it only begins another. */
#define NAME_MIN_BYTES    4
#define SHORT_SHARED      20 /* shingles of a short copy */
#define SHORT_CONTAINMENT 0.95
#define HOUR              3600.0
#define WINDOW_HOURS      (STORY_EVENT_WINDOW / HOUR)
#define UNKNOWN_HOURS     12.5
#define ODDS_MAX          3.0 /* of one pair; more says no more */
/* What the best of another story takes from a story's odds, above the least. */
#define OTHER_SHARE 0.3
#define STORIES_MAX 16 /* more are not looked at */

static const struct str why_names[] = {
    [STORY_APART] = STR_INIT(""),
    [STORY_SAME_URL] = STR_INIT("same-url"),
    [STORY_SAME_TEXT] = STR_INIT("same-text"),
    [STORY_CONTAINED] = STR_INIT("contained"),
    [STORY_SAME_EVENT] = STR_INIT("same-event"),
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
                     struct str source, struct story_sketch *out)
{
    struct str letters = fold_letters(a, item->text);
    struct str title = fold_letters(a, item->title);

    *out = (struct story_sketch){
        .source = source,
        .title = title.n == 0 ? 0 : hash64(title),
        .letters_bytes = letters.n,
        .published =
            when_known(item->published) ? item->published.unix_seconds : 0,
        .knows_hour = item->published.precision >= WHEN_MINUTE,
    };
    out->url_key = key_of(a, item, out->title);
    if (utf8_chars(letters) >= TEXT_MIN_CHARS)
        out->text = hash128(letters);
    sketch_of(letters, &out->shingles);
    event_of(a, item->title, item->text.n > 0 ? item->text : item->summary,
             &out->event);
}

void story_sketch_copy(struct arena *a, const struct story_sketch *s,
                       struct story_sketch *out)
{
    struct event_term *terms;

    *out = *s;
    out->url_key = arena_str(a, s->url_key);
    terms = arena_array(a, s->event.n, sizeof *terms);
    for (size_t i = 0; i < s->event.n; i++)
        terms[i] = s->event.terms[i];
    out->event.terms = terms;
}

/* ---- the same story ------------------------------------------------------ */

static bool same_text(const struct story_sketch *a,
                      const struct story_sketch *b)
{
    return (a->text.high | a->text.low) != 0 && hash128_eq(a->text, b->text);
}

/* Long enough to be nothing that is said of many things: "a bug fix release". */
static bool is_long(const struct story_sketch *s)
{
    return sketch_shingles(&s->shingles) >= SHINGLES_MIN;
}

static bool is_contained(const struct story_sketch *a,
                         const struct story_sketch *b, struct overlap *o)
{
    *o = sketch_overlap(&a->shingles, &b->shingles, COPY_SHARE);
    return o->shared >= SHARED_MIN &&
           o->containment >=
               (o->samples < SAMPLES_FEW ? CLEAR_SHARE : COPY_SHARE) &&
           is_long(a) && is_long(b);
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
    if (same_text(a, b) && (one_title || is_long(a)))
        return STORY_SAME_TEXT;
    if (!is_contained(a, b, o) ||
        ((one_source || a->is_digest || b->is_digest) &&
         o->resemblance < COPY_SHARE))
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

/* One source has X in two stories. */
static bool is_used_twice(const struct story_sketch *near,
                          const enum story_why *why, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i && why[i] != STORY_APART; k++)
            if (why[k] != STORY_APART && near[i].story != near[k].story &&
                near[i].source.n > 0 && str_eq(near[i].source, near[k].source))
                return true;
    return false;
}

/* By their texts alone: two items of one source are never one story, but those of
 * a series are written after one pattern. */
static bool differ(const struct story_sketch *a, const struct story_sketch *b)
{
    struct overlap o;

    return !same_text(a, b) && !is_contained(a, b, &o);
}

/* Which members X differs from, as far as that was asked: in a story of dozens of
 * copies each is asked about for each other. */
struct differing {
    enum { NOT_ASKED, DIFFERS, DIFFERS_NOT } from[STORY_NEAR_MAX];
};

static bool differs_from(const struct story_sketch *x,
                         const struct story_sketch *near, size_t k,
                         struct differing *known)
{
    if (known->from[k] == NOT_ASKED)
        known->from[k] = differ(&near[k], x) ? DIFFERS : DIFFERS_NOT;
    return known->from[k] == DIFFERS;
}

/* X stands in I, and so does another member of its story that X is apart
 * from: I is two articles glued together. */
static bool is_glued(const struct story_sketch *x,
                     const struct story_sketch *near, size_t n, size_t i,
                     struct differing *known)
{
    for (size_t k = 0; k < n; k++)
        if (k != i && near[k].story == near[i].story && near[i].story != 0 &&
            holds(&near[i], &near[k]) && differs_from(x, near, k, known) &&
            story_same(&near[k], &near[i]) == STORY_CONTAINED)
            return true;
    return false;
}

/* X's own source has another item in the story: this one is the next of a
 * series, and a mirror of that one proves nothing. */
static bool is_next_of_series(const struct story_sketch *x,
                              const struct story_sketch *near, size_t n,
                              size_t i)
{
    for (size_t k = 0; k < n; k++)
        if (k != i && near[k].story == near[i].story && near[i].story != 0 &&
            x->source.n > 0 && str_eq(near[k].source, x->source) &&
            story_same(&near[k], x) == STORY_APART)
            return true;
    return false;
}

/* X holds two of them that are apart. */
static bool is_digest(const struct story_sketch *x,
                      const struct story_sketch *near,
                      const enum story_why *why, size_t n)
{
    size_t held = n;

    for (size_t i = 0; i < n; i++) {
        if (why[i] != STORY_CONTAINED || !holds(x, &near[i]))
            continue;
        if (held < n && story_same(&near[held], &near[i]) == STORY_APART)
            return true;
        held = i;
    }
    return false;
}

/* A short text that stands in another one, no longer by much: with so few
 * shingles the titles and numbers must agree, for weather, prices and notices
 * are written after one pattern. */
static bool is_short_copy(const struct story_sketch *a,
                          const struct event_summed *event,
                          const struct story_sketch *b)
{
    struct overlap o =
        sketch_overlap(&a->shingles, &b->shingles, SHORT_CONTAINMENT);

    return o.shared >= SHORT_SHARED && o.containment >= SHORT_CONTAINMENT &&
           o.resemblance >= COPY_SHARE && event_may_be_copy(event, &b->event);
}

/* Hours between two reports; a day that names no hour is half of one away.  More
 * than the window when they are too far apart or one has no date. */
static double hours_between(const struct story_sketch *a,
                            const struct story_sketch *b)
{
    double hours = fabs((double)(a->published - b->published)) / HOUR;

    if (a->published == 0 || b->published == 0)
        return 2 * WINDOW_HOURS;
    return hours < UNKNOWN_HOURS && !(a->knows_hour && b->knows_hour)
               ? UNKNOWN_HOURS
               : hours;
}

/* Where the members of NEAR's story that begin with FROM end: they stand
 * together. */
static size_t story_end(const struct story_sketch *near, size_t n, size_t from)
{
    size_t end = from + 1;

    while (end < n && near[from].story != 0 &&
           near[end].story == near[from].story)
        end++;
    return end;
}

/* How surely X is of a story's event, in log-odds: by all its members, and by the
 * one that is most like X. */
struct fit {
    double all, best;
    size_t at;    /* that member */
    bool is_free; /* nothing keeps X out */
};

/* A source tells an event once: it has no two items in such a story. */
static bool has_source(const struct story_sketch *near, size_t n,
                       struct str source)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(near[i].source, source))
            return true;
    return false;
}

static double log_odds(double likeness)
{
    double odds = log(likeness / (1 - likeness));

    if (odds > ODDS_MAX)
        return ODDS_MAX;
    return odds < -ODDS_MAX ? -ODDS_MAX : odds;
}

/* Of the N reports of one story.  Not one fits while another tells of something else
 * than X, nor where most are unlike X. */
static struct fit fit_of(const struct story_sketch *x,
                         struct event_summed *event,
                         const struct story_sketch *near, size_t n)
{
    struct fit fit = {.best = -ODDS_MAX};
    bool best_contradicts = false;
    double sum = 0;
    int against = 0;

    event_meet(event, near, n);
    for (size_t i = 0; i < n; i++) {
        double hours = hours_between(x, &near[i]);
        struct event_match match = event_match(event, &near[i].event, hours);
        double odds = log_odds(match.likeness);

        sum += odds;
        against += match.contradicts;
        if (odds > fit.best && hours <= WINDOW_HOURS) {
            fit.best = odds;
            fit.at = i;
            best_contradicts = match.contradicts;
        }
        /* The rest need not be compared where none can be taken any more. */
        if (against > 1 || (match.contradicts && odds < 0) ||
            sum + ODDS_MAX * (double)(n - i - 1) < 0)
            return fit;
    }
    fit.all = sum / (double)n;
    fit.is_free = fit.best >= 0 && against <= best_contradicts;
    return fit;
}

/* Of N stories the one that X is of; N when it is of none.  Where another fits too,
 * it must fit the better. */
static size_t choose_fit(const struct fit *fits, size_t n)
{
    size_t best = n;
    double most = 0;

    for (size_t i = 0; i < n; i++) {
        double other = -ODDS_MAX, surely;

        for (size_t k = 0; k < n; k++)
            if (k != i && fits[k].best > other)
                other = fits[k].best;
        surely = fits[i].all - OTHER_SHARE * (other + ODDS_MAX);
        if (!fits[i].is_free || surely < EVENT_SAME_ODDS ||
            (best < n && surely <= most))
            continue;
        best = i;
        most = surely;
    }
    return best;
}

/* The first of N reports that X is a short copy of; N for none. */
static size_t find_short_copy(const struct story_sketch *x,
                              const struct event_summed *event,
                              const struct story_sketch *near, size_t n)
{
    size_t i = 0;

    while (i < n && (hours_between(x, &near[i]) > WINDOW_HOURS ||
                     !is_short_copy(x, event, &near[i])))
        i++;
    return i;
}

/* Of reports that no copy by its text alone is. */
static enum story_why same_event(const struct story_sketch *x,
                                 const struct story_sketch *near, size_t n,
                                 size_t *which)
{
    struct fit fits[STORIES_MAX];
    struct event_summed event;
    size_t stories = 0, best;

    if (x->event.n == 0)
        return STORY_APART;
    event_sum(&x->event, &event);
    for (size_t from = 0, end; from < n && stories < STORIES_MAX; from = end) {
        size_t members, copy;

        end = story_end(near, n, from);
        members = end - from;
        if (has_source(near + from, members, x->source))
            continue;
        copy = find_short_copy(x, &event, near + from, members);
        if (copy < members) {
            *which = from + copy;
            return STORY_CONTAINED;
        }
        fits[stories] = fit_of(x, &event, near + from, members);
        fits[stories++].at += from;
    }
    best = choose_fit(fits, stories);
    if (best == stories)
        return STORY_APART;
    *which = fits[best].at;
    return STORY_SAME_EVENT;
}

enum story_why story_join(const struct story_sketch *x,
                          const struct story_sketch *near, size_t n,
                          struct story_choice *out)
{
    enum story_why why[STORY_NEAR_MAX], best = STORY_APART;
    struct differing known = {0};
    double alike = 0;

    *out = (struct story_choice){.digest = n};
    if (n > STORY_NEAR_MAX)
        n = STORY_NEAR_MAX;
    for (size_t i = 0; i < n; i++) {
        struct overlap o;

        why[i] = same_by(x, &near[i], &o);
        if (why[i] == STORY_CONTAINED && holds(&near[i], x) &&
            is_glued(x, near, n, i, &known)) {
            out->digest = i;
            why[i] = STORY_APART;
        } else if (why[i] == STORY_CONTAINED &&
                   is_next_of_series(x, near, n, i)) {
            why[i] = STORY_APART;
        }
        if (why[i] == STORY_APART ||
            (best != STORY_APART &&
             (why[i] > best || (why[i] == best && o.resemblance <= alike))))
            continue;
        best = why[i];
        alike = o.resemblance;
        out->which = i;
    }
    out->is_digest = is_digest(x, near, why, n);
    if (best == STORY_SAME_URL)
        return best;
    if (is_used_twice(near, why, n) ||
        (out->is_digest && !near[out->which].is_digest))
        return STORY_APART;
    return best != STORY_APART ? best : same_event(x, near, n, &out->which);
}

/* ---- the lead ------------------------------------------------------------ */

/* A member as a candidate, with what depends on the others. */
struct claim {
    const struct story_sketch *is;
    bool is_origin, is_whole;
    int64_t first; /* when its source first had the story */
};

/* Feeds call themselves "NAME", "NAME - news" or "NAME | tech". */
static bool is_name_of(struct str origin, struct str name)
{
    return origin.n > 0 &&
           (str_eq(name, origin) ||
            (origin.n >= NAME_MIN_BYTES && str_starts(name, origin)));
}

static bool names(const struct story_sketch *copy,
                  const struct story_sketch *origin)
{
    if (copy->origin_site.n > 0 && str_eq(copy->origin_site, origin->site))
        return true;
    return is_name_of(copy->origin, origin->names[0]) ||
           is_name_of(copy->origin, origin->names[1]);
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
                             size_t i, int64_t longest)
{
    const struct story_sketch *m = &members[i];
    struct claim c = {
        .is = m,
        .is_whole = (double)m->chars >= WHOLE_SHARE * (double)longest,
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

/* Of members that nothing else tells apart, so that the order in which they came
 * into the store decides nothing. */
static bool comes_first(const struct story_sketch *a,
                        const struct story_sketch *b)
{
    int by_key = str_cmp(a->url_key, b->url_key);
    int by_source = by_key != 0 ? by_key : str_cmp(a->source, b->source);

    if (by_source != 0)
        return by_source < 0;
    if (a->chars != b->chars)
        return a->chars > b->chars;
    if (a->title != b->title)
        return a->title < b->title;
    return memcmp(&a->text, &b->text, sizeof a->text) < 0;
}

static bool is_better(const struct claim *a, const struct claim *b)
{
    if (a->is->is_gone != b->is->is_gone)
        return b->is->is_gone;
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
    return comes_first(a->is, b->is);
}

size_t story_lead(const struct story_sketch *members, size_t n)
{
    int64_t longest = 0;
    size_t best = 0;
    struct claim best_claim;

    for (size_t i = 0; i < n; i++)
        if (!members[i].is_spam && members[i].chars > longest)
            longest = members[i].chars;
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

/* ---- for the store ------------------------------------------------------- */

static void join(const struct story_sketch *x, const struct story_sketch *near,
                 size_t n, struct story_choice *out)
{
    out->why = story_why_name(story_join(x, near, n, out));
}

const struct story_judge story_judge = {story_sketch_of, join, event_of,
                                        story_lead};
