#ifndef STORE_STORE_PUT_H
#define STORE_STORE_PUT_H
/* What the files that write an item share: store_item.c, which puts what a
 * document brought, and store_grow.c, which gives an item its page's text. */
#include "store/store_item.h"

/* What follows from an item as it came and the id of its source. */
struct item_facts {
    struct item_keys keys; /* but the text's */
    struct hash128 content, whole;
    struct str more; /* the fields without a column */
};
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
    struct item_keys keys;
    struct hash128 content, whole;
    struct str more; /* of ITEM; empty: not made yet */
};

/* Fills in what is known of P->source. */
MUST_CHECK bool put_load_source(struct put *p, struct error *err);
/* Whether P->source has an item yet. */
MUST_CHECK bool put_has_items(const struct put *p, bool *has,
                              struct error *err);
/* Known, not what programs write for no date, and not more than a day ahead of
 * NOW. */
bool date_is_plausible(struct when w, int64_t now);
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
