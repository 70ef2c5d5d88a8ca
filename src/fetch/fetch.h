#ifndef FETCH_FETCH_H
#define FETCH_FETCH_H
/*
 * Gets documents over http and https with libcurl's multi interface; the only
 * user of libcurl.  One thread runs a fetcher; answers are handed to a callback
 * on that thread as they come.  Redirects are limited and stay within http(s);
 * sizes (after decompression) and times have ceilings; TLS is verified.
 */
#include "base/error.h"
#include "base/str.h"

struct buf;
struct spool;

/* A private address that may be asked. */
struct fetch_allowed {
    struct str address; /* numeric; IPv6 without brackets */
    int port;           /* 0: any */
};

/* A site that wants to be left alone. */
struct fetch_peace {
    struct str site; /* registrable domain */
    int64_t seconds; /* from now on; 0 no more */
    int refusals;    /* on end; 0: it answers again */
    int status;      /* of HTTP, of the last one */
};

struct fetch_options {
    struct str user_agent; /* empty: the program's name */
    struct str
        ca_file; /* certificates to trust; empty: those that the environment
                         * names (SSL_CERT_FILE), else the system's bundle */
    int64_t timeout_ms; /* for one request with its redirects, on the wire; 0:
                         * 25 s */
    int64_t silence_ms; /* of a server, in whole seconds; 0: half of
                         * timeout_ms, but 30 s at least */
    int64_t max_body;   /* bytes after decompression; 0: BUF_MAX */
    struct str spool_folder; /* where large bodies wait; empty: in memory */
    int max_at_once;         /* transfers in flight; 0: 64 */
    int per_site;            /* at once to one registrable domain */
    int64_t pause_ms;        /* between requests to one registrable domain */
    int max_redirects;       /* 0: 10 */
    /* Addresses that are not public are refused after DNS, redirects and proxies
     * included, unless named here.  Without a guard all pass. */
    const struct fetch_allowed *allowed;
    size_t n_allowed;
    bool is_unguarded;
    /* The origin that is asked for passes too, for a person named it, and so do
     * proxies; where it redirects to another one is guarded from then on. */
    bool trusts_asked;
    bool env_has_proxy; /* set by fetcher_new */
    /* Told of each robots.txt that was answered, with the fetcher's CTX; may be
     * NULL.  ORIGIN is "https://example.org", TEXT empty unless STATUS is 2xx. */
    void (*on_robots)(void *ctx, struct str origin, int status,
                      struct str text);
    /* Asked before a request is started, with the fetcher's CTX; may be NULL.
     * True: who takes the answers has enough for now.  What is under way goes on;
     * an answer that had to wait for its taker would run out of its time. */
    bool (*is_busy)(void *ctx);
    /* Told when a site refuses, and when it answers again; may be NULL. */
    void (*on_peace)(void *ctx, const struct fetch_peace *peace);
};

/* How a document is reached; secrets are never part of an error. */
struct fetch_access {
    struct str home; /* all but the proxy is only for this one's origin */
    const struct str *headers; /* "Name: value" */
    size_t n_headers;
    struct str user, password;
    struct str client_cert, client_key; /* paths of PEM files */
    struct str proxy; /* "none" for none; empty: the environment says */
};

struct request {
    struct str url; /* anything but http(s) is answered with ERR_REFUSED */
    struct str etag, last_modified; /* validators as received; may be empty */
    /* Whose they are, if a redirect leads there: no other address is sent them.
     * Empty: of URL itself. */
    struct str validated;
    struct str accept; /* empty: a default for feeds and pages */
    /* Sent as a form by POST; empty: a GET.  A redirect that would make a GET of
     * it (301, 302, 303) is then a failure. */
    struct str form;
    bool obeys_robots; /* for pages; feeds are exempt as is usual */
    void *user;        /* handed back with the response */
    /* NULL: as everybody.  Kept until the answer; strings end with a NUL. */
    const struct fetch_access *access;
};

struct response {
    void *user;
    bool ok;           /* an answer with status 200..299 (not 206) or 304 came
                        * whole */
    struct error err;  /* when not ok */
    bool is_forbidden; /* not asked: the origin's robots.txt forbids it */
    bool is_repeated;  /* not asked: it, or where it led to, was asked before */
    int status;        /* HTTP status, 0 without an answer */
    struct str url;    /* asked */
    struct str final_url;
    struct str moved_to; /* where a chain of only 301/308 led; empty */
    struct str type;     /* Content-Type as received */
    struct str etag, last_modified;
    int64_t date;        /* Date header, Unix seconds; 0 */
    int64_t max_age;     /* Cache-Control or Expires, seconds; -1 unknown */
    int64_t retry_after; /* seconds; -1 unknown */
    struct str body;     /* decompressed; empty unless ok */
    /* Where it lies; NULL when it is empty.  Who copies *HELD and empties it with
     * buf_init takes it. */
    struct buf *held;
    /* What of the body follows in a file; NULL if nothing does.  Who sets *REST
     * to NULL takes it. */
    struct spool **rest;
    int64_t wire_bytes; /* heads and compressed bodies of all redirects */
    int64_t elapsed_ms; /* on the wire, without waiting for a turn */
};

/* RESPONSE and its strings live until the callback returns. */
typedef void fetch_done(void *ctx, const struct response *response);

struct fetcher;

/* Copies OPTIONS and what they point to. */
struct fetcher *fetcher_new(const struct fetch_options *options,
                            fetch_done *done, void *ctx, struct error *err);
void fetcher_free(struct fetcher *f);
/* Copies REQUEST.  May be called from the callback.  A fetcher asks no address
 * twice (but for forms and robots.txt), wherever it heard of it: what leads there
 * again ends with ERR_REFUSED and is_repeated. */
void fetcher_add(struct fetcher *f, const struct request *request);
/* What was learnt of ORIGIN's robots.txt in an earlier run, at most a day ago:
 * it is not asked for again. */
void fetcher_know_robots(struct fetcher *f, struct str origin, int status,
                         struct str text);
/* What was learnt of a site in an earlier run. */
void fetcher_know_peace(struct fetcher *f, const struct fetch_peace *peace);
/* From UNTIL_MS of clock_ms on (0: never) nothing is begun: what waits ends with
 * ERR_STOPPED, what is under way ends as ever. */
void fetcher_end_at(struct fetcher *f, int64_t until_ms);
/* Runs until all is done, or *STOP (may be NULL; looked at five times a second)
 * becomes non-zero: then all that is left ends with ERR_STOPPED.  A site that
 * answers 429 or 503 is left in peace for the time of its Retry-After, else for
 * a minute, doubled each time on end and jittered; if that is longer than
 * timeout_ms, what else was to be asked there ends with ERR_REFUSED and
 * retry_after.  What robots.txt forbids ends with ERR_REFUSED too, and so does
 * all of an origin whose robots.txt is answered with 5xx or not at all. */
void fetcher_run(struct fetcher *f, const _Atomic int *stop);
#endif
