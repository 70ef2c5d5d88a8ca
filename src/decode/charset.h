#ifndef DECODE_CHARSET_H
#define DECODE_CHARSET_H
/* The encodings, their labels, and what a document says about its own. */
#include "decode/decode.h"

enum charset_id {
    CHARSET_UNKNOWN,
#define CHARSET(id, name, how, iconv) CHARSET_##id,
#include "decode/charsets.def"
#undef CHARSET
    CHARSETS
};

enum charset_how {
    HOW_NONE, /* WHATWG's "replacement": never decoded, on purpose */
    HOW_UTF8,
    HOW_UTF16LE,
    HOW_UTF16BE,
    HOW_UTF32LE,
    HOW_UTF32BE,
    HOW_TABLE, /* one byte a character */
    HOW_USER,
    HOW_ICONV,
    HOW_EUC_JP,
    HOW_ISO_2022_JP
};

struct str charset_name(enum charset_id id);
enum charset_how charset_how(enum charset_id id);
/* Terminated; empty if no converter is used. */
const char *charset_iconv_name(enum charset_id id);
/* CHARSET_UNKNOWN if LABEL is none of WHATWG's (blanks around it and case do
 * not matter). */
enum charset_id charset_of_label(struct str label);

/* What windows-1252 means by the C1 control C (128 to 159); 0 if nothing. */
uint32_t c1_meaning(uint32_t c);

/* The encoding a byte order mark names, and its length. */
enum charset_id charset_of_bom(struct str bytes, size_t *mark_bytes);
/* The charset parameter of a Content-Type. */
struct str charset_in_type(struct str type);
/* The label in the XML declaration, also behind blanks; empty if none. */
struct str charset_in_declaration(struct str head);
/* The label in the first meta element that has one (HTML 13.2.3.2). */
struct str charset_in_meta(struct str head);

/* ---- guess.c, guess_wide.c ---- */

/* The most likely encoding of BYTES, which nobody labelled and which are not
 * ASCII; UTF-8 only if IS_UTF8 says that they could be. */
enum charset_id charset_guess(struct str bytes, bool is_utf8);
/* True if BYTES, said to be windows-1252 (or what it stands for: the default of
 * servers and editors), are far likelier to be something else. */
bool charset_belies_latin(struct str bytes);
/* UTF-16 or UTF-32 without a mark, by where the zeros and the line feeds are;
 * CHARSET_UNKNOWN if BYTES are neither. */
enum charset_id charset_guess_wide(struct str bytes);
#endif
