#ifndef FETCH_REPLY_H
#define FETCH_REPLY_H
/*
 * The head of an answer, line by line as libcurl hands it on, and what it says
 * about validators and time (RFC 9110, 9111).  Values that are no valid UTF-8,
 * hold control characters or are longer than anybody needs count as absent; but
 * validators and Location, which go back to the server, may be of any bytes.
 */
#include "base/buf.h"

enum reply_field {
    REPLY_TYPE,
    REPLY_ENCODING,
    REPLY_ETAG,
    REPLY_LAST_MODIFIED,
    REPLY_LOCATION,
    REPLY_RETRY_AFTER,
    REPLY_CACHE_CONTROL,
    REPLY_EXPIRES,
    REPLY_DATE,
    REPLY_AGE,
    REPLY_LENGTH,
    REPLY_FIELDS
};

/* Of all heads of one request together. */
#define REPLY_HEAD_MAX ((size_t)256 << 10)

struct reply {
    int status; /* 0 until a status line came */
    bool whole; /* the blank line came */
    size_t head_bytes;
    struct buf field[REPLY_FIELDS];
};

void reply_init(struct reply *r);
void reply_done(struct reply *r);
/* For the next request; keeps its memory. */
void reply_reset(struct reply *r);
/* Takes one line of the head with its end.  A status line begins anew.  False
 * when the head is longer than REPLY_HEAD_MAX. */
bool reply_line(struct reply *r, struct str line);

/* The value as received, without blanks around it; empty if absent. */
struct str reply_get(const struct reply *r, enum reply_field field);
/* Content-Length; -1 if absent or nonsense. */
int64_t reply_length(const struct reply *r);
/* The Date field in Unix seconds; 0 if absent. */
int64_t reply_date(const struct reply *r);
/* For how many seconds the answer, which came at NOW (Unix seconds), is fresh
 * from then on; -1 if it does not say. */
int64_t reply_max_age(const struct reply *r, int64_t now);
/* Seconds to wait from NOW (Unix seconds); -1 if it does not say. */
int64_t reply_retry_after(const struct reply *r, int64_t now);
#endif
