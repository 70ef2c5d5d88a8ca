#ifndef EXTRACT_PAGE_LINE_PARTS_H
#define EXTRACT_PAGE_LINE_PARTS_H
/* A line of facts, cut into parts, and what is read of it so far.  For
 * page_line.c. */
#include "extract/fields.h"
#include "extract/page_labels.h"
#include "extract/page_names.h"

#define PARTS_MAX      48
#define REST_MAX_CHARS 40

enum part_kind { PART_LABEL, PART_DATE, PART_TEXT, PART_STOP, PART_GAP };

struct part {
    uint8_t kind; /* enum part_kind */
    struct str text;
    struct label_hit label;
    struct when date;
};

struct parts {
    struct part at[PARTS_MAX];
    size_t n;
};

struct reading {
    struct page_context *ctx;
    struct line_facts *out;
    struct names authors;
    size_t facts;      /* labels with their values, and dates */
    size_t rest_chars; /* letters that no label claims */
    bool has_prose, date_has_mark, date_is_for_programs;
};

/* ---- page_line_parts.c ---- */

/* Cuts LINE into labels, dates, texts and what divides them. */
void line_cut(struct page_context *ctx, struct str line, struct parts *parts);
bool line_is_opener(uint32_t c); /* a bracket that opens */

/* ---- page_line_values.c ---- */

/* Gives TEXT to LABEL; false if it cannot be its value. */
bool line_take_value(struct reading *r, const struct part *label,
                     struct str text);
/* Tags out of a text: "one, two", "#one# #two#". */
void line_take_tags(struct reading *r, struct str text);
/* A text that no label claims. */
void line_add_rest(struct reading *r, struct str text);
/* True if S has marks that only sentences have. */
bool line_has_sentence_mark(struct str s);
#endif
