#ifndef MILL_GET_H
#define MILL_GET_H
/* Asking servers as the mill's owner wants it. */
#include "fetch/fetch.h"
#include "mill/mill.h"

/* Pauses, limits, name and allowed addresses of the mill; in A, borrowing
 * MILL. */
struct fetch_options fetch_options_of(struct arena *a,
                                      const struct mill_config *mill,
                                      struct str version);
/* As mill_get of a URL, but as OPTIONS say. */
MUST_CHECK bool get_url(struct arena *a, struct str url,
                        const struct fetch_options *options, struct got *out,
                        struct error *err);
#endif
