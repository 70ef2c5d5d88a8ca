#ifndef DECODE_TO_UTF8_PART_H
#define DECODE_TO_UTF8_PART_H
/*
 * What the decoders of one family share (to_utf8*.c): the state, and the two
 * doors by which all text leaves.
 */
#include <iconv.h>

#include "base/buf.h"
#include "decode/to_utf8.h"

#define PENDING_MAX 8
#define NO_ICONV    ((iconv_t)-1)

/* A byte of a charset with one byte a character. */
struct cell {
    unsigned char n; /* bytes of the character; 0 for a control */
    char p[3];
};

enum jis_set { JIS_ASCII, JIS_ROMAN, JIS_KATAKANA, JIS_0208, JIS_0212 };

/* Reads N bytes at P and says how many it used: all but at most PENDING_MAX
 * that wait for more, all if IS_LAST. */
typedef size_t (*decode_fn)(struct to_utf8 *t, const unsigned char *p, size_t n,
                            bool is_last, struct buf *out);

struct to_utf8 {
    enum charset_id id;
    decode_fn decode;
    iconv_t cd, cd_0212; /* NO_ICONV if none */
    struct cell *table;  /* of 256, or NULL */
    unsigned char pending[PENDING_MAX];
    size_t n_pending;
    enum jis_set jis;
    bool undo_double;
    struct buf single; /* what undo_double has turned back to bytes */
    struct to_utf8 *second;
    struct to_utf8_faults faults;
};

/* ASCII but its controls; tab and line ends are plain. */
static inline bool to_utf8_is_plain(unsigned char c)
{
    return (c >= ' ' && c < 0x7F) || c == '\n' || c == '\t' || c == '\r';
}

/* The doors: one character, U+FFFD for a bad sequence, a run of UTF-8 (a
 * decode_fn, too). Controls are cut and counted. */
void to_utf8_char(struct to_utf8 *t, uint32_t c, struct buf *out);
void to_utf8_bad(struct to_utf8 *t, struct buf *out);
size_t decode_utf8(struct to_utf8 *t, const unsigned char *p, size_t n,
                   bool is_last, struct buf *out);

/* One byte a character; the table is filled when the decoder is made. */
size_t decode_table(struct to_utf8 *t, const unsigned char *p, size_t n,
                    bool is_last, struct buf *out);
void decode_table_fill(struct to_utf8 *t);

/* Two bytes and more, by iconv and our patches. */
size_t decode_iconv(struct to_utf8 *t, const unsigned char *p, size_t n,
                    bool is_last, struct buf *out);
/* Reads N bytes by CD and returns how many were used: all but an unfinished
 * character at the end.  Where the bytes are codes made by us, not as they came,
 * each has CODE_BYTES, and one that CD does not know is one U+FFFD; else 0. */
size_t iconv_run(struct to_utf8 *t, iconv_t cd, const unsigned char *p,
                 size_t n, size_t code_bytes, struct buf *out);
/* Writes what CD still holds. */
void iconv_flush(struct to_utf8 *t, iconv_t cd, struct buf *out);

size_t decode_euc_jp(struct to_utf8 *t, const unsigned char *p, size_t n,
                     bool is_last, struct buf *out);
size_t decode_iso_2022_jp(struct to_utf8 *t, const unsigned char *p, size_t n,
                          bool is_last, struct buf *out);
#endif
