#ifndef PUBLISH_WORDS_H
#define PUBLISH_WORDS_H
/* What readers see around the articles, in the languages of words.def; English
 * stands in for every other one. */
#include "base/str.h"

struct buf;

enum word {
#define WORD(id, hans, hant, en) WORD_##id,
#include "publish/words.def"
#undef WORD
    WORD_COUNT
};

struct str word_in(enum word word, struct str language);
/* The parts of a word around its {}; BEHIND is empty when it has none. */
void word_split(enum word word, struct str language, struct str *before,
                struct str *behind);
#endif
