/* The first line is an address, the second its base. */
#include "base/arena.h"
#include "fuzz/fuzz.h"
#include "text/site.h"
#include "text/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena *a = arena_new(0);
    struct str rest = fuzz_text(data, n), input = STR_NONE, base = STR_NONE;
    struct url u, again;

    (void)str_split(&rest, '\n', &input);
    (void)str_split(&rest, '\n', &base);
    if (url_parse(a, input, base, &u)) {
        fuzz_want_utf8(u.href);
        fuzz_want(url_parse(a, u.href, STR_NONE, &again) &&
                      str_eq(u.href, again.href),
                  "an address that does not parse to itself");
    }
    fuzz_want_utf8(url_key(a, input));
    fuzz_want_utf8(url_untrack(a, input));
    fuzz_want_utf8(site_of_url(a, input));
    arena_free(a);
    return 0;
}
