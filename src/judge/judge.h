#ifndef JUDGE_JUDGE_H
#define JUDGE_JUDGE_H
/*
 * Decides which items belong to a topic.  The topic language is described in
 * README.md of this folder.  Pure: an item and a rule in, a verdict out.
 */
#include "base/error.h"
#include "item/item.h"
#include "item/source.h"
#include "item/story.h"

struct arena;
struct rule;

/* Parses a rule into A.  NULL and ERR_CONFIG with line and column inside TEXT.
 * Regexes it compiles are freed by rule_free. */
struct rule *rule_parse(struct arena *a, struct str text, struct error *err);
void rule_free(struct rule *r);

/* What rules look at: an item whose texts are made ready, in A, when a rule asks
 * for them; for one thread.  The arguments are borrowed. */
struct judged;
struct judged *judged_new(struct arena *a, const struct item *item,
                          struct str source_name, struct str source_url);

/* A term of the rule that matched, for `why`. */
struct term_hit {
    struct str term;  /* as written in the rule */
    struct str field; /* title, body, tag ... */
    size_t at, n;     /* bytes in that field's original text, where known */
};

/* How much an item looks like spam or an advertisement: 0 not at all, 1 sure;
 * and why, a phrase each. */
struct spam {
    double score;
    struct strs reasons;
};
/* By its links, contacts, calls to act, prices, lists of key words; in A. */
void spam_score(struct arena *a, const struct item *item, struct spam *out);

struct verdict {
    enum { VERDICT_IN, VERDICT_UNMATCHED, VERDICT_DROPPED, VERDICT_HELD } is;
    struct term_hit *hits; /* terms that decided it */
    size_t n_hits;
    struct str reason; /* one sentence */
    bool regex_limit;  /* a regex gave up: counts as no match */
};

/* Whether R holds for J.  HITS may be NULL; otherwise its hits (in A) and
 * regex_limit are set, and nothing else. */
bool rule_matches(const struct rule *r, const struct judged *j, struct arena *a,
                  struct verdict *hits);
/* Of a rule that does not hold for J: a phrase for each term that it lacks
 * ("lacks AI") or minds ("has jobs"); in A. */
void rule_missing(const struct rule *r, const struct judged *j, struct arena *a,
                  struct strs *out);
/* keep, drop, languages, review and thresholds of the topic together. */
void judge_item(struct arena *a, const struct topic *topic,
                const struct judged *j, struct verdict *out);

/* What `order: rank` goes by. */
struct rank_facts {
    int64_t published;  /* Unix seconds */
    size_t n_sources;   /* that report the story */
    size_t title_terms; /* terms of the rule in the title */
    double spam;        /* see spam_score */
};
/* The larger the weightier; in seconds, as `published` is. */
int64_t rank_score(const struct rank_facts *f);

/* ---- stories --------------------------------------------------------------- */

enum story_why {
    STORY_APART,
    STORY_SAME_URL,
    STORY_SAME_TEXT,
    STORY_CONTAINED, /* half or more of the shorter stands in the longer */
    STORY_SAME_EVENT /* one event in different words; by story_join only */
};

/* What is compared of ITEM, and not what the lead is chosen by.  Strings and all
 * are in A, or are SOURCE itself. */
void story_sketch_of(struct arena *a, const struct item *item,
                     struct str source, struct story_sketch *out);
/* A copy of S that lives in A; SOURCE stays the one that was handed in. */
void story_sketch_copy(struct arena *a, const struct story_sketch *s,
                       struct story_sketch *out);
/* Whether both report one thing.  Items of one source do only if they share
 * the URL key, or have one title and the same or nearly the same text. */
enum story_why story_same(const struct story_sketch *a,
                          const struct story_sketch *b);
/* "same-url" ...; empty for STORY_APART. */
struct str story_why_name(enum story_why why);
/*
 * Which of N neighbours X joins, and why.  A copy comes before a report of the
 * same event, which is of another source and within 72 hours.  None when X holds
 * several of them that are apart (it is then a digest, or a page that could not
 * be split: only another such is its copy), when one source has it in two stories
 * (a notice, a template), or when the story has a copy of another part of what
 * holds X, which is a digest then.
 */
enum story_why story_join(const struct story_sketch *x,
                          const struct story_sketch *near, size_t n,
                          struct story_choice *out);
/*
 * The lead among N >= 1 members: the origin that others name, then whole before
 * cut, then not spam, then of the source that was first the newest version.
 */
size_t story_lead(const struct story_sketch *members, size_t n);
/* All of this, for the store. */
extern const struct story_judge story_judge;
#endif
