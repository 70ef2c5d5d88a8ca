#include "cmd/command.h"
#include "mill/mill.h"

struct list_args {
    struct str topic, state;
    bool all, json;
};

static const struct option rows[] = {
    {"topic", "T", "only those of this topic",
     offsetof(struct list_args, topic)},
    {"state", "S", "only what is in this state",
     offsetof(struct list_args, state)},
    {"all", NULL, "of stories also those of one item",
     offsetof(struct list_args, all)},
    {"json", NULL, "one JSON object a line", offsetof(struct list_args, json)},
};

static bool subject(struct str word, enum list_what *what)
{
    if (str_eq(word, STR("sources")))
        *what = LIST_SOURCES;
    else if (str_eq(word, STR("topics")))
        *what = LIST_TOPICS;
    else if (str_eq(word, STR("items")))
        *what = LIST_ITEMS;
    else if (str_eq(word, STR("stories")))
        *what = LIST_STORIES;
    else
        return false;
    return true;
}

static int fill(const struct arguments *args, const struct config *config,
                struct buf *out)
{
    const struct list_args *given = args->options;
    struct list_options options = {.topic = given->topic,
                                   .state = given->state,
                                   .all = given->all,
                                   .json = given->json};

    if (!subject(args->rest[0], &options.what))
        return usage_error("list", "no such list: %.*s",
                           STR_ARG(args->rest[0]));
    return mill_list(config, &options, out);
}

static int run_list(const struct arguments *args)
{
    return print_of_mill(args, fill);
}

const struct command cmd_list = {
    .name = "list",
    .arguments = "sources|items|stories|topics",
    .summary = "shows sources, items, stories or topics with their state",
    .details =
        "A source's line: its state, when it is asked next and why (feed: its "
        "ttl;\nserver: Cache-Control; history: the gaps between its entries; "
        "ended: it says that\nno more will come; default; backoff: it failed; "
        "asked: the server wants peace;\ngone: never again).\nItems and "
        "stories come newest first, judged by the "
        "rules as they are now:\npublished, held, hidden, retracted, "
        "unmatched, and items folded into a story;\n--state new: those of the "
        "last day that are held or published.\n",
    .options = rows,
    .n_options = sizeof rows / sizeof rows[0],
    .options_size = sizeof(struct list_args),
    .min_rest = 1,
    .max_rest = 1,
    .run = run_list,
};
