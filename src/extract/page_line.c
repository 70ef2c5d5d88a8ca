/*
 * Reads the lines around an article: "2019-06-15 08:18 来源：某报 作者：甲乙丙",
 * "By Jane Roe | 3 May 2020 | 5 min read", "（原标题：…）".
 *
 * A line is cut into parts (page_line_parts.c): labels (byline_labels.def), dates,
 * stops, and the texts between them.  A text behind a label is its value, a text
 * before a label that stands behind its value ("홍길동 기자") as well; what is left
 * over is prose or an unlabelled name.  Values end at the next label, at a bar, a
 * closing bracket, a run of blanks or the end of the line; labels may follow values
 * without any break ("来源：某网作者：甲乙丙").  What a value must look like to be
 * taken, page_line_values.c knows.
 */
#include "extract/fields.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "extract/page_line_parts.h"
#include "extract/page_meta.h"

#define LINE_MAX_BYTES 480

/* "2024-03-05T10:00:00+01:00": beside another date one that was not to be seen, as a
 * rule that of the last change. */
static bool is_for_programs(struct str date)
{
    return date.n > 10 && date.p[4] == '-' && date.p[10] == 'T';
}

static void take_when(struct reading *r, const struct part *date,
                      const struct part *label)
{
    struct line_facts *out = r->out;
    bool is_update = label != NULL && label->label.field == LABEL_UPDATED;

    r->facts++;
    if (when_known(out->date) && (is_update || !out->date_is_update) &&
        (is_for_programs(date->text) || !r->date_is_for_programs))
        return;
    r->date_is_for_programs = is_for_programs(date->text);
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

/* "通讯员 甲乙丙 摄": who took the picture, whatever else that person does. */
static bool is_photographer(const struct part *before,
                            const struct part *behind)
{
    return before->label.field == LABEL_AUTHOR &&
           !before->label.has_separator && behind->label.field == LABEL_CREDIT;
}

/* "原创 某号": the platform's mark before the name of an account. */
static bool is_mark_of_original(const struct part *p)
{
    return str_eq(p->text, STR("原创")) || str_eq(p->text, STR("原創"));
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
            label = is_mark_of_original(p) ? NULL : p;
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
            /* "posted @ 3 May": no value. */
            if (str_eq(p->text, STR("@")))
                break;
            if (next != NULL && next->kind == PART_LABEL &&
                next->label.form == FORM_AFTER && !next->label.has_separator &&
                (label == NULL || is_photographer(label, next)) &&
                line_take_value(r, next, p->text)) {
                label = NULL;
                r->facts++;
                break;
            }
            if (label != NULL && line_take_value(r, label, p->text)) {
                last = label;
            } else if (label == NULL && last != NULL &&
                       last->label.field == LABEL_AUTHOR &&
                       name_is_han(p->text)) {
                (void)line_take_value(r, last, p->text);
            } else {
                if (label != NULL && !label->label.has_separator) {
                    r->facts -= r->facts > 0;
                    line_add_rest(r, label->text);
                }
                line_add_rest(r, p->text);
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
        line_has_sentence_mark(line) || (at < line.n && line.p[at] == ' '))
        return false;
    line_take_tags(r, line);
    return r->out->tags.n > 0;
}

static void keep_authors(struct reading *r)
{
    for (size_t i = 0; i < r->authors.n; i++)
        *vec_add(r->ctx->a, &r->out->authors) =
            (struct person){.name = r->authors.at[i].name};
}

/* "Jane Marjorie Roe and Tom Marsh": names, however long, and a place or a role
 * at most besides. */
static bool is_person_and_little(struct page_context *ctx,
                                 const struct reading *r)
{
    struct str rest = r->out->rest;
    struct names names = {0};

    return !is_cjk(utf8_next(rest, &(size_t){0})) &&
           r->rest_chars <= utf8_chars(rest) + REST_MAX_CHARS &&
           names_add(ctx->a, rest, NAMES_LOOSE, &names) > 0 &&
           str_starts(rest, names.at[0].name);
}

/* "By Jane Roe | Coast Review": a labelled name, and something short with a
 * capital that a bar or dash divides from it.  "《某刊》作者 甲乙丙". */
static bool is_byline_and_outlet(const struct parts *parts,
                                 const struct reading *r)
{
    struct str rest = r->out->rest;
    uint32_t first = rest.n > 0 ? utf8_next(rest, &(size_t){0}) : 0;

    if (str_starts(rest, STR("《")) && str_ends(rest, STR("》")))
        return r->authors.n > 0;
    return parts->n == 4 && parts->at[0].kind == PART_LABEL &&
           parts->at[0].label.field == LABEL_AUTHOR &&
           parts->at[2].kind == PART_STOP && r->authors.n > 0 &&
           r->rest_chars <= REST_MAX_CHARS && !r->has_prose &&
           label_fold(first) != first;
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
    line_cut(ctx, line, &parts);
    read_parts(&r, &parts);
    keep_authors(&r);
    if (r.facts == 0)
        return false;
    if (!r.date_has_mark && r.rest_chars > REST_MAX_CHARS)
        out->date_is_labelled = false;
    out->is_only_facts =
        r.rest_chars == 0 || is_byline_and_outlet(&parts, &r) ||
        (out->rest.n > 0 && !r.has_prose &&
         (r.rest_chars <= 16 || is_person_and_little(ctx, &r)) &&
         (when_known(out->date) || r.facts > 1 ||
          (out->authors.n > 0 && name_is_org(out->rest))));
    return true;
}

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
