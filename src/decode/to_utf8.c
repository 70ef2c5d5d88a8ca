/*
 * One decoder a kind of encoding; all end in the same two doors: put_char for
 * single characters and push_utf8 for runs.  Both cut controls, so that what
 * comes out is clean whatever went in.
 *
 *   UTF-8       never goes through iconv: runs of clean bytes are copied whole.
 *   tables      256 strings, made with iconv when the decoder is made.
 *   UTF-16, 32  by hand.
 *   two-byte    iconv in runs.  It stops at what it does not know; then our
 *               patch table is asked, else one U+FFFD stands for the lead byte
 *               and, unless that is ASCII, the byte behind it (WHATWG does the
 *               same).  Codes that glibc reads unlike WHATWG are found by a walk
 *               over the lead bytes before iconv sees them.
 *   EUC-JP      two-byte codes are moved to Shift_JIS by arithmetic (it is the
 *               same index) and read by CP932, which agrees with WHATWG where
 *               glibc's EUC-JP does not; JIS X 0212 goes to glibc's EUC-JP.
 *   ISO-2022-JP the escape sequences are followed here; the codes become EUC-JP.
 *
 * A decoder is given bytes and says how many it used; up to PENDING_MAX are kept
 * for the next chunk.
 */
#include "decode/to_utf8.h"

#include <assert.h>
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/block.h"
#include "base/buf.h"
#include "base/utf8.h"

#define PENDING_MAX 8
#define ICONV_CHUNK 4096

struct cell {
    unsigned char n; /* bytes of the character; 0 for a control */
    char p[3];
};
#define CELL_BAD 255 /* as n: the byte means nothing */

enum jis_set { JIS_ASCII, JIS_ROMAN, JIS_KATAKANA, JIS_0208, JIS_0212 };

typedef size_t (*decode_fn)(struct to_utf8 *t, const unsigned char *p, size_t n,
                            bool is_last, struct buf *out);

struct to_utf8 {
    enum charset_id id;
    decode_fn decode;
    iconv_t cd, cd_0212; /* (iconv_t)-1 if none */
    struct cell *table;  /* of 256, or NULL */
    unsigned char pending[PENDING_MAX];
    size_t n_pending;
    enum jis_set jis;
    bool undo_double;
    struct buf single; /* what undo_double has turned back to bytes */
    struct to_utf8 *second;
    struct to_utf8_faults faults;
};

#define NO_ICONV ((iconv_t)-1)

/* ---- the two doors ---- */

static bool is_plain(unsigned char c)
{
    return (c >= ' ' && c < 0x7F) || c == '\n' || c == '\t' || c == '\r';
}

/* The character that stands for C; 0 when nothing does. */
static uint32_t clean_char(struct to_utf8 *t, uint32_t c)
{
    if (c < 0x80) {
        if (is_plain((unsigned char)c))
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

static void put_char(struct to_utf8 *t, uint32_t c, struct buf *out)
{
    c = clean_char(t, c);
    if (c != 0)
        buf_add_utf8(out, c);
}

static void put_bad(struct to_utf8 *t, struct buf *out)
{
    t->faults.replaced++;
    buf_add_utf8(out, UTF8_REPLACEMENT);
}

/* Anything but ASCII, and its controls. */
static inline block not_plain(block c)
{
    return (block)(c - 0x20 >= 0x5F) & (block) ~(block_line_space(c));
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
        } else if (c >= 0xE1 && c != 0xED && c <= 0xEF && s.n - i >= 3 &&
                   (p[i + 1] & 0xC0) == 0x80 && (p[i + 2] & 0xC0) == 0x80 &&
                   (c != 0xEF || p[i + 1] != 0xBF)) {
            i += 3;
        } else if (c >= 0xC3 && c <= 0xDF && s.n - i >= 2 &&
                   (p[i + 1] & 0xC0) == 0x80) {
            i += 2;
        } else {
            return i;
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

static size_t push_utf8(struct to_utf8 *t, const unsigned char *p, size_t n,
                        bool is_last, struct buf *out)
{
    struct str s = str_of((const char *)p, n);
    size_t i = 0;

    while (i < n) {
        size_t run = clean_run(str_from(s, i)), from;
        uint32_t c;

        buf_add(out, p + i, run);
        i += run;
        if (i >= n)
            break;
        if (is_unfinished(p + i, n - i)) {
            t->faults.is_cut |= is_last;
            return is_last ? n : i;
        }
        from = i;
        c = utf8_next(s, &i);
        if (c == UTF8_REPLACEMENT && !(i - from == 3 && p[from] == 0xEF))
            put_bad(t, out);
        else
            put_char(t, c, out);
    }
    return n;
}

/* ---- UTF-8 twice ---- */

int byte_of_windows_1252(uint32_t c)
{
    if (c < 0x80 || (c >= 0xA0 && c <= 0xFF))
        return (int)c;
    for (uint32_t k = 0x80; k <= 0x9F; k++)
        if (c1_meaning(k) == c || (c1_meaning(k) == 0 && c == k))
            return (int)k;
    return -1;
}

/* Characters go back to the bytes they were made of; those that windows-1252
 * has not (there should be none) go through as they are. */
static size_t push_double(struct to_utf8 *t, const unsigned char *p, size_t n,
                          bool is_last, struct buf *out)
{
    struct str s = str_of((const char *)p, n);
    size_t i = 0;

    while (i < n && (is_last || !is_unfinished(p + i, n - i))) {
        int byte = byte_of_windows_1252(utf8_next(s, &i));

        if (byte >= 0)
            buf_add_char(&t->single, (char)byte);
        else
            put_bad(t, &t->single);
    }
    to_utf8_push(t->second, buf_str(&t->single), out);
    buf_reset(&t->single);
    return i;
}

/* ---- UTF-16 and UTF-32 ---- */

static size_t push_utf16(struct to_utf8 *t, const unsigned char *p, size_t n,
                         bool is_last, struct buf *out)
{
    size_t high = charset_how(t->id) == HOW_UTF16LE, i = 0;

    while (n - i >= 2) {
        uint32_t c = (uint32_t)(p[i + high] << 8 | p[i + 1 - high]), low;

        if (c < 0xD800 || c > 0xDFFF || c >= 0xDC00) {
            put_char(t, c, out);
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
        put_char(t, c, out);
    }
    if (is_last && i < n) {
        t->faults.is_cut = true;
        return n;
    }
    return i;
}

static size_t push_utf32(struct to_utf8 *t, const unsigned char *p, size_t n,
                         bool is_last, struct buf *out)
{
    bool little = charset_how(t->id) == HOW_UTF32LE;
    size_t i = 0;

    for (; n - i >= 4; i += 4) {
        uint32_t c = 0;

        for (size_t k = 0; k < 4; k++)
            c = c << 8 | p[i + (little ? 3 - k : k)];
        put_char(t, c, out);
    }
    if (is_last && i < n) {
        t->faults.is_cut = true;
        return n;
    }
    return i;
}

/* ---- one byte a character ---- */

static size_t push_table(struct to_utf8 *t, const unsigned char *p, size_t n,
                         bool is_last, struct buf *out)
{
    (void)is_last;
    for (size_t i = 0; i < n; i++) {
        size_t from = i;
        const struct cell *cell;

        while (i < n && p[i] < 0x80 && is_plain(p[i]))
            i++;
        buf_add(out, p + from, i - from);
        if (i >= n)
            break;
        cell = &t->table[p[i]];
        if (cell->n == CELL_BAD)
            put_bad(t, out);
        else if (cell->n == 0)
            put_char(t, p[i] < 0x80 ? p[i] : 0x81, out);
        else
            buf_add(out, cell->p, cell->n);
    }
    return n;
}

/* Where glibc's tables are not WHATWG's. */
static const struct table_patch {
    enum charset_id id;
    unsigned char byte;
    uint16_t meaning;
} table_patches[] = {
    {CHARSET_KOI8_U, 0xAE, 0x045E},
    {CHARSET_KOI8_U, 0xBE, 0x040E},
    {CHARSET_MACINTOSH, 0xC6, 0x2206},
    {CHARSET_MACINTOSH, 0xF0, 0xF8FF},
    {CHARSET_WINDOWS_1255, 0xCA, 0x05BA},
    {CHARSET_X_MAC_CYRILLIC, 0xFF, 0x20AC},
};

/* What BYTE means, 0 if nothing. */
static uint32_t meaning_by_iconv(iconv_t cd, unsigned char byte)
{
    char in[1] = {(char)byte}, room[16], *from = in, *to = room;
    size_t n_in = 1, n_out = sizeof room, i = 0;

    iconv(cd, NULL, NULL, NULL, NULL);
    if (iconv(cd, &from, &n_in, &to, &n_out) == (size_t)-1)
        return 0;
    iconv(cd, NULL, NULL, &to, &n_out);
    if (to == room)
        return 0;
    return utf8_next(str_of(room, (size_t)(to - room)), &i);
}

static void fill_table(struct to_utf8 *t)
{
    t->table = heap_alloc(size_mul(256, sizeof *t->table));
    for (unsigned byte = 0x80; byte < 256; byte++) {
        struct cell *cell = &t->table[byte];
        uint32_t c = charset_how(t->id) == HOW_USER
                         ? 0xF700 + byte
                         : meaning_by_iconv(t->cd, (unsigned char)byte);

        for (size_t i = 0; i < sizeof table_patches / sizeof table_patches[0];
             i++)
            if (table_patches[i].id == t->id && table_patches[i].byte == byte)
                c = table_patches[i].meaning;
        /* C1 as windows-1252 means it, in charsets that leave it alone. */
        if (c == 0 && byte > 0x9F)
            cell->n = CELL_BAD;
        else if (c >= 0xA0)
            cell->n = (unsigned char)utf8_put(cell->p, c);
        else if (byte <= 0x9F && c1_meaning(byte) != 0)
            cell->n = (unsigned char)utf8_put(cell->p, c1_meaning(byte));
    }
}

/* ---- iconv ---- */

struct patch {
    uint16_t code, meaning;
};

static const struct patch big5_patches[] = {
#define PATCH(code, meaning) {code, meaning},
#include "decode/big5_extra.def"
#undef PATCH
};

/* The WHATWG index keeps these in the private use area (but for A3A0, which
 * pages use as a blank). */
static const struct patch gb18030_patches[] = {
    {0xA3A0, 0x3000}, {0xFE51, 0xE816}, {0xFE52, 0xE817}, {0xFE53, 0xE818},
    {0xFE6C, 0xE831}, {0xFE76, 0xE83B}, {0xFE91, 0xE855},
};

static bool is_gb(const struct to_utf8 *t)
{
    return t->id == CHARSET_GBK || t->id == CHARSET_GB18030;
}

static const struct patch *find_patch(const struct to_utf8 *t, unsigned code)
{
    bool big5 = t->id == CHARSET_BIG5;
    const struct patch *rows = big5 ? big5_patches : gb18030_patches;
    size_t low = 0, high = big5 ? sizeof big5_patches / sizeof *rows
                                : sizeof gb18030_patches / sizeof *rows;

    if (!big5 && !is_gb(t))
        return NULL;
    while (low < high) {
        size_t middle = (low + high) / 2;

        if (rows[middle].code == code)
            return &rows[middle];
        if (rows[middle].code < code)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Lead bytes under which glibc reads some code unlike WHATWG. */
static bool is_disputed_lead(const struct to_utf8 *t, unsigned char lead)
{
    if (t->id == CHARSET_BIG5)
        return lead == 0xA1 || lead == 0xA2;
    if (is_gb(t))
        return lead == 0xA3 || lead == 0xFE;
    return false;
}

/* Offset of the next code that is ours to read, N if there is none.  The walk
 * sees characters as iconv will: a lead byte without a proper trail counts
 * alone, four bytes where GB18030 has a digit second. */
static size_t next_patch(const struct to_utf8 *t, const unsigned char *p,
                         size_t n)
{
    if (t->id != CHARSET_BIG5 && !is_gb(t))
        return n;
    for (size_t i = 0; i + 1 < n;) {
        if (p[i] < 0x81 || p[i] == 0xFF || p[i + 1] < 0x40) {
            bool is_four = p[i] >= 0x81 && p[i] != 0xFF &&
                           t->id != CHARSET_BIG5 && is_digit((char)p[i + 1]) &&
                           i + 3 < n && p[i + 2] >= 0x81;

            i += is_four ? 4 : 1;
            continue;
        }
        if (is_disputed_lead(t, p[i]) &&
            find_patch(t, (unsigned)p[i] << 8 | p[i + 1]) != NULL)
            return i;
        i += 2;
    }
    return n;
}

/* Writes what stands for the bytes at P that iconv does not know; how many they
 * are. */
static size_t mend(struct to_utf8 *t, const unsigned char *p, size_t n,
                   struct buf *out)
{
    const struct patch *patch = NULL;

    /* GBK's euro sign is one byte. */
    if (p[0] == 0x80 && is_gb(t)) {
        put_char(t, 0x20AC, out);
        return 1;
    }
    if (n >= 2)
        patch = find_patch(t, (unsigned)p[0] << 8 | p[1]);
    if (patch != NULL) {
        put_char(t, patch->meaning, out);
        return 2;
    }
    put_bad(t, out);
    return n >= 2 && p[0] > 0x80 && p[0] < 0xFF && p[1] >= 0x80 ? 2 : 1;
}

/* Reads N bytes by CD; returns how many were used.  Stops early only at an
 * unfinished character. */
static size_t run_iconv(struct to_utf8 *t, iconv_t cd, const unsigned char *p,
                        size_t n, struct buf *out)
{
    char room[ICONV_CHUNK];
    char *from = (char *)(uintptr_t)p;

    while (n > 0) {
        char *to = room;
        size_t n_out = sizeof room, result, used;

        result = iconv(cd, &from, &n, &to, &n_out);
        push_utf8(t, (unsigned char *)room, (size_t)(to - room), true, out);
        if (result != (size_t)-1 || errno == EINVAL)
            break;
        if (errno == EILSEQ) {
            used = mend(t, (const unsigned char *)from, n, out);
            from += used;
            n -= used;
        }
    }
    return (size_t)(from - (char *)(uintptr_t)p);
}

static void flush_iconv(struct to_utf8 *t, iconv_t cd, struct buf *out)
{
    char room[64], *to = room;
    size_t n_out = sizeof room;

    iconv(cd, NULL, NULL, &to, &n_out);
    push_utf8(t, (unsigned char *)room, (size_t)(to - room), true, out);
}

static size_t push_iconv(struct to_utf8 *t, const unsigned char *p, size_t n,
                         bool is_last, struct buf *out)
{
    size_t i = 0;

    while (i < n) {
        size_t run = next_patch(t, p + i, n - i), used;

        used = run_iconv(t, t->cd, p + i, run, out);
        i += used;
        if (used < run) {
            /* Unfinished: at the end of the chunk, or before a patched code. */
            if (n - i <= 3)
                break;
            put_bad(t, out);
            i++;
            continue;
        }
        if (i + 1 < n) {
            const struct patch *patch =
                find_patch(t, (unsigned)p[i] << 8 | p[i + 1]);

            if (patch != NULL) {
                flush_iconv(t, t->cd, out);
                put_char(t, patch->meaning, out);
                i += 2;
            }
        }
    }
    if (is_last) {
        flush_iconv(t, t->cd, out);
        t->faults.is_cut |= i < n;
        return n;
    }
    return i;
}

/* ---- EUC-JP ---- */

static bool is_euc(unsigned char c)
{
    return c >= 0xA1 && c <= 0xFE;
}

/* The code of JIS X 0208 (both bytes with the high bit) as Shift_JIS. */
static void put_0208(struct to_utf8 *t, unsigned char lead, unsigned char trail,
                     struct buf *out)
{
    unsigned row = lead - 0xA1u, cell = trail - 0xA1u;
    unsigned place = cell + (row % 2 != 0 ? 94 : 0);
    unsigned char sjis[2];

    row /= 2;
    sjis[0] = (unsigned char)(row + (row < 31 ? 0x81 : 0xC1));
    sjis[1] = (unsigned char)(place + (place < 63 ? 0x40 : 0x41));
    run_iconv(t, t->cd, sjis, 2, out);
}

static void put_0212(struct to_utf8 *t, unsigned char lead, unsigned char trail,
                     struct buf *out)
{
    unsigned char euc[3] = {0x8F, lead, trail};

    /* WHATWG's tilde is the wide one. */
    if (lead == 0xA2 && trail == 0xB7)
        put_char(t, 0xFF5E, out);
    else if (t->cd_0212 == NO_ICONV)
        put_bad(t, out);
    else
        run_iconv(t, t->cd_0212, euc, 3, out);
}

static size_t push_euc_jp(struct to_utf8 *t, const unsigned char *p, size_t n,
                          bool is_last, struct buf *out)
{
    size_t i = 0;

    while (i < n) {
        size_t need = p[i] < 0x80 ? 1 : p[i] == 0x8F ? 3 : 2;
        size_t good = 1;

        if (need == 1) {
            put_char(t, p[i++], out);
            continue;
        }
        if (!is_euc(p[i]) && p[i] != 0x8E && p[i] != 0x8F) {
            put_bad(t, out);
            i++;
            continue;
        }
        while (good < need && i + good < n && is_euc(p[i + good]))
            good++;
        if (good < need && i + good >= n)
            break;
        if (good < need) {
            put_bad(t, out);
            i += good + (p[i + good] >= 0x80);
            continue;
        }
        if (p[i] == 0x8F)
            put_0212(t, p[i + 1], p[i + 2], out);
        else if (p[i] != 0x8E)
            put_0208(t, p[i], p[i + 1], out);
        else if (p[i + 1] <= 0xDF)
            put_char(t, 0xFF61u + p[i + 1] - 0xA1u, out);
        else
            put_bad(t, out);
        i += need;
    }
    if (is_last) {
        t->faults.is_cut |= i < n;
        return n;
    }
    return i;
}

/* ---- ISO-2022-JP ---- */

static const struct escape {
    struct str bytes; /* behind ESC */
    enum jis_set set;
} escapes[] = {
    {STR_INIT("(B"), JIS_ASCII},    {STR_INIT("(J"), JIS_ROMAN},
    {STR_INIT("(I"), JIS_KATAKANA}, {STR_INIT("$@"), JIS_0208},
    {STR_INIT("$B"), JIS_0208},     {STR_INIT("$(D"), JIS_0212},
    {STR_INIT("&@"), JIS_0208},     {STR_INIT("$(B"), JIS_0208},
};

/* Bytes of the escape sequence at P, 0 if it is none, SIZE_MAX if it may become
 * one. */
static size_t read_escape(struct to_utf8 *t, const unsigned char *p, size_t n)
{
    struct str rest = str_of((const char *)p + 1, n - 1);
    bool maybe = false;

    for (size_t i = 0; i < sizeof escapes / sizeof escapes[0]; i++) {
        if (str_starts(rest, escapes[i].bytes)) {
            t->jis = escapes[i].set;
            return 1 + escapes[i].bytes.n;
        }
        maybe |=
            rest.n < escapes[i].bytes.n && str_starts(escapes[i].bytes, rest);
    }
    return maybe ? SIZE_MAX : 0;
}

/* One character of the current set at P; bytes used, 0 if more are needed. */
static size_t put_jis(struct to_utf8 *t, const unsigned char *p, size_t n,
                      struct buf *out)
{
    bool in_range = p[0] >= 0x21 && p[0] <= 0x7E;

    if (p[0] >= 0x80) {
        put_bad(t, out);
        return 1;
    }
    if (t->jis == JIS_ASCII || !in_range) {
        /* A line break ends a two-byte run in mail and careless feeds. */
        if (p[0] == '\n')
            t->jis = JIS_ASCII;
        put_char(t, p[0], out);
        return 1;
    }
    if (t->jis == JIS_ROMAN) {
        put_char(t, p[0] == 0x5C ? 0xA5 : p[0] == 0x7E ? 0x203E : p[0], out);
        return 1;
    }
    if (t->jis == JIS_KATAKANA) {
        if (p[0] <= 0x5F)
            put_char(t, 0xFF61u + p[0] - 0x21u, out);
        else
            put_bad(t, out);
        return 1;
    }
    if (n < 2)
        return 0;
    if (p[1] < 0x21 || p[1] > 0x7E) {
        put_bad(t, out);
        return 1;
    }
    if (t->jis == JIS_0208)
        put_0208(t, p[0] | 0x80, p[1] | 0x80, out);
    else
        put_0212(t, p[0] | 0x80, p[1] | 0x80, out);
    return 2;
}

static size_t push_iso_2022_jp(struct to_utf8 *t, const unsigned char *p,
                               size_t n, bool is_last, struct buf *out)
{
    size_t i = 0;

    while (i < n) {
        size_t used;

        if (p[i] == 0x1B) {
            used = read_escape(t, p + i, n - i);
            if (used == SIZE_MAX && !is_last)
                break;
            if (used == SIZE_MAX)
                used = 0;
            if (used == 0) {
                put_bad(t, out);
                used = 1;
            }
        } else {
            used = put_jis(t, p + i, n - i, out);
            if (used == 0 && !is_last)
                break;
            if (used == 0) {
                t->faults.is_cut = true;
                used = 1;
            }
        }
        i += used;
    }
    return i;
}

/* ---- in and out ---- */

static decode_fn decoder_of(enum charset_id id)
{
    switch (charset_how(id)) {
    case HOW_UTF8:
        return push_utf8;
    case HOW_UTF16LE:
    case HOW_UTF16BE:
        return push_utf16;
    case HOW_UTF32LE:
    case HOW_UTF32BE:
        return push_utf32;
    case HOW_TABLE:
    case HOW_USER:
        return push_table;
    case HOW_ICONV:
        return push_iconv;
    case HOW_EUC_JP:
        return push_euc_jp;
    case HOW_ISO_2022_JP:
        return push_iso_2022_jp;
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
    if (decode == push_euc_jp || decode == push_iso_2022_jp)
        t->cd_0212 = iconv_open("UTF-8", "EUC-JP");
    if (decode == push_table)
        fill_table(t);
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
    t->decode = push_double;
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
        flush_iconv(t, t->cd, out);
    t->n_pending = 0;
    if (t->second != NULL)
        to_utf8_finish(t->second, out);
}

const struct to_utf8_faults *to_utf8_faults(const struct to_utf8 *t)
{
    return t->second != NULL ? &t->second->faults : &t->faults;
}
