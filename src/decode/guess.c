#include "decode/charset.h"

#include <uchardet.h>

#include "base/utf8.h"

#define SAMPLE_BYTES 65536

/* ---- two or four bytes a character ---- */

/* Whether a text would hold the UTF-16 unit C. */
static bool is_common_unit(unsigned c)
{
    return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\r' || c == '\t' ||
           (c >= 0xA0 && c < 0x700) || (c >= 0x900 && c < 0x1100) ||
           (c >= 0x1E00 && c < 0x2200) || (c >= 0x3000 && c < 0x3400) ||
           (c >= 0x4E00 && c < 0xA000) || (c >= 0xAC00 && c < 0xD7A4) ||
           (c >= 0xFF00 && c < 0xFFF0);
}

static enum charset_id utf32_kind(const unsigned char *p, size_t n)
{
    size_t little = 0, big = 0, units = n / 4;

    for (size_t i = 0; i < units; i++, p += 4) {
        little += p[3] == 0 && p[2] <= 0x10 && (p[1] | p[0]) != 0;
        big += p[0] == 0 && p[1] <= 0x10 && (p[2] | p[3]) != 0;
    }
    if (units == 0 || (little < units && big < units))
        return CHARSET_UNKNOWN;
    return little > big ? CHARSET_UTF_32LE : CHARSET_UTF_32BE;
}

enum charset_id charset_guess_wide(struct str bytes)
{
    const unsigned char *p = (const unsigned char *)bytes.p;
    size_t n = bytes.n < SAMPLE_BYTES ? bytes.n : SAMPLE_BYTES;
    size_t zeros = 0, ascii = 0, little = 0, big = 0, units = n / 2;
    enum charset_id id;

    if (units == 0 ||
        str_find_char(str_slice(bytes, 0, n), '\0', 0) == STR_NOT_FOUND)
        return CHARSET_UNKNOWN;
    id = utf32_kind(p, n & ~(size_t)3);
    if (id != CHARSET_UNKNOWN)
        return id;
    for (size_t i = 0; i < units; i++) {
        unsigned first = p[2 * i], second = p[2 * i + 1];

        zeros += first == 0 || second == 0;
        ascii += first >= ' ' && first < 0x7F && second >= ' ' && second < 0x7F;
        little += is_common_unit(second << 8 | first);
        big += is_common_unit(first << 8 | second);
    }
    /* A stray NUL in a text of bytes is not enough; of Chinese characters a
     * third are made of two ASCII bytes. */
    if (zeros * 50 < units || ascii * 3 > units * 2 ||
        (little * 10 < units * 9 && big * 10 < units * 9))
        return CHARSET_UNKNOWN;
    return little >= big ? CHARSET_UTF_16LE : CHARSET_UTF_16BE;
}

/* ---- one to four bytes a character ---- */

/* Names of uchardet's that are no labels. */
static enum charset_id id_of_uchardet(const char *name)
{
    struct str s = str_from_c(name);

    if (str_eq(s, STR("UHC")))
        return CHARSET_EUC_KR;
    if (str_eq(s, STR("MAC-CYRILLIC")))
        return CHARSET_X_MAC_CYRILLIC;
    return charset_of_label(s);
}

enum charset_id charset_guess(struct str bytes, struct str type)
{
    enum charset_id id = CHARSET_UNKNOWN;
    uchardet_t detector = uchardet_new();

    (void)type;
    bytes = str_slice(bytes, 0, SAMPLE_BYTES);
    if (detector != NULL &&
        uchardet_handle_data(detector, bytes.p, bytes.n) == 0) {
        uchardet_data_end(detector);
        id = id_of_uchardet(uchardet_get_charset(detector));
    }
    uchardet_delete(detector);
    return id == CHARSET_UNKNOWN || charset_how(id) == HOW_UTF8
               ? CHARSET_WINDOWS_1252
               : id;
}
