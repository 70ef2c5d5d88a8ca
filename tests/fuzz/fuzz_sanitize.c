/* Any markup comes out in the one way of writing that the policy promises, and
 * sanitizing it again changes nothing. */
#include "base/arena.h"
#include "base/buf.h"
#include "clean/clean.h"
#include "fuzz/fuzz.h"
#include "unit/markup_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const struct str base = STR_INIT("https://b.example/d/p");
    struct arena *a = arena_new(0);
    struct notes notes = {0};
    struct str text, once, twice;
    struct buf seen;
    const char *fault;

    once = html_sanitize(a, fuzz_text(data, n), base, &notes, &text);
    fuzz_want_utf8(text);
    buf_init(&seen, BUF_MAX);
    fault = check_markup(once, &seen);
    fuzz_want(fault == NULL, fault == NULL ? "" : fault);
    buf_done(&seen);
    twice = html_sanitize(a, once, base, &notes, NULL);
    fuzz_want(str_eq(once, twice), "sanitizing twice changes something");
    arena_free(a);
    return 0;
}
