#ifndef EXTRACT_PAGE_TITLE_SAID_H
#define EXTRACT_PAGE_TITLE_SAID_H
/* What the head of a page declares as its title. */
#include "extract/page_confidence.h"
#include "extract/page_title.h"

#define WITNESSES_MAX 8

enum title_witness { BY_JSONLD, BY_OG, BY_META };

struct witness {
    struct str text, key;
    enum title_witness by;
    const char *from; /* for --why */
};

struct witnesses {
    struct witness at[WITNESSES_MAX];
    size_t n;
};

void title_witnesses(struct page_context *ctx, struct witnesses *w);
/* True if the head has no title but the site's name, words that templates begin
 * with ("Untitled document"), or a name and a dash with nothing behind it. */
bool title_says_nothing(struct page_context *ctx, const struct witnesses *w);
/* How many of the declared titles, the title element among them (TITLE_KEY), say
 * the same as KEY, contain it or are contained in it. */
size_t title_support(const struct witnesses *w, struct str key,
                     struct str title_key);
/* True if a declared title is KEY and nothing else. */
bool title_is_declared(const struct witnesses *w, struct str key);
/* True if JSON-LD or og:title says KEY, and only that. */
bool title_is_headline(const struct witnesses *w, struct str key);
/* What og:title and the headline of JSON-LD say in the same words; or empty. */
struct str title_agreed(const struct page_context *ctx,
                        const struct witnesses *w);
/* What the head declares, for --why. */
void title_tell_said(struct page_context *ctx, const struct witnesses *w);
/* What of the head says KEY, the title's, and what says otherwise. */
void title_hear_said(struct page_context *ctx, const struct witnesses *w,
                     struct str key, struct evidences *e);
#endif
