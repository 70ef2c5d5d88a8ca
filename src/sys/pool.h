#ifndef SYS_POOL_H
#define SYS_POOL_H
/*
 * Worker threads and a bounded queue.  Jobs run in any order on any worker;
 * pool_add waits while the queue is full.
 */
#include <stdbool.h>
#include <stddef.h>

struct pool;
typedef void pool_job(void *job, void *worker_state);

/* WORKERS threads (0: one per core); each gets its own state from NEW_STATE
 * (may be NULL) and ends it with FREE_STATE. */
struct pool *pool_new(size_t workers, size_t queue_max, pool_job *run,
                      void *(*new_state)(void), void (*free_state)(void *));
void pool_add(struct pool *p, void *job);
/* Without waiting, past the queue's maximum: for the thread that takes what
 * workers bring forth, on whom they may have to wait. */
void pool_add_now(struct pool *p, void *job);
/* Waits for every job, ends the threads. */
void pool_free(struct pool *p);

/* A bounded queue of pointers between threads. */
struct queue;
struct queue *queue_new(size_t max);
void queue_free(struct queue *q);
/* Waits while full. */
void queue_put(struct queue *q, void *p);
/* Without waiting, past the maximum. */
void queue_put_now(struct queue *q, void *p);
/* Waits up to WAIT_MS (-1: for ever) for one; NULL when none came or the queue
 * was closed and is empty. */
void *queue_take(struct queue *q, int wait_ms);
/* No more will be put. */
void queue_close(struct queue *q);
/* For who takes: no more is wanted; what others have put, or wait to put, is still
 * to be taken. */
void queue_refuse(struct queue *q);
/* For who puts: asked before making what is dear to make. */
bool queue_is_refused(struct queue *q);

/* So much of something that threads share; whoever asks first is served first. */
struct budget;
struct budget *budget_new(size_t max);
void budget_free(struct budget *b);
/* Waits until N are there to be taken, all of them for more than there are.
 * Gives how many were taken. */
size_t budget_take(struct budget *b, size_t n);
void budget_give(struct budget *b, size_t n);

struct thread;
struct thread *thread_start(void (*run)(void *), void *arg);
void thread_join(struct thread *t); /* frees it */
size_t cpu_count(void);
#endif
