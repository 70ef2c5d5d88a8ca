#ifndef EXTRACT_EXTRACT_H
#define EXTRACT_EXTRACT_H
/*
 * Pages become drafts: an article, several articles on one page, a plain text;
 * or the page is a list, and its links are given.
 */
#include "decode/decode.h"
#include "item/item.h"

struct selector;
struct site_rule;
struct site_rules;

struct page_hints {
    struct str url;               /* the page's address; may be empty */
    struct when_hints when;       /* now = time of fetching; zone of the site */
    const struct selector *links; /* list page: only these links; NULL */
    bool want_list;               /* the owner says it is a list (links:) */
    const struct site_rules *site_rules; /* the owner's; NULL */
    bool want_why;                       /* keep what was considered */
};

struct page_link {
    struct str url; /* absolute */
    struct str title;
    struct when date;
};

struct page_feed_link {
    struct str url, title, type;
};

enum page_kind { PAGE_ARTICLE, PAGE_LIST, PAGE_TEXT };

/* ---- why a field is what it is (page_hints.want_why) ---- */

enum why_field { WHY_TITLE, WHY_AUTHOR, WHY_DATE, WHY_SOURCE, WHY_FIELDS };

struct why_candidate {
    enum why_field field;
    struct str value, from; /* what was found, and where */
    double score;           /* comparable within a field */
};

struct why_block {
    struct str text, tag;
    const char *reason; /* why it was kept or cut */
    float odds;         /* of being body, 0 to 1; -1: nobody asked */
    bool is_kept;
};

struct why_draft {
    struct {
        struct why_candidate *at; /* in the order they were looked at */
        size_t n, cap;
    } candidates;
    struct {
        struct why_block *at; /* of its part of the page, in page order */
        size_t n, cap;
    } blocks;
    const char *because[WHY_FIELDS]; /* how the winner was chosen; NULL */
    const char *because_body;
    struct strs heard[WHY_FIELDS]; /* for and against the winner */
};

struct page_why {
    struct {
        struct why_draft *at; /* one a draft */
        size_t n, cap;
    } drafts;
};

struct page {
    enum page_kind kind;
    struct str title, site_name, language, home_url;
    struct draft *drafts; /* main article first */
    size_t n_drafts;
    struct page_link *links; /* PAGE_LIST: the article links, in page order */
    size_t n_links;
    bool
        lacks_list; /* what the owner's selector calls their container is not on
                      * the page */
    struct page_feed_link *feeds; /* feeds the page names (rel=alternate) */
    size_t n_feeds;
    struct str next; /* the following page of a list or article; empty */
    const struct site_rule *rule; /* the owner's for this page; NULL */
    unsigned rule_matched;        /* bit f: enum site_field f found something */
    const struct page_why *why;   /* NULL unless wanted */
    struct notes notes;
};

/* DOC is HTML, XHTML or plain text.  All of *OUT lives in A, which DOC must
 * outlive.  Fails with ERR_INPUT when there is nothing to read. */
MUST_CHECK bool page_extract(struct arena *a, const struct document *doc,
                             const struct page_hints *hints, struct page *out,
                             struct error *err);
/* The N pages of one article, in their order: DOCS[i] with HINTS[i] gives
 * OUT[i].  What stands on several of them is left out of all bodies but the
 * first page's head.  Fails when one of them cannot be read. */
MUST_CHECK bool page_extract_parts(struct arena *a, const struct document *docs,
                                   const struct page_hints *hints, size_t n,
                                   struct page *out, struct error *err);
#endif
