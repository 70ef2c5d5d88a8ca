#include "text/shingle.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/block.h"
#include "base/hash.h"
#include "base/sort.h"
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

static void walk_at(struct walk *w, size_t at)
{
    w->at = w->end_cjk = at;
    for (int i = 0; i < CHARS_CJK; i++)
        w->end_cjk = next_char(w->text, w->end_cjk);
    w->end_alpha = w->end_cjk;
    for (int i = CHARS_CJK; i < CHARS_ALPHA; i++)
        w->end_alpha = next_char(w->text, w->end_alpha);
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

/* The smallest hashes are among these: unsorted, and some may stand here twice. */
#define PICKED 256

struct picked {
    uint64_t hash[PICKED];
    size_t n;
    uint64_t limit; /* larger ones are not wanted */
};

static void sift(struct picked *p)
{
    uint64_t room[PICKED];
    const uint64_t *sorted = sort_numbers(p->hash, room, p->n);
    size_t n = 0;

    for (size_t i = 0; i < p->n && n < SKETCH_MAX; i++)
        if (n == 0 || sorted[i] != p->hash[n - 1])
            p->hash[n++] = sorted[i];
    p->n = n;
    if (n == SKETCH_MAX)
        p->limit = p->hash[n - 1];
}

static void pick(struct picked *p, uint64_t hash)
{
    if (hash > p->limit)
        return;
    p->hash[p->n++] = hash;
    if (p->n == PICKED)
        sift(p);
}

/* Letters from I on that are ASCII, or that are three bytes of CJK, MOST at most;
 * one of both is 0. */
static size_t ascii_letters(struct str s, size_t i, size_t most)
{
    return block_find(str_slice(s, 0, i + most), i, block_beyond_ascii) - i;
}

static size_t cjk_letters(struct str s, size_t i, size_t most)
{
    size_t n = 0;

    while (n < most && i < s.n && ((unsigned char)s.p[i] & 0xF0) == 0xE0 &&
           is_cjk(utf8_next(s, &i)))
        n++;
    return n;
}

/* Hashes that are computed together, and the letters of theirs. */
#define BATCH       128
#define BATCH_CJK   (BATCH + CHARS_CJK - 1)
#define BATCH_ALPHA (BATCH + CHARS_ALPHA - 1)

/* Most shingles are of ASCII or of CJK alone: those that begin at byte *I, none
 * when these letters are too few. */
static size_t hash_alike(struct str s, size_t *i, uint64_t out[BATCH])
{
    size_t n = ascii_letters(s, *i, BATCH_ALPHA);

    if (n >= CHARS_ALPHA) {
        n -= CHARS_ALPHA - 1;
        hash64_ascii9(s.p + *i, n, out);
        *i += n;
        return n;
    }
    n = n > 0 ? 0 : cjk_letters(s, *i, BATCH_CJK);
    if (n < CHARS_CJK)
        return 0;
    n -= CHARS_CJK - 1;
    hash64_cjk5(s.p + *i, n, out);
    *i += 3 * n;
    return n;
}

/* The smallest of the hashes up to LIMIT. */
static void sketch_up_to(struct str letters, uint64_t limit, struct sketch *out)
{
    uint64_t hash[BATCH];
    struct picked picked;
    struct walk w = {.text = letters};

    picked.n = 0;
    picked.limit = limit;
    for (;;) {
        size_t n = hash_alike(letters, &w.at, hash);

        for (size_t i = 0; i < n; i++)
            pick(&picked, hash[i]);
        if (n > 0)
            continue;
        walk_at(&w, w.at);
        if (!next_shingle(&w, hash))
            break;
        pick(&picked, hash[0]);
    }
    sift(&picked);
    *out = (struct sketch){.n = (uint32_t)picked.n};
    memcpy(out->hash, picked.hash, picked.n * sizeof *out->hash);
}

/* Hashes are spread evenly, so where the smallest end is known beforehand, but for
 * chance (one text in 2,000) and for texts that repeat themselves. */
void sketch_of(struct str letters, struct sketch *out)
{
    size_t share = utf8_chars(letters) * 2 / (3 * SKETCH_MAX);

    if (share > 1) {
        sketch_up_to(letters, UINT64_MAX / share, out);
        if (out->n == SKETCH_MAX)
            return;
    }
    sketch_up_to(letters, UINT64_MAX, out);
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

/* Of a comparison, between two looks whether enough can still be shared. */
#define STEPS 16

static size_t smaller_of(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Overlap of two ascending lists, as far as both are complete; of one that
 * cannot reach the containment LEAST the samples alone. */
static struct overlap overlap_of(const uint64_t *a, size_t n, const uint64_t *b,
                                 size_t m, double least)
{
    uint32_t smaller = (uint32_t)smaller_of(n, m), all;
    struct overlap o = {.samples = smaller};
    size_t i = 0, k = 0, left;

    while ((left = smaller_of(n - i, m - k)) > 0) {
        if ((double)(o.shared + left) / smaller < least)
            return (struct overlap){.samples = smaller};
        /* Which comes first nobody can foresee: without branches it is twice
         * as fast. */
        for (left = smaller_of(left, STEPS); left > 0; left--) {
            uint64_t x = a[i], y = b[k];

            o.shared += x == y;
            i += x <= y;
            k += y <= x;
        }
    }
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
    size_t low = 0, high = s->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (s->hash[middle] <= limit)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct overlap sketch_overlap(const struct sketch *a, const struct sketch *b,
                              double least)
{
    uint64_t limit = reach(a) < reach(b) ? reach(a) : reach(b);

    return overlap_of(a->hash, below(a, limit), b->hash, below(b, limit),
                      least);
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
    struct walk w = {.text = letters};
    uint64_t *hashes = arena_array(a, letters.n + 1, sizeof *hashes);
    size_t count = 0, distinct = 0;

    walk_at(&w, 0);
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

    return overlap_of(x, n, y, m, 0);
}
