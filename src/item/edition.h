#ifndef ITEM_EDITION_H
#define ITEM_EDITION_H
/* A topic as published: what publish/ turns into bytes. */
#include "item/item.h"
#include "item/source.h"

/* One member of a story beside its lead. */
struct alternate {
    struct str url, title, source_name, why; /* why: same-url, same-text ... */
};

/* A story as published. */
struct entry {
    struct str atom_id;
    int64_t story;  /* the store's number of it */
    int64_t source; /* and of the lead's source */
    char short_id[SHORT_ID_CHARS + 1];
    const struct item *item; /* the lead */
    struct str title;        /* item's title, or the editor's */
    struct when published;   /* never moves */
    struct when updated;     /* when title or text last changed */
    struct when shown;       /* published, as pages for people tell it */
    bool date_is_first_seen; /* published is the time first seen */
    struct str source_name, source_url, source_feed_id; /* atom:source */
    struct str source_feed; /* the address of the feed; empty: it is a page */
    struct when source_updated;
    bool excerpt;    /* only the summary may be published (rights) */
    struct str note; /* the editor's word; plain text, empty */
    bool is_pinned;  /* stands before the others */
    int64_t rank;    /* the others' order, the largest first */
    const struct alternate *alternates;
    size_t n_alternates;
    /* What an earlier press wrote of it, a text for each format (publish.h), to be
     * written again as it is; NULL: it is to be rendered.  Of the item there is
     * only the image then. */
    const struct str *ready;
};

/* An entry that was retracted (RFC 6721). */
struct tombstone {
    struct str atom_id;
    struct when when;
};

struct edition {
    struct str id; /* the feed's atom:id */
    struct str topic_id, title, description, author, language;
    struct str mill_title;
    struct str
        base_url;   /* where output/ is served, with a final slash; empty */
    struct str hub; /* of WebSub, for who has the feed's address; empty */
    struct when updated; /* newest ever */
    unsigned formats;    /* it is published in: format_is_in of publish.h */
    const struct entry *entries;
    size_t n_entries;
    const struct tombstone *tombstones;
    size_t n_tombstones;
    bool has_digest;        /* the topic has a digest.xml too */
    int64_t newest_archive; /* number of the archive document before; 0 none */
    const struct str *days; /* that have a page, newest first: "2024-11-14" */
    size_t n_days;
};
#endif
