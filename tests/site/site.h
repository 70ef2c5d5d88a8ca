#ifndef SITE_SITE_H
#define SITE_SITE_H
/*
 * A loopback web server for tests that answers as files tell it, rudely if they
 * say so.  README.md beside this describes the files and the log.
 */
#include <stdbool.h>
#include <stddef.h>

struct site;

struct site_options {
    const char
        *folder;     /* what is served; NULL: a new one, removed at the end */
    const char *log; /* NULL: FOLDER/.log */
    int port;        /* 0: any */
    int hosts;       /* addresses 127.0.0.1 and on; 0: 4 */
};

/* Serves on a thread of its own; OPTIONS may be NULL.  NULL when it cannot
 * listen, said on stderr. */
struct site *site_start(const struct site_options *options);
/* Ends the thread and every connection; NULL is fine. */
void site_stop(struct site *s);

int site_port(const struct site *s);
const char *site_folder(const struct site *s);
/* "http://127.0.0.HOST:PORT" and TARGET; the string lives until the next
 * sixteenth call of this. */
const char *site_url(struct site *s, int host, const char *target);

/* Writes FOLDER/NAME (with its folders), replacing it. */
void site_put(struct site *s, const char *name, const char *text);
void site_put_bytes(struct site *s, const char *name, const void *p, size_t n);
/* How often TARGET was asked for. */
int site_asked(struct site *s, const char *target);
/* The log so far, terminated; free() it. */
char *site_log(struct site *s);
/* True if the log has this text. */
bool site_saw(struct site *s, const char *text);
#endif
