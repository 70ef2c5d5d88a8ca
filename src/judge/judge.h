#ifndef JUDGE_JUDGE_H
#define JUDGE_JUDGE_H
/*
 * Decides which items belong to a topic.  The topic language is described in
 * README.md of this folder.  Pure: an item and a rule in, a verdict out.
 */
#include "base/error.h"
#include "item/item.h"
#include "item/source.h"

struct arena;
struct rule;

/* Parses a rule into A.  NULL and ERR_CONFIG with line and column inside TEXT.
 * Regexes it compiles are freed by rule_free. */
struct rule *rule_parse(struct arena *a, struct str text, struct error *err);
void rule_free(struct rule *r);

/* What rules look at: an item made ready once for many rules. */
struct judged;
struct judged *judged_new(struct arena *a, const struct item *item,
                          struct str source_name, struct str source_url);

/* A term of the rule that matched, for `why`. */
struct term_hit {
    struct str term;  /* as written in the rule */
    struct str field; /* title, body, tag ... */
    size_t at, n;     /* bytes in that field's original text, where known */
};

struct verdict {
    enum { VERDICT_IN, VERDICT_UNMATCHED, VERDICT_DROPPED, VERDICT_HELD } is;
    struct term_hit *hits; /* terms that decided it */
    size_t n_hits;
    struct str reason; /* one sentence */
    bool regex_limit;  /* a regex gave up: counts as no match */
};

bool rule_matches(const struct rule *r, const struct judged *j, struct arena *a,
                  struct verdict *hits);
/* keep, drop and review of the topic together. */
void judge_item(struct arena *a, const struct topic *topic,
                const struct judged *j, struct verdict *out);
#endif
