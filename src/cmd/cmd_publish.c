#include "base/arena.h"
#include "cmd/command.h"
#include "config/config.h"
#include "mill/mill.h"

static int run_publish(const struct arguments *args)
{
    struct arena *a = arena_new(0);
    struct config config;
    int status = load_mill(args, a, &config);

    if (status == STATUS_OK) {
        status = mill_publish(&config, args->rest, args->n_rest);
        config_done(&config);
    }
    arena_free(a);
    return status;
}

const struct command cmd_publish = {
    .name = "publish",
    .arguments = "[TOPIC...]",
    .summary = "writes output/ from the store, without network",
    .max_rest = NO_LIMIT,
    .run = run_publish,
};
