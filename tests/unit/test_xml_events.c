#include "unit/unit.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/utf8.h"
#include "decode/decode.h"

/* Events are written down as <{uri}name a="v"> text </name>, CDATA as [text]. */
static struct arena *a;
static struct notes notes;
static struct buf seen;
static struct xml_parser *parser;
static int depth, deepest;

static void on_start(void *ctx, struct str uri, struct str prefix,
                     struct str name, const struct xml_attr *attrs, size_t n)
{
    (void)ctx;
    (void)prefix;
    depth++;
    if (depth > deepest)
        deepest = depth;
    buf_printf(&seen, "<");
    if (uri.n > 0)
        buf_printf(&seen, "{%.*s}", STR_ARG(uri));
    buf_add_str(&seen, name);
    for (size_t i = 0; i < n; i++) {
        buf_add_char(&seen, ' ');
        if (attrs[i].uri.n > 0)
            buf_printf(&seen, "{%.*s}", STR_ARG(attrs[i].uri));
        buf_printf(&seen, "%.*s=\"%.*s\"", STR_ARG(attrs[i].name),
                   STR_ARG(attrs[i].value));
    }
    buf_add_char(&seen, '>');
}

static void on_end(void *ctx, struct str uri, struct str prefix,
                   struct str name)
{
    (void)ctx;
    (void)uri;
    (void)prefix;
    depth--;
    buf_printf(&seen, "</%.*s>", STR_ARG(name));
}

static void on_text(void *ctx, struct str text, bool is_cdata)
{
    (void)ctx;
    (void)is_cdata;
    buf_add_str(&seen, text);
}

static bool finished;

/* The events of XML pushed STEP bytes at a time. */
static struct str events_by(struct str xml, size_t step)
{
    static const struct xml_handler handler = {
        .start = on_start, .end = on_end, .text = on_text};
    struct error err;
    struct str out;
    bool ok = true;

    if (a == NULL)
        a = arena_new(0);
    notes = (struct notes){0};
    buf_init(&seen, BUF_MAX);
    depth = deepest = 0;
    parser = xml_new(&handler, NULL, a, &notes);
    for (size_t i = 0; i < xml.n; i += step)
        ok = xml_push(parser, str_slice(xml, i, i + step), &err) && ok;
    ck_assert(ok);
    finished = xml_finish(parser, &err);
    xml_free(parser);
    parser = NULL;
    out = buf_keep(&seen, a);
    buf_done(&seen);
    return out;
}

static struct str events(const char *xml)
{
    return events_by(str_from_c(xml), SIZE_MAX / 2);
}

static const struct {
    const char *xml, *events;
} sound[] = {
    {"<?xml version=\"1.0\" encoding=\"x\"?>\n<!-- c --><a>b</a>\n",
     "<a>b</a>"},
    {"<a x='1' y=\"&lt;2&amp;\">&#65;&#x4e2d;&gt;<b/>t</a>",
     "<a x=\"1\" y=\"<2&\">A\u4e2d><b></b>t</a>"},
    {"<a><![CDATA[<b>&amp;]]]]><![CDATA[>]]></a>", "<a><b>&amp;]]></a>"},
    {"<a xmlns='u' xmlns:p='v' p:q='1'><p:b xmlns:p='w'><p:c/></p:b><p:d r=''/>"
     "<e xmlns=''/></a>",
     "<{u}a {v}q=\"1\"><{w}b><{w}c></c></b><{v}d r=\"\"></d><e></e></a>"},
    {"<a xml:lang='zh' b='x\ny'>1\r\n2\r3</a>",
     "<a {http://www.w3.org/XML/1998/namespace}lang=\"zh\" b=\"x y\">1\n2\n3"
     "</a>"},
    {"<!DOCTYPE a [<!ENTITY x \"plain\"><!-- > --><!ELEMENT a ANY>]>"
     "<a>&x;<?pi x>?></a>",
     "<a>plain</a>"},
    {"<a><!-- > < & --><b\n c = 'd'\n/></a >", "<a><b c=\"d\"></b></a>"},
};

static const struct {
    const char *xml, *events;
    enum note_code note;
} broken[] = {
    {"<a>AT&T & &nosuch; &copy; &#169 x</a>",
     "<a>AT&T & &nosuch; \u00a9 \u00a9 x</a>", NOTE_XML_REPAIRED},
    {"<a>&lang;&eacute;</a>", "<a>\u2329\u00e9</a>", NOTE_XML_REPAIRED},
    {"<a>&nosuch;</a>", "<a>&nosuch;</a>", NOTE_XML_ENTITY_UNKNOWN},
    {"<a href='?x=1&y=2&copy;'/>", "<a href=\"?x=1&y=2\u00a9\"></a>",
     NOTE_XML_REPAIRED},
    {"<a><b><i>x</b></i>y</a>", "<a><b><i>x</i></b>y</a>", NOTE_XML_REPAIRED},
    {"<a>1 < 2 <3</a>", "<a>1 < 2 <3</a>", NOTE_XML_REPAIRED},
    {"<a><b <c>x</c></a>", "<a><b><c>x</c></b></a>", NOTE_XML_REPAIRED},
    {"<a x=1 y z='2' z='3' w=\"4'>t</a>",
     "<a x=\"1\" y=\"\" z=\"2\" w=\"4'\">t"
     "</a>",
     NOTE_XML_REPAIRED},
    {"<a><b>x", "<a><b>x</b></a>", NOTE_TRUNCATED},
    {"<a><b>x</b", "<a><b>x</b></a>", NOTE_XML_REPAIRED},
    {"<a><![CDATA[x", "<a>x</a>", NOTE_TRUNCATED},
    {"<a><![CDATA[x", "<a>x</a>", NOTE_XML_REPAIRED},
    {"<a>x</a><!-- y", "<a>x</a>", NOTE_XML_REPAIRED},
    {"<a><Title>x</title></a>", "<a><Title>x</Title></a>", NOTE_XML_REPAIRED},
    {"<a><![CDATA[x<![CDATA[y]]>z]]></a>", "<a>x<![CDATA[yz</a>",
     NOTE_XML_REPAIRED},
    {"<a>x</a><script>y</script>", "<a>x</a>", NOTE_XML_REPAIRED},
    {"<a>x</a>\n<a b='1'>y</a><ab/>", "<a>x</a><a b=\"1\">y</a>",
     NOTE_XML_REPAIRED},
    {"<a>x<br>y<hr>z</a>", "<a>x<br></br>y<hr></hr>z</a>", NOTE_XML_REPAIRED},
    {"junk <b>Warning</b>\n<?xml version='1.0'?><a/>", "<a></a>",
     NOTE_XML_JUNK_BEFORE},
    {"<br />\n<b>Notice</b>: x<rss><channel/></rss>",
     "<rss><channel></channel></rss>", NOTE_XML_JUNK_BEFORE},
    {"<p:a q:b='1'/>", "<a b=\"1\"></a>", NOTE_XML_REPAIRED},
    {"<?xml version='1.0'><a/>", "<a></a>", NOTE_XML_REPAIRED},
    {"<!DOCTYPE a [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><a>&f;</a>",
     "<a>&f;</a>", NOTE_XML_ENTITY_UNKNOWN},
    {"<!DOCTYPE a [<!ENTITY b 'xx'><!ENTITY c '&b;&b;'>]><a>&c;</a>",
     "<a>&c;</a>", NOTE_XML_ENTITY_UNKNOWN},
};

#define SOUND  (sizeof sound / sizeof sound[0])
#define BROKEN (sizeof broken / sizeof broken[0])

START_TEST(sound_documents_give_their_events_without_a_note)
{
    for (size_t i = 0; i < SOUND; i++) {
        ck_str(events(sound[i].xml), sound[i].events);
        ck_assert(finished);
        ck_assert_uint_eq(notes.n, 0);
    }
}
END_TEST

START_TEST(broken_documents_are_mended_with_a_note)
{
    for (size_t i = 0; i < BROKEN; i++) {
        ck_str(events(broken[i].xml), broken[i].events);
        ck_assert(finished);
        /* An undeclared prefix and a lost question mark are let pass. */
        if (!str_has(str_from_c(broken[i].xml), STR("p:a")) &&
            !str_has(str_from_c(broken[i].xml), STR("'1.0'><a/>")))
            ck_assert_msg(notes_have(&notes, broken[i].note), "%s",
                          broken[i].xml);
    }
}
END_TEST

START_TEST(chunks_of_any_size_give_the_same_events)
{
    for (size_t i = 0; i < SOUND + BROKEN; i++) {
        const char *xml = i < SOUND ? sound[i].xml : broken[i - SOUND].xml;
        const char *wanted =
            i < SOUND ? sound[i].events : broken[i - SOUND].events;

        for (size_t step = 1; step < strlen(xml); step++)
            ck_str(events_by(str_from_c(xml), step), wanted);
    }
}
END_TEST

/* XML behind a comment: the beginning is read at once, however it comes. */
static struct str behind_the_head(const char *xml)
{
    if (a == NULL)
        a = arena_new(0);
    return arena_printf(a, "<!--%8192s-->%s", "", xml);
}

START_TEST(chunks_behind_the_head_give_the_same_events)
{
    for (size_t i = 0; i < SOUND + BROKEN; i++) {
        struct str xml =
            behind_the_head(i < SOUND ? sound[i].xml : broken[i - SOUND].xml);
        struct str wanted = events_by(xml, SIZE_MAX / 2);

        for (size_t step = 1; step < 40; step++)
            ck_assert(str_eq(events_by(xml, step), wanted));
    }
}
END_TEST

static struct str all_notes(void)
{
    struct buf b;
    struct str s;

    buf_init(&b, BUF_MAX);
    for (const struct note *n = notes.first; n != NULL; n = n->next)
        buf_printf(&b, "%.*s\n", STR_ARG(n->text));
    s = buf_keep(&b, a);
    buf_done(&b);
    return s;
}

START_TEST(chunks_of_any_size_give_the_same_notes)
{
    static const char *const documents[] = {
        "<a/>\n\n some\nwords\nbehind\n<b/>",
        "<a>\n1 < 2 &\n 3<\n</a>",
        "<a>x]]>< y</a>",
        "<a>\n<b c='1 & 2' d='a long value'/>\n<b c='&'/>\n<b c='&'/></a>",
    };

    for (size_t i = 0; i < sizeof documents / sizeof documents[0]; i++) {
        struct str wanted, xml = behind_the_head(documents[i]);

        (void)events_by(xml, SIZE_MAX / 2);
        wanted = all_notes();
        ck_assert_uint_gt(wanted.n, 0);
        for (size_t step = 1; step < strlen(documents[i]); step++) {
            (void)events_by(xml, step);
            ck_assert_msg(str_eq(all_notes(), wanted), "%zu: %.*s", step,
                          STR_ARG(all_notes()));
        }
    }
}
END_TEST

START_TEST(a_declaration_is_not_looked_for_beyond_what_is_kept)
{
    struct buf b;
    struct str whole;

    if (a == NULL)
        a = arena_new(0);
    buf_init(&b, BUF_MAX);
    buf_add_str(&b, STR("<a>"));
    while (b.n < 18000)
        buf_add_str(&b, b.n == 9003 ? STR("<?xml ") : STR("words "));
    buf_add_str(&b, STR("<b>x</b></a>"));
    whole = events_by(buf_str(&b), SIZE_MAX / 2);
    ck_assert(str_eq(whole, events_by(buf_str(&b), 61)));
    ck_assert(str_has(whole, STR("words <b>x</b>")));
    buf_done(&b);
}
END_TEST

static bool wants_none(void *ctx)
{
    (void)ctx;
    return false;
}

START_TEST(text_nobody_wants_is_not_mended)
{
    static const struct xml_handler handler = {.start = on_start,
                                               .end = on_end,
                                               .text = on_text,
                                               .wants_text = wants_none};
    struct error err;

    (void)events("<a/>");
    notes = (struct notes){0};
    buf_init(&seen, BUF_MAX);
    parser = xml_new(&handler, NULL, a, &notes);
    ck_assert(xml_push(parser, STR("<a>x &y; <b/><![CDATA[z]]></a>"), &err));
    ck_assert(xml_finish(parser, &err));
    xml_free(parser);
    parser = NULL;
    ck_assert(str_eq(buf_str(&seen), STR("<a>x &y; <b></b>z</a>")));
    ck_assert_ptr_null(notes.first);
    buf_done(&seen);
}
END_TEST

static bool wants_entries(void *ctx, struct str name)
{
    (void)ctx;
    return str_eq(name, STR("entry"));
}

static void end_and_pass_over(void *ctx, struct str uri, struct str prefix,
                              struct str name)
{
    on_end(ctx, uri, prefix, name);
    xml_pass_over(parser, str_eq(name, STR("on")));
}

START_TEST(what_is_passed_over_is_neither_told_nor_mended)
{
    static const struct xml_handler handler = {.start = on_start,
                                               .end = end_and_pass_over,
                                               .text = on_text,
                                               .wants_element = wants_entries};
    struct error err;

    (void)events("<a/>");
    notes = (struct notes){0};
    buf_init(&seen, BUF_MAX);
    parser = xml_new(&handler, NULL, a, &notes);
    ck_assert(xml_push(parser,
                       STR("<a><p><on/>x &y; < <b><br>y<b "
                           "z='1'></b></c><p>1<p/></p><![CDATA[z]]>"
                           "<entry k='v'>2</entry></p><b>3</b></a>"),
                       &err));
    ck_assert(xml_finish(parser, &err));
    xml_free(parser);
    parser = NULL;
    ck_str(buf_str(&seen),
           "<a><p><on></on><entry k=\"v\"></entry></p><b>3</b></a>");
    ck_assert_ptr_null(notes.first);
    buf_done(&seen);
}
END_TEST

START_TEST(any_prefix_ends_balanced)
{
    for (size_t i = 0; i < SOUND + BROKEN; i++) {
        struct str xml =
            str_from_c(i < SOUND ? sound[i].xml : broken[i - SOUND].xml);

        for (size_t n = 0; n < xml.n; n++) {
            ck_assert(utf8_valid(events_by(utf8_clip(xml, n), 7)));
            ck_assert_int_eq(depth, 0);
        }
    }
}
END_TEST

static struct str repeat(const char *head, const char *what, size_t times)
{
    struct buf b;
    struct str s;

    if (a == NULL)
        a = arena_new(0);
    buf_init(&b, BUF_MAX);
    buf_printf(&b, "%s", head);
    for (size_t i = 0; i < times; i++)
        buf_printf(&b, "%s", what);
    s = buf_keep(&b, a);
    buf_done(&b);
    return s;
}

START_TEST(elements_too_deep_leave_their_text_and_end_with_their_parent)
{
    struct str open = repeat("<a><item>", "<p>x", 300);
    struct str rest = STR("<b>y</b></p></item><item>z</item></a>");
    struct str got = events_by(arena_cat(a, open, rest), 100);

    ck_assert(str_has(got, STR("xxxxy</p>")));
    ck_assert(str_ends(got, STR("</item><item>z</item></a>")));
    ck_assert(notes_have(&notes, NOTE_MARKUP_HOSTILE));
}
END_TEST

START_TEST(hostile_documents_end_soon)
{
    static const struct {
        const char *head, *what;
        size_t times;
    } cases[] = {
        {"", "<a>", 500000},
        {"<a ", "x='1' ", 50000},
        {"<a x='", "y", 1000000},
        {"<a>", "&", 1000000},
        {"<a>", "&x;", 300000},
        {"<!DOCTYPE a [<!ENTITY x 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'>]><a>",
         "&x;", 300000},
        {"<!DOCTYPE a [", "<!ENTITY x 'y'>", 100000},
        {"<a>", "<!--", 300000},
        {"<a>", "<![CDATA[", 300000},
        {"<a>", "</b>", 300000},
        {"<a>", "<", 1000000},
        {"<a", " xmlns:b='c'", 100000},
        {"", "<", 1000000},
        {"", "<a x=\"", 300000},
        {"<?xml ", "x", 1000000},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct str xml = repeat(cases[i].head, cases[i].what, cases[i].times);
        struct str got = events_by(xml, 1000);

        ck_assert_int_eq(depth, 0);
        ck_assert_int_le(deepest, 256);
        ck_assert_uint_le(got.n, 2 * xml.n + 70000);
    }
}
END_TEST

START_TEST(tags_too_long_to_keep_are_left_out)
{
    const char *sixteen = "yyyyyyyyyyyyyyyy", *tail = "'/><b>y</b></a>",
               *heads[] = {"<a>x<c d='", "<a>x<c"};

    for (size_t i = 0; i < 2; i++) {
        struct str xml = repeat(heads[i], sixteen, (size_t)6 << 16);

        xml = arena_cat(a, xml, str_from_c(tail));
        ck_str(events_by(xml, 65536), "<a>x<b>y</b></a>");
        ck_assert(notes_have(&notes, NOTE_TOO_LARGE));
        ck_assert(finished);
    }
}
END_TEST

START_TEST(what_is_mended_is_noted_with_its_line)
{
    events("<a>\n\n<b\n>\n<c/>&what; x</b></a>");
    ck_assert_uint_eq(notes.n, 1);
    ck_assert(str_starts(notes.first->text, STR("line 5: ")));
}
END_TEST

START_TEST(a_text_without_elements_is_no_document)
{
    events("just text & more");
    ck_assert(!finished);
    events("");
    ck_assert(!finished);
}
END_TEST

UNIT_TESTS(sound_documents_give_their_events_without_a_note,
           broken_documents_are_mended_with_a_note,
           chunks_of_any_size_give_the_same_events,
           chunks_behind_the_head_give_the_same_events,
           chunks_of_any_size_give_the_same_notes,
           a_declaration_is_not_looked_for_beyond_what_is_kept,
           text_nobody_wants_is_not_mended,
           what_is_passed_over_is_neither_told_nor_mended,
           elements_too_deep_leave_their_text_and_end_with_their_parent,
           any_prefix_ends_balanced, hostile_documents_end_soon,
           tags_too_long_to_keep_are_left_out,
           what_is_mended_is_noted_with_its_line,
           a_text_without_elements_is_no_document)
