/*
 * What a page costs beyond its tree, in one process over the same pages:
 *
 *     page_cost [-n ROUNDS] FILE...
 *
 * "tree" decodes a page and has the HTML parser build our tree, then stops;
 * "extract" is all that `feedmill extract` does: decoding, tree, every field,
 * cleaning, JSON.  Each round goes over all pages with one and then the other;
 * the ratio is the median of the rounds' own ratios.  Prints CPU milliseconds a
 * page and the most memory the process held, pages included one at a time.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "decode/decode.h"
#include "mill/mill.h"
#include "publish/publish.h"

#define ROUNDS_MAX 99
#define PAGE_MAX   ((size_t)16 << 20)
/* Pages are read as a mill reads them: the time of fetching is known. */
#define FETCHED 1764000000

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool load(const char *path, struct buf *to)
{
    FILE *in = fopen(path, "rb");
    char *room = buf_room(to, PAGE_MAX);

    if (in == NULL || room == NULL)
        return false;
    to->n = fread(room, 1, PAGE_MAX, in);
    fclose(in);
    return to->n > 0;
}

static void tree(struct arena *a, struct str bytes)
{
    struct decode_hints hints = {.max_bytes = 0};
    struct notes notes = {0};
    struct document doc;
    struct error err;

    if (document_decode(a, bytes, &hints, &doc, &err) &&
        (doc.kind == DOC_HTML || doc.kind == DOC_XML))
        (void)html_parse(a, doc.text, &notes);
}

static void extract(struct arena *a, struct str bytes)
{
    struct line_input in = {.url = STR("https://example.org/news/page.html"),
                            .bytes = bytes,
                            .as = LINE_PAGE,
                            .when = {.now = FETCHED}};
    struct line_result result;
    struct document_print print = {.file = STR("page")};
    struct error err;
    struct buf out;

    if (!line_run(a, &in, NULL, NULL, &result, &err))
        return;
    print.kind = result.kind;
    print.charset = result.charset;
    print.charset_from = charset_from_name(result.charset_from);
    print.items = result.items;
    print.n_items = result.n_items;
    print.notes = &result.notes;
    print.title = result.page.title;
    buf_init(&out, BUF_MAX);
    document_write_json(&print, &out);
    buf_done(&out);
}

/* CPU seconds of a round over all pages; reading the files does not count. */
static double measure(void (*read)(struct arena *, struct str), char **paths,
                      int n)
{
    struct arena *a = arena_new(0);
    double took = 0;
    struct buf page;

    buf_init(&page, BUF_MAX);
    for (int i = 0; i < n; i++) {
        double start;

        buf_reset(&page);
        if (!load(paths[i], &page)) {
            fprintf(stderr, "page_cost: cannot read %s\n", paths[i]);
            exit(1);
        }
        start = now();
        read(a, buf_str(&page));
        arena_reset(a);
        took += now() - start;
    }
    buf_done(&page);
    arena_free(a);
    return took;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static double median(double *at, long n)
{
    qsort(at, (size_t)n, sizeof *at, by_size);
    return at[n / 2];
}

int main(int argc, char **argv)
{
    double trees[ROUNDS_MAX], wholes[ROUNDS_MAX], ratios[ROUNDS_MAX];
    struct rusage usage;
    double ratio;
    long rounds = 5;
    int from = 1, n;

    if (argc > 2 && strcmp(argv[1], "-n") == 0) {
        rounds = strtol(argv[2], NULL, 10);
        from = 3;
    }
    n = argc - from;
    if (n <= 0 || rounds < 1 || rounds > ROUNDS_MAX) {
        fprintf(stderr, "usage: page_cost [-n ROUNDS] FILE...\n");
        return 2;
    }
    for (long k = 0; k < rounds; k++) {
        trees[k] = measure(tree, argv + from, n);
        wholes[k] = measure(extract, argv + from, n);
        ratios[k] = wholes[k] / trees[k];
    }
    getrusage(RUSAGE_SELF, &usage);
    ratio = median(ratios, rounds); /* and they are in order */
    printf("%d pages, median of %ld rounds\n", n, rounds);
    printf("tree    %7.2f ms a page\n", 1e3 * median(trees, rounds) / n);
    printf("extract %7.2f ms a page   %.2f of tree (%.2f to %.2f)\n",
           1e3 * median(wholes, rounds) / n, ratio, ratios[0],
           ratios[rounds - 1]);
    printf("peak    %7.1f MB\n", (double)usage.ru_maxrss / 1024);
    return 0;
}
