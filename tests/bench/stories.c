/*
 * What it costs to find the story of a new item in a large store:
 *
 *     stories DB STORED NEW
 *
 * fills the store at DB with STORED items of made-up words, then puts NEW more,
 * of which one in ten is a copy of a stored one, cut or wrapped.  Prints CPU
 * time per item of putting those that are new, and those that are copies; and,
 * to be taken away from both, of putting without looking for neighbours; and
 * the most memory it took.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "judge/judge.h"
#include "store/store.h"

#define NOW       ((int64_t)1731544200)
#define WORDS     120
#define SOURCES   500
#define PER_BATCH 1000
#define PER_FEED  20

static uint64_t seed;

static uint64_t next(void)
{
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    return seed >> 33;
}

/* Words come by Zipf's law, roughly: a product of two even numbers. */
static struct str prose(struct arena *a, uint64_t of, int words, bool is_title)
{
    struct buf b;
    struct str s;

    buf_init(&b, BUF_MAX);
    seed = of * 2 + is_title;
    for (int i = 0; i < words; i++) {
        uint64_t word = next() % 300 * (next() % 300);

        buf_add_str(
            &b, arena_printf(a, "%c%llxan%llu ", (char)('a' + word % 26),
                             (unsigned long long)word * 2654435761U % 1048576,
                             (unsigned long long)word % 7));
    }
    s = buf_keep(&b, a);
    buf_done(&b);
    return s;
}

static double cpu(void)
{
    struct timespec t;

    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t) != 0)
        abort();
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

/* In megabytes, at most. */
static long memory(void)
{
    struct rusage u;

    if (getrusage(RUSAGE_SELF, &u) != 0)
        abort();
    return u.ru_maxrss / 1024;
}

static void must(bool ok, const struct error *err)
{
    if (ok)
        return;
    fprintf(stderr, "%s: %s\n", err->where, err->text);
    exit(1);
}

/* Item number I; a copy has the text of OF between other words. */
static double put(struct store *s, struct arena *a, const int64_t *sources,
                  uint64_t i, uint64_t of)
{
    struct str url =
        arena_printf(a, "https://s.example/%llu", (unsigned long long)i);
    struct item item = {.url = url, .guid = url};
    struct put_done done;
    struct error err;
    double before;

    item.title = prose(a, of == i ? i : i + 7, 9, true);
    item.text = prose(a, of, WORDS, false);
    if (of != i)
        item.text = arena_cat(a, prose(a, i, 30, false), item.text);
    item.html = item.text;
    item.published = (struct when){.unix_seconds = NOW + (int64_t)i,
                                   .precision = WHEN_SECOND};
    before = cpu();
    must(store_put_item(s, sources[i % SOURCES], &item, NULL, NOW + (int64_t)i,
                        &done, &err),
         &err);
    return cpu() - before;
}

/* Joins nothing, and gives the store nothing to look for. */
static void no_sketch(struct arena *a, const struct item *item,
                      struct str source, struct story_sketch *out)
{
    (void)a;
    (void)item;
    *out = (struct story_sketch){.source = source};
}

int main(int argc, char **argv)
{
    struct story_judge blind = story_judge;
    struct arena *a = arena_new(0);
    double took[3] = {0}; /* new, copies, blind */
    long counts[3] = {0};
    int64_t sources[SOURCES];
    struct error err;
    struct store *s;
    uint64_t stored, more;

    if (argc != 4)
        return 2;
    blind.sketch = no_sketch;
    stored = strtoull(argv[2], NULL, 10);
    more = strtoull(argv[3], NULL, 10);
    s = store_open(argv[1], &err);
    must(s != NULL, &err);
    store_use_judge(s, &story_judge);
    for (int i = 0; i < SOURCES; i++) {
        struct source_row row = {
            .id = arena_printf(a, "https://s.example/%d/feed", i),
            .state = SOURCE_OK};

        must(store_put_source(s, &row, &err), &err);
        sources[i] = row.rowid;
    }
    for (uint64_t i = 0; i < stored + more; i++) {
        int kind = i % 10 == 9 ? 1 : i % 10 == 8 ? 2 : 0;
        double t;

        if (i > 0 && i % PER_BATCH == 0)
            must(store_commit(s, &err), &err);
        if (i % PER_BATCH == 0)
            must(store_begin(s, &err), &err);
        if (i % PER_FEED == 0)
            must(store_next_document(s, &err), &err);
        arena_reset(a);
        if (i < stored)
            kind = 0;
        store_use_judge(s, kind == 2 ? &blind : &story_judge);
        t = put(s, a, sources, i, kind == 1 && stored > 0 ? i % stored : i);
        if (i < stored)
            continue;
        took[kind] += t;
        counts[kind]++;
    }
    must(store_commit(s, &err), &err);
    printf("%llu stored; CPU us for one that is put: new %.1f, copy %.1f, new"
           " without looking for its story %.1f; %ld MB\n",
           (unsigned long long)stored, took[0] / (double)counts[0],
           took[1] / (double)counts[1], took[2] / (double)counts[2], memory());
    store_close(s);
    arena_free(a);
    return 0;
}
