#ifndef TEXT_WHEN_LEX_H
#define TEXT_WHEN_LEX_H
/*
 * The words of dates: numbers in any digits or in Chinese numerals, words of
 * scripts with blanks between them (folded), words of scripts without, and
 * single marks.  Private to the when_*.c files.
 */
#include "base/str.h"

enum token_kind {
    TOKEN_END,    /* of the text, or a long gap */
    TOKEN_NUMBER, /* value, digits */
    TOKEN_WORD,   /* folded */
    TOKEN_CJK,    /* a word of when_words.def, or one character; folded */
    TOKEN_MARK    /* anything else: c */
};

#define FOLDED_MAX 40

struct token {
    enum token_kind kind;
    bool gap;      /* blanks before it */
    bool thai;     /* number: in Thai digits, word: in Thai letters */
    bool numerals; /* number: in Chinese numerals */
    size_t at, end;
    int64_t value; /* number: -1 if longer than 18 digits */
    int digits;
    uint32_t c; /* mark; its variants as the ASCII one */
    char folded[FOLDED_MAX];
    size_t folded_n; /* 0 for a word too long to be known */
    size_t row;      /* a word's first row in when_words.def; for token_is */
};

/* The token at or after byte I of valid S. */
void when_token(struct str s, size_t i, struct token *out);

/* What words mean; all in when_words.def. */
enum word_kind {
    WORD_MERIDIEM, /* 0 morning, 1 afternoon, 2 noon; +10 is Korean */
    WORD_YEAR,     /* 年 and the like, after a number */
    WORD_MONTH_MARK,
    WORD_DAY_MARK,
    WORD_HOUR_MARK,
    WORD_MINUTE_MARK,
    WORD_SECOND_MARK,
    WORD_FILL,       /* at, um, de: may stand between the parts */
    WORD_ORDINAL,    /* st, nd, º: glued to a day */
    WORD_ZONE,       /* value: minutes east */
    WORD_ZONE_US,    /* value: minutes east in winter; which half is not said */
    WORD_MONTH_NAME, /* that is in no list of names; 100 + a Persian month */
    WORD_TWIN_MONTH, /* the first of two months of that name */
    WORD_TWIN,       /* which of them: 0 the first, 1 the next */
    WORD_CLOCK,      /* 北京时间: a zone that may stand before the date */
    WORD_ERA,        /* value: what to add to its year */
    WORD_WEEKDAY,    /* weekday or part of it, to be passed over */
    WORD_UNIT,       /* of a span of time; value: seconds */
    WORD_SPAN,   /* a unit that is a span without a number; value: seconds */
    WORD_AGO,    /* after the unit */
    WORD_BEFORE, /* before the number; value: words after it (il y a) */
    WORD_ONE,    /* a, an, eine */
    WORD_NOW,
    WORD_DAYS_BACK, /* value: 0 today, 1 yesterday, 2 the day before */
};

/* True when the word of T has that meaning; its number goes to *VALUE, which
 * may be NULL. */
bool token_is(const struct token *t, enum word_kind kind, int *value);
/* Month 1 to 12 by name, in the language LANG or in most. */
bool token_month(const struct token *t, struct str lang, int *month);
bool token_weekday(const struct token *t);
static inline bool token_mark(const struct token *t, uint32_t c)
{
    return t->kind == TOKEN_MARK && t->c == c;
}
#endif
