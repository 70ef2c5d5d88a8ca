/*
 * How times of day and zones are written, in dates of all forms:
 *
 *     08:30:05.123 +0800   8:30 PM EST   下午3时30分   14h30   083000Z
 *
 * A zone is an offset, one of RFC 822's names or letters, or a word of
 * when_words.def; what it means in summer is found out in when.c.
 */
#include "text/when_read.h"

/* ---- zones ---- */

/* +08 and +8 are offsets after GMT, behind a time without a blank, and where
 * a string that is a date ends. */
static bool hours_suffice(const struct reader *r, const struct token *sign,
                          const struct token *hours, bool after_name)
{
    return after_name || (hours->digits == 2 && !sign->gap) ||
           (r->loose && hours->end >= r->s.n);
}

/* +0800, +08:00, +08, +8.  The sign is at the reader's place; some programs
 * write a second one. */
static bool read_offset(struct reader *r, bool after_name, int *minutes)
{
    struct reader at = *r;
    struct token sign = peek(&at), n, m;
    int hours, rest = 0;

    if (!token_mark(&sign, '+') && !token_mark(&sign, '-'))
        return false;
    at.i = sign.end;
    n = peek(&at);
    if (r->loose && token_mark(&n, sign.c) && !n.gap)
        at.i = n.end;
    if (!take_number(&at, 4, &n) || n.gap)
        return false;
    hours = (int)n.value;
    if (n.digits >= 3) {
        hours = (int)n.value / 100;
        rest = (int)n.value % 100;
    } else {
        struct token colon = peek(&at);

        if (token_mark(&colon, ':') && !colon.gap) {
            at.i = colon.end;
            if (!take_number(&at, 2, &m) || m.gap)
                return false;
            /* "+00:0" is a fault of one program; its minutes are lost. */
            rest = m.digits == 2 ? (int)m.value : 0;
        } else if (!hours_suffice(r, &sign, &n, after_name)) {
            return false;
        }
    }
    if (hours > 23 || rest > 59)
        return false;
    *minutes = (hours * 60 + rest) * (sign.c == '-' ? -1 : 1);
    r->i = at.i;
    return true;
}

/* In prose "est" and "met" are words; zones are written in capitals. */
static bool is_upper(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= 'a' && s.p[i] <= 'z')
            return false;
    return true;
}

/* RFC 822, 5.1: A is one hour west, M twelve, N one hour east, Y twelve. */
static bool military_zone(const struct token *t, int *minutes)
{
    char c = t->folded[0];

    if (t->kind != TOKEN_WORD || t->folded_n != 1 || c < 'a' || c > 'y' ||
        c == 'j')
        return false;
    if (c >= 'n')
        *minutes = (c - 'n' + 1) * 60;
    else
        *minutes = -(c - 'a' + 1 - (c > 'j')) * 60;
    return true;
}

static bool is_china(const struct reader *r)
{
    const struct when_hints *h = r->hints;

    if (str_starts_nocase(h->lang, STR("zh")))
        return true;
    return h->zone != NULL ? zone_at(h->zone, h->now) == 480
                           : h->has_zone_minutes && h->zone_minutes == 480;
}

static bool read_zone_name(struct reader *r, struct written *w)
{
    struct reader at = *r;
    struct token t = peek(&at);
    int minutes;

    if (t.kind == TOKEN_WORD &&
        str_eq(str_of(t.folded, t.folded_n), STR("etc"))) {
        at.i = t.end;
        if (!take_mark(&at, '/'))
            return false;
        t = peek(&at);
    }
    at.i = t.end;
    if (token_is(&t, WORD_CLOCK, &minutes) ||
        (r->loose && at.i >= r->s.n && !token_is(&t, WORD_ZONE, NULL) &&
         military_zone(&t, &minutes))) {
        w->zone_minutes = minutes;
    } else if (t.kind != TOKEN_WORD ||
               (!r->loose && !is_upper(str_slice(r->s, t.at, t.end)))) {
        return false;
    } else if (token_is(&t, WORD_ZONE, &minutes)) {
        w->zone_minutes = minutes;
        if (minutes == 0 && read_offset(&at, true, &minutes))
            w->zone_minutes = minutes;
        else if (minutes == -360 && t.folded_n == 3 && t.folded[0] == 'c' &&
                 is_china(r))
            w->zone_minutes = 480;
    } else if (token_is(&t, WORD_ZONE_US, &minutes)) {
        w->zone_minutes = minutes;
        w->zone_is_us = true;
    } else {
        return false;
    }
    w->has_zone = true;
    r->i = at.i;
    return true;
}

bool read_zone(struct reader *r, struct written *w)
{
    struct reader at = *r;

    if (read_offset(r, false, &w->zone_minutes)) {
        w->has_zone = true;
        return true;
    }
    if (read_zone_name(r, w))
        return true;
    if (take_mark(&at, '(') &&
        (read_offset(&at, true, &w->zone_minutes) || read_zone_name(&at, w)) &&
        take_mark(&at, ')')) {
        w->has_zone = true;
        r->i = at.i;
        return true;
    }
    return false;
}

/* ---- times ---- */

static bool apply_meridiem(struct written *w, int meridiem)
{
    w->is_korean = w->is_korean || meridiem >= 10;
    meridiem %= 10;
    if (w->hour > 12)
        return true;
    if (meridiem == 1 && w->hour < 12)
        w->hour += 12;
    else if (meridiem == 0 && w->hour == 12)
        w->hour = 0;
    else if (meridiem == 2 && w->hour < 3)
        w->hour += 12;
    return true;
}

/* ":05" and ".123" after the minutes; SEP is what stood before these. */
static void read_seconds(struct reader *r, uint32_t sep, struct written *w)
{
    struct reader at = *r;
    struct token t = peek(&at), n;

    if (!token_mark(&t, sep))
        return;
    at.i = t.end;
    if (!take_number(&at, 2, &n) || (n.gap && !r->loose))
        return;
    w->second = (int)n.value;
    w->precision = WHEN_SECOND;
    r->i = at.i;
    t = peek(&at);
    if ((!token_mark(&t, '.') && !token_mark(&t, ',')) || t.gap)
        return;
    at.i = t.end;
    if (take_number(&at, 18, &n) && !n.gap)
        r->i = at.i;
}

/* 30 分 15 秒, 半, or the bare 30 of 14h30. */
static void read_marked_minutes(struct reader *r, struct written *w)
{
    struct reader at = *r;
    struct token n;

    if (str_starts(str_from(r->s, r->i), STR("半"))) {
        w->minute = 30;
        r->i += STR("半").n;
        return;
    }
    if (!take_number(&at, 2, &n))
        return;
    if (!take_word(&at, WORD_MINUTE_MARK, NULL)) {
        if (n.digits != 2 || n.gap)
            return;
        w->minute = (int)n.value;
        r->i = at.i;
        return;
    }
    w->minute = (int)n.value;
    r->i = at.i;
    if (take_number(&at, 2, &n) && take_word(&at, WORD_SECOND_MARK, NULL)) {
        w->second = (int)n.value;
        w->precision = WHEN_SECOND;
        r->i = at.i;
    }
}

/* 083000 or 0830, after a T. */
static bool split_time(const struct token *n, struct written *w)
{
    int v = (int)n->value;

    if (n->digits == 4)
        v *= 100;
    else if (n->digits != 6)
        return false;
    w->hour = v / 10000;
    w->minute = v / 100 % 100;
    w->second = v % 100;
    w->precision = n->digits == 6 ? WHEN_SECOND : WHEN_MINUTE;
    return true;
}

/* "BST" stands at AT. */
static bool names_zone(struct reader at)
{
    struct token t = peek(&at);
    struct written w = {0};

    return t.kind == TOKEN_WORD && read_zone(&at, &w);
}

static bool hour_and_minute(struct reader *r, struct written *w)
{
    struct token hour, sep, minute;
    struct reader at;

    if (!take_number(r, 6, &hour))
        return false;
    w->precision = WHEN_MINUTE;
    w->minute = w->second = 0;
    if (hour.digits > 2)
        return r->loose && split_time(&hour, w);
    w->hour = (int)hour.value;
    at = *r;
    sep = peek(&at);
    at.i = sep.end;
    if (token_mark(&sep, ':') || token_mark(&sep, '.')) {
        if (!take_number(&at, 2, &minute) || (minute.gap && !r->loose) ||
            (minute.digits != 2 && !r->loose))
            return false;
        w->minute = (int)minute.value;
        if (sep.c == ':') {
            r->i = at.i;
            read_seconds(r, sep.c, w);
            return true;
        }
        /* In running text 14.30 is a time only when something says so. */
        r->i = at.i;
        if (r->loose)
            read_seconds(r, sep.c, w);
        return minute.digits == 2 && (r->loose || names_zone(at) ||
                                      take_word(&at, WORD_HOUR_MARK, NULL));
    }
    if (token_is(&sep, WORD_HOUR_MARK, NULL)) {
        r->i = at.i;
        read_marked_minutes(r, w);
        return true;
    }
    return token_is(&sep, WORD_MERIDIEM, NULL);
}

bool read_time(struct reader *r, struct written *w)
{
    struct reader at = *r;
    struct written got = *w;
    int meridiem = -1;

    (void)take_word(&at, WORD_MERIDIEM, &meridiem);
    if (!hour_and_minute(&at, &got))
        return false;
    if (meridiem < 0)
        (void)take_word(&at, WORD_MERIDIEM, &meridiem);
    if (meridiem >= 0)
        apply_meridiem(&got, meridiem);
    if (got.hour > 24 || got.minute > 59 || got.second > 60)
        return false;
    (void)take_word(&at, WORD_HOUR_MARK, NULL);
    r->i = at.i;
    *w = got;
    (void)read_zone(r, w);
    return true;
}

static bool skip_bracketed_day(struct reader *r)
{
    struct reader at = *r;

    if (!take_mark(&at, '('))
        return false;
    for (int i = 0; i < 3; i++) {
        struct token t = peek(&at);

        if (t.kind == TOKEN_END || t.end - t.at > 12)
            return false;
        at.i = t.end;
        if (token_mark(&t, ')')) {
            r->i = at.i;
            return true;
        }
    }
    return false;
}

bool skip_weekday(struct reader *r)
{
    struct token t = peek(r);

    if (!token_weekday(&t))
        return skip_bracketed_day(r);
    r->i = t.end;
    if (t.kind == TOKEN_CJK) {
        struct token day = peek(r);

        if (day.numerals || token_is(&day, WORD_DAY_MARK, NULL) ||
            str_eq(str_of(day.folded, day.folded_n), STR("天")))
            r->i = day.end;
    }
    return true;
}

void skip_to_time(struct reader *r, struct written *w)
{
    for (int i = 0; i < 5; i++) {
        struct token t = peek(r);
        int minutes;

        if (t.kind == TOKEN_MARK &&
            (t.c == ',' || t.c == '-' || t.c == '|' || t.c == 0x4E28 ||
             t.c == 0xB7 || t.c == 0x2022 || t.c == '@' || t.c == ':' ||
             t.c == '.' || t.c == ';' || t.c == '/')) {
            r->i = t.end;
        } else if (t.kind == TOKEN_WORD && t.folded_n == 1 &&
                   t.folded[0] == 't') {
            r->i = t.end;
        } else if (token_is(&t, WORD_CLOCK, &minutes)) {
            w->has_zone = true;
            w->zone_minutes = minutes;
            r->i = t.end;
        } else if (token_is(&t, WORD_FILL, NULL) ||
                   token_is(&t, WORD_YEAR, NULL)) {
            r->i = t.end;
        } else if (!skip_weekday(r)) {
            break;
        }
    }
}
