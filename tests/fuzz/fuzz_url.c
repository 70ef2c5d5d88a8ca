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
    bool ok;

    (void)str_split(&rest, '\n', &input);
    (void)str_split(&rest, '\n', &base);
    ok = url_parse(a, input, base, &u);
    /* A blank in front, which is dropped, leads past the short way. */
    fuzz_want(url_parse(a, arena_cat(a, STR(" "), input), base, &again) == ok &&
                  (!ok || str_eq(u.href, again.href)),
              "an address that a blank changes");
    if (ok) {
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
