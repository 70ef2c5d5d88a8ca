/*
 * Cuts a line into parts.  A label without a separator counts only where its row
 * (byline_labels.def) allows it, since "By" and "作者" begin sentences as well.
 */
#include "extract/page_line_parts.h"

#include "base/utf8.h"
#include "extract/page_date.h"
#include "extract/page_meta.h"

#define WEEKDAY_BYTES 5 /* of one that no name ends with */
#define BYLINE_BYTES  100
#define OUTLET_CHARS  12

struct scan {
    struct page_context *ctx;
    struct str line;
    struct parts *parts;
    struct when_hints hints;
    size_t pos, text_from; /* text_from: SIZE_MAX outside a text */
    struct when date;      /* the next date in the line */
    size_t date_at, date_n;
    enum label_edge edge;
};

static struct part *add_part(struct scan *s, enum part_kind kind)
{
    struct parts *p = s->parts;

    if (p->n == PARTS_MAX)
        p->n--; /* no byline is that long: what comes is lost */
    p->at[p->n] = (struct part){.kind = (uint8_t)kind};
    return &p->at[p->n++];
}

static void end_text(struct scan *s)
{
    struct str text;

    if (s->text_from == SIZE_MAX)
        return;
    text = str_trim_wide(str_slice(s->line, s->text_from, s->pos));
    s->text_from = SIZE_MAX;
    if (text.n > 0)
        add_part(s, PART_TEXT)->text = text;
}

static void find_next_date(struct scan *s)
{
    size_t at, n;

    s->date_at = SIZE_MAX;
    if (s->pos < s->line.n &&
        when_find(str_from(s->line, s->pos), &s->hints, &s->date, &at, &n) &&
        n > 0) {
        s->date_at = s->pos + at;
        s->date_n = n;
    }
}

/* "on", "Tuesday", but not the surname in "Jane Sun" and "Juan Domingo": of what
 * stands BEFORE it a name must be left. */
static bool is_of_date(const struct scan *s, struct str word, struct str before)
{
    struct label_hit hit;

    while (word.n > 1 &&
           (word.p[word.n - 1] == ',' || word.p[word.n - 1] == '.'))
        word.n--;
    if (when_is_weekday(word))
        return before.n == 0 || (word.n >= WEEKDAY_BYTES &&
                                 str_find_last(before, ' ') != STR_NOT_FOUND);
    return label_at(s->ctx->meta->labels, word, 0, EDGE_START, &hit) &&
           hit.word_end == word.n && hit.field == LABEL_DATE;
}

/* "Posted by Jane on Tuesday, 3 May": "on" and the weekday belong to the date. */
static void drop_words_before_date(struct scan *s)
{
    for (int words = 0; words < 2 && s->parts->n > 0; words++) {
        struct part *last = &s->parts->at[s->parts->n - 1];
        struct str before;
        size_t blank;

        if (last->kind != PART_TEXT)
            return;
        blank = str_find_last(last->text, ' ');
        if (blank == STR_NOT_FOUND) {
            s->parts->n -= is_of_date(s, last->text, STR_NONE);
            return;
        }
        before = str_trim_wide(str_slice(last->text, 0, blank));
        if (!is_of_date(s, str_from(last->text, blank + 1), before))
            return;
        last->text = before;
    }
}

static void take_date(struct scan *s)
{
    struct part *part;

    end_text(s);
    drop_words_before_date(s);
    part = add_part(s, PART_DATE);
    part->date = s->date;
    part->text = str_slice(s->line, s->date_at, s->date_at + s->date_n);
    s->pos = s->date_at + s->date_n;
    s->edge = EDGE_START;
    find_next_date(s);
}

/* The word at AT, up to a blank, is a Chinese name. */
static bool is_han_name_at(struct str s, size_t at)
{
    struct str rest = str_from(s, at), word;

    return str_word(&rest, &word) && word.p == s.p + at && name_is_han(word);
}

/* "某某新闻记者 甲乙丙", "某网记者甲乙丙", "某报 记者 甲乙丙": an outlet before the
 * label, a blank or a name behind it. */
static bool is_outlets_reporter(struct scan *s, struct label_hit *hit)
{
    return s->edge != EDGE_START && s->text_from != SIZE_MAX &&
           s->pos - s->text_from <= 4 * OUTLET_CHARS &&
           label_at(s->ctx->meta->labels, s->line, s->pos, EDGE_START, hit) &&
           hit->field == LABEL_AUTHOR && hit->form == FORM_LEAD &&
           hit->end < s->line.n &&
           ((hit->end > hit->word_end && s->edge == EDGE_NONE) ||
            is_han_name_at(s->line, hit->end)) &&
           name_is_org(str_trim(str_slice(s->line, s->text_from, s->pos))) &&
           utf8_chars(str_slice(s->line, s->text_from, s->pos)) <= OUTLET_CHARS;
}

/* "晨刊記者 簡宇": the line ends with a name behind the label, so what stands
 * before is the outlet. */
static bool is_between_outlet_and_name(const struct scan *s,
                                       const struct label_hit *hit)
{
    return hit->form == FORM_AFTER && !hit->has_separator &&
           s->edge == EDGE_NONE &&
           name_is_han(str_trim(str_from(s->line, hit->word_end)));
}

/* "人阅读", "评论" count readers; but "来源：海港评论" names an outlet: one word behind
 * its label, and no number on either side. */
static bool is_end_of_outlet(const struct scan *s, const struct label_hit *hit)
{
    struct str name = str_slice(s->line, s->text_from, s->pos);
    struct str behind = str_trim_wide(str_from(s->line, hit->end));
    const struct part *last =
        s->parts->n > 0 ? &s->parts->at[s->parts->n - 1] : NULL;

    return hit->field == LABEL_SKIP && s->edge == EDGE_NONE && last != NULL &&
           last->kind == PART_LABEL && last->label.field == LABEL_SOURCE &&
           is_han(utf8_next(s->line, &(size_t){s->pos})) &&
           !str_has_digit(name) &&
           str_find_char(name, ' ', 0) == STR_NOT_FOUND &&
           (behind.n == 0 || !is_digit(behind.p[0]));
}

static bool take_label(struct scan *s)
{
    struct label_hit hit;

    if (!label_at(s->ctx->meta->labels, s->line, s->pos, s->edge, &hit) &&
        !is_outlets_reporter(s, &hit))
        return false;
    if (hit.field == LABEL_AVOID) {
        if (s->text_from == SIZE_MAX)
            s->text_from = s->pos;
        s->pos = hit.word_end;
        s->edge = EDGE_NONE;
        return true;
    }
    if (is_between_outlet_and_name(s, &hit))
        hit.form = FORM_LEAD;
    if (hit.form == FORM_AFTER && !hit.has_separator &&
        (s->text_from == SIZE_MAX || is_end_of_outlet(s, &hit)))
        return false;
    end_text(s);
    {
        struct part *part = add_part(s, PART_LABEL);

        part->label = hit;
        part->text = str_slice(s->line, s->pos, hit.word_end);
    }
    s->pos = hit.end;
    s->edge = EDGE_WORD;
    if (s->date_at != SIZE_MAX && s->date_at < s->pos)
        find_next_date(s);
    return true;
}

bool line_is_opener(uint32_t c)
{
    return c == '(' || c == '[' || c == '{' || c == 0xFF08 || c == 0x3010 ||
           c == 0x3014 || c == 0xFF3B;
}

static bool is_closer(uint32_t c)
{
    return c == ')' || c == ']' || c == '}' || c == 0xFF09 || c == 0x3011 ||
           c == 0x3015 || c == 0xFF3D || c == 0xBB;
}

static bool is_bar(uint32_t c)
{
    return c == '|' || c == 0xFF5C || c == 0x4E28 || c == ';' || c == 0xFF1B ||
           c == 0x2022 || c == 0x25A0 || c == 0x25CF || c == 0x25B2 ||
           c == 0x3002 || c == 0x2502 || c == 0xFF0F || c == 0x2503 ||
           c == 0x2014 || c == 0x22C5;
}

/* "来源：某刊(ID:x)", "作者：甲乙丙（实习）", "Источник: ИА «Берег»": a bracket
 * inside a value, no label in it.  Its closing byte offset, or 0. */
static size_t bracket_in_value(struct scan *s, size_t inside)
{
    struct label_hit hit;
    const struct part *last =
        s->parts->n > 0 ? &s->parts->at[s->parts->n - 1] : NULL;

    if (s->text_from == SIZE_MAX || last == NULL || last->kind != PART_LABEL ||
        inside >= s->line.n ||
        label_at(s->ctx->meta->labels, s->line, inside, EDGE_START, &hit))
        return 0;
    for (size_t i = inside; i < s->line.n;) {
        uint32_t c = utf8_next(s->line, &i);

        if (is_closer(c))
            return i;
        if (line_is_opener(c))
            break;
    }
    return 0;
}

/* Blanks: one is part of a text, a run or a wide one divides. */
static void take_blanks(struct scan *s)
{
    size_t from = s->pos, run = 0;
    bool wide = false;

    while (s->pos < s->line.n) {
        size_t next = s->pos;
        uint32_t c = utf8_next(s->line, &next);

        if (!is_blank(c))
            break;
        wide = wide || c == '\t' || c == '\n' || c == 0x3000;
        s->pos = next;
        run++;
    }
    if (s->edge != EDGE_START)
        s->edge = EDGE_WORD;
    if (run < 2 && !wide)
        return;
    if (s->text_from != SIZE_MAX) {
        size_t to = s->pos;

        s->pos = from;
        end_text(s);
        s->pos = to;
        add_part(s, PART_GAP);
    }
}

static void take_stop(struct scan *s, size_t next, enum label_edge edge)
{
    end_text(s);
    add_part(s, PART_STOP);
    s->pos = next;
    s->edge = edge;
}

static bool is_blank_at(struct str s, size_t at)
{
    return at < s.n && s.p[at] == ' ';
}

static void take_char(struct scan *s)
{
    size_t at = s->pos, next = at, close;
    uint32_t c = utf8_next(s->line, &next);

    if (line_is_opener(c) || c == 0xAB) {
        close = bracket_in_value(s, next);
        if (close > 0)
            s->pos = close;
        else
            take_stop(s, next, EDGE_START);
        return;
    }
    if (is_closer(c) || is_bar(c)) {
        take_stop(s, next, EDGE_START);
        return;
    }
    /* A dash, dot or slash between blanks divides; inside a name it does not. */
    if ((c == '-' || c == 0x2013 || c == 0xB7 || c == '/' || c == '>') &&
        (at == 0 || s->line.p[at - 1] == ' ') &&
        (next >= s->line.n || is_blank_at(s->line, next))) {
        take_stop(s, next, EDGE_START);
        return;
    }
    if (s->text_from == SIZE_MAX)
        s->text_from = at;
    s->pos = next;
    s->edge = is_word_char(c) || is_cjk(c) ? EDGE_NONE : EDGE_WORD;
    if (c < 0x80 && is_digit((char)c))
        s->edge = EDGE_WORD;
}

static void cut(struct page_context *ctx, struct str line,
                struct when_hints hints, struct parts *parts)
{
    struct scan s = {.ctx = ctx,
                     .line = line,
                     .parts = parts,
                     .hints = hints,
                     .text_from = SIZE_MAX,
                     .edge = EDGE_START};

    parts->n = 0;
    find_next_date(&s);
    while (s.pos < line.n) {
        size_t next = s.pos;
        uint32_t c = utf8_next(line, &next);

        if (s.pos == s.date_at)
            take_date(&s);
        else if (is_blank(c))
            take_blanks(&s);
        else if ((s.edge == EDGE_NONE && !is_cjk(c)) || !take_label(&s))
            take_char(&s);
        if (s.date_at != SIZE_MAX && s.date_at < s.pos)
            find_next_date(&s);
    }
    end_text(&s);
}

/* A label says who wrote or when, and no date was read. */
static bool wants_date(const struct parts *parts)
{
    bool wants = false;

    for (size_t i = 0; i < parts->n; i++) {
        if (parts->at[i].kind == PART_DATE)
            return false;
        wants = wants || (parts->at[i].kind == PART_LABEL &&
                          (parts->at[i].label.field == LABEL_AUTHOR ||
                           (parts->at[i].label.field >= LABEL_PUBLISHED &&
                            parts->at[i].label.field <= LABEL_DATE)));
    }
    return wants;
}

/* "Von Jane Roe, 8.5.12": a byline's date may have a short year; in prose such
 * figures are numbers of versions and chapters. */
void line_cut(struct page_context *ctx, struct str line, struct parts *parts)
{
    struct when_hints hints = page_when_hints(ctx);
    struct when w;

    cut(ctx, line, hints, parts);
    if (line.n > BYLINE_BYTES || !wants_date(parts))
        return;
    hints.short_years = true;
    if (when_find(line, &hints, &w, NULL, NULL))
        cut(ctx, line, hints, parts);
}
