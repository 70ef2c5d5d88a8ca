/*
 * Which story a new item belongs to, and which of a story's items leads it.
 *
 * A new item joins by a key that identifies an article wherever it turns up:
 * first its address, then its text.  Both are exact, so it makes no difference
 * which member of the story holds the key.  What must not join:
 *
 *  - a key marked shared in any source (see store_match.c): front pages, notices
 *    that stand in for the text of many articles;
 *  - a text that one source already has in two stories, for the same reason;
 *  - two items of one source, unless the title is the same too: a new version
 *    of an article, or the article given out again;
 *  - short texts under different titles (store_keys.c says how short).
 *
 * An item that no key places may still be a near copy: store_near.c.  Which
 * member leads is for the judge that was handed in (item/story.h); it is asked
 * once a transaction, for a story may get dozens of members in one.
 */
#include "store/store_item.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/vec.h"
#include "item/story.h"
#include "text/fold.h"
#include "text/site.h"
#include "text/url.h"

#define CANDIDATES_MAX 64
#define MEMBERS_MAX    64

/* ---- joining --------------------------------------------------------------- */

struct candidate {
    int64_t item, source, story;
    bool is_shared;
    bool has_same_title;
};

struct candidates {
    struct candidate at[CANDIDATES_MAX];
    size_t n;
};

static int by_item(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;

    return x->item < y->item ? -1 : x->item > y->item;
}

/* The oldest first.  They are sorted here: most keys have none, for which SQLite
 * would make its sorter all the same. */
static bool load_candidates(struct store *s, struct arena *a,
                            struct hash128 hash, struct str title_letters,
                            struct candidates *out, struct error *err)
{
    static const char sql[] =
        "SELECT i.id, i.source, i.story, k.is_shared, i.title FROM item_key k"
        " JOIN item i ON i.id = k.item WHERE k.hash = ? LIMIT ?";
    struct query q;
    bool has;

    out->n = 0;
    if (!query_ask(&q, s, sql, VALUES(of_hash(hash), of_int(CANDIDATES_MAX)),
                   err))
        return false;
    while (query_next(&q, &has, err)) {
        struct candidate *c = &out->at[out->n];
        struct str letters;

        if (!has) {
            if (out->n > 1)
                qsort(out->at, out->n, sizeof *out->at, by_item);
            return query_end(&q, err);
        }
        c->item = column_int(&q);
        c->source = column_int(&q);
        c->story = column_int(&q);
        c->is_shared = column_int(&q) != 0;
        letters = fold_letters(a, column_view(&q));
        c->has_same_title = letters.n > 0 && str_eq(letters, title_letters);
        out->n++;
    }
    return false;
}

/* One source has the key in two stories. */
static bool is_in_two_stories(const struct candidates *c)
{
    for (size_t i = 0; i < c->n; i++)
        for (size_t k = i + 1; k < c->n; k++)
            if (c->at[i].source == c->at[k].source &&
                c->at[i].story != c->at[k].story)
                return true;
    return false;
}

/* The story of the earliest candidate that may be joined, 0 for none. */
static int64_t choose_story(const struct candidates *c, int64_t source,
                            bool needs_title)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->at[i].is_shared)
            return 0;
    if (is_in_two_stories(c))
        return 0;
    for (size_t i = 0; i < c->n; i++)
        if (c->at[i].has_same_title ||
            (!needs_title && c->at[i].source != source))
            return c->at[i].story;
    return 0;
}

bool story_find(struct store *s, struct arena *a, int64_t source,
                const struct item_keys *keys, int64_t *story, struct str *why,
                struct error *err)
{
    struct candidates found;

    *story = 0;
    *why = STR_NONE;
    if (keys->url_may_join) {
        if (!load_candidates(s, a, keys->url, keys->title_letters, &found, err))
            return false;
        *story = choose_story(&found, source, false);
        *why = *story != 0 ? STR("same-url") : STR_NONE;
    }
    if (*story == 0 && keys->has_text) {
        if (!load_candidates(s, a, keys->text, keys->title_letters, &found,
                             err))
            return false;
        *story = choose_story(&found, source, !keys->text_is_long);
        *why = *story != 0 ? STR("same-text") : STR_NONE;
    }
    return true;
}

bool story_new(struct store *s, int64_t now, int64_t *story, struct error *err)
{
    static const char sql[] = "INSERT INTO story (made) VALUES (?)";

    if (s->spare.n > 0) {
        *story = s->spare.at[--s->spare.n];
        return true;
    }
    if (!query_do(s, sql, VALUES(of_int(now)), err))
        return false;
    *story = store_last_rowid(s);
    return true;
}

/* ---- members ----------------------------------------------------------------- */

struct member {
    int64_t id;
    bool is_lead;
    struct str why, url;
};

struct members {
    struct {
        struct member *at;
        size_t n, cap;
    } of;
    struct {
        struct story_sketch *at; /* one for each */
        size_t n, cap;
    } sketches;
};

static void read_member(struct query *q, struct arena *a, struct members *out)
{
    struct member *m = vec_add(a, &out->of);
    struct story_sketch *k = vec_add(a, &out->sketches);

    *k = (struct story_sketch){0};
    m->id = column_int(q);
    m->is_lead = column_int(q) != 0;
    m->why = column_str(q, a);
    k->source = column_str(q, a);
    k->chars = column_int(q);
    k->is_spam = column_int(q) != 0;
    k->published = column_int(q);
    m->url = column_str(q, a);
    k->names[0] = fold_letters(a, column_view(q));
    k->names[1] = fold_letters(a, column_view(q));
    k->origin = fold_letters(a, column_view(q));
    k->origin_site = site_of_url(a, column_view(q));
    k->is_gone = column_int(q) == 0;
}

/* What takes long to make of their addresses, where it can decide: the sites when
 * one names its origin's, the keys of those of one moment. */
static void read_addresses(struct arena *a, struct members *members)
{
    struct story_sketch *k = members->sketches.at;
    size_t n = members->of.n;
    bool any_origin = false;

    for (size_t i = 0; i < n; i++)
        any_origin |= k[i].origin_site.n > 0;
    for (size_t i = 0; i < n; i++) {
        struct str url = members->of.at[i].url;
        bool is_tied = false;

        for (size_t j = 0; j < n && !is_tied; j++)
            is_tied = j != i && k[j].published == k[i].published;
        if (is_tied)
            k[i].url_key = url_key(a, url);
        if (any_origin)
            k[i].site = site_of_url(a, url);
    }
}

/* Adds those of STORY to OUT, with all that the lead is chosen by. */
static bool load_members(struct store *s, struct arena *a, int64_t story,
                         struct members *out, struct error *err)
{
    static const char sql[] =
        "SELECT i.id, i.is_lead, i.why, s.name, i.letters,"
        " i.is_spam_cut, i.published, i.url, s.title, i.site_name,"
        " i.origin, i.origin_url, b.item IS NOT NULL"
        " FROM item i JOIN source s ON s.id = i.source"
        " LEFT JOIN body b ON b.item = i.id WHERE i.story = ?" ORDER_OF_MEMBERS
        " LIMIT ?";
    struct query q;
    bool has;

    if (!query_ask(&q, s, sql, VALUES(of_int(story), of_int(MEMBERS_MAX)), err))
        return false;
    while (query_next(&q, &has, err)) {
        if (!has) {
            read_addresses(a, out);
            return query_end(&q, err);
        }
        read_member(&q, a, out);
    }
    return false;
}

/* ---- the lead ---------------------------------------------------------------- */

static bool set_lead(struct store *s, int64_t item, bool is_lead,
                     struct str why, struct error *err)
{
    static const char sql[] =
        "UPDATE item SET is_lead = ?, why = ? WHERE id = ?";

    return query_do(s, sql, VALUES(of_int(is_lead), of_str(why), of_int(item)),
                    err);
}

/* What joined the new lead to the story joins the old one to it. */
bool story_rank(struct store *s, struct arena *a, int64_t story,
                struct error *err)
{
    struct members members = {0};
    struct member *lead;

    if (!load_members(s, a, story, &members, err))
        return false;
    if (members.of.n == 0)
        return true;
    lead = &members.of.at[s->judge->lead(members.sketches.at, members.of.n)];
    if (lead->is_lead)
        return true;
    for (size_t i = 0; i < members.of.n; i++)
        if (members.of.at[i].is_lead &&
            !set_lead(s, members.of.at[i].id, false, lead->why, err))
            return false;
    return set_lead(s, lead->id, true, STR_NONE, err);
}

static void add_story(struct stories *to, int64_t story)
{
    if (to->n == to->cap) {
        to->cap = to->cap == 0 ? 64 : 2 * to->cap;
        to->at = heap_realloc(to->at, size_mul(to->cap, sizeof *to->at));
    }
    to->at[to->n++] = story;
}

void story_rank_later(struct store *s, int64_t story)
{
    if (s->unranked.n == 0 || s->unranked.at[s->unranked.n - 1] != story)
        add_story(&s->unranked, story);
}

void story_spare(struct store *s, int64_t story)
{
    add_story(&s->spare, story);
}

bool stories_drop_spare(struct store *s, struct error *err)
{
    static const char sql[] = "DELETE FROM story WHERE id = ?";

    while (s->spare.n > 0)
        if (!query_do(s, sql, VALUES(of_int(s->spare.at[--s->spare.n])), err))
            return false;
    return true;
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return x < y ? -1 : x > y;
}

bool stories_rank(struct store *s, struct error *err)
{
    const int64_t *at = s->unranked.at;
    size_t n = s->unranked.n;

    s->unranked.n = 0;
    if (n > 1)
        qsort(s->unranked.at, n, sizeof *at, by_number);
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && at[i] == at[i - 1])
            continue;
        arena_reset(s->put);
        if (!story_rank(s, s->put, at[i], err))
            return false;
    }
    return true;
}
