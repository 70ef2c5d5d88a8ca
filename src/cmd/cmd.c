#include "cmd/cmd.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "cmd/command.h"
#include "config/config.h"
#include "sys/log.h"
#include "sys/stop.h"

static const struct command *const commands[] = {
    &cmd_init,    &cmd_add,     &cmd_remove,  &cmd_import,  &cmd_export,
    &cmd_refresh, &cmd_publish, &cmd_check,   &cmd_list,    &cmd_why,
    &cmd_decide,  &cmd_parse,   &cmd_extract, &cmd_charset,
};

#define N_COMMANDS (sizeof commands / sizeof commands[0])

int usage_error(const char *command, const char *format, ...)
{
    char text[512];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (command == NULL)
        fprintf(stderr, "feedmill: %s; see feedmill --help\n", text);
    else
        fprintf(stderr, "feedmill %s: %s; see feedmill %s --help\n", command,
                text, command);
    return STATUS_USAGE;
}

int check_topic_id(const char *command, struct str id)
{
    const char *fault = topic_id_fault(id);

    if (fault == NULL)
        return STATUS_OK;
    return usage_error(command, "--topic %.*s: %s", STR_ARG(id), fault);
}

/* What was printed is out, or it is said that it is not. */
static int finish_out(bool ok)
{
    if (ok && fflush(stdout) == 0 && !ferror(stdout))
        return STATUS_OK;
    if (errno == EPIPE)
        stop_die_of_pipe();
    fprintf(stderr, "feedmill: standard output cannot be written: %s\n",
            strerror(errno));
    return STATUS_FAILED;
}

int print_out(struct str s)
{
    return finish_out(fwrite(s.p, 1, s.n, stdout) == s.n);
}

int load_mill(const struct arguments *args, struct arena *a,
              struct config *config)
{
    struct error err;

    if (!config_load(a, args->root.p, config, &err)) {
        log_error(&err);
        return STATUS_USAGE;
    }
    for (size_t i = 0; i < config->complaints.n; i++)
        if (!config->complaints.at[i].is_warning || log_level() != LOG_QUIET)
            log_error(&config->complaints.at[i].err);
    if (!config->has_errors)
        return STATUS_OK;
    config_done(config);
    return STATUS_USAGE;
}

int print_of_mill(const struct arguments *args,
                  int (*fill)(const struct arguments *args,
                              const struct config *config, struct buf *out))
{
    struct arena *a = arena_new(0);
    struct config config;
    struct buf out;
    int status = load_mill(args, a, &config);

    buf_init(&out, BUF_MAX);
    if (status == STATUS_OK) {
        status = fill(args, &config, &out);
        /* Of what failed in part the rest was done. */
        if (status <= STATUS_INPUT && print_out(buf_str(&out)) != STATUS_OK)
            status = STATUS_FAILED;
        config_done(&config);
    }
    buf_done(&out);
    arena_free(a);
    return status;
}

static void print_option(const char *left, const char *value, const char *help)
{
    char text[64];

    snprintf(text, sizeof text, "%s%s%s", left, value == NULL ? "" : " ",
             value == NULL ? "" : value);
    printf("  %-22s %s\n", text, help);
}

static void print_common_options(void)
{
    print_option("-C", "DIR", "work on the mill in DIR, not in this directory");
    print_option("-q", NULL, "only errors on standard error");
    print_option("-v", NULL, "a line for everything that is done");
    print_option("--help", NULL, "this text");
    print_option("--version", NULL, "the version");
}

static int print_help(void)
{
    puts("usage: feedmill COMMAND [OPTION...] [ARGUMENT...]\n\n"
         "Builds clean Atom feeds, one per topic, from feeds and pages.\n");
    for (size_t i = 0; i < N_COMMANDS; i++)
        printf("  %-10s %-18s %s\n", commands[i]->name, commands[i]->arguments,
               commands[i]->summary);
    puts("\nfeedmill COMMAND --help says more.  Options of every command:");
    print_common_options();
    puts(
        "\nExit status: 0 all well; 1 a source or input failed, the rest was "
        "done; 2 usage\nor configuration wrong, nothing was touched; 3 another "
        "run holds the mill;\n4 storage or internal failure.");
    return finish_out(true);
}

static int print_command_help(const struct command *command)
{
    printf("usage: feedmill %s [OPTION...] %s\n\n%s.\n", command->name,
           command->arguments, command->summary);
    if (command->details != NULL)
        printf("\n%s", command->details);
    puts("");
    for (size_t i = 0; i < command->n_options; i++) {
        char left[32];

        snprintf(left, sizeof left, "--%s", command->options[i].name);
        print_option(left, command->options[i].value, command->options[i].help);
    }
    print_common_options();
    return finish_out(true);
}

static int print_version(void)
{
    puts("feedmill " FEEDMILL_VERSION);
    return finish_out(true);
}

static const struct option *find_option(const struct command *command,
                                        struct str name)
{
    for (size_t i = 0; i < command->n_options; i++)
        if (str_eq(name, str_from_c(command->options[i].name)))
            return &command->options[i];
    return NULL;
}

/* What the word at argv[i] asked for. */
enum word { WORD_REST, WORD_TAKEN, WORD_HELP, WORD_VERSION, WORD_BAD };

/* The value after an option: behind "=" or the next word. */
static bool take_value(int argc, char **argv, int *i, size_t equals,
                       struct str *value)
{
    struct str word = str_from_c(argv[*i]);

    if (equals != STR_NOT_FOUND) {
        *value = str_from(word, equals + 1);
        return true;
    }
    if (*i + 1 >= argc)
        return false;
    *value = str_from_c(argv[++*i]);
    return true;
}

static enum word read_long(const struct command *command, int argc, char **argv,
                           int *i, void *options)
{
    const char *word = argv[*i];
    struct str whole = str_from_c(word);
    size_t equals = str_find_char(whole, '=', 0);
    struct str name =
        str_slice(whole, 2, equals == STR_NOT_FOUND ? whole.n : equals);
    const struct option *option;
    void *field;

    if (str_eq(name, STR("help")))
        return WORD_HELP;
    if (str_eq(name, STR("version")))
        return WORD_VERSION;
    option = find_option(command, name);
    if (option == NULL) {
        usage_error(command->name, "unknown option %s", word);
        return WORD_BAD;
    }
    field = (char *)options + option->field;
    if (option->value == NULL) {
        if (equals != STR_NOT_FOUND) {
            usage_error(command->name, "--%s takes no value", option->name);
            return WORD_BAD;
        }
        *(bool *)field = true;
        return WORD_TAKEN;
    }
    if (!take_value(argc, argv, i, equals, field)) {
        usage_error(command->name, "--%s needs %s", option->name,
                    option->value);
        return WORD_BAD;
    }
    return WORD_TAKEN;
}

/* One word: a common option, the command's own, or none.  COMMAND is NULL
 * before its name was read. */
static enum word read_word(const struct command *command, int argc, char **argv,
                           int *i, struct arguments *args)
{
    const char *word = argv[*i];
    const char *name = command == NULL ? NULL : command->name;

    if (word[0] != '-' || word[1] == '\0')
        return WORD_REST;
    if (strcmp(word, "-C") == 0) {
        if (!take_value(argc, argv, i, STR_NOT_FOUND, &args->root)) {
            usage_error(name, "-C needs a directory");
            return WORD_BAD;
        }
        return WORD_TAKEN;
    }
    if (strcmp(word, "-q") == 0 || strcmp(word, "-v") == 0) {
        log_set_level(word[1] == 'q' ? LOG_QUIET : LOG_VERBOSE);
        return WORD_TAKEN;
    }
    if (strcmp(word, "-h") == 0 || strcmp(word, "--help") == 0)
        return WORD_HELP;
    if (strcmp(word, "--version") == 0)
        return WORD_VERSION;
    if (command != NULL && word[1] == '-')
        return read_long(command, argc, argv, i, args->options);
    usage_error(name, "unknown option %s", word);
    return WORD_BAD;
}

static int run_command(const struct command *command, int argc, char **argv,
                       int i, struct arguments *args)
{
    bool only_rest = false;

    for (; i < argc; i++) {
        enum word word = WORD_REST;

        if (!only_rest && strcmp(argv[i], "--") == 0) {
            only_rest = true;
            continue;
        }
        if (!only_rest)
            word = read_word(command, argc, argv, &i, args);
        if (word == WORD_HELP)
            return print_command_help(command);
        if (word == WORD_VERSION)
            return print_version();
        if (word == WORD_BAD)
            return STATUS_USAGE;
        if (word == WORD_REST)
            args->rest[args->n_rest++] = str_from_c(argv[i]);
    }
    if (args->n_rest < command->min_rest)
        return usage_error(command->name, "missing argument: %s",
                           command->arguments);
    if (args->n_rest > command->max_rest)
        return usage_error(command->name, "unexpected argument %.*s",
                           STR_ARG(args->rest[command->max_rest]));
    return command->run(args);
}

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < N_COMMANDS; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

int cmd_main(int argc, char **argv)
{
    struct arena *a = arena_new(0);
    struct arguments args = {.root = STR(".")};
    const struct command *command;
    enum word word = WORD_TAKEN;
    int status, i;

    stop_ignore_writing();
    args.rest = arena_array(a, (size_t)argc + 1, sizeof *args.rest);
    for (i = 1; i < argc && word == WORD_TAKEN; i++)
        word = read_word(NULL, argc, argv, &i, &args);
    if (word == WORD_HELP) {
        status = print_help();
    } else if (word == WORD_VERSION) {
        status = print_version();
    } else if (word == WORD_BAD) {
        status = STATUS_USAGE;
    } else if (word == WORD_TAKEN) {
        status = usage_error(NULL, "no command given");
    } else if ((command = find_command(argv[i - 1])) != NULL) {
        args.options = arena_alloc(a, command->options_size);
        status = run_command(command, argc, argv, i, &args);
    } else {
        status = usage_error(NULL, "unknown command %s", argv[i - 1]);
    }
    arena_free(a);
    return status;
}
