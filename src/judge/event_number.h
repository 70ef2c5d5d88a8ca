#ifndef JUDGE_EVENT_NUMBER_H
#define JUDGE_EVENT_NUMBER_H
/*
 * Numbers as reports write them: "$1.2bn", "1,2 Mrd. Euro", "1 200 millions",
 * "12\u4EBF\u5143" and "\u5341\u4E8C\u4EBF" are one number; "14%" and "14 per
 * cent" another; "3-1", "1:3" and "3\u6BD41" one score.
 */
#include "base/str.h"

/* What is counted: numbers of two classes do not contradict each other. */
enum number_class {
    NUMBER_SMALL,   /* below 13 */
    NUMBER_BIG,     /* below 100,000 */
    NUMBER_SUM,     /* and above */
    NUMBER_DECIMAL, /* versions too */
    NUMBER_PERCENT,
    NUMBER_SCORE,
    NUMBER_DATE, /* and times */
    NUMBER_WEEKDAY,
    NUMBER_DAY /* of a month */
};

struct number {
    char text[32]; /* the same for numbers that are the same */
    size_t n;
    enum number_class what;
    double value; /* 0 of scores, versions and dates */
    size_t end;   /* the byte of the text behind it and its unit */
};

/* The number at byte AT of S, a text with width folded.  False where none
 * begins, and where digits only begin a name ("5G"). */
bool number_read(struct str s, size_t at, struct number *out);
/* The same of a word: "second", "march", "two" of "two thousand"; WORD is its
 * fold key, END the byte of S behind it. */
bool number_word(struct str word, struct str s, size_t end, struct number *out);
#endif
