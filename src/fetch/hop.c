#include "fetch/hop.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "fetch/fault.h"
#include "fetch/reply.h"

static const struct redirect {
    int status;
    bool is_permanent, keeps_method;
} redirects[] = {{301, true, false},
                 {302, false, false},
                 {303, false, false},
                 {307, false, true},
                 {308, true, true}};

static const struct redirect *find(const struct reply *r)
{
    for (size_t i = 0; i < sizeof redirects / sizeof redirects[0]; i++)
        if (r->status == redirects[i].status)
            return &redirects[i];
    return NULL;
}

bool hop_is_redirect(const struct reply *r)
{
    return find(r) != NULL && r->whole && reply_get(r, REPLY_LOCATION).n > 0;
}

bool hop_is_permanent(const struct reply *r)
{
    const struct redirect *row = find(r);

    return row != NULL && row->is_permanent;
}

bool hop_keeps_method(const struct reply *r)
{
    const struct redirect *row = find(r);

    return row != NULL && row->keeps_method;
}

/* The header has no charset, so bytes beyond ASCII are taken as they are when
 * they are no UTF-8, as in browsers. */
static struct str encoded(struct arena *a, struct str raw)
{
    struct buf b;
    struct str out;

    if (utf8_valid(raw))
        return raw;
    buf_init(&b, BUF_MAX);
    for (size_t i = 0; i < raw.n; i++) {
        unsigned char c = (unsigned char)raw.p[i];

        if (c < 0x80)
            buf_add_char(&b, (char)c);
        else
            buf_printf(&b, "%%%02X", c);
    }
    out = buf_keep(&b, a);
    buf_done(&b);
    return out;
}

bool hop_same_origin(const struct url *a, const struct url *b)
{
    return str_eq(a->scheme, b->scheme) && str_eq(a->host, b->host) &&
           str_eq(a->port, b->port);
}

struct str hop_without_fragment(struct str url)
{
    return str_slice(url, 0, str_find_char(url, '#', 0));
}

bool hop_target(struct arena *a, const struct reply *reply, struct str from,
                struct url *out, struct error *err)
{
    struct str raw = reply_get(reply, REPLY_LOCATION), href;
    struct url here, there;

    if (!url_parse(a, encoded(a, raw), from, &there) ||
        !url_parse(a, from, STR_NONE, &here))
        return error_set(err, ERR_HTTP, "a redirect to no valid address");
    if (!url_is_http(there.href))
        return error_set(err, ERR_REFUSED, "a redirect to a %.*s: address",
                         STR_ARG(there.scheme));
    href = hop_without_fragment(there.href);
    if (!hop_same_origin(&here, &there))
        href = url_without_user(a, href);
    if (str_eq(href, from))
        return error_set(err, ERR_LIMIT, "a redirect to itself");
    if (!url_parse(a, href, STR_NONE, out))
        return error_set(err, ERR_HTTP, "a redirect to no valid address");
    return true;
}
