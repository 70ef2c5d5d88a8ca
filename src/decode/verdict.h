#ifndef DECODE_VERDICT_H
#define DECODE_VERDICT_H
/*
 * Which encoding bytes are in: what mark, owner, header, declaration and the bytes
 * themselves say.  The order of the witnesses stands at the top of verdict.c.
 */
#include "decode/charset.h"
#include "decode/decode.h"

struct verdict {
    enum charset_id id;
    enum charset_from from;
    size_t mark_bytes;
    bool undo_double;
    enum charset_id lie; /* a label the bytes contradict */
    enum charset_from liar;
};

struct labels {
    enum charset_id owner, http, declared;
    enum charset_from declared_by;       /* declaration or meta */
    struct str http_word, declared_word; /* see word_for_ascii */
};

/* What HINTS and the first bytes of a document, HEAD, call its encoding. */
struct labels labels_read(struct str head, const struct decode_hints *hints);

/* The verdict on BYTES without a byte order mark: a whole document or, if not
 * IS_WHOLE, its first part, which may end inside a character. */
struct verdict verdict_of(struct str bytes, const struct labels *labels,
                          bool is_whole);
/* The verdict on a whole document. */
struct verdict verdict_of_whole(struct str bytes,
                                const struct decode_hints *hints);

/* Nothing but ASCII without escapes and zeros: the question is open. */
bool bytes_are_ascii(struct str s);
#endif
