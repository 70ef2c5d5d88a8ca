#include "base/arena.h"
#include "base/buf.h"
#include "cmd/command.h"
#include "decode/decode.h"
#include "mill/mill.h"
#include "sys/log.h"

/* More bytes would not tell more. */
#define DOCUMENT_MAX ((size_t)16 << 20)

static int run_charset(const struct arguments *args)
{
    struct decode_hints hints = {0};
    struct arena *a = arena_new(0);
    int status = STATUS_OK;

    for (size_t i = 0; i < args->n_rest; i++) {
        struct str name = STR("unknown");
        struct str bytes;
        struct error err;
        struct got got;

        if (mill_get(a, args->rest[i], DOCUMENT_MAX, STR(FEEDMILL_VERSION),
                     &got, &err) &&
            got_bytes(&got, DOCUMENT_MAX, &bytes, &err)) {
            name = charset_detect(a, bytes, &hints);
        } else {
            error_where(&err, arena_str(a, args->rest[i]).p);
            log_error(&err);
            status = STATUS_INPUT;
        }
        got_done(&got);
        if (print_out(arena_cat(a, name, STR("\n"))) != STATUS_OK) {
            status = STATUS_FAILED;
            break;
        }
        arena_reset(a);
    }
    arena_free(a);
    return status;
}

const struct command cmd_charset = {
    .name = "charset",
    .arguments = "FILE...",
    .summary = "says in which charset each file is written",
    .details = "Prints the WHATWG name of each FILE's charset, one a line, in "
               "order; unknown\nwhen it is no text.\n",
    .min_rest = 1,
    .max_rest = NO_LIMIT,
    .run = run_charset,
};
