/*
 * Feed to drafts, next to bare libxml2 SAX2 over the same bytes in the same run:
 *
 *     parse_only [-n ROUNDS] FILE...
 *
 * Each round reads every file with one and then the other; the best round of
 * each counts.  "drafts" is decoding and parsing, nothing cleaned or printed;
 * "sax2" is a push parser whose handlers do nothing.  JSON files are left out of
 * both.  Prints MB/s, the ratio, and the most memory a reader held.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <libxml/parser.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "decode/decode.h"
#include "parse/parse.h"

#define CHUNK ((size_t)64 << 10)

struct file {
    const char *path;
    char *bytes;
    size_t n;
};

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool load(struct file *f)
{
    FILE *in = fopen(f->path, "rb");
    long size;

    if (in == NULL)
        return false;
    fseek(in, 0, SEEK_END);
    size = ftell(in);
    rewind(in);
    if (size <= 0) {
        fclose(in);
        return false;
    }
    f->bytes = malloc((size_t)size);
    f->n = fread(f->bytes, 1, (size_t)size, in);
    fclose(in);
    return true;
}

/* ---- bare SAX2 ---- */

static size_t events;

static void on_start(void *ctx, const xmlChar *name, const xmlChar *prefix,
                     const xmlChar *uri, int n_spaces, const xmlChar **spaces,
                     int n, int n_defaulted, const xmlChar **attrs)
{
    (void)ctx, (void)name, (void)prefix, (void)uri, (void)n_spaces;
    (void)spaces, (void)n, (void)n_defaulted, (void)attrs;
    events++;
}

static void on_end(void *ctx, const xmlChar *name, const xmlChar *prefix,
                   const xmlChar *uri)
{
    (void)ctx, (void)name, (void)prefix, (void)uri;
    events++;
}

static void on_text(void *ctx, const xmlChar *text, int n)
{
    (void)ctx, (void)text;
    events += (size_t)n;
}

static void sax2(const struct file *f)
{
    xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC,
                             .startElementNs = on_start,
                             .endElementNs = on_end,
                             .characters = on_text,
                             .cdataBlock = on_text};
    xmlParserCtxtPtr x =
        xmlCreatePushParserCtxt(&handler, NULL, NULL, 0, f->path);

    xmlCtxtUseOptions(x, XML_PARSE_RECOVER | XML_PARSE_NOERROR |
                             XML_PARSE_NOWARNING | XML_PARSE_NONET);
    for (size_t i = 0; i < f->n; i += CHUNK)
        xmlParseChunk(x, f->bytes + i,
                      (int)(f->n - i < CHUNK ? f->n - i : CHUNK), 0);
    xmlParseChunk(x, NULL, 0, 1);
    if (x->myDoc != NULL)
        xmlFreeDoc(x->myDoc);
    xmlFreeParserCtxt(x);
}

/* ---- drafts ---- */

static size_t entries, memory;
static struct feed_reader *reading;

static void on_entry(void *ctx, const struct draft *draft)
{
    size_t held = feed_reader_memory(reading);

    (void)ctx;
    (void)draft;
    entries++;
    if (held > memory)
        memory = held;
}

static void drafts(const struct file *f)
{
    struct feed_hints hints = {.url = STR("http://example.org/feed.xml")};
    struct feed_sink sink = {on_entry, NULL, NULL};
    struct decode_hints how = {.max_bytes = (size_t)1 << 30};
    struct arena *a = arena_new(0);
    struct notes notes = {0};
    struct decoder *d = decoder_new(&how, a, &notes);
    struct feed_reader *r;
    struct error err;
    struct buf text;
    bool ok = true;

    buf_init(&text, BUF_MAX);
    r = reading = feed_reader_new(&hints, &sink);
    for (size_t i = 0; ok && i < f->n; i += CHUNK) {
        struct str part =
            str_of(f->bytes + i, f->n - i < CHUNK ? f->n - i : CHUNK);

        buf_reset(&text);
        ok = decoder_push(d, part, &text, &err) &&
             feed_reader_push(r, buf_str(&text), &err);
    }
    buf_reset(&text);
    ok = ok && decoder_finish(d, &text, &err) &&
         feed_reader_push(r, buf_str(&text), &err) &&
         feed_reader_finish(r, &err);
    (void)ok;
    feed_reader_free(r);
    decoder_free(d);
    buf_done(&text);
    arena_free(a);
}

static double measure(void (*read)(const struct file *), struct file *files,
                      size_t n, double best)
{
    double start = now(), took;

    for (size_t i = 0; i < n; i++)
        read(&files[i]);
    took = now() - start;
    return took < best ? took : best;
}

static bool is_json(const struct file *f)
{
    size_t i = 0;

    while (i < f->n && (f->bytes[i] == ' ' || f->bytes[i] == '\n'))
        i++;
    return i < f->n && f->bytes[i] == '{';
}

int main(int argc, char **argv)
{
    struct file *files = calloc((size_t)argc, sizeof *files);
    double best_sax2 = 1e9, best_drafts = 1e9, megabytes;
    size_t n = 0, bytes = 0;
    long rounds = 5;
    int i = 1;

    if (argc > 2 && strcmp(argv[1], "-n") == 0) {
        rounds = strtol(argv[2], NULL, 10);
        i = 3;
    }
    for (; i < argc; i++) {
        files[n].path = argv[i];
        if (!load(&files[n]) || is_json(&files[n]))
            continue;
        bytes += files[n++].n;
    }
    if (n == 0) {
        fprintf(stderr, "usage: parse_only [-n ROUNDS] FILE...\n");
        return 2;
    }
    megabytes = (double)bytes / 1e6;
    for (long k = 0; k < rounds; k++) {
        best_sax2 = measure(sax2, files, n, best_sax2);
        best_drafts = measure(drafts, files, n, best_drafts);
    }
    printf("%zu feeds, %.1f MB, %zu entries\n", n, megabytes,
           entries / (size_t)rounds);
    printf("sax2    %8.1f MB/s\n", megabytes / best_sax2);
    printf("drafts  %8.1f MB/s   %.2f of sax2\n", megabytes / best_drafts,
           best_sax2 / best_drafts);
    printf("memory  %8.1f KB held at most by a reader\n",
           (double)memory / 1024);
    for (size_t k = 0; k < n; k++)
        free(files[k].bytes);
    free(files);
    return 0;
}
