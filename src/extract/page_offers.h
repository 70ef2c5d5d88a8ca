#ifndef EXTRACT_PAGE_OFFERS_H
#define EXTRACT_PAGE_OFFERS_H
/*
 * Spam told in sentences: between the paragraphs of an article (page_offers.c)
 * and in them (page_inserts.c).
 */
#include "extract/blocks.h"
#include "text/offer.h"

enum script {
    SCRIPT_NONE,
    SCRIPT_LATIN,
    SCRIPT_HAN,
    SCRIPT_KANA,
    SCRIPT_HANGUL,
    SCRIPT_CYRILLIC,
    SCRIPT_OTHER,
    SCRIPTS
};

struct scripts {
    uint64_t letters[SCRIPTS], all;
};

/* What a text asks for, counted by text/offer.h. */
struct asked {
    size_t trades, fields, calls, contacts;
    size_t addressed; /* sentences to the reader */
    bool has_address;
    bool holds_key; /* what the page is spread with is in it */
    bool has_key;   /* and it is of its kind (page_baits.c) */
    bool has_spam;  /* words that spam of the page has, and its prose has not */
};

/* What texts are compared with. */
struct core {
    struct page_context *ctx;
    struct words prose, spam;
    struct scripts scripts; /* of the prose */
    double usual;  /* share of its terms that a paragraph has in common with the
                    * others, as a rule */
    bool is_about; /* the prose is about a trade: its words say nothing */
};

/* Points from which one more of its kind is less of a surprise. */
#define OFFER_OF_KIND 45

/* How many letters the words of the page's prose that tell of its subject have at
 * least: fewer where each syllable is written as a word. */
uint32_t topic_letters(const struct page_context *ctx);

/* What TEXT asks for.  O is used for counting. */
void asked_read(struct page_context *ctx, struct offers *o, struct str text,
                struct asked *out);
/* True if TEXT has signs that are rare in prose. */
bool asked_is_strong(const struct asked *of);
/* True if what is asked for allows to be judged by the company it is in. */
bool asked_is_of_kind(const struct core *core, const struct asked *of);
/* How much TEXT with its TERMS is a foreign offer; 0 if the core knows its terms,
 * AT_LEAST times each. */
int offer_points(const struct core *core, struct str text, struct terms terms,
                 uint32_t at_least, const struct asked *of);

/* The points for OTHERS of its kind on the page. */
int offer_company(size_t others);
/* The points that make an offer of what asks for OF, among so many. */
int offer_enough(size_t others, const struct asked *of);

/* Marks the paragraphs ROLE_CHAFF that offer something the page's prose does not
 * speak of, and takes such sentences and links out of the others; what is chaff
 * already is witness.  How many of them were likely body. */
size_t offers_mark(struct page_context *ctx);
#endif
