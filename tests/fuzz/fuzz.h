#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H
/*
 * Every fuzz_*.c here has one function that takes any bytes and must end without
 * a crash.  Built with clang and FEEDMILL_FUZZ it is a libFuzzer target; in all
 * other builds replay.c runs it over its seeds, their prefixes and flipped bytes.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* Ends the process when a claim does not hold. */
static inline void fuzz_want(bool claim, const char *what)
{
    if (!claim) {
        fprintf(stderr, "fuzz: %s\n", what);
        abort();
    }
}

static inline void fuzz_want_utf8(struct str s)
{
    fuzz_want(utf8_valid(s), "text that is no UTF-8");
}

static inline struct str fuzz_str(const uint8_t *data, size_t n)
{
    return str_of(n == 0 ? "" : (const char *)data, n);
}

/* The longest beginning that is text, for functions that are given text only. */
static inline struct str fuzz_text(const uint8_t *data, size_t n)
{
    struct str s = fuzz_str(data, n);

    return str_slice(s, 0, utf8_valid_prefix(s));
}
#endif
