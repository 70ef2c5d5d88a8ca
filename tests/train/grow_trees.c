/*
 * grow_trees ROWS FEATURES PAGES TREES LEAVES [DRAWING]: boosted trees (logistic loss)
 * for script/trees.py, which bins the features and names them.
 *
 * Standard input holds, in the machine's own order: for each row its FEATURES
 * bins (bytes below BINS), then for all rows the label (0 or 1) and what it
 * weighs (doubles, their mean 1), then the page each row is of (32-bit numbers
 * below PAGES).  Standard output gives the base of the sum, then a tree a line
 * of nodes: "F B YES NO" goes to node YES when feature F has at most bin B,
 * "-1 VALUE 0 0" is a leaf.
 *
 * A tree grows at the leaf whose best split gains most.  Each sees a sample of
 * the pages and of the features; of rows that are nearly settled one in five is
 * looked at, and counts for five.  DRAWING, 1 unless told, is what chance begins with.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BINS          64
#define RATE          0.06
#define LEAST_ROWS    15.0F /* of a leaf */
#define RIDGE         5.0   /* on leaves: a leaf of few rows says little */
#define PAGE_SHARE    0.7
#define FEATURE_SHARE 0.3
#define SETTLED_SHARE 0.8
#define SETTLED_TAKEN 5

/* Sums over the rows in one bin; the fourth makes it 16 bytes. */
struct cell {
    float g, h, n, unused;
};

struct node {
    int feature, bin; /* feature -1: a leaf */
    int yes, no;
    double value;
};

struct split {
    double gain;
    int feature, bin;
};

/* A leaf that may still be split. */
struct open {
    int node;
    uint32_t *rows;
    size_t n;
    struct cell *cells; /* [chosen feature][bin] */
    struct split best;
};

struct grower {
    size_t rows, features, pages, trees, leaves;
    uint8_t *bins;
    double *label, *weight;
    uint32_t *page;
    double *score;
    float *g, *h;
    int *chosen; /* features of this tree */
    size_t n_chosen;
    uint32_t *sample, *spare; /* rows of this tree */
    struct node *nodes;
    size_t n_nodes;
    uint64_t random;
};

static void *get(size_t n, size_t size)
{
    void *p = calloc(n + 1, size);

    if (p == NULL) {
        fprintf(stderr, "grow_trees: out of memory\n");
        exit(EXIT_FAILURE);
    }
    return p;
}

static void *take(size_t n, size_t size)
{
    void *p = get(n, size);

    if (fread(p, size, n, stdin) != n) {
        fprintf(stderr, "grow_trees: the input is too short\n");
        exit(EXIT_FAILURE);
    }
    return p;
}

/* 0 to 1 (splitmix64). */
static double next_random(struct grower *w)
{
    uint64_t z = w->random += 0x9E3779B97F4A7C15u;

    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return (double)((z ^ z >> 31) >> 11) / 9007199254740992.0;
}

/* ---- what a tree sees ---- */

static void choose_features(struct grower *w)
{
    size_t n = (size_t)((double)w->features * FEATURE_SHARE);

    for (size_t k = 0; k < w->features; k++)
        w->chosen[k] = (int)k;
    for (size_t k = 0; k < n; k++) {
        size_t other = k + (size_t)(next_random(w) * (double)(w->features - k));
        int swap = w->chosen[k];

        w->chosen[k] = w->chosen[other];
        w->chosen[other] = swap;
    }
    w->n_chosen = n;
}

/* The size of a gradient below which SETTLED_SHARE of the rows are. */
static double settled_limit(const struct grower *w, const unsigned char *seen)
{
    enum { STEPS = 4096 };
    static size_t counts[STEPS + 1];
    double most = 0;
    size_t all = 0, below = 0, k;

    memset(counts, 0, sizeof counts);
    for (size_t i = 0; i < w->rows; i++)
        if (seen[w->page[i]] && fabs((double)w->g[i]) > most)
            most = fabs((double)w->g[i]);
    for (size_t i = 0; i < w->rows; i++)
        if (seen[w->page[i]]) {
            /* Most are tiny: steps are even in the fourth root. */
            counts[(size_t)(sqrt(sqrt(fabs((double)w->g[i]) / most)) *
                            STEPS)]++;
            all++;
        }
    for (k = 0; k < STEPS && (double)below < (double)all * SETTLED_SHARE; k++)
        below += counts[k];
    return most * pow((double)k / STEPS, 4);
}

static size_t choose_rows(struct grower *w)
{
    unsigned char *seen = get(w->pages, 1);
    double limit;
    size_t n = 0;

    for (size_t k = 0; k < w->pages; k++)
        seen[k] = next_random(w) < PAGE_SHARE;
    limit = settled_limit(w, seen);
    for (size_t i = 0; i < w->rows; i++) {
        if (!seen[w->page[i]])
            continue;
        if (fabs((double)w->g[i]) < limit) {
            if (next_random(w) * SETTLED_TAKEN >= 1)
                continue;
            w->g[i] *= SETTLED_TAKEN;
            w->h[i] *= SETTLED_TAKEN;
        }
        w->sample[n++] = (uint32_t)i;
    }
    free(seen);
    return n;
}

/* ---- growing ---- */

static void fill_cells(const struct grower *w, struct open *o)
{
    o->cells = get(w->n_chosen * BINS, sizeof *o->cells);
    for (size_t r = 0; r < o->n; r++) {
        const uint8_t *bins = w->bins + (size_t)o->rows[r] * w->features;
        float g = w->g[o->rows[r]], h = w->h[o->rows[r]];

        for (size_t k = 0; k < w->n_chosen; k++) {
            struct cell *c = &o->cells[k * BINS + bins[w->chosen[k]]];

            c->g += g;
            c->h += h;
            c->n += 1;
        }
    }
}

static double worth(double g, double h)
{
    return g * g / (h + RIDGE);
}

static void find_split(const struct grower *w, struct open *o)
{
    o->best = (struct split){0, -1, 0};
    for (size_t k = 0; k < w->n_chosen; k++) {
        const struct cell *cells = &o->cells[k * BINS];
        double G = 0, H = 0, N = 0, g = 0, h = 0, n = 0;

        for (int b = 0; b < BINS; b++) {
            G += (double)cells[b].g;
            H += (double)cells[b].h;
            N += (double)cells[b].n;
        }
        for (int b = 0; b + 1 < BINS; b++) {
            double gain;

            g += (double)cells[b].g;
            h += (double)cells[b].h;
            n += (double)cells[b].n;
            if (n < (double)LEAST_ROWS || N - n < (double)LEAST_ROWS)
                continue;
            gain = worth(g, h) + worth(G - g, H - h) - worth(G, H);
            if (gain > o->best.gain)
                o->best = (struct split){gain, w->chosen[k], b};
        }
    }
}

static int add_leaf(struct grower *w, const struct open *o)
{
    double g = 0, h = 0;

    for (size_t r = 0; r < o->n; r++) {
        g += (double)w->g[o->rows[r]];
        h += (double)w->h[o->rows[r]];
    }
    w->nodes[w->n_nodes] =
        (struct node){.feature = -1, .value = -g / (h + RIDGE) * RATE};
    return (int)w->n_nodes++;
}

/* Splits O in two: its rows are parted in place, and the cells of the larger
 * half are what the smaller one leaves. */
static void split_open(struct grower *w, struct open *o, struct open *yes,
                       struct open *no)
{
    struct open *small, *large;
    size_t n = 0, m = 0;

    for (size_t r = 0; r < o->n; r++) {
        uint32_t row = o->rows[r];

        if (w->bins[(size_t)row * w->features + (size_t)o->best.feature] <=
            o->best.bin)
            o->rows[n++] = row;
        else
            w->spare[m++] = row;
    }
    memcpy(o->rows + n, w->spare, m * sizeof *w->spare);
    *yes = (struct open){.rows = o->rows, .n = n};
    *no = (struct open){.rows = o->rows + n, .n = m};
    small = n < m ? yes : no;
    large = n < m ? no : yes;
    fill_cells(w, small);
    large->cells = o->cells;
    for (size_t k = 0; k < w->n_chosen * BINS; k++) {
        large->cells[k].g -= small->cells[k].g;
        large->cells[k].h -= small->cells[k].h;
        large->cells[k].n -= small->cells[k].n;
    }
    yes->node = add_leaf(w, yes);
    no->node = add_leaf(w, no);
    w->nodes[o->node] = (struct node){.feature = o->best.feature,
                                      .bin = o->best.bin,
                                      .yes = yes->node,
                                      .no = no->node};
    find_split(w, yes);
    find_split(w, no);
}

static void grow_tree(struct grower *w, struct open *open)
{
    size_t n = 1;

    w->n_nodes = 0;
    open[0] = (struct open){.rows = w->sample, .n = choose_rows(w)};
    open[0].node = add_leaf(w, &open[0]);
    fill_cells(w, &open[0]);
    find_split(w, &open[0]);
    while (n < w->leaves) {
        size_t best = 0;
        struct open yes, no;

        for (size_t k = 1; k < n; k++)
            if (open[k].best.gain > open[best].best.gain)
                best = k;
        if (open[best].best.gain <= 1e-6)
            break;
        split_open(w, &open[best], &yes, &no);
        open[best] = yes;
        open[n++] = no;
    }
    for (size_t k = 0; k < n; k++)
        free(open[k].cells);
}

/* ---- boosting ---- */

static void find_gradients(struct grower *w)
{
    for (size_t i = 0; i < w->rows; i++) {
        double p = 1 / (1 + exp(-w->score[i]));

        w->g[i] = (float)(w->weight[i] * (p - w->label[i]));
        w->h[i] = (float)(w->weight[i] * p * (1 - p));
    }
}

static void add_scores(struct grower *w)
{
    for (size_t i = 0; i < w->rows; i++) {
        const uint8_t *bins = w->bins + i * w->features;
        const struct node *n = w->nodes;

        while (n->feature >= 0)
            n = &w->nodes[bins[n->feature] <= n->bin ? n->yes : n->no];
        w->score[i] += n->value;
    }
}

static void print_tree(const struct grower *w)
{
    for (size_t k = 0; k < w->n_nodes; k++) {
        const struct node *n = &w->nodes[k];

        if (n->feature < 0)
            printf("-1 %.9g 0 0 ", n->value);
        else
            printf("%d %d %d %d ", n->feature, n->bin, n->yes, n->no);
    }
    putchar('\n');
}

static void boost(struct grower *w)
{
    struct open *open = get(w->leaves, sizeof *open);
    double yes = 0, no = 0, base;

    for (size_t i = 0; i < w->rows; i++) {
        yes += w->weight[i] * w->label[i];
        no += w->weight[i] * (1 - w->label[i]);
    }
    base = log(yes / no);
    printf("%.9g\n", base);
    for (size_t i = 0; i < w->rows; i++)
        w->score[i] = base;
    for (size_t k = 0; k < w->trees; k++) {
        find_gradients(w);
        choose_features(w);
        grow_tree(w, open);
        add_scores(w);
        print_tree(w);
    }
    free(open);
}

static size_t number(const char *s)
{
    return (size_t)strtoul(s, NULL, 10);
}

int main(int argc, char **argv)
{
    struct grower w = {.random = 1};

    if (argc != 6 && argc != 7) {
        fprintf(stderr, "usage: grow_trees ROWS FEATURES PAGES TREES LEAVES "
                        "[DRAWING]\n");
        return EXIT_FAILURE;
    }
    w.rows = number(argv[1]);
    w.features = number(argv[2]);
    w.pages = number(argv[3]);
    w.trees = number(argv[4]);
    w.leaves = number(argv[5]);
    if (argc == 7)
        w.random = number(argv[6]);
    w.bins = take(w.rows * w.features, 1);
    w.label = take(w.rows, sizeof *w.label);
    w.weight = take(w.rows, sizeof *w.weight);
    w.page = take(w.rows, sizeof *w.page);
    w.score = get(w.rows, sizeof *w.score);
    w.g = get(w.rows, sizeof *w.g);
    w.h = get(w.rows, sizeof *w.h);
    w.chosen = get(w.features, sizeof *w.chosen);
    w.sample = get(w.rows, sizeof *w.sample);
    w.spare = get(w.rows, sizeof *w.spare);
    w.nodes = get(2 * w.leaves, sizeof *w.nodes);
    boost(&w);
    return EXIT_SUCCESS;
}
