/*
 * What a run did, for Prometheus: the text format 0.0.4 that node_exporter's
 * textfile collector reads.  Names end with their unit.  A run that does not get
 * to its end writes nothing, so that the time of the last success grows old.
 */
#include "mill/refresh.h"

#include "base/arena.h"
#include "sys/clock.h"
#include "sys/file.h"

#define METRICS_MAX ((size_t)16 << 20)

static void begin(struct buf *b, const char *name, const char *help)
{
    buf_printf(b, "# HELP feedmill_%s %s\n# TYPE feedmill_%s gauge\n", name,
               help, name);
}

static void put(struct buf *b, const char *name, const char *help, int64_t v)
{
    begin(b, name, help);
    buf_printf(b, "feedmill_%s %lld\n", name, (long long)v);
}

static void put_states(struct buf *b, const struct refresh *r)
{
    int64_t of_state[SOURCE_GONE + 1] = {0};

    for (size_t i = 0; i < r->config->mill.n_sources; i++)
        of_state[r->outcomes[i].row.state]++;
    begin(b, "sources", "Sources of the mill by state.");
    for (int i = 0; i <= SOURCE_GONE; i++)
        buf_printf(b, "feedmill_sources{state=\"%.*s\"} %lld\n",
                   STR_ARG(source_state_name((enum source_state)i)),
                   (long long)of_state[i]);
}

static void put_results(struct buf *b, const struct refresh *r)
{
    size_t n_new = 0, n_changed = 0, n_same = 0;

    for (size_t i = 0; i < r->config->mill.n_sources; i++) {
        n_new += r->outcomes[i].n_new;
        n_changed += r->outcomes[i].n_changed;
        n_same += r->outcomes[i].n_same;
    }
    begin(b, "run_items", "Items the last run read, by what they were.");
    buf_printf(b,
               "feedmill_run_items{result=\"new\"} %zu\n"
               "feedmill_run_items{result=\"changed\"} %zu\n"
               "feedmill_run_items{result=\"same\"} %zu\n",
               n_new, n_changed, n_same);
}

/* An id is [a-z0-9._-], so nothing of it needs escaping. */
static void put_topics(struct buf *b, const struct refresh *r,
                       const struct press *press)
{
    begin(b, "topic_entries", "Entries in the feed of a topic.");
    for (size_t i = 0; i < r->config->mill.n_topics; i++)
        buf_printf(b, "feedmill_topic_entries{topic=\"%.*s\"} %zu\n",
                   STR_ARG(press->done[i].topic->id), press->done[i].n_entries);
}

static int64_t bytes_received(const struct refresh *r)
{
    int64_t n = 0;

    for (size_t i = 0; i < r->config->mill.n_sources; i++)
        if (r->outcomes[i].source->file.n == 0)
            n += r->outcomes[i].bytes;
    return n;
}

bool metrics_write(const struct refresh *r, const struct press *press,
                   const struct refresh_result *result, struct error *err)
{
    struct str path = arena_str(r->a, r->options->metrics);
    int64_t took_ms = clock_ms() - r->started_ms;
    struct buf b;
    bool ok;

    buf_init(&b, METRICS_MAX);
    put_states(&b, r);
    put_topics(&b, r, press);
    put(&b, "run_sources_asked", "Sources the last run asked.",
        (int64_t)result->sources);
    put(&b, "run_sources_failed", "Sources that failed in the last run.",
        (int64_t)result->failed);
    put(&b, "run_sources_left",
        "Sources the last run had no time for (sources_time).",
        (int64_t)r->sources_left);
    put_results(&b, r);
    put(&b, "run_received_bytes",
        "Bytes the last run received, as they came down the wire.",
        bytes_received(r));
    put(&b, "undelivered",
        "Who could not be told of what is published: post_publish, the hub.",
        (int64_t)press->undelivered.n);
    put(&b, "run_files_written", "Files of output/ the last run replaced.",
        (int64_t)result->files);
    begin(&b, "run_duration_seconds", "How long the last run took.");
    buf_printf(&b, "feedmill_run_duration_seconds %lld.%03lld\n",
               (long long)took_ms / 1000, (long long)took_ms % 1000);
    put(&b, "last_success_timestamp_seconds",
        "When a run last came to its end, whatever single sources did.",
        clock_now());
    ok = file_replace(path.p, buf_str(&b), NULL, err);
    buf_done(&b);
    return ok;
}
