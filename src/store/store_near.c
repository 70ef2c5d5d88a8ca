/*
 * Near copies of an item, and reports of its event in other words.  Shingles
 * (store_shingles.h) find the items that share some of its sketch's smallest hashes,
 * lists (store_lists.h) those of the last days whose titles, or names in the text,
 * it shares; what their stories are to it is for the judge that was handed in
 * (item/story.h).
 */
#include "store/store_item.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/vec.h"
#include "item/story.h"
#include "store/store_body.h"
#include "store/store_found.h"
#include "store/store_lists.h"
#include "store/store_members.h"
#include "store/store_shingles.h"
#include "text/fold.h"

#define MEMBERS_MAX 64
#define STORIES_MAX 4
#define NEAR_MAX    64 /* items looked at for their stories */
/* Terms of the title that reports of one event share, and when all of them are
 * such as half a full list of the last days' titles have. */
#define EVENT_HITS        2
#define EVENT_HITS_COMMON 4
#define RARE_TERM         8 /* titles with it at most: it is as good as two */
/* Terms of the text that are looked for, and by which it is found. */
#define LEAD_ASKED  8
#define LEAD_LISTED 4

/* ---- members ----------------------------------------------------------------- */

/* The event as numbers: first its types, then its terms. */
static size_t pack_event(const struct event *e, uint64_t *out)
{
    out[0] = e->types;
    for (size_t i = 0; i < e->n; i++)
        out[i + 1] = e->terms[i].bits;
    return e->n + 1;
}

static void read_event(struct query *q, struct arena *a, struct event *out)
{
    uint64_t packed[EVENT_TERMS_MAX + 1];
    size_t n = column_numbers(q, packed, EVENT_TERMS_MAX + 1);
    struct event_term *terms;

    if (n == 0)
        return;
    terms = arena_array(a, n, sizeof *terms);
    for (size_t i = 1; i < n; i++) {
        terms[i - 1].bits = packed[i];
        if (event_term_kind(terms[i - 1]) > TERM_RARE_NAME)
            query_damaged(q);
    }
    *out = (struct event){.terms = terms, .n = n - 1, .types = packed[0]};
}

static bool read_near(struct store *s, struct query *q, struct arena *a,
                      enum members_for what, struct sketches *out,
                      struct error *err)
{
    struct story_sketch *k = vec_add(a, out);
    struct str title, letters, text;

    *k = (struct story_sketch){.source = column_str(q, a)};
    k->published = column_int(q);
    k->knows_hour = column_int(q) != 0;
    title = column_str(q, a);
    letters = fold_letters(a, title);
    k->title = letters.n == 0 ? 0 : hash64(letters);
    k->shingles.n = (uint32_t)column_numbers(q, k->shingles.hash, SKETCH_MAX);
    k->is_digest = column_int(q) != 0;
    if (what == FOR_COPIES)
        return true;
    read_event(q, a, &k->event);
    if (column_is_null(q))
        return true;
    /* Of an item stored before events were, or were read as they are now. */
    if (!body_opening(s, a, column_int(q), &text, err))
        return false;
    s->judge->event(a, title, text, &k->event);
    return true;
}

#define MEMBERS(columns)                                                       \
    "SELECT s.name, i.published, i.published_precision > 1 AND"                \
    " i.date_is_first_seen = 0, i.title, k.hashes, k.is_digest" columns        \
    " FROM item i JOIN source s ON s.id = i.source"                            \
    " LEFT JOIN sketch k ON k.item = i.id WHERE i.story = ?"                   \
    " ORDER BY i.published, i.id LIMIT ?"

static bool load_members(struct store *s, struct arena *a,
                         enum members_for what, int64_t story,
                         struct sketches *out, struct error *err)
{
    static const char copies[] = MEMBERS("");
    static const char reports[] =
        MEMBERS(", k.event, iif(k.event IS NULL, i.id, NULL)");
    struct query q;
    bool has;

    if (!query_ask(&q, s, what == FOR_COPIES ? copies : reports,
                   VALUES(of_int(story), of_int(MEMBERS_MAX)), err))
        return false;
    while (query_next(&q, &has, err)) {
        if (!has)
            return query_end(&q, err);
        if (!read_near(s, &q, a, what, out, err))
            return false;
    }
    return false;
}

/* Has the members of STORY, with what the judge compares of near copies or
 * reports and nothing else, in memory. */
static bool have_members(struct store *s, struct arena *a,
                         enum members_for what, int64_t story,
                         struct error *err)
{
    struct sketches loaded = {0};

    if (members_count(s, what, story) > 0)
        return true;
    if (!load_members(s, a, what, story, &loaded, err))
        return false;
    members_keep(s, what, story, loaded.at, loaded.n);
    return true;
}

/* ---- looking for them --------------------------------------------------------- */

/* Of items that a hash of N finds, of MOST at most: one that few have says more,
 * each halving of the list counts as much as the hash. */
static int score_of(size_t n, size_t most)
{
    int score = 1;

    for (; most >= 2 * n && most > 1; most /= 2)
        score++;
    return score;
}

/* The items that share some of the smallest hashes with K. */
static bool find_copies(struct store *s, const struct sketch *k,
                        struct nears *out, struct error *err)
{
    struct found *found = s->found;

    for (uint32_t i = 0; i < k->n && i < SHINGLE_HASHES; i++)
        shingles_foresee(s, k->hash[i]);
    found_begin(found, SHINGLE_HASHES * SHINGLE_ITEMS_MAX);
    for (uint32_t i = 0; i < k->n && i < SHINGLE_HASHES; i++) {
        int64_t items[SHINGLE_ITEMS_MAX];
        int score;
        size_t n;

        if (!shingles_get(s, k->hash[i], items, &n, err))
            return false;
        score = score_of(n, SHINGLE_ITEMS_MAX);
        for (size_t at = 0; at < n; at++)
            found_add(found, items[at], 1, score);
    }
    *out = found_nearest(found, 1, 1);
    return true;
}

_Static_assert(LIST_MAX < REPORTS_UNKNOWN, "counted in a byte");

static bool is_in_window(int64_t published, int64_t other)
{
    int64_t apart = published - other;

    return apart <= STORY_EVENT_WINDOW && apart >= -STORY_EVENT_WINDOW;
}

/* Terms by which reports are found, by their place in the event: those of the title
 * and some of the text. */
struct asked {
    size_t of[EVENT_TERMS_MAX];
    size_t n;
};

/* Of the terms of the text those of KIND, until LEFT more are there. */
static size_t ask_lead(const struct event *e, enum term_kind kind, size_t left,
                       struct asked *out)
{
    for (size_t i = 0; i < e->n && left > 0; i++) {
        if (event_term_in_title(e->terms[i]) ||
            event_term_kind(e->terms[i]) != kind)
            continue;
        out->of[out->n++] = i;
        left--;
    }
    return left;
}

/* With OF_TEXT of the text: a feature's title names nothing, whom it is about stands
 * in its text, and in the titles of other reports.  Names first, then what is
 * rare. */
static void choose_asked(const struct event *e, size_t of_text,
                         struct asked *out)
{
    size_t left;

    out->n = 0;
    for (size_t i = 0; i < e->n; i++)
        if (event_term_in_title(e->terms[i]))
            out->of[out->n++] = i;
    left = ask_lead(e, TERM_RARE_NAME, of_text, out);
    (void)ask_lead(e, TERM_RARE, left, out);
}

/* Of N that a term lists, the other reports of X's days that are not later: what came
 * before X counts by its time, not by when it came.  X is among them when it
 * IS_LISTED. */
static uint8_t count_others(const struct story_sketch *x, bool is_listed,
                            const struct listed *of, size_t n)
{
    unsigned count = 0;

    for (size_t i = 0; i < n; i++)
        count += is_in_window(x->published, of[i].published) &&
                 of[i].published <= x->published;
    if (count > 0 && is_listed)
        count--;
    return (uint8_t)count;
}

/* The items near in time that are listed by some terms of X, and into its event by
 * how many each is known. */
static bool find_reports(struct store *s, struct arena *a,
                         struct story_sketch *x, bool is_listed,
                         struct nears *out, struct error *err)
{
    uint8_t *reports = arena_array(a, x->event.n, sizeof *reports);
    struct found *found = s->found;
    struct asked asked;

    memset(reports, REPORTS_UNKNOWN, x->event.n);
    x->event.reports = reports;

    choose_asked(&x->event, LEAD_ASKED, &asked);
    for (size_t i = 0; i < asked.n; i++)
        list_foresee(s, event_term_hash(x->event.terms[asked.of[i]]));
    found_begin(found, asked.n * LIST_MAX);
    for (size_t i = 0; i < asked.n; i++) {
        struct event_term term = x->event.terms[asked.of[i]];
        const struct listed *of;
        int score, hits;
        size_t n;

        if (!list_get(s, event_term_hash(term), &of, &n, err))
            return false;
        reports[asked.of[i]] = count_others(x, is_listed, of, n);
        /* In a text it says little when many have it. */
        if (n > RARE_TERM && !event_term_in_title(term))
            continue;
        score = score_of(n, LIST_MAX);
        hits = n <= RARE_TERM ? EVENT_HITS : 1;
        for (size_t k = 0; k < n; k++)
            if (is_in_window(x->published, of[k].published))
                found_add(found, of[k].item, hits, score);
    }
    *out = found_nearest(found, EVENT_HITS, EVENT_HITS_COMMON);
    return true;
}

bool story_of(struct store *s, int64_t item, int64_t *story, struct error *err)
{
    static const char sql[] = "SELECT story FROM item WHERE id = ?";
    struct query q;
    bool has;

    *story = members_story(s, item);
    if (*story != 0)
        return true;
    if (!query_ask(&q, s, sql, VALUES(of_int(item)), err))
        return false;
    if (!query_int(&q, story, &has, err))
        return false;
    if (has)
        members_keep_story(s, item, *story);
    return true;
}

/* Stories that X may join. */
struct choice {
    int64_t stories[STORIES_MAX];
    size_t n;
};

static bool has_story(const struct choice *c, int64_t story)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->stories[i] == story)
            return true;
    return false;
}

/* The stories of the nearest of NEAR, with their members in memory. */
static bool choose_stories(struct store *s, struct arena *a,
                           const struct story_sketch *x, struct nears *near,
                           enum members_for what, struct choice *out,
                           struct error *err)
{
    size_t stories = 0;

    *out = (struct choice){.n = 0};
    for (size_t i = 0; near->n > 0 && i < NEAR_MAX && stories < STORIES_MAX;
         i++) {
        int64_t of = 0;

        if (!story_of(s, nears_take(near).item, &of, err))
            return false;
        if (of == 0 || of == x->story || has_story(out, of))
            continue;
        if (!have_members(s, a, what, of, err))
            return false;
        stories++;
        /* Of so many not all are here, and one may be of X's source. */
        if (what == FOR_REPORTS && members_count(s, what, of) >= MEMBERS_MAX)
            continue;
        out->stories[out->n++] = of;
    }
    return true;
}

/* Joins X to one of the stories of NEAR, if the judge finds it right. */
static bool join_near(struct store *s, struct arena *a,
                      const struct story_sketch *x, struct nears *near,
                      enum members_for what, struct joined *out,
                      struct error *err)
{
    const struct story_sketch *members;
    struct story_choice found;
    struct choice choice;
    size_t n;

    if (!choose_stories(s, a, x, near, what, &choice, err))
        return false;
    n = members_get(s, what, choice.stories, choice.n, &members);
    if (n == 0)
        return true;
    s->judge->join(x, members, n, &found);
    out->is_digest = out->is_digest || found.is_digest;
    if (found.digest < n) {
        out->digest_story = members[found.digest].story;
        out->digest_source = arena_str(a, members[found.digest].source);
    }
    if (found.why.n > 0) {
        out->story = members[found.which].story;
        out->why = found.why;
    }
    return true;
}

bool story_copy(struct store *s, struct arena *a, const struct story_sketch *x,
                struct joined *out, struct error *err)
{
    struct story_sketch copy = *x;
    struct nears copies = {0};

    /* An address that says something has been asked already. */
    copy.url_key = STR_NONE;
    copy.event = (struct event){0};
    members_round(&copy.shingles);
    *out = (struct joined){0};
    members_trim(s);
    return find_copies(s, &x->shingles, &copies, err) &&
           join_near(s, a, &copy, &copies, FOR_COPIES, out, err);
}

bool story_report(struct store *s, struct arena *a,
                  const struct story_sketch *x, bool is_listed,
                  struct joined *out, struct error *err)
{
    struct story_sketch report = *x;
    struct nears reports = {0};

    report.url_key = STR_NONE;
    members_round(&report.shingles);
    return find_reports(s, a, &report, is_listed, &reports, err) &&
           join_near(s, a, &report, &reports, FOR_REPORTS, out, err);
}

bool story_near(struct store *s, struct arena *a, const struct story_sketch *x,
                struct joined *out, struct error *err)
{
    return story_copy(s, a, x, out, err) &&
           (out->story != 0 || x->published == 0 ||
            story_report(s, a, x, true, out, err));
}

/* ---- keeping what finds them --------------------------------------------------- */

bool sketch_drop(struct store *s, int64_t item, int64_t story,
                 struct error *err)
{
    members_drop(s, story);
    return shingles_drop(s, item, err);
}

static bool write_sketch(struct store *s, const char *sql, int64_t item,
                         const struct story_sketch *x, struct error *err)
{
    const struct sketch *k = &x->shingles;
    uint64_t packed[EVENT_TERMS_MAX + 1];
    struct query q;

    if (!query_start(&q, s, sql, err))
        return false;
    bind_int(&q, item);
    bind_int(&q, sketch_shingles(k));
    bind_numbers(&q, k->hash, k->n);
    bind_numbers(&q, packed, pack_event(&x->event, packed));
    bind_int(&q, x->is_digest);
    return query_run(&q, err);
}

static bool insert_sketch(struct store *s, int64_t item,
                          const struct story_sketch *x, struct error *err)
{
    static const char sql[] =
        "INSERT INTO sketch (item, shingles, hashes, event, is_digest)"
        " VALUES (?1, ?2, ?3, ?4, ?5)";

    return write_sketch(s, sql, item, x, err);
}

/* As two statements, for the reason told at put_body. */
static bool update_sketch(struct store *s, int64_t item,
                          const struct story_sketch *x, struct error *err)
{
    static const char sql[] =
        "UPDATE sketch SET shingles = ?2, hashes = ?3, event = ?4,"
        " is_digest = max(is_digest, ?5) WHERE item = ?1";

    return write_sketch(s, sql, item, x, err) &&
           (store_changes(s) > 0 || insert_sketch(s, item, x, err));
}

static bool add_shingles(struct store *s, int64_t item, const uint64_t *hashes,
                         size_t n, struct error *err)
{
    for (size_t i = 0; i < n && i < SHINGLE_HASHES; i++)
        if (!shingles_add(s, hashes[i], item, err))
            return false;
    return true;
}

static bool add_terms(struct store *s, struct listed item,
                      const struct event *event, int64_t now, struct error *err)
{
    struct asked terms;

    choose_asked(event, LEAD_LISTED, &terms);
    for (size_t i = 0; i < terms.n && item.published != 0; i++)
        if (!list_add(s, event_term_hash(event->terms[terms.of[i]]), item, now,
                      err))
            return false;
    return true;
}

bool sketch_put(struct store *s, int64_t item, const struct story_sketch *x,
                struct error *err)
{
    return insert_sketch(s, item, x, err) &&
           add_shingles(s, item, x->shingles.hash, x->shingles.n, err);
}

bool sketch_list(struct store *s, int64_t item, const struct story_sketch *x,
                 int64_t now, struct error *err)
{
    struct listed listed = {item, x->published};

    return add_terms(s, listed, &x->event, now, err);
}

bool sketch_change(struct store *s, int64_t item, const struct story_sketch *x,
                   int64_t now, struct error *err)
{
    return sketch_drop(s, item, x->story, err) &&
           update_sketch(s, item, x, err) &&
           add_shingles(s, item, x->shingles.hash, x->shingles.n, err) &&
           (report_change(s, item, x) || sketch_list(s, item, x, now, err));
}

#define SKETCHES                                                               \
    "SELECT k.item, k.hashes, i.published, i.first_seen, k.event"              \
    " FROM sketch k JOIN item i ON i.id = k.item"

bool near_fill(struct store *s, bool is_import, struct error *err)
{
    static const char every[] = SKETCHES " ORDER BY k.item";
    static const char some[] =
        SKETCHES " WHERE k.item IN (SELECT now FROM temp.state_item"
                 " WHERE NOT is_known) ORDER BY k.item";
    static const char last[] = "SELECT coalesce(max(first_seen), 0) FROM item";
    struct arena *a = arena_new(0);
    int64_t newest = 0;
    struct query q;
    bool has, ok;

    ok = query_start(&q, s, last, err) && query_int(&q, &newest, &has, err) &&
         query_start(&q, s, is_import ? some : every, err);
    while (ok && (ok = query_next(&q, &has, err)) && has) {
        uint64_t hashes[SKETCH_MAX];
        struct event event = {0};
        struct listed item = {.item = column_int(&q)};
        size_t n = column_numbers(&q, hashes, SKETCH_MAX);
        int64_t seen;

        arena_reset(a);
        item.published = column_int(&q);
        seen = column_int(&q);
        read_event(&q, a, &event);
        if (newest - seen >= LISTED_SECONDS)
            event.n = 0;
        ok = add_shingles(s, item.item, hashes, n, err) &&
             add_terms(s, item, &event, seen, err) && lists_trim(s, err);
    }
    arena_free(a);
    return ok && query_end(&q, err) && shingles_write(s, err) &&
           lists_write(s, err);
}
