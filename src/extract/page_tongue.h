#ifndef EXTRACT_PAGE_TONGUE_H
#define EXTRACT_PAGE_TONGUE_H
/*
 * The language and script of the page's prose, as far as they tell which texts are
 * in another one (page_tongue.c).
 */
#include "extract/blocks.h"

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

struct tongue {
    struct words words; /* all of the prose, but of sentences that have few of
                         * them in common with the rest */
    struct scripts scripts;
    bool *is_mixed; /* of each block: it may be body, and has a sentence in
                     * another language or script */
};

/* Reads the page's prose into *OUT, in CTX->scratch. */
void tongue_read(struct page_context *ctx, struct tongue *out);

enum tongue_of {
    TONGUE_OWN,
    TONGUE_SCRIPT, /* most of its letters are of a script the prose hardly has */
    TONGUE_LIKELY, /* it is told in another language, or script */
    TONGUE_OTHER   /* and at some length */
};
/* In which language TEXT with its TERMS is, seen from the page's OWN; what is too
 * short to tell, quotes or names is said to be in that.  Names and terms of Latin
 * letters stand in texts of every script. */
enum tongue_of tongue_of(const struct tongue *own, struct str text,
                         struct terms terms);
/* The words of all sentences of the page that are likely in another, but of its
 * first headings, into *OUT, in CTX->a. */
void tongue_read_strange(struct page_context *ctx, const struct tongue *own,
                         struct words *out);
/* The part of it that short texts tell too. */
bool tongue_is_other_script(const struct tongue *own, struct str text);
#endif
