#ifndef EXTRACT_PAGE_NAME_WORDS_H
#define EXTRACT_PAGE_NAME_WORDS_H
/* Words that are names, stand around names or are none (names.def), and what a
 * text is made of.  For page_names.c and page_name_clean.c. */
#include "base/str.h"

#define NAME_MAX_BYTES 120

enum name_word {
    WORD_NOBODY,
    WORD_ORG,
    WORD_ORG_END,
    WORD_ROLE,
    WORD_TITLE,
    WORD_PARTICLE,
    WORD_AFTER_NAME,
    WORD_PROSE,
    WORD_MENU,
    WORD_BEFORE,
    WORD_AND,
    WORD_WAW,
    WORD_MONTH
};

/* True if S is a word of KIND, case apart. */
bool name_word_is(struct str s, enum name_word kind);
/* True if WORD is one of the commonest given names that are neither towns nor
 * words (given_names.def), case apart. */
bool name_is_given(struct str word);
/* The longest word of KIND at the front (or the end) of S, in bytes. */
size_t name_affix(struct str s, enum name_word kind, bool at_end);
/* The longest label ("by", "text:") in front of S, case apart, in bytes. */
size_t name_label_before(struct str s);
/* True if the word may be one of a name without any label. */
bool name_word_fits(struct str word);
/* Three syllables of hangul, nothing else. */
bool name_is_hangul(struct str s);
bool name_is_upper(uint32_t c);

/* How many characters of S are what. */
struct letters {
    size_t chars, han, cjk, letters, digits, words;
};

struct letters letters_count(struct str s);

/* ---- page_name_clean.c ---- */

/* S without marks that never begin or end a name. */
struct str name_trim(struct str s);
/* One piece of a byline without what is no name. */
struct str name_clean(struct str s);
/* True if the word is an address of mail or the web. */
bool name_is_address(struct str word);
#endif
