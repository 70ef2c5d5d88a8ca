#ifndef JUDGE_EVENT_TERM_H
#define JUDGE_EVENT_TERM_H
/* The sort of a term, in the first bits of its hash: a word, SORT_NUMBER and what
 * enum number_class says, what is said of a number besides (event_aside.h), a field,
 * a mark of the title, what the text tells of, the report's language, or a link. */
#include "base/hash.h"
#include "item/story.h"

enum term_sort {
    SORT_WORD,
    SORT_NUMBER,
    SORT_ASIDE = 10,
    SORT_FIELD,
    SORT_MARK,
    SORT_ACT,
    SORT_LANGUAGE,
    SORT_LINK
};

#define SORT_SHIFT 60

static inline uint64_t term_hash(struct str text, enum term_sort sort)
{
    return (hash64(text) & EVENT_HASH_BITS &
            (UINT64_MAX >> (64 - SORT_SHIFT))) |
           (uint64_t)sort << SORT_SHIFT;
}

/* Two terms that follow each other in a title: what is written after one
 * pattern shares these, and tells of two things all the same. */
static inline uint64_t link_hash(uint64_t first, uint64_t second)
{
    uint64_t both[2] = {first, second};

    return term_hash(str_of((const char *)both, sizeof both), SORT_LINK);
}

#define SAID_SHIFT                                                             \
    5 /* what stands in the hash itself, above the bits that are 0 */

/* Its title is of what is told of many places each day; comments or explains; asks. */
#define MARK_BULLETIN ((uint64_t)SORT_MARK << SORT_SHIFT)
#define MARK_FEATURE  (MARK_BULLETIN | (uint64_t)1 << SAID_SHIFT)
#define MARK_QUESTION (MARK_BULLETIN | (uint64_t)2 << SAID_SHIFT)

/* What the text tells of, an enum event_type; what the title tells of is in the
 * event's types. */
static inline uint64_t act_hash(unsigned type)
{
    return (uint64_t)SORT_ACT << SORT_SHIFT | (uint64_t)type << SAID_SHIFT;
}

static inline unsigned act_of_hash(uint64_t hash)
{
    return (unsigned)(hash >> SAID_SHIFT & 63);
}

/* A field that it is of, an enum event_field; the term's kind says where. */
static inline uint64_t field_hash(unsigned field)
{
    return (uint64_t)SORT_FIELD << SORT_SHIFT | (uint64_t)field << SAID_SHIFT;
}

static inline unsigned field_of_hash(uint64_t hash)
{
    return (unsigned)(hash >> SAID_SHIFT & 255);
}

#define IN_ITS_TEXT  TERM_WORD
#define IN_ITS_TITLE TERM_PAIR
#define IN_BOTH      TERM_NAME

static inline unsigned sort_of_term(uint64_t hash)
{
    return (unsigned)(hash >> SORT_SHIFT);
}
#endif
