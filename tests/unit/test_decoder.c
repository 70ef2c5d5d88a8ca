#include "unit/unit.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/utf8.h"
#include "decode/charset.h"
#include "decode/decode.h"

static struct arena *a;
static struct document doc;

static bool decode(struct str bytes, const char *type)
{
    struct decode_hints hints = {.type = str_from_c(type),
                                 .owner_charset = STR_NONE};
    struct error err;

    if (a == NULL)
        a = arena_new(0);
    return document_decode(a, bytes, &hints, &doc, &err);
}

/* "charset by whom" of BYTES. */
static struct str verdict(struct str bytes, const char *type)
{
    ck_assert(decode(bytes, type));
    return arena_cat(a, doc.charset, STR(" by "),
                     charset_from_name(doc.charset_from));
}

#define GBK_TEXT  "\xB1\xE0\xC2\xEB\xD3\xC5\xCF\xC8\xBC\xB6\xB2\xE2\xCA\xD4"
#define UTF8_TEXT "\xE7\xBC\x96\xE7\xA0\x81\xE4\xBC\x98\xE5\x85\x88"

START_TEST(witnesses_are_believed_in_their_order)
{
    static const struct {
        struct str bytes;
        const char *type, *verdict;
    } cases[] = {
        {STR_INIT("\xEF\xBB\xBF" UTF8_TEXT), "text/html; charset=gbk",
         "utf-8 by bom"},
        {STR_INIT("\xFE\xFF\x4E\x2D\0<"), "text/html; charset=utf-8",
         "utf-16be by bom"},
        {STR_INIT("\xFF\xFE\0\0<\0\0\0"), "", "utf-32le by bom"},
        {STR_INIT(UTF8_TEXT), "text/html; charset=gbk", "utf-8 by utf8"},
        {STR_INIT("<meta charset=gbk>" UTF8_TEXT), "", "utf-8 by utf8"},
        {STR_INIT("<meta charset=big5>" GBK_TEXT),
         "text/html; charset=GB2312; x", "gbk by http"},
        {STR_INIT("<meta charset=gbk>" GBK_TEXT), "text/html", "gbk by meta"},
        {STR_INIT("<meta charset=gbk>" GBK_TEXT), "text/html; charset=utf-8",
         "gbk by meta"},
        {STR_INIT("  <?xml version='1.0' encoding='gbk'?>" GBK_TEXT), "",
         "gbk by declaration"},
        {STR_INIT("<!-- <meta charset=big5> --><meta http-equiv=Content-Type "
                  "content='text/html; charset=gb2312'>" GBK_TEXT),
         "", "gbk by meta"},
        {STR_INIT("<?xml version='1.0' encoding='utf-16'?><a/>"), "",
         "utf-8 by declaration"},
        {STR_INIT("<\0?\0x\0m\0l\0>\0"), "", "utf-16le by guess"},
        {STR_INIT("\0<\0a\0>\0b"), "text/xml; charset=utf-16",
         "utf-16be by guess"},
        {STR_INIT("plain"), "", "utf-8 by utf8"},
        {STR_INIT("plain"), "text/plain; charset=latin1",
         "windows-1252 by http"},
        {STR_INIT("\x1B$B$\"\x1B(B"), "", "iso-2022-jp by guess"},
        {STR_INIT(
             "\xE6\x98\xA5\xE3\x81\xAE\xE5\xA4\xA9\xE6\xB0\x97 \xE6\x98 x"),
         "", "utf-8 by utf8"},
        {STR_INIT("Tur til s\xC3\xB8"
                  "en p\xC3\xA5 s\xC3\xB8ndag, s\xC3\xA5 x\xC3 y"),
         "", "utf-8 by utf8"},
        {STR_INIT("caf\xE9 na\xEFve, \x93"
                  "d\xE9j\xE0 vu\x94"),
         "text/html; charset=replacement", "windows-1252 by guess"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct str got = verdict(cases[i].bytes, cases[i].type);

        ck_assert_msg(str_eq(got, str_from_c(cases[i].verdict)),
                      "case %zu: %.*s, not %s", i, STR_ARG(got),
                      cases[i].verdict);
    }
}
END_TEST

START_TEST(the_owner_beats_all_but_a_mark)
{
    struct decode_hints hints = {.type = STR("text/html; charset=utf-8"),
                                 .owner_charset = STR("big5")};
    struct error err;

    if (a == NULL)
        a = arena_new(0);
    ck_assert(document_decode(a, STR("\xA4\xA4"), &hints, &doc, &err));
    ck_str(doc.text, "\u4e2d");
    ck_assert_int_eq(doc.charset_from, CHARSET_OWNER);
    ck_assert(document_decode(a, STR("\xEF\xBB\xBFx"), &hints, &doc, &err));
    ck_str(doc.charset, "utf-8");
    ck_str(doc.text, "x");
}
END_TEST

START_TEST(a_lie_and_a_guess_are_noted)
{
    ck_assert(decode(STR(UTF8_TEXT), "text/html; charset=gbk"));
    ck_assert(notes_have(&doc.notes, NOTE_CHARSET_MISLABELLED));
    ck_assert(decode(STR(GBK_TEXT GBK_TEXT), ""));
    ck_assert(notes_have(&doc.notes, NOTE_CHARSET_GUESSED));
}
END_TEST

START_TEST(a_double_encoded_page_is_undone_only_as_a_whole)
{
    /* UTF-8 of two Han characters, read as windows-1252, as UTF-8. */
    static const char twice[] = "\u00e4\u00bd\u00a0\u00e5\u00a5\u00bd";

    ck_assert(decode(str_from_c(twice), ""));
    ck_str(doc.text, "\u4f60\u597d");
    ck_assert(notes_have(&doc.notes, NOTE_CHARSET_REPAIRED));
    /* "It's \u201cit\u201d" with such quotes, read as iso-8859-1. */
    ck_assert(decode(STR("It\xC3\xA2\xC2\x80\xC2\x99s "
                         "\xC3\xA2\xC2\x80\xC2\x9Cit"
                         "\xC3\xA2\xC2\x80\xC2\x9D"),
                     ""));
    ck_str(doc.text, "It\u2019s \u201cit\u201d");
    ck_assert(decode(STR("\u4f60: \u00e4\u00bd\u00a0\u00e5\u00a5\u00bd"), ""));
    ck_str(doc.text, "\u4f60: \u00e4\u00bd\u00a0\u00e5\u00a5\u00bd");
    ck_assert(decode(STR("caf\u00e9 na\u00efve"), ""));
    ck_str(doc.text, "caf\u00e9 na\u00efve");
}
END_TEST

START_TEST(a_text_cut_inside_a_character_is_still_utf8)
{
    ck_assert(decode(STR(UTF8_TEXT "\xE5\x85"), ""));
    ck_str(doc.text, UTF8_TEXT);
    ck_assert(notes_have(&doc.notes, NOTE_TRUNCATED));
    ck_str(doc.charset, "utf-8");
}
END_TEST

START_TEST(the_kind_of_a_document_is_found)
{
    static const struct {
        const char *text, *type;
        enum document_kind kind;
    } cases[] = {
        {"<?xml version='1.0'?><rss version='2.0'>", "text/html", DOC_XML},
        {"\n<!-- x --><feed xmlns='a'>", "", DOC_XML},
        {"Warning: x\n<?xml version='1.0'?><rss>", "", DOC_XML},
        {"<rdf:RDF>", "text/plain", DOC_XML},
        {"<!DOCTYPE html><title>x", "", DOC_HTML},
        {"<?xml version='1.0'?><!DOCTYPE html><html>", "", DOC_HTML},
        {"<div>x</div>", "", DOC_HTML},
        {"some <b>text</b>", "text/html", DOC_HTML},
        {"{\"version\": 1}", "", DOC_JSON},
        {"[1] a note", "", DOC_TEXT},
        {"1 < 2 lines\nof text", "", DOC_TEXT},
        {"<b> is a tag", "text/plain", DOC_TEXT},
        {" \n\t", "", DOC_EMPTY},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        ck_assert_msg(sniff_kind(str_from_c(cases[i].text),
                                 str_from_c(cases[i].type)) == cases[i].kind,
                      "%s", cases[i].text);
}
END_TEST

START_TEST(binary_and_empty_documents_are_refused)
{
    ck_assert(!decode(STR("\x89PNG\r\n\x1A\n\0\0\0\rIHDR"), ""));
    ck_assert(!decode(STR("\x01\x02\x03\x04\x05\x06\x07\x08"), ""));
    ck_assert(!decode(STR("  "), ""));
    ck_assert(!decode(STR(""), ""));
    ck_assert(decode(STR("a stray \0 zero in a line of text"), ""));
    ck_assert(notes_have(&doc.notes, NOTE_CONTROLS_CUT));
}
END_TEST

START_TEST(a_stream_gives_the_same_as_the_whole)
{
    static const struct str texts[] = {
        STR_INIT("\xEF\xBB\xBF" UTF8_TEXT),
        STR_INIT(UTF8_TEXT),
        STR_INIT("<?xml version='1.0' encoding='gbk'?>" GBK_TEXT),
        STR_INIT("\xFF\xFE<\0x\0>\0"),
        STR_INIT("a"),
        STR_INIT(GBK_TEXT)};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        ck_assert(decode(texts[i], ""));
        for (size_t step = 1; step < texts[i].n; step++) {
            struct decode_hints hints = {.type = STR_NONE,
                                         .owner_charset = STR_NONE};
            struct notes notes = {0};
            struct decoder *d = decoder_new(&hints, a, &notes);
            struct buf out;
            struct error err;

            buf_init(&out, BUF_MAX);
            for (size_t k = 0; k < texts[i].n; k += step)
                ck_assert(decoder_push(d, str_slice(texts[i], k, k + step),
                                       &out, &err));
            ck_assert(decoder_finish(d, &out, &err));
            ck_assert(str_eq(buf_str(&out), doc.text));
            ck_assert(str_eq(decoder_charset(d), doc.charset));
            decoder_free(d);
            buf_done(&out);
        }
    }
}
END_TEST

START_TEST(a_stream_of_nothing_but_ascii_keeps_its_own_word)
{
    static const struct {
        struct str bytes, type;
        const char *charset;
    } rows[] = {
        {STR_INIT("<?xml version='1.0' encoding='ISO-8859-1'?><a/>"),
         STR_INIT(""), "iso-8859-1"},
        {STR_INIT("<a/>"), STR_INIT("text/xml; charset=us-ascii"), "us-ascii"},
        {STR_INIT("<?xml version='1.0' encoding='us-ascii'?><a>\xE9</a>"),
         STR_INIT(""), "windows-1252"},
        {STR_INIT("<a/>"), STR_INIT("text/xml"), "utf-8"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct decode_hints hints = {.type = rows[i].type,
                                     .owner_charset = STR_NONE};
        struct notes notes = {0};
        struct decoder *d;
        struct buf out;
        struct error err;

        if (a == NULL)
            a = arena_new(0);
        d = decoder_new(&hints, a, &notes);
        buf_init(&out, BUF_MAX);
        ck_assert(decoder_push(d, rows[i].bytes, &out, &err));
        ck_assert(decoder_finish(d, &out, &err));
        ck_str(decoder_charset(d), rows[i].charset);
        decoder_free(d);
        buf_done(&out);
    }
}
END_TEST

START_TEST(a_stream_of_ascii_decides_when_the_first_other_byte_comes)
{
    static char blanks[200000];
    struct decode_hints hints = {.type = STR_NONE, .owner_charset = STR_NONE};
    struct notes notes = {0};
    struct decoder *d;
    struct buf out;
    struct error err;

    if (a == NULL)
        a = arena_new(0);
    d = decoder_new(&hints, a, &notes);
    buf_init(&out, BUF_MAX);
    memset(blanks, 'x', sizeof blanks);
    memcpy(blanks, "<?xml version='1.0' encoding='big5'?>", 37);
    ck_assert(decoder_push(d, str_of(blanks, sizeof blanks), &out, &err));
    ck_assert(decoder_push(d, STR("\xA4\xA4"), &out, &err));
    ck_assert(decoder_finish(d, &out, &err));
    ck_str(decoder_charset(d), "big5");
    ck_assert(str_ends(buf_str(&out), STR("xx\u4e2d")));
    ck_assert_uint_eq(out.n, sizeof blanks + 3);
    decoder_free(d);
    buf_done(&out);
}
END_TEST

START_TEST(a_text_past_the_ceiling_is_cut_or_refused)
{
    struct decode_hints hints = {
        .type = STR_NONE, .owner_charset = STR_NONE, .max_bytes = 4};
    struct notes notes = {0};
    struct decoder *d;
    struct buf out;
    struct error err;

    if (a == NULL)
        a = arena_new(0);
    ck_assert(document_decode(a, STR("abc\u4e2d"), &hints, &doc, &err));
    ck_str(doc.text, "abc");
    ck_assert(notes_have(&doc.notes, NOTE_TOO_LARGE));
    d = decoder_new(&hints, a, &notes);
    buf_init(&out, BUF_MAX);
    ck_assert(decoder_push(d, STR("abcdef"), &out, &err));
    ck_assert(!decoder_finish(d, &out, &err));
    ck_assert_int_eq(err.code, ERR_LIMIT);
    decoder_free(d);
    buf_done(&out);
}
END_TEST

static struct str by_label(struct str label)
{
    return charset_name(charset_of_label(label));
}

START_TEST(labels_are_whatwgs)
{
    ck_str(by_label(STR(" GB2312\n")), "gbk");
    ck_str(by_label(STR("ISO-8859-1")), "windows-1252");
    ck_str(by_label(STR("ks_c_5601-1987")), "euc-kr");
    ck_str(by_label(STR("unicode")), "utf-16le");
    ck_str(by_label(STR("x")), "");
}
END_TEST

UNIT_TESTS(witnesses_are_believed_in_their_order,
           the_owner_beats_all_but_a_mark, a_lie_and_a_guess_are_noted,
           a_double_encoded_page_is_undone_only_as_a_whole,
           a_text_cut_inside_a_character_is_still_utf8,
           the_kind_of_a_document_is_found,
           binary_and_empty_documents_are_refused,
           a_stream_of_nothing_but_ascii_keeps_its_own_word,
           a_stream_gives_the_same_as_the_whole,
           a_stream_of_ascii_decides_when_the_first_other_byte_comes,
           a_text_past_the_ceiling_is_cut_or_refused, labels_are_whatwgs)
