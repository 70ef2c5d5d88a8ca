#ifndef CLEAN_CLEAN_FIELDS_H
#define CLEAN_CLEAN_FIELDS_H
/* Everything of a draft or a feed but its body, made safe piece by piece; what
 * is made lives in A. */
#include "clean/sanitize.h"
#include "item/item.h"

struct arena;

/* What the cleaning of one draft or feed works with. */
struct cleaner {
    struct arena *a;
    struct str base; /* http(s), or empty */
    struct notes *notes;
    struct dropped_links dropped;
    /* The body of the draft, which its content elements often repeat. */
    struct str body_source, body_html, body_base;
};

/* One line each; empty ones are left out. */
void clean_persons(struct cleaner *c, const struct persons *from,
                   struct persons *to);
void clean_person(struct cleaner *c, const struct person *from,
                  struct person *to);
void clean_strs(struct cleaner *c, const struct strs *from, struct strs *to);
void clean_links(struct cleaner *c, const struct links *from, struct links *to);
void clean_credits(struct cleaner *c, const struct credits *from,
                   struct credits *to);
/* The fields of an entry, and of a feed. */
void clean_feed_fields(struct cleaner *c, const struct feed_fields *from,
                       struct feed_fields *to);
void clean_feed_info(struct cleaner *c, const struct feed_info *from,
                     struct feed_info *to);
#endif
