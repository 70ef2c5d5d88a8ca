/*
 * The whole texts of feed entries that are teasers.
 *
 * When an entry is stored, teaser_see notes in the store that its page is
 * wanted.  Each run asks for some of the pages wanted, in its second round
 * (teasers_queue): the newest entry of each source first, then the next of each,
 * until `pages` of mill.yaml are asked for; the rest waits.  The entry is
 * published meanwhile as its feed has it, and grows later (store_grow_item).
 *
 * A page is asked for once; a list, or another entry, that had it spares the
 * request.  Only an entry whose text its feed has changed has its page asked for
 * anew, ever more seldom (page_wait).  What could not be had is asked for again
 * in the same way.  A source whose pages are of no use is left alone
 * (full_text_allowance).  An entry that nothing came of in a month is given up.
 */
#include "mill/refresh.h"

#include "base/arena.h"
#include "base/vec.h"
#include "mill/fulltext.h"
#include "sys/log.h"
#include "text/site.h"
#include "text/url.h"

#define MONTH ((int64_t)30 * 86400)

/* ---- what is wanted ----------------------------------------------------------- */

/* A page of the site that the feed is of.  What a feed says of other people's
 * pages is its own text, however short. */
static bool is_of_site(struct arena *a, const struct outcome *o, struct str url)
{
    return site_is_one(a, url, o->source->url) ||
           site_is_one(a, url, o->row.home_url);
}

/* Pages that the owner need not ask for by name: a saved feed's are those saved
 * beside it. */
static bool is_within_reach(struct refresh *r, struct arena *a,
                            const struct outcome *o, const struct item *entry,
                            enum full_text_need need)
{
    if (need == NEED_OWNER)
        return true;
    if (o->source->file.n > 0)
        return article_file(r, o->source, entry->url).n > 0;
    return need == NEED_EMPTY || is_of_site(a, o, entry->url);
}

static int64_t next_ask(const struct full_text_row *row)
{
    int64_t wait = row->asks == 0 ? 0 : page_wait(row->asks);

    return wait < 0 ? -1 : row->asked + wait;
}

bool teaser_see(struct refresh *r, struct arena *a, size_t source,
                const struct item *entry, enum full_text_need need,
                const struct put_done *done, struct error *err)
{
    struct outcome *o = &r->outcomes[source];
    struct full_text_row row;
    bool found;

    if (need == NEED_NONE || !is_within_reach(r, a, o, entry, need))
        return done->result != PUT_CHANGED ||
               store_drop_full_text(r->store, done->item, err);
    if (!store_get_full_text(r->store, a, done->item, &row, &found, err))
        return false;
    if (found && hash128_eq(row.content, done->content))
        return true;
    row.item = done->item;
    row.source = o->row.rowid;
    row.page = url_key(a, entry->url);
    row.content = done->content;
    row.next = next_ask(&row);
    row.is_wanted = row.next >= 0 && row.page.n > 0;
    row.fresh_from = found ? r->now : 0;
    row.why = full_text_need_text(need);
    return store_put_full_text(r->store, &row, err);
}

/* ---- what came of it ------------------------------------------------------------ */

static bool settle(struct refresh *r, struct full_text_row *row, bool is_good,
                   struct str why, struct error *err)
{
    row->is_wanted = false;
    row->asked = r->now;
    row->asks++;
    row->why = why;
    return store_put_full_text(r->store, row, err) &&
           store_count_page(r->store, row->source, is_good, why, r->now, err);
}

/* The page's articles are there: one of them is the entry's text, or none. */
static bool try_articles(struct refresh *r, struct arena *a, struct outcome *o,
                         struct full_text_row *row, struct str url,
                         const struct item *const *pages, size_t n,
                         struct error *err)
{
    struct stored_item entry;
    enum full_text_fit fit;
    struct item page;
    size_t which;
    bool found;

    if (!store_get_item(r->store, a, row->item, &entry, &found, err))
        return false;
    if (!found)
        return store_drop_full_text(r->store, row->item, err);
    /* What an older page gave does not compete. */
    if (row->has_text)
        entry.item.text = entry.item.summary;
    fit = full_text_choose(a, o->source->full_text, &entry.item, pages, n,
                           &which);
    if (fit == FIT_GOOD) {
        page = *pages[which];
        page.notes = (struct notes){0};
        notes_copy(&page.notes, a, &pages[which]->notes);
        note_add(&page.notes, a, NOTE_FULL_TEXT, "%.*s", STR_ARG(url));
        if (!store_grow_item(r->store, row->item, &page, r->now, err))
            return false;
        row->has_text = true;
        o->n_grown++;
    }
    log_verbose("%.*s: %.*s", STR_ARG(url), STR_ARG(full_text_fit_text(fit)));
    return settle(r, row, fit == FIT_GOOD, full_text_fit_text(fit), err);
}

static struct outcome *outcome_of(struct refresh *r, int64_t source)
{
    for (size_t i = 0; i < r->config->mill.n_sources; i++)
        if (r->outcomes[i].row.rowid == source)
            return &r->outcomes[i];
    return NULL;
}

static bool has_article(const struct line_result *result)
{
    return str_eq(result->kind, STR("page")) ||
           str_eq(result->kind, STR("text"));
}

/* It failed: kept for another try, as long as there is one. */
static bool wait_for_page(struct refresh *r, const struct job *job,
                          struct full_text_row *row,
                          const struct page_row *page, struct error *err)
{
    int64_t wait = page->failures == 0 ? -1 : page_wait(page->failures);
    struct str why = arena_cat(job->a, STR("its page could not be had: "),
                               str_from_c(job->err->text));

    log_verbose("%.*s: %s", STR_ARG(job->url), job->err->text);
    if (wait < 0 || job->is_forbidden)
        return settle(r, row, false, why, err);
    row->next = r->now + (wait > job->retry_after ? wait : job->retry_after);
    row->why = why;
    return store_put_full_text(r->store, row, err);
}

bool teasers_store(struct refresh *r, const struct job *job,
                   const struct page_row *page, struct error *err)
{
    struct wanted_pages wanted;

    if (!store_page_wanted_by(r->store, job->a, job->key, &wanted, err))
        return false;
    for (size_t i = 0; i < wanted.n; i++) {
        struct full_text_row *row = &wanted.at[i].row;
        struct outcome *o = outcome_of(r, row->source);
        bool ok;

        if (o == NULL)
            continue;
        if (job->ok)
            ok = try_articles(
                r, job->a, o, row, job->url, job->result.items,
                has_article(&job->result) ? job->result.n_items : 0, err);
        else
            ok = wait_for_page(r, job, row, page, err);
        if (!ok)
            return false;
    }
    return true;
}

bool teasers_put_off(struct refresh *r, const struct job *job,
                     struct error *err)
{
    struct wanted_pages wanted;

    if (!store_page_wanted_by(r->store, job->a, job->key, &wanted, err))
        return false;
    for (size_t i = 0; i < wanted.n; i++) {
        wanted.at[i].row.next = r->now + job->retry_after;
        if (!store_put_full_text(r->store, &wanted.at[i].row, err))
            return false;
    }
    return true;
}

/* ---- the queue ------------------------------------------------------------------- */

/* What one source has waiting, and may have asked for in this run. */
struct share {
    struct wanted_page **at;
    size_t n, cap;
    size_t next; /* of at[] to be looked at */
    size_t left;
};

/* The page is known already: from another entry, or from a list. */
static bool use_known_page(struct refresh *r, size_t source,
                           struct wanted_page *w, const struct page_row *page,
                           struct error *err)
{
    struct arena *a = arena_new(0);
    const struct item *item;
    struct stored_item known;
    bool found, ok = false;

    if (!store_page_item(r->store, a, w->row.page, &known, &found, err))
        goto done;
    item = &known.item;
    if (found)
        ok = try_articles(r, a, &r->outcomes[source], &w->row, w->url, &item, 1,
                          err);
    else if (page->status >= 400)
        ok = settle(r, &w->row, false,
                    arena_printf(a, "its page could not be had: HTTP status %d",
                                 page->status),
                    err);
    else
        ok = settle(r, &w->row, false, full_text_fit_text(FIT_NO_ARTICLE), err);

done:
    arena_free(a);
    return ok;
}

/* *ASKED says whether the page is asked for. */
static bool queue_wanted(struct refresh *r, size_t source,
                         struct wanted_page *w, bool *asked, struct error *err)
{
    struct page_row page = {0};
    bool found;

    *asked = false;
    /* A list that names it brings it, or another entry does. */
    if (map_get(&r->queued, w->row.page) != NULL)
        return true;
    if (!store_get_page(r->store, w->row.page, &page, &found, err))
        return false;
    if (found && page.failures == 0 && page.fetched >= w->row.fresh_from)
        return use_known_page(r, source, w, &page, err);
    /* It waits for a run that does not ask it as a source. */
    if (map_get(&r->asked, w->row.page) != NULL)
        return true;
    page_queue(r, source, w->url, w->row.page, page.failures);
    *asked = true;
    return true;
}

static bool allowance(struct refresh *r, size_t source, size_t *out,
                      struct error *err)
{
    const struct outcome *o = &r->outcomes[source];
    struct pages_in_vain vain;

    if (!store_get_pages_in_vain(r->store, r->a, o->row.rowid, &vain, err))
        return false;
    *out = full_text_allowance(o->source->full_text, vain.n, vain.last, r->now);
    return true;
}

/* Deals the pages wanted out to their sources; those of sources that are not
 * asked about in this run stay. */
static bool deal(struct refresh *r, struct wanted_pages *wanted,
                 struct share *shares, struct error *err)
{
    size_t n = r->config->mill.n_sources;
    struct map by_row;

    map_init(&by_row, r->a);
    for (size_t i = 0; i < n; i++)
        *map_put(&by_row,
                 str_of((const char *)&r->outcomes[i].row.rowid,
                        sizeof r->outcomes[i].row.rowid),
                 NULL) = i;
    for (size_t i = 0; i < wanted->n; i++) {
        struct wanted_page *w = &wanted->at[i];
        size_t *at = map_get(&by_row, str_of((const char *)&w->row.source,
                                             sizeof w->row.source));
        struct share *share;

        if (at == NULL || !r->outcomes[*at].wanted)
            continue;
        share = &shares[*at];
        if (share->n == 0 && !allowance(r, *at, &share->left, err))
            return false;
        *vec_add(r->a, share) = w;
    }
    return true;
}

/* The next page of a source that has to be asked for, if there is one. */
static bool take_turn(struct refresh *r, size_t source, struct share *share,
                      bool *asked, struct error *err)
{
    *asked = false;
    while (!*asked && share->left > 0 && share->next < share->n)
        if (!queue_wanted(r, source, share->at[share->next++], asked, err))
            return false;
    share->left -= *asked;
    return true;
}

/* A turn for each source until none has any left, or the run has its fill. */
static bool take_turns(struct refresh *r, struct share *shares,
                       struct error *err)
{
    size_t left = (size_t)r->config->mill.pages;
    bool goes_on = true;

    while (goes_on && left > 0) {
        goes_on = false;
        for (size_t i = 0; i < r->config->mill.n_sources && left > 0; i++) {
            bool asked;

            if (!take_turn(r, i, &shares[i], &asked, err))
                return false;
            goes_on |= asked;
            left -= asked;
        }
    }
    return true;
}

bool teasers_queue(struct refresh *r, struct error *err)
{
    size_t n = r->config->mill.n_sources;
    struct wanted_pages wanted;
    struct share *shares;

    if (r->config->mill.pages == 0)
        return true;
    if (!store_wanted_pages(r->store, r->a, r->now, r->now - MONTH, &wanted,
                            err))
        return false;
    if (wanted.n == 0)
        return true;
    shares = arena_array(r->a, n, sizeof *shares);
    if (store_begin(r->store, err) && deal(r, &wanted, shares, err) &&
        take_turns(r, shares, err) && store_commit(r->store, err))
        return true;
    store_rollback(r->store);
    return false;
}
