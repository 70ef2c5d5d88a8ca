#include "site/answer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <zlib.h>

#include "base/hash.h"

#define FILE_MAX ((size_t)256 << 20)
#define ZEROS    ((size_t)1 << 20)

/* A script as read, before it becomes bytes. */
struct script {
    const struct asked *q;
    struct buf headers, body, block, tail, reason;
    struct buf etag, modified, type, raw;
    uint64_t times; /* of block, between body and tail */
    int gzip;
    uint64_t bomb;
    bool etag_auto, deaf, has_raw, close;
    bool no_length, chunked, bad_chunk, has_length, reset_head;
    int64_t length, chunk, truncate, reset;
    uint64_t filler;
    time_t mtime;
    struct answer *a;
    const char *fault;
};

static const struct {
    const char *ending, *type;
} types[] = {
    {".html", "text/html; charset=utf-8"},
    {".txt", "text/plain; charset=utf-8"},
    {".xml", "application/xml"},
    {".rss", "application/rss+xml"},
    {".atom", "application/atom+xml"},
    {".json", "application/json"},
    {".opml", "text/x-opml"},
};

static const char *type_of(struct str name)
{
    struct str path = str_slice(name, 0, str_find_char(name, '?', 0));

    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (str_ends_nocase(path, str_from_c(types[i].ending)))
            return types[i].type;
    return "application/octet-stream";
}

static const char *reason_of(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 301:
        return "Moved Permanently";
    case 302:
        return "Found";
    case 304:
        return "Not Modified";
    case 404:
        return "Not Found";
    case 429:
        return "Too Many Requests";
    case 503:
        return "Service Unavailable";
    default:
        return "Because";
    }
}

static bool read_file(const char *folder, struct str name, struct buf *out,
                      time_t *mtime)
{
    char path[2048];
    struct stat st;
    char part[8192];
    size_t n;
    FILE *f;

    if (str_has(name, STR("..")) ||
        snprintf(path, sizeof path, "%s/%.*s", folder, STR_ARG(name)) >=
            (int)sizeof path)
        return false;
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))
        return false;
    if ((f = fopen(path, "rb")) == NULL)
        return false;
    while ((n = fread(part, 1, sizeof part, f)) > 0)
        buf_add(out, part, n);
    fclose(f);
    *mtime = st.st_mtime;
    return true;
}

/* TEXT as the README has it. */
static void add_text(struct script *s, struct buf *out, struct str t)
{
    static const char marks[] = "n\nr\rt\t\\\\";

    for (size_t i = 0; i < t.n; i++) {
        struct str rest = str_from(t, i);
        uint64_t byte;

        if (t.p[i] == '\\' && rest.n >= 4 && t.p[i + 1] == 'x' &&
            str_to_u64(str_slice(rest, 2, 4), 16, &byte)) {
            buf_add_char(out, (char)byte);
            i += 3;
        } else if (t.p[i] == '\\' && i + 1 < t.n &&
                   strchr("nrt\\", t.p[i + 1]) != NULL) {
            buf_add_char(out, strchr(marks, t.p[i + 1])[1]);
            i++;
        } else if (str_starts(rest, STR("$ORIGIN"))) {
            buf_printf(out, "http://127.0.0.1:%d", s->q->port);
            i += 6;
        } else if (str_starts(rest, STR("$PORT"))) {
            buf_printf(out, "%d", s->q->port);
            i += 4;
        } else if (str_starts(rest, STR("$HOST"))) {
            buf_add_str(out, s->q->host);
            i += 4;
        } else if (str_starts(rest, STR("$TARGET"))) {
            buf_add_str(out, s->q->target);
            i += 6;
        } else if (str_starts(rest, STR("$COUNT"))) {
            buf_printf(out, "%llu", (unsigned long long)s->q->count);
            i += 5;
        } else {
            buf_add_char(out, t.p[i]);
        }
    }
}

static void set_text(struct script *s, struct buf *out, struct str t)
{
    buf_reset(out);
    add_text(s, out, t);
}

static bool take_number(struct str *rest, uint64_t *out)
{
    struct str word;

    return str_word(rest, &word) && str_to_u64(word, 10, out);
}

static bool take_int(struct str *rest, int64_t *out)
{
    uint64_t v;

    if (!take_number(rest, &v) || v > INT64_MAX)
        return false;
    *out = (int64_t)v;
    return true;
}

static bool set_status(struct script *s, struct str arg)
{
    int64_t code;

    if (!take_int(&arg, &code))
        return false;
    s->a->status = (int)code;
    buf_reset(&s->reason);
    buf_add_str(&s->reason, str_trim(arg));
    return true;
}

static bool do_header(struct script *s, struct str arg)
{
    add_text(s, &s->headers, arg);
    buf_add_str(&s->headers, STR("\r\n"));
    return true;
}

static bool do_redirect(struct script *s, struct str arg)
{
    int64_t code;

    if (!take_int(&arg, &code))
        return false;
    s->a->status = (int)code;
    buf_add_str(&s->headers, STR("Location: "));
    return do_header(s, str_trim(arg));
}

static bool do_type(struct script *s, struct str arg)
{
    set_text(s, &s->type, arg);
    return true;
}

static bool do_etag(struct script *s, struct str arg)
{
    s->etag_auto = str_eq(arg, STR("auto"));
    set_text(s, &s->etag, arg);
    return true;
}

static void http_date(struct buf *out, time_t t)
{
    char text[64];
    struct tm tm;

    gmtime_r(&t, &tm);
    strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &tm);
    buf_reset(out);
    buf_add_str(out, str_from_c(text));
}

static bool do_modified(struct script *s, struct str arg)
{
    if (str_eq(arg, STR("auto")))
        http_date(&s->modified, s->mtime);
    else
        set_text(s, &s->modified, arg);
    return true;
}

static bool do_body(struct script *s, struct str arg)
{
    set_text(s, &s->body, arg);
    return true;
}

static bool do_file(struct script *s, struct str arg)
{
    buf_reset(&s->body);
    return read_file(s->q->folder, arg, &s->body, &s->mtime);
}

static bool do_template(struct script *s, struct str arg)
{
    struct buf raw;
    bool ok;

    buf_init(&raw, FILE_MAX);
    ok = read_file(s->q->folder, arg, &raw, &s->mtime);
    if (ok)
        set_text(s, &s->body, buf_str(&raw));
    buf_done(&raw);
    return ok;
}

static bool do_repeat(struct script *s, struct str arg)
{
    if (!take_number(&arg, &s->times))
        return false;
    set_text(s, &s->block, str_trim(arg));
    return true;
}

static bool do_endless(struct script *s, struct str arg)
{
    s->times = ANSWER_ALWAYS;
    set_text(s, &s->block, arg);
    return s->block.n > 0;
}

static bool do_gzip(struct script *s, struct str arg)
{
    int64_t times = 1;

    if (arg.n > 0 && !take_int(&arg, &times))
        return false;
    s->gzip = (int)times;
    return times > 0 && times < 10;
}

static bool do_bomb(struct script *s, struct str arg)
{
    return take_number(&arg, &s->bomb);
}

static bool do_delay(struct script *s, struct str arg)
{
    return take_int(&arg, &s->a->delay_ms);
}

static bool set_pace(struct pace *p, struct str arg)
{
    return take_int(&arg, &p->bytes) && p->bytes > 0 && take_int(&arg, &p->ms);
}

static bool do_drip(struct script *s, struct str arg)
{
    return set_pace(&s->a->body_pace, arg);
}

static bool do_drip_head(struct script *s, struct str arg)
{
    return set_pace(&s->a->head_pace, arg);
}

static bool do_length(struct script *s, struct str arg)
{
    s->no_length = str_eq(arg, STR("none"));
    s->has_length = !s->no_length;
    return s->no_length || take_int(&arg, &s->length);
}

static bool do_chunked(struct script *s, struct str arg)
{
    s->chunked = true;
    return arg.n == 0 || (take_int(&arg, &s->chunk) && s->chunk > 0);
}

static bool do_bad_chunk(struct script *s, struct str arg)
{
    s->bad_chunk = true;
    return do_chunked(s, arg);
}

static bool do_truncate(struct script *s, struct str arg)
{
    return take_int(&arg, &s->truncate);
}

static bool do_reset(struct script *s, struct str arg)
{
    return take_int(&arg, &s->reset);
}

static bool do_reset_head(struct script *s, struct str arg)
{
    s->reset_head = true;
    return arg.n == 0;
}

static bool do_filler(struct script *s, struct str arg)
{
    if (str_eq(arg, STR("endless"))) {
        s->filler = ANSWER_ALWAYS;
        return true;
    }
    return take_number(&arg, &s->filler);
}

static bool do_raw(struct script *s, struct str arg)
{
    s->has_raw = true;
    set_text(s, &s->raw, arg);
    return true;
}

static bool do_hang(struct script *s, struct str arg)
{
    s->a->hang = true;
    return arg.n == 0;
}

static bool do_close(struct script *s, struct str arg)
{
    s->close = true;
    return arg.n == 0;
}

static bool do_deaf(struct script *s, struct str arg)
{
    s->deaf = true;
    return arg.n == 0;
}

static const struct {
    const char *name;
    bool (*act)(struct script *s, struct str arg);
} orders[] = {
    {"status", set_status},      {"header", do_header},
    {"redirect", do_redirect},   {"type", do_type},
    {"etag", do_etag},           {"modified", do_modified},
    {"body", do_body},           {"file", do_file},
    {"template", do_template},   {"repeat", do_repeat},
    {"endless", do_endless},     {"gzip", do_gzip},
    {"bomb", do_bomb},           {"delay", do_delay},
    {"drip", do_drip},           {"drip-head", do_drip_head},
    {"length", do_length},       {"chunked", do_chunked},
    {"bad-chunk", do_bad_chunk}, {"truncate", do_truncate},
    {"reset", do_reset},         {"reset-head", do_reset_head},
    {"filler", do_filler},       {"raw", do_raw},
    {"hang", do_hang},           {"close", do_close},
    {"deaf", do_deaf},
};

/* "3", "2-4" or "5+". */
static bool covers(struct str range, uint64_t count, bool *fault)
{
    struct str from = range, to = range;
    uint64_t low, high;
    size_t dash = str_find_char(range, '-', 0);

    if (dash != STR_NOT_FOUND) {
        from = str_slice(range, 0, dash);
        to = str_from(range, dash + 1);
    }
    if (str_ends(range, STR("+"))) {
        from = str_slice(range, 0, range.n - 1);
        to = STR("999999999");
    }
    *fault = !str_to_u64(from, 10, &low) || !str_to_u64(to, 10, &high);
    return !*fault && count >= low && count <= high;
}

static bool obey(struct script *s, struct str word, struct str arg)
{
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++)
        if (str_eq(word, str_from_c(orders[i].name)))
            return orders[i].act(s, arg);
    return false;
}

/* False with the line that is wrong in *BAD. */
static bool read_script(struct script *s, struct str text, struct str *bad)
{
    bool ours = true, fault = false;
    struct str line, word;

    while (str_split(&text, '\n', &line)) {
        struct str rest = line;

        *bad = line;
        if (!str_word(&rest, &word) || word.p[0] == '#')
            continue;
        rest = str_trim(rest);
        if (str_eq(word, STR("on")))
            ours = covers(rest, s->q->count, &fault);
        else if (ours)
            fault = !obey(s, word, rest);
        if (fault)
            return false;
    }
    return true;
}

/* Replaces B by its gzip form. */
static void compress_buf(struct buf *b)
{
    z_stream z = {0};
    struct buf out;

    buf_init(&out, FILE_MAX);
    deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    z.next_in = (Bytef *)b->p;
    z.avail_in = (uInt)b->n;
    do {
        char part[16384];

        z.next_out = (Bytef *)part;
        z.avail_out = sizeof part;
        deflate(&z, Z_FINISH);
        buf_add(&out, part, sizeof part - z.avail_out);
    } while (z.avail_out == 0);
    deflateEnd(&z);
    buf_done(b);
    *b = out;
}

/* What is said often is said in larger pieces; what is to be compressed, or is
 * short when all is said, becomes the body itself. */
static void spell_out(struct script *s)
{
    struct buf *b = &s->block;
    size_t once = b->n;

    if (once == 0 || s->times == 0)
        return;
    if (s->times == ANSWER_ALWAYS) {
        while (b->n < ((size_t)16 << 10) && buf_room(b, once) != NULL) {
            memcpy(b->p + b->n, b->p, once);
            b->n += once;
        }
        return;
    }
    if (s->gzip == 0 && once * s->times > ((size_t)1 << 20))
        return;
    for (uint64_t i = 0; i < s->times; i++)
        buf_add_str(&s->body, buf_str(b));
    buf_reset(b);
    s->times = 0;
}

/* BYTES zeros: deflate's full flush makes a block that stands alone, so that it
 * can be said any number of times. */
static void make_bomb(struct script *s)
{
    static const unsigned char head[] = {31, 139, 8, 0, 0, 0, 0, 0, 0, 3};
    uint64_t blocks = (s->bomb + ZEROS - 1) / ZEROS;
    unsigned char *zeros = calloc(1, ZEROS);
    unsigned char *out = malloc(ZEROS), end[10] = {3, 0};
    uLong crc, one;
    uint64_t size = blocks * ZEROS;
    z_stream z = {0};

    deflateInit2(&z, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
    z.next_in = zeros;
    z.avail_in = ZEROS;
    z.next_out = out;
    z.avail_out = ZEROS;
    deflate(&z, Z_FULL_FLUSH);
    buf_reset(&s->body);
    buf_add(&s->body, head, sizeof head);
    buf_reset(&s->block);
    buf_add(&s->block, out, ZEROS - z.avail_out);
    s->times = blocks;
    one = crc32(0, zeros, ZEROS);
    crc = crc32(0, NULL, 0);
    for (uint64_t i = 0; i < blocks; i++)
        crc = crc32_combine(crc, one, (z_off_t)ZEROS);
    for (int i = 0; i < 4; i++) {
        end[2 + i] = (unsigned char)(crc >> (8 * i));
        end[6 + i] = (unsigned char)(size >> (8 * i));
    }
    buf_add(&s->tail, end, sizeof end);
    deflateEnd(&z);
    free(zeros);
    free(out);
}

static struct buf *add_span(struct answer *a, uint64_t times)
{
    struct span *span = &a->spans[a->n++];

    buf_init(&span->bytes, BUF_MAX);
    span->times = times;
    return &span->bytes;
}

static void add_framed(struct script *s, struct buf *out, struct str bytes)
{
    size_t room = (size_t)s->chunk, chunks = 0;

    while (bytes.n > 0) {
        struct str part = str_slice(bytes, 0, room);

        if (s->bad_chunk && chunks++ == 1)
            buf_add_str(out, STR("no size\r\n"));
        else
            buf_printf(out, "%zx\r\n", part.n);
        buf_add_str(out, part);
        buf_add_str(out, STR("\r\n"));
        bytes = str_from(bytes, part.n);
    }
}

static void add_body_span(struct script *s, struct str bytes, uint64_t times)
{
    struct buf *out;

    if (bytes.n == 0 || times == 0)
        return;
    out = add_span(s->a, times);
    if (s->chunked)
        add_framed(s, out, bytes);
    else
        buf_add_str(out, bytes);
}

static void build_body(struct script *s)
{
    s->a->body_at = s->a->n;
    if (str_eq(s->q->method, STR("HEAD")) || s->a->status == 304)
        return;
    add_body_span(s, buf_str(&s->body), 1);
    add_body_span(s, buf_str(&s->block), s->times);
    add_body_span(s, buf_str(&s->tail), 1);
    if (s->chunked && s->times != ANSWER_ALWAYS)
        buf_add_str(add_span(s->a, 1), STR("0\r\n\r\n"));
}

static bool says_304(struct script *s)
{
    if (s->deaf || s->a->status != 200)
        return false;
    if (s->q->if_none_match.n > 0)
        return str_eq(s->q->if_none_match, buf_str(&s->etag));
    return s->modified.n > 0 &&
           str_eq(s->q->if_modified_since, buf_str(&s->modified));
}

static void add_member(struct buf *out, const char *name, struct buf *value)
{
    if (value->n > 0)
        buf_printf(out, "%s: %.*s\r\n", name, (int)value->n, value->p);
}

static void build_head(struct script *s)
{
    static const char filler[] = "X-Filler: nobody reads what stands here, but "
                                 "it has to come down the wire\r\n";
    struct buf *out = add_span(s->a, 1);
    bool bare = s->a->status == 304;

    buf_printf(out, "HTTP/1.1 %d ", s->a->status);
    if (s->reason.n > 0)
        buf_add_str(out, buf_str(&s->reason));
    else
        buf_add_str(out, str_from_c(reason_of(s->a->status)));
    buf_add_str(out, STR("\r\n"));
    add_member(out, "ETag", &s->etag);
    add_member(out, "Last-Modified", &s->modified);
    if (!bare)
        add_member(out, "Content-Type", &s->type);
    for (int i = 0; i < s->gzip; i++)
        buf_printf(out, "%s%s", i == 0 ? "Content-Encoding: gzip" : ", gzip",
                   i + 1 == s->gzip ? "\r\n" : "");
    buf_add_str(out, buf_str(&s->headers));
    if (s->chunked && !bare)
        buf_add_str(out, STR("Transfer-Encoding: chunked\r\n"));
    else if (s->has_length)
        buf_printf(out, "Content-Length: %lld\r\n", (long long)s->length);
    else if (!s->no_length && !bare && s->times != ANSWER_ALWAYS)
        buf_printf(out, "Content-Length: %llu\r\n",
                   (unsigned long long)(s->body.n + s->tail.n +
                                        s->block.n * s->times));
    if (!s->a->keep)
        buf_add_str(out, STR("Connection: close\r\n"));
    if (s->filler > 0) {
        uint64_t times = s->filler == ANSWER_ALWAYS
                             ? ANSWER_ALWAYS
                             : s->filler / (sizeof filler - 1) + 1;

        buf_add_str(add_span(s->a, times), str_of(filler, sizeof filler - 1));
        out = add_span(s->a, 1);
    }
    buf_add_str(out, STR("\r\n"));
}

static void build(struct script *s)
{
    struct answer *a = s->a;

    if (s->has_raw) {
        buf_add_str(add_span(a, 1), buf_str(&s->raw));
        return;
    }
    spell_out(s);
    if (s->etag_auto) {
        buf_reset(&s->etag);
        buf_printf(&s->etag, "\"%016llx\"",
                   (unsigned long long)hash64(buf_str(&s->body)));
    }
    if (says_304(s))
        a->status = 304;
    if (s->bomb > 0) {
        make_bomb(s);
        s->gzip = 1;
    } else {
        for (int i = 0; i < s->gzip; i++)
            compress_buf(&s->body);
    }
    a->cut_at = s->truncate >= 0 ? s->truncate : s->reset;
    a->reset = s->reset >= 0 || s->reset_head;
    a->keep = !s->close && !s->no_length && a->cut_at < 0 && !s->has_length &&
              !s->bad_chunk && s->times != ANSWER_ALWAYS;
    if (s->reset_head) {
        a->keep = false;
        return;
    }
    build_head(s);
    build_body(s);
}

static void script_init(struct script *s, const struct asked *q,
                        struct answer *a)
{
    struct buf *bufs[] = {&s->headers,  &s->body,   &s->block,
                          &s->tail,     &s->reason, &s->etag,
                          &s->modified, &s->type,   &s->raw};

    memset(s, 0, sizeof *s);
    for (size_t i = 0; i < sizeof bufs / sizeof bufs[0]; i++)
        buf_init(bufs[i], FILE_MAX);
    s->q = q;
    s->a = a;
    s->chunk = 4096;
    s->truncate = s->reset = -1;
    buf_add_str(&s->type, str_from_c(type_of(q->target)));
}

static void script_done(struct script *s)
{
    struct buf *bufs[] = {&s->headers,  &s->body,   &s->block,
                          &s->tail,     &s->reason, &s->etag,
                          &s->modified, &s->type,   &s->raw};

    for (size_t i = 0; i < sizeof bufs / sizeof bufs[0]; i++)
        buf_done(bufs[i]);
}

/* The script or plain file for a target; false if there is neither. */
static bool look_up(struct script *s, struct str name, struct buf *text,
                    bool *is_script)
{
    char route[1024];
    int n = snprintf(route, sizeof route, "%.*s.route", STR_ARG(name));

    if (n > 0 && n < (int)sizeof route &&
        read_file(s->q->folder, str_of(route, (size_t)n), text, &s->mtime)) {
        *is_script = true;
        return true;
    }
    *is_script = false;
    return read_file(s->q->folder, name, &s->body, &s->mtime);
}

static void fail(struct script *s, int status, struct str why)
{
    struct answer *a = s->a;

    script_done(s);
    script_init(s, s->q, a);
    a->status = status;
    a->hang = false;
    buf_add_str(&s->body, why);
    if (status == 500)
        fprintf(stderr, "site: %.*s: cannot obey \"%.*s\"\n",
                STR_ARG(s->q->target), STR_ARG(why));
}

/* Without its slash; whoever takes us for a proxy gets the file of that path. */
static struct str path_of(struct str target)
{
    if (str_starts(target, STR("http://")))
        target = str_from(target, str_find_char(target, '/', 7));
    return str_from(target, 1);
}

void answer_make(struct answer *out, const struct asked *q)
{
    struct str name = path_of(q->target), bad = STR_NONE;
    size_t query = str_find_char(name, '?', 0);
    struct buf text;
    struct script s;
    bool found, is_script;

    memset(out, 0, sizeof *out);
    out->status = 200;
    out->cut_at = -1;
    buf_init(&text, FILE_MAX);
    script_init(&s, q, out);
    if (name.n == 0)
        name = STR("index.html");
    found = look_up(&s, name, &text, &is_script);
    if (!found && query != STR_NOT_FOUND)
        found = look_up(&s, str_slice(name, 0, query), &text, &is_script);
    if (!found) {
        fail(&s, 404, STR("nothing here\n"));
    } else if (!is_script) {
        do_etag(&s, STR("auto"));
        http_date(&s.modified, s.mtime);
    } else if (!read_script(&s, buf_str(&text), &bad)) {
        fail(&s, 500, bad);
    }
    build(&s);
    script_done(&s);
    buf_done(&text);
}

void answer_done(struct answer *a)
{
    for (size_t i = 0; i < a->n; i++)
        buf_done(&a->spans[i].bytes);
    a->n = 0;
}
