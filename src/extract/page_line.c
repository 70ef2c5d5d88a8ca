/*
 * Reads the lines around an article: "2019-06-15 08:18 来源：某报 作者：甲乙丙",
 * "By Jane Roe | 3 May 2020 | 5 min read", "（原标题：…）".
 *
 * A line is cut into parts: labels (byline_labels.def), dates, stops, and the texts
 * between them.  A text behind a label is its value, a text before a label that
 * stands behind its value ("홍길동 기자") as well; what is left over is prose or
 * an unlabelled name.  Values end at the next label, at a bar, a closing
 * bracket, a run of blanks or the end of the line; labels may follow values
 * without any break ("来源：某网作者：甲乙丙").
 *
 * A label without a separator counts only where its row allows it and when its
 * value looks like one, since "By" and "作者" begin sentences as well.
 */
#include "extract/fields.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "extract/page_date.h"
#include "extract/page_labels.h"
#include "extract/page_meta.h"
#include "extract/page_names.h"

#define LINE_MAX_BYTES   480
#define PARTS_MAX        48
#define SOURCE_MAX_CHARS 40
#define SKIP_MAX_CHARS   24
#define REST_MAX_CHARS   40
#define TAGS_MAX         32

enum part_kind { PART_LABEL, PART_DATE, PART_TEXT, PART_STOP, PART_GAP };

struct part {
    uint8_t kind; /* enum part_kind */
    struct str text;
    struct label_hit label;
    struct when date;
};

struct parts {
    struct part at[PARTS_MAX];
    size_t n;
};

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

/* ---- cutting a line into parts -------------------------------------------- */

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

/* "Posted by Jane on 3 May": the "on" belongs to the date. */
static void drop_word_before_date(struct scan *s)
{
    struct part *last;
    struct label_hit hit;
    size_t blank;
    struct str word;

    if (s->parts->n == 0)
        return;
    last = &s->parts->at[s->parts->n - 1];
    if (last->kind != PART_TEXT)
        return;
    blank = str_find_last(last->text, ' ');
    word =
        blank == STR_NOT_FOUND ? last->text : str_from(last->text, blank + 1);
    if (!label_at(s->ctx->meta->labels, word, 0, EDGE_START, &hit) ||
        hit.word_end != word.n || hit.field != LABEL_DATE)
        return;
    if (blank == STR_NOT_FOUND)
        s->parts->n--;
    else
        last->text = str_trim_wide(str_slice(last->text, 0, blank));
}

static void take_date(struct scan *s)
{
    struct part *part;

    end_text(s);
    drop_word_before_date(s);
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

/* "某某新闻记者 甲乙丙", "某网记者甲乙丙": an outlet glued to the label, a blank
 * or a name behind it. */
static bool is_outlets_reporter(struct scan *s, struct label_hit *hit)
{
    return s->edge == EDGE_NONE && s->text_from != SIZE_MAX &&
           label_at(s->ctx->meta->labels, s->line, s->pos, EDGE_START, hit) &&
           hit->field == LABEL_AUTHOR && hit->form == FORM_LEAD &&
           hit->end < s->line.n &&
           (hit->end > hit->word_end || is_han_name_at(s->line, hit->end)) &&
           name_is_org(str_slice(s->line, s->text_from, s->pos)) &&
           utf8_chars(str_slice(s->line, s->text_from, s->pos)) <= 12;
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
    if (hit.form == FORM_AFTER && !hit.has_separator &&
        s->text_from == SIZE_MAX)
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

static bool is_opener(uint32_t c)
{
    return c == '(' || c == '[' || c == '{' || c == 0xFF08 || c == 0x3010 ||
           c == 0x3014 || c == 0xFF3B;
}

static bool is_closer(uint32_t c)
{
    return c == ')' || c == ']' || c == '}' || c == 0xFF09 || c == 0x3011 ||
           c == 0x3015 || c == 0xFF3D;
}

static bool is_bar(uint32_t c)
{
    return c == '|' || c == 0xFF5C || c == 0x4E28 || c == ';' || c == 0xFF1B ||
           c == 0x2022 || c == 0x25A0 || c == 0x25CF || c == 0x25B2 ||
           c == 0x3002 || c == 0xBB || c == 0xAB || c == 0x2502 ||
           c == 0xFF0F || c == 0x2503 || c == 0x2014 || c == 0x22C5;
}

/* "来源：某刊(ID:x)", "作者：甲乙丙（实习）": a bracket inside a value, no label
 * in it.  Its closing byte offset, or 0. */
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
        if (is_opener(c))
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

    if (is_opener(c)) {
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

static void cut_line(struct page_context *ctx, struct str line,
                     struct parts *parts)
{
    struct scan s = {.ctx = ctx,
                     .line = line,
                     .parts = parts,
                     .hints = page_when_hints(ctx),
                     .text_from = SIZE_MAX,
                     .edge = EDGE_START};

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

/* ---- values ----------------------------------------------------------------- */

struct reading {
    struct page_context *ctx;
    struct line_facts *out;
    struct names authors;
    size_t facts;      /* labels with their values, and dates */
    size_t rest_chars; /* letters that no label claims */
    bool has_prose, date_has_mark;
};

static size_t letters_in(struct str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.n;) {
        uint32_t c = utf8_next(s, &i);

        n += is_word_char(c) || is_cjk(c);
    }
    return n;
}

static bool has_sentence_mark(struct str s)
{
    return str_has(s, STR("，")) || str_has(s, STR("。")) ||
           str_has(s, STR("！")) || str_has(s, STR("？")) ||
           str_has(s, STR("”")) || str_has(s, STR("、")) ||
           str_has(s, STR(". ")) || str_has(s, STR("? ")) ||
           str_has(s, STR("! "));
}

/* "jane@herald.example", as it stands behind a name. */
static bool is_mail_address(struct str text)
{
    return str_find_char(text, '@', 1) != STR_NOT_FOUND &&
           str_find_char(text, ' ', 0) == STR_NOT_FOUND;
}

static struct str without_commas(struct str s)
{
    while (s.n > 0 && (s.p[s.n - 1] == ',' || s.p[s.n - 1] == ' '))
        s.n--;
    while (s.n > 0 && (s.p[0] == ',' || s.p[0] == ' '))
        s = str_from(s, 1);
    return s;
}

/* "Jane Roe" of "Jane Roe, Harbour Correspondent". */
static struct str without_role(struct str s)
{
    size_t comma = str_find_last(s, ',');
    struct str last = comma == STR_NOT_FOUND ? s : str_from(s, comma + 1);

    if (!name_is_role(str_trim(last)))
        return s;
    return comma == STR_NOT_FOUND ? STR_NONE : str_trim(str_slice(s, 0, comma));
}

/* A place may stand beside the name of a person, and is not the better one. */
static bool is_western_person(struct str s)
{
    return s.n > 0 && !is_cjk(utf8_next(s, &(size_t){0})) && name_is_person(s);
}

static void add_rest(struct reading *r, struct str text)
{
    size_t letters;

    text = without_role(without_commas(text));
    letters = letters_in(text);
    if (letters == 0 || is_mail_address(text))
        return;
    if (r->rest_chars == 0 && utf8_chars(text) <= REST_MAX_CHARS)
        r->out->rest = text;
    else if (letters > 2 && !is_western_person(r->out->rest))
        r->out->rest = STR_NONE;
    r->rest_chars += letters;
    r->has_prose = r->has_prose || has_sentence_mark(text);
}

/* "某刊(ID:moukan)" into name and account. */
static void take_source(struct reading *r, struct str text)
{
    struct line_facts *out = r->out;
    size_t id = str_find_nocase(text, STR("id"), 0);
    struct str name = text;

    for (size_t i = 0; i < text.n;) {
        size_t at = i;

        if (!is_opener(utf8_next(text, &i)) || at == 0)
            continue;
        if (id != STR_NOT_FOUND && id <= i + 1) {
            struct str account = str_from(text, id + 2);

            while (account.n > 0 && !is_alnum(account.p[0]))
                account = str_from(account, 1);
            while (account.n > 0 && !is_alnum(account.p[account.n - 1]))
                account.n--;
            out->source_id = account;
            name = str_slice(text, 0, at);
        }
        break;
    }
    name = str_trim_wide(name);
    if (str_starts(name, STR("《")) && str_ends(name, STR("》")))
        name = str_slice(name, 3, name.n - 3);
    if (out->source.n == 0)
        out->source = name;
}

static bool is_source(struct str text)
{
    return utf8_chars(text) <= SOURCE_MAX_CHARS && letters_in(text) >= 2 &&
           !str_has(text, STR("，")) && !str_has(text, STR("http")) &&
           !str_has(text, STR(". "));
}

/* Behind a label without a mark only what calls itself an outlet counts. */
static bool is_outlet_name(struct str text)
{
    size_t ascii = 0;

    for (size_t i = 0; i < text.n; i++)
        ascii += is_alnum(text.p[i]) || text.p[i] == '.';
    return name_is_org(text) || (ascii == text.n && text.n <= 20);
}

static void take_tags(struct reading *r, struct str text)
{
    struct str rest = text;

    while (rest.n > 0 && r->out->tags.n < TAGS_MAX) {
        size_t end = 0, next = 0;
        struct str tag;

        while (end < rest.n) {
            uint32_t c;

            next = end;
            c = utf8_next(rest, &next);
            if (c == ',' || c == 0xFF0C || c == 0x3001 || c == '#' ||
                c == 0xFF03 ||
                (is_blank(c) && letters_in(rest) > 0 &&
                 is_han(utf8_next(rest, &(size_t){0}))))
                break;
            end = next;
        }
        tag = str_trim_wide(str_slice(rest, 0, end));
        rest = end < rest.n ? str_from(rest, next) : STR_NONE;
        if (letters_in(tag) > 0 && utf8_chars(tag) <= SOURCE_MAX_CHARS)
            *vec_add(r->ctx->a, &r->out->tags) = tag;
    }
}

/* The first of the names in TEXT, or all of them divided as written. */
static struct str editor_of(struct reading *r, struct str text)
{
    struct names names = {0};

    if (names_add(r->ctx->a, text, NAMES_LABELLED, &names) == 0)
        return STR_NONE;
    if (names.n == 1)
        return names.at[0].name;
    return str_slice(text, (size_t)(names.at[0].name.p - text.p),
                     (size_t)(names.at[names.n - 1].name.p +
                              names.at[names.n - 1].name.n - text.p));
}

static bool within(struct str whole, struct str part)
{
    return part.p >= whole.p && part.p + part.n <= whole.p + whole.n;
}

static bool take_editor(struct reading *r, struct str text)
{
    struct names names = {0};
    struct str name;

    if (name_is_nobody(text)) {
        r->out->is_admin = true;
        return true;
    }
    if (names_add(r->ctx->a, text, NAMES_LABELLED, &names) == 0)
        return utf8_chars(text) <= 10;
    name = within(text, names.at[0].name) &&
                   within(text, names.at[names.n - 1].name)
               ? editor_of(r, text)
               : names.at[0].name;
    if (r->out->editor.n == 0)
        r->out->editor = name;
    return true;
}

static bool take_author(struct reading *r, struct str text,
                        const struct part *part)
{
    const struct label_hit *label = &part->label;
    bool is_phrase = str_find_char(part->text, ' ', 0) != STR_NOT_FOUND;
    struct names names = {0};
    bool is_marked = label->has_separator || label->form == FORM_AFTER;

    if (name_is_nobody(text)) {
        r->out->is_admin = true;
        return true;
    }
    /* Two words ("posted by") promise a name better than one ("by"). */
    names_add(r->ctx->a, text,
              is_marked || (is_phrase && utf8_chars(text) <= 30)
                  ? NAMES_LABELLED
                  : NAMES_LOOSE,
              &names);
    if (names.n == 0)
        return is_marked && letters_in(text) <= 2;
    for (size_t i = 0; i < names.n; i++)
        names_put(r->ctx->a, &r->authors, names.at[i]);
    return true;
}

static bool take_credit(struct reading *r, struct str text, struct str role)
{
    struct names names = {0};

    if (utf8_chars(text) > SOURCE_MAX_CHARS || has_sentence_mark(text) ||
        names_add(r->ctx->a, text, NAMES_LABELLED, &names) == 0)
        return false;
    for (size_t i = 0; i < names.n; i++)
        *vec_add(r->ctx->a, &r->out->credits) =
            (struct credit){.role = role, .name = names.at[i].name};
    return true;
}

/* Gives TEXT to LABEL; false if it cannot be its value. */
static bool take_value(struct reading *r, const struct part *label,
                       struct str text)
{
    switch (label->label.field) {
    case LABEL_AUTHOR:
        return take_author(r, text, label);
    case LABEL_EDITOR:
        return take_editor(r, text);
    case LABEL_CREDIT:
        return take_credit(r, text, label->text);
    case LABEL_SOURCE:
        if (!is_source(text) ||
            (!label->label.has_separator && !is_outlet_name(text)))
            return false;
        take_source(r, text);
        return true;
    case LABEL_TAGS:
        if (!label->label.has_separator)
            return false;
        take_tags(r, text);
        return true;
    case LABEL_BIO:
        r->out->is_bio = true;
        return true;
    case LABEL_ORIGINAL:
        return true;
    case LABEL_SKIP:
        return utf8_chars(text) <= SKIP_MAX_CHARS && !has_sentence_mark(text);
    default: /* a date was announced and none is there */
        return letters_in(text) <= 8;
    }
}

static void take_when(struct reading *r, const struct part *date,
                      const struct part *label)
{
    struct line_facts *out = r->out;
    bool is_update = label != NULL && label->label.field == LABEL_UPDATED;

    r->facts++;
    if (when_known(out->date) && (is_update || !out->date_is_update))
        return;
    out->date = date->date;
    out->date_is_update = is_update;
    /* "On 3 May": the word is part of the date. */
    out->date_is_labelled =
        label != NULL && label->label.field <= LABEL_DATE &&
        (label->label.field != LABEL_DATE || label->label.has_separator);
    r->date_has_mark = label != NULL && label->label.has_separator;
}

/* "2024年3月5日发布", "3 May 2020 (updated)": the label stands behind. */
static bool is_date_label_behind(const struct part *next)
{
    return next->kind == PART_LABEL && !next->label.has_separator &&
           next->label.field >= LABEL_PUBLISHED &&
           next->label.field <= LABEL_UPDATED;
}

/* The label waits for its value over what divides: false when STOP ends it. */
static void read_parts(struct reading *r, const struct parts *parts)
{
    const struct part *label = NULL, *last = NULL;

    for (size_t i = 0; i < parts->n; i++) {
        const struct part *p = &parts->at[i];
        const struct part *next = i + 1 < parts->n ? p + 1 : NULL;

        switch (p->kind) {
        case PART_LABEL:
            if (p->label.form == FORM_AFTER && !p->label.has_separator)
                break; /* its value came before */
            r->facts += p->label.field != LABEL_SKIP || p->label.has_separator;
            r->out->is_bio = r->out->is_bio || p->label.field == LABEL_BIO;
            label = p;
            break;
        case PART_DATE:
            if (label == NULL && next != NULL && is_date_label_behind(next))
                label = next;
            take_when(r, p, label);
            label = NULL;
            break;
        case PART_STOP:
            label = NULL;
            last = NULL;
            break;
        case PART_GAP:
            break;
        default:
            if (next != NULL && next->kind == PART_LABEL &&
                next->label.form == FORM_AFTER && !next->label.has_separator &&
                label == NULL && take_value(r, next, p->text)) {
                r->facts++;
                break;
            }
            if (label != NULL && take_value(r, label, p->text)) {
                last = label;
            } else if (label == NULL && last != NULL &&
                       last->label.field == LABEL_AUTHOR &&
                       name_is_han(p->text)) {
                (void)take_author(r, p->text, last);
            } else {
                if (label != NULL && !label->label.has_separator) {
                    r->facts -= r->facts > 0;
                    add_rest(r, label->text);
                }
                add_rest(r, p->text);
                last = NULL;
            }
            label = NULL;
        }
    }
}

/* "#one# #two#", "#one #two": a line of nothing but tags. */
static bool read_hash_tags(struct reading *r, struct str line)
{
    size_t at = 0;
    uint32_t c = utf8_next(line, &at);

    if ((c != '#' && c != 0xFF03) || utf8_chars(line) > 120 ||
        has_sentence_mark(line) || (at < line.n && line.p[at] == ' '))
        return false;
    take_tags(r, line);
    return r->out->tags.n > 0;
}

static void keep_authors(struct reading *r)
{
    for (size_t i = 0; i < r->authors.n; i++)
        *vec_add(r->ctx->a, &r->out->authors) =
            (struct person){.name = r->authors.at[i].name};
}

/* "Jane Marjorie Roe and Tom Marsh": names, however long. */
static bool begins_with_person(struct page_context *ctx, struct str rest)
{
    struct names names = {0};

    return !is_cjk(utf8_next(rest, &(size_t){0})) &&
           names_add(ctx->a, rest, NAMES_LOOSE, &names) > 0 &&
           str_starts(rest, names.at[0].name);
}

static bool read_line(struct page_context *ctx, struct str line,
                      struct line_facts *out)
{
    struct parts parts;
    struct reading r = {.ctx = ctx, .out = out};

    *out = (struct line_facts){.is_only_facts = false};
    if (read_hash_tags(&r, line)) {
        out->is_only_facts = true;
        return true;
    }
    parts.n = 0;
    cut_line(ctx, line, &parts);
    read_parts(&r, &parts);
    keep_authors(&r);
    if (r.facts == 0)
        return false;
    if (!r.date_has_mark && r.rest_chars > REST_MAX_CHARS)
        out->date_is_labelled = false;
    out->is_only_facts =
        r.rest_chars == 0 ||
        (out->rest.n > 0 && !r.has_prose &&
         (r.rest_chars <= 16 || begins_with_person(ctx, out->rest)) &&
         (when_known(out->date) || r.facts > 1 ||
          (out->authors.n > 0 && name_is_org(out->rest))));
    return true;
}

/* ---- what is known of lines already ---- */

/*
 * The split, the edges of the body and four fields ask for the same lines.  A
 * line is known by where its text stands: texts of a page are never changed, and
 * what a line says depends on nothing that changes after the head is read.
 */
struct known_line {
    struct str line;
    const struct line_facts *facts; /* NULL when it says nothing */
};

struct known_lines {
    struct map rows; /* the view of a line to its row */
    VEC(struct known_line *) at;
};

static struct known_line *know_line(struct page_context *ctx, struct str line)
{
    struct known_line *known = arena_make(ctx->a, struct known_line);
    struct line_facts facts;

    known->line = line;
    if (read_line(ctx, line, &facts)) {
        struct line_facts *kept = arena_make(ctx->a, struct line_facts);

        *kept = facts;
        known->facts = kept;
    }
    return known;
}

static const struct known_line *find_line(struct page_context *ctx,
                                          struct str line)
{
    struct str view = str_of((const char *)&line, sizeof line);
    struct known_lines *lines = ctx->lines;
    struct known_line *known;
    size_t *row;

    if (lines == NULL) {
        lines = ctx->lines = arena_make(ctx->a, struct known_lines);
        map_init(&lines->rows, ctx->a);
    }
    row = map_get(&lines->rows, view);
    if (row != NULL)
        return lines->at.at[*row];
    known = know_line(ctx, line);
    view.p = (const char *)&known->line;
    *map_put(&lines->rows, view, NULL) = lines->at.n;
    *vec_add(ctx->a, &lines->at) = known;
    return known;
}

bool line_read(struct page_context *ctx, struct str line,
               struct line_facts *out)
{
    const struct line_facts *facts = NULL;

    line = str_trim_wide(line);
    if (line.n > 0 && line.n <= LINE_MAX_BYTES)
        facts = find_line(ctx, line)->facts;
    *out = facts != NULL ? *facts : (struct line_facts){.is_only_facts = false};
    return facts != NULL;
}

/* A cell of a table, a term or a heading, whose value is what comes next. */
static bool is_caption(const struct block *b)
{
    return b->tag == TAG_TD || b->tag == TAG_TH || b->tag == TAG_DT ||
           b->heading > 1;
}

struct str line_with_next(struct page_context *ctx, size_t i)
{
    const struct blocks *b = &ctx->blocks;
    struct str line = b->at[i].text, marked;
    struct label_hit hit;

    if (b->at[i].chars > 20 || i + 1 >= b->n || b->at[i + 1].is_hidden ||
        b->at[i + 1].chars > 80)
        return line;
    if (label_at(ctx->meta->labels, line, 0, EDGE_START, &hit) &&
        hit.end >= line.n)
        return arena_cat(ctx->a, line, STR(" "), b->at[i + 1].text);
    if (!is_caption(&b->at[i]))
        return line;
    marked = arena_cat(ctx->a, line, STR(": "), b->at[i + 1].text);
    return label_at(ctx->meta->labels, marked, 0, EDGE_START, &hit) &&
                   hit.word_end == line.n && hit.has_separator
               ? marked
               : line;
}
