/* One byte a character: 256 strings, made with iconv when the decoder is made. */
#include "decode/to_utf8_part.h"

#include "base/arena.h"
#include "base/utf8.h"

#define CELL_BAD 255 /* as a cell's n: the byte means nothing */

size_t decode_table(struct to_utf8 *t, const unsigned char *p, size_t n,
                    bool is_last, struct buf *out)
{
    (void)is_last;
    for (size_t i = 0; i < n; i++) {
        size_t from = i;
        const struct cell *cell;

        while (i < n && p[i] < 0x80 && to_utf8_is_plain(p[i]))
            i++;
        buf_add(out, p + from, i - from);
        if (i >= n)
            break;
        cell = &t->table[p[i]];
        if (cell->n == CELL_BAD)
            to_utf8_bad(t, out);
        else if (cell->n == 0)
            to_utf8_char(t, p[i] < 0x80 ? p[i] : 0x81, out);
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

void decode_table_fill(struct to_utf8 *t)
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
