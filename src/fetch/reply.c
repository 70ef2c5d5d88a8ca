#include "fetch/reply.h"

#include <curl/curl.h>

#include "base/utf8.h"
#include "text/when.h"

#define VALUE_MAX ((size_t)4096)
#define YEAR      ((int64_t)366 * 86400)

static const struct str names[REPLY_FIELDS] = {
    [REPLY_TYPE] = STR_INIT("content-type"),
    [REPLY_ENCODING] = STR_INIT("content-encoding"),
    [REPLY_ETAG] = STR_INIT("etag"),
    [REPLY_LAST_MODIFIED] = STR_INIT("last-modified"),
    [REPLY_LOCATION] = STR_INIT("location"),
    [REPLY_RETRY_AFTER] = STR_INIT("retry-after"),
    [REPLY_CACHE_CONTROL] = STR_INIT("cache-control"),
    [REPLY_EXPIRES] = STR_INIT("expires"),
    [REPLY_DATE] = STR_INIT("date"),
    [REPLY_AGE] = STR_INIT("age"),
    [REPLY_LENGTH] = STR_INIT("content-length"),
};

void reply_init(struct reply *r)
{
    *r = (struct reply){0};
    for (int i = 0; i < REPLY_FIELDS; i++)
        buf_init(&r->field[i], VALUE_MAX);
}

void reply_done(struct reply *r)
{
    for (int i = 0; i < REPLY_FIELDS; i++)
        buf_done(&r->field[i]);
}

static void forget_fields(struct reply *r)
{
    r->status = 0;
    r->whole = false;
    for (int i = 0; i < REPLY_FIELDS; i++)
        buf_reset(&r->field[i]);
}

void reply_reset(struct reply *r)
{
    forget_fields(r);
    r->head_bytes = 0;
}

static bool has_control(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (((unsigned char)s.p[i] < ' ' && s.p[i] != '\t') || s.p[i] == 0x7f)
            return true;
    return false;
}

/* What goes back to the server as it came: a byte is a byte there (obs-text of RFC
 * 9110, 5.5), whatever it means. */
static bool is_for_the_server(enum reply_field i)
{
    return i == REPLY_ETAG || i == REPLY_LAST_MODIFIED || i == REPLY_LOCATION;
}

/* The first of several lines counts, but Cache-Control is a list. */
static void keep_field(struct reply *r, enum reply_field i, struct str value)
{
    struct buf *b = &r->field[i];

    if (value.n == 0 || value.n > VALUE_MAX || has_control(value) ||
        (!is_for_the_server(i) && !utf8_valid(value)))
        return;
    if (b->n > 0 && i != REPLY_CACHE_CONTROL)
        return;
    if (b->n > 0)
        buf_add_char(b, ',');
    buf_add_str(b, value);
}

static void read_status(struct reply *r, struct str line)
{
    struct str word;
    uint64_t status;

    forget_fields(r);
    if (str_word(&line, &word) && str_word(&line, &word) && word.n == 3 &&
        str_to_u64(word, 10, &status))
        r->status = (int)status;
}

bool reply_line(struct reply *r, struct str line)
{
    size_t colon;
    struct str name;

    r->head_bytes += line.n;
    if (r->head_bytes > REPLY_HEAD_MAX)
        return false;
    line = str_trim(line);
    if (str_starts(line, STR("HTTP/"))) {
        read_status(r, line);
        return true;
    }
    if (line.n == 0) {
        r->whole = r->status >= 200;
        return true;
    }
    colon = str_find_char(line, ':', 0);
    if (colon == STR_NOT_FOUND)
        return true;
    name = str_trim(str_slice(line, 0, colon));
    for (int i = 0; i < REPLY_FIELDS; i++)
        if (str_eq_nocase(name, names[i])) {
            keep_field(r, (enum reply_field)i,
                       str_trim(str_from(line, colon + 1)));
            break;
        }
    return true;
}

struct str reply_get(const struct reply *r, enum reply_field field)
{
    return buf_str(&r->field[field]);
}

/* A non-negative number, -1 if it is none; too large is as large as it gets. */
static int64_t number_of(struct str s)
{
    uint64_t v;

    s = str_trim(s);
    for (size_t i = 0; i < s.n; i++)
        if (!is_digit(s.p[i]))
            return -1;
    if (s.n == 0)
        return -1;
    return str_to_u64(s, 10, &v) && v <= INT64_MAX ? (int64_t)v : INT64_MAX;
}

static bool two_digits(struct str s, size_t at, int *out)
{
    if (!is_digit(s.p[at]) || !is_digit(s.p[at + 1]))
        return false;
    *out = (s.p[at] - '0') * 10 + (s.p[at + 1] - '0');
    return true;
}

/* "Sun, 06 Nov 1994 08:49:37 GMT", the form every server sends (RFC 9110,
 * 5.6.7); libcurl reads it with sscanf, which costs as much as all else here. */
static bool fixed_date(struct str s, int64_t *out)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    int day, hour, minute, second, century, year, month = 0;

    if (s.n != 29 || !str_ends(s, STR(" GMT")) || s.p[16] != ' ' ||
        s.p[19] != ':' || s.p[22] != ':' || !two_digits(s, 5, &day) ||
        !two_digits(s, 12, &century) || !two_digits(s, 14, &year) ||
        !two_digits(s, 17, &hour) || !two_digits(s, 20, &minute) ||
        !two_digits(s, 23, &second))
        return false;
    while (month < 12 && memcmp(months + 3 * month, s.p + 8, 3) != 0)
        month++;
    year += century * 100;
    if (month == 12 || !civil_is_valid(year, month + 1, day) || hour > 23 ||
        minute > 59 || second > 60)
        return false;
    *out = civil_seconds(year, month + 1, day, hour, minute, second);
    return true;
}

/* An HTTP date in Unix seconds; -1 if it is none. */
static int64_t date_of(struct str s)
{
    char text[64];
    int64_t seconds;

    if (fixed_date(s, &seconds))
        return seconds;
    if (s.n == 0 || s.n >= sizeof text)
        return -1;
    memcpy(text, s.p, s.n);
    text[s.n] = '\0';
    return curl_getdate(text, NULL);
}

int64_t reply_length(const struct reply *r)
{
    return number_of(reply_get(r, REPLY_LENGTH));
}

int64_t reply_date(const struct reply *r)
{
    int64_t date = date_of(reply_get(r, REPLY_DATE));

    return date < 0 ? 0 : date;
}

static int64_t clamp(int64_t seconds)
{
    return seconds < 0 ? 0 : seconds > YEAR ? YEAR : seconds;
}

/* max-age of a Cache-Control list, 0 when it forbids caching, -1 if neither. */
static int64_t cache_control_age(struct str list)
{
    struct str part, age = STR("max-age=");
    int64_t found = -1;

    while (str_split(&list, ',', &part)) {
        part = str_trim(part);
        if (str_eq_nocase(part, STR("no-store")) ||
            str_eq_nocase(part, STR("no-cache")))
            return 0;
        if (found < 0 && str_starts_nocase(part, age)) {
            part = str_from(part, age.n);
            if (part.n > 1 && part.p[0] == '"')
                part = str_slice(part, 1, part.n - 1);
            found = number_of(part);
        }
    }
    return found;
}

int64_t reply_max_age(const struct reply *r, int64_t now)
{
    int64_t fresh = cache_control_age(reply_get(r, REPLY_CACHE_CONTROL));
    int64_t age = number_of(reply_get(r, REPLY_AGE));
    int64_t expires, date = reply_date(r);

    if (fresh < 0) {
        if (reply_get(r, REPLY_EXPIRES).n == 0)
            return -1;
        /* "0" and other nonsense means: already stale (RFC 9111, 5.3). */
        expires = date_of(reply_get(r, REPLY_EXPIRES));
        if (expires < 0)
            return 0;
        /* Who has no clock has no Date (RFC 9110, 6.6.1). */
        fresh = expires - (date > 0 ? date : now);
    }
    fresh = clamp(fresh);
    return age > 0 ? clamp(fresh - clamp(age)) : fresh;
}

int64_t reply_retry_after(const struct reply *r, int64_t now)
{
    struct str value = reply_get(r, REPLY_RETRY_AFTER);
    int64_t seconds = number_of(value), date = date_of(value);

    if (seconds >= 0)
        return clamp(seconds);
    if (date < 0)
        return -1;
    /* The server's own clock, if it shows it, may be wrong in the same way. */
    return clamp(date - (reply_date(r) > 0 ? reply_date(r) : now));
}
