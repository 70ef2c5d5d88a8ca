#include "parse/json_split.h"

#include "base/block.h"
#include "base/utf8.h"
#include "text/percent.h"

#define STRING_MAX  ((size_t)3 << 20)  /* as an element of XML */
#define STRINGS_MAX ((size_t)4 << 20)  /* of one part; then ... */
#define SHORT_MAX   ((size_t)64 << 10) /* ... its strings have so much */
#define PART_MAX    ((size_t)12 << 20) /* escapes included */
#define VALUES_MAX  50000              /* a value takes 200 bytes as a tree */
#define DEPTH_MAX   200                /* less than text/json.h reads */

#define LETTER 5 /* of an escape is still to come */

void json_split_init(struct json_split *p,
                     void (*on_item)(void *ctx, struct str text,
                                     unsigned faults),
                     void *ctx)
{
    *p = (struct json_split){.on_item = on_item, .ctx = ctx};
    buf_init(&p->top.text, PART_MAX);
    buf_init(&p->item.text, PART_MAX);
}

void json_split_done(struct json_split *p)
{
    buf_done(&p->top.text);
    buf_done(&p->item.text);
}

static struct part *part_at(struct json_split *p)
{
    return p->in_items ? &p->item : &p->top;
}

static void put(struct json_split *p, struct str s)
{
    struct part *part = part_at(p);

    if (p->depth <= DEPTH_MAX && !buf_add_str(&part->text, s)) {
        part->faults |= PART_TOO_MUCH;
        p->is_cut = true; /* the string, if it stands in one */
    }
}

/* A value begins or is separated from the next. */
static void count_value(struct json_split *p)
{
    struct part *part = part_at(p);

    if (p->depth <= DEPTH_MAX && ++part->values > VALUES_MAX) {
        part->text.full = true;
        part->faults |= PART_TOO_MUCH;
    }
}

/* ---- strings ---- */

static void begin_string(struct json_split *p)
{
    if (p->depth == 1) {
        p->word_from = p->top.text.n;
        p->word_n = 0;
    }
    put(p, STR("\""));
    p->in_string = true;
    p->is_cut = p->after_high = false;
    p->bytes = 0;
    p->escape = 0;
}

static void end_string(struct json_split *p)
{
    put(p, STR("\""));
    p->in_string = false;
    part_at(p)->string_bytes += p->bytes;
}

/* Bytes that the string may still have. */
static size_t room_left(struct json_split *p)
{
    size_t before = part_at(p)->string_bytes, max = STRING_MAX;

    if (before + max > STRINGS_MAX)
        max = before < STRINGS_MAX ? STRINGS_MAX - before : 0;
    if (max < SHORT_MAX)
        max = SHORT_MAX;
    return p->bytes < max ? max - p->bytes : 0;
}

static void cut_string(struct json_split *p)
{
    p->is_cut = true;
    part_at(p)->faults |= PART_STRING;
}

/* Text without quotes and escapes. */
static void put_run(struct json_split *p, struct str run)
{
    struct str fits = utf8_clip(run, room_left(p));

    for (size_t i = 0; p->depth == 1 && i < run.n; i++)
        if (p->word_n < sizeof p->word)
            p->word[p->word_n++] = run.p[i];
    if (p->is_cut)
        return;
    put(p, fits);
    p->bytes += fits.n;
    p->after_high = false;
    if (fits.n < run.n)
        cut_string(p);
}

static bool is_high(unsigned unit)
{
    return unit >= 0xD800 && unit < 0xDC00;
}

/* An escape is cut off as a whole, and never the second half of a pair. */
static void begin_escape(struct json_split *p)
{
    if (!p->after_high && !p->is_cut && room_left(p) < 4)
        cut_string(p);
    if (!p->is_cut)
        put(p, STR("\\"));
    p->escape = LETTER;
}

static void take_escape(struct json_split *p, char c)
{
    int digit = percent_hex(c);

    if (!p->is_cut)
        put(p, str_of(&c, 1));
    if (p->escape == LETTER) {
        p->escape = c == 'u' ? 4 : 0;
        p->unit = 0;
        if (p->escape == 0) {
            p->bytes++;
            p->after_high = false;
        }
        return;
    }
    p->unit = p->unit << 4 | (unsigned)(digit < 0 ? 0 : digit);
    if (--p->escape > 0)
        return;
    p->bytes += p->unit < 0x80 ? 1 : p->unit < 0x800 ? 2 : 3;
    p->after_high = is_high(p->unit) && !p->after_high;
}

static inline block ends_run(block c)
{
    return (block)(c == '"') | (block)(c == '\\');
}

/* Behind what of a string that is cut can be passed over. */
static size_t skip_cut(struct json_split *p, struct str s, size_t i)
{
    while ((i = block_find(s, i, ends_run)) < s.n && s.p[i] == '\\') {
        i += 2;
        if (i > s.n) {
            p->escape = LETTER;
            return s.n;
        }
    }
    return i;
}

/* Behind what was taken of the string from I on. */
static size_t take_string(struct json_split *p, struct str s, size_t i)
{
    size_t from = i;

    /* Where digits should be anything may stand, the closing quote too. */
    if (p->escape == LETTER ||
        (p->escape > 0 && s.p[i] != '"' && s.p[i] != '\\')) {
        take_escape(p, s.p[i]);
        return i + 1;
    }
    p->escape = 0;
    i = p->is_cut ? skip_cut(p, s, i) : block_find(s, i, ends_run);
    if (i > from)
        put_run(p, str_slice(s, from, i));
    if (i == s.n)
        return i;
    if (s.p[i] == '"')
        end_string(p);
    else
        begin_escape(p);
    return i + 1;
}

/* ---- what is between strings ---- */

/* The object stays one without that member. */
static void enter_items(struct json_split *p)
{
    struct buf *top = &p->top.text;

    top->n = p->word_from;
    while (top->n > 1 &&
           (is_space(top->p[top->n - 1]) || top->p[top->n - 1] == ','))
        top->n--;
    p->drop_comma = top->n == 1;
    p->has_items = p->in_items = true;
}

static void end_item(struct json_split *p)
{
    struct str text = str_trim(buf_str(&p->item.text));

    if (text.n > 0)
        p->on_item(p->ctx, text, p->item.faults);
    buf_reset(&p->item.text);
    p->item.values = p->item.string_bytes = 0;
    p->item.faults = 0;
}

/* Between the elements of `items`; true if C is one's no more. */
static bool ends_item(struct json_split *p, char c)
{
    if (!p->in_items || p->depth != 2 || (c != ',' && c != ']' && c != '}'))
        return false;
    end_item(p);
    if (c == ']') {
        p->in_items = false;
        p->depth = 1;
    }
    return true;
}

static void open_bracket(struct json_split *p, char c)
{
    if (c == '[' && p->names_items) {
        enter_items(p);
        p->depth++;
        return;
    }
    count_value(p);
    if (p->depth == DEPTH_MAX) {
        put(p, STR("null"));
        part_at(p)->faults |= PART_DEPTH;
    }
    if (p->depth == 0)
        p->is_object = c == '{';
    p->depth++;
    put(p, str_of(&c, 1));
}

static void close_bracket(struct json_split *p, char c)
{
    put(p, str_of(&c, 1));
    if (p->depth > 0)
        p->depth--;
}

/* C follows a string of the object: is that the name `items`? */
static void watch_name(struct json_split *p, char c)
{
    if (is_space(c))
        return;
    p->names_items = c == ':' && p->depth == 1 && p->is_object &&
                     str_eq(str_of(p->word, p->word_n), STR("items"));
    p->word_n = 0;
}

static void take_other(struct json_split *p, char c)
{
    if (c == '"') {
        begin_string(p);
    } else if (ends_item(p, c)) {
        ; /* and stands in none */
    } else if (c == '[' || c == '{') {
        open_bracket(p, c);
    } else if (c == ']' || c == '}') {
        close_bracket(p, c);
    } else if (c == ',') {
        count_value(p);
        if (p->in_items || !p->drop_comma)
            put(p, STR(","));
        p->drop_comma = p->drop_comma && p->in_items;
    } else {
        put(p, str_of(&c, 1));
    }
    watch_name(p, c);
}

static inline block is_structure(block c)
{
    return (block)(c == '"') | (block)(c == ',') | (block)(c == ':') |
           (block)((c | 0x20) == '{') | (block)((c | 0x20) == '}');
}

/* Blanks, numbers and names of values. */
static void take_plain(struct json_split *p, struct str run)
{
    put(p, run);
    if (str_trim(run).n == 0)
        return;
    p->names_items = false;
    p->word_n = 0;
}

void json_split_push(struct json_split *p, struct str s)
{
    for (size_t i = 0; i < s.n;) {
        size_t from = i;

        if (p->in_string) {
            i = take_string(p, s, i);
            continue;
        }
        i = block_find(s, i, is_structure);
        if (i > from)
            take_plain(p, str_slice(s, from, i));
        else
            take_other(p, s.p[i++]);
    }
}

bool json_split_finish(struct json_split *p)
{
    bool inside = p->in_items;

    if (inside)
        end_item(p);
    return !inside;
}
