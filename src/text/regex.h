#ifndef TEXT_REGEX_H
#define TEXT_REGEX_H
/* PCRE2 with UTF, without UCP, with a match limit. */
#include "base/str.h"

struct error;
struct regex;

enum regex_result { REGEX_NO, REGEX_YES, REGEX_LIMIT };

/* NULL on a bad pattern; ERR names the column in it. */
struct regex *regex_new(struct str pattern, bool match_case, struct error *err);
void regex_free(struct regex *r);
/* *AT and *N (may be NULL) say which bytes matched first. */
enum regex_result regex_match(const struct regex *r, struct str s, size_t *at,
                              size_t *n);
#endif
