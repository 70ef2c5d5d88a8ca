#include "unit/unit.h"

#include <iconv.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "decode/decode.h"

static struct arena *a;

/* TEXT in an encoding that iconv knows as ICONV. */
static struct str encode(const char *text, const char *iconv_name)
{
    iconv_t cd = iconv_open(iconv_name, "UTF-8");
    size_t n_in = strlen(text), n_out = 4 * n_in + 8;
    char *in = (char *)(uintptr_t)text, *out, *room;

    ck_assert_msg(cd != (iconv_t)-1, "%s", iconv_name);
    if (a == NULL)
        a = arena_new(0);
    out = room = arena_alloc(a, n_out);
    ck_assert_msg(iconv(cd, &in, &n_in, &out, &n_out) != (size_t)-1,
                  "\"%s\" in %s", text, iconv_name);
    iconv_close(cd);
    return str_of(room, (size_t)(out - room));
}

static void check(const char *text, const char *iconv_name)
{
    struct decode_hints hints = {.type = STR_NONE, .owner_charset = STR_NONE};
    struct document doc;
    struct error err;

    ck_assert(document_decode(a, encode(text, iconv_name), &hints, &doc, &err));
    ck_assert_msg(str_eq(doc.text, str_from_c(text)),
                  "%s: \"%.*s\" (%.*s), not \"%s\"", iconv_name,
                  STR_ARG(doc.text), STR_ARG(doc.charset), text);
}

START_TEST(sentences_are_read_in_the_encoding_they_were_written_in)
{
    static const struct {
        const char *encodings, *text;
    } cases[] = {
        {"GB18030 UTF-16LE UTF-16BE",
         "\u4eca\u5929\u7684\u5929\u6c14\u5f88\u597d\uff0c\u6211\u4eec\u53bb"
         "\u516c\u56ed\u6563\u6b65\u3002"},
        {"BIG5 UTF-16LE UTF-16BE",
         "\u4eca\u5929\u7684\u5929\u6c23\u5f88\u597d\uff0c\u6211\u5011\u53bb"
         "\u516c\u5712\u6563\u6b65\u3002"},
        {"CP932 EUC-JP UTF-16LE",
         "\u4eca\u65e5\u306f\u5929\u6c17\u304c\u3044\u3044\u306e\u3067\u3001"
         "\u516c\u5712\u3092\u6563\u6b69\u3057\u307e\u3059\u3002"},
        {"UHC UTF-16LE",
         "\uc624\ub298\uc740 \ub0a0\uc528\uac00 \uc88b\uc544\uc11c "
         "\uacf5\uc6d0\uc744 \uc0b0\ucc45\ud569\ub2c8\ub2e4."},
        {"CP1251 KOI8-R ISO-8859-5 CP866 MAC-CYRILLIC UTF-16BE",
         "\u0421\u0435\u0433\u043e\u0434\u043d\u044f \u0445\u043e\u0440\u043e"
         "\u0448\u0430\u044f \u043f\u043e\u0433\u043e\u0434\u0430, \u0438 "
         "\u043c\u044b \u0438\u0434\u0451\u043c \u0433\u0443\u043b\u044f\u0442"
         "\u044c \u0432 \u043f\u0430\u0440\u043a."},
        {"CP1251 KOI8-U",
         "\u0421\u044c\u043e\u0433\u043e\u0434\u043d\u0456 \u0433\u0430\u0440"
         "\u043d\u0430 \u043f\u043e\u0433\u043e\u0434\u0430, \u0456 \u043c"
         "\u0438 \u0439\u0434\u0435\u043c\u043e \u0434\u043e \u043f\u0430"
         "\u0440\u043a\u0443 \u0437 \u0457\u0436\u0435\u044e."},
        {"CP1253 ISO-8859-7",
         "\u03a3\u03ae\u03bc\u03b5\u03c1\u03b1 \u03ad\u03c7\u03b5\u03b9 "
         "\u03ba\u03b1\u03bb\u03cc \u03ba\u03b1\u03b9\u03c1\u03cc \u03ba\u03b1"
         "\u03b9 \u03c0\u03b1\u03bc\u03b5 \u03b2\u03cc\u03bb\u03c4\u03b1."},
        {"CP1255 ISO-8859-8",
         "\u05d4\u05d9\u05d5\u05dd \u05de\u05d6\u05d2 \u05d4\u05d0\u05d5\u05d5"
         "\u05d9\u05e8 \u05d8\u05d5\u05d1 \u05d5\u05d0\u05e0\u05d7\u05e0\u05d5 "
         "\u05d4\u05d5\u05dc\u05db\u05d9\u05dd \u05dc\u05e4\u05d0\u05e8\u05e7"},
        {"CP1256 ISO-8859-6",
         "\u0627\u0644\u0637\u0642\u0633 \u062c\u0645\u064a\u0644 \u0627\u0644"
         "\u064a\u0648\u0645 \u0648\u0633\u0646\u0630\u0647\u0628 \u0625\u0644"
         "\u0649 \u0627\u0644\u062d\u062f\u064a\u0642\u0629"},
        {"CP874",
         "\u0e27\u0e31\u0e19\u0e19\u0e35\u0e49\u0e2d\u0e32\u0e01\u0e32\u0e28"
         "\u0e14\u0e35 \u0e40\u0e23\u0e32\u0e44\u0e1b\u0e40\u0e14\u0e34\u0e19"
         "\u0e40\u0e25\u0e48\u0e19"},
        {"CP1252 ISO-8859-15",
         "Aujourd'hui il a neig\u00e9, et nous sommes all\u00e9s \u00e0 "
         "l'\u00e9cole \u00e0 pied."},
        {"CP1252 MACINTOSH",
         "Heute ist sch\u00f6nes Wetter, und wir gehen im gro\u00dfen "
         "Stadtpark spazieren; f\u00fcr \u00c4ltere gibt es B\u00e4nke."},
        {"CP1252", "\u201cA plain text\u201d, she said \u2014 with quotes."},
        {"CP1252", "Caf\u00e9"},
        {"CP1250 ISO-8859-2",
         "Dzi\u015b jest \u0142adna pogoda, wi\u0119c p\u00f3jdziemy na spacer "
         "do parku, by odpocz\u0105\u0107."},
        {"CP1250 ISO-8859-2",
         "Dnes je hezk\u00e9 po\u010das\u00ed, tak p\u016fjdeme na "
         "proch\u00e1zku do parku a\u017e k \u0159ece."},
        {"CP1254",
         "Bug\u00fcn hava \u00e7ok g\u00fczel, parkta y\u00fcr\u00fcy\u00fc"
         "\u015fe \u00e7\u0131k\u0131yoruz ve \u0131rma\u011fa gidiyoruz."},
        {"CP1257",
         "\u0160iandien gra\u017eus oras, tod\u0117l einame pasivaik\u0161"
         "\u010dioti \u012f park\u0105 prie up\u0117s."},
    };

    if (a == NULL)
        a = arena_new(0);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct str rest = str_from_c(cases[i].encodings), name;

        while (str_word(&rest, &name))
            check(cases[i].text, arena_str(a, name).p);
    }
}
END_TEST

START_TEST(a_few_han_characters_are_enough)
{
    static const char *const simplified[] = {"\u4e2d\u56fd",
                                             "\u65b0\u95fb",
                                             "\u7ecf\u6d4e",
                                             "\u516c\u53f8",
                                             "\u4eba\u5de5\u667a\u80fd",
                                             "\u5927\u6a21\u578b"};
    static const char *const traditional[] = {
        "\u4e2d\u570b", "\u65b0\u805e", "\u7d93\u6fdf",
        "\u516c\u53f8", "\u81fa\u7063", "\u5927\u6a21\u578b"};

    if (a == NULL)
        a = arena_new(0);
    for (size_t i = 0; i < 6; i++) {
        check(simplified[i], "GB18030");
        check(traditional[i], "BIG5");
    }
}
END_TEST

START_TEST(accents_inside_a_word_are_no_han_characters)
{
    static const struct {
        const char *encoding, *text;
    } cases[] = {
        {"CP1250", "Kot na p\u0142ocie"},
        {"ISO-8859-15", "C\u0153ur de b\u0153uf"},
        {"GB18030", "\u7528app\u8ba2\u7968"},
        {"GB18030", "a\u80a1\u4e0b\u8dcc"},
        {"GB18030", "mini\u7248"},
        {"UHC", "google\uc774 \uacf5\uac1c\ud55c \uac83"},
        {"SHIFT_JIS", "app\u3067\u4e88\u7d04"},
    };

    if (a == NULL)
        a = arena_new(0);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check(cases[i].text, cases[i].encoding);
}
END_TEST

START_TEST(a_latin_label_over_another_script_is_not_believed)
{
    struct decode_hints hints = {.type = STR("text/html; charset=iso-8859-1"),
                                 .owner_charset = STR_NONE};
    const char *text = "\u4eca\u5929\u7684\u5929\u6c14\u5f88\u597d\uff0c\u6211"
                       "\u4eec\u53bb\u516c\u56ed\u6563\u6b65\u3002";
    struct document doc;
    struct error err;

    if (a == NULL)
        a = arena_new(0);
    ck_assert(document_decode(a, encode(text, "GB18030"), &hints, &doc, &err));
    ck_str(doc.text, text);
    ck_assert(notes_have(&doc.notes, NOTE_CHARSET_MISLABELLED));
    text =
        "Na\u00efve caf\u00e9 \u00e0 la carte, d\u00e9j\u00e0 vu: \u00c4rger";
    ck_assert(document_decode(a, encode(text, "CP1252"), &hints, &doc, &err));
    ck_str(doc.text, text);
    ck_assert_int_eq(doc.charset_from, CHARSET_HTTP);
}
END_TEST

UNIT_TESTS(sentences_are_read_in_the_encoding_they_were_written_in,
           a_few_han_characters_are_enough,
           accents_inside_a_word_are_no_han_characters,
           a_latin_label_over_another_script_is_not_believed)
