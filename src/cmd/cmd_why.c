#include "cmd/command.h"
#include "mill/mill.h"

struct why_args {
    struct str topic;
};

static const struct option rows[] = {
    {"topic", "T", "only how it stands in this topic",
     offsetof(struct why_args, topic)},
};

static int fill(const struct arguments *args, const struct config *config,
                struct buf *out)
{
    const struct why_args *given = args->options;

    return mill_why(config, args->rest[0], given->topic, out);
}

static int run_why(const struct arguments *args)
{
    return print_of_mill(args, fill);
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
