#ifndef TEXT_URL_PLAIN_H
#define TEXT_URL_PLAIN_H
/*
 * The short way for most addresses, which stand as they would be written:
 * "https://news.example.org/2024/a.html?p=1".
 */
#include "text/url.h"

/* True if S is an absolute http(s) address that parsing leaves as it is; then
 * *OUT has its parts, views into S.  False says nothing. */
bool url_plain(struct str s, struct url *out);
#endif
