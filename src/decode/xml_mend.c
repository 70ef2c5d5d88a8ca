/*
 * A push tokenizer for XML that is nearly well-formed.
 *
 * Input is read construct by construct (a tag, a run of text, a comment); what
 * is not complete at the end of a chunk is kept and tried again when it has
 * grown by half, so that slow drips of a huge tag stay linear.  Long text,
 * CDATA and comments are never kept: they are modes, and pass through.
 *
 * What is mended, each with a note and its line (at most NOTES_OF_A_KIND each):
 *
 *   "&" that begins no reference     is text
 *   references HTML knows            are resolved
 *   other unknown references         are text
 *   "<" that begins no tag           is text
 *   a tag cut by the next "<"        ends there
 *   attributes without quotes, without value, with a lost quote, twice
 *   end tags that close nothing      are ignored
 *   elements not closed              end with the one around them
 *   elements below DEPTH_MAX         are left out, their text stays
 *   tags longer than TAG_MAX         are left out
 *   what follows the root element    is left out, but for more of its name
 *
 * In what is passed over (xml_pass_over) nothing is noted.
 *
 * Entities the document declares itself count only if they are short and plain
 * text; nothing ever expands to markup or to another reference, and nothing
 * outside the document is read.
 */
#include "decode/xml_mend.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/block.h"
#include "decode/xml_state.h"

#define NOTES_OF_A_KIND 3

static const struct mend_row {
    enum note_code code;
    const char *text;
} mend_rows[MENDS] = {
    [MEND_AMPERSAND] = {NOTE_XML_REPAIRED, "& that begins no reference"},
    [MEND_HTML_ENTITY] = {NOTE_XML_REPAIRED, "reference that only HTML knows"},
    [MEND_ENTITY] = {NOTE_XML_ENTITY_UNKNOWN, "unknown reference"},
    [MEND_LESS_THAN] = {NOTE_XML_REPAIRED, "< that begins no tag"},
    [MEND_TAG] = {NOTE_XML_REPAIRED, "tag without its end"},
    [MEND_ATTRIBUTE] = {NOTE_XML_REPAIRED, "malformed attribute"},
    [MEND_STRAY_END] = {NOTE_XML_REPAIRED, "end tag that closes nothing"},
    [MEND_UNCLOSED] = {NOTE_XML_REPAIRED, "element that is not closed"},
    [MEND_DEPTH] = {NOTE_MARKUP_HOSTILE, "elements nested too deep"},
    [MEND_LONG_TAG] = {NOTE_TOO_LARGE, "a tag that is too long is left out"},
    [MEND_NAMESPACES] = {NOTE_TOO_LARGE, "too many namespaces at one place"},
    [MEND_EPILOG] = {NOTE_XML_REPAIRED, "more behind the document"},
    [MEND_CDATA_END] = {NOTE_XML_REPAIRED, "]]> outside a CDATA section"},
};

struct xml_mender *xml_mender_new(const struct xml_handler *handler, void *ctx,
                                  struct arena *a, struct notes *notes)
{
    struct xml_mender *x = heap_alloc(sizeof *x);

    x->handler = *handler;
    x->ctx = ctx;
    x->a = a;
    x->notes = notes;
    x->line = 1;
    x->at = heap_realloc(NULL, sizeof *x->at);
    buf_init(&x->kept, BUF_MAX);
    buf_init(&x->names, BUF_MAX);
    buf_init(&x->root, BUF_MAX);
    buf_init(&x->spaces, BUF_MAX);
    buf_init(&x->values, BUF_MAX);
    buf_init(&x->resolved, BUF_MAX);
    map_init(&x->entities, a);
    return x;
}

void xml_mender_free(struct xml_mender *x)
{
    if (x == NULL)
        return;
    buf_done(&x->kept);
    buf_done(&x->names);
    buf_done(&x->root);
    buf_done(&x->spaces);
    buf_done(&x->values);
    buf_done(&x->resolved);
    free(x->at);
    free(x);
}

bool xml_mender_has_root(const struct xml_mender *x)
{
    return x->has_root;
}

size_t xml_mender_left_open(const struct xml_mender *x)
{
    return x->left_open;
}

void xml_mender_pass_over(struct xml_mender *x, bool on)
{
    x->passes_over = on;
}

/* ---- lines and notes ---- */

static block ends_line(block c)
{
    return (block)(c == '\n');
}

static int lines_between(const char *from, const char *to)
{
    return (int)block_count(str_of(from, (size_t)(to - from)), ends_line);
}

static int line_of(struct xml_mender *x)
{
    if (x->now > x->counted)
        x->line += lines_between(x->counted, x->now);
    else
        x->line -= lines_between(x->now, x->counted);
    x->counted = x->now;
    return x->line;
}

void xml_note(struct xml_mender *x, enum mend kind)
{
    if (!x->passes_over && x->mends[kind]++ < NOTES_OF_A_KIND)
        note_add(x->notes, x->a, mend_rows[kind].code, "line %d: %s",
                 line_of(x), mend_rows[kind].text);
}

/* ---- events ---- */

static bool wants_text(const struct xml_mender *x)
{
    return x->handler.wants_text == NULL || x->handler.wants_text(x->ctx);
}

static void give_text(struct xml_mender *x, struct str text, bool is_cdata)
{
    if (text.n > 0 && x->n_open > 0 && !x->passes_over)
        x->handler.text(x->ctx, text, is_cdata);
}

/* ---- tags ---- */

/* Into a mode that ends by itself. */
static size_t enter(struct xml_mender *x, enum mode mode, size_t at)
{
    x->after = x->mode;
    x->mode = mode;
    x->entered = line_of(x);
    return at;
}

/* Its attributes would have to be kept until it ends. */
static size_t unfinished_tag(struct xml_mender *x, struct str s, size_t i)
{
    if (s.n - i < TAG_MAX)
        return INCOMPLETE;
    xml_note(x, MEND_LONG_TAG);
    return enter(x, MODE_LONG_TAG, s.n);
}

static size_t read_start_tag(struct xml_mender *x, struct str s, size_t i,
                             bool is_last)
{
    size_t from = i + 1, end;
    int mends[MENDS];
    struct str name;
    bool is_empty;

    for (end = from; end < s.n && !is_name_end(s.p[end]);)
        end++;
    if (end == s.n)
        return is_last ? s.n : unfinished_tag(x, s, i);
    name = str_slice(s, from, end);
    memcpy(mends, x->mends, sizeof mends);
    x->drops_attrs = xml_is_left_out(x, name);
    end = xml_read_attrs(x, s, end, is_last);
    if (end == INCOMPLETE) {
        /* What was mended will be once more. */
        memcpy(x->mends, mends, sizeof mends);
        return unfinished_tag(x, s, i);
    }
    /* The document ends inside the tag: it is dropped. */
    if (end == s.n) {
        xml_note(x, MEND_TAG);
        return s.n;
    }
    if (s.p[end] == '<')
        xml_note(x, MEND_TAG);
    is_empty = s.p[end] == '/';
    end += is_empty ? 2u : s.p[end] == '>';
    if (!is_empty && xml_is_html_void(name)) {
        if (end < s.n && !str_starts(str_from(s, end), STR("</")))
            xml_note(x, MEND_UNCLOSED);
        is_empty = true;
    }
    if (x->drops_attrs)
        xml_leave_out(x, name, is_empty);
    else
        xml_open_element(x, name, is_empty);
    return end;
}

static size_t read_end_tag(struct xml_mender *x, struct str s, size_t i,
                           bool is_last)
{
    size_t end = i + 2;
    bool is_closed;

    while (end < s.n && s.p[end] != '>' && s.p[end] != '<')
        end++;
    if (end == s.n && !is_last && end - i < TAG_MAX)
        return INCOMPLETE;
    is_closed = end < s.n && s.p[end] == '>';
    if (!is_closed)
        xml_note(x, MEND_TAG);
    xml_end_element(x, str_trim(str_slice(s, i + 2, end)));
    return end + is_closed;
}

/* ---- text ---- */

static void give_resolved(struct xml_mender *x, struct str s)
{
    size_t i = 0, amp = str_find_char(s, '&', 0);

    if (x->passes_over)
        return;
    if (amp == STR_NOT_FOUND || !wants_text(x)) {
        give_text(x, s, false);
        return;
    }
    buf_reset(&x->resolved);
    for (; amp != STR_NOT_FOUND; amp = str_find_char(s, '&', i)) {
        char to[ENTITY_BYTES];
        struct str meaning;

        buf_add(&x->resolved, s.p + i, amp - i);
        x->now = s.p + amp;
        i = amp + xml_read_reference(x, str_from(s, amp), true, to, &meaning);
        buf_add_str(&x->resolved, meaning);
    }
    buf_add_str(&x->resolved, str_from(s, i));
    give_text(x, buf_str(&x->resolved), false);
}

/* Bytes at the end of S that may belong together with what follows: half a
 * reference, or brackets that may become a stray "]]>". */
static size_t open_tail(struct str s)
{
    size_t from = s.n > REFERENCE_MAX ? s.n - REFERENCE_MAX : 0;

    for (size_t i = s.n; i > from; i--) {
        if (s.p[i - 1] == ';')
            break;
        if (s.p[i - 1] == '&')
            return s.n - i + 1;
    }
    for (size_t n = 3; n > 0; n--)
        if (str_ends(s, str_slice(STR("]]>"), 0, n)))
            return n;
    return 0;
}

/* Text outside of the root element: one note, in however many pieces it
 * comes. */
static void note_outside(struct xml_mender *x, struct str text)
{
    size_t i = 0;

    while (i < text.n && is_space(text.p[i]))
        i++;
    if (i == text.n || x->outside_noted)
        return;
    x->outside_noted = true;
    x->now = text.p + i;
    xml_note(x, MEND_EPILOG);
}

static bool begins_markup(char c)
{
    return begins_name(c) || c == '/' || c == '!' || c == '?';
}

/* May one more '<' that is text have its note? */
static bool notes_angles(const struct xml_mender *x)
{
    return x->mends[MEND_LESS_THAN] < NOTES_OF_A_KIND && !x->passes_over;
}

/* The next '<' at or after I that begins markup, or may when more has come, or
 * is to be noted first. */
static size_t find_markup(const struct xml_mender *x, struct str s, size_t i,
                          bool is_last)
{
    for (; i < s.n; i++) {
        if (s.p[i] != '<')
            i = str_find_char(s, '<', i);
        if (i == STR_NOT_FOUND || notes_angles(x) ||
            (i + 1 == s.n ? !is_last : begins_markup(s.p[i + 1])))
            return i;
    }
    return STR_NOT_FOUND;
}

/* Text from I to the next tag.  A section that holds another ends at the inner
 * one's end and leaves "]]>" before the tag. */
static size_t read_text(struct xml_mender *x, struct str s, size_t i,
                        bool is_last)
{
    size_t end = find_markup(x, s, i, is_last);
    /* What '<' at the end begins is not known yet. */
    bool is_whole = is_last || (end != STR_NOT_FOUND && end + 1 < s.n);
    struct str text = str_slice(s, i, end);
    size_t used = text.n;

    if (!is_whole) {
        used -= open_tail(text);
        text.n = used;
    } else if (str_ends(text, STR("]]>")) &&
               (end == STR_NOT_FOUND || end + 1 == s.n ||
                begins_markup(s.p[end + 1]))) {
        xml_note(x, MEND_CDATA_END);
        text.n -= 3;
    }
    if (x->mode == MODE_CONTENT)
        give_resolved(x, text);
    else
        note_outside(x, text);
    return i + used;
}

/* ---- what is passed over ---- */

/* To behind CLOSE, or as far as can be said that it does not begin; gives the
 * text of a CDATA section. */
static size_t read_until(struct xml_mender *x, struct str s, size_t i,
                         struct str close, bool is_last)
{
    size_t hit = str_find(s, close, i), end = hit;

    if (hit == STR_NOT_FOUND) {
        end = s.n;
        for (size_t n = close.n - 1; !is_last && n > 0; n--) {
            if (end - i >= n &&
                str_ends(str_slice(s, i, end), str_slice(close, 0, n))) {
                end -= n;
                break;
            }
        }
    }
    if (x->mode == MODE_CDATA)
        give_text(x, str_slice(s, i, end), true);
    if (hit == STR_NOT_FOUND)
        return end;
    x->mode = x->after;
    return hit + close.n;
}

/* "<!" or "<?" at I. */
static size_t read_special(struct xml_mender *x, struct str s, size_t i,
                           bool is_last)
{
    struct str rest = str_from(s, i);
    size_t end;

    if (rest.n < 9 && !is_last)
        return INCOMPLETE;
    if (rest.p[1] == '?') {
        /* A declaration without its second question mark is common. */
        if (!str_starts(rest, STR("<?xml ")))
            return enter(x, MODE_PI, i + 2);
        end = str_find_char(str_slice(rest, 0, HEAD_WANTED), '>', 0);
        if (end == STR_NOT_FOUND && !is_last && rest.n < HEAD_WANTED)
            return INCOMPLETE;
        return i + (end == STR_NOT_FOUND ? 6 : end + 1);
    }
    if (str_starts(rest, STR("<!--")))
        return enter(x, MODE_COMMENT, i + 4);
    if (str_starts(rest, STR("<![CDATA[")))
        return enter(x, MODE_CDATA, i + 9);
    if (str_starts_nocase(rest, STR("<!DOCTYPE"))) {
        x->brackets = 0;
        return enter(x, MODE_DOCTYPE, i + 9);
    }
    end = str_find_char(s, '>', i);
    if (end == STR_NOT_FOUND && !is_last && rest.n < TAG_MAX)
        return INCOMPLETE;
    xml_note(x, MEND_TAG);
    return end == STR_NOT_FOUND ? s.n : end + 1;
}

/* ---- the loop ---- */

/* A start tag behind the root element: of a second one, as where entries stand
 * side by side or documents end to end; else of what is none of the document. */
static size_t read_behind(struct xml_mender *x, struct str s, size_t i,
                          bool is_last)
{
    struct str root = buf_str(&x->root), rest = str_from(s, i + 1);

    if (rest.n <= root.n && !is_last)
        return INCOMPLETE;
    xml_note(x, MEND_EPILOG);
    if (rest.n > root.n && str_starts(rest, root) &&
        is_name_end(rest.p[root.n]))
        return read_start_tag(x, s, i, is_last);
    x->mode = MODE_DONE;
    return s.n;
}

static size_t read_markup(struct xml_mender *x, struct str s, size_t i,
                          bool is_last)
{
    char c = i + 1 < s.n ? s.p[i + 1] : '\0';

    if (i + 1 == s.n && !is_last)
        return INCOMPLETE;
    if (begins_markup(c))
        x->outside_noted = false;
    if (begins_name(c) && x->mode == MODE_EPILOG)
        return read_behind(x, s, i, is_last);
    if (begins_name(c))
        return read_start_tag(x, s, i, is_last);
    if (c == '/')
        return read_end_tag(x, s, i, is_last);
    if (c == '!' || c == '?')
        return read_special(x, s, i, is_last);
    if (!notes_angles(x))
        return read_text(x, s, i, is_last);
    xml_note(x, MEND_LESS_THAN);
    give_text(x, str_slice(s, i, i + 1), false);
    return i + 1;
}

static size_t step(struct xml_mender *x, struct str s, size_t i, bool is_last)
{
    switch (x->mode) {
    case MODE_HEAD:
        return xml_read_head(x, s, is_last);
    case MODE_CDATA:
        return read_until(x, s, i, STR("]]>"), is_last);
    case MODE_COMMENT:
        return read_until(x, s, i, STR("-->"), is_last);
    case MODE_PI:
        return read_until(x, s, i, STR("?>"), is_last);
    case MODE_LONG_TAG:
        return read_until(x, s, i, STR(">"), is_last);
    case MODE_DOCTYPE:
        return xml_read_doctype(x, s, i, is_last);
    case MODE_DONE:
        return s.n;
    case MODE_PROLOG:
    case MODE_CONTENT:
    case MODE_EPILOG:
        break;
    }
    return s.p[i] == '<' ? read_markup(x, s, i, is_last)
                         : read_text(x, s, i, is_last);
}

/* Bytes of S that are done with. */
static size_t read_some(struct xml_mender *x, struct str s, bool is_last)
{
    size_t i = 0;

    x->counted = s.p;
    while (i < s.n) {
        enum mode before = x->mode;
        size_t next;

        x->now = s.p + i;
        next = step(x, s, i, is_last);
        if (next == INCOMPLETE || (next == i && x->mode == before))
            break;
        i = next;
    }
    x->now = s.p + i;
    (void)line_of(x);
    x->now = x->counted = NULL;
    return i;
}

/* Line ends as XML has them (2.11), onto `kept`. */
static void keep_lines(struct xml_mender *x, struct str s)
{
    char *to = buf_room(&x->kept, s.n);
    size_t i = x->last_was_cr && s.n > 0 && s.p[0] == '\n';

    if (to == NULL || s.n == 0)
        return;
    while (i < s.n) {
        struct str run = str_slice(s, i, str_find_char(s, '\r', i));

        memcpy(to, run.p, run.n);
        to += run.n;
        for (i += run.n; i < s.n && s.p[i] == '\r'; i++) {
            *to++ = '\n';
            i += i + 1 < s.n && s.p[i + 1] == '\n';
        }
    }
    x->kept.n = (size_t)(to - x->kept.p);
    x->last_was_cr = s.p[s.n - 1] == '\r';
}

/* What the document ends in the middle of: it has taken in all that follows. */
static void note_unended(struct xml_mender *x)
{
    static const char *const names[] = {[MODE_CDATA] = "a CDATA section",
                                        [MODE_COMMENT] = "a comment",
                                        [MODE_PI] = "an instruction",
                                        [MODE_DOCTYPE] = "a doctype",
                                        [MODE_LONG_TAG] = "a tag"};

    if (x->mode >= MODE_CDATA && x->mode <= MODE_LONG_TAG)
        note_add(x->notes, x->a, NOTE_XML_REPAIRED,
                 "line %d: %s without its end, which the rest stands in",
                 x->entered, names[x->mode]);
}

static void finish(struct xml_mender *x)
{
    note_unended(x);
    if (x->n_open == 0)
        return;
    x->left_open = x->n_open;
    note_add(x->notes, x->a, NOTE_TRUNCATED, "line %d: ends inside <%.*s>",
             x->line, STR_ARG(xml_name_of(x, &x->at->open[x->n_open - 1])));
    while (x->n_open > 0)
        xml_close_top(x);
}

void xml_mender_push(struct xml_mender *x, struct str utf8, bool is_last)
{
    size_t used;

    if (x->kept.n > 0 || x->last_was_cr ||
        str_find_char(utf8, '\r', 0) != STR_NOT_FOUND) {
        keep_lines(x, utf8);
        if (x->kept.n < x->wanted && !is_last)
            return;
        used = read_some(x, buf_str(&x->kept), is_last);
        x->kept.n -= used;
        if (x->kept.n > 0)
            memmove(x->kept.p, x->kept.p + used, x->kept.n);
    } else {
        used = read_some(x, utf8, is_last);
        buf_add_str(&x->kept, str_from(utf8, used));
    }
    x->wanted = x->kept.n + x->kept.n / 2;
    if (is_last)
        finish(x);
}
