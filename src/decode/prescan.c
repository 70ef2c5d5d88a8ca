/*
 * A look at markup before a real parser sees it.
 *
 * The HTML algorithm is linear for what people write and quadratic for what
 * attackers write: each tag may walk the stack of open elements, the list of
 * formatting elements, or the attributes read so far.  One linear pass here
 * keeps the same three things roughly as the parser would (end tags close what
 * they name, cells end the formatting inside them, at most three formatting
 * elements of the same spelling count) and says stop when one passes its cap.
 * It need not agree with the parser to the letter: too high an estimate costs a
 * page the better tree, too low a one costs time, and the parser's memory
 * budget is the second net.
 *
 * The caps: browsers stop at a depth of 512; no honest page of the corpora
 * passes a third of any of them.
 */
#include <string.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "decode/tag_traits.h"
#include "decode/tree_build.h"

#define DEPTH_MAX     512
#define FORMAT_MAX    200
#define ATTRS_MAX     128
#define TAG_BYTES_MAX ((size_t)3 << 20)
#define SAME_MAX      3 /* the HTML standard's limit for like elements */
#define REMOVE_REACH  16
#define RAW_BYTES_MIN 32

struct open_tag {
    uint16_t tag;
    uint16_t formats; /* formatting elements when it was opened */
};

struct format {
    uint16_t tag;
    uint32_t spelling; /* a hash of the whole tag */
};

struct scan {
    struct str s;
    size_t at;
    struct arena *a;
    struct raw_texts *raw; /* NULL when nobody wants them */
    size_t depth, n_formats;
    uint32_t open[TAG_COUNT]; /* how many of each tag are on the stack */
    struct open_tag stack[DEPTH_MAX + 1];
    struct format formats[FORMAT_MAX + 1];
};

/* Those whose end tags are optional are on the stack when they can hold
 * formatting open, and are left out when something else ends them anyway. */
static bool is_stacked(unsigned tag)
{
    return !tag_has((enum tag)tag, LOOSE) || tag == TAG_TD || tag == TAG_TH ||
           tag == TAG_P || tag == TAG_LI || tag == TAG_DT || tag == TAG_DD;
}

static bool is_cell(unsigned tag)
{
    return tag == TAG_TD || tag == TAG_TH;
}

static void pop(struct scan *p)
{
    struct open_tag top = p->stack[--p->depth];

    p->open[top.tag]--;
    /* Cells end the formatting that began in them. */
    if (is_cell(top.tag) && p->n_formats > top.formats)
        p->n_formats = top.formats;
}

static void push(struct scan *p, enum tag tag)
{
    p->stack[p->depth++] =
        (struct open_tag){(uint16_t)tag, (uint16_t)p->n_formats};
    p->open[tag]++;
}

static void add_format(struct scan *p, enum tag tag, struct str whole)
{
    uint32_t spelling = 2166136261u;
    size_t same = 0;

    for (size_t i = 0; i < whole.n && i < 256; i++)
        spelling = (spelling ^ (unsigned char)whole.p[i]) * 16777619u;
    for (size_t i = 0; i < p->n_formats; i++)
        same += p->formats[i].tag == tag && p->formats[i].spelling == spelling;
    if (same < SAME_MAX)
        p->formats[p->n_formats++] = (struct format){(uint16_t)tag, spelling};
}

/* An end tag takes the last formatting element of its name off the list, and
 * off the stack alone, leaving what was opened inside it. */
static void end_format(struct scan *p, enum tag tag)
{
    size_t i = p->n_formats;

    while (i > 0 && p->formats[i - 1].tag != tag)
        i--;
    if (i > 0) {
        memmove(&p->formats[i - 1], &p->formats[i],
                (p->n_formats - i) * sizeof p->formats[0]);
        p->n_formats--;
    }
    for (i = p->depth; i > 0 && p->depth - i < REMOVE_REACH; i--) {
        if (p->stack[i - 1].tag != tag)
            continue;
        memmove(&p->stack[i - 1], &p->stack[i],
                (p->depth - i) * sizeof p->stack[0]);
        p->depth--;
        p->open[tag]--;
        return;
    }
}

static void end_tag(struct scan *p, enum tag tag)
{
    if (tag == TAG_OTHER || p->open[tag] == 0)
        return;
    if (tag_has(tag, FORMAT)) {
        end_format(p, tag);
        return;
    }
    while (p->open[tag] > 0 && p->stack[p->depth - 1].tag != tag)
        pop(p);
    pop(p);
}

/* Pops down to the nearest TAG or OTHER, unless WITHIN or a table is nearer. */
static void end_nearest(struct scan *p, enum tag tag, enum tag other,
                        enum tag within, enum tag or_within)
{
    size_t i = p->depth;

    if (p->open[tag] + p->open[other] == 0)
        return;
    for (; i > 0; i--) {
        unsigned there = p->stack[i - 1].tag;

        if (there == tag || there == other)
            break;
        if (there == within || there == or_within || there == TAG_TABLE)
            return;
    }
    while (i > 0 && p->depth >= i)
        pop(p);
}

/* What a start tag ends without saying so. */
static void end_implied(struct scan *p, enum tag tag)
{
    if (tag_has(tag, BLOCK))
        end_nearest(p, TAG_P, TAG_P, TAG_TD, TAG_BUTTON);
    switch (tag) {
    case TAG_LI:
        end_nearest(p, TAG_LI, TAG_LI, TAG_UL, TAG_OL);
        break;
    case TAG_DT:
    case TAG_DD:
        end_nearest(p, TAG_DT, TAG_DD, TAG_DL, TAG_DL);
        break;
    case TAG_TD:
    case TAG_TH:
    case TAG_TR:
    case TAG_TBODY:
    case TAG_TFOOT:
    case TAG_CAPTION:
        end_nearest(p, TAG_TD, TAG_TH, TAG_TABLE, TAG_TABLE);
        break;
    default:
        break;
    }
}

static const char *start_tag(struct scan *p, enum tag tag, struct str whole)
{
    if (tag_has(tag, VOID))
        return NULL;
    end_implied(p, tag);
    /* A link inside a link ends the outer one. */
    if (tag == TAG_A && p->open[TAG_A] > 0)
        end_format(p, tag);
    if (tag_has(tag, FORMAT))
        add_format(p, tag, whole);
    if (is_stacked(tag))
        push(p, tag);
    if (p->depth + p->n_formats > DEPTH_MAX)
        return "elements nested too deep";
    return p->n_formats > FORMAT_MAX - 1 ? "too many unclosed elements" : NULL;
}

/* Moves behind the tag that begins at p->at; counts its attributes. */
static size_t skip_tag(struct scan *p)
{
    size_t i = p->at, attrs = 0;
    bool in_name = true, after_equals = false;
    const char *close;

    for (; i < p->s.n && p->s.p[i] != '>'; i++) {
        char c = p->s.p[i];

        if ((c == '"' || c == '\'') && after_equals) {
            close = memchr(p->s.p + i + 1, c, p->s.n - i - 1);
            if (close == NULL) {
                i = p->s.n;
                break;
            }
            i = (size_t)(close - p->s.p);
            in_name = after_equals = false;
        } else if (is_space(c) || c == '/') {
            in_name = false;
        } else if (c == '=') {
            after_equals = true;
            in_name = true;
        } else {
            attrs += !in_name && !after_equals;
            in_name = true;
            after_equals = false;
        }
    }
    p->at = i < p->s.n ? i + 1 : i;
    return attrs;
}

/* Behind the next NEEDLE, or at the end. */
static void skip_past(struct scan *p, struct str needle)
{
    size_t hit = str_find(p->s, needle, p->at);

    p->at = hit == STR_NOT_FOUND ? p->s.n : hit + needle.n;
}

/* To the end tag of a raw element, whose text is no markup; false at the end. */
static bool skip_raw(struct scan *p, struct str name)
{
    for (;;) {
        size_t hit = str_find(p->s, STR("</"), p->at);

        if (hit == STR_NOT_FOUND) {
            p->at = p->s.n;
            return false;
        }
        p->at = hit + 2;
        if (str_starts_nocase(str_from(p->s, p->at), name)) {
            p->at = hit;
            return true;
        }
    }
}

/* Keeps what stood in a script or style from FROM to here, if a parser is sure
 * to take it as it is: with "<!--" other rules for its end begin, and inside svg
 * and select it is markup. */
static void keep_raw(struct scan *p, enum tag tag, size_t from)
{
    struct str text = str_slice(p->s, from, p->at);

    if (p->raw == NULL || (tag != TAG_SCRIPT && tag != TAG_STYLE) ||
        text.n < RAW_BYTES_MIN ||
        p->open[TAG_SVG] + p->open[TAG_MATH] + p->open[TAG_SELECT] > 0 ||
        str_has(text, STR("<!--")) || utf8_publishable_prefix(text) < text.n)
        return;
    *vec_add(p->a, p->raw) = (struct raw_text){.text = text};
}

static struct str tag_name_at(const struct scan *p)
{
    size_t i = p->at;

    while (i < p->s.n && !is_space(p->s.p[i]) && p->s.p[i] != '>' &&
           p->s.p[i] != '/')
        i++;
    return str_slice(p->s, p->at, i);
}

static const char *read_tag(struct scan *p, bool is_end)
{
    size_t from = p->at, attrs;
    struct str name = tag_name_at(p);
    enum tag tag = tag_by_any_case(name);
    const char *why;

    p->at += name.n;
    attrs = skip_tag(p);
    if (p->at - from > TAG_BYTES_MAX)
        return "a tag of several megabytes";
    if (attrs > ATTRS_MAX)
        return "too many attributes in a tag";
    if (is_end) {
        end_tag(p, tag);
        return NULL;
    }
    why = start_tag(p, tag, str_slice(p->s, from, p->at));
    if (tag_has(tag, RAW) && why == NULL) {
        from = p->at;
        if (skip_raw(p, name))
            keep_raw(p, tag, from);
    }
    return why;
}

const char *prescan_html(struct str html, struct arena *a,
                         struct raw_texts *raw)
{
    struct scan p = {.s = html, .a = a, .raw = raw};
    const char *why = NULL;

    while (why == NULL && p.at < html.n) {
        const char *hit = memchr(html.p + p.at, '<', html.n - p.at);
        char next;

        if (hit == NULL)
            break;
        p.at = (size_t)(hit - html.p) + 1;
        next = p.at < html.n ? html.p[p.at] : '\0';
        if (is_alpha(next)) {
            why = read_tag(&p, false);
        } else if (next == '/') {
            p.at++;
            if (p.at < html.n && is_alpha(html.p[p.at]))
                why = read_tag(&p, true);
        } else if (str_starts(str_from(html, p.at), STR("!--"))) {
            p.at += 1; /* "<!-->" is a whole comment */
            skip_past(&p, STR("--"));
            p.at = p.at >= 2 ? p.at - 2 : p.at;
            skip_past(&p, STR("-->"));
        } else if (next == '!' || next == '?') {
            skip_past(&p, STR(">"));
        }
    }
    return why;
}
