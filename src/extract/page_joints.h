#ifndef EXTRACT_PAGE_JOINTS_H
#define EXTRACT_PAGE_JOINTS_H
/*
 * Joints: lines where another article of the page may begin, and what stands
 * around them.  Which of them part articles is for page_split.c to judge.
 */
#include "extract/blocks.h"
#include "extract/page_counted.h"

enum joint_kind {
    JOINT_LABEL,
    JOINT_NUMBER,  /* a label with a colon or the like: a section, perhaps */
    JOINT_TITLE,   /* credits or the like in front of it, or a byline behind */
    JOINT_ELEMENT, /* a heading that opens an article element */
    JOINT_LINE     /* nothing but like a title */
};

/* What stands around a joint. */
struct joint_signs {
    bool is_article; /* its label says so */
    bool
        is_element; /* an article element begins with it, an h1, and another one
                        * does so too */
    bool is_line;   /* prose stands behind it as behind a title */
    bool has_tail;  /* credits and the like in front of it */
    bool
        has_ornament; /* a line without letters in front of it: stars, dashes */
    bool has_facts;   /* who or where from right in front of it */
    bool
        has_editors; /* what is in front ends with an editor's name, and so does
                        * something behind */
    bool has_head;   /* a byline behind it, and behind another one too */
    bool
        is_other_who; /* it names another author or source than the one before, at
                        * a joint of the same rank */
    bool is_other_day; /* and another day */
    bool opens_row;    /* that is so of the joint of its rank behind it */
};

struct joint {
    size_t first; /* block the article begins with (label or title) */
    size_t title;
    struct str title_text;
    enum joint_kind kind;
    struct joint_signs signs;
};

struct joints {
    struct joint *at;
    size_t n, cap;
};

/* Finds all joints of the page, in page order, one a place.  The counted labels
 * go to *LABELS, for those that stand alone are nobody's text. */
void joints_find(struct page_context *ctx, struct joints *out,
                 struct numbereds *labels);
/* Fills the signs of what joints_find() gave. */
void joints_find_signs(struct page_context *ctx, struct joints *js);
/* What a line says to who looks for where an article begins or ends. */
struct line_view {
    bool is_facts;  /* a line of facts, and nothing but */
    bool is_head;   /* names an author, a source or a date: stands on top */
    bool is_tail;   /* credits, keywords, end mark */
    bool is_editor; /* names the editor: the last line of many an article */
};
struct line_view joint_line(struct page_context *ctx, const struct block *b);
/* Adds the lines that could be titles of the prose behind them
 * (page_joint_lines.c). */
void joints_of_lines(struct page_context *ctx, struct joints *out);
/* True if the page's own title speaks of nothing that the page does: then it may be
 * one that somebody glued together. */
bool has_false_title(struct page_context *ctx);

/* Makes lines that hold one of LABELS and nothing else chaff. */
void drop_empty_labels(struct page_context *ctx,
                       const struct numbereds *labels);
/* True if block I begins with a clock, or stands below one: an entry of a live blog
 * does, whoever writes it, and is no article of its own. */
bool line_is_timed(const struct page_context *ctx, size_t i);
/* What a line begins with, up to and with a colon soon; empty if there is none. */
struct str line_label(struct str text);
/* True if B says nothing: stars, a rule of dashes. */
bool is_ornament(const struct block *b);
bool can_be_title(const struct block *b);
/* S without the marks and blanks it begins with; empty if there is no more. */
struct str trim_separators(struct str s);
#endif
