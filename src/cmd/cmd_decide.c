#include "base/arena.h"
#include "cmd/command.h"
#include "config/config.h"
#include "item/decision.h"
#include "mill/mill.h"
#include "sys/clock.h"
#include "text/when.h"

struct decide_args {
    struct str topic, to, into, until;
};

static const struct option rows[] = {
    {"topic", "T", "only in this topic", offsetof(struct decide_args, topic)},
    {"to", "TEXT", "the new title, or the note",
     offsetof(struct decide_args, to)},
    {"into", "ITEM", "of merge: an item of the other story",
     offsetof(struct decide_args, into)},
    {"until", "TIME", "of pin and hold (as in 2026-12-01)",
     offsetof(struct decide_args, until)},
};

/* The same demands as on feeds/decisions.yaml, in the words of a command. */
static int read_decision(const struct arguments *args, struct decision *d)
{
    const struct decide_args *given = args->options;
    struct when_hints hints = {0};
    struct when until;

    d->at = clock_now();
    if (!decision_do_by_name(args->rest[0], &d->what))
        return usage_error("decide", "no such decision: %.*s",
                           STR_ARG(args->rest[0]));
    if ((d->what == DO_RETITLE || d->what == DO_NOTE) != (given->to.n > 0))
        return usage_error("decide",
                           given->to.n > 0 ? "%.*s takes no --to"
                                           : "%.*s needs --to",
                           STR_ARG(args->rest[0]));
    if (given->until.n > 0) {
        if (d->what != DO_PIN && d->what != DO_HOLD)
            return usage_error("decide", "only pin and hold take --until");
        if (!when_parse(given->until, &hints, &until))
            return usage_error("decide", "no moment: %.*s",
                               STR_ARG(given->until));
        d->until = until.unix_seconds;
        if (d->until <= d->at)
            return usage_error("decide", "--until is over already: %.*s",
                               STR_ARG(given->until));
    }
    if (given->topic.n > 0 && !decision_has_topic(d->what))
        return usage_error("decide", "%.*s holds in every topic",
                           STR_ARG(args->rest[0]));
    if ((d->what == DO_MERGE) != (given->into.n > 0))
        return usage_error("decide",
                           given->into.n > 0 ? "%.*s takes no --into"
                                             : "%.*s needs --into",
                           STR_ARG(args->rest[0]));
    d->into = given->into;
    d->topic = given->topic;
    d->to = given->to;
    return STATUS_OK;
}

static int run_decide(const struct arguments *args)
{
    struct decision d = {0};
    struct arena *a;
    struct config config;
    int status = read_decision(args, &d);

    if (status != STATUS_OK)
        return status;
    a = arena_new(0);
    status = load_mill(args, a, &config);
    if (status == STATUS_OK) {
        bool is_known =
            d.topic.n == 0 || topic_by_id(&config.mill, d.topic) != NULL;

        status = is_known ? mill_decide(&config, &d, args->rest + 1,
                                        args->n_rest - 1)
                          : usage_error("decide", "no topic of this mill: %.*s",
                                        STR_ARG(d.topic));
        config_done(&config);
    }
    arena_free(a);
    return status;
}

const struct command cmd_decide = {
    .name = "decide",
    .arguments = "WHAT ITEM...",
    .summary = "writes a decision of the editor into feeds/decisions.yaml",
    .details =
        "WHAT: approve (publish what is held; with --topic also what its rule "
        "does not\nwant), hide, pin, hold, retitle, note, lead (this item "
        "stands for its story),\nmerge (its story is that of another item), "
        "split (it "
        "is a story of its own),\nretract (out of every topic, with a "
        "tombstone).  ITEM is the short id in\nfeed.json, an atom:id, or an "
        "address.  It shows at the next refresh or publish.\n",
    .options = rows,
    .n_options = sizeof rows / sizeof rows[0],
    .options_size = sizeof(struct decide_args),
    .min_rest = 2,
    .max_rest = NO_LIMIT,
    .run = run_decide,
};
