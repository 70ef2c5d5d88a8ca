#include "clean/links.h"

#include "base/arena.h"
#include "base/block.h"
#include "base/buf.h"
#include "base/note.h"
#include "base/utf8.h"
#include "clean/summary.h"
#include "text/url.h"

/* Formats of images that hold pixels and nothing else. */
static const struct str image_types[] = {
    STR_INIT("png"),  STR_INIT("jpeg"), STR_INIT("gif"),
    STR_INIT("webp"), STR_INIT("avif"), STR_INIT("bmp"),
};

/* Schemes outside content that start nothing by themselves. */
static const struct str harmless_schemes[] = {
    STR_INIT("http"), STR_INIT("https"),  STR_INIT("mailto"),
    STR_INIT("tel"),  STR_INIT("ftp"),    STR_INIT("ftps"),
    STR_INIT("urn"),  STR_INIT("tag"),    STR_INIT("magnet"),
    STR_INIT("geo"),  STR_INIT("acct"),   STR_INIT("sip"),
    STR_INIT("xmpp"), STR_INIT("irc"),    STR_INIT("news"),
    STR_INIT("nntp"), STR_INIT("gopher"), STR_INIT("gemini"),
    STR_INIT("cid"),  STR_INIT("info"),   STR_INIT("doi"),
};

struct str only_http_base(struct str base)
{
    return url_is_http(base) ? base : STR_NONE;
}

/* ---- addresses that were left out ---- */

/* Of an address this much tells it from others. */
#define DROPPED_BYTES 100

void dropped_links_init(struct dropped_links *d, struct arena *a)
{
    *d = (struct dropped_links){.a = a};
    map_init(&d->seen, a);
}

void dropped_link(struct dropped_links *d, struct str address)
{
    address = utf8_clip(str_trim(address), DROPPED_BYTES);
    if (address.n == 0 || map_get(&d->seen, address) != NULL)
        return;
    address = arena_str(d->a, address);
    map_put(&d->seen, address, NULL);
    if (d->n++ == 0)
        d->first = one_line(d->a, address);
}

void dropped_links_note(const struct dropped_links *d, struct notes *notes)
{
    if (d->n > 0)
        note_add(notes, d->a, NOTE_LINK_DROPPED,
                 "%zu left out, the first: %.*s", d->n, STR_ARG(d->first));
}

/* ---- addresses that need no parsing ---- */

/* Characters that do not stand in an address for themselves wherever they are,
 * and dots, which may not begin a segment; a blank is looked for apart. */
static inline block not_plain(block c)
{
    return (block)(c < ' ') | (block)(c >= 0x7F) | (block)(c == '"') |
           (block)(c == '<') | (block)(c == '>') | (block)(c == '\\') |
           (block)(c == '^') | (block)(c == '`') | (block)(c == '{') |
           (block)(c == '|') | (block)(c == '}') | (block)(c == '.');
}

/* Length of a host of letters, digits, dots and hyphens whose last label begins
 * with a letter (so that it is no number), 0 for any other. */
static size_t plain_host(struct str s)
{
    size_t n = 0, label = 0;

    while (n < s.n && (is_alnum(s.p[n]) || s.p[n] == '.' || s.p[n] == '-')) {
        if (s.p[n] == '.') {
            if (n == label)
                return 0;
            label = n + 1;
        }
        n++;
    }
    return n > label && is_alpha(s.p[label]) && s.p[0] != '-' ? n : 0;
}

/* True if S is an absolute http(s) URL that means the same to everyone who reads
 * it: no credentials, port or dot segments, nothing to escape. */
static bool is_plain_url(struct str s)
{
    size_t i = str_starts(s, STR("https://"))  ? 8
               : str_starts(s, STR("http://")) ? 7
                                               : 0;
    size_t host = i == 0 ? 0 : plain_host(str_from(s, i));

    if (host == 0)
        return false;
    i += host;
    if (i < s.n && s.p[i] != '/' && s.p[i] != '?' && s.p[i] != '#')
        return false;
    if (str_find_char(s, ' ', i) != STR_NOT_FOUND)
        return false;
    while ((i = block_find(s, i, not_plain)) < s.n) {
        if (s.p[i] != '.' || s.p[i - 1] == '/')
            return false;
        i++;
    }
    return true;
}

/* ---- all others ---- */

/* A serialized URL has no control characters; host names and the rest are
 * ASCII.  Opaque paths may hold anything else, so we look. */
static bool is_clean(struct str href)
{
    return utf8_publishable_prefix(href) == href.n &&
           str_find_char(href, '\n', 0) == STR_NOT_FOUND &&
           str_find_char(href, '\r', 0) == STR_NOT_FOUND &&
           str_find_char(href, '\t', 0) == STR_NOT_FOUND;
}

static bool parse(struct arena *a, struct str base, struct str address,
                  struct url *out)
{
    return str_trim(address).n > 0 && url_parse(a, address, base, out) &&
           is_clean(out->href);
}

static bool is_web(const struct url *u)
{
    return (str_eq(u->scheme, STR("http")) ||
            str_eq(u->scheme, STR("https"))) &&
           u->host.n > 0;
}

#define UNTRACK_STEPS 4

/* URL without tracking parameters; URL itself when it has none.  What is left
 * may end in an empty parameter, which goes in its turn; an address that does
 * not come to rest in a few steps stays as it is, so that cutting a second time
 * never changes anything. */
static struct str untracked(struct arena *a, struct str url)
{
    struct str at = url;

    for (int i = 0; i < UNTRACK_STEPS; i++) {
        struct str shorter;

        if (str_find_char(at, '?', 0) == STR_NOT_FOUND &&
            str_find_char(at, '#', 0) == STR_NOT_FOUND)
            return at;
        shorter = url_untrack(a, at);
        if (shorter.n == 0 || shorter.n >= at.n)
            return at;
        at = shorter;
    }
    return url;
}

struct str link_media(struct arena *a, struct str base, struct str address)
{
    struct url u;
    struct str trimmed = str_trim(address);

    if (is_plain_url(trimmed))
        return trimmed;
    return parse(a, base, address, &u) && is_web(&u) ? u.href : STR_NONE;
}

struct str link_article(struct arena *a, struct str base, struct str address)
{
    return untracked(a, link_media(a, base, address));
}

struct str link_href(struct arena *a, struct str base, struct str address)
{
    struct url u;
    struct str trimmed = str_trim(address);

    if (is_plain_url(trimmed))
        return untracked(a, trimmed);
    if (!parse(a, base, address, &u))
        return STR_NONE;
    if (is_web(&u))
        return untracked(a, u.href);
    if ((str_eq(u.scheme, STR("mailto")) || str_eq(u.scheme, STR("tel"))) &&
        u.href.n > u.scheme.n + 1)
        return u.href;
    return STR_NONE;
}

struct str link_any(struct arena *a, struct str base, struct str address)
{
    struct url u;
    struct str trimmed = str_trim(address);

    if (is_plain_url(trimmed))
        return trimmed;
    if (!parse(a, base, address, &u))
        return STR_NONE;
    for (size_t i = 0; i < sizeof harmless_schemes / sizeof *harmless_schemes;
         i++)
        if (str_eq(u.scheme, harmless_schemes[i]))
            return u.href;
    return STR_NONE;
}

/* ---- data: images ---- */

static bool is_base64(char c)
{
    return is_alnum(c) || c == '+' || c == '/' || c == '=';
}

/* "data:image/TYPE;base64," and its payload, whatever the letters' case and
 * with blanks taken out; nothing else after the type. */
static struct str data_image(struct arena *a, struct str address)
{
    struct str rest = str_trim(address), type = STR_NONE, out;
    const struct str begin = STR("data:image/"), middle = STR(";base64,");
    size_t n = 0;
    char *p;

    if (!str_starts_nocase(rest, begin))
        return STR_NONE;
    rest = str_from(rest, begin.n);
    for (size_t i = 0; i < sizeof image_types / sizeof image_types[0]; i++)
        if (str_starts_nocase(rest, image_types[i]) &&
            str_starts_nocase(str_from(rest, image_types[i].n), middle))
            type = image_types[i];
    if (type.n == 0)
        return STR_NONE;
    rest = str_from(rest, type.n + middle.n);
    p = arena_alloc(a, rest.n + 1);
    for (size_t i = 0; i < rest.n; i++) {
        if (is_base64(rest.p[i]))
            p[n++] = rest.p[i];
        else if (!is_space(rest.p[i]))
            return STR_NONE;
    }
    if (n == 0)
        return STR_NONE;
    out = arena_cat(a, begin, type, middle, str_of(p, n));
    return out;
}

struct str link_image(struct arena *a, struct str base, struct str address)
{
    struct str data = data_image(a, address);

    return data.n > 0 ? data : link_media(a, base, address);
}

/* ---- srcset (HTML, 4.8.4.2.2) ---- */

struct candidate {
    struct str url;    /* as written */
    struct str number; /* of the descriptor; empty without one */
    char unit;         /* 'w', 'x' or 0 */
};

static bool is_decimal(struct str s)
{
    double v;

    return s.n > 0 && s.n <= 10 && is_digit(s.p[0]) && str_to_double(s, &v);
}

/* "640w" or "1.5x"; a candidate with any other descriptor is not ours. */
static bool read_descriptor(struct str s, struct candidate *c)
{
    struct str word, more;

    c->unit = '\0';
    c->number = STR_NONE;
    if (!str_word(&s, &word))
        return true;
    if (str_word(&s, &more))
        return false;
    c->unit = to_lower(word.p[word.n - 1]);
    c->number = str_slice(word, 0, word.n - 1);
    return (c->unit == 'w' || c->unit == 'x') && is_decimal(c->number);
}

/* The next candidate from the front of *REST; false at the end.  A candidate
 * that is none has an empty url. */
static bool next_candidate(struct str *rest, struct candidate *c)
{
    struct str url, descriptor = STR_NONE;
    size_t i = 0, from;

    while (i < rest->n && (is_space(rest->p[i]) || rest->p[i] == ','))
        i++;
    if (i == rest->n)
        return false;
    for (from = i; i < rest->n && !is_space(rest->p[i]);)
        i++;
    url = str_slice(*rest, from, i);
    if (url.p[url.n - 1] == ',') {
        while (url.n > 0 && url.p[url.n - 1] == ',')
            url.n--;
    } else {
        for (from = i; i < rest->n && rest->p[i] != ',';)
            i++;
        descriptor = str_slice(*rest, from, i);
    }
    *rest = str_from(*rest, i);
    c->url = read_descriptor(descriptor, c) ? url : STR_NONE;
    return true;
}

struct str link_srcset(struct arena *a, struct str base, struct str srcset)
{
    struct candidate c;
    struct buf out;
    struct str result;
    size_t n = 0;

    buf_init(&out, BUF_MAX);
    while (n < SRCSET_MAX && next_candidate(&srcset, &c)) {
        struct str url = link_image(a, base, c.url);

        /* A comma at the edge would be read as the list's. */
        if (url.n == 0 || url.p[0] == ',' || url.p[url.n - 1] == ',')
            continue;
        /* Without a descriptor the comma must not touch the address. */
        if (n++ > 0)
            buf_add_str(&out, STR(", "));
        buf_add_str(&out, url);
        if (c.unit != '\0') {
            buf_add_char(&out, ' ');
            buf_add_str(&out, c.number);
            buf_add_char(&out, c.unit);
        }
    }
    result = buf_keep(&out, a);
    buf_done(&out);
    return result;
}

struct str link_srcset_best(struct arena *a, struct str base, struct str srcset)
{
    struct candidate c;
    struct str best = STR_NONE;
    double best_size = -1;
    size_t n = 0;

    while (n++ < SRCSET_MAX && next_candidate(&srcset, &c)) {
        double size = 1;

        if (c.url.n == 0 || (c.unit != '\0' && !str_to_double(c.number, &size)))
            continue;
        if (size > best_size) {
            struct str url = link_image(a, base, c.url);

            if (url.n == 0)
                continue;
            best = url;
            best_size = size;
        }
    }
    return best;
}
