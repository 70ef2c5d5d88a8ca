#ifndef BASE_ARENA_H
#define BASE_ARENA_H
/*
 * Memory that is given back all at once.  One arena per page, one per feed
 * entry: what works on them allocates here and frees nothing.  Memory is
 * zeroed.  arena_alloc never returns NULL: when the machine has none left the
 * process ends with one line and status 4.  The budget (bytes, 0 for none)
 * counts only for arena_try, which foreign allocators use so that hostile
 * markup ends in an error and not in swap.  Not for several threads at once.
 */
#include <stdarg.h>

#include "base/str.h"

struct arena;

struct arena *arena_new(size_t budget);
/* For one of very many that mostly stay small: begins with a kilobyte. */
struct arena *arena_new_small(void);
/* Frees the arena and all in it; NULL is fine. */
void arena_free(struct arena *a);
/* Forgets everything allocated; keeps one block for the next use. */
void arena_reset(struct arena *a);

/* What was allocated since the mark was set is given back; what is older stays.
 * Marks may nest, and end with arena_reset. */
struct arena_mark {
    struct block *head, *next;
    size_t head_used, used;
};
struct arena_mark arena_mark(const struct arena *a);
void arena_release(struct arena *a, struct arena_mark mark);

/* N zeroed bytes, aligned for any type. */
void *arena_alloc(struct arena *a, size_t n);
/* COUNT elements of SIZE bytes; the product is checked. */
void *arena_array(struct arena *a, size_t count, size_t size);
/* The N bytes at P, which A gave, with zeroed ones behind them, WANTED in all:
 * where they stand if nothing was taken from A since, else somewhere else. */
void *arena_grow(struct arena *a, void *p, size_t n, size_t wanted);
/* As malloc, nothing zeroed; NULL when the budget would be exceeded. */
void *arena_try(struct arena *a, size_t n);
/* Takes P, the N first bytes of a piece of heap memory, and gives where they are
 * now, in A: for what is too large to be there twice. */
void *arena_take(struct arena *a, void *p, size_t n);
/* Bytes handed out since the last reset. */
size_t arena_used(const struct arena *a);

#define arena_make(a, type) ((type *)arena_alloc((a), sizeof(type)))

/* A copy of S in A; it is followed by a NUL that it does not count. */
struct str arena_str(struct arena *a, struct str s);
/* S as one line: runs of white space made one blank, trimmed as by str_trim_wide. */
struct str arena_line(struct arena *a, struct str s);
/* S with its ASCII letters in lower case; S itself when they are. */
struct str arena_lower(struct arena *a, struct str s);
/* The parts one after the other. */
struct str arena_join(struct arena *a, const struct str *parts, size_t n);
#define arena_cat(a, ...)                                                      \
    arena_join((a), (const struct str[]){__VA_ARGS__},                         \
               sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))
struct str arena_printf(struct arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Heap memory that is never NULL (ends the process as above). */
void *heap_alloc(size_t n);
void *heap_realloc(void *p, size_t n);
/* COUNT * SIZE, or the end of the process when it overflows. */
size_t size_mul(size_t count, size_t size);
#endif
