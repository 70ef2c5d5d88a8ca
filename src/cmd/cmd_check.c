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
    struct str topic, since;
};

static const struct option rows[] = {
    {"moved", NULL, "print the lines of sources that have moved for good",
     offsetof(struct check_args, moved)},
    {"topic", "T", "print what publishing would change in this topic",
     offsetof(struct check_args, topic)},
    {"since", "TIME", "of entries of that age (7d without)",
     offsetof(struct check_args, since)},
};

/* What else was asked for, once all is well. */
static int print_asked(const struct config *config,
                       const struct check_args *given)
{
    int64_t since_ms = (int64_t)7 * 86400 * 1000;
    int status = STATUS_OK;
    struct buf out;

    if (given->since.n > 0 &&
        (given->topic.n == 0 || !config_duration_ms(given->since, &since_ms)))
        return usage_error("check",
                           given->topic.n == 0
                               ? "--since goes with --topic"
                               : "no duration (as in 12h, 7d): %.*s",
                           STR_ARG(given->since));
    buf_init(&out, BUF_MAX);
    if (given->moved)
        status = mill_moved(config, &out);
    if (status == STATUS_OK && given->topic.n > 0)
        status = mill_preview(config, given->topic, since_ms / 1000, &out);
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
        if (status == STATUS_OK)
            status = mill_check_decisions(&config);
        if (status == STATUS_OK)
            status = print_asked(&config, given);
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
               "when there is one.\nWith --topic, after a rule was changed: "
               "+ what would come in, - what would go\nout, and why, against "
               "what is published.\n",
    .options = rows,
    .n_options = sizeof rows / sizeof rows[0],
    .options_size = sizeof(struct check_args),
    .run = run_check,
};
