/*
 * dump_rifts: the joints of pages with what speaks for another article at each, for
 * script/train-rifts.  A line of standard input is a page: its file and the titles of
 * the articles on it, with tabs between.  Each joint is a line of output: the file,
 * 1 if one of these titles stands there, and the evidence, with tabs between; each is
 * weighed against the article that the last such joint opened.  The first line names
 * the evidence.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "extract/blocks.h"
#include "extract/extract.h"
#include "extract/fields.h"
#include "extract/page_model.h"
#include "extract/page_rifts.h"
#include "extract/page_state.h"

#define LINE_BYTES  65536
#define MOST_TITLES 16

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

static bool is_title(const struct page_context *ctx, const struct joint *j,
                     const struct str *titles, size_t n)
{
    struct str text =
        j->title_text.n > 0 ? j->title_text : ctx->blocks.at[j->title].text;

    for (size_t i = 0; i < n; i++)
        if (str_ends(text, titles[i]))
            return true;
    return false;
}

static void print_joints(struct page_context *ctx, const char *file,
                         const struct str *titles, size_t n_titles)
{
    struct joints js = {0};
    struct numbereds labels = {0};
    struct rifts r;
    size_t first = 0;
    double of[N_RIFT];

    joints_find(ctx, &js, &labels);
    joints_find_signs(ctx, &js);
    rifts_open(ctx, &js, &r);
    for (size_t k = 0; k < js.n; k++) {
        bool is_one = is_title(ctx, &js.at[k], titles, n_titles);

        if (rifts_can_part(ctx, &js.at[k], first)) {
            rifts_weigh(&r, k, first, -1e9, of);
            printf("%s\t%d", file, is_one);
            for (size_t e = 0; e < N_RIFT; e++)
                printf("\t%.4g", of[e]);
            putchar('\n');
        }
        if (is_one)
            first = js.at[k].title;
    }
}

static void dump(const char *file, struct str bytes, const struct str *titles,
                 size_t n_titles)
{
    struct arena *a = arena_new(0), *scratch = arena_new(0);
    bool is_text = strstr(file, ".txt") != NULL;
    struct decode_hints decode_hints = {.type = is_text ? STR("text/plain")
                                                        : STR("text/html")};
    struct page_hints hints = {.url = STR_NONE};
    struct document doc;
    struct notes notes = {0};
    struct error err = {0};
    struct page_context ctx = {.a = a,
                               .scratch = scratch,
                               .doc = &doc,
                               .hints = &hints,
                               .notes = &notes};

    if (document_decode(a, bytes, &decode_hints, &doc, &err)) {
        if (is_text) {
            blocks_of_text(&ctx, doc.text);
        } else {
            struct page_tree *tree = html_parse(a, doc.text, &notes);

            noscript_show(tree);
            ctx.tree = tree;
            blocks_of_tree(&ctx);
        }
        ctx.meta = page_meta_read(&ctx);
        repeats_mark(&ctx);
        if (!is_text)
            body_judge(&ctx);
        ctx.is_flat = blocks_are_flat(&ctx);
        chaff_mark(&ctx);
        print_joints(&ctx, file, titles, n_titles);
    }
    arena_free(scratch);
    arena_free(a);
}

int main(void)
{
    static char line[LINE_BYTES];
    struct buf bytes;

    printf("file\tis_one");
    for (int e = 0; e < N_RIFT; e++)
        printf("\t%s", rifts_evidence_name((enum rift_evidence)e));
    putchar('\n');
    buf_init(&bytes, BUF_MAX);
    while (fgets(line, sizeof line, stdin) != NULL) {
        struct str titles[MOST_TITLES];
        size_t n = 0;

        line[strcspn(line, "\n")] = '\0';
        for (char *tab = strchr(line, '\t'); tab != NULL && n < MOST_TITLES;
             tab = strchr(tab + 1, '\t')) {
            *tab = '\0';
            titles[n].p = tab + 1;
            titles[n++].n = strcspn(tab + 1, "\t");
        }
        if (read_file(line, &bytes))
            dump(line, buf_str(&bytes), titles, n);
    }
    buf_done(&bytes);
    return EXIT_SUCCESS;
}
