#include "base/arena.h"
#include "base/error.h"
#include "fuzz/fuzz.h"
#include "text/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena *a = arena_new(0);
    struct error err;
    const struct json *j = json_parse(a, fuzz_text(data, n), &err);

    for (j = j == NULL ? NULL : j->first; j != NULL; j = j->next) {
        fuzz_want_utf8(j->key);
        fuzz_want_utf8(j->string);
    }
    arena_free(a);
    return 0;
}
