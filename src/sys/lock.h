#ifndef SYS_LOCK_H
#define SYS_LOCK_H
#include "base/str.h"

struct error;
struct lock;

/* Takes the lock file, made if missing, with an fcntl lock that ends with the
 * process, and writes the pid into it.  NULL: ERR_LOCKED (the text names the
 * pid that holds it) or ERR_FILE. */
struct lock *lock_take(const char *path, struct error *err);
/* The same, when it is free: for what is held for a moment.  NULL: ERR_FILE. */
struct lock *lock_wait(const char *path, struct error *err);
void lock_release(struct lock *l);
#endif
