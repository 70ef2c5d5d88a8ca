#ifndef EXTRACT_PAGE_CORE_H
#define EXTRACT_PAGE_CORE_H
/* What the texts of a page are compared with, to find those that are not its own. */
#include "extract/page_asked.h"
#include "extract/page_tongue.h"
#include "extract/page_words.h"

struct core {
    struct page_context *ctx;
    struct words prose, spam;
    const struct tongue *tongue;
    double usual;  /* share of its terms that a paragraph has in common with the
                    * others, as a rule */
    bool is_about; /* the prose is about a trade: its words say nothing */
};

/* How many letters the words of the page's prose that tell of its subject have at
 * least: fewer where each syllable is written as a word. */
uint32_t topic_letters(const struct page_context *ctx);

/* Reads the core of the page into *OUT, in CTX->scratch; ASKED is what each block asks
 * for, IN_CORE tells of each, false so far, whether its words are in it.  O is used
 * for counting; TONGUE is kept. */
void core_read(struct page_context *ctx, struct offers *o,
               const struct tongue *tongue, const struct asked *asked,
               bool *in_core, struct core *out);
/* True if the words of B may be of the core. */
bool block_is_of_core(const struct block *b);

enum foreign {
    FOREIGN_NOT,
    FOREIGN_MOSTLY,
    FOREIGN_BUT_ONE, /* of many terms the core knows one */
    FOREIGN_WHOLLY
};
/* How foreign to the core a text with TERMS is, of which it must have each
 * AT_LEAST times to know it.  Known for a share of ENOUGH, a text is foreign
 * whatever is usual. */
enum foreign core_foreign(const struct core *core, struct terms terms,
                          uint32_t at_least, double enough);
/* How many of TERMS are in spam, and in the prose fewer than AT_LEAST times. */
size_t core_spam_terms(const struct core *core, struct terms terms,
                       uint32_t at_least);
/* Tells ASKED which blocks have words of the page's spam that its prose has not:
 * several paragraphs of one hand have them in common, whatever they sell. */
void core_find_spam(struct page_context *ctx, const struct core *core,
                    struct asked *asked, const bool *in_core);
/* What was found to be spam tells more of it. */
void core_add_found(const struct page_context *ctx, struct core *core);
#endif
