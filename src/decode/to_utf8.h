#ifndef DECODE_TO_UTF8_H
#define DECODE_TO_UTF8_H
/*
 * Bytes of a known encoding become clean UTF-8, chunk by chunk: valid, no
 * control characters but tab, line feed and carriage return (vertical tab and
 * form feed become blanks, C1 controls are read as windows-1252), no
 * noncharacters.  A bad sequence gives one U+FFFD and never takes an ASCII byte
 * with it.  A character cut by the end of the input vanishes.
 */
#include "decode/charset.h"

struct to_utf8;

/* NULL if the system has no converter for it. */
struct to_utf8 *to_utf8_new(enum charset_id id);
void to_utf8_free(struct to_utf8 *t);
/* From now on undoes UTF-8 that was read as windows-1252 and encoded again. */
void to_utf8_undo_double(struct to_utf8 *t);
void to_utf8_push(struct to_utf8 *t, struct str bytes, struct buf *out);
void to_utf8_finish(struct to_utf8 *t, struct buf *out);

struct to_utf8_faults {
    size_t replaced; /* bad sequences */
    size_t controls; /* control characters cut */
    bool is_cut;     /* ended inside a character */
};
const struct to_utf8_faults *to_utf8_faults(const struct to_utf8 *t);

/* The windows-1252 byte of a character, or -1.  A C1 control is its own: who reads
 * UTF-8 as iso-8859-1 makes these. */
int byte_of_windows_1252(uint32_t c);
#endif
