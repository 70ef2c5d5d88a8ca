/*
 * What it costs to find the story of a new item in a large store:
 *
 *     stories DB STORED NEW
 *
 * fills the store at DB until it holds STORED items of made-up words, then puts
 * NEW more of each kind:
 *
 *   blind    of which nothing is compared: what putting costs without a story
 *   strange  that share no word with any other
 *   new      whose words come as the stored ones' do
 *   copies   of a stored one each, between other words
 *   of one   the same, all of one
 *
 * Prints, in CPU microseconds an item: its sketch, which workers make; putting
 * it; its share of the commits; how much more than blind ones the last two cost,
 * without the stored stories that the judge was asked about and with them; and
 * for how many of a hundred it was asked.  Then the most memory it took.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "judge/judge.h"
#include "store/store.h"
#include "sys/squeeze.h"

#define NOW         ((int64_t)1731544200)
#define TITLE_WORDS 9
#define WORDS       120
#define VOCABULARY  1e6
#define GRAMMAR     60 /* its first words are short ones */
#define SOURCES     500
#define PER_BATCH   1000
#define PER_FEED    20
#define FILLED_SHOW 100000

enum kind { BLIND, STRANGE, NEW, COPY, OF_ONE, KINDS };

static const char *const kind_names[KINDS] = {"blind", "strange", "new",
                                              "copies", "of one"};

/* What items of one kind took, those the judge was asked about apart. */
struct took {
    double sketch, commit, put[2];
    long n[2];
};

struct bench {
    struct store *s;
    struct squeezer *z;
    struct arena *a, *scratch;
    int64_t sources[SOURCES];
    struct str names[SOURCES];
};

static uint64_t seed;

static uint64_t next(void)
{
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    return seed >> 33;
}

/* By Zipf's law: as likely as its number is low. */
static uint64_t common_word(void)
{
    return (uint64_t)exp((double)next() / (double)(1U << 31) *
                         log((double)VOCABULARY));
}

static void add_word(struct buf *b, uint64_t word)
{
    uint64_t mixed = word * 0x9E3779B97F4A7C15U;

    if (word < GRAMMAR) {
        buf_add_char(b, (char)('a' + word % 8));
        buf_add_char(b, (char)('a' + word / 8));
    } else {
        for (int i = 0; i < 6; i++, mixed /= 80) {
            buf_add_char(b, "bdfgklmnprstvzhj"[mixed % 16]);
            buf_add_char(b, "aeiou"[mixed / 16 % 5]);
        }
    }
    buf_add_char(b, ' ');
}

/* A word is known by its first letters: of an alphabet of hundreds (Canadian
 * syllabics) few are needed to say what no other says. */
static void add_strange_word(struct buf *b)
{
    for (int i = 0; i < 6; i++) {
        char bytes[8];

        buf_add(b, bytes, utf8_put(bytes, 0x1401 + (uint32_t)(next() % 600)));
    }
    buf_add_char(b, ' ');
}

/* Those of number OF; of a STRANGE one, words that nothing else has. */
static struct str prose(struct arena *a, uint64_t of, int words,
                        bool is_strange)
{
    struct buf b;
    struct str s;

    buf_init(&b, BUF_MAX);
    seed = of * 0x9E3779B97F4A7C15U;
    for (int i = 0; i < words; i++)
        if (is_strange)
            add_strange_word(&b);
        else
            add_word(&b, common_word());
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

static bool is_asked;

static void join(const struct story_sketch *x, const struct story_sketch *near,
                 size_t n, struct story_choice *out)
{
    is_asked = true;
    story_judge.join(x, near, n, out);
}

/* Any before I, or always the same. */
static uint64_t original_of(enum kind kind, uint64_t i)
{
    if (kind == OF_ONE)
        return 0;
    seed = i;
    (void)next();
    return next() % i;
}

/* Item number I. */
static struct item make(struct arena *a, enum kind kind, uint64_t i)
{
    struct str url =
        arena_printf(a, "https://s.example/%llu", (unsigned long long)i);
    bool is_strange = kind == STRANGE || kind == BLIND;
    struct item item = {.url = url, .guid = url};

    item.title = prose(a, 2 * i + 1, TITLE_WORDS, is_strange);
    item.text = prose(a, 2 * i, WORDS, is_strange);
    if (kind == COPY || kind == OF_ONE)
        item.text = arena_cat(a, prose(a, 2 * i, 30, false),
                              prose(a, 2 * original_of(kind, i), WORDS, false));
    item.html = item.text;
    item.published = (struct when){.unix_seconds = NOW + (int64_t)i,
                                   .precision = WHEN_SECOND};
    return item;
}

static void put(struct bench *b, enum kind kind, uint64_t i, struct took *took)
{
    struct item item;
    struct str name = b->names[i % SOURCES];
    struct put_ready ready = {.sketch = {.source = name}};
    struct put_done done;
    struct error err;
    double before;

    arena_reset(b->a);
    item = make(b->a, kind, i);
    before = cpu();
    if (kind != BLIND)
        story_judge.sketch(b->a, &item, name, &ready.sketch);
    took->sketch += cpu() - before;
    arena_reset(b->scratch);
    store_make_ready(b->z, b->a, b->scratch, &item, name, &ready);
    is_asked = false;
    before = cpu();
    must(store_put_item(b->s, b->sources[i % SOURCES], &item, &ready,
                        NOW + (int64_t)i, &done, &err),
         &err);
    took->put[is_asked] += cpu() - before;
    took->n[is_asked]++;
}

/* Items from number I to END, in transactions of as many as a refresh has. */
static struct took put_all(struct bench *b, enum kind kind, uint64_t i,
                           uint64_t end)
{
    struct took took = {0};
    struct error err;

    while (i < end) {
        uint64_t last = i + PER_BATCH < end ? i + PER_BATCH : end;
        double before;

        must(store_begin(b->s, &err), &err);
        for (; i < last; i++) {
            if (i % PER_FEED == 0)
                must(store_next_document(b->s, &err), &err);
            put(b, kind, i, &took);
        }
        before = cpu();
        must(store_commit(b->s, &err), &err);
        took.commit += cpu() - before;
    }
    return took;
}

/* Rows are numbered from 1 on, and none is missing. */
static uint64_t stored_items(struct bench *b)
{
    uint64_t low = 0, high = (uint64_t)1 << 40;

    while (low < high) {
        uint64_t mid = low + (high - low) / 2;
        struct stored_item item;
        struct error err;
        bool found;

        arena_reset(b->a);
        must(store_get_item(b->s, b->a, (int64_t)mid + 1, &item, &found, &err),
             &err);
        if (found)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static void open_sources(struct bench *b)
{
    struct error err;

    for (int i = 0; i < SOURCES; i++) {
        struct source_row row = {.state = SOURCE_OK};

        row.id = arena_printf(b->scratch, "https://s.example/%d/feed", i);
        must(store_put_source(b->s, &row, &err), &err);
        b->sources[i] = row.rowid;
        b->names[i] = row.id;
    }
}

static double per(double took, long n)
{
    return n == 0 ? 0 : took / (double)n;
}

static void show(enum kind kind, const struct took *t, const struct took *blind)
{
    long n = t->n[0] + t->n[1];
    double base = per(blind->put[0] + blind->commit, blind->n[0]);
    double commit = per(t->commit, n);

    printf("%-8s sketch %6.1f  put %6.1f  commit %6.1f", kind_names[kind],
           per(t->sketch, n), per(t->put[0] + t->put[1], n), commit);
    if (kind != BLIND && t->n[0] > 0)
        printf("  more, alone %6.1f", per(t->put[0], t->n[0]) + commit - base);
    if (kind != BLIND && t->n[1] > 0)
        printf("  more, asked %6.1f", per(t->put[1], t->n[1]) + commit - base);
    printf("  asked %5.1f\n", 100 * per((double)t->n[1], n));
}

int main(int argc, char **argv)
{
    struct story_judge judge = story_judge;
    struct bench b = {.a = arena_new(0), .scratch = arena_new(0)};
    struct arena *names = b.scratch;
    struct took took[KINDS];
    uint64_t stored, more, full;
    struct error err;

    if (argc != 4)
        return 2;
    full = strtoull(argv[2], NULL, 10);
    more = strtoull(argv[3], NULL, 10);
    judge.join = join;
    b.z = squeezer_new();
    b.s = store_open(argv[1], &err);
    must(b.s != NULL, &err);
    store_use_judge(b.s, &judge);
    open_sources(&b);
    b.scratch = arena_new(0);
    stored = stored_items(&b);
    while (stored < full) {
        uint64_t end =
            stored + FILLED_SHOW < full ? stored + FILLED_SHOW : full;

        (void)put_all(&b, NEW, stored, end);
        stored = end;
        fprintf(stderr, "%llu filled, %.0f s, %ld MB\n",
                (unsigned long long)stored, cpu() / 1e6, memory());
    }
    printf("%llu stored\n", (unsigned long long)stored);
    for (int kind = 0; kind < KINDS; kind++, stored += more) {
        took[kind] = put_all(&b, (enum kind)kind, stored, stored + more);
        show((enum kind)kind, &took[kind], &took[BLIND]);
    }
    printf("%ld MB\n", memory());
    store_close(b.s);
    squeezer_free(b.z);
    arena_free(b.scratch);
    arena_free(names);
    arena_free(b.a);
    return 0;
}
