#ifndef EXTRACT_PAGE_LABELS_H
#define EXTRACT_PAGE_LABELS_H
/*
 * The words that say what a name, a date or an outlet beside them is: "作者",
 * "By", "Quelle:".  byline_labels.def is the list.
 */
#include "base/str.h"

struct arena;

enum label_field {
    LABEL_AUTHOR,
    LABEL_POSTER,
    LABEL_EDITOR,
    LABEL_SOURCE,
    LABEL_PUBLISHED,
    LABEL_UPDATED,
    LABEL_DATE,
    LABEL_CREDIT,
    LABEL_TAGS,
    LABEL_ORIGINAL,
    LABEL_SKIP,
    LABEL_BIO,
    LABEL_AVOID
};

enum label_form {
    FORM_MARKED,
    FORM_BARE,
    FORM_LEAD,
    FORM_START,
    FORM_ALONE,
    FORM_AFTER
};

struct label_hit {
    uint8_t field;      /* enum label_field */
    uint8_t form;       /* enum label_form */
    bool has_separator; /* ":" and the like stood behind it */
    size_t word_end;    /* behind the word itself */
    size_t end;         /* behind separator and blanks */
};

/* What stands before a place in a line. */
enum label_edge {
    EDGE_NONE,  /* a letter: only marked Han labels may begin here */
    EDGE_WORD,  /* a blank, a separator, a digit */
    EDGE_START, /* the line or a bracket begins here */
};

/* The table prepared for looking up by first letter, in A. */
struct label_index;
const struct label_index *label_index_new(struct arena *a);

/* The longest label at byte AT of LINE that its form allows here.  False if
 * there is none; *HIT is then untouched. */
bool label_at(const struct label_index *x, struct str line, size_t at,
              enum label_edge edge, struct label_hit *hit);

/* One code point without case and width: for comparing with the tables of this
 * folder (Latin, Greek and Cyrillic letters, wide forms). */
uint32_t label_fold(uint32_t c);
/* Letters and digits of any script that writes words with blanks. */
bool is_word_char(uint32_t c);
#endif
