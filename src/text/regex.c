/*
 * Compiled once with JIT, matched by many threads: what a match changes is made
 * for each match.  The match limit counts backtracking, so that a pattern that
 * explodes gives up after some milliseconds; JIT counts in larger steps than
 * the interpreter, hence the low number.
 */
#include "text/regex.h"

#include <stdlib.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/arena.h"
#include "base/error.h"

#define PATTERN_MAX   10000   /* bytes */
#define MATCH_LIMIT   2000000 /* measured: below 20 ms */
#define HEAP_LIMIT_KB 20000
#define DEPTH_LIMIT   10000

struct regex {
    pcre2_code *code;
    pcre2_match_context *limits;
};

static int column_of(struct str pattern, size_t offset)
{
    int column = 1;

    for (size_t i = 0; i < offset && i < pattern.n; i++)
        column += ((unsigned char)pattern.p[i] & 0xC0) != 0x80;
    return column;
}

struct regex *regex_new(struct str pattern, bool match_case, struct error *err)
{
    uint32_t options = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C;
    PCRE2_SIZE offset = 0;
    PCRE2_UCHAR why[200];
    struct regex *r;
    pcre2_code *code;
    int rc;

    if (pattern.n > PATTERN_MAX) {
        error_set(err, ERR_CONFIG, "the regular expression is longer than %d",
                  PATTERN_MAX);
        return NULL;
    }
    if (!match_case)
        options |= PCRE2_CASELESS;
    code = pcre2_compile((PCRE2_SPTR)pattern.p, pattern.n, options, &rc,
                         &offset, NULL);
    if (code == NULL) {
        pcre2_get_error_message(rc, why, sizeof why);
        error_set(err, ERR_CONFIG, "bad regular expression: %s",
                  (const char *)why);
        error_at(err, 1, column_of(pattern, offset));
        return NULL;
    }
    /* Without JIT (refused by the system) matching is slower, not wrong. */
    (void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    r = heap_alloc(sizeof *r);
    r->code = code;
    r->limits = pcre2_match_context_create(NULL);
    if (r->limits != NULL) {
        pcre2_set_match_limit(r->limits, MATCH_LIMIT);
        pcre2_set_heap_limit(r->limits, HEAP_LIMIT_KB);
        pcre2_set_depth_limit(r->limits, DEPTH_LIMIT);
    }
    return r;
}

void regex_free(struct regex *r)
{
    if (r == NULL)
        return;
    pcre2_match_context_free(r->limits);
    pcre2_code_free(r->code);
    free(r);
}

static int match(const struct regex *r, struct str s, pcre2_match_data *data)
{
    int rc = pcre2_match(r->code, (PCRE2_SPTR)s.p, s.n, 0, PCRE2_NO_UTF_CHECK,
                         data, r->limits);

    /* JIT's stack is small; the interpreter has none. */
    if (rc == PCRE2_ERROR_JIT_STACKLIMIT)
        rc = pcre2_match(r->code, (PCRE2_SPTR)s.p, s.n, 0,
                         PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, data, r->limits);
    return rc;
}

enum regex_result regex_match(const struct regex *r, struct str s, size_t *at,
                              size_t *n)
{
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    enum regex_result result = REGEX_LIMIT;
    int rc;

    if (data == NULL || r->limits == NULL)
        goto done;
    rc = match(r, s, data);
    if (rc == PCRE2_ERROR_NOMATCH)
        result = REGEX_NO;
    if (rc >= 0) {
        const PCRE2_SIZE *found = pcre2_get_ovector_pointer(data);

        result = REGEX_YES;
        if (at != NULL)
            *at = found[0];
        /* \K in a lookahead can end a match before its start. */
        if (n != NULL)
            *n = found[1] > found[0] ? found[1] - found[0] : 0;
    }

done:
    pcre2_match_data_free(data);
    return result;
}
