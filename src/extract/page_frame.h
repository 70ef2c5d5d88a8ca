#ifndef EXTRACT_PAGE_FRAME_H
#define EXTRACT_PAGE_FRAME_H
/*
 * What lines that do not belong to an article begin with, in many languages:
 * frame.def.  A label says what may follow; whether it does is for the caller
 * to judge from length, place and neighbours.
 */
#include "base/str.h"

enum frame {
    FRAME_NONE,
    FRAME_RELATED,
    FRAME_COMMENTS,
    FRAME_NEIGHBOUR,
    FRAME_SHARE,
    FRAME_FOLLOW,
    FRAME_READ_ON,
    FRAME_RIGHTS,
    FRAME_REPORT,
    FRAME_TAGS,
    FRAME_BIO,
    FRAME_END,
    FRAME_SELF,
    FRAME_CRUMB,
    FRAME_ADVERT,
    FRAME_COUNTER,
    FRAME_CAPTION,
    FRAME_COUNT
};

struct frame_match {
    enum frame frame;
    bool is_whole;  /* nothing but the label, marks and a number */
    bool has_colon; /* a colon, bar or closing bracket follows it */
};

/* The longest label that LINE begins with, leading marks skipped. */
struct frame_match frame_find(struct str line);
#endif
