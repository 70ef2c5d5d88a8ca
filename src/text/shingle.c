#include "text/shingle.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/utf8.h"

#define CHARS_CJK   5
#define CHARS_ALPHA 9

/* Walks over the shingles of a text. */
struct walk {
    struct str text;
    size_t at; /* where the next shingle begins */
    /* Where it would end, of either length; beyond the text when it has fewer
     * characters left. */
    size_t end_cjk, end_alpha;
};

static size_t next_char(struct str s, size_t i)
{
    if (i >= s.n)
        return s.n + 1;
    do
        i++;
    while (i < s.n && ((unsigned char)s.p[i] & 0xC0) == 0x80);
    return i;
}

static void walk_start(struct walk *w, struct str text)
{
    *w = (struct walk){.text = text};
    for (int i = 0; i < CHARS_CJK; i++)
        w->end_cjk = next_char(text, w->end_cjk);
    w->end_alpha = w->end_cjk;
    for (int i = CHARS_CJK; i < CHARS_ALPHA; i++)
        w->end_alpha = next_char(text, w->end_alpha);
}

static bool next_shingle(struct walk *w, uint64_t *hash)
{
    size_t from = w->at, end;

    if (from >= w->text.n)
        return false;
    end = is_cjk(utf8_next(w->text, &w->at)) ? w->end_cjk : w->end_alpha;
    if (end > w->text.n)
        return false;
    *hash = hash64(str_slice(w->text, from, end));
    w->end_cjk = next_char(w->text, w->end_cjk);
    w->end_alpha = next_char(w->text, w->end_alpha);
    return true;
}

static void keep(struct sketch *s, uint64_t hash)
{
    uint32_t i = s->n;

    if (i == SKETCH_MAX && hash >= s->hash[i - 1])
        return;
    while (i > 0 && s->hash[i - 1] > hash)
        i--;
    if (i > 0 && s->hash[i - 1] == hash)
        return;
    if (s->n < SKETCH_MAX)
        s->n++;
    for (uint32_t k = s->n - 1; k > i; k--)
        s->hash[k] = s->hash[k - 1];
    s->hash[i] = hash;
}

void sketch_of(struct str letters, struct sketch *out)
{
    struct walk w;
    uint64_t hash;

    *out = (struct sketch){0};
    walk_start(&w, letters);
    while (next_shingle(&w, &hash))
        keep(out, hash);
}

uint32_t sketch_shingles(const struct sketch *s)
{
    double share;

    if (s->n < SKETCH_MAX)
        return s->n;
    share = (double)s->hash[SKETCH_MAX - 1] / (double)UINT64_MAX;
    share = (SKETCH_MAX - 1) / share;
    return share > UINT32_MAX ? UINT32_MAX : (uint32_t)share;
}

/* Overlap of two ascending lists, as far as both are complete. */
static struct overlap overlap_of(const uint64_t *a, size_t n, const uint64_t *b,
                                 size_t m)
{
    struct overlap o = {0};
    uint32_t smaller = (uint32_t)(n < m ? n : m), all;
    size_t i = 0, k = 0;

    /* Which comes first nobody can foresee: without branches it is twice as
     * fast. */
    while (i < n && k < m) {
        uint64_t x = a[i], y = b[k];

        o.shared += x == y;
        i += x <= y;
        k += y <= x;
    }
    o.samples = smaller;
    all = (uint32_t)(n + m) - o.shared;
    o.containment = smaller == 0 ? 0 : (double)o.shared / smaller;
    o.resemblance = all == 0 ? 0 : (double)o.shared / all;
    return o;
}

/* A full sketch says nothing of hashes above its last. */
static uint64_t reach(const struct sketch *s)
{
    return s->n < SKETCH_MAX ? UINT64_MAX : s->hash[s->n - 1];
}

static size_t below(const struct sketch *s, uint64_t limit)
{
    size_t n = 0;

    while (n < s->n && s->hash[n] <= limit)
        n++;
    return n;
}

struct overlap sketch_overlap(const struct sketch *a, const struct sketch *b)
{
    uint64_t limit = reach(a) < reach(b) ? reach(a) : reach(b);

    return overlap_of(a->hash, below(a, limit), b->hash, below(b, limit));
}

/* ---- exactly ------------------------------------------------------------- */

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

/* All distinct hashes, ascending. */
static uint64_t *all_hashes(struct arena *a, struct str letters, size_t *n)
{
    struct walk w;
    uint64_t *hashes = arena_array(a, letters.n + 1, sizeof *hashes);
    size_t count = 0, distinct = 0;

    walk_start(&w, letters);
    while (next_shingle(&w, &hashes[count]))
        count++;
    qsort(hashes, count, sizeof *hashes, by_value);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || hashes[i] != hashes[i - 1])
            hashes[distinct++] = hashes[i];
    *n = distinct;
    return hashes;
}

struct overlap shingle_overlap(struct arena *a, struct str letters1,
                               struct str letters2)
{
    size_t n, m;
    const uint64_t *x = all_hashes(a, letters1, &n);
    const uint64_t *y = all_hashes(a, letters2, &m);

    return overlap_of(x, n, y, m);
}
