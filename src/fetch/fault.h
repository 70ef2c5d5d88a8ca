#ifndef FETCH_FAULT_H
#define FETCH_FAULT_H
/* What went wrong with a request, in one line for a person. */
#include <curl/curl.h>

#include "base/error.h"

struct arena;

/* What libcurl says of a transfer that failed with RC, DETAIL being its error
 * buffer.  HOST is whom we asked. */
void fault_of_curl(struct error *err, CURL *easy, CURLcode rc,
                   const char *detail, struct str host);
/* "HTTP status 404, not found". */
void fault_of_status(struct error *err, int status);
#endif
