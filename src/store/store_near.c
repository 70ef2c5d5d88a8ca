/*
 * Near copies of an item, and reports of its event in other words.  Table
 * sketch_key finds the items that share some of its sketch's smallest hashes,
 * event_key those of the last days whose titles share terms; what their stories
 * are to it is for the judge that was handed in (item/story.h).
 */
#include "store/store_item.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/vec.h"
#include "item/story.h"
#include "text/fold.h"

#define FOUND_MAX   64 /* items that one key finds */
#define MEMBERS_MAX 64
#define STORIES_MAX 8
#define NEAR_MAX    256 /* items looked at for their stories */
/* Hashes of a sketch by which it is found.  A copy with a quarter of the text
 * shares a quarter of its original's smallest, and is missed 1 time in 100. */
#define SKETCH_KEYS 16
#define EVENT_HITS  2 /* terms of the title that reports of one event share */
#define EVENT_KEPT  ((int64_t)7 * 86400)

struct sketches {
    struct story_sketch *at;
    size_t n, cap;
};

/* ---- members ----------------------------------------------------------------- */

/* The event as numbers: first the title's sorts and marks, then its terms, each
 * with its kind and place in the bits that a hash leaves. */
static size_t pack_event(const struct event *e, uint64_t *out)
{
    out[0] = e->types | (uint64_t)e->is_cjk << 32 |
             (uint64_t)e->is_reply << 33 | (uint64_t)e->is_variant << 34;
    for (size_t i = 0; i < e->n; i++)
        out[i + 1] = e->terms[i].hash | (uint64_t)e->terms[i].kind << 1 |
                     e->terms[i].in_title;
    return e->n + 1;
}

static void read_event(struct query *q, struct arena *a, struct event *out)
{
    uint64_t packed[EVENT_TERMS_MAX + 1];
    size_t n = column_numbers(q, packed, EVENT_TERMS_MAX + 1);

    if (n == 0)
        return;
    *out = (struct event){.terms = arena_array(a, n, sizeof *out->terms),
                          .n = n - 1,
                          .types = (uint32_t)packed[0],
                          .is_cjk = packed[0] >> 32 & 1,
                          .is_reply = packed[0] >> 33 & 1,
                          .is_variant = packed[0] >> 34 & 1};
    for (size_t i = 0; i < out->n; i++) {
        unsigned kind = packed[i + 1] >> 1 & 7;

        if (kind > TERM_ORDINAL)
            query_damaged(q);
        out->terms[i] =
            (struct event_term){.hash = packed[i + 1] & EVENT_HASH_BITS,
                                .kind = (enum term_kind)kind,
                                .in_title = packed[i + 1] & 1};
    }
}

static void read_near(struct store *s, struct query *q, struct arena *a,
                      struct sketches *out)
{
    struct story_sketch *k = vec_add(a, out);
    struct str title, letters;

    *k = (struct story_sketch){0};
    k->story = column_int(q);
    k->source = column_str(q, a);
    k->published = column_int(q);
    title = column_str(q, a);
    letters = fold_letters(a, title);
    k->title = letters.n == 0 ? 0 : hash64(letters);
    k->shingles.n = (uint32_t)column_numbers(q, k->shingles.hash, SKETCH_MAX);
    read_event(q, a, &k->event);
    /* Of an item stored before events were. */
    if (!column_is_null(q))
        s->judge->event(a, title, column_view(q), &k->event);
}

/* Adds those of STORY to OUT with what the judge compares of near copies and
 * reports, and nothing else; their events only when asked for. */
static bool load_near(struct store *s, struct arena *a, int64_t story,
                      bool with_events, struct sketches *out, struct error *err)
{
    static const char sql[] =
        "SELECT i.story, s.name, i.published, i.title, k.hashes,"
        " iif(?1, k.event, NULL), iif(?1 AND k.event IS NULL, (SELECT"
        " substr(iif(b.text = '', b.summary, b.text), 1, 1200)"
        " FROM body b WHERE b.item = i.id), NULL)"
        " FROM item i JOIN source s ON s.id = i.source"
        " LEFT JOIN sketch k ON k.item = i.id WHERE i.story = ?2"
        " ORDER BY i.published, i.id LIMIT ?3";
    struct query q;
    bool has;

    if (!query_start(&q, s, sql, err))
        return false;
    bind_int(&q, with_events);
    bind_int(&q, story);
    bind_int(&q, MEMBERS_MAX);
    while (query_next(&q, &has, err)) {
        if (!has)
            return query_end(&q, err);
        read_near(s, &q, a, out);
    }
    return false;
}

/* ---- looking for them --------------------------------------------------------- */

struct near {
    int64_t item;
    int hits;
};

struct nears {
    struct near *at;
    size_t n, cap;
};

static int by_item(const void *a, const void *b)
{
    const struct near *x = a, *y = b;

    return x->item < y->item ? -1 : x->item > y->item;
}

static int by_hits(const void *a, const void *b)
{
    const struct near *x = a, *y = b;

    return x->hits != y->hits ? y->hits - x->hits : -by_item(a, b);
}

/* A hash is kept as SQLite's signed integer of the same bits. */
static int64_t as_key(uint64_t hash)
{
    int64_t key;

    memcpy(&key, &hash, sizeof key);
    return key;
}

/* SQL selects items by a hash and a limit. */
static bool find_key(struct store *s, struct arena *a, const char *sql,
                     uint64_t hash, struct nears *out, struct error *err)
{
    struct query q;
    bool has;

    if (!query_start(&q, s, sql, err))
        return false;
    bind_int(&q, as_key(hash));
    bind_int(&q, FOUND_MAX);
    while (query_next(&q, &has, err)) {
        struct near *near;

        if (!has)
            return query_end(&q, err);
        near = vec_add(a, out);
        *near = (struct near){column_int(&q), 1};
    }
    return false;
}

/* One of each, those that were found most often first. */
static void rank_near(struct nears *near)
{
    size_t n = 0;

    if (near->n == 0)
        return;
    qsort(near->at, near->n, sizeof *near->at, by_item);
    for (size_t i = 1; i < near->n; i++) {
        if (near->at[i].item == near->at[n].item)
            near->at[n].hits++;
        else
            near->at[++n] = near->at[i];
    }
    near->n = n + 1;
    qsort(near->at, near->n, sizeof *near->at, by_hits);
}

/* The items that share some of the smallest hashes with K. */
static bool find_copies(struct store *s, struct arena *a,
                        const struct sketch *k, struct nears *out,
                        struct error *err)
{
    static const char sql[] = "SELECT item FROM sketch_key WHERE hash = ?"
                              " ORDER BY item DESC LIMIT ?";

    for (uint32_t i = 0; i < k->n && i < SKETCH_KEYS; i++)
        if (!find_key(s, a, sql, k->hash[i], out, err))
            return false;
    rank_near(out);
    return true;
}

/* The items that share some terms of the title with E. */
static bool find_reports(struct store *s, struct arena *a,
                         const struct event *e, struct nears *out,
                         struct error *err)
{
    static const char sql[] = "SELECT item FROM event_key WHERE hash = ?"
                              " ORDER BY item DESC LIMIT ?";

    for (size_t i = 0; i < e->n; i++)
        if (e->terms[i].in_title &&
            !find_key(s, a, sql, e->terms[i].hash, out, err))
            return false;
    rank_near(out);
    while (out->n > 0 && out->at[out->n - 1].hits < EVENT_HITS)
        out->n--;
    return true;
}

/* The story that an item is in, and when the item was published. */
static bool story_of(struct store *s, int64_t item, int64_t *story,
                     int64_t *published, struct error *err)
{
    static const char sql[] = "SELECT story, published FROM item WHERE id = ?";
    struct query q;
    bool has;

    if (!query_start(&q, s, sql, err))
        return false;
    bind_int(&q, item);
    if (!query_next(&q, &has, err))
        return false;
    if (!has)
        return store_damaged(s, err, "a sketch without its item");
    *story = column_int(&q);
    *published = column_int(&q);
    return query_end(&q, err);
}

static bool has_story(const struct sketches *near, int64_t story)
{
    for (size_t i = 0; i < near->n; i++)
        if (near->at[i].story == story)
            return true;
    return false;
}

static bool is_in_window(int64_t published, int64_t other)
{
    int64_t apart = published - other;

    return apart <= STORY_EVENT_WINDOW && apart >= -STORY_EVENT_WINDOW;
}

/* Joins X to one of the stories of NEAR, if the judge finds it right.  An
 * event's reports are near in time; to read what the others say costs most. */
static bool join_near(struct store *s, struct arena *a,
                      const struct story_sketch *x, const struct nears *near,
                      bool with_events, int64_t *story, struct str *why,
                      struct error *err)
{
    struct sketches members = {0};
    size_t which = 0;
    int stories = 0;

    for (size_t i = 0; i < near->n && i < NEAR_MAX && stories < STORIES_MAX;
         i++) {
        int64_t of = 0, published = 0;
        size_t before;

        if (!story_of(s, near->at[i].item, &of, &published, err))
            return false;
        if (of == x->story || has_story(&members, of) ||
            (with_events && !is_in_window(x->published, published)))
            continue;
        before = members.n;
        if (!load_near(s, a, of, with_events, &members, err))
            return false;
        /* Of so many not all are here, and one may be of X's source. */
        if (with_events && members.n - before == MEMBERS_MAX)
            members.n = before;
        stories++;
    }
    if (members.n == 0)
        return true;
    *why = s->judge->join(x, members.at, members.n, &which);
    if (why->n > 0)
        *story = members.at[which].story;
    return true;
}

bool story_near(struct store *s, struct arena *a, const struct story_sketch *x,
                int64_t *story, struct str *why, struct error *err)
{
    struct story_sketch bare = *x;
    struct nears copies = {0}, reports = {0};

    /* An address that says something has been asked already. */
    bare.url_key = STR_NONE;
    *story = 0;
    *why = STR_NONE;
    return find_copies(s, a, &x->shingles, &copies, err) &&
           join_near(s, a, &bare, &copies, false, story, why, err) &&
           (*story != 0 || x->published == 0 ||
            (find_reports(s, a, &x->event, &reports, err) &&
             join_near(s, a, &bare, &reports, true, story, why, err)));
}

/* ---- keeping what finds them --------------------------------------------------- */

/* SQL inserts a hash and an item. */
static bool put_key(struct store *s, const char *sql, int64_t item,
                    uint64_t hash, struct error *err)
{
    struct query q;

    if (!query_start(&q, s, sql, err))
        return false;
    bind_int(&q, as_key(hash));
    bind_int(&q, item);
    return query_run(&q, err);
}

static bool put_sketch(struct store *s, int64_t item,
                       const struct story_sketch *x, struct error *err)
{
    static const char sql[] =
        "INSERT INTO sketch (item, shingles, hashes, event)"
        " VALUES (?, ?, ?, ?)"
        " ON CONFLICT (item) DO UPDATE SET shingles = excluded.shingles,"
        " hashes = excluded.hashes, event = excluded.event";
    const struct sketch *k = &x->shingles;
    uint64_t packed[EVENT_TERMS_MAX + 1];
    struct query q;

    if (!query_start(&q, s, sql, err))
        return false;
    bind_int(&q, item);
    bind_int(&q, sketch_shingles(k));
    bind_numbers(&q, k->hash, k->n);
    bind_numbers(&q, packed, pack_event(&x->event, packed));
    return query_run(&q, err);
}

/* The first item in the index of titles, when it was stored before LIMIT. */
static bool oldest_report(struct store *s, int64_t limit, int64_t *item,
                          struct error *err)
{
    static const char sql[] =
        "SELECT i.id, i.first_seen FROM event_key k JOIN item i"
        " ON i.id = k.item ORDER BY k.item LIMIT 1";
    struct query q;
    bool has;

    *item = 0;
    if (!query_start(&q, s, sql, err) || !query_next(&q, &has, err))
        return false;
    if (has) {
        *item = column_int(&q);
        if (column_int(&q) >= limit)
            *item = 0;
    }
    return query_end(&q, err);
}

/* Two go for one that comes, so the index stays as small as some days' news. */
static bool drop_old_reports(struct store *s, int64_t now, struct error *err)
{
    static const char sql[] = "DELETE FROM event_key WHERE item = ?";
    int64_t old = 0;

    for (int i = 0; i < 2; i++) {
        if (!oldest_report(s, now - EVENT_KEPT, &old, err))
            return false;
        if (old == 0)
            return true;
        if (!query_run_on(s, sql, old, err))
            return false;
    }
    return true;
}

bool sketch_put(struct store *s, int64_t item, const struct story_sketch *x,
                bool is_new, int64_t now, struct error *err)
{
    static const char put_copy[] =
        "INSERT INTO sketch_key (hash, item) VALUES (?, ?)";
    static const char put_report[] =
        "INSERT INTO event_key (hash, item) VALUES (?, ?)";
    static const char drop_copy[] = "DELETE FROM sketch_key WHERE item = ?";
    static const char drop_report[] = "DELETE FROM event_key WHERE item = ?";
    const struct sketch *k = &x->shingles;

    if (!put_sketch(s, item, x, err))
        return false;
    if (!is_new && (!query_run_on(s, drop_copy, item, err) ||
                    !query_run_on(s, drop_report, item, err)))
        return false;
    for (uint32_t i = 0; i < k->n && i < SKETCH_KEYS; i++)
        if (!put_key(s, put_copy, item, k->hash[i], err))
            return false;
    for (size_t i = 0; i < x->event.n; i++)
        if (x->event.terms[i].in_title &&
            !put_key(s, put_report, item, x->event.terms[i].hash, err))
            return false;
    return drop_old_reports(s, now, err);
}
