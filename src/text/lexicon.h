#ifndef TEXT_LEXICON_H
#define TEXT_LEXICON_H
/*
 * Words that are known beforehand, with what they mean: a table made once in the
 * life of a program and only read from then on.
 *
 *     static lexicon_place place;
 *     meaning = lexicon_get(lexicon_at(&place, fill), word);
 */
#include <stdatomic.h>

#include "base/str.h"

struct lexicon;

/* Where a table is kept once it is made; zero before. */
typedef struct lexicon *_Atomic lexicon_place;

/* What lexicon_at does the first time; for its use only. */
const struct lexicon *lexicon_make(lexicon_place *place,
                                   void (*fill)(struct lexicon *l));
/* The table of PLACE, which FILL makes when it is asked for first.  Threads that
 * ask at one time may each make it, and all use the one that was ready first. */
static inline const struct lexicon *lexicon_at(lexicon_place *place,
                                               void (*fill)(struct lexicon *l))
{
    struct lexicon *ready = atomic_load(place);

    return ready != NULL ? ready : lexicon_make(place, fill);
}
/* Adds the bits of MEANING to those of WORD, which is kept.  Only while the table
 * is filled. */
void lexicon_add(struct lexicon *l, struct str word, uint64_t meaning);
/* What WORD means; 0 if it is not known. */
uint64_t lexicon_get(const struct lexicon *l, struct str word);
#endif
