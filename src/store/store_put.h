#ifndef STORE_STORE_PUT_H
#define STORE_STORE_PUT_H
/* What the files that write an item share: store_item.c, which puts what a document
 * brought, store_match.c, which finds it again, and store_grow.c, which gives an
 * item its page's text. */
#include "store/store_item.h"

/* What follows from an item as it came and the id of its source. */
struct item_facts {
    struct item_keys keys; /* but the text's */
    struct hash128 content, whole;
    struct str more; /* the fields without a column */
};
/* Of title and text. */
struct hash128 item_content(const struct item *item);
/* In A. */
void item_facts_of(struct arena *a, const struct item *item,
                   struct str source_id, struct item_facts *out);

/* What is at work during one call; everything is in A. */
struct put {
    struct store *s;
    struct arena *a;
    const struct item *item;
    const struct put_ready *ready; /* made of it as it came; NULL: nothing */
    int64_t source, now;
    struct str source_id;
    bool guid_unstable;
    bool is_churning;   /* the source: see CHURN_RUNS */
    bool guid_dropped;  /* for that reason */
    bool guid_doubled;  /* this entry's guid is another one's too */
    bool is_url_shared; /* found so while looking */
    bool is_renewed;    /* found by its fingerprint */
    struct item_keys keys;
    struct hash128 content, whole;
    struct str more; /* of ITEM; empty: not made yet */
};

/* What the store knows of the item that matched; rowid 0 when none did. */
struct old {
    int64_t rowid, story, last_seen;
    struct hash128 content, whole;
    struct str title, url, guid;
    struct when updated;
    bool date_is_first_seen, has_body;
    bool is_repeated; /* this document brought it already */
};

/* Fills in what is known of P->source. */
MUST_CHECK bool put_load_source(struct put *p, struct error *err);
/* Whether P->source has an item yet. */
MUST_CHECK bool put_has_items(const struct put *p, bool *has,
                              struct error *err);
/* The same as put_load_source, once a document. */
MUST_CHECK bool put_know_source(struct put *p, struct error *err);
/* The stored item that P->item is, by its keys. */
MUST_CHECK bool put_find(struct put *p, struct old *old, struct error *err);
/* Makes the keys of P->item those of the item: where another has one, what is said at
 * the top of store_match.c. */
MUST_CHECK bool put_claim_all(struct put *p, int64_t rowid, struct error *err);
/* The guid and the address that it had, and its title there, are nobody's any more. */
MUST_CHECK bool put_drop_former_keys(struct put *p, int64_t rowid,
                                     struct error *err);
/* Known, not what programs write for no date, and not more than a day ahead of
 * now. */
bool put_believes(const struct put *p, struct when w);
/* What is left to know an item by when guid and address are new: what it says, and
 * when it was published; 0 when that is not known. */
struct fingerprint {
    struct hash128 content;
    int64_t published;
};
/* Of P->item, as it would be stored NOW; P->content is filled in. */
struct fingerprint put_fingerprint(const struct put *p);
/* The stored items that say what entries of a document do, by fingerprint. */
struct renewed;
/* The oldest item of that fingerprint which was not taken yet, or 0. */
int64_t renewed_take(const struct renewed *renewed, struct fingerprint of);
/* The document that was begun brings none but new guids and addresses.  Keeps
 * RENEWED, which is in document_seen_arena. */
void document_seen_renewed(struct document_seen *seen,
                           const struct renewed *renewed);
struct arena *document_seen_arena(struct document_seen *seen);
/* The HTML and the text of ITEM as the store keeps them, in A. */
struct str body_pack(struct squeezer *z, struct arena *a,
                     const struct item *item);
/* Writes the body of P->item and the fields without a column. */
MUST_CHECK bool put_body(struct put *p, int64_t rowid, bool is_first_seen,
                         struct error *err);
/* The text's key: given up, and taken where keys_add_text found one. */
MUST_CHECK bool put_drop_text_key(struct put *p, int64_t rowid,
                                  struct error *err);
MUST_CHECK bool put_claim_text(struct put *p, int64_t rowid, struct error *err);
#endif
