/*
 * dump_blocks FILE...: the blocks of pages with their features, for
 * script/train-body.  A page is one line of JSON:
 *     {"file": ..., "names": [...], "blocks": [[text, feature, ...], ...]}
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/json_out.h"
#include "extract/blocks.h"
#include "extract/extract.h"
#include "extract/fields.h"
#include "extract/page_features.h"
#include "extract/page_state.h"

static bool read_file(const char *path, struct buf *out)
{
    FILE *f = fopen(path, "rb");
    char chunk[65536];
    size_t n;

    buf_reset(out);
    if (f == NULL)
        return false;
    while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
        buf_add(out, chunk, n);
    fclose(f);
    return true;
}

static void print_string(struct str s)
{
    putchar('"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c == '"' || c == '\\')
            printf("\\%c", c);
        else if (c < 0x20)
            printf("\\u%04x", c);
        else
            putchar(c);
    }
    putchar('"');
}

static void print_page(struct page_context *ctx, const char *file)
{
    struct feature_reader *reader = features_open(ctx);

    printf("{\"file\":");
    print_string(str_from_c(file));
    printf(",\"names\":[");
    for (int k = 0; k < FEATURES; k++)
        printf(k > 0 ? ",\"%s\"" : "\"%s\"", feature_name((enum feature)k));
    printf("],\"blocks\":[");
    for (size_t i = 0; i < ctx->blocks.n; i++) {
        const float *row = features_next(reader);

        printf(i > 0 ? ",[" : "[");
        print_string(ctx->blocks.at[i].text);
        for (int k = 0; k < FEATURES; k++)
            printf(",%.9g", (double)row[k]);
        putchar(']');
    }
    printf("]}\n");
}

static void dump(const char *file, struct str bytes)
{
    struct arena *a = arena_new(0);
    struct decode_hints decode_hints = {.type = STR("text/html")};
    struct page_hints hints = {.url = STR_NONE};
    struct document doc;
    struct notes notes = {0};
    struct error err = {0};
    struct page_context ctx = {
        .a = a, .scratch = a, .doc = &doc, .hints = &hints, .notes = &notes};

    if (document_decode(a, bytes, &decode_hints, &doc, &err)) {
        struct page_tree *tree = html_parse(a, doc.text, &notes);

        noscript_show(tree);
        ctx.tree = tree;
        blocks_of_tree(&ctx);
        ctx.meta = page_meta_read(&ctx);
        repeats_mark(&ctx);
        print_page(&ctx, file);
    }
    arena_free(a);
}

int main(int argc, char **argv)
{
    struct buf bytes;

    buf_init(&bytes, BUF_MAX);
    for (int i = 1; i < argc; i++)
        if (read_file(argv[i], &bytes))
            dump(argv[i], buf_str(&bytes));
    buf_done(&bytes);
    return EXIT_SUCCESS;
}
