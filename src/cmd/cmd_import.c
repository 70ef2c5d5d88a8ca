/* import and export: subscriptions from and for other programs. */
#include "base/buf.h"
#include "cmd/command.h"
#include "config/config.h"
#include "mill/mill.h"

struct import_args {
    struct str topic;
    bool dry_run, state;
};

static const struct option rows[] = {
    {"topic", "T", "all into this topic; made when there is none",
     offsetof(struct import_args, topic)},
    {"dry-run", NULL, "only say what would be added",
     offsetof(struct import_args, dry_run)},
    {"state", NULL, "read what export --state wrote; the store's own stays",
     offsetof(struct import_args, state)},
};

static int fill_import(const struct arguments *args,
                       const struct config *config, struct buf *out)
{
    const struct import_args *given = args->options;

    if (given->state && (given->topic.n > 0 || given->dry_run))
        return usage_error("import", "--state goes with no other option");
    if (given->state)
        return mill_import_state(config, args->rest[0]);
    if (given->topic.n > 0 &&
        check_topic_id("import", given->topic) != STATUS_OK)
        return STATUS_USAGE;
    return mill_import(config, args->rest[0], given->topic,
                       STR(FEEDMILL_VERSION), given->dry_run, out);
}

static int run_import(const struct arguments *args)
{
    return print_of_mill(args, fill_import);
}

const struct command cmd_import = {
    .name = "import",
    .arguments = "FILE",
    .summary = "takes over sources from OPML, newsboat or Planet Venus",
    .details =
        "Without --topic a folder of OPML (where there is none, a category), "
        "a tag of\nnewsboat's urls, or the planet's name is the topic.  "
        "Sources that are there already\nstay as they are.  Lists that a list "
        "includes, as reading lists of Venus, are\nfetched and taken in.  What "
        "is left out is told, and is status 1.\n\n"
        "With --state the ids and dates of what the store does not know come "
        "in.  What it\nhas otherwise stays as it is, and is told.\n",
    .options = rows,
    .n_options = sizeof rows / sizeof rows[0],
    .options_size = sizeof(struct import_args),
    .min_rest = 1,
    .max_rest = 1,
    .run = run_import,
};

struct export_args {
    bool state;
};

static const struct option export_rows[] = {
    {"state", NULL, "ids and dates that a new store could not find out again",
     offsetof(struct export_args, state)},
};

static int fill_export(const struct arguments *args,
                       const struct config *config, struct buf *out)
{
    const struct export_args *given = args->options;

    return given->state ? mill_export_state(config, out)
                        : mill_export(config, out);
}

static int run_export(const struct arguments *args)
{
    return print_of_mill(args, fill_export);
}

const struct command cmd_export = {
    .name = "export",
    .arguments = "",
    .summary = "prints the sources of all topics as OPML",
    .details =
        "With --state it prints, a JSON object a line, what would be lost with "
        ".feedmill/:\nids, when what was first seen, stories; import --state "
        "reads it.\n",
    .options = export_rows,
    .n_options = sizeof export_rows / sizeof export_rows[0],
    .options_size = sizeof(struct export_args),
    .run = run_export,
};
