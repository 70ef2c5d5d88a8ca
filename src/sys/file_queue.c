/*
 * A job goes to the thread by one queue and comes back by another; what is not back
 * is under way, at most UNDER_WAY_MAX of them.  The thread writes the fault before it
 * gives back the first job that failed, and the caller reads it after that.  Whatever
 * is dropped the thread drops, so that nothing is done that was put behind it.
 */
#include "sys/file_queue.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "sys/file.h"
#include "sys/pool.h"

#define UNDER_WAY_MAX 64

struct file_job {
    struct new_file *file; /* NULL: a folder is to be flushed */
    bool is_done;
    char folder[];
};

struct file_queue {
    struct queue *jobs, *back;
    struct thread *thread;
    atomic_bool is_ending; /* the caller wants no more done */
    size_t n_under_way;
    bool has_failed;
    struct error fault;
};

static void run(void *arg)
{
    struct file_queue *q = arg;
    struct file_job *job;
    bool ok = true;

    while ((job = queue_take(q->jobs, -1)) != NULL) {
        ok = ok && !q->is_ending;
        if (!ok)
            new_file_drop(job->file);
        else if (job->file != NULL)
            ok = new_file_place(job->file, &q->fault);
        else
            ok = file_flush_folder(job->folder, &q->fault);
        job->is_done = ok;
        queue_put(q->back, job);
    }
}

struct file_queue *file_queue_new(void)
{
    struct file_queue *q = heap_alloc(sizeof *q);

    q->jobs = queue_new(UNDER_WAY_MAX);
    q->back = queue_new(UNDER_WAY_MAX);
    q->thread = thread_start(run, q);
    return q;
}

/* Until no more than N are under way. */
static bool wait_for(struct file_queue *q, size_t n, struct error *err)
{
    for (; q->n_under_way > n; q->n_under_way--) {
        struct file_job *job = queue_take(q->back, -1);

        q->has_failed |= !job->is_done;
        free(job);
    }
    if (q->has_failed)
        *err = q->fault;
    return !q->has_failed;
}

static void hand_on(struct file_queue *q, struct file_job *job)
{
    q->n_under_way++;
    queue_put(q->jobs, job);
}

bool file_queue_put(struct file_queue *q, const char *path, struct str content,
                    struct error *err)
{
    struct new_file *file;
    struct file_job *job;

    if (!wait_for(q, UNDER_WAY_MAX - 1, err))
        return false;
    file = new_file_write(path, content, err);
    if (file == NULL)
        return false;
    job = heap_alloc(sizeof *job);
    job->file = file;
    hand_on(q, job);
    return true;
}

bool file_queue_flush_folder(struct file_queue *q, const char *path,
                             struct error *err)
{
    size_t n = strlen(path) + 1;
    struct file_job *job;

    if (!wait_for(q, UNDER_WAY_MAX - 1, err))
        return false;
    job = heap_alloc(sizeof *job + n);
    memcpy(job->folder, path, n);
    hand_on(q, job);
    return true;
}

bool file_queue_wait(struct file_queue *q, struct error *err)
{
    return wait_for(q, 0, err);
}

void file_queue_free(struct file_queue *q)
{
    struct error ignored;

    if (q == NULL)
        return;
    q->is_ending = true;
    (void)wait_for(q, 0, &ignored);
    queue_close(q->jobs);
    thread_join(q->thread);
    queue_free(q->jobs);
    queue_free(q->back);
    free(q);
}
