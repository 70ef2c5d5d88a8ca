#ifndef SYS_SPOOL_H
#define SYS_SPOOL_H
/*
 * Bytes that wait for their reader outside memory: in a file without a name,
 * which is gone when the spool is freed, or the process ends.
 */
#include "base/str.h"

struct buf;
struct error;
struct spool;

/* FOLDER ends with a NUL.  NULL on failure (ERR_FILE). */
struct spool *spool_new(struct str folder, struct error *err);
void spool_free(struct spool *s);
MUST_CHECK bool spool_add(struct spool *s, const void *p, size_t n,
                          struct error *err);
/* That were added; 0 of NULL. */
size_t spool_bytes(const struct spool *s);
/* Appends all of them to OUT; ERR_LIMIT above its ceiling.  Nothing is to be
 * added after that. */
MUST_CHECK bool spool_read(struct spool *s, struct buf *out, struct error *err);
#endif
