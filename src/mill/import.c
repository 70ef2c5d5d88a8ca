/*
 * The subscriptions of other programs: OPML, newsboat's urls, Planet Venus'
 * INI.  Which it is, the file's first letters say.  A folder of OPML (where there
 * is none, a category) and a tag of newsboat become a topic.  Lists that a list
 * includes (OPML's type="include", the reading lists of Venus) are fetched and
 * read in its place.
 */
#include "mill/mill.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/vec.h"
#include "decode/decode.h"
#include "fetch/fetch.h"
#include "mill/get.h"
#include "parse/parse.h"
#include "sys/log.h"
#include "text/url.h"

#define LIST_MAX     ((size_t)16 << 20)
#define INCLUDED_MAX 100
#define NESTED_MAX   4

struct import {
    struct arena *a;
    const struct mill_config *mill;
    struct str version;   /* of this program, for the User-Agent */
    struct str file;      /* that is read: the one given, or an included one */
    struct str topic;     /* all into this one; empty */
    struct str fallback;  /* title of the topic of what stands in no folder */
    struct strs included; /* addresses of those */
    int nested;
    bool is_partial; /* one could not be read, or something was left out */
    struct {
        struct subscription *at;
        size_t n, cap;
    } list;
};

static void skip(struct import *im, int line, const char *why, struct str what)
{
    struct error err;

    im->is_partial = true;
    error_set(&err, ERR_INPUT, "%s: %.*s", why, STR_ARG(what));
    error_where(&err, arena_str(im->a, im->file).p);
    error_at(&err, line, 0);
    log_error(&err);
}

/* The id of the topic with that title: one of the mill's, or one made of its
 * letters and digits, or of its hash when it has none of ASCII. */
static struct str topic_of(const struct import *im, struct str title)
{
    bool is_dashed = true;
    struct buf b;
    struct str id;

    for (size_t i = 0; i < im->mill->n_topics; i++)
        if (str_eq(im->mill->topics[i].title, title))
            return im->mill->topics[i].id;
    buf_init(&b, BUF_MAX);
    for (size_t i = 0; i < title.n && b.n < 60; i++) {
        char c = to_lower(title.p[i]);

        if (is_alnum(c))
            buf_add_char(&b, c);
        else if (!is_dashed)
            buf_add_char(&b, '-');
        is_dashed = !is_alnum(c);
    }
    while (b.n > 0 && b.p[b.n - 1] == '-')
        b.n--;
    id = buf_keep(&b, im->a);
    buf_done(&b);
    return topic_id_fault(id) == NULL
               ? id
               : arena_printf(im->a, "topic-%08x", (unsigned)hash64(title));
}

/* False when it is no address, and that is said. */
static bool add(struct import *im, int line, struct str url, struct str name,
                struct str folder)
{
    struct str whole =
        url_resolve(im->a, STR_NONE, url_of_feed(im->a, str_trim(url)));
    struct str title = folder.n > 0 ? folder : im->fallback;
    struct str shown;

    if (whole.n == 0 || !url_is_http(whole)) {
        skip(im, line, "no http or https address, left out", url);
        return false;
    }
    shown = url_without_user(im->a, whole);
    if (!str_eq(shown, whole)) {
        skip(im, line,
             "an address with a password, left out: a source has user and "
             "password_file or password_env for it",
             shown);
        return false;
    }
    *vec_add(im->a, &im->list) = (struct subscription){
        .topic = im->topic.n > 0 ? im->topic : topic_of(im, title),
        .title = im->topic.n > 0 ? STR_NONE : title,
        .url = whole,
        .name = name};
    return true;
}

static void include(struct import *im, int line, struct str url,
                    struct str folder);

/* "/boats/sails,harbours": a topic of each, by its last name. */
static void add_by_category(struct import *im, const struct feed_ref *ref)
{
    struct str rest = ref->category, path, part, name;
    bool any = false;

    while (str_split(&rest, ',', &path)) {
        name = STR_NONE;
        while (str_split(&path, '/', &part))
            if (str_trim(part).n > 0)
                name = str_trim(part);
        if (name.n == 0)
            continue;
        any = true;
        if (!add(im, 0, ref->url, ref->title, name))
            return;
    }
    if (!any)
        add(im, 0, ref->url, ref->title, STR_NONE);
}

/* OPML 2.0, "What is an include?". */
static bool is_included(const struct feed_ref *ref)
{
    return str_eq_nocase(ref->type, STR("include")) ||
           (str_eq_nocase(ref->type, STR("link")) &&
            str_ends(ref->url, STR(".opml")));
}

static bool read_opml(struct import *im, struct str text, struct error *err)
{
    struct feed_hints hints = {0};
    struct feed_list list;

    if (!feed_list_parse(im->a, text, &hints, &list, err))
        return false;
    for (size_t i = 0; i < list.n; i++) {
        const struct feed_ref *ref = &list.at[i];

        if (is_included(ref))
            include(im, 0, ref->url, ref->folder);
        else if (ref->folder.n > 0)
            add(im, 0, ref->url, ref->title, ref->folder);
        else
            add_by_category(im, ref);
    }
    return true;
}

/* In double quotes; there a backslash stands before one that is meant. */
static struct str quoted(struct arena *a, struct str *rest)
{
    struct buf b;
    struct str s;
    size_t i = 1;

    buf_init(&b, BUF_MAX);
    for (; i < rest->n && rest->p[i] != '"'; i++) {
        if (rest->p[i] == '\\' && i + 1 < rest->n)
            i++;
        buf_add_char(&b, rest->p[i]);
    }
    *rest = str_from(*rest, i + 1);
    s = buf_keep(&b, a);
    buf_done(&b);
    return s;
}

/* A word, or words in double quotes; a comment goes on to the line's end. */
static bool next_tag(struct arena *a, struct str *rest, struct str *tag)
{
    *rest = str_trim_wide(*rest);
    if (rest->n == 0 || rest->p[0] == '#')
        return false;
    if (rest->p[0] != '"')
        return str_word(rest, tag);
    *tag = quoted(a, rest);
    return true;
}

/* newsboat: an address, then tags; one that begins with ~ is the name, with !
 * an option. */
static void read_urls(struct import *im, struct str text)
{
    struct str line;

    for (int n = 1; str_split(&text, '\n', &line); n++) {
        struct str url, tag, name = STR_NONE;
        struct strs folders = {0};

        if (!next_tag(im->a, &line, &url))
            continue;
        while (next_tag(im->a, &line, &tag)) {
            if (str_starts(tag, STR("~")))
                name = str_trim(str_from(tag, 1));
            else if (!str_starts(tag, STR("!")))
                *vec_add(im->a, &folders) = str_trim(tag);
        }
        if (folders.n == 0)
            *vec_add(im->a, &folders) = STR_NONE;
        for (size_t i = 0; i < folders.n; i++)
            if (!add(im, n, url, name, folders.at[i]))
                break;
    }
}

/* "key = value" or "key: value". */
static bool ini_pair(struct str line, struct str *key, struct str *value)
{
    size_t at = 0;

    while (at < line.n && line.p[at] != '=' && line.p[at] != ':')
        at++;
    *key = str_trim(str_slice(line, 0, at));
    *value = str_trim_wide(str_from(line, at + 1));
    return at < line.n;
}

/* A section of Planet Venus: a feed, or a list of such, with its address for a
 * name. */
struct section {
    struct str url, name, type;
    int line;
};

static void add_section(struct import *im, const struct section *s,
                        struct str title)
{
    if (s->url.n == 0)
        return;
    if (str_has_nocase(s->type, STR("opml")) ||
        str_has_nocase(s->type, STR("config")))
        include(im, s->line, s->url, title);
    else if (str_has_nocase(s->type, STR("foaf")) ||
             str_has_nocase(s->type, STR("csv")))
        skip(im, s->line, "a reading list of this kind is not read, left out",
             s->url);
    else
        add(im, s->line, s->url, s->name, title);
}

/* [Planet] names the whole, [DEFAULT] and others say how it looks. */
static void read_venus(struct import *im, struct str text)
{
    struct str line, title = STR_NONE;
    struct section section = {0};
    bool is_planet = false;

    for (int n = 1; str_split(&text, '\n', &line); n++) {
        struct str key, value;

        line = str_trim_wide(line);
        if (str_starts(line, STR("[")) && str_ends(line, STR("]"))) {
            add_section(im, &section, title);
            section = (struct section){
                .url = str_trim(str_slice(line, 1, line.n - 1)), .line = n};
            is_planet = str_eq_nocase(section.url, STR("planet"));
            if (!str_has(section.url, STR("://")))
                section.url = STR_NONE;
        } else if (!ini_pair(line, &key, &value)) {
            continue;
        } else if (str_eq_nocase(key, STR("name"))) {
            *(is_planet ? &title : &section.name) = value;
        } else if (str_eq_nocase(key, STR("content_type"))) {
            section.type = value;
        }
    }
    add_section(im, &section, title);
}

/* Whatever program it is of. */
static bool read_list(struct import *im, struct str bytes, struct error *err)
{
    struct decode_hints hints = {0};
    struct document doc;
    struct str head;

    if (!document_decode(im->a, bytes, &hints, &doc, err))
        return false;
    head = str_trim_wide(doc.text);
    if (str_starts(head, STR("<"))) {
        if (!read_opml(im, doc.text, err))
            return false;
    } else if (str_starts(head, STR("[")) || str_has(head, STR("\n["))) {
        /* Comments may stand before the first section. */
        read_venus(im, doc.text);
    } else {
        read_urls(im, doc.text);
    }
    return true;
}

static bool read_file(struct import *im, struct error *err)
{
    struct str bytes;
    struct got got;
    bool ok = mill_get(im->a, im->file, LIST_MAX, im->version, &got, err) &&
              got_bytes(&got, LIST_MAX, &bytes, err) &&
              read_list(im, bytes, err);

    got_done(&got);
    if (!ok)
        error_where(err, arena_str(im->a, im->file).p);
    return ok;
}

/* The list at URL, of which what stands in no folder goes into FOLDER. */
static void include(struct import *im, int line, struct str url,
                    struct str folder)
{
    struct str file = im->file, fallback = im->fallback, bytes;
    struct str whole = url_resolve(im->a, STR_NONE, str_trim(url));
    struct fetch_options options =
        fetch_options_of(im->a, im->mill, im->version);
    struct error err;
    struct got got;
    bool ok;

    if (whole.n == 0 || !url_is_http(whole)) {
        skip(im, line, "no http or https address, left out", url);
        return;
    }
    for (size_t i = 0; i < im->included.n; i++)
        if (str_eq(im->included.at[i], whole))
            return;
    if (im->nested == NESTED_MAX || im->included.n == INCLUDED_MAX) {
        skip(im, line, "too many lists within lists, left out", url);
        return;
    }
    *vec_add(im->a, &im->included) = whole;
    im->nested++;
    im->file = whole;
    im->fallback = folder.n > 0 ? folder : fallback;
    options.max_body = LIST_MAX;
    ok = get_url(im->a, whole, &options, &got, &err) &&
         got_bytes(&got, LIST_MAX, &bytes, &err) && read_list(im, bytes, &err);
    got_done(&got);
    if (!ok) {
        error_where(&err, arena_str(im->a, whole).p);
        log_error(&err);
        im->is_partial = true;
    }
    im->nested--;
    im->file = file;
    im->fallback = fallback;
}

int mill_import(const struct config *config, struct str file, struct str topic,
                struct str version, bool dry_run, struct buf *out)
{
    struct import im = {.a = arena_new(0),
                        .mill = &config->mill,
                        .version = version,
                        .file = file,
                        .topic = topic,
                        .fallback = STR("Imported")};
    struct error err;
    int status = 1;
    bool ok = read_file(&im, &err);

    if (ok && im.list.n == 0) {
        ok = error_set(&err, ERR_INPUT,
                       "no source in it (OPML, newsboat's urls, Planet Venus' "
                       "INI are read)");
        error_where(&err, arena_str(im.a, file).p);
    }
    if (!ok)
        log_error(&err);
    else
        status = mill_subscribe(config, im.list.at, im.list.n, dry_run, out);
    arena_free(im.a);
    return status == 0 && im.is_partial ? 1 : status;
}
