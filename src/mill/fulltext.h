#ifndef MILL_FULLTEXT_H
#define MILL_FULLTEXT_H
/*
 * Whether a feed's entry is a teaser, and whether a page has the rest of it.
 * Pure: items in, a word out.
 */
#include "item/item.h"
#include "item/source.h"

struct arena;

/* Why an entry's page is wanted. */
enum full_text_need {
    NEED_NONE,
    NEED_OWNER,    /* full_text: always */
    NEED_EMPTY,    /* no text at all */
    NEED_SHORT,    /* too little to be an article */
    NEED_ELLIPSIS, /* ends in the midst of a text */
    NEED_MORE      /* ends in "read more", 阅读全文 ... */
};
/* An entry without an address of its own, and a short one that a recording comes
 * with, need none. */
enum full_text_need full_text_need(struct arena *a, enum full_text_mode mode,
                                   const struct item *entry);
struct str full_text_need_text(enum full_text_need need);

/* What came of a page. */
enum full_text_fit {
    FIT_GOOD,
    FIT_NO_ARTICLE,  /* a list, or nothing */
    FIT_DOUBTFUL,    /* not sure what of the page is the article */
    FIT_OTHER_TITLE, /* soft 404, a front page ... */
    FIT_OTHER_TEXT,  /* a request for consent under the right title ... */
    FIT_NO_MORE      /* no more than the feed gives */
};
/*
 * Whether PAGE, an article of the entry's page, is the entry's whole text.  It
 * is when it has what the feed gave of the text, else when its title is the
 * entry's and it speaks of the same things.
 */
enum full_text_fit full_text_fit(struct arena *a, enum full_text_mode mode,
                                 const struct item *entry,
                                 const struct item *page);
/* The same for all articles of a page: the best; *WHICH is the one that fits. */
enum full_text_fit full_text_choose(struct arena *a, enum full_text_mode mode,
                                    const struct item *entry,
                                    const struct item *const *pages, size_t n,
                                    size_t *which);
struct str full_text_fit_text(enum full_text_fit fit);

/*
 * How many pages of a source may be asked for in a run, given how many of its
 * last ones were of no use on end and when the last of them came: none for a
 * week after VAIN_MAX of them, then one to try; else any number.
 */
#define VAIN_MAX 5
size_t full_text_allowance(enum full_text_mode mode, int in_vain, int64_t last,
                           int64_t now);
#endif
