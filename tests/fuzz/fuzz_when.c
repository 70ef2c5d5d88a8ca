#include "fuzz/fuzz.h"
#include "text/when.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct when_hints hints = {.now = 1768478400};
    struct str s = fuzz_text(data, n);
    size_t at = 0, len = 0;
    struct when w;
    char text[WHEN_CHARS + 8];

    if (when_parse(s, &hints, &w)) {
        when_rfc3339(w, text);
        when_rfc822(w, text);
    }
    if (when_find(s, &hints, &w, &at, &len))
        fuzz_want(at <= s.n && len <= s.n - at && len > 0,
                  "a date outside its text");
    return 0;
}
