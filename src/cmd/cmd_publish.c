#include "base/arena.h"
#include "cmd/command.h"
#include "config/config.h"
#include "mill/mill.h"
#include "sys/stop.h"

struct publish_args {
    struct str to;
};

static const struct option rows[] = {
    {"to", "DIR", "write there and not into output/",
     offsetof(struct publish_args, to)},
};

static int run_publish(const struct arguments *args)
{
    const struct publish_args *given = args->options;
    struct publish_options publish = {.topics = args->rest,
                                      .n_topics = args->n_rest,
                                      .to = given->to,
                                      .version = STR(FEEDMILL_VERSION)};
    struct arena *a = arena_new(0);
    struct config config;
    int status = given->to.p != NULL && given->to.n == 0
                     ? usage_error("publish", "--to needs a folder")
                     : load_mill(args, a, &config);

    if (status == STATUS_OK) {
        stop_on_signals();
        status = mill_publish(&config, &publish);
        config_done(&config);
    }
    arena_free(a);
    if (stop_signal() != 0)
        stop_die();
    return status;
}

const struct command cmd_publish = {
    .name = "publish",
    .arguments = "[TOPIC...]",
    .summary = "writes output/ from the store, asking no source",
    .details = "Only files whose bytes differ are touched, each replaced at "
               "once.  DIR is made if\nneed be, and is none that the mill "
               "keeps its own "
               "files in; what feedmill did not\nwrite there stays.\n",
    .options = rows,
    .n_options = sizeof rows / sizeof rows[0],
    .options_size = sizeof(struct publish_args),
    .max_rest = NO_LIMIT,
    .run = run_publish,
};
