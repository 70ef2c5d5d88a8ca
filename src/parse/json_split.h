#ifndef PARSE_JSON_SPLIT_H
#define PARSE_JSON_SPLIT_H
/*
 * A JSON feed cut into parts while it comes: the elements of its array `items`
 * one by one, and the object without that array.  Only the extent of a part is
 * found here; whether it is JSON is for whoever parses it.  No part is longer
 * than PART_MAX, whatever comes: long strings are cut, what is nested too deep
 * becomes null, and a part of too many values ends in its middle.
 */
#include "base/buf.h"

/* What was cut of a part, as bits. */
enum part_fault {
    PART_STRING = 1 << 0, /* a string too long, or too much in all of them */
    PART_DEPTH = 1 << 1,
    PART_TOO_MUCH = 1 << 2 /* the part ends before its end */
};

struct part {
    struct buf text;
    size_t values;       /* at most so many stand in it */
    size_t string_bytes; /* in all of its strings */
    unsigned faults;
};

struct json_split {
    /* Each element of `items`, which lives until it returns. */
    void (*on_item)(void *ctx, struct str text, unsigned faults);
    void *ctx;
    struct part top, item;
    bool is_object, has_items, in_items;
    bool drop_comma; /* behind `items`: nothing stood before them */
    size_t depth;
    char word[8]; /* how the last string in the object begins ... */
    size_t word_n;
    size_t word_from; /* ... and where it stands in `top` */
    bool names_items; /* it is a name, and what follows are the items */
    /* inside a string */
    bool in_string, is_cut, after_high;
    size_t bytes; /* of its text */
    int escape;   /* what is left of one: the letter, or 4 to 1 digits */
    unsigned unit;
};

/* Keeps CTX. */
void json_split_init(struct json_split *p,
                     void (*on_item)(void *ctx, struct str text,
                                     unsigned faults),
                     void *ctx);
void json_split_done(struct json_split *p);
void json_split_push(struct json_split *p, struct str s);
/* Hands on an element that the document ends in.  False if it ends inside of
 * its items. */
bool json_split_finish(struct json_split *p);
#endif
