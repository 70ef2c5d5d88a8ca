#ifndef BASE_BUF_H
#define BASE_BUF_H
/*
 * Bytes that grow up to a ceiling given at the start.  An addition that would
 * pass the ceiling adds nothing and marks the buffer full; every later one is
 * refused too, so that a writer checks once, at the end (buf_is_full).
 */
#include <stdarg.h>

#include "base/str.h"

struct arena;

struct buf {
    char *p; /* n bytes; NULL while nothing was added */
    size_t n, cap, max;
    bool full;
};

#define BUF_MAX ((size_t)1 << 31)

/* An empty buffer that never holds more than MAX bytes. */
void buf_init(struct buf *b, size_t max);
void buf_done(struct buf *b);
/* Gives back the room behind what it holds. */
void buf_fit(struct buf *b);
/* Empty again, with its memory kept. */
void buf_reset(struct buf *b);
static inline bool buf_is_full(const struct buf *b)
{
    return b->full;
}
static inline struct str buf_str(const struct buf *b)
{
    return str_of(b->p == NULL ? "" : b->p, b->n);
}

/* Room for N more bytes, to be filled by the caller and claimed by adding to
 * b->n; NULL when the ceiling is in the way. */
char *buf_room(struct buf *b, size_t n);

/* What buf_add does when the buffer must grow; for its use only. */
bool buf_add_more(struct buf *b, const void *p, size_t n);
/* Each returns false when the ceiling was reached, and may be ignored. */
static inline bool buf_add(struct buf *b, const void *p, size_t n)
{
    if (n == 0)
        return !b->full;
    if (n > b->cap - b->n || b->cap > b->max || b->full)
        return buf_add_more(b, p, n);
    memcpy(b->p + b->n, p, n);
    b->n += n;
    return true;
}
static inline bool buf_add_str(struct buf *b, struct str s)
{
    return buf_add(b, s.p, s.n);
}
static inline bool buf_add_char(struct buf *b, char c)
{
    if (b->n >= b->cap || b->n >= b->max || b->full)
        return buf_add(b, &c, 1);
    b->p[b->n++] = c;
    return true;
}
/* For a hash over several values: a number in the machine's order of bytes; a
 * string led by its length, so that no two rows of strings are one of bytes. */
static inline bool buf_mix_int(struct buf *b, int64_t v)
{
    return buf_add(b, &v, sizeof v);
}
static inline bool buf_mix_str(struct buf *b, struct str s)
{
    return buf_mix_int(b, (int64_t)s.n) && buf_add_str(b, s);
}
/* The code point C as UTF-8. */
bool buf_add_utf8(struct buf *b, uint32_t c);
bool buf_printf(struct buf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A copy of the content in A. */
struct str buf_keep(const struct buf *b, struct arena *a);
#endif
