#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "cmd/command.h"
#include "config/config.h"
#include "mill/mill.h"
#include "sys/heap.h"
#include "sys/log.h"
#include "sys/progress.h"
#include "sys/stop.h"

struct refresh_args {
    bool all, dry_run, json;
    struct str jobs, metrics;
};

static const struct option rows[] = {
    {"all", NULL, "every source, due or not",
     offsetof(struct refresh_args, all)},
    {"dry-run", NULL, "fetch and judge, but write nothing",
     offsetof(struct refresh_args, dry_run)},
    {"json", NULL, "print a report as one JSON object",
     offsetof(struct refresh_args, json)},
    {"jobs", "N", "worker threads (default: one per core)",
     offsetof(struct refresh_args, jobs)},
    {"metrics", "FILE", "write what the run did for Prometheus",
     offsetof(struct refresh_args, metrics)},
};

/* The report, or for a person at a terminal one line. */
static bool print_result(struct arena *a, const struct refresh_options *options,
                         const struct refresh_result *result, int status)
{
    if (options->json)
        return print_out(buf_str(&result->report)) == STATUS_OK;
    if (status > STATUS_INPUT || log_level() == LOG_QUIET ||
        !stdout_is_terminal())
        return true;
    return print_out(arena_printf(
               a,
               "%zu sources asked, %zu failed; %zu new items, %zu changed; "
               "%zu files of %zu topics written\n",
               result->sources, result->failed, result->items_new,
               result->items_changed, result->files, result->topics)) ==
           STATUS_OK;
}

static int run_refresh(const struct arguments *args)
{
    const struct refresh_args *given = args->options;
    struct refresh_options refresh = {.wanted = args->rest,
                                      .n_wanted = args->n_rest,
                                      .all = given->all,
                                      .dry_run = given->dry_run,
                                      .json = given->json,
                                      .metrics = given->metrics,
                                      .version = STR(FEEDMILL_VERSION)};
    struct arena *a = arena_new(0);
    struct refresh_result result = {0};
    struct config config;
    int64_t jobs = 0;
    int status;

    if (given->jobs.n > 0 &&
        (!str_to_i64(given->jobs, &jobs) || jobs < 1 || jobs > 256)) {
        status = usage_error("refresh", "--jobs needs a number from 1 to 256");
        goto done;
    }
    if (given->dry_run && given->metrics.n > 0) {
        status = usage_error("refresh", "--dry-run writes no --metrics");
        goto done;
    }
    refresh.jobs = (int)jobs;
    status = load_mill(args, a, &config);
    if (status != STATUS_OK)
        goto done;
    heap_stay_small();
    stop_on_signals();
    status = mill_refresh(&config, &refresh, &result);
    if (!print_result(a, &refresh, &result, status))
        status = STATUS_FAILED;
    config_done(&config);

done:
    buf_done(&result.report);
    arena_free(a);
    if (stop_signal() != 0)
        stop_die();
    return status;
}

const struct command cmd_refresh = {
    .name = "refresh",
    .arguments = "[TOPIC|URL...]",
    .summary = "fetches what is due, judges it and publishes the feeds",
    .details =
        "Without arguments the sources that are due (feedmill list "
        "sources says when);\nwith them, the sources of a TOPIC or one "
        "URL, due or not.  Whom a server asked\nto leave alone, and what "
        "is gone for good, only --all asks.\nA source that fails is named on "
        "standard "
        "error once and again every day\nwhile it lasts; the others "
        "are not held up.\n",
    .options = rows,
    .n_options = sizeof rows / sizeof rows[0],
    .options_size = sizeof(struct refresh_args),
    .max_rest = NO_LIMIT,
    .run = run_refresh,
};
