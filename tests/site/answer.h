#ifndef SITE_ANSWER_H
#define SITE_ANSWER_H
/*
 * What the site says to one request: a few spans of bytes, each said a number of
 * times, and how.  A gzip bomb of ten gigabytes is three spans: the beginning,
 * one megabyte of zeros as deflate writes it, ten thousand times, and the end.
 */
#include "base/buf.h"

#define ANSWER_SPANS  8
#define ANSWER_ALWAYS UINT64_MAX

struct span {
    struct buf bytes;
    uint64_t times;
};

struct pace {
    int64_t bytes, ms; /* bytes 0: as fast as it goes */
};

struct answer {
    struct span spans[ANSWER_SPANS];
    size_t n;
    size_t body_at; /* the first span of the body */
    int status;
    int64_t delay_ms;
    struct pace head_pace, body_pace;
    int64_t cut_at; /* stop after so many bytes of the body; -1: never */
    bool reset;     /* and reset then, instead of closing */
    bool keep;      /* the connection lives on */
    bool hang;
};

struct asked {
    const char *folder;
    struct str method, target, host;
    struct str if_none_match, if_modified_since;
    int port;
    uint64_t count; /* of this target, from 1 */
};

/* Always makes an answer; a fault in a script is a 500 that says which. */
void answer_make(struct answer *out, const struct asked *q);
void answer_done(struct answer *a);
#endif
