#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "cmd/command.h"
#include "config/config.h"
#include "mill/mill.h"
#include "sys/file.h"
#include "sys/log.h"

/* What refresh would only meet later: saved pages that are not there. */
static int check_files(struct arena *a, const struct mill_config *mill)
{
    int status = STATUS_OK;

    for (size_t i = 0; i < mill->n_sources; i++) {
        const struct source *s = &mill->sources[i];
        const char *path = arena_cat(a, mill->root, STR("/"), s->file).p;
        struct error err;

        if (s->file.n == 0 || (file_exists(path) && !file_is_dir(path)))
            continue;
        error_set(&err, ERR_CONFIG,
                  file_is_dir(path) ? "this is a folder: %.*s"
                                    : "no such file: %.*s",
                  STR_ARG(s->file));
        error_where(&err, arena_str(a, s->place.file).p);
        error_at(&err, s->place.line, s->place.column);
        log_error(&err);
        status = STATUS_USAGE;
    }
    return status;
}

struct check_args {
    bool moved;
};

static const struct option rows[] = {
    {"moved", NULL, "print the lines of sources that have moved for good",
     offsetof(struct check_args, moved)},
};

static int print_moved(const struct config *config)
{
    struct buf out;
    int status;

    buf_init(&out, BUF_MAX);
    status = mill_moved(config, &out);
    if (status == STATUS_OK)
        status = print_out(buf_str(&out));
    buf_done(&out);
    return status;
}

static int run_check(const struct arguments *args)
{
    const struct check_args *given = args->options;
    struct arena *a = arena_new(0);
    struct config config;
    int status = load_mill(args, a, &config);

    if (status == STATUS_OK) {
        status = check_files(a, &config.mill);
        if (config.mill.base_url.n == 0)
            log_line("feeds/mill.yaml: no base_url, so the feeds have no self "
                     "links");
        if (status == STATUS_OK)
            log_verbose("%zu topics, %zu sources: well", config.mill.n_topics,
                        config.mill.n_sources);
        if (status == STATUS_OK && given->moved)
            status = print_moved(&config);
        config_done(&config);
    }
    arena_free(a);
    return status;
}

const struct command cmd_check = {
    .name = "check",
    .arguments = "",
    .summary = "validates feeds/ without network",
    .details = "Every mistake is one line with file, line and column; status 2 "
               "when there is one.\n",
    .options = rows,
    .n_options = sizeof rows / sizeof rows[0],
    .options_size = sizeof(struct check_args),
    .run = run_check,
};
