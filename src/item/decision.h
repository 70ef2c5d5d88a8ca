#ifndef ITEM_DECISION_H
#define ITEM_DECISION_H
/* What the editor decided: feeds/decisions.yaml. */
#include "item/source.h"

enum decision_do {
    DO_APPROVE, /* publish what is held; with a topic: whatever its rule says */
    DO_HIDE,
    DO_PIN,     /* first in the edition, until a moment or for good */
    DO_HOLD,    /* keep back, until a moment or for good */
    DO_RETITLE, /* to */
    DO_NOTE,    /* to: the editor's word, shown under the article */
    DO_LEAD,    /* this item stands for its story */
    DO_MERGE,   /* its story is that of the item INTO */
    DO_SPLIT,   /* it is a story of its own */
    DO_RETRACT, /* out of every edition, with a tombstone (RFC 6721) */
    DO_COUNT
};
/* "approve" ... */
struct str decision_do_name(enum decision_do what);
bool decision_do_by_name(struct str name, enum decision_do *out);
/* True of what may hold in one topic only. */
bool decision_has_topic(enum decision_do what);

struct decision {
    struct str item; /* short id, atom:id, or address */
    enum decision_do what;
    struct str topic; /* only there; empty: everywhere */
    struct str to;    /* of retitle and note */
    struct str into;  /* of merge: an item of the other story */
    int64_t until;    /* of pin and hold, Unix seconds; 0: for good */
    int64_t at;       /* when it was decided, Unix seconds; 0 not said */
    struct place place;
};
#endif
