#include "sys/entropy.h"

#include <stdio.h>

#include "base/error.h"

bool entropy_read(void *out, size_t n, struct error *err)
{
    FILE *f = fopen("/dev/urandom", "rb");
    size_t got = f == NULL ? 0 : fread(out, 1, n, f);

    if (f != NULL)
        fclose(f);
    if (got == n)
        return true;
    error_set(err, ERR_FILE, "no random bytes to be had");
    error_where(err, "/dev/urandom");
    return false;
}
