/*
 * Two-byte charsets: iconv in runs.  It stops at what it does not know; then our
 * patch table is asked, else one U+FFFD stands for the lead byte and, unless
 * that is ASCII, the byte behind it (WHATWG does the same).  Codes that glibc
 * reads unlike WHATWG are found by a walk over the lead bytes before iconv sees
 * them.
 */
#include "decode/to_utf8_part.h"

#include <errno.h>

#define ICONV_CHUNK 4096

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
                   size_t code_bytes, struct buf *out)
{
    const struct patch *patch = NULL;

    /* GBK's euro sign is one byte. */
    if (p[0] == 0x80 && is_gb(t)) {
        to_utf8_char(t, 0x20AC, out);
        return 1;
    }
    if (n >= 2)
        patch = find_patch(t, (unsigned)p[0] << 8 | p[1]);
    if (patch != NULL) {
        to_utf8_char(t, patch->meaning, out);
        return 2;
    }
    to_utf8_bad(t, out);
    if (code_bytes > 0)
        return code_bytes;
    return n >= 2 && p[0] > 0x80 && p[0] < 0xFF && p[1] >= 0x80 ? 2 : 1;
}

size_t iconv_run(struct to_utf8 *t, iconv_t cd, const unsigned char *p,
                 size_t n, size_t code_bytes, struct buf *out)
{
    char room[ICONV_CHUNK];
    char *from = (char *)(uintptr_t)p;

    while (n > 0) {
        char *to = room;
        size_t n_out = sizeof room, result, used;

        result = iconv(cd, &from, &n, &to, &n_out);
        decode_utf8(t, (unsigned char *)room, (size_t)(to - room), true, out);
        if (result != (size_t)-1 || errno == EINVAL)
            break;
        if (errno == EILSEQ) {
            used = mend(t, (const unsigned char *)from, n, code_bytes, out);
            from += used;
            n -= used;
        }
    }
    return (size_t)(from - (char *)(uintptr_t)p);
}

void iconv_flush(struct to_utf8 *t, iconv_t cd, struct buf *out)
{
    char room[64], *to = room;
    size_t n_out = sizeof room;

    iconv(cd, NULL, NULL, &to, &n_out);
    decode_utf8(t, (unsigned char *)room, (size_t)(to - room), true, out);
}

size_t decode_iconv(struct to_utf8 *t, const unsigned char *p, size_t n,
                    bool is_last, struct buf *out)
{
    size_t i = 0;

    while (i < n) {
        size_t run = next_patch(t, p + i, n - i), used;

        used = iconv_run(t, t->cd, p + i, run, 0, out);
        i += used;
        if (used < run) {
            /* Unfinished: at the end of the chunk, or before a patched code. */
            if (n - i <= 3)
                break;
            to_utf8_bad(t, out);
            i++;
            continue;
        }
        if (i + 1 < n) {
            const struct patch *patch =
                find_patch(t, (unsigned)p[i] << 8 | p[i + 1]);

            if (patch != NULL) {
                iconv_flush(t, t->cd, out);
                to_utf8_char(t, patch->meaning, out);
                i += 2;
            }
        }
    }
    if (is_last) {
        iconv_flush(t, t->cd, out);
        t->faults.is_cut |= i < n;
        return n;
    }
    return i;
}
