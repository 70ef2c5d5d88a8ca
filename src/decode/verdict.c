/*
 * Which encoding a document is in.
 *
 * Witnesses are asked in this order; the first that the bytes do not contradict
 * is believed:
 *
 *   1. a byte order mark                 nobody writes one by accident
 *   2. the owner                         looked at the page
 *   3. zeros in every other byte         UTF-16 or 32 without a mark
 *   4. valid UTF-8 with enough of it     no other text looks like that
 *   5. the HTTP header
 *   6. the XML declaration, then meta    "utf-16" there means UTF-8, for we
 *                                        could read it
 *   7. a guess, with a note
 *
 * windows-1252, the default of servers and editors, is also contradicted by
 * text that is far likelier under another encoding.
 *
 * "Enough" in 4 is anything at all when nobody contradicts, and a few sequences
 * when a label does: two-byte encodings make one by chance.  A UTF-8 text with a
 * bad byte now and then is still UTF-8.  A label is contradicted when more than a
 * tenth of the bytes above ASCII are bad under it.  A text that is ASCII alone
 * leaves the question open; a stream answers it when the first other byte comes.
 *
 * UTF-8 that was taken for windows-1252 and encoded again is undone if all of
 * it (of a stream: all of its first part) turns back to valid UTF-8.
 */
#include "decode/verdict.h"

#include <string.h>

#include "base/block.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "decode/sniff.h"
#include "decode/to_utf8.h"

#define SAMPLE_BYTES ((size_t)256 << 10)
#define HEAD_BYTES   8192 /* where labels are looked for */

/* ---- what the bytes say ---- */

struct utf8_count {
    size_t good, long_ones, bad; /* sequences; of three or four bytes */
    bool has_escape, is_ascii;
};

static struct utf8_count count_utf8(struct str s, bool is_whole)
{
    struct utf8_count count = {.is_ascii = true};
    size_t i = 0;

    while ((i = block_find(s, i, block_beyond_ascii)) < s.n) {
        size_t from = i;

        count.is_ascii = false;
        if (utf8_next(s, &i) == UTF8_REPLACEMENT &&
            !str_eq(str_slice(s, from, i), STR("\xEF\xBF\xBD"))) {
            /* The last one may be cut. */
            if (i < s.n || is_whole || (unsigned char)s.p[from] < 0xC2)
                count.bad += i < s.n || count.good == 0;
            continue;
        }
        count.good++;
        count.long_ones += i - from > 2;
    }
    count.has_escape = memchr(s.p, 0x1B, s.n) != NULL;
    return count;
}

/* True if UTF-8 is what the bytes prove; CONTRADICTED by a label they must prove
 * it better.  Titles are cut in the middle of a character; but text of another
 * encoding has one such sequence by chance for three that are bad, or fewer. */
static bool proves_utf8(const struct utf8_count *count, bool contradicted)
{
    if (count->good == 0)
        return false;
    if (count->bad > 0)
        return contradicted
                   ? count->good >= 20 * count->bad && count->long_ones > 0
                   : count->good >= 4 * count->bad && count->good >= 4;
    return !contradicted || count->good >= 3 || count->long_ones >= 2;
}

static size_t high_bytes(struct str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++)
        n += (unsigned char)s.p[i] >= 0x80;
    return n;
}

/* A part with bytes above ASCII in it. */
static struct str sample_of(struct str bytes)
{
    size_t from = 0;

    while (from < bytes.n && (unsigned char)bytes.p[from] < 0x80)
        from++;
    return str_slice(bytes, from, from + SAMPLE_BYTES);
}

static size_t ascii_pairs(struct str s)
{
    size_t n = 0;

    for (size_t i = 0; i + 1 < s.n; i += 2)
        n += s.p[i] > 0 && s.p[i + 1] > 0;
    return n;
}

/* Whether BYTES read as ID are text: at most a tenth of what is not ASCII is
 * bad. */
static bool decodes_under(enum charset_id id, struct str bytes)
{
    enum charset_how how = charset_how(id);
    struct str sample = sample_of(bytes);
    struct to_utf8 *t;
    struct buf out;
    size_t bad;

    if (how >= HOW_UTF16LE && how <= HOW_UTF32BE) {
        sample = str_slice(bytes, 0, SAMPLE_BYTES);
        /* Read as UTF-16 any text is Chinese; so it must not be ASCII. */
        return ascii_pairs(sample) * 8 < sample.n &&
               (how <= HOW_UTF16BE || charset_guess_wide(bytes) == id);
    }
    t = to_utf8_new(id);
    if (t == NULL)
        return false;
    buf_init(&out, BUF_MAX);
    to_utf8_push(t, sample, &out);
    bad = to_utf8_faults(t)->replaced;
    buf_done(&out);
    to_utf8_free(t);
    return bad * 10 <= high_bytes(sample);
}

/* ---- the verdict ---- */

/* The Encoding Standard decodes these two as windows-1252, which they are a part
 * of.  Of a document in nothing but ASCII the word itself is true, and tells
 * more. */
static struct str word_for_ascii(struct str label)
{
    static const struct {
        struct str label, word;
    } rows[] = {
        {STR_INIT("us-ascii"), STR_INIT("us-ascii")},
        {STR_INIT("ascii"), STR_INIT("us-ascii")},
        {STR_INIT("ansi_x3.4-1968"), STR_INIT("us-ascii")},
        {STR_INIT("iso-8859-1"), STR_INIT("iso-8859-1")},
        {STR_INIT("iso8859-1"), STR_INIT("iso-8859-1")},
        {STR_INIT("latin1"), STR_INIT("iso-8859-1")},
    };

    label = str_trim(label);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (str_eq_nocase(rows[i].label, label))
            return rows[i].word;
    return STR_NONE;
}

struct labels labels_read(struct str head, const struct decode_hints *hints)
{
    struct labels labels = {.declared_by = CHARSET_DECLARATION};

    head = str_slice(head, 0, HEAD_BYTES);
    labels.owner = charset_of_label(hints->owner_charset);
    labels.http = charset_of_label(charset_in_type(hints->type));
    labels.http_word = word_for_ascii(charset_in_type(hints->type));
    labels.declared = charset_of_label(charset_in_declaration(head));
    labels.declared_word = word_for_ascii(charset_in_declaration(head));
    if (labels.declared == CHARSET_UNKNOWN) {
        labels.declared_by = CHARSET_META;
        labels.declared = charset_of_label(charset_in_meta(head));
    }
    /* We have just read it as ASCII. */
    if (charset_how(labels.declared) == HOW_UTF16LE ||
        charset_how(labels.declared) == HOW_UTF16BE ||
        charset_how(labels.declared) == HOW_UTF32LE ||
        charset_how(labels.declared) == HOW_UTF32BE)
        labels.declared = CHARSET_UTF_8;
    return labels;
}

static bool is_label(enum charset_id id)
{
    return id != CHARSET_UNKNOWN && charset_how(id) != HOW_NONE;
}

/* "utf-16" is little-endian unless the bytes say otherwise. */
static enum charset_id with_byte_order(enum charset_id id, struct str bytes)
{
    enum charset_id seen;

    if (id != CHARSET_UTF_16LE)
        return id;
    seen = charset_guess_wide(bytes);
    return seen == CHARSET_UTF_16BE ? seen : id;
}

/* True if the text, read as UTF-8, is UTF-8 read as windows-1252: all of its
 * characters above ASCII are bytes of that, they make valid sequences, and
 * enough of them.  An honest text fails at its first accent or quote. */
static bool is_double(struct str s)
{
    size_t weight = 0;

    for (size_t i = 0; (i = block_find(s, i, block_beyond_ascii)) < s.n;) {
        char bytes[4];
        size_t n = 0, used = 0, ends[4];

        for (size_t at = i; n < 4 && at < s.n;) {
            int byte = byte_of_windows_1252(utf8_next(s, &at));

            if (byte < 0)
                break;
            bytes[n] = (char)byte;
            ends[n++] = at;
        }
        if (n == 0)
            return false;
        /* The end may cut a sequence in the middle. */
        if (utf8_next(str_of(bytes, n), &used) == UTF8_REPLACEMENT)
            return ends[n - 1] == s.n && n < 4 && weight >= 3;
        weight += used - 1;
        i = ends[used - 1];
    }
    return weight >= 3;
}

static void settle(struct verdict *v, enum charset_id id,
                   enum charset_from from)
{
    v->id = id;
    v->from = from;
}

/* The first label that the bytes allow; false if there is none. */
static bool settle_by_label(struct verdict *v, const struct labels *labels,
                            struct str bytes, bool is_ascii)
{
    const struct {
        enum charset_id id;
        enum charset_from from;
    } witnesses[] = {{labels->http, CHARSET_HTTP},
                     {labels->declared, labels->declared_by}};

    for (size_t i = 0; i < 2; i++) {
        enum charset_id id = with_byte_order(witnesses[i].id, bytes);

        if (!is_label(id))
            continue;
        if (is_ascii
                ? charset_how(id) < HOW_UTF16LE || charset_how(id) > HOW_UTF32BE
                : decodes_under(id, bytes) && !(id == CHARSET_WINDOWS_1252 &&
                                                charset_belies_latin(bytes))) {
            settle(v, id, witnesses[i].from);
            return true;
        }
        if (v->lie == CHARSET_UNKNOWN) {
            v->lie = id;
            v->liar = witnesses[i].from;
        }
    }
    return false;
}

static bool has_jis_escape(struct str bytes)
{
    return str_has(bytes, STR("\x1B$B")) || str_has(bytes, STR("\x1B$@")) ||
           str_has(bytes, STR("\x1B(J")) || str_has(bytes, STR("\x1B(I"));
}

static enum charset_id contradicting(const struct labels *labels)
{
    if (is_label(labels->http) && labels->http != CHARSET_UTF_8)
        return labels->http;
    if (is_label(labels->declared) && labels->declared != CHARSET_UTF_8)
        return labels->declared;
    return CHARSET_UNKNOWN;
}

/* A few characters that are UTF-8 of two bytes each, and hardly anything else:
 * two characters of GBK in forty look like that. */
static bool is_doubtful(const struct utf8_count *count,
                        const struct labels *labels, struct str bytes)
{
    return count->good <= 3 && count->long_ones == 0 && bytes.n <= 32 &&
           high_bytes(bytes) * 3 >= bytes.n && !is_label(labels->http) &&
           !is_label(labels->declared);
}

struct verdict verdict_of(struct str bytes, const struct labels *labels,
                          bool is_whole)
{
    struct verdict v = {.id = CHARSET_UNKNOWN};
    struct utf8_count count;
    enum charset_id other = contradicting(labels), id;

    if (is_label(labels->owner)) {
        settle(&v, labels->owner, CHARSET_OWNER);
        return v;
    }
    id = charset_guess_wide(bytes);
    if (id != CHARSET_UNKNOWN) {
        settle(&v, id, labels->http == id ? CHARSET_HTTP : CHARSET_GUESS);
        return v;
    }
    count = count_utf8(bytes, is_whole);
    if (proves_utf8(&count, other != CHARSET_UNKNOWN) &&
        !(is_doubtful(&count, labels, bytes) &&
          charset_guess(bytes, true) != CHARSET_UTF_8)) {
        settle(&v, CHARSET_UTF_8, CHARSET_UTF8);
        v.lie = other;
        v.liar = labels->http == other ? CHARSET_HTTP : labels->declared_by;
        v.undo_double = count.bad == 0 && is_double(bytes);
        return v;
    }
    if (settle_by_label(&v, labels, bytes, count.is_ascii))
        return v;
    if (count.has_escape && has_jis_escape(bytes))
        settle(&v, CHARSET_ISO_2022_JP, CHARSET_GUESS);
    else if (count.is_ascii)
        settle(&v, CHARSET_UTF_8, CHARSET_UTF8);
    else
        settle(&v, charset_guess(bytes, false), CHARSET_GUESS);
    return v;
}

struct verdict verdict_of_whole(struct str bytes,
                                const struct decode_hints *hints)
{
    struct labels labels;
    size_t mark;
    enum charset_id id = charset_of_bom(bytes, &mark);

    if (id != CHARSET_UNKNOWN)
        return (struct verdict){
            .id = id, .from = CHARSET_BOM, .mark_bytes = mark};
    labels = labels_read(bytes, hints);
    return verdict_of(bytes, &labels, true);
}

bool bytes_are_ascii(struct str s)
{
    return block_find(s, 0, block_beyond_ascii) == s.n &&
           str_find_char(s, '\x1B', 0) == STR_NOT_FOUND &&
           str_find_char(s, '\0', 0) == STR_NOT_FOUND;
}
