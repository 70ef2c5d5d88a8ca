#ifndef FETCH_TRANSFER_H
#define FETCH_TRANSFER_H
/*
 * One request on the wire: libcurl's handle with its callbacks and the ceilings
 * they keep.  Used again and again; knows neither redirects nor turns.
 */
#include <curl/curl.h>

#include "base/buf.h"
#include "base/error.h"
#include "fetch/fetch.h"
#include "fetch/reply.h"

/* What is asked; strings end with a NUL behind them and are borrowed until the
 * transfer has ended. */
struct ask {
    struct str url, host, accept, etag, last_modified;
    struct str form; /* empty: a GET */
    int port;
    size_t enough;   /* so many bytes of the body will do; 0: all of it */
    bool is_plain;   /* no compression: the server cannot do it right */
    bool is_trusted; /* its address, and the proxy's, may be of any kind */
    int64_t time_ms;
    const struct fetch_access *access; /* NULL: no secrets for this origin */
    struct str proxy;                  /* as in fetch_access */
};

struct transfer {
    struct transfer *next;        /* for the owner's lists */
    struct transfer *next_of_all; /* for the owner's lists */
    void *job;                    /* the owner's */

    /* Of the answer, until the next start. */
    struct reply reply;
    struct buf body;    /* decompressed; of 2xx only */
    struct spool *rest; /* what of it goes beyond memory's part; or NULL */
    int64_t started_ms;

    /* Private. */
    const struct fetch_options *options;
    size_t *held, counted; /* all of it, and our part */
    struct ask ask;
    CURL *easy;
    struct arena *heads; /* what the request says in headers */
    size_t skipped;
    struct unpacker *unpacker; /* of a compressed body; or NULL */
    bool has_begun;            /* the body */
    bool has_enough;
    bool is_garbled;  /* the body is not compressed as it says */
    bool is_post;     /* the same */
    bool has_access;  /* the handle holds secrets or a proxy */
    struct error err; /* why a callback stopped it, or ERR_NONE */
    char detail[CURL_ERROR_SIZE];
};

/* Keeps OPTIONS, whose strings end with a NUL, and HELD: what the bodies of all
 * transfers that share it take of memory.  NULL when libcurl cannot. */
struct transfer *transfer_new(const struct fetch_options *options,
                              size_t *held);
void transfer_free(struct transfer *t);
/* Forgets the last answer and adds the transfer to MULTI.  Fails when the guard
 * refuses the address in the URL, or libcurl cannot. */
MUST_CHECK bool transfer_start(struct transfer *t, CURLM *multi,
                               const struct ask *ask, struct error *err);
/* The answer is not needed any more: gives back what a large one took. */
void transfer_rest(struct transfer *t);
/* True if an answer came whole that is worth having; else ERR says why not.  RC
 * is libcurl's result. */
bool transfer_succeeded(struct transfer *t, CURLcode rc, struct error *err);
/* Bytes of the last answer on the wire. */
int64_t transfer_wire_bytes(const struct transfer *t);
/* True if the body was not compressed as it says, which asking plainly may mend. */
bool transfer_mixed_up_compression(const struct transfer *t, CURLcode rc);
#endif
