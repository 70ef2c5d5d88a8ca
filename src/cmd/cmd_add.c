/* add and remove: the sources of topics. */
#include "base/arena.h"
#include "base/buf.h"
#include "cmd/command.h"
#include "config/config.h"
#include "mill/mill.h"
#include "text/url.h"

struct add_args {
    struct str topic;
    bool dry_run;
};

static const struct option add_rows[] = {
    {"topic", "T", "into this topic; made when there is none",
     offsetof(struct add_args, topic)},
    {"dry-run", NULL, "only show what it would yield",
     offsetof(struct add_args, dry_run)},
};

/* The topic named, or the only one there is. */
static int choose_topic(const struct config *config, struct str *topic)
{
    if (topic->n == 0 && config->mill.n_topics == 1)
        *topic = config->mill.topics[0].id;
    if (topic->n == 0)
        return usage_error("add", "which topic?  --topic T");
    return check_topic_id("add", *topic);
}

static int fill_add(const struct arguments *args, const struct config *config,
                    struct buf *out)
{
    const struct add_args *given = args->options;
    struct subscription s = {.topic = given->topic};
    struct arena *a;
    int status = choose_topic(config, &s.topic);

    if (status != STATUS_OK)
        return status;
    a = arena_new(0);
    s.url = url_resolve(a, STR_NONE, url_of_feed(a, args->rest[0]));
    if (!url_is_http(s.url)) {
        arena_free(a);
        return usage_error("add", "no http or https address: %.*s",
                           STR_ARG(args->rest[0]));
    }
    if (!str_eq(s.url, url_without_user(a, s.url))) {
        arena_free(a);
        return usage_error("add", "addresses are printed: write the source "
                                  "into its topic's file, with user and "
                                  "password_file or password_env");
    }
    status = mill_look(a, config, s.topic, STR(FEEDMILL_VERSION), &s.url, out);
    /* What it yields is shown before anything is written. */
    if (status == STATUS_OK)
        status = print_out(buf_str(out));
    buf_reset(out);
    if (status == STATUS_OK)
        status = mill_subscribe(config, &s, 1, given->dry_run, out);
    arena_free(a);
    return status;
}

static int run_add(const struct arguments *args)
{
    return print_of_mill(args, fill_add);
}

const struct command cmd_add = {
    .name = "add",
    .arguments = "URL",
    .summary = "shows what a source would yield and writes it into a topic",
    .details =
        "A page that names a feed gives the feed, a front page that names none "
        "the\nsite's news sitemap if there is one; else its links are "
        "followed.  "
        "Without\n--topic the mill must have one topic only.  What stands in "
        "the "
        "topic's file\nstays as it is.\n",
    .options = add_rows,
    .n_options = sizeof add_rows / sizeof add_rows[0],
    .options_size = sizeof(struct add_args),
    .min_rest = 1,
    .max_rest = 1,
    .run = run_add,
};

struct remove_args {
    struct str topic;
};

static const struct option remove_rows[] = {
    {"topic", "T", "only out of this topic",
     offsetof(struct remove_args, topic)},
};

static int fill_remove(const struct arguments *args,
                       const struct config *config, struct buf *out)
{
    const struct remove_args *given = args->options;
    struct arena *a = arena_new(0);
    struct str id = args->rest[0];
    int status;

    if (url_is_http(id))
        id = url_resolve(a, STR_NONE, id);
    status = mill_unsubscribe(config, given->topic, id, out);
    arena_free(a);
    return status;
}

static int run_remove(const struct arguments *args)
{
    return print_of_mill(args, fill_remove);
}

const struct command cmd_remove = {
    .name = "remove",
    .arguments = "URL",
    .summary = "takes a source out of the topics' files",
    .details = "A saved file is named as list sources names it: "
               "file:feeds/samples/a.html\n",
    .options = remove_rows,
    .n_options = sizeof remove_rows / sizeof remove_rows[0],
    .options_size = sizeof(struct remove_args),
    .min_rest = 1,
    .max_rest = 1,
    .run = run_remove,
};
