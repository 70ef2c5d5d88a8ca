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
    JOINT_NUMBER, /* a label with a colon or the like: a section, perhaps */
    JOINT_TAIL,
    JOINT_BYLINE,
    JOINT_ELEMENT,
    JOINT_LINE /* a line like a title, at a rift or below a false one */
};

/* What stands around a joint. */
struct joint_signs {
    bool is_article;   /* its label says so */
    bool is_element;   /* an article element begins with it, an h1, as one does
                        * with the title before */
    bool has_tail;     /* credits and the like in front of it */
    bool has_editors;  /* each of the two parts ends with an editor's name */
    bool has_head;     /* a byline behind it */
    bool is_other_who; /* it names another author or source than at the joint
                        * before */
    bool is_other_day; /* and another day */
    bool is_below_false; /* the page's title speaks of nothing the page does */
    bool is_rift;        /* the page begins to speak of something else */
    bool has_facts;      /* who or where from right in front of it */
    bool opens_row;      /* all this is so of the joint behind it */
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

/* Adds a joint for each counted label with a title; the labels themselves go to
 * *LABELS, for those that stand alone are nobody's text. */
void joints_of_labels(struct page_context *ctx, struct joints *out,
                      struct numbereds *labels);
/* Adds the headings that open an article element which lies in no other one. */
void joints_of_elements(struct page_context *ctx, struct joints *out);
/* Adds the title-like lines behind a tail or with a byline behind them. */
void joints_of_titles(struct page_context *ctx, struct joints *out);
/* True if block I is such a line; then *OUT is its joint. */
bool joint_at(struct page_context *ctx, size_t i, struct joint *out);
/* What a line says to who looks for where an article begins or ends. */
struct line_view {
    bool is_facts;  /* a line of facts, and nothing but */
    bool is_head;   /* names an author, a source or a date: stands on top */
    bool is_tail;   /* credits, keywords, end mark */
    bool is_editor; /* names the editor: the last line of many an article */
};
struct line_view joint_line(struct page_context *ctx, const struct block *b);
/* Adds the lines that could be titles of the prose behind them, if the subject
 * changes there, or if the page's own title speaks of nothing that the page does:
 * then it may be one that somebody glued together. */
void joints_of_lines(struct page_context *ctx, struct joints *out);
/* Puts joints in page order, one a place, labels first among equals; a label whose
 * title stands in the next block swallows what was found there. */
void joints_sort(struct joints *js);
/* Fills the signs that the lines next to J are. */
void joint_look_around(struct page_context *ctx, struct joint *j);
/* Fills the signs of sorted joints. */
void joints_find_signs(struct page_context *ctx, struct joints *js);

/* Makes lines that hold one of LABELS and nothing else chaff. */
void drop_empty_labels(struct page_context *ctx,
                       const struct numbereds *labels);
/* Leaves of the joints of lines from FROM on those at which the page begins to
 * speak of something else (page_rifts.c), sooner where the page's title is false;
 * false, and all stay, if there are none. */
bool rifts_keep(struct page_context *ctx, struct joints *js, size_t from,
                bool is_false);
/* True if block I is a heading, or all of it is strong. */
bool line_is_set_off(const struct page_context *ctx, size_t i);
/* True if block I begins with a clock, or stands below one: an entry of a live blog
 * does, whoever writes it, and is no article of its own. */
bool line_is_timed(const struct page_context *ctx, size_t i);
bool can_be_title(const struct block *b);
/* S without the marks and blanks it begins with; empty if there is no more. */
struct str trim_separators(struct str s);
#endif
