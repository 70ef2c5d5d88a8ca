/*
 * Each kind is kept in two halves.  What comes, and what is asked for, goes into
 * the young half; when that is full it becomes the old one, and what lay in the
 * old one and was not asked for meanwhile is forgotten.
 */
#include "store/store_members.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"

/* Of a half: 25,000 members for copies, some 6,000 for reports; with half as many
 * copies and reports a first fetch took a fifth more CPU. */
#define COPIES_BYTES  ((size_t)7 << 20)
#define REPORTS_BYTES ((size_t)4 << 20)
#define KINDS         2
#define SLOTS_MIN     ((size_t)256)
#define PLACES        ((size_t)1 << 16) /* 1 MB */

/* A member, packed: its terms, then its hashes' higher halves. */
struct member {
    struct member *next; /* of the story, in the order of their coming */
    const char *source;
    int64_t published;
    uint64_t title, types;
    uint32_t source_bytes;
    bool knows_hour, is_digest;
    unsigned short n_hashes, n_terms;
    struct event_term terms[];
};

struct list {
    struct member *first, *last;
    size_t n;
};

struct known {
    int64_t id;        /* of a story; 0: nothing is here */
    struct list *list; /* NULL: dropped */
};

struct ids {
    struct known *slots; /* open addressing; a power of two of them */
    size_t n, n_slots;
};

/* Which story an item is in.  Ids run on, so these are most often the last. */
struct in_story {
    int64_t item, story; /* ITEM is 0 where nothing is known */
};

struct half {
    struct arena *a;
    struct ids stories;
    struct map sources; /* id: index in names */
    VEC(struct str) names;
};

struct kind {
    struct half young, old;
    size_t half_bytes;
};

struct members_kept {
    struct kind kinds[KINDS];
    struct in_story places[PLACES];
    bool has_places;       /* some of them say something */
    struct sketches given; /* room that is filled over and over */
};

/* ---- ids ------------------------------------------------------------------- */

/* Where ID is, or would be.  Ids run on, and so do their places. */
static struct known *slot_of(const struct ids *ids, int64_t id)
{
    size_t i = (size_t)id & (ids->n_slots - 1);

    while (ids->slots[i].id != 0 && ids->slots[i].id != id)
        i = (i + 1) & (ids->n_slots - 1);
    return &ids->slots[i];
}

static struct known *ids_get(const struct ids *ids, int64_t id)
{
    struct known *known = ids->n == 0 ? NULL : slot_of(ids, id);

    return known == NULL || known->id == 0 ? NULL : known;
}

/* That of ID, made when it is new. */
static struct known *ids_put(struct ids *ids, int64_t id)
{
    struct known *old = ids->slots, *known;
    size_t n = ids->n_slots;

    if (ids->n >= n / 2) {
        ids->n_slots = n == 0 ? SLOTS_MIN : 2 * n;
        ids->slots = heap_alloc(size_mul(ids->n_slots, sizeof *old));
        memset(ids->slots, 0, ids->n_slots * sizeof *old);
        for (size_t i = 0; i < n; i++)
            if (old[i].id != 0)
                *slot_of(ids, old[i].id) = old[i];
        free(old);
    }
    known = slot_of(ids, id);
    ids->n += known->id == 0;
    known->id = id;
    return known;
}

static void ids_done(struct ids *ids)
{
    free(ids->slots);
    *ids = (struct ids){0};
}

/* ---- halves ------------------------------------------------------------------- */

static void reset(struct half *h)
{
    ids_done(&h->stories);
    arena_reset(h->a);
    *h = (struct half){.a = h->a};
    map_init(&h->sources, h->a);
}

static void half_done(struct half *h)
{
    ids_done(&h->stories);
    arena_free(h->a);
}

static size_t bytes_of(const struct half *h)
{
    return arena_used(h->a) + h->stories.n_slots * sizeof(struct known);
}

struct members_kept *members_new(void)
{
    struct members_kept *m = heap_alloc(sizeof *m);

    m->kinds[FOR_COPIES].half_bytes = COPIES_BYTES;
    m->kinds[FOR_REPORTS].half_bytes = REPORTS_BYTES;
    for (int i = 0; i < KINDS; i++) {
        m->kinds[i].young.a = arena_new(0);
        m->kinds[i].old.a = arena_new(0);
        reset(&m->kinds[i].young);
        reset(&m->kinds[i].old);
    }
    return m;
}

void members_free(struct members_kept *m)
{
    if (m == NULL)
        return;
    for (int i = 0; i < KINDS; i++) {
        half_done(&m->kinds[i].young);
        half_done(&m->kinds[i].old);
    }
    free(m->given.at);
    free(m);
}

static struct list *list_in(const struct half *h, int64_t story)
{
    const struct known *known = ids_get(&h->stories, story);

    return known == NULL ? NULL : known->list;
}

/* An empty list for STORY, in place of one that is there. */
static struct list *new_list(struct half *h, int64_t story)
{
    struct list *list = arena_make(h->a, struct list);

    ids_put(&h->stories, story)->list = list;
    return list;
}

static struct str name_in(struct half *h, struct str source)
{
    size_t *place = map_get(&h->sources, source);

    if (place != NULL)
        return h->names.at[*place];
    source = arena_str(h->a, source);
    *map_put(&h->sources, source, NULL) = h->names.n;
    *vec_add(h->a, &h->names) = source;
    return source;
}

static size_t member_bytes(size_t n_terms, size_t n_hashes)
{
    return sizeof(struct member) + n_terms * sizeof(struct event_term) +
           n_hashes * sizeof(uint32_t);
}

static uint32_t *hashes_of(struct member *m)
{
    return (uint32_t *)(m->terms + m->n_terms);
}

static void append(struct list *list, struct member *m)
{
    m->next = NULL;
    if (list->last == NULL)
        list->first = m;
    else
        list->last->next = m;
    list->last = m;
    list->n++;
}

/* M has room for all. */
static void pack(const struct story_sketch *k, struct str source,
                 bool has_event, struct member *m)
{
    size_t n_terms = has_event ? k->event.n : 0;

    *m = (struct member){.source = source.p,
                         .source_bytes = (uint32_t)source.n,
                         .published = k->published,
                         .knows_hour = k->knows_hour,
                         .is_digest = k->is_digest,
                         .title = k->title,
                         .n_hashes = (unsigned short)k->shingles.n,
                         .n_terms = (unsigned short)n_terms};
    if (has_event)
        m->types = k->event.types;
    for (size_t i = 0; i < n_terms; i++)
        m->terms[i] = k->event.terms[i];
    for (size_t i = 0; i < k->shingles.n; i++)
        hashes_of(m)[i] = (uint32_t)(k->shingles.hash[i] >> 32);
}

static void add_member(struct half *h, struct list *list,
                       const struct story_sketch *k, bool has_event)
{
    size_t n_terms = has_event ? k->event.n : 0;
    struct member *m = arena_alloc(h->a, member_bytes(n_terms, k->shingles.n));

    pack(k, name_in(h, k->source), has_event, m);
    append(list, m);
}

/* Into OUT, which was zeroed once: what is not set here never is. */
static void unpack(int64_t story, struct member *m, struct story_sketch *out)
{
    out->story = story;
    out->source = str_of(m->source, m->source_bytes);
    out->title = m->title;
    out->published = m->published;
    out->knows_hour = m->knows_hour;
    out->is_digest = m->is_digest;
    out->event =
        (struct event){.terms = m->terms, .n = m->n_terms, .types = m->types};
    out->shingles.n = m->n_hashes;
    for (size_t i = 0; i < m->n_hashes; i++)
        out->shingles.hash[i] = (uint64_t)hashes_of(m)[i] << 32;
}

struct member *member_new(const struct story_sketch *k)
{
    size_t bytes = member_bytes(k->event.n, k->shingles.n);
    struct member *m = heap_alloc(bytes + k->source.n);
    char *source = (char *)m + bytes;

    if (k->source.n > 0)
        memcpy(source, k->source.p, k->source.n);
    pack(k, str_of(source, k->source.n), true, m);
    return m;
}

void member_read(struct member *m, struct story_sketch *out)
{
    *out = (struct story_sketch){0};
    unpack(0, m, out);
}

/* The list of STORY, which was asked for: it moves to the young half. */
static struct list *find(struct kind *kind, int64_t story)
{
    struct list *list = list_in(&kind->young, story), *old;

    if (list != NULL)
        return list;
    old = list_in(&kind->old, story);
    if (old == NULL)
        return NULL;
    list = new_list(&kind->young, story);
    for (struct member *m = old->first; m != NULL; m = m->next) {
        size_t bytes = member_bytes(m->n_terms, m->n_hashes);
        struct member *copy = arena_alloc(kind->young.a, bytes);
        struct str source = str_of(m->source, m->source_bytes);

        memcpy(copy, m, bytes);
        copy->source = name_in(&kind->young, source).p;
        append(list, copy);
    }
    return list;
}

/* Room for N. */
static struct story_sketch *room_for(struct sketches *given, size_t n)
{
    if (n > given->cap) {
        free(given->at);
        given->cap = n < 64 ? 64 : 2 * n;
        given->at = heap_alloc(size_mul(given->cap, sizeof *given->at));
    }
    return given->at;
}

size_t members_get(struct store *s, enum members_for what,
                   const int64_t *stories, size_t n,
                   const struct story_sketch **out)
{
    struct story_sketch *at;
    size_t all = 0;

    for (size_t i = 0; i < n; i++)
        all += members_count(s, what, stories[i]);
    *out = at = room_for(&s->members->given, all);
    for (size_t i = 0; i < n; i++) {
        const struct list *list = find(&s->members->kinds[what], stories[i]);

        for (struct member *m = list == NULL ? NULL : list->first; m != NULL;
             m = m->next)
            unpack(stories[i], m, at++);
    }
    return all;
}

size_t members_count(const struct store *s, enum members_for what,
                     int64_t story)
{
    const struct kind *kind = &s->members->kinds[what];
    const struct list *list = list_in(&kind->young, story);

    if (list == NULL)
        list = list_in(&kind->old, story);
    return list == NULL ? 0 : list->n;
}

void members_keep(struct store *s, enum members_for what, int64_t story,
                  const struct story_sketch *at, size_t n)
{
    struct half *h = &s->members->kinds[what].young;
    struct list *list = new_list(h, story);

    for (size_t i = 0; i < n; i++)
        add_member(h, list, &at[i], what == FOR_REPORTS);
}

void members_round(struct sketch *k)
{
    for (uint32_t i = 0; i < k->n; i++)
        k->hash[i] &= ~(uint64_t)UINT32_MAX;
}

static struct in_story *place_of(const struct store *s, int64_t item)
{
    return &s->members->places[(size_t)item & (PLACES - 1)];
}

int64_t members_story(const struct store *s, int64_t item)
{
    const struct in_story *place = place_of(s, item);

    return place->item == item ? place->story : 0;
}

void members_keep_story(struct store *s, int64_t item, int64_t story)
{
    s->members->has_places = true;
    *place_of(s, item) = (struct in_story){item, story};
}

void members_add(struct store *s, enum members_for what, int64_t story,
                 bool is_new, const struct story_sketch *k)
{
    struct kind *kind = &s->members->kinds[what];
    struct list *list =
        is_new ? new_list(&kind->young, story) : find(kind, story);

    if (list != NULL)
        add_member(&kind->young, list, k, what == FOR_REPORTS);
}

static void drop_list(struct half *h, int64_t story)
{
    struct known *known = ids_get(&h->stories, story);

    if (known != NULL)
        known->list = NULL;
}

void members_drop(struct store *s, int64_t story)
{
    struct members_kept *m = s->members;

    for (int i = 0; i < KINDS; i++) {
        drop_list(&m->kinds[i].young, story);
        drop_list(&m->kinds[i].old, story);
    }
    for (size_t i = 0; i < PLACES; i++)
        if (m->places[i].story == story)
            m->places[i] = (struct in_story){0};
}

void members_forget(struct store *s)
{
    struct members_kept *m = s->members;

    for (int i = 0; i < KINDS; i++) {
        reset(&m->kinds[i].young);
        reset(&m->kinds[i].old);
    }
    /* A run that brings nothing new does not touch their room. */
    if (m->has_places)
        memset(m->places, 0, sizeof m->places);
    m->has_places = false;
}

void members_trim(struct store *s)
{
    for (int i = 0; i < KINDS; i++) {
        struct kind *kind = &s->members->kinds[i];
        struct half young = kind->young;

        if (bytes_of(&young) <= kind->half_bytes)
            continue;
        kind->young = kind->old;
        kind->old = young;
        reset(&kind->young);
    }
}
