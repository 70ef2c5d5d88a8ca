/*
 * Runs a fuzz target without libFuzzer:
 *
 *     fuzz_X [-s SECONDS] FILE|FOLDER...
 *
 * Every file whole first, then prefixes and copies with flipped bytes, chosen by
 * a generator with a fixed seed, in turns over the files until the time is up.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"
#include "fuzz/fuzz.h"

#define SEED_MAX ((size_t)1 << 20)

struct seeds {
    struct str *at;
    size_t n, cap;
};

static void add_file(struct arena *a, struct seeds *seeds, const char *path)
{
    FILE *f = fopen(path, "rb");
    char *bytes = arena_alloc(a, SEED_MAX);
    size_t n;

    if (f == NULL) {
        perror(path);
        exit(2);
    }
    n = fread(bytes, 1, SEED_MAX, f);
    fclose(f);
    *vec_add(a, seeds) = arena_str(a, str_of(bytes, n));
}

static void add_path(struct arena *a, struct seeds *seeds, const char *path)
{
    struct dirent **names;
    struct stat st;
    int n;

    if (stat(path, &st) != 0)
        return;
    if (!S_ISDIR(st.st_mode)) {
        add_file(a, seeds, path);
        return;
    }
    n = scandir(path, &names, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        struct str file = arena_printf(a, "%s/%s", path, names[i]->d_name);

        if (names[i]->d_name[0] != '.' && stat(file.p, &st) == 0 &&
            S_ISREG(st.st_mode))
            add_file(a, seeds, file.p);
        free(names[i]);
    }
    if (n >= 0)
        free(names);
}

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* A heap copy of its exact size, so that sanitizers see a step too far. */
static void run(struct str s)
{
    uint8_t *copy = malloc(s.n == 0 ? 1 : s.n);

    if (copy == NULL)
        exit(2);
    memcpy(copy, s.p, s.n);
    LLVMFuzzerTestOneInput(copy, s.n);
    free(copy);
}

static void run_mutated(struct str seed, uint64_t *random)
{
    struct buf b;
    size_t flips = next_random(random) % 4;

    buf_init(&b, SEED_MAX);
    if (seed.n > 0 && next_random(random) % 2 == 0)
        seed = str_slice(seed, 0, next_random(random) % seed.n);
    buf_add_str(&b, seed);
    for (size_t i = 0; i < flips && b.n > 0; i++)
        b.p[next_random(random) % b.n] = (char)next_random(random);
    run(buf_str(&b));
    buf_done(&b);
}

static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new(0);
    struct seeds seeds = {0};
    double end = seconds() + 1;
    uint64_t random = 88172645463325252u;
    size_t runs = 0;
    int first = 1;

    if (argc > 2 && strcmp(argv[1], "-s") == 0) {
        end = seconds() + strtod(argv[2], NULL);
        first = 3;
    }
    for (int i = first; i < argc; i++)
        add_path(a, &seeds, argv[i]);
    if (seeds.n == 0) {
        fputs("fuzz: no seeds\n", stderr);
        return 2;
    }
    for (size_t i = 0; i < seeds.n; i++, runs++)
        run(seeds.at[i]);
    while (seconds() < end)
        for (size_t i = 0; i < seeds.n && seconds() < end; i++, runs++)
            run_mutated(seeds.at[i], &random);
    printf("%zu seeds, %zu runs\n", seeds.n, runs);
    arena_free(a);
    return 0;
}
