/*
 * What it costs to write an edition:
 *
 *     bench_write [ENTRIES [ROUNDS]]
 *
 * makes an edition of ENTRIES (10,000) made-up articles in memory, the same at
 * every run, and writes it ROUNDS (7) times with every writer of formats.def.
 * Articles have 200 to 3,000 characters of text, one in three of them Chinese,
 * with markup, two tags, an author and a picture; one in five has an attachment,
 * one in ten another report, and one in four is an excerpt.  Prints the bytes of
 * each file and MB/s of output in CPU time: the median, and the slowest round.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"
#include "publish/publish.h"

#define NOW        ((int64_t)1731544200)
#define MAX_ROUNDS 99
#define WRITE_MAX  ((size_t)1 << 30)

static uint64_t seed = 1;

static uint64_t next(uint64_t below)
{
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    return (seed >> 33) % below;
}

static void add_word(struct buf *b, bool is_han)
{
    static const char *const han[] = {"模型", "发布", "公司", "开源", "研究者",
                                      "推理", "成本", "昨天", "测试", "芯片"};
    static const char *const latin[] = {
        "model", "the",  "of",       "released", "AT&T",
        "costs", "said", "\"open\"", "weights",  "yesterday"};

    buf_add_str(b, str_from_c(is_han ? han[next(10)] : latin[next(10)]));
    if (!is_han)
        buf_add_char(b, ' ');
}

static struct str prose(struct arena *a, size_t words, bool is_han)
{
    struct buf b;
    struct str s;

    buf_init(&b, BUF_MAX);
    for (size_t i = 0; i < words; i++)
        add_word(&b, is_han);
    s = buf_keep(&b, a);
    buf_done(&b);
    return s;
}

/* Paragraphs as clean/ leaves them: escaped, with a link in each. */
static struct str markup(struct arena *a, size_t paragraphs, bool is_han)
{
    struct buf b;
    struct str s;

    buf_init(&b, BUF_MAX);
    for (size_t i = 0; i < paragraphs; i++) {
        buf_printf(&b,
                   "<p>Report %zu &amp; <a href=\"https://example.org/%zu\">",
                   i, i);
        add_word(&b, is_han);
        buf_add_str(&b, STR("</a> "));
        for (size_t k = 0; k < 40; k++)
            add_word(&b, is_han);
        buf_add_str(&b, STR("</p>\n"));
    }
    s = buf_keep(&b, a);
    buf_done(&b);
    return s;
}

static struct item *make_item(struct arena *a, size_t i)
{
    struct item *item = arena_array(a, 1, sizeof *item);
    bool is_han = i % 3 == 0;

    item->url = arena_printf(a, "https://example.org/news/%zu?a=1&b=2", i);
    item->guid = item->url;
    item->title = prose(a, 8, is_han);
    item->html = markup(a, 1 + next(12), is_han);
    item->summary = prose(a, 30, is_han);
    item->language = is_han ? STR("zh-Hans") : STR("en");
    item->image = arena_printf(a, "https://example.org/img/%zu.jpg", i);
    *vec_add(a, &item->authors) = (struct person){.name = prose(a, 2, false)};
    *vec_add(a, &item->tags) = STR("models");
    *vec_add(a, &item->tags) = STR("chips & boards");
    if (i % 5 == 0)
        *vec_add(a, &item->attachments) =
            (struct link){.href = STR("https://example.org/a.mp3"),
                          .type = STR("audio/mpeg"),
                          .length = 12345678};
    return item;
}

static void make_entry(struct arena *a, size_t i, struct entry *e)
{
    static const struct alternate copy = {
        STR_INIT("https://example.net/copy"), STR_INIT("The same & a copy"),
        STR_INIT("Example Net"), STR_INIT("same-text")};
    struct item *item = make_item(a, i);

    *e = (struct entry){
        .atom_id = item->url,
        .item = item,
        .title = item->title,
        .published = {.unix_seconds = NOW - (int64_t)i * 600,
                      .zone_minutes = 480,
                      .precision = WHEN_MINUTE},
        .source_name = STR("Example Tech"),
        .source_url = STR("https://example.org/feed.xml"),
        .excerpt = i % 4 == 0,
    };
    e->updated = e->published;
    snprintf(e->short_id, sizeof e->short_id, "e%012zu", i % 1000000);
    if (i % 10 == 0) {
        e->alternates = &copy;
        e->n_alternates = 1;
    }
}

static double cpu(void)
{
    struct timespec t;

    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t) != 0)
        abort();
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int by_size(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;

    return a < b ? -1 : a > b;
}

/* The buffer has its size by the round before, as when a mill writes one topic
 * after another. */
static void measure(enum edition_format format, const struct edition *ed,
                    size_t rounds)
{
    double took[MAX_ROUNDS], megabytes;
    struct buf b;

    buf_init(&b, WRITE_MAX);
    edition_write(format, ed, &b, NULL);
    for (size_t i = 0; i < rounds; i++) {
        double before = cpu();

        buf_reset(&b);
        edition_write(format, ed, &b, NULL);
        took[i] = cpu() - before;
    }
    qsort(took, rounds, sizeof *took, by_size);
    megabytes = (double)b.n / 1e6;
    printf("%-12.*s %8.1f MB %8.0f MB/s   slowest %6.0f MB/s\n",
           STR_ARG(format_file(format)), megabytes,
           megabytes / took[rounds / 2], megabytes / took[rounds - 1]);
    buf_done(&b);
}

int main(int argc, char **argv)
{
    size_t n = argc > 1 ? strtoul(argv[1], NULL, 10) : 10000;
    size_t rounds = argc > 2 ? strtoul(argv[2], NULL, 10) : 7;
    struct arena *a = arena_new(0);
    struct entry *entries;
    struct edition ed = {
        .id = STR("urn:uuid:"
                  "6ba7b812-9dad-81d1-80b4-00c04fd430c8"),
        .topic_id = STR("models"),
        .title = STR("Models & chips"),
        .author = STR("The desk"),
        .language = STR("zh-Hans"),
        .base_url = STR("https://news.example.org/"),
        .updated = {.unix_seconds = NOW, .precision = WHEN_SECOND}};

    if (argc > 3 || n < 1 || rounds < 5 || rounds > MAX_ROUNDS) {
        fprintf(stderr, "usage: bench_write [ENTRIES [ROUNDS (5 to %d)]]\n",
                MAX_ROUNDS);
        return 2;
    }
    entries = arena_array(a, n, sizeof *entries);
    for (size_t i = 0; i < n; i++)
        make_entry(a, i, &entries[i]);
    ed.entries = entries;
    ed.n_entries = n;
    for (int f = 0; f < FORMAT_COUNT; f++)
        measure((enum edition_format)f, &ed, rounds);
    arena_free(a);
    return 0;
}
