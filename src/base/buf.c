#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

#define CAP_MIN    ((size_t)256)
#define UTF8_BYTES ((size_t)4) /* of the longest character */

void buf_init(struct buf *b, size_t max)
{
    *b = (struct buf){.max = max};
}

void buf_done(struct buf *b)
{
    free(b->p);
    *b = (struct buf){.max = b->max};
}

void buf_fit(struct buf *b)
{
    b->p = heap_realloc(b->p, b->n);
    b->cap = b->n;
}

void buf_reset(struct buf *b)
{
    b->n = 0;
    b->full = false;
}

char *buf_room(struct buf *b, size_t n)
{
    if (b->full || n > b->max || b->n > b->max - n) {
        b->full = true;
        return NULL;
    }
    if (n > b->cap - b->n || b->p == NULL) {
        size_t cap = b->cap > 0 ? b->cap : n > CAP_MIN ? n : CAP_MIN;

        while (cap - b->n < n)
            cap = cap > SIZE_MAX / 2 ? b->n + n : cap * 2;
        b->p = heap_realloc(b->p, cap);
        b->cap = cap;
    }
    return b->p + b->n;
}

bool buf_add_more(struct buf *b, const void *p, size_t n)
{
    char *to = buf_room(b, n);

    if (to == NULL)
        return false;
    memcpy(to, p, n);
    b->n += n;
    return true;
}

bool buf_add_utf8(struct buf *b, uint32_t c)
{
    char bytes[UTF8_BYTES];

    if (!b->full && b->cap - b->n >= UTF8_BYTES &&
        b->max - b->n >= UTF8_BYTES) {
        b->n += utf8_put(b->p + b->n, c);
        return true;
    }
    return buf_add(b, bytes, utf8_put(bytes, c));
}

bool buf_printf(struct buf *b, const char *format, ...)
{
    va_list args;
    int n;
    char *to;

    va_start(args, format);
    n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0 || (to = buf_room(b, (size_t)n + 1)) == NULL)
        return false;
    va_start(args, format);
    vsnprintf(to, (size_t)n + 1, format, args);
    va_end(args);
    b->n += (size_t)n;
    return true;
}

struct str buf_keep(const struct buf *b, struct arena *a)
{
    return arena_str(a, buf_str(b));
}
