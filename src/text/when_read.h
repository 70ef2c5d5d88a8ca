#ifndef TEXT_WHEN_READ_H
#define TEXT_WHEN_READ_H
/* The grammar of dates and times.  Private to the when_*.c files. */
#include "text/when.h"
#include "text/when_lex.h"

/* A date as written, before it is checked and turned into a moment. */
struct written {
    int year, month, day, hour, minute, second;
    enum when_precision precision;
    bool has_zone, zone_is_us; /* ET and the like: summer is to be found out */
    int zone_minutes;
    bool order_assumed;
    bool is_korean; /* written in Korean: one country, one zone */
    bool is_cjk;    /* with 年 and 月 */
};

struct reader {
    struct str s;
    size_t i; /* next byte */
    const struct when_hints *hints;
    bool loose; /* the string is known to be a date: when_parse */
};

/* ---- tokens ---- */

/* The next token without taking it. */
static inline struct token peek(const struct reader *r)
{
    struct token t;

    when_token(r->s, r->i, &t);
    return t;
}

static inline bool take_mark(struct reader *r, uint32_t c)
{
    struct token t = peek(r);

    if (!token_mark(&t, c))
        return false;
    r->i = t.end;
    return true;
}

static inline bool take_word(struct reader *r, enum word_kind kind, int *value)
{
    struct token t = peek(r);

    if (!token_is(&t, kind, value))
        return false;
    r->i = t.end;
    return true;
}

static inline bool take_number(struct reader *r, int max_digits,
                               struct token *t)
{
    when_token(r->s, r->i, t);
    if (t->kind != TOKEN_NUMBER || t->value < 0 || t->digits > max_digits)
        return false;
    r->i = t->end;
    return true;
}

/* ---- the grammar ---- */

/* A whole string in one of the forms of when_plain.c; false, and *W untouched, when
 * it is for the grammar. */
bool read_plain(struct str s, struct written *w);
/* A date, and the time and zone after it, at the reader's place.  On failure
 * the place is unchanged. */
bool read_date_time(struct reader *r, struct written *w);
/* The same with the time before the date: "10:30, 14 November 2024". */
bool read_time_date(struct reader *r, struct written *w);
/* A time of day with its zone (when_time.c, as what follows). */
bool read_time(struct reader *r, struct written *w);
bool read_zone(struct reader *r, struct written *w);
/* Passes a weekday: 星期四, 周日, Thursday, (木). */
bool skip_weekday(struct reader *r);
/* Passes what may stand between a date and its time. */
void skip_to_time(struct reader *r, struct written *w);
#endif
