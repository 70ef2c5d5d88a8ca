#ifndef SYS_ENTROPY_H
#define SYS_ENTROPY_H
#include "base/str.h"

struct error;

/* N bytes from the kernel's generator. */
MUST_CHECK bool entropy_read(void *out, size_t n, struct error *err);
#endif
