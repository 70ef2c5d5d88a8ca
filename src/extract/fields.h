#ifndef EXTRACT_FIELDS_H
#define EXTRACT_FIELDS_H
/*
 * The fields of an article: title, authors, date, origin, editor, credits,
 * site, tags, language, lead image.  A field is filled only from what the page
 * says about the article; when witnesses contradict each other and none is
 * better, it stays empty.
 */
#include "extract/blocks.h"
#include "extract/extract.h"

/* Reads head, meta elements, JSON-LD, microdata and script state. In CTX->a. */
const struct page_meta *page_meta_read(struct page_context *ctx);

/* What a line says besides prose; read by fields and by whoever tells bylines
 * from body. */
struct line_facts {
    struct persons authors;
    struct str editor, source, source_id;
    struct credits credits;
    struct when date;    /* with label or alone in the line */
    bool date_is_update; /* last updated, not published */
    bool date_is_labelled;
    bool is_only_facts; /* nothing is left but labels, values, separators */
    struct strs tags;   /* #tag# lines, keyword lines */
    struct str rest;    /* what no label claims, if it is one short piece:
                          * an outlet or a name beside the date */
    bool is_bio;        /* about a person: no field may come from here */
    bool is_admin;      /* the editor or author named is nobody: admin */
};
/* True if the line says anything of that; else *OUT is empty.  A line is read
 * once, whoever asks for it again: LINE lives as long as CTX. */
bool line_read(struct page_context *ctx, struct str line,
               struct line_facts *out);

/* The text of block I; of a label alone in its line, with the next block's. */
struct str line_with_next(struct page_context *ctx, size_t i);

/* Fills DRAFT's fields for one article of the page, body excluded. */
void article_fields(struct page_context *ctx, const struct article_span *span,
                    struct draft *draft);
/* The page's own name, title, language, home, feeds. */
void page_fields(struct page_context *ctx, struct page *out);
/* The page that a list goes on with, or an article itself, not another one
 * (page_next.c); empty without one. */
struct str page_next(struct page_context *ctx, bool is_list);
/* An address of the page made absolute; empty if it is no http(s) one. */
struct str page_absolute(struct page_context *ctx, struct str url);

/* ---- list pages (page_links.c) ---- */

/* True if the page is an index of articles and not an article; then its links
 * are put into *OUT.  With hints->links only those are taken, and it is a list
 * in any case. */
bool page_read_list(struct page_context *ctx, struct page *out);
#endif
