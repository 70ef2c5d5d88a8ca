/*
 * Sites that could start a job (one is waiting and fewer than the limit run)
 * stand in a binary heap by the time they may; ties go to the site that has
 * waited longer, so that equal ones take turns.  A site leaves the heap when its
 * queue is empty or its limit reached, and comes back when that ends.  Every
 * step costs the logarithm of the number of sites, and nothing per job.
 *
 * Hosts are looked up in a map before the public suffix list is asked, since
 * many sources share a host.
 */
#include "fetch/polite.h"

#include "base/map.h"
#include "base/vec.h"
#include "text/site.h"

#define NOT_IN_HEAP SIZE_MAX

struct polite_site {
    struct str name;
    struct polite_job *first, *last;
    int running;
    struct polite_refusals refusals;
    int64_t pause_ms, next_ms, held_until_ms;
    uint64_t turn; /* smaller has waited longer */
    size_t at;     /* in the heap */
};

struct polite {
    int per_site;
    int64_t pause_ms;
    struct arena *arena;
    struct map hosts, names; /* index + 1 in sites */
    VEC(struct polite_site *) sites;
    VEC(struct polite_site *) heap;
    uint64_t turns;
};

struct polite *polite_new(int per_site, int64_t pause_ms)
{
    struct polite *p = heap_alloc(sizeof *p);

    p->per_site = per_site < 1 ? 1 : per_site;
    p->pause_ms = pause_ms;
    p->arena = arena_new(0);
    map_init(&p->hosts, p->arena);
    map_init(&p->names, p->arena);
    return p;
}

void polite_free(struct polite *p)
{
    if (p == NULL)
        return;
    arena_free(p->arena);
    free(p);
}

static struct polite_site *site_by_name(struct polite *p, struct str name)
{
    bool is_new;
    size_t *slot = map_put(&p->names, name, &is_new);
    struct polite_site *s;

    if (!is_new)
        return p->sites.at[*slot - 1];
    s = arena_make(p->arena, struct polite_site);
    s->name = name;
    s->at = NOT_IN_HEAP;
    s->pause_ms = p->pause_ms;
    *vec_add(p->arena, &p->sites) = s;
    *slot = p->sites.n;
    return s;
}

struct polite_site *polite_site(struct polite *p, struct str host)
{
    size_t *slot = map_get(&p->hosts, host);
    struct polite_site *s;

    if (slot != NULL)
        return p->sites.at[*slot - 1];
    host = arena_str(p->arena, host);
    s = site_by_name(p, site_of_host(p->arena, host));
    *map_put(&p->hosts, host, NULL) = *map_get(&p->names, s->name);
    return s;
}

struct str polite_name(const struct polite_site *s)
{
    return s->name;
}

static int64_t start_ms(const struct polite_site *s)
{
    return s->next_ms > s->held_until_ms ? s->next_ms : s->held_until_ms;
}

static bool is_before(const struct polite_site *a, const struct polite_site *b)
{
    int64_t x = start_ms(a), y = start_ms(b);

    return x < y || (x == y && a->turn < b->turn);
}

static void set_at(struct polite *p, size_t i, struct polite_site *s)
{
    p->heap.at[i] = s;
    s->at = i;
}

static void sift_up(struct polite *p, size_t i)
{
    struct polite_site *s = p->heap.at[i];

    while (i > 0 && is_before(s, p->heap.at[(i - 1) / 2])) {
        set_at(p, i, p->heap.at[(i - 1) / 2]);
        i = (i - 1) / 2;
    }
    set_at(p, i, s);
}

static void sift_down(struct polite *p, size_t i)
{
    struct polite_site *s = p->heap.at[i];
    size_t child;

    while ((child = 2 * i + 1) < p->heap.n) {
        if (child + 1 < p->heap.n &&
            is_before(p->heap.at[child + 1], p->heap.at[child]))
            child++;
        if (!is_before(p->heap.at[child], s))
            break;
        set_at(p, i, p->heap.at[child]);
        i = child;
    }
    set_at(p, i, s);
}

/* Puts S where it belongs in the heap now, or out of it. */
static void place(struct polite *p, struct polite_site *s)
{
    bool belongs = s->first != NULL && s->running < p->per_site;
    size_t i = s->at;

    if (belongs && i == NOT_IN_HEAP) {
        s->turn = ++p->turns;
        *vec_add(p->arena, &p->heap) = s;
        sift_up(p, p->heap.n - 1);
    } else if (belongs) {
        sift_up(p, i);
        sift_down(p, s->at);
    } else if (i != NOT_IN_HEAP) {
        struct polite_site *last = p->heap.at[--p->heap.n];

        s->at = NOT_IN_HEAP;
        if (last != s) {
            set_at(p, i, last);
            sift_up(p, i);
            sift_down(p, last->at);
        }
    }
}

void polite_put(struct polite *p, struct polite_site *s, struct polite_job *job,
                bool is_first)
{
    job->site = s;
    if (is_first) {
        job->next = s->first;
        s->first = job;
        if (s->last == NULL)
            s->last = job;
    } else {
        job->next = NULL;
        if (s->last == NULL)
            s->first = job;
        else
            s->last->next = job;
        s->last = job;
    }
    place(p, s);
}

struct polite_job *polite_take(struct polite *p, int64_t now_ms)
{
    struct polite_site *s;
    struct polite_job *job;

    if (p->heap.n == 0 || start_ms(p->heap.at[0]) > now_ms)
        return NULL;
    s = p->heap.at[0];
    job = s->first;
    s->first = job->next;
    if (s->first == NULL)
        s->last = NULL;
    job->next = NULL;
    s->running++;
    s->next_ms = now_ms + s->pause_ms;
    s->turn = ++p->turns;
    place(p, s);
    return job;
}

void polite_end(struct polite *p, struct polite_job *job, int64_t now_ms)
{
    struct polite_site *s = job->site;

    s->running--;
    s->next_ms = now_ms + s->pause_ms;
    place(p, s);
}

int64_t polite_next_ms(const struct polite *p)
{
    return p->heap.n == 0 ? -1 : start_ms(p->heap.at[0]);
}

void polite_hold(struct polite *p, struct polite_site *s, int64_t until_ms)
{
    if (until_ms > s->held_until_ms)
        s->held_until_ms = until_ms;
    place(p, s);
}

void polite_slow_down(struct polite *p, struct polite_site *s, int64_t pause_ms)
{
    if (pause_ms <= s->pause_ms)
        return;
    if (s->next_ms > 0)
        s->next_ms += pause_ms - s->pause_ms;
    s->pause_ms = pause_ms;
    place(p, s);
}

struct polite_refusals *polite_refusals(struct polite_site *s)
{
    return &s->refusals;
}

int64_t polite_held_ms(const struct polite_site *s, int64_t now_ms)
{
    return s->held_until_ms > now_ms ? s->held_until_ms - now_ms : 0;
}

struct polite_job *polite_drain(struct polite *p, struct polite_site *s)
{
    struct polite_job *jobs = NULL;

    if (s != NULL) {
        jobs = s->first;
        s->first = s->last = NULL;
        place(p, s);
        return jobs;
    }
    for (size_t i = 0; i < p->sites.n; i++) {
        s = p->sites.at[i];
        if (s->last == NULL)
            continue;
        s->last->next = jobs;
        jobs = s->first;
        s->first = s->last = NULL;
        place(p, s);
    }
    return jobs;
}
