#ifndef CMD_COMMAND_H
#define CMD_COMMAND_H
/* What a subcommand is, and how its options are read. */
#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "cmd/cmd.h"

struct arena;
struct buf;
struct config;

/* A row of a command's options.  VALUE names the argument in --help, NULL for a
 * switch; FIELD is the offset in the command's own struct: a bool of a switch,
 * a struct str otherwise. */
struct option {
    const char *name; /* without "--" */
    const char *value;
    const char *help;
    size_t field;
};

/* What the arguments said, common options applied. */
struct arguments {
    struct str root; /* -C DIR; "." without */
    struct str *rest;
    size_t n_rest;
    void *options; /* the command's own struct */
};

#define NO_LIMIT SIZE_MAX

struct command {
    const char *name;
    const char *arguments; /* for the usage line */
    const char *summary;   /* one line for --help */
    const char *details;   /* more lines for COMMAND --help; may be NULL */
    const struct option *options;
    size_t n_options;
    size_t options_size; /* of the struct the rows point into */
    size_t min_rest, max_rest;
    int (*run)(const struct arguments *args);
};

extern const struct command cmd_parse, cmd_extract, cmd_charset, cmd_refresh,
    cmd_publish, cmd_check, cmd_init, cmd_list, cmd_decide, cmd_why, cmd_add,
    cmd_remove, cmd_import, cmd_export;

/* One line of a usage error on standard error; STATUS_USAGE. */
int usage_error(const char *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* STATUS_OK if a topic may be called ID; else says why not. */
int check_topic_id(const char *command, struct str id);
/* Writes S to standard output; STATUS_FAILED with a line when that fails. */
int print_out(struct str s);
/* Reads the mill's configuration, has FILL append to a buffer what the command
 * says, and prints it when that gives STATUS_OK, or fails in part.  Returns the exit
 * status. */
int print_of_mill(const struct arguments *args,
                  int (*fill)(const struct arguments *args,
                              const struct config *config, struct buf *out));
/* Reads the mill's configuration; prints every complaint.  STATUS_OK or
 * STATUS_USAGE. */
int load_mill(const struct arguments *args, struct arena *a,
              struct config *config);
#endif
