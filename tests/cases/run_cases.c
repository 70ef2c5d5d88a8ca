/*
 * Runs a command of feedmill on every file of tests/cases and compares what it
 * prints with the file beside it; README.md says how the folder is read.
 *
 *     run_cases [--update] FEEDMILL CASES [WORD]
 *
 * WORD picks the cases whose path has it.  --update writes the expectations
 * instead, and removes none.  Status 1 when a case fails, 2 when it cannot run.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/vec.h"
#include "sys/file.h"

#define OUTPUT_MAX ((size_t)64 << 20)

static const struct command {
    const char *name, *pretty; /* the option for people, or NULL */
    struct str ending;         /* of the expectation */
} commands[] = {
    {"parse", "--pretty", STR_INIT(".json")},
    {"extract", "--pretty", STR_INIT(".json")},
    {"charset", NULL, STR_INIT(".out")},
};

struct run {
    const char *program, *cases, *word;
    bool update;
    int ran, failed, written;
};

static void die(const char *what, const char *where)
{
    fprintf(stderr, "run_cases: %s %s: %s\n", what, where, strerror(errno));
    exit(2);
}

static struct str read_whole(struct arena *a, const char *path)
{
    struct error err;
    struct buf b;
    struct str out;

    buf_init(&b, OUTPUT_MAX);
    if (!file_read(path, &b, &err)) {
        fprintf(stderr, "run_cases: %s: %s\n", path, err.text);
        exit(2);
    }
    out = buf_keep(&b, a);
    buf_done(&b);
    return out;
}

static void read_fd(FILE *f, struct buf *out)
{
    char part[4096];
    size_t n;

    rewind(f);
    while ((n = fread(part, 1, sizeof part, f)) > 0)
        buf_add(out, part, n);
    fclose(f);
}

static void child(const char *program, char *const *args, const char *folder,
                  FILE *out, FILE *errors)
{
    if (chdir(folder) != 0 || dup2(fileno(out), 1) < 0 ||
        dup2(fileno(errors), 2) < 0)
        _exit(126);
    execv(program, args);
    _exit(127);
}

/* What the command prints, and how it ends unless that is well. */
static struct str output_of(struct arena *a, const struct run *run,
                            char *const *args, const char *folder)
{
    FILE *out = tmpfile(), *errors = tmpfile();
    struct buf b;
    struct str text;
    int status = 0;
    pid_t pid;

    if (out == NULL || errors == NULL)
        die("cannot make", "a temporary file");
    fflush(NULL);
    pid = fork();
    if (pid == 0)
        child(run->program, args, folder, out, errors);
    if (pid < 0 || waitpid(pid, &status, 0) < 0)
        die("cannot run", run->program);
    buf_init(&b, OUTPUT_MAX);
    read_fd(out, &b);
    read_fd(errors, &b);
    if (WIFSIGNALED(status))
        buf_printf(&b, "signal %d\n", WTERMSIG(status));
    else if (WEXITSTATUS(status) != 0)
        buf_printf(&b, "status %d\n", WEXITSTATUS(status));
    text = buf_keep(&b, a);
    buf_done(&b);
    return text;
}

/* The first line that differs, and how many are on either side. */
static void print_difference(const char *path, struct str want, struct str got)
{
    struct str a, b;
    bool more_a, more_b;
    int line = 0;

    do {
        a = b = STR_NONE;
        more_a = str_split(&want, '\n', &a);
        more_b = str_split(&got, '\n', &b);
        line++;
    } while (more_a && more_b && str_eq(a, b));
    printf("%s:%d: differs\n  expected: %.*s\n  printed:  %.*s\n", path, line,
           STR_ARG(a), STR_ARG(b));
}

static void check(struct run *run, struct arena *a, const char *expected,
                  struct str got)
{
    struct error err;
    bool changed = false;
    struct str want;

    if (run->update) {
        if (!file_replace(expected, got, &changed, &err)) {
            fprintf(stderr, "run_cases: %s: %s\n", expected, err.text);
            exit(2);
        }
        if (changed) {
            printf("%s: written\n", expected);
            run->written++;
        }
        return;
    }
    if (!file_exists(expected)) {
        printf("%s: missing; write it with --update\n", expected);
        run->failed++;
        return;
    }
    want = read_whole(a, expected);
    if (!str_eq(want, got)) {
        print_difference(expected, want, got);
        run->failed++;
    }
}

static char *word(struct arena *a, struct str s)
{
    char *copy = arena_alloc(a, s.n + 1);

    memcpy(copy, s.p, s.n);
    return copy;
}

static void run_case(struct run *run, const struct command *c,
                     const char *folder, struct str name)
{
    struct arena *a = arena_new(0);
    struct str path = arena_printf(a, "%s/%.*s", folder, STR_ARG(name));
    struct str args_path = arena_cat(a, path, STR(".args"));
    struct str more = STR_NONE, line;
    VEC(char *) args = {0};

    *vec_add(a, &args) = word(a, STR("feedmill"));
    *vec_add(a, &args) = word(a, str_from_c(c->name));
    if (c->pretty != NULL)
        *vec_add(a, &args) = word(a, str_from_c(c->pretty));
    if (file_exists(args_path.p))
        more = read_whole(a, args_path.p);
    while (str_split(&more, '\n', &line))
        if (line.n > 0)
            *vec_add(a, &args) = word(a, line);
    *vec_add(a, &args) = word(a, name);
    *vec_add(a, &args) = NULL;
    run->ran++;
    check(run, a, arena_cat(a, path, c->ending).p,
          output_of(a, run, args.at, folder));
    arena_free(a);
}

/* Expectations and arguments are files that belong to another. */
static bool is_input(struct arena *a, const char *folder, struct str name)
{
    static const struct str endings[] = {STR_INIT(".json"), STR_INIT(".out"),
                                         STR_INIT(".args")};

    if (str_ends(name, STR(".md")))
        return false;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        struct str of = str_slice(name, 0, name.n - endings[i].n);

        if (str_ends(name, endings[i]) &&
            file_exists(arena_printf(a, "%s/%.*s", folder, STR_ARG(of)).p))
            return false;
    }
    return true;
}

static void run_folder(struct run *run, const struct command *c)
{
    struct arena *a = arena_new(0);
    const char *folder = arena_printf(a, "%s/%s", run->cases, c->name).p;
    struct str *names;
    struct error err;
    size_t n;

    if (!file_is_dir(folder))
        goto done;
    if (!file_list(a, folder, &names, &n, &err)) {
        fprintf(stderr, "run_cases: %s: %s\n", folder, err.text);
        exit(2);
    }
    for (size_t i = 0; i < n; i++) {
        struct str path =
            arena_printf(a, "%s/%.*s", c->name, STR_ARG(names[i]));

        if (is_input(a, folder, names[i]) &&
            (run->word == NULL || strstr(path.p, run->word) != NULL))
            run_case(run, c, folder, names[i]);
    }

done:
    arena_free(a);
}

int main(int argc, char **argv)
{
    struct run run = {0};
    struct arena *a = arena_new(0);

    if (argc > 1 && strcmp(argv[1], "--update") == 0) {
        run.update = true;
        argc--;
        argv++;
    }
    if (argc != 3 && argc != 4) {
        fputs("usage: run_cases [--update] FEEDMILL CASES [WORD]\n", stderr);
        return 2;
    }
    run.program = file_real(a, argv[1]).p;
    run.cases = file_real(a, argv[2]).p;
    run.word = argc == 4 ? argv[3] : NULL;
    if (access(run.program, X_OK) != 0)
        die("cannot run", argv[1]);
    setenv("FEEDMILL_NOW", "2026-01-15T12:00:00Z", 1);
    setenv("TZ", "UTC", 1);
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        run_folder(&run, &commands[i]);
    printf("%d cases, %d failed", run.ran, run.failed);
    if (run.update)
        printf(", %d written", run.written);
    printf("\n");
    arena_free(a);
    return run.failed == 0 ? 0 : 1;
}
