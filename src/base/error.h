#ifndef BASE_ERROR_H
#define BASE_ERROR_H
/*
 * The one error type: a code to branch on, a sentence for a person, the place.
 * Who finds the fault words it; callers on the way up add the place.
 */
#include "base/str.h"

enum errcode {
    ERR_NONE,
    ERR_INPUT,   /* a document, feed or page cannot be read */
    ERR_LIMIT,   /* a ceiling (bytes, time, depth, redirects) was reached */
    ERR_CONFIG,  /* the owner's files or the command line are wrong */
    ERR_FILE,    /* a file cannot be read or written */
    ERR_NETWORK, /* DNS, connection, TLS, timeout */
    ERR_HTTP,    /* the server answered with a failure */
    ERR_REFUSED, /* we do not ask: scheme, address, robots */
    ERR_LOCKED,  /* another run holds the mill */
    ERR_STORE,   /* the store is damaged, newer, or cannot be written */
    ERR_STOPPED  /* a signal asked us to end */
};

struct error {
    enum errcode code;
    int line, column; /* in the input, from 1; 0 if not known */
    char where[2048]; /* the URL or file the trouble is in */
    char text[512];   /* one line, no newline, no final full stop */
};

/* Fills *ERR; control characters in the sentence become blanks.  Returns
 * false, so that `return error_set(...)` reads well. */
bool error_set(struct error *err, enum errcode code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Names the place unless one is named already. */
void error_where(struct error *err, const char *where);
void error_at(struct error *err, int line, int column);
/* "where:line:column: text" without a newline; the length as snprintf. */
int error_print(const struct error *err, char *out, size_t size);
#endif
