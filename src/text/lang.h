#ifndef TEXT_LANG_H
#define TEXT_LANG_H
/* The language of a text, from its script and commonest words. */
#include "base/str.h"

struct arena;

/* A BCP 47 tag ("zh-Hans", "zh-Hant", "en", "ja", ...), empty when the text is
 * too short to say. */
struct str lang_guess(struct str text);
/* True if TEXT is in another language than TAG says: a guess at it is, and TAG is of
 * one that could have been guessed, or of another script. */
bool lang_contradicts(struct str text, struct str tag);
/* True if most of the text is Han or kana: if it has a language, it is Chinese or
 * Japanese. */
bool text_is_han(struct str text);
/* A declared tag made regular: "zh_CN.UTF-8" -> "zh-CN"; empty if it is none.
 * In A. */
struct str lang_tag(struct arena *a, struct str declared);
/* "zh-Hans" for zh, zh-CN, zh-SG, ...; "zh-Hant" for zh-TW, ...; else the
 * primary subtag. */
struct str lang_family(struct str tag);
/* True if the language of the tag is written from right to left: by its script
 * ("az-Arab"), else by its primary subtag. */
bool lang_is_rtl(struct str tag);
/* True if TEXT, whose language is said to be TAG, is to be read from right to
 * left: by the strong characters (UAX #9) of its beginning, of which at least
 * two in five must be such, since Arabic and Hebrew prose quotes Latin names and
 * seldom the other way about.  TAG decides where there is none of either. */
bool text_is_rtl(struct str text, struct str tag);
#endif
