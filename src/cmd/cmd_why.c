#include "base/arena.h"
#include "base/buf.h"
#include "cmd/command.h"
#include "config/config.h"
#include "mill/mill.h"

struct why_args {
    struct str topic;
};

static const struct option rows[] = {
    {"topic", "T", "only how it stands in this topic",
     offsetof(struct why_args, topic)},
};

static int run_why(const struct arguments *args)
{
    const struct why_args *given = args->options;
    struct arena *a = arena_new(0);
    struct config config;
    struct buf out;
    int status = load_mill(args, a, &config);

    buf_init(&out, BUF_MAX);
    if (status == STATUS_OK) {
        status = mill_why(&config, args->rest[0], given->topic, &out);
        if (status == STATUS_OK)
            status = print_out(buf_str(&out));
        config_done(&config);
    }
    buf_done(&out);
    arena_free(a);
    return status;
}

const struct command cmd_why = {
    .name = "why",
    .arguments = "ITEM",
    .summary = "tells what was found, guessed, judged and decided of an item",
    .details = "ITEM is the short id in feed.json, an atom:id, or an "
               "address.\n",
    .options = rows,
    .n_options = sizeof rows / sizeof rows[0],
    .options_size = sizeof(struct why_args),
    .min_rest = 1,
    .max_rest = 1,
    .run = run_why,
};
