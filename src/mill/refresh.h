#ifndef MILL_REFRESH_H
#define MILL_REFRESH_H
/* The parts of mill_refresh. */
#include "base/buf.h"
#include "base/error.h"
#include "base/map.h"
#include "fetch/fetch.h"
#include "mill/fulltext.h"
#include "mill/mill.h"
#include "mill/press.h"
#include "store/store.h"

/* What happened to one source in this run. */
struct outcome {
    const struct source *source;
    struct source_row row;
    struct hash128 read_as; /* all that decides how its bytes are read */
    bool wanted;            /* by the command line */
    bool asked;             /* was due and was asked */
    bool failed;            /* itself or an article of its list */
    bool state_changed;     /* the operator is told */
    enum source_state was;
    struct str error; /* why it failed */
    int64_t bytes;
    size_t n_new, n_changed, n_same;
    size_t n_grown; /* entries that got their page's text */
};

/* A page of an article whose later pages are on their way. */
struct job_part {
    struct buf bytes;
    struct str url, type;
};

/* A document on its way: asked for, answered, read, stored. */
struct job {
    struct refresh *refresh;
    size_t source;   /* index of the outcome */
    bool is_article; /* the page of a list's article or of a feed's entry */
    bool is_listed;  /* of a list's article, whose items are to be stored */
    struct str key;  /* of an article: under which its page is remembered */
    int failures;    /* of an article, in a row, before this run */
    struct {
        struct job_part *at;
        size_t n, cap;
    } parts;             /* the pages before this one of its article */
    struct str part_key; /* with parts: under which this page is remembered */
    bool is_of_source;   /* with parts: the article is the source itself */
    bool is_cut_short;   /* with parts: this page could not be had ... */
    struct error *part_err; /* ... because; in the arena */
    struct {
        size_t *at;
        size_t n, cap;
    } also;          /* other sources whose lists name the article */
    struct str url;  /* asked, or the address of a file; may be empty */
    struct str file; /* path to read instead; empty */
    struct arena *a; /* of all that follows */
    struct buf bytes;
    struct spool *rest; /* bytes that follow, not read in yet; or NULL */
    struct str final_url, moved_to, type, new_etag, new_last_modified;
    int status;
    int64_t retry_after, max_age, wire_bytes;
    bool is_forbidden; /* by robots.txt */
    bool is_repeated;  /* leads to an address asked before in this run */
    bool is_unchanged; /* 304, or the same bytes as last time */
    struct hash128 body_hash, known_hash; /* of the bytes; those of last time */
    bool has_known_hash;
    bool wants_listed;         /* before it is read */
    struct last_listed listed; /* what its source's last document listed */
    struct line_result result;
    struct put_ready *ready;    /* of a feed that is new, of each item */
    enum full_text_need *needs; /* the same; NULL as READY is */
    bool ok;
    struct error *err; /* when not ok; in the arena, see job_error */
    bool is_waiting;   /* counted in refresh.waiting */
    size_t held;       /* that it took of refresh.unstored */
    size_t read_bytes; /* of its document */
    struct job *next;  /* that was done with it; see round.c */
};

/* Something to ask for in a round: JOB, or the source itself.  A source's job is
 * made when its answer is here; until then all of a run wait. */
struct errand {
    size_t source;
    int64_t last_fetch; /* of the source */
    struct job *job;    /* or NULL */
};

/* What came of one site rule in this run. */
struct rule_tally {
    size_t pages;     /* articles of its site that were read */
    unsigned matched; /* bit f: enum site_field f found something on one */
};

struct refresh {
    const struct config *config;
    const struct refresh_options *options;
    struct store *store;
    struct arena *a;
    int64_t now;
    int64_t come;             /* that time has come, as the runs before tell */
    int64_t run_gap;          /* seconds from one run to the next; 0 unknown */
    int64_t believed;         /* now, unless the clock may have jumped ahead */
    int64_t started_ms;       /* of clock_ms */
    struct outcome *outcomes; /* one a source of the mill */
    struct queue *results;
    struct budget *unstored; /* bytes of documents read and not stored */
    _Atomic int waiting;     /* answers that are to be read or stored */
    struct {
        struct job *first, *last;
        size_t n;
    } unchanged; /* answers of the fetch thread's that are not handed on yet */
    struct {
        size_t *at;
        size_t n, cap;
    } unsaved; /* outcomes that are not stored yet */
    struct pool *pool;
    struct fetcher *fetcher; /* of all rounds: pauses and robots.txt hold on;
                              * NULL before the first */
    struct hosts *hosts;     /* what it learnt of them */
    int64_t end_ms; /* of clock_ms: nothing is asked for from then on; 0 */
    size_t sources_left, pages_left; /* that were not asked for therefore */
    struct map asked; /* URL keys of the sources that are asked in this run: no
                       * page of such an address is */
    struct {
        struct job **at;
        size_t n, cap;
    } next;            /* articles found on list pages, and further pages of
                        * articles: for the rounds behind the first */
    struct map queued; /* their keys: index in next */
    struct rule_tally *tallies; /* one a site rule; NULL before the first */
};

/* Runs the errands through fetch and line; on_result is called on this thread.
 * They live until it returns. */
MUST_CHECK bool round_run(struct refresh *r, struct errand *errands, size_t n,
                          bool (*on_result)(struct refresh *r, struct job *job,
                                            struct error *err),
                          struct error *err);
struct job *job_new(struct refresh *r, size_t source);
/* That of a source's document, and how it is asked for; its URL is empty for a
 * file without an address. */
struct job *source_job(struct refresh *r, size_t source);
struct request source_request(const struct refresh *r, size_t source);
void job_free(struct job *job);
/* Reads the document once more, as if nothing of it were known. */
MUST_CHECK bool job_read_whole(struct job *job, struct error *err);
/* The error of JOB, to be filled.  It is made when it is asked for first: most
 * jobs never fail, and all of a run wait at once. */
struct error *job_error(struct job *job);
/* True if it was not asked for, since the server wants to be left alone. */
bool was_put_off(const struct job *job);

/* Stores what came of asking a source, and queues what its list names. */
MUST_CHECK bool outcome_store(struct refresh *r, struct job *job,
                              struct error *err);
/* The same, for later, of a document that is the one of last time. */
void outcome_unchanged(struct refresh *r, const struct job *job);
/* Stores what waits for it in the transaction that is open. */
MUST_CHECK bool outcomes_save(struct refresh *r, struct error *err);
/* A source that fails and was not asked is told of every day all the same. */
MUST_CHECK bool outcomes_remind(struct refresh *r, struct error *err);
/* Whether O's time has come. */
bool outcome_is_due(const struct refresh *r, const struct outcome *o);
/* Where the source is asked now. */
struct str outcome_url(const struct outcome *o);
/* The server wants to be left alone for SECONDS. */
void outcome_put_off(struct refresh *r, struct outcome *o, int64_t seconds);
/* Stores the items of a document and counts them for its source. */
MUST_CHECK bool put_items(struct refresh *r, const struct job *job,
                          struct error *err);

/* Queues the articles that a list page of the source names and that are still
 * to be had; of the others the store learns that they are listed.  *IS_DONE is
 * whether it had none of the former, now or for a later run. */
MUST_CHECK bool articles_queue(struct refresh *r, size_t source,
                               const struct page *page, bool *is_done,
                               struct error *err);
/* Stores what came of one. */
MUST_CHECK bool articles_store(struct refresh *r, struct job *job,
                               struct error *err);
/* The items of an article, for every list that names it. */
MUST_CHECK bool put_article(struct refresh *r, const struct job *job,
                            struct error *err);
/* Where an article of a saved list page is saved beside it; empty if nowhere. */
struct str article_file(struct refresh *r, const struct source *source,
                        struct str url);

/* If the article of JOB, which was read, goes on over another page that may be
 * asked for, queues that; JOB is then not to be stored, and has given away its
 * bytes. */
bool parts_queue(struct refresh *r, struct job *job);
/* Stores what came of a page with parts before it. */
MUST_CHECK bool parts_store(struct refresh *r, struct job *job,
                            struct error *err);

/* Counts what the rule of its site found on a page; tells the operator of the
 * lines that found nothing on any page of the run. */
void rules_see(struct refresh *r, const struct page *page);
void rules_report(const struct refresh *r);

/* Asks for a page in the second round, under its URL key, which is not queued
 * yet. */
struct job *page_queue(struct refresh *r, size_t source, struct str url,
                       struct str key, int failures);
/* Seconds until a page that could not be had FAILURES times (1 and more) is asked
 * for again; -1 never. */
int64_t page_wait(int failures);
/* Notes whether the page of an entry just stored is wanted, as full_text_need says;
 * A is for scratch. */
MUST_CHECK bool teaser_see(struct refresh *r, struct arena *a, size_t source,
                           const struct item *entry, enum full_text_need need,
                           const struct put_done *done, struct error *err);
/* Queues the pages that are wanted, as many as one run may ask for. */
MUST_CHECK bool teasers_queue(struct refresh *r, struct error *err);
/* Gives the entries that want it the text of a page, or notes why not.  PAGE is
 * what the store knows of the page now. */
MUST_CHECK bool teasers_store(struct refresh *r, const struct job *job,
                              const struct page_row *page, struct error *err);
/* The page's server wants to be left alone: they wait as long. */
MUST_CHECK bool teasers_put_off(struct refresh *r, const struct job *job,
                                struct error *err);

/* The JSON report of design section 9. */
void report_write(const struct refresh *r, const struct press *press,
                  int64_t finished, int status, struct buf *out);
/* The file of options.metrics, replaced whole. */
MUST_CHECK bool metrics_write(const struct refresh *r,
                              const struct press *press,
                              const struct refresh_result *result,
                              struct error *err);
/* The operator's lines about sources, on standard error. */
void report_states(struct refresh *r);
#endif
