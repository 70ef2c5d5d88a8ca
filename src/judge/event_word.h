#ifndef JUDGE_EVENT_WORD_H
#define JUDGE_EVENT_WORD_H
/* A word of an alphabet, as reports are compared by it, and what is known of it. */
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct arena;

#define EVENT_WORD_ROOM 32 /* bytes; few words are longer */

/* A word as it is compared, and what its letters say. */
struct event_word {
    struct str key;
    size_t chars, up; /* of the key; capitals as it was written */
    bool has_digit;
    char room[EVENT_WORD_ROOM]; /* of a short key */
};

/* WRITTEN must live as long as OUT, whose key is in A or in OUT itself. */
void event_word_read(struct arena *a, struct str written,
                     struct event_word *out);

/* What event_words.def knows of a word's key. */
#define WORD_COMMON 1u
#define WORD_ROUND  2u
#define WORD_NUMBER 4u
unsigned word_known(struct str key);

/* Whether many reports share a term: the first letters of a word, a pair of Han. */
bool term_is_known(struct str term);
#endif
