/*
 * Japanese.  EUC-JP: two-byte codes are moved to Shift_JIS by arithmetic (it is
 * the same index) and read by CP932, which agrees with WHATWG where glibc's
 * EUC-JP does not; JIS X 0212 goes to glibc's EUC-JP.  ISO-2022-JP: the escape
 * sequences are followed here; the codes become EUC-JP.
 */
#include "decode/to_utf8_part.h"

/* ---- EUC-JP ---- */

static bool is_euc(unsigned char c)
{
    return c >= 0xA1 && c <= 0xFE;
}

/* A code of JIS X 0208 (both bytes with the high bit) as Shift_JIS. */
static void to_sjis(unsigned char lead, unsigned char trail,
                    unsigned char sjis[2])
{
    unsigned row = lead - 0xA1u, cell = trail - 0xA1u;
    unsigned place = cell + (row % 2 != 0 ? 94 : 0);

    row /= 2;
    sjis[0] = (unsigned char)(row + (row < 31 ? 0x81 : 0xC1));
    sjis[1] = (unsigned char)(place + (place < 63 ? 0x40 : 0x41));
}

/* The codes of JIS X 0208 at P, their bytes with the high bit after FLIP: many
 * at once, since a call of iconv costs as much as ten of them.  Bytes used. */
static size_t put_0208(struct to_utf8 *t, const unsigned char *p, size_t n,
                       unsigned char flip, struct buf *out)
{
    unsigned char sjis[1024];
    size_t i = 0;

    while (i + 1 < n && i < sizeof sjis && is_euc(p[i] ^ flip) &&
           is_euc(p[i + 1] ^ flip)) {
        to_sjis(p[i] ^ flip, p[i + 1] ^ flip, sjis + i);
        i += 2;
    }
    iconv_run(t, t->cd, sjis, i, 2, out);
    return i;
}

static void put_0212(struct to_utf8 *t, unsigned char lead, unsigned char trail,
                     struct buf *out)
{
    unsigned char euc[3] = {0x8F, lead, trail};

    /* WHATWG's tilde is the wide one. */
    if (lead == 0xA2 && trail == 0xB7)
        to_utf8_char(t, 0xFF5E, out);
    else if (t->cd_0212 == NO_ICONV)
        to_utf8_bad(t, out);
    else
        iconv_run(t, t->cd_0212, euc, 3, 3, out);
}

size_t decode_euc_jp(struct to_utf8 *t, const unsigned char *p, size_t n,
                     bool is_last, struct buf *out)
{
    size_t i = 0;

    while (i < n) {
        size_t need = p[i] < 0x80 ? 1 : p[i] == 0x8F ? 3 : 2;
        size_t good = 1;

        if (need == 1) {
            to_utf8_char(t, p[i++], out);
            continue;
        }
        if (!is_euc(p[i]) && p[i] != 0x8E && p[i] != 0x8F) {
            to_utf8_bad(t, out);
            i++;
            continue;
        }
        while (good < need && i + good < n && is_euc(p[i + good]))
            good++;
        if (good < need && i + good >= n)
            break;
        if (good < need) {
            to_utf8_bad(t, out);
            i += good + (p[i + good] >= 0x80);
            continue;
        }
        if (is_euc(p[i])) {
            i += put_0208(t, p + i, n - i, 0, out);
            continue;
        }
        if (p[i] == 0x8F)
            put_0212(t, p[i + 1], p[i + 2], out);
        else if (p[i + 1] <= 0xDF)
            to_utf8_char(t, 0xFF61u + p[i + 1] - 0xA1u, out);
        else
            to_utf8_bad(t, out);
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
        to_utf8_bad(t, out);
        return 1;
    }
    if (t->jis == JIS_ASCII || !in_range) {
        /* A line break ends a two-byte run in mail and careless feeds. */
        if (p[0] == '\n')
            t->jis = JIS_ASCII;
        to_utf8_char(t, p[0], out);
        return 1;
    }
    if (t->jis == JIS_ROMAN) {
        to_utf8_char(t,
                     p[0] == 0x5C   ? 0xA5
                     : p[0] == 0x7E ? 0x203E
                                    : p[0],
                     out);
        return 1;
    }
    if (t->jis == JIS_KATAKANA) {
        if (p[0] <= 0x5F)
            to_utf8_char(t, 0xFF61u + p[0] - 0x21u, out);
        else
            to_utf8_bad(t, out);
        return 1;
    }
    if (n < 2)
        return 0;
    if (p[1] < 0x21 || p[1] > 0x7E) {
        to_utf8_bad(t, out);
        return 1;
    }
    if (t->jis == JIS_0208)
        return put_0208(t, p, n, 0x80, out);
    put_0212(t, p[0] | 0x80, p[1] | 0x80, out);
    return 2;
}

size_t decode_iso_2022_jp(struct to_utf8 *t, const unsigned char *p, size_t n,
                          bool is_last, struct buf *out)
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
                to_utf8_bad(t, out);
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
