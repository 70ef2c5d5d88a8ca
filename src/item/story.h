#ifndef ITEM_STORY_H
#define ITEM_STORY_H
/*
 * What is compared of items to see which report one thing, and who compares.
 * The store keeps sketches and finds neighbours, the judge decides about them;
 * neither knows the other: mill hands the judge to the store.
 */
#include "base/hash.h"
#include "text/shingle.h"

struct arena;
struct item;

/* Seconds between the publication of two reports of one event, at most. */
#define STORY_EVENT_WINDOW ((int64_t)72 * 3600)

/* An ordinal is the number of a round, a part, an issue; what is rare is no word
 * of everyday reports. */
enum term_kind {
    TERM_WORD,
    TERM_PAIR,
    TERM_NAME,
    TERM_NUMBER,
    TERM_ORDINAL,
    TERM_RARE,
    TERM_RARE_NAME
};

static inline bool term_is_name(enum term_kind kind)
{
    return kind == TERM_NAME || kind == TERM_RARE_NAME;
}

/* Terms of a title and of the text's beginning, the most that are taken. */
#define EVENT_TERMS_MAX 224
/* The bits of a hash that tell terms apart; the rest is zero. */
#define EVENT_HASH_BITS (~(uint64_t)31)

/* Where a report has a term. */
#define IN_TITLE 1u
#define IN_TEXT  2u

/* Its kind and its places stand in the bits that its hash leaves, as the store keeps
 * it. */
struct event_term {
    uint64_t bits;
};

static inline struct event_term
event_term_of(uint64_t hash, enum term_kind kind, unsigned places)
{
    return (struct event_term){(hash & EVENT_HASH_BITS) | (uint64_t)kind << 2 |
                               places};
}

static inline uint64_t event_term_hash(struct event_term t)
{
    return t.bits & EVENT_HASH_BITS;
}

/* Of a term read from a table it may be none. */
static inline enum term_kind event_term_kind(struct event_term t)
{
    return (enum term_kind)(t.bits >> 2 & 7);
}

static inline bool event_term_in_title(struct event_term t)
{
    return t.bits & IN_TITLE;
}

static inline unsigned event_term_places(struct event_term t)
{
    return (unsigned)(t.bits & (IN_TITLE | IN_TEXT));
}

/* The store did not look who else has the term. */
#define REPORTS_UNKNOWN UINT8_MAX

/* What a report says in its title and first words. */
struct event {
    /* By hash, distinct; at most EVENT_TERMS_MAX. */
    const struct event_term *terms;
    size_t n;
    /* By how many reports of these days each term is known, for one that is looked
     * for in the store; NULL otherwise. */
    const uint8_t *reports;
    uint64_t types; /* of judge/event_types.h, a bit each */
};

struct story_sketch {
    int64_t story;      /* the one it is in; 0 when it is in none yet */
    struct str source;  /* id of the source it came from */
    struct str url_key; /* see url_key; of several articles on one page with the
                           title's hash; empty without an address */
    uint64_t title;     /* hash of the title's letters, 0 without a title */
    struct hash128 text;    /* hash of the body's letters, 0 when too few */
    size_t letters_bytes;   /* of them */
    struct sketch shingles; /* of the body */
    struct event event;
    bool is_digest; /* it holds several articles that are known */
    /* for choosing the lead, with url_key; read from what is stored */
    int64_t chars;       /* of the body */
    struct str names[2]; /* letters of the names of its source and site */
    struct str site;     /* registrable domain of its address */
    struct str origin, origin_site; /* whom it names as first publisher */
    int64_t published;              /* Unix seconds, 0 unknown */
    bool knows_hour; /* published is no day's beginning and no guess */
    bool is_spam;    /* spam had to be cut out */
    bool is_gone;    /* its body is not kept any more */
};

/* What the judge finds of X and its N neighbours. */
struct story_choice {
    struct str why; /* X joins WHICH of them; empty: none */
    size_t which;
    bool is_digest; /* X holds several of them */
    size_t digest;  /* one that holds X and others, N for none */
};

/* Pure functions; strings in A or borrowed from the arguments. */
struct story_judge {
    /* What is compared of ITEM; not what the lead is chosen by. */
    void (*sketch)(struct arena *a, const struct item *item, struct str source,
                   struct story_sketch *out);
    /* Which of N neighbours, all members of some stories, X joins; WHY is
     * static. */
    void (*join)(const struct story_sketch *x, const struct story_sketch *near,
                 size_t n, struct story_choice *out);
    /* A stored item's event, from its title and the text's beginning. */
    void (*event)(struct arena *a, struct str title, struct str text,
                  struct event *out);
    /* The lead among N >= 1 members. */
    size_t (*lead)(const struct story_sketch *members, size_t n);
};
#endif
