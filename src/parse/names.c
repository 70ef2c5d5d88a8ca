#include "parse/reader.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "base/hash.h"

enum place_bit {
    D = PLACE_DOCUMENT,
    F = PLACE_FEED,
    E = PLACE_ENTRY,
    I = PLACE_IMAGE,
    T = PLACE_TEXT_INPUT,
    P = PLACE_PERSON,
    S = PLACE_SCHEDULE,
    G = PLACE_GEOMETRY,
    C = PLACE_CHAPTERS
};

#define ELEMENT(ns, name, where, action, field, strength)                      \
    {NS_##ns, STR_INIT(name), where, ACTION_##action, FIELD_##field, strength},
static const struct element elements[] = {
#include "parse/elements.def"
};
#undef ELEMENT

#define ELEMENTS (sizeof elements / sizeof elements[0])

static const struct {
    enum namespace_id ns;
    struct str prefix, uri;
} namespaces[] = {
#define NAMESPACE(id, prefix, uri) {NS_##id, STR_INIT(prefix), STR_INIT(uri)},
#include "parse/namespaces.def"
#undef NAMESPACE
};

#define NAMESPACES (sizeof namespaces / sizeof namespaces[0])
#define NAME_MAX   32 /* longer ones are in no table */

static struct str lower(struct str s, char to[NAME_MAX])
{
    for (size_t i = 0; i < s.n; i++)
        to[i] = to_lower(s.p[i]);
    return str_of(to, s.n);
}

static size_t slot_of(enum namespace_id ns, struct str name)
{
    return (size_t)(hash64(name) + (uint64_t)ns * 0x9E3779B97F4A7C15u) %
           ELEMENT_SLOTS;
}

void names_init(struct names *n)
{
    for (size_t i = 0; i < ELEMENTS; i++) {
        size_t slot = slot_of(elements[i].ns, elements[i].name);

        while (n->slots[slot] != 0)
            slot = (slot + 1) % ELEMENT_SLOTS;
        n->slots[slot] = (uint16_t)(i + 1);
    }
}

const struct element *names_element(const struct names *n, enum namespace_id ns,
                                    struct str name, enum place place)
{
    char bytes[NAME_MAX];
    struct str key;
    size_t slot;

    if (name.n > NAME_MAX)
        return NULL;
    key = lower(name, bytes);
    for (slot = slot_of(ns, key); n->slots[slot] != 0;
         slot = (slot + 1) % ELEMENT_SLOTS) {
        const struct element *e = &elements[n->slots[slot] - 1];

        if (e->ns == ns && (e->place & (unsigned)place) != 0 &&
            str_eq(e->name, key))
            return e;
    }
    return NULL;
}

/* The part of a URI that people get right. */
static struct str bare_uri(struct str uri)
{
    uri = str_trim(uri);
    if (str_starts_nocase(uri, STR("http://")))
        uri = str_from(uri, 7);
    else if (str_starts_nocase(uri, STR("https://")))
        uri = str_from(uri, 8);
    if (str_starts_nocase(uri, STR("www.")))
        uri = str_from(uri, 4);
    while (uri.n > 0 && (uri.p[uri.n - 1] == '/' || uri.p[uri.n - 1] == '#'))
        uri.n--;
    return uri;
}

/* Documents that use a prefix without saying what it stands for. */
static size_t row_by_prefix(struct str prefix)
{
    static const struct str core[] = {STR_INIT("atom"), STR_INIT("a10"),
                                      STR_INIT("rss"), STR_INIT("feed")};

    for (size_t i = 0; i < sizeof core / sizeof core[0]; i++)
        if (str_eq_nocase(core[i], prefix))
            return 0; /* the first row is CORE's */
    for (size_t i = 0; prefix.n > 0 && i < NAMESPACES; i++)
        if (str_eq_nocase(namespaces[i].prefix, prefix))
            return i;
    return NAMESPACES;
}

static size_t row_by_uri(struct str uri)
{
    struct str bare = bare_uri(uri);

    for (size_t i = 0; i < NAMESPACES; i++)
        if (str_eq_nocase(bare_uri(namespaces[i].uri), bare))
            return i;
    return NAMESPACES;
}

enum namespace_id names_namespace(struct feed_reader *r, struct str uri,
                                  struct str prefix, struct str *canonical)
{
    struct names *n = &r->names;
    struct seen_namespace got = {.ns = NS_OTHER};
    size_t row;

    *canonical = STR_NONE;
    if (uri.n == 0 && prefix.n == 0)
        return NS_CORE;
    for (size_t i = 0; uri.n > 0 && i < n->n_seen; i++) {
        if (str_eq(n->seen[i].uri, uri)) {
            *canonical = n->seen[i].prefix;
            return n->seen[i].ns;
        }
    }
    row = uri.n > 0 ? row_by_uri(uri) : row_by_prefix(prefix);
    if (row < NAMESPACES) {
        got.ns = namespaces[row].ns;
        got.prefix = namespaces[row].prefix;
    } else if (uri.n > 0 && str_eq(uri, n->core_uri)) {
        got.ns = NS_CORE;
    } else {
        got.prefix = reader_keep(r, utf8_clip(prefix, NAME_MAX));
    }
    *canonical = got.prefix;
    if (uri.n > 0 && uri.n < 500 && n->n_seen < SEEN_MAX) {
        got.uri = arena_str(r->arena, uri);
        got.prefix = arena_str(r->arena, got.prefix);
        n->seen[n->n_seen++] = got;
    }
    return got.ns;
}

enum namespace_id names_adopt(struct feed_reader *r, struct str uri,
                              struct str root)
{
    static const struct str roots[] = {STR_INIT("rss"), STR_INIT("feed"),
                                       STR_INIT("rdf")};
    struct names *n = &r->names;

    for (size_t i = 0; i < sizeof roots / sizeof roots[0]; i++) {
        if (!str_eq_nocase(roots[i], root) || uri.n == 0 || uri.n > 500)
            continue;
        n->core_uri = arena_str(r->arena, uri);
        for (size_t k = 0; k < n->n_seen; k++)
            if (str_eq(n->seen[k].uri, uri))
                n->seen[k] = (struct seen_namespace){.uri = n->core_uri};
        return NS_CORE;
    }
    return NS_OTHER;
}

const struct xml_attr *attr_find(const struct xml_attr *attrs, size_t n,
                                 const char *name)
{
    struct str wanted = str_from_c(name);

    for (size_t i = 0; i < n; i++)
        if (attrs[i].name.n == wanted.n && attrs[i].prefix.n == 0 &&
            str_eq_nocase(attrs[i].name, wanted))
            return &attrs[i];
    return NULL;
}

struct str attr_get(const struct xml_attr *attrs, size_t n, const char *name)
{
    const struct xml_attr *attr = attr_find(attrs, n, name);

    return attr == NULL ? STR_NONE : attr->value;
}

struct str attr_get_ns(const struct xml_attr *attrs, size_t n, const char *uri,
                       const char *name)
{
    struct str wanted = str_from_c(name), ns = str_from_c(uri);

    for (size_t i = 0; i < n; i++)
        if (str_eq_nocase(attrs[i].name, wanted) && attrs[i].prefix.n > 0 &&
            str_has_nocase(attrs[i].uri.n > 0 ? attrs[i].uri : attrs[i].prefix,
                           ns))
            return attrs[i].value;
    return STR_NONE;
}
