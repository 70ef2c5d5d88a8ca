#ifndef CLEAN_TEXT_OUT_H
#define CLEAN_TEXT_OUT_H
/*
 * Plain text as it is read: runs of white space become one blank, paragraphs are
 * separated by one empty line, lines carry no blanks (U+3000 and no-break spaces
 * included) at their ends, items of lists begin with "- ", cells of a table's
 * row are separated by " | ".  Code keeps its blanks, whatever elements they stand
 * in.  Breaks are remembered and written only when text
 * follows, the strongest of them.
 */
#include "base/buf.h"

enum text_break {
    BREAK_NONE,
    BREAK_BLANK,
    BREAK_CELL,
    BREAK_LINE,
    BREAK_PARAGRAPH
};

struct text_out {
    struct buf b;
    size_t line; /* where the current line begins in b */
    enum text_break pending;
    bool bullet;       /* "- " is due before the next text */
    struct buf indent; /* blanks of code that begin the next line */
};

void text_out_init(struct text_out *t);
void text_out_done(struct text_out *t);
/* Running text; PRE keeps its blanks and lines. */
void text_out_add(struct text_out *t, struct str s, bool pre);
/* At least this much of a break before what follows. */
void text_out_break(struct text_out *t, enum text_break kind);
/* A br: two in a row are an empty line, and so is one before an indent. */
void text_out_br(struct text_out *t);
void text_out_bullet(struct text_out *t);
/* The text so far, blanks at its end trimmed; valid until the next call. */
struct str text_out_str(struct text_out *t);
#endif
