#include "unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "decode/to_utf8.h"

static struct arena *a;

/* BYTES in chunks of STEP. */
static struct str read_as(const char *label, struct str bytes, size_t step)
{
    struct to_utf8 *t = to_utf8_new(charset_of_label(str_from_c(label)));
    struct buf out;
    struct str text;

    ck_assert_msg(t != NULL, "%s", label);
    if (a == NULL)
        a = arena_new(0);
    buf_init(&out, BUF_MAX);
    for (size_t i = 0; i < bytes.n; i += step)
        to_utf8_push(t, str_slice(bytes, i, i + step), &out);
    to_utf8_finish(t, &out);
    text = buf_keep(&out, a);
    buf_done(&out);
    to_utf8_free(t);
    return text;
}

static const struct {
    const char *label;
    struct str bytes;
    const char *text;
} cases[] = {
    {"utf-8", STR_INIT("a\xE4\xB8\xAD\xF0\x9F\x98\x80z"), "a\u4e2d\U0001F600z"},
    /* Overlong forms, surrogates, half characters: a maximal part each. */
    {"utf-8", STR_INIT("\xC0\xAF|\xED\xA0\x80|\xE4\xB8<p>"),
     "\uFFFD\uFFFD|\uFFFD\uFFFD\uFFFD|\uFFFD<p>"},
    {"utf-8",
     STR_INIT("a\x01\x1F\x7F"
              "b\fc\vd\te\r\n"),
     "ab c d\te\r\n"},
    {"utf-8", STR_INIT("\xC2\x93x\xC2\x94\xC2\x81"), "\u201cx\u201d"},
    {"utf-8", STR_INIT("a\xEF\xBF\xBF\xEF\xBF\xBD\xEF\xBC\x8C"),
     "a\uFFFD\uFFFD\uFF0C"},
    {"utf-8", STR_INIT("cut\xE4\xB8"), "cut"},
    {"latin1",
     STR_INIT("\x93"
              "caf\xE9\x94 \x80"),
     "\u201ccaf\u00e9\u201d \u20ac"},
    {"iso-8859-2", STR_INIT("\xB1\xE6\x85"), "\u0105\u0107\u2026"},
    {"koi8-u", STR_INIT("\xAE\xD7"), "\u045e\u0432"},
    {"windows-1255", STR_INIT("\xF9\xD1\xCA"), "\u05e9\u05c1\u05ba"},
    {"windows-1258", STR_INIT("a\xCC"), "a\u0300"},
    {"iso-8859-7", STR_INIT("\xE1\xFF"), "\u03b1\uFFFD"},
    {"x-user-defined", STR_INIT("\x80"), "\uf780"},
    {"gb2312", STR_INIT("\xD6\xD0\x80\x81\x30\x8A\x39"), "\u4e2d\u20ac\u00f1"},
    {"gbk", STR_INIT("\xA3\xA0\xD6\xD0\xFE\x51"), "\u3000\u4e2d\ue816"},
    /* A half character before a tag does not take its '<'. */
    {"gbk", STR_INIT("\xD6\xD0\xD6</a>\xFF\xD6\xD0"),
     "\u4e2d\uFFFD</a>\uFFFD\u4e2d"},
    {"gb18030", STR_INIT("\x95\x32\x82\x36\xB0\xA1"), "\U00020000\u554a"},
    {"big5", STR_INIT("\xA4\xA4\xA1\x45\x8E\x69\x88\x62!"),
     "\u4e2d\u2027\u7bb8\u00ca\u0304!"},
    {"big5", STR_INIT("\xA4<b>\xA4\xA4"), "\uFFFD<b>\u4e2d"},
    {"shift_jis", STR_INIT("\x82\xA0\xB1\x87\x40\x82"), "\u3042\uff71\u2460"},
    {"euc-kr", STR_INIT("\xB0\xA1\xC6\x52\xC1\x63"), "\uac00\ud7a3\ud58e"},
    {"euc-jp",
     STR_INIT("\xA4\xA2\x8E\xB1\x8F\xB0\xA1\xAD\xA1\xF9\xA1"
              "a"),
     "\u3042\uff71\u4e02\u2460\u7e8aa"},
    {"euc-jp", STR_INIT("\xA4<\xA1\xC1\x8F\xB0<"), "\uFFFD<\uff5e\uFFFD<"},
    {"euc-jp", STR_INIT("\xA9\xA1<\x8F\xF5\xA1<\xA4\xA2\xA9\xA1\xA4\xA2"),
     "\uFFFD<\uFFFD<\u3042\uFFFD\u3042"},
    {"iso-2022-jp", STR_INIT("\x1B$B)!$\"\x1B$(Du!\x1B(B<"),
     "\uFFFD\u3042\uFFFD<"},
    {"iso-2022-jp", STR_INIT("a\x1B$B$\"\x1B(J\\\x1B(I1\x1B$(D0!\x1B(Bz"),
     "a\u3042\u00a5\uff71\u4e02z"},
    {"iso-2022-jp", STR_INIT("\x1B$B$\"\nx\x1B[1m"), "\u3042\nx\uFFFD[1m"},
    {"utf-16le", STR_INIT("a\0\x2D\x4E\x3D\xD8\0\xDE\0\xDC"),
     "a\u4e2d\U0001F600\uFFFD"},
    {"utf-16be", STR_INIT("\0a\x4E\x2D\xD8\0\0b\0"), "a\u4e2d\uFFFDb"},
    {"utf-32le", STR_INIT("a\0\0\0\x2D\x4E\0\0\0\0\x11\0"), "a\u4e2d\uFFFD"},
    {"utf-32be", STR_INIT("\0\0\0a\0\0\x4E\x2D\0"), "a\u4e2d"},
};

#define CASES (sizeof cases / sizeof cases[0])

START_TEST(bytes_become_the_text_they_mean_in_chunks_of_any_size)
{
    for (size_t i = 0; i < CASES; i++) {
        for (size_t step = 1; step <= cases[i].bytes.n; step++) {
            struct str got = read_as(cases[i].label, cases[i].bytes, step);

            ck_assert_msg(str_eq(got, str_from_c(cases[i].text)),
                          "case %zu (%s) by %zu: \"%.*s\", not \"%s\"", i,
                          cases[i].label, step, STR_ARG(got), cases[i].text);
        }
    }
}
END_TEST

START_TEST(any_bytes_become_valid_text_and_keep_every_ascii_sign)
{
    static const char *const labels[] = {
        "utf-8",  "gb18030",     "big5",     "shift_jis", "euc-jp",
        "euc-kr", "iso-2022-jp", "koi8-r",   "utf-16",    "utf-16be",
        "utf-32", "ibm866",      "macintosh"};
    char noise[512];
    uint32_t seed = 1;

    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        for (int round = 0; round < 50; round++) {
            for (size_t k = 0; k < sizeof noise; k++) {
                seed = seed * 1664525 + 1013904223;
                noise[k] = (char)(seed >> 24);
            }
            for (size_t k = 0; k < sizeof noise; k += 16)
                noise[k] = '<';
            for (size_t step = 1; step < 40; step += 7) {
                struct str text =
                    read_as(labels[i], str_of(noise, sizeof noise), step);
                size_t signs = 0, odd = 0;

                ck_assert(utf8_valid(text));
                for (size_t k = 0; k < text.n; k++) {
                    odd += text.p[k] == '\0' || text.p[k] == 0x1B;
                    signs += text.p[k] == '<';
                }
                ck_assert_uint_eq(odd, 0);
                /* '<' is a trail byte nowhere but in wide encodings and
                 * ISO-2022-JP. */
                if (str_find_nocase(str_from_c(labels[i]), STR("utf-"), 0) !=
                        0 &&
                    !str_eq(str_from_c(labels[i]), STR("iso-2022-jp")))
                    ck_assert_uint_ge(signs, sizeof noise / 16);
            }
        }
    }
}
END_TEST

/* The tables of the corpus, when they are there. */
START_TEST(whole_code_tables_are_whatwgs)
{
    static const char *const tables[] = {"GBK",
                                         "Big5",
                                         "EUC-KR",
                                         "Shift_JIS",
                                         "EUC-JP",
                                         "KOI8-U",
                                         "KOI8-R",
                                         "macintosh",
                                         "windows-1250",
                                         "windows-1255",
                                         "windows-1256",
                                         "windows-874",
                                         "x-mac-cyrillic",
                                         "IBM866",
                                         "ISO-8859-8"};
    static char room[2][1 << 20];

    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        struct str got, wanted, line, other;
        size_t n[2];

        for (int k = 0; k < 2; k++) {
            char path[512];
            FILE *f;

            snprintf(path, sizeof path, "%s/corpus/charset/tables/table-%s.%s",
                     SHARED_DIR, tables[i], k == 0 ? "bin" : "utf8");
            f = fopen(path, "rb");
            if (f == NULL)
                return;
            n[k] = fread(room[k], 1, sizeof room[k], f);
            fclose(f);
        }
        got = read_as(tables[i], str_of(room[0], n[0]), 4096);
        wanted = str_of(room[1], n[1]);
        for (size_t at = 1; str_split(&wanted, '\n', &other); at++) {
            ck_assert(str_split(&got, '\n', &line));
            /* C1 controls, which we read as windows-1252 or cut; and A3A0. */
            if (other.n == 2 && other.p[0] == '\xC2' &&
                (unsigned char)other.p[1] < 0xA0)
                continue;
            if (!str_eq(line, other))
                ck_abort_msg("%s line %zu: \"%.*s\", not \"%.*s\"", tables[i],
                             at, STR_ARG(line), STR_ARG(other));
        }
    }
}
END_TEST

UNIT_TESTS(bytes_become_the_text_they_mean_in_chunks_of_any_size,
           any_bytes_become_valid_text_and_keep_every_ascii_sign,
           whole_code_tables_are_whatwgs)
