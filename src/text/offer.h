#ifndef TEXT_OFFER_H
#define TEXT_OFFER_H
/*
 * What a text offers and asks for, as spam and advertisements do: accounts and
 * telephone numbers to write to, calls to act, prices, words of what spam sells
 * (offer.def), lists of key words.  Honest prose has one of them now and then;
 * what several of them mean is for the caller to say.  All texts are fold keys
 * (fold.h).
 */
#include "base/map.h"
#include "base/str.h"

struct arena;
struct offer_index;

struct offers {
    struct arena *a;
    const struct offer_index *index; /* of the words, in A */
    size_t chars, sentences;
    size_t called;    /* sentences that call to act */
    size_t addressed; /* and those that speak to the reader */
    size_t objected;  /* and those that say something against it */
    unsigned
        arguments; /* a bit for each of the sorts that a seller has: it costs
                           * little, nothing can go wrong, it is gone soon, others
                           * are happy with it, one of them says so */
    size_t trade, prices; /* how often */
    size_t trades,
        fields;    /* words of what spam sells, and of what it and honest
                            * prose speak of; of those that overlap one */
    size_t listed; /* characters of lines that are lists of key words */
    size_t contacts;
    bool contact_repeats; /* one of them stands twice */
    struct map seen;      /* contacts */
};

void offers_init(struct offers *o, struct arena *a);
/* Nothing is counted any more: for the next text. */
void offers_reset(struct offers *o);
/* Counts what the line KEY has. */
void offers_add(struct offers *o, struct str key);
/* Counts its contacts only. */
void offers_add_contacts(struct offers *o, struct str key);

/* True if KEY is eight and more short parts in a row, without a verb's room. */
bool is_word_list(struct str key);
/* Where WORD stands in KEY from byte FROM on; a word that begins or ends in an
 * ASCII letter or digit has none beside it.  STR_NOT_FOUND if nowhere. */
size_t find_word(struct str key, struct str word, size_t from);
#endif
