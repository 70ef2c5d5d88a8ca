#ifndef CLEAN_SUMMARY_H
#define CLEAN_SUMMARY_H
/* The few lines that stand for an article. */
#include "base/str.h"

struct arena;

#define SUMMARY_CHARS 200

/*
 * OWN, what the source calls its summary, if its words stand in TEXT (the plain
 * body) or there is no body; else the beginning of TEXT, cut at the end of a
 * sentence.  One line of at most about SUMMARY_CHARS characters, in A; empty
 * when there is nothing to say.
 */
struct str summary_make(struct arena *a, struct str own, struct str text);
/* S as one line: white space made one blank, edges trimmed, what may not be
 * published dropped.  In A. */
struct str one_line(struct arena *a, struct str s);
#endif
