#ifndef EXTRACT_PAGE_SHAPE_H
#define EXTRACT_PAGE_SHAPE_H
/*
 * What a line of text looks like, apart from what it says: letters, digits,
 * marks, whether it ends as a sentence does.  One pass, no memory, the same
 * for every script.
 */
#include "base/str.h"

enum end_mark {
    END_OPEN,     /* ends in a letter or digit, as titles and labels do */
    END_SENTENCE, /* full stop, question or exclamation mark, ellipsis */
    END_CONTINUES /* comma, colon, semicolon, dash: more is to come */
};

struct text_shape {
    uint32_t chars;     /* code points */
    uint32_t letters;   /* letters of every script, ideographs included */
    uint32_t cjk;       /* those of scripts written without spaces */
    uint32_t upper;     /* ASCII capitals */
    uint32_t digits;    /* ASCII and full width */
    uint32_t words;     /* runs of letters or digits; a CJK letter is one */
    uint32_t sentences; /* sentence ends inside and at the end */
    uint32_t commas;    /* , ; : and their like */
    uint32_t dividers;  /* | / > · and their like */
    uint32_t stars;     /* ornaments: stars, squares, arrows, check marks */
    uint32_t groups; /* bracketed groups of the kind 【】 [] 《》 ★★ */
    uint32_t bracketed;      /* code points in such groups, marks included */
    uint32_t cjk_gaps;       /* blanks between two CJK letters */
    uint32_t longest_number; /* digits in the longest run */
    uint8_t end;             /* enum end_mark */
    bool opens_quote;        /* begins with a quotation mark */
};

void text_shape(struct str text, struct text_shape *out);

/* True if the text is told in sentences: long enough, with sentence ends or
 * commas in it, and not made of bracketed groups. */
bool shape_is_prose(const struct text_shape *s);
/* True if it could be a title or a heading: short, without an end mark. */
bool shape_is_title(const struct text_shape *s);
/* Lengths compare across scripts: a CJK letter says about as much as two and a
 * half letters of an alphabet. */
uint32_t shape_weight(const struct text_shape *s);
/* The same of a text. */
uint32_t text_weight(struct str text);
/* True if the text is phrases strung together: no sentence, and a mark or gap
 * after every eighty letters or 32 Han characters at the least. */
bool shape_is_salad(const struct text_shape *s);
/* Nearly all of it stands in heavy brackets or among ornaments. */
bool shape_is_bracketed(const struct text_shape *s);

/* Of stretches (sentences, or parts of them) those of as many bytes and more
 * do not come again by chance. */
#define STRETCH_BYTES 30
/* The next stretch of TEXT up to a mark that ends sentences, wherever that
 * stands, trimmed: sentences are found where paragraphs were run together too.
 * *AT is where to go on; false at the end. */
bool stretch_next(struct str text, size_t *at, struct str *out);
/* The next sentence of TEXT with its mark, trimmed; a full stop ends one before a
 * blank or comma only.  *AT is where to go on; false at the end. */
bool sentence_next(struct str text, size_t *at, struct str *out);
#endif
