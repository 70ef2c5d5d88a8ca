/*
 * One decoder a kind of encoding; all end in the same two doors: to_utf8_char
 * for single characters and decode_utf8 for runs.  Both cut controls, so that
 * what comes out is clean whatever went in.
 *
 *   UTF-8       never goes through iconv: runs of clean bytes are copied whole.
 *   UTF-16, 32  by hand.
 *   tables      to_utf8_table.c
 *   two-byte    to_utf8_iconv.c
 *   Japanese    to_utf8_jis.c
 *
 * A decoder is given bytes and says how many it used; up to PENDING_MAX are kept
 * for the next chunk.
 */
#include "decode/to_utf8_part.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/block.h"
#include "base/utf8.h"

/* ---- the two doors ---- */

/* The character that stands for C; 0 when nothing does. */
static uint32_t clean_char(struct to_utf8 *t, uint32_t c)
{
    if (c < 0x80) {
        if (to_utf8_is_plain((unsigned char)c))
            return c;
        t->faults.controls++;
        return c == '\f' || c == '\v' ? ' ' : 0;
    }
    if (c <= 0x9F) {
        t->faults.controls += c1_meaning(c) == 0;
        return c1_meaning(c);
    }
    if ((c & 0xFFFE) == 0xFFFE || c > 0x10FFFF ||
        (c >= 0xD800 && c <= 0xDFFF)) {
        t->faults.replaced++;
        return UTF8_REPLACEMENT;
    }
    return c;
}

void to_utf8_char(struct to_utf8 *t, uint32_t c, struct buf *out)
{
    c = clean_char(t, c);
    if (c != 0)
        buf_add_utf8(out, c);
}

void to_utf8_bad(struct to_utf8 *t, struct buf *out)
{
    t->faults.replaced++;
    buf_add_utf8(out, UTF8_REPLACEMENT);
}

/* Anything but ASCII, and its controls. */
static inline block not_plain(block c)
{
    return (block)(c - 0x20 >= 0x5F) & (block) ~(block_line_space(c));
}

/* Length of the character above ASCII at P, of whose N bytes nothing need be
 * changed; 0 if that cannot be said at once. */
static inline size_t clean_sequence(const unsigned char *p, size_t n)
{
    unsigned char c = p[0];

    if (n < 2 || (p[1] & 0xC0) != 0x80)
        return 0;
    if (c <= 0xDF)
        return c >= 0xC3 || (c == 0xC2 && p[1] >= 0xA0) ? 2 : 0;
    if (n < 3 || (p[2] & 0xC0) != 0x80)
        return 0;
    if (c <= 0xEF)
        return (c == 0xE0 && p[1] < 0xA0) || (c == 0xED && p[1] >= 0xA0) ||
                       (c == 0xEF && p[1] == 0xBF)
                   ? 0
                   : 3;
    if (n < 4 || (p[3] & 0xC0) != 0x80)
        return 0;
    /* The last two of each plane are no characters. */
    return (c == 0xF0 && p[1] < 0x90) || (c == 0xF4 && p[1] >= 0x90) ||
                   c > 0xF4 ||
                   ((p[1] & 0x0F) == 0x0F && p[2] == 0xBF && p[3] >= 0xBE)
               ? 0
               : 4;
}

/* Bytes of S that can be copied as they are; stops at the first that cannot. */
static size_t clean_run(struct str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t i = 0;

    while (i < s.n) {
        unsigned char c = p[i];

        if (c < 0x80) {
            size_t from = i;

            i = block_find(s, i, not_plain);
            if (i == from)
                return i;
        } else {
            size_t n = clean_sequence(p + i, s.n - i);

            if (n == 0)
                return i;
            i += n;
        }
    }
    return i;
}

/* Bytes the character that begins with C has in UTF-8, 1 for what begins none.
 */
static size_t utf8_length(unsigned char c)
{
    return c >= 0xF0 && c <= 0xF4   ? 4
           : c >= 0xE0 && c < 0xF0  ? 3
           : c >= 0xC2 && c <= 0xDF ? 2
                                    : 1;
}

/* A sequence that may still become valid when more bytes come. */
static bool is_unfinished(const unsigned char *p, size_t n)
{
    struct str s = str_of((const char *)p, n);
    size_t i = 0;

    if (n >= utf8_length(p[0]))
        return false;
    utf8_next(s, &i);
    return i == n;
}

/* Those of ASCII and C1 from I on, of which there may be many. */
static size_t decode_controls(struct to_utf8 *t, const unsigned char *p,
                              size_t i, size_t n, struct buf *out)
{
    for (; i < n; i++) {
        bool is_c1 =
            p[i] == 0xC2 && n - i >= 2 && p[i + 1] >= 0x80 && p[i + 1] <= 0x9F;

        if (!is_c1 && (p[i] >= 0x80 || to_utf8_is_plain(p[i])))
            break;
        i += is_c1;
        to_utf8_char(t, p[i], out);
    }
    return i;
}

size_t decode_utf8(struct to_utf8 *t, const unsigned char *p, size_t n,
                   bool is_last, struct buf *out)
{
    struct str s = str_of((const char *)p, n);
    size_t i = 0;

    while (i < n) {
        size_t run = clean_run(str_from(s, i)), from;
        uint32_t c;

        buf_add(out, p + i, run);
        i += run;
        i = decode_controls(t, p, i, n, out);
        if (i >= n)
            break;
        if (p[i] < 0x80)
            continue;
        if (is_unfinished(p + i, n - i)) {
            t->faults.is_cut |= is_last;
            return is_last ? n : i;
        }
        from = i;
        c = utf8_next(s, &i);
        if (c == UTF8_REPLACEMENT && !(i - from == 3 && p[from] == 0xEF))
            to_utf8_bad(t, out);
        else
            to_utf8_char(t, c, out);
    }
    return n;
}

/* ---- UTF-8 twice ---- */

int byte_of_windows_1252(uint32_t c)
{
    if (c <= 0xFF)
        return (int)c;
    for (uint32_t k = 0x80; k <= 0x9F; k++)
        if (c1_meaning(k) == c)
            return (int)k;
    return -1;
}

/* Characters go back to the bytes they were made of; those that windows-1252
 * has not (there should be none) go through as they are. */
static size_t decode_double(struct to_utf8 *t, const unsigned char *p, size_t n,
                            bool is_last, struct buf *out)
{
    struct str s = str_of((const char *)p, n);
    size_t i = 0;

    while (i < n && (is_last || !is_unfinished(p + i, n - i))) {
        int byte = byte_of_windows_1252(utf8_next(s, &i));

        if (byte >= 0)
            buf_add_char(&t->single, (char)byte);
        else
            to_utf8_bad(t, &t->single);
    }
    to_utf8_push(t->second, buf_str(&t->single), out);
    buf_reset(&t->single);
    return i;
}

/* ---- UTF-16 and UTF-32 ---- */

static size_t decode_utf16(struct to_utf8 *t, const unsigned char *p, size_t n,
                           bool is_last, struct buf *out)
{
    size_t high = charset_how(t->id) == HOW_UTF16LE, i = 0;

    while (n - i >= 2) {
        uint32_t c = (uint32_t)(p[i + high] << 8 | p[i + 1 - high]), low;

        if (c < 0xD800 || c > 0xDFFF || c >= 0xDC00) {
            to_utf8_char(t, c, out);
            i += 2;
            continue;
        }
        if (n - i < 4) {
            if (!is_last)
                break;
            t->faults.is_cut = true;
            return n;
        }
        low = (uint32_t)(p[i + 2 + high] << 8 | p[i + 3 - high]);
        i += 2;
        if (low >= 0xDC00 && low <= 0xDFFF) {
            c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
            i += 2;
        }
        to_utf8_char(t, c, out);
    }
    if (is_last && i < n) {
        t->faults.is_cut = true;
        return n;
    }
    return i;
}

static size_t decode_utf32(struct to_utf8 *t, const unsigned char *p, size_t n,
                           bool is_last, struct buf *out)
{
    bool little = charset_how(t->id) == HOW_UTF32LE;
    size_t i = 0;

    for (; n - i >= 4; i += 4) {
        uint32_t c = 0;

        for (size_t k = 0; k < 4; k++)
            c = c << 8 | p[i + (little ? 3 - k : k)];
        to_utf8_char(t, c, out);
    }
    if (is_last && i < n) {
        t->faults.is_cut = true;
        return n;
    }
    return i;
}

/* ---- in and out ---- */

static decode_fn decoder_of(enum charset_id id)
{
    switch (charset_how(id)) {
    case HOW_UTF8:
        return decode_utf8;
    case HOW_UTF16LE:
    case HOW_UTF16BE:
        return decode_utf16;
    case HOW_UTF32LE:
    case HOW_UTF32BE:
        return decode_utf32;
    case HOW_TABLE:
    case HOW_USER:
        return decode_table;
    case HOW_ICONV:
        return decode_iconv;
    case HOW_EUC_JP:
        return decode_euc_jp;
    case HOW_ISO_2022_JP:
        return decode_iso_2022_jp;
    case HOW_NONE:
        break;
    }
    return NULL;
}

struct to_utf8 *to_utf8_new(enum charset_id id)
{
    struct to_utf8 *t;
    decode_fn decode = decoder_of(id);

    if (decode == NULL)
        return NULL;
    t = heap_alloc(sizeof *t);
    t->id = id;
    t->decode = decode;
    t->cd = t->cd_0212 = NO_ICONV;
    buf_init(&t->single, BUF_MAX);
    if (charset_iconv_name(id)[0] != '\0') {
        t->cd = iconv_open("UTF-8", charset_iconv_name(id));
        if (t->cd == NO_ICONV) {
            to_utf8_free(t);
            return NULL;
        }
    }
    if (decode == decode_euc_jp || decode == decode_iso_2022_jp)
        t->cd_0212 = iconv_open("UTF-8", "EUC-JP");
    if (decode == decode_table)
        decode_table_fill(t);
    return t;
}

void to_utf8_free(struct to_utf8 *t)
{
    if (t == NULL)
        return;
    to_utf8_free(t->second);
    if (t->cd != NO_ICONV)
        iconv_close(t->cd);
    if (t->cd_0212 != NO_ICONV)
        iconv_close(t->cd_0212);
    buf_done(&t->single);
    free(t->table);
    free(t);
}

void to_utf8_undo_double(struct to_utf8 *t)
{
    t->undo_double = true;
    t->decode = decode_double;
    t->second = to_utf8_new(CHARSET_UTF_8);
}

void to_utf8_push(struct to_utf8 *t, struct str bytes, struct buf *out)
{
    const unsigned char *p = (const unsigned char *)bytes.p;
    size_t n = bytes.n, used;

    /* What was kept is read together with the first few new bytes. */
    while (t->n_pending > 0 && n > 0) {
        unsigned char joint[2 * PENDING_MAX];
        size_t kept = t->n_pending;
        size_t more = n < PENDING_MAX ? n : PENDING_MAX;

        memcpy(joint, t->pending, kept);
        memcpy(joint + kept, p, more);
        used = t->decode(t, joint, kept + more, false, out);
        if (used < kept) {
            /* Only with few new bytes: all of them are still wanted. */
            assert(kept + more - used <= PENDING_MAX);
            memmove(t->pending, joint + used, kept + more - used);
            t->n_pending = kept + more - used;
            p += more;
            n -= more;
        } else {
            t->n_pending = 0;
            p += used - kept;
            n -= used - kept;
        }
    }
    if (n == 0)
        return;
    used = t->decode(t, p, n, false, out);
    assert(n - used <= PENDING_MAX);
    memcpy(t->pending, p + used, n - used);
    t->n_pending = n - used;
}

void to_utf8_finish(struct to_utf8 *t, struct buf *out)
{
    if (t->n_pending > 0)
        t->decode(t, t->pending, t->n_pending, true, out);
    else if (t->cd != NO_ICONV && t->table == NULL)
        iconv_flush(t, t->cd, out);
    t->n_pending = 0;
    if (t->second != NULL)
        to_utf8_finish(t->second, out);
}

const struct to_utf8_faults *to_utf8_faults(const struct to_utf8 *t)
{
    return t->second != NULL ? &t->second->faults : &t->faults;
}
