#ifndef EXTRACT_PAGE_META_H
#define EXTRACT_PAGE_META_H
/*
 * What the head of a page and its scripts say, as found: meta elements, link
 * elements, JSON-LD, and the few script variables that hold dates.  Nothing is
 * judged here; page_title.c, page_byline.c and page_date.c do that.
 */
#include "extract/extract.h"
#include "extract/page_claims.h"
#include "extract/page_labels.h"
#include "extract/page_names.h"

struct json;
struct page_context;

/* One meta element.  The name is lower case: name, property, itemprop or
 * http-equiv, whichever the element has. */
struct meta_value {
    struct str name, content;
    uint32_t node;
};

/* One article, posting or page described by JSON-LD. */
struct ld_article {
    struct str type; /* "NewsArticle" ... as written */
    struct str headline, url, section, image, body, language;
    struct str published, modified;
    struct str publisher;
    bool is_of_person; /* the publisher is one */
    struct names authors;
    struct strs tags;
    bool is_article; /* by its type: not a web page, video or product */
};

struct page_meta {
    const struct label_index *labels;
    struct str title; /* text of the title element, blanks made one */
    struct str language, canonical, next;
    struct str base; /* what relative addresses are relative to; may be empty */
    struct {
        struct meta_value *at;
        size_t n, cap;
    } values;
    struct {
        struct ld_article *at;
        size_t n, cap;
    } articles;
    struct {
        struct page_feed_link *at;
        size_t n, cap;
    } feeds;
    struct {
        struct claim *at; /* in document order */
        size_t n, cap;
    } claims;
    struct str ld_site;   /* JSON-LD WebSite or publisher name */
    struct str site_name; /* what the page calls itself; may be empty */
    bool ld_is_index;     /* JSON-LD calls it a collection or a list */
    bool is_chinese;
    const struct zone *zone; /* its readers', by language; NULL: not known */
};

/* The content of the first meta element of that name that is not empty. */
struct str meta_get(const struct page_meta *m, struct str name);
/* The article JSON-LD describes the page as, or NULL. */
const struct ld_article *meta_article(const struct page_meta *m);
/* Reads the page's N JSON-LD scripts, JSONLD_MAX at most, into *M
 * (page_jsonld.c): together, for an object may be named by its @id in another one
 * (JSON-LD 1.1, section 3.3). */
#define JSONLD_MAX 40
void jsonld_read(struct arena *a, const struct str *scripts, size_t n,
                 struct page_meta *m);
/* Text that may hold character references, as people put into attributes and
 * JSON: they become characters, white space runs one blank; trimmed.  In A. */
struct str meta_text(struct arena *a, struct str s);
#endif
