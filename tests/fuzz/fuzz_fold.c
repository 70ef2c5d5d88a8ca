/* Keys, places in them, the language and the sketch of any text. */
#include "base/arena.h"
#include "fuzz/fuzz.h"
#include "text/fold.h"
#include "text/lang.h"
#include "text/shingle.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena *a = arena_new(0);
    struct str s = fuzz_text(data, n), letters = fold_letters(a, s);
    struct folded f;
    struct sketch sketch;
    size_t last = 0;

    fold_marked(a, s, true, &f);
    fuzz_want_utf8(f.key);
    fuzz_want_utf8(letters);
    fuzz_want_utf8(fold_width(a, s));
    fuzz_want_utf8(lang_tag(a, s));
    for (size_t i = 0; i <= f.key.n; i++) {
        size_t at = fold_source(&f, i);

        fuzz_want(at >= last && at <= s.n, "places that run back");
        last = at;
    }
    (void)lang_guess(s);
    sketch_of(letters, &sketch);
    for (uint32_t i = 1; i < sketch.n; i++)
        fuzz_want(sketch.hash[i - 1] < sketch.hash[i], "a sketch out of order");
    fuzz_want(sketch_overlap(&sketch, &sketch, 0).shared == sketch.n,
              "a text unlike itself");
    arena_free(a);
    return 0;
}
