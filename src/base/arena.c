/*
 * A list of blocks, each twice as large as the one before up to BLOCK_MAX; an
 * allocation that does not fit into the current block opens a new one.  Reset
 * keeps the largest block only, so that a worker which met one huge page does
 * not keep more than BLOCK_MAX of it.
 */
#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Under the address sanitizer nobody may touch what was given back. */
#if defined(__SANITIZE_ADDRESS__)
#define IS_ASAN 1
#elif defined(__has_feature)
#define IS_ASAN __has_feature(address_sanitizer)
#else
#define IS_ASAN 0
#endif
#if IS_ASAN
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(p, n)   ((void)0)
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)0)
#endif

#define BLOCK_SMALL ((size_t)1 << 10)
#define BLOCK_MIN   ((size_t)16 << 10)
#define BLOCK_MAX   ((size_t)1 << 20)
#define ALIGN       ((size_t)16)

struct block {
    struct block *next;
    size_t size, used;
    _Alignas(16) char bytes[];
};

struct arena {
    struct block *head;
    size_t budget, used, next_size;
};

static void out_of_memory(void)
{
    fputs("feedmill: out of memory\n", stderr);
    exit(4);
}

void *heap_alloc(size_t n)
{
    void *p = calloc(1, n == 0 ? 1 : n);

    if (p == NULL)
        out_of_memory();
    return p;
}

void *heap_realloc(void *p, size_t n)
{
    p = realloc(p, n == 0 ? 1 : n);
    if (p == NULL)
        out_of_memory();
    return p;
}

size_t size_mul(size_t count, size_t size)
{
    size_t n;

    if (__builtin_mul_overflow(count, size, &n))
        out_of_memory();
    return n;
}

/* Gives back what is behind the first USED bytes of B. */
static void cut_block(struct block *b, size_t used)
{
    ASAN_POISON_MEMORY_REGION(b->bytes + used, b->size - used);
    b->used = used;
}

struct arena *arena_new(size_t budget)
{
    struct arena *a = heap_alloc(sizeof *a);

    a->budget = budget;
    a->next_size = BLOCK_MIN;
    return a;
}

struct arena *arena_new_small(void)
{
    struct arena *a = arena_new(0);

    a->next_size = BLOCK_SMALL;
    return a;
}

/* From B up to END. */
static void free_blocks(struct block *b, const struct block *end)
{
    while (b != end) {
        struct block *next = b->next;

        free(b);
        b = next;
    }
}

void arena_free(struct arena *a)
{
    if (a == NULL)
        return;
    free_blocks(a->head, NULL);
    free(a);
}

void arena_reset(struct arena *a)
{
    struct block *keep = NULL, *next;

    for (struct block *b = a->head; b != NULL; b = next) {
        next = b->next;
        if (b->size <= BLOCK_MAX && (keep == NULL || b->size > keep->size)) {
            free(keep);
            keep = b;
        } else {
            free(b);
        }
    }
    if (keep != NULL) {
        keep->next = NULL;
        cut_block(keep, 0);
    }
    a->head = keep;
    a->used = 0;
}

struct arena_mark arena_mark(const struct arena *a)
{
    struct arena_mark mark = {.head = a->head, .used = a->used};

    if (a->head != NULL) {
        mark.next = a->head->next;
        mark.head_used = a->head->used;
    }
    return mark;
}

/* New blocks stand before the head of then, large ones behind it. */
void arena_release(struct arena *a, struct arena_mark mark)
{
    free_blocks(a->head, mark.head);
    a->head = mark.head;
    a->used = mark.used;
    if (mark.head == NULL)
        return;
    free_blocks(mark.head->next, mark.next);
    mark.head->next = mark.next;
    cut_block(mark.head, mark.head_used);
}

static size_t rounded(size_t n)
{
    return (n + ALIGN - 1) & ~(ALIGN - 1);
}

/* N bytes with anything in them. */
static void *take_raw(struct arena *a, size_t n)
{
    struct block *b = a->head;
    void *p;

    if (n > SIZE_MAX / 2)
        out_of_memory();
    n = rounded(n);
    if (b == NULL || n > b->size - b->used) {
        size_t size = n > a->next_size ? n : a->next_size;
        struct block *fresh = malloc(sizeof *fresh + size);

        if (fresh == NULL)
            out_of_memory();
        fresh->size = size;
        fresh->used = 0;
        if (a->next_size < BLOCK_MAX)
            a->next_size *= 2;
        /* A large piece must not end the use of a block with room left. */
        if (b != NULL && size == n && b->size - b->used > BLOCK_MIN) {
            fresh->next = b->next;
            b->next = fresh;
        } else {
            fresh->next = b;
            a->head = fresh;
        }
        b = fresh;
    }
    p = b->bytes + b->used;
    ASAN_UNPOISON_MEMORY_REGION(p, n);
    b->used += n;
    a->used += n;
    return p;
}

static void *take(struct arena *a, size_t n)
{
    return memset(take_raw(a, n), 0, n);
}

void *arena_alloc(struct arena *a, size_t n)
{
    return take(a, n);
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
    return take(a, size_mul(count, size));
}

/* True if the piece of N bytes at P is the newest of A and may end MORE bytes
 * later. */
static bool has_room_behind(const struct arena *a, const char *p, size_t n,
                            size_t more)
{
    const struct block *b = a->head;

    return p != NULL && b != NULL && p + rounded(n) == b->bytes + b->used &&
           more <= b->size - b->used;
}

void *arena_grow(struct arena *a, void *p, size_t n, size_t wanted)
{
    size_t more = rounded(wanted) - rounded(n);
    char *to = p;

    if (has_room_behind(a, p, n, more)) {
        ASAN_UNPOISON_MEMORY_REGION(to + rounded(n), more);
        a->head->used += more;
        a->used += more;
    } else {
        to = take_raw(a, wanted);
        if (n > 0)
            memcpy(to, p, n);
    }
    memset(to + n, 0, wanted - n);
    return to;
}

void *arena_try(struct arena *a, size_t n)
{
    if (a->budget != 0 && (n > a->budget || a->used > a->budget - n))
        return NULL;
    return take_raw(a, n);
}

void *arena_take(struct arena *a, void *p, size_t n)
{
    struct block *b = heap_realloc(p, sizeof *b + n);

    memmove(b->bytes, b, n);
    b->size = b->used = n;
    b->next = NULL;
    a->used += n;
    if (a->head == NULL) {
        a->head = b;
    } else {
        b->next = a->head->next;
        a->head->next = b;
    }
    return b->bytes;
}

size_t arena_used(const struct arena *a)
{
    return a->used;
}

struct str arena_str(struct arena *a, struct str s)
{
    return arena_join(a, &s, 1);
}

struct str arena_line(struct arena *a, struct str s)
{
    size_t n = 0, run;
    char *p;

    s = str_trim(s);
    run = str_tidy_prefix(s);
    if (run == s.n)
        return arena_str(a, str_trim_wide(s));
    p = arena_alloc(a, s.n);
    for (; s.n > 0; run = str_tidy_prefix(s)) {
        if (n > 0)
            p[n++] = ' ';
        memcpy(p + n, s.p, run);
        n += run;
        s = str_trim(str_from(s, run));
    }
    return str_trim_wide(str_of(p, n));
}

struct str arena_lower(struct arena *a, struct str s)
{
    char *p;
    size_t n = 0;

    while (n < s.n && to_lower(s.p[n]) == s.p[n])
        n++;
    if (n == s.n)
        return s;
    p = arena_alloc(a, s.n);
    for (size_t i = 0; i < s.n; i++)
        p[i] = to_lower(s.p[i]);
    return str_of(p, s.n);
}

struct str arena_join(struct arena *a, const struct str *parts, size_t n)
{
    size_t total = 0;
    char *p, *at;

    for (size_t i = 0; i < n; i++)
        total += parts[i].n;
    p = at = take_raw(a, total + 1);
    for (size_t i = 0; i < n; i++) {
        if (parts[i].n > 0)
            memcpy(at, parts[i].p, parts[i].n);
        at += parts[i].n;
    }
    *at = '\0';
    return str_of(p, total);
}

struct str arena_printf(struct arena *a, const char *format, ...)
{
    va_list args;
    int n;
    char *p;

    va_start(args, format);
    n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0)
        return STR_NONE;
    p = take(a, (size_t)n + 1);
    va_start(args, format);
    vsnprintf(p, (size_t)n + 1, format, args);
    va_end(args);
    return str_of(p, (size_t)n);
}
