/*
 * A queue is a ring of pointers with one mutex and two conditions; a pool is a
 * queue whose takers run jobs.  Every thread started here blocks all signals
 * but faults, so that SIGINT reaches the main thread and wakes what it waits
 * for.  A machine that cannot give a thread ends the process with one line and
 * status 4, as one without memory does (base/arena.h).
 */
#include "sys/pool.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"

/* ---- queue ------------------------------------------------------------- */

struct queue {
    pthread_mutex_t mutex;
    pthread_cond_t can_take, can_put;
    size_t max, cap, n, first;
    bool is_closed, is_refused;
    void **at; /* a ring of CAP, which is MAX but for queue_put_now */
};

struct queue *queue_new(size_t max)
{
    struct queue *q;
    pthread_condattr_t attr;

    assert(max > 0);
    q = heap_alloc(sizeof *q);
    q->at = heap_alloc(size_mul(max, sizeof *q->at));
    q->max = q->cap = max;
    pthread_mutex_init(&q->mutex, NULL);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&q->can_take, &attr);
    pthread_cond_init(&q->can_put, &attr);
    pthread_condattr_destroy(&attr);
    return q;
}

void queue_free(struct queue *q)
{
    if (q == NULL)
        return;
    pthread_cond_destroy(&q->can_take);
    pthread_cond_destroy(&q->can_put);
    pthread_mutex_destroy(&q->mutex);
    free(q->at);
    free(q);
}

static void add(struct queue *q, void *p)
{
    q->at[(q->first + q->n++) % q->cap] = p;
    pthread_cond_signal(&q->can_take);
}

void queue_put(struct queue *q, void *p)
{
    assert(p != NULL);
    pthread_mutex_lock(&q->mutex);
    assert(!q->is_closed);
    while (q->n >= q->max)
        pthread_cond_wait(&q->can_put, &q->mutex);
    add(q, p);
    pthread_mutex_unlock(&q->mutex);
}

static void grow(struct queue *q)
{
    size_t cap = size_mul(q->cap, 2);
    void **at = heap_alloc(size_mul(cap, sizeof *at));

    for (size_t i = 0; i < q->n; i++)
        at[i] = q->at[(q->first + i) % q->cap];
    free(q->at);
    q->at = at;
    q->cap = cap;
    q->first = 0;
}

void queue_put_now(struct queue *q, void *p)
{
    assert(p != NULL);
    pthread_mutex_lock(&q->mutex);
    assert(!q->is_closed);
    if (q->n == q->cap)
        grow(q);
    add(q, p);
    pthread_mutex_unlock(&q->mutex);
}

static struct timespec moment_in(int wait_ms)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_sec += wait_ms / 1000;
    t.tv_nsec += (long)(wait_ms % 1000) * 1000000;
    if (t.tv_nsec >= 1000000000) {
        t.tv_sec++;
        t.tv_nsec -= 1000000000;
    }
    return t;
}

void *queue_take(struct queue *q, int wait_ms)
{
    struct timespec until = moment_in(wait_ms < 0 ? 0 : wait_ms);
    void *p = NULL;
    int failed = 0;

    pthread_mutex_lock(&q->mutex);
    while (q->n == 0 && !q->is_closed && failed == 0) {
        if (wait_ms < 0)
            pthread_cond_wait(&q->can_take, &q->mutex);
        else
            failed = pthread_cond_timedwait(&q->can_take, &q->mutex, &until);
    }
    if (q->n > 0) {
        p = q->at[q->first];
        q->first = (q->first + 1) % q->cap;
        q->n--;
        pthread_cond_signal(&q->can_put);
    }
    pthread_mutex_unlock(&q->mutex);
    return p;
}

void queue_close(struct queue *q)
{
    pthread_mutex_lock(&q->mutex);
    q->is_closed = true;
    pthread_cond_broadcast(&q->can_take);
    pthread_mutex_unlock(&q->mutex);
}

void queue_refuse(struct queue *q)
{
    pthread_mutex_lock(&q->mutex);
    q->is_refused = true;
    pthread_mutex_unlock(&q->mutex);
}

bool queue_is_refused(struct queue *q)
{
    bool is;

    pthread_mutex_lock(&q->mutex);
    is = q->is_refused;
    pthread_mutex_unlock(&q->mutex);
    return is;
}

/* ---- budget ------------------------------------------------------------ */

struct budget {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    size_t max, taken;
    unsigned long next, turn; /* who comes, and who is served */
};

struct budget *budget_new(size_t max)
{
    struct budget *b = heap_alloc(sizeof *b);

    b->max = max;
    pthread_mutex_init(&b->mutex, NULL);
    pthread_cond_init(&b->changed, NULL);
    return b;
}

void budget_free(struct budget *b)
{
    if (b == NULL)
        return;
    pthread_mutex_destroy(&b->mutex);
    pthread_cond_destroy(&b->changed);
    free(b);
}

size_t budget_take(struct budget *b, size_t n)
{
    unsigned long ticket;

    if (n > b->max)
        n = b->max;
    pthread_mutex_lock(&b->mutex);
    ticket = b->next++;
    while (b->turn != ticket || b->taken + n > b->max)
        pthread_cond_wait(&b->changed, &b->mutex);
    b->taken += n;
    b->turn++;
    pthread_cond_broadcast(&b->changed);
    pthread_mutex_unlock(&b->mutex);
    return n;
}

void budget_give(struct budget *b, size_t n)
{
    if (n == 0)
        return;
    pthread_mutex_lock(&b->mutex);
    b->taken -= n;
    pthread_cond_broadcast(&b->changed);
    pthread_mutex_unlock(&b->mutex);
}

/* ---- threads ----------------------------------------------------------- */

struct thread {
    pthread_t id;
    void (*run)(void *);
    void *arg;
};

static void *run_thread(void *arg)
{
    struct thread *t = arg;

    t->run(t->arg);
    return NULL;
}

/* Signals are blocked around the creation, for a thread inherits the mask. */
struct thread *thread_start(void (*run)(void *), void *arg)
{
    struct thread *t = heap_alloc(sizeof *t);
    sigset_t blocked, before;
    int failed;

    t->run = run;
    t->arg = arg;
    sigfillset(&blocked);
    sigdelset(&blocked, SIGSEGV);
    sigdelset(&blocked, SIGBUS);
    sigdelset(&blocked, SIGFPE);
    sigdelset(&blocked, SIGILL);
    sigdelset(&blocked, SIGABRT);
    pthread_sigmask(SIG_SETMASK, &blocked, &before);
    failed = pthread_create(&t->id, NULL, run_thread, t);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (failed != 0) {
        fprintf(stderr, "feedmill: cannot start a thread: %s\n",
                strerror(failed));
        exit(4);
    }
    return t;
}

void thread_join(struct thread *t)
{
    if (t == NULL)
        return;
    pthread_join(t->id, NULL);
    free(t);
}

size_t cpu_count(void)
{
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;

    return n < 1 ? 1 : (size_t)n;
}

/* ---- pool -------------------------------------------------------------- */

struct pool {
    struct queue *jobs;
    pool_job *run;
    void *(*new_state)(void);
    void (*free_state)(void *);
    size_t n_workers;
    struct thread *workers[];
};

static void work(void *arg)
{
    struct pool *p = arg;
    void *state = p->new_state == NULL ? NULL : p->new_state();
    void *job;

    while ((job = queue_take(p->jobs, -1)) != NULL)
        p->run(job, state);
    if (p->free_state != NULL)
        p->free_state(state);
}

struct pool *pool_new(size_t workers, size_t queue_max, pool_job *run,
                      void *(*new_state)(void), void (*free_state)(void *))
{
    size_t n = workers == 0 ? cpu_count() : workers;
    struct pool *p =
        heap_alloc(sizeof *p + size_mul(n, sizeof(struct thread *)));

    p->jobs = queue_new(queue_max);
    p->run = run;
    p->new_state = new_state;
    p->free_state = free_state;
    p->n_workers = n;
    for (size_t i = 0; i < n; i++)
        p->workers[i] = thread_start(work, p);
    return p;
}

void pool_add(struct pool *p, void *job)
{
    queue_put(p->jobs, job);
}

void pool_add_now(struct pool *p, void *job)
{
    queue_put_now(p->jobs, job);
}

void pool_free(struct pool *p)
{
    if (p == NULL)
        return;
    queue_close(p->jobs);
    for (size_t i = 0; i < p->n_workers; i++)
        thread_join(p->workers[i]);
    queue_free(p->jobs);
    free(p);
}
