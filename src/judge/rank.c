/*
 * The order of an edition by weight.  A story is worth what its age is, and
 * some hours more for each doubling of the sources that report it and for each
 * term of the rule that its title has; less the more it looks like spam.  The
 * clock has no say, so that the order stays while nothing is new.
 */
#include "judge/judge.h"

#define HOUR          ((int64_t)3600)
#define SOURCES_WEIGH (8 * HOUR) /* for each doubling */
#define TITLE_WEIGHS  (2 * HOUR) /* for each term, four at most */
#define SPAM_WEIGHS   (48 * HOUR)

int64_t rank_score(const struct rank_facts *f)
{
    size_t sources = f->n_sources > 0 ? f->n_sources : 1;
    size_t terms = f->title_terms < 4 ? f->title_terms : 4;
    int64_t score = f->published;
    size_t doubled = 1;

    while (doubled * 2 <= sources) {
        score += SOURCES_WEIGH;
        doubled *= 2;
    }
    /* Between two doublings in proportion. */
    score += SOURCES_WEIGH * (int64_t)(sources - doubled) / (int64_t)doubled;
    score += TITLE_WEIGHS * (int64_t)terms;
    return score - (int64_t)(f->spam * (double)SPAM_WEIGHS);
}
