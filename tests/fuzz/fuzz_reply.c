/* The head of an answer, and the address rules of the guard. */
#include "fetch/guard.h"
#include "fetch/reply.h"
#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct str rest = fuzz_str(data, n), line;
    struct reply r;

    reply_init(&r);
    while (str_split(&rest, '\n', &line)) {
        if (!reply_line(&r, line))
            break;
        (void)guard_reason(line);
    }
    for (int i = 0; i < REPLY_FIELDS; i++)
        if (i != REPLY_LOCATION && i != REPLY_ETAG && i != REPLY_LAST_MODIFIED)
            fuzz_want_utf8(reply_get(&r, (enum reply_field)i));
    fuzz_want(reply_max_age(&r, 0) >= -1, "a negative age");
    fuzz_want(reply_retry_after(&r, 0) >= -1, "a negative wait");
    fuzz_want(reply_length(&r) >= -1, "a negative length");
    reply_done(&r);
    return 0;
}
