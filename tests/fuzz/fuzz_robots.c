/* The first line is what is asked for, the rest is robots.txt. */
#include "base/arena.h"
#include "fetch/robots.h"
#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena *a = arena_new(0);
    struct str rest = fuzz_str(data, n), target = STR_NONE;
    const struct robots *r;

    (void)str_split(&rest, '\n', &target);
    r = robots_parse(a, rest, STR("feedmill"));
    (void)robots_allow(r, target);
    fuzz_want(robots_allow(r, STR("/robots.txt")), "robots.txt forbidden");
    fuzz_want(robots_delay_ms(r) >= -1, "a negative delay");
    arena_free(a);
    return 0;
}
