#include "extract/page_counted.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "base/vec.h"

#define MOST_LABEL_CHARS 8
#define MOST_NUMBERED    20000

static bool is_label_char(uint32_t c)
{
    return is_cjk(c) || is_alpha((char)(c < 0x80 ? c : 0)) ||
           (c >= 0xC0 && c < 0x2000);
}

/* The end of 篇, 则 or 条 at byte AT, as in 第一篇; else AT. */
static size_t behind_classifier(struct str text, size_t at)
{
    struct str rest = str_from(text, at);

    return str_starts(rest, STR("篇")) || str_starts(rest, STR("则")) ||
                   str_starts(rest, STR("則")) || str_starts(rest, STR("条")) ||
                   str_starts(rest, STR("條"))
               ? at + 3
               : at;
}

/* Labels that end in one of these count articles, not sections. */
static bool names_articles(struct str label)
{
    static const struct str words[] = {
#define COUNTED(word) STR_INIT(word),
#include "extract/counted.def"
#undef COUNTED
    };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (label.n >= words[i].n &&
            str_eq_nocase(str_from(label, label.n - words[i].n), words[i]))
            return true;
    return false;
}

/* A block whose numbers are read. */
struct reading {
    struct arena *a;
    struct str text;
    size_t block;
    bool is_prose;
    struct numbereds *out;
};

/* True if the number that ends at byte AT is of a quantity: 19%, 3.5, 2,000. */
static bool is_quantity(struct str text, size_t at)
{
    static const struct str units = STR_INIT("%％‰°℃");
    size_t behind = at;
    uint32_t c = at < text.n ? utf8_next(text, &behind) : 0;

    if (c == '.' || c == ',')
        return behind < text.n && is_digit(text.p[behind]);
    return c != 0 && str_has(units, str_slice(text, at, behind));
}

/* True if a sentence, a bracket or the whole text begins at byte AT: there a label
 * may stand among prose; one that counts articles may anywhere. */
static bool begins_sentence(struct str text, size_t at)
{
    static const struct str marks = STR_INIT(".!?。！？…)]）】》」”\"");
    size_t from;

    while (at > 0 && text.p[at - 1] == ' ')
        at--;
    from = at;
    if (at == 0)
        return true;
    (void)utf8_prev(text, &from);
    return str_has(marks, str_slice(text, from, at));
}

/* Adds the readings of the label before NUMBER, which is [AT, BEHIND). */
static void add_readings(const struct reading *r, size_t at, size_t behind,
                         uint32_t number)
{
    struct str text = r->text;
    size_t i = at, end, counted = behind_classifier(text, behind);
    uint32_t shortest = counted > behind ? 1 : 2;
    bool is_article;

    if (is_quantity(text, behind))
        return;
    while (i > 0 && text.p[i - 1] == ' ')
        i--;
    end = i;
    is_article = names_articles(str_slice(text, 0, end));
    for (uint32_t chars = 1; i > 0 && chars <= 24; chars++) {
        uint32_t c = utf8_prev(text, &i);
        size_t before = i;
        bool edge;

        if (!is_label_char(c))
            return;
        if (is_cjk(c) && chars > MOST_LABEL_CHARS)
            return;
        edge = is_cjk(c) || i == 0 || !is_label_char(utf8_prev(text, &before));
        if (chars < shortest || !edge || r->out->n >= MOST_NUMBERED ||
            (r->is_prose && !is_article && !begins_sentence(text, i)))
            continue;
        *vec_add(r->a, r->out) =
            (struct numbered){hash64(str_slice(text, i, end)),
                              chars,
                              number,
                              r->block,
                              i,
                              counted,
                              counted > behind || is_article};
    }
}

static void take_digits(const struct reading *r, size_t *at)
{
    struct str text = r->text;
    size_t from = *at, i = from;
    uint32_t number = 0;

    while (i < text.n && is_digit(text.p[i]) && i - from < 3)
        number = number * 10 + (uint32_t)(text.p[i++] - '0');
    if (i - from <= 2 && number >= 1 && number <= 40)
        add_readings(r, from, i, number);
    /* "Story25 ways to ..." may be the second story. */
    if (i - from == 2 && text.p[from] != '0' && !is_quantity(text, i))
        add_readings(r, from, from + 1, (uint32_t)(text.p[from] - '0'));
    while (i < text.n && is_digit(text.p[i]))
        i++;
    *at = i;
}

/* 1 to 9 for a Han digit at byte I, 10 for 十, else 0. */
static uint32_t han_digit(struct str text, size_t *i)
{
    static const struct str digits = STR_INIT("一二三四五六七八九十");
    size_t from = *i, at;

    if (from >= text.n || (unsigned char)text.p[from] < 0xE4)
        return 0;
    utf8_next(text, i);
    at = str_find(digits, str_slice(text, from, *i), 0);
    if (at != STR_NOT_FOUND)
        return (uint32_t)(at / 3 + 1);
    *i = from;
    return 0;
}

/* A number written 一 to 十九, up to *AT; 0 if none begins there.  *FROM is where
 * it begins. */
static uint32_t take_han_number(struct str text, size_t *at, size_t *from)
{
    uint32_t number, more;

    *from = *at;
    number = han_digit(text, at);
    if (number != 10)
        return number;
    more = han_digit(text, at);
    return number + more;
}

static void find_numbered(const struct page_context *ctx, struct numbereds *out)
{
    for (size_t k = 0; k < ctx->blocks.n; k++) {
        const struct block *b = &ctx->blocks.at[k];
        struct reading r = {ctx->a, b->text, k, shape_is_prose(&b->shape), out};
        bool may_be_han;

        /* A label alone in its line may have been taken for chaff. */
        if ((b->role != ROLE_UNKNOWN && b->role != ROLE_CHAFF) ||
            b->is_hidden || (b->role == ROLE_CHAFF && b->shape.groups > 0) ||
            shape_weight(&b->shape) > 320 || b->shape.sentences > 3)
            continue;
        /* Prose is full of Han ones: days of the week, "one of". */
        may_be_han = b->shape.cjk > 0 && !r.is_prose;
        if (!may_be_han && b->shape.digits == 0)
            continue;
        for (size_t i = 0, from; i < r.text.n;) {
            uint32_t number = 0;

            if (may_be_han)
                number = take_han_number(r.text, &i, &from);
            if (number > 0)
                add_readings(&r, from, i, number);
            else if (is_digit(r.text.p[i]))
                take_digits(&r, &i);
            else
                utf8_next(r.text, &i);
        }
    }
}

static int by_key(const void *pa, const void *pb)
{
    const struct numbered *a = pa, *b = pb;

    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    if (a->block != b->block)
        return a->block < b->block ? -1 : 1;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return (a->behind < b->behind) - (a->behind > b->behind);
}

/*
 * How many of the readings [FROM, END) count up by one from one or two, which
 * years and quantities do not; they are moved to the front.  Where a number has
 * two readings ("25": 25 or 2) the one that goes on counting is taken.
 */
static size_t count_up(struct numbereds *of, size_t from, size_t end)
{
    size_t n = 0;

    for (size_t i = from; i < end; i++) {
        struct numbered *last = n > 0 ? &of->at[from + n - 1] : NULL;

        if (last != NULL && last->block == of->at[i].block &&
            last->from == of->at[i].from)
            continue;
        if (last == NULL ? of->at[i].number <= 2
                         : of->at[i].number == last->number + 1)
            of->at[from + n++] = of->at[i];
        else if (i + 1 == end || of->at[i + 1].block != of->at[i].block ||
                 of->at[i + 1].from != of->at[i].from)
            return 0;
    }
    return n >= 2 ? n : 0;
}

void counted_find(const struct page_context *ctx, struct numbereds *out)
{
    *out = (struct numbereds){0};
    find_numbered(ctx, out);
    if (out->n > 0)
        qsort(out->at, out->n, sizeof *out->at, by_key);
}

/* True if the labels at [FIRST, FIRST + N) are those of a group found before,
 * read with more or fewer letters. */
static bool is_known_group(const struct numbereds *of, size_t first,
                           const struct numbered *known, size_t n_known)
{
    for (size_t k = 0; k < n_known; k++)
        if (known[k].block == of->at[first].block &&
            known[k].behind == of->at[first].behind)
            return true;
    return false;
}

void counted_group(struct numbereds *of, const struct numbereds *known,
                   size_t *first, size_t *n)
{
    uint32_t longest = 0;

    *first = *n = 0;
    for (size_t i = 0, end; i < of->n; i = end) {
        uint32_t chars = of->at[i].chars;
        size_t counted;

        for (end = i + 1; end < of->n && of->at[end].key == of->at[i].key;
             end++)
            ;
        counted = count_up(of, i, end);
        if ((counted > *n ||
             (counted > 0 && counted == *n && chars > longest)) &&
            !is_known_group(of, i, known->at, known->n)) {
            *n = counted;
            longest = chars;
            *first = i;
        }
    }
}
