#ifndef SYS_FILE_QUEUE_H
#define SYS_FILE_QUEUE_H
/*
 * Files that are replaced while the caller goes on: flushing them is waiting, which
 * a thread of the queue's own does.  They get their names in the order in which they
 * were put.  After the first fault none does any more, and every call fails with
 * it.
 */
#include "base/str.h"

struct error;
struct file_queue;

struct file_queue *file_queue_new(void);
/* Writes CONTENT beside PATH.  The file is flushed and named PATH some time before
 * file_queue_wait returns; until then what had the name has it. */
MUST_CHECK bool file_queue_put(struct file_queue *q, const char *path,
                               struct str content, struct error *err);
/* The new names in the folder last, of what was put before. */
MUST_CHECK bool file_queue_flush_folder(struct file_queue *q, const char *path,
                                        struct error *err);
/* Until all that was asked for is done. */
MUST_CHECK bool file_queue_wait(struct file_queue *q, struct error *err);
/* What is still waiting is not done, nor anything that was put after it; it leaves
 * nothing behind. */
void file_queue_free(struct file_queue *q);
#endif
