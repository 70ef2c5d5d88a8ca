/*
 * How much an item looks like spam or an advertisement.
 *
 * Each feature gives a share from 0 to 1 of what it can say alone; together
 * they are 1 - (1-a)(1-b)...: one feature holds nothing, two strong ones or
 * three weak ones do.  An article about spam, gambling or prices shows one:
 * its words.  It has prose, and neither asks for anything nor names an account
 * to write to, so the words of what spam sells count only beside something else.
 *
 * Weak spots: an advertorial that is honest prose and says nowhere that it is
 * paid; a short notice with a telephone number and a price.
 */
#include "judge/judge.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "text/fold.h"
#include "text/site.h"
#include "text/url.h"

enum word_kind { CONTACT, CALL, TRADE, PAID, LABEL, NOTICE, AFFILIATE };

static const struct {
    enum word_kind kind;
    struct str text;
} words[] = {
#define WORD(kind, text) {kind, STR_INIT(text)},
#include "judge/spam_words.def"
#undef WORD
};

#define NOTICE_BYTES  300
#define NOTICE_LINE   80
#define STUFFED       3 /* times that a title has one word */
#define STUFFED_BYTES 4 /* of a word of letters */

#define N_WORDS (sizeof words / sizeof words[0])

struct counts {
    struct arena *a;
    size_t chars, sentences;
    size_t called;        /* sentences that call for something */
    size_t trade, prices; /* words */
    size_t contacts;
    size_t listed; /* characters in lists of key words */
    bool repeats;  /* one contact stands twice */
    bool is_paid, is_affiliate;
    struct map seen; /* contacts */
};

/* ---- text ------------------------------------------------------------------- */

/* A Latin word has no letter beside it. */
static bool is_whole(struct str s, size_t at, size_t n)
{
    return !is_alnum(s.p[at]) || ((at == 0 || !is_alnum(s.p[at - 1])) &&
                                  (at + n == s.n || !is_alnum(s.p[at + n])));
}

static size_t find_word(struct str s, struct str word, size_t from)
{
    for (size_t at = from; (at = str_find(s, word, at)) != STR_NOT_FOUND; at++)
        if (is_whole(s, at, word.n))
            return at;
    return STR_NOT_FOUND;
}

static bool is_ascii(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80)
            return false;
    return true;
}

static size_t count_kind(struct str s, enum word_kind kind)
{
    bool is_plain = is_ascii(s);
    size_t n = 0;

    for (size_t i = 0; i < N_WORDS; i++) {
        if (words[i].kind != kind ||
            (is_plain && (unsigned char)words[i].text.p[0] >= 0x80))
            continue;
        for (size_t at = 0;
             (at = find_word(s, words[i].text, at)) != STR_NOT_FOUND;
             at += words[i].text.n)
            n++;
    }
    return n;
}

static void add_contact(struct counts *c, struct str name)
{
    bool is_new = true;

    map_put(&c->seen, arena_str(c->a, name), &is_new);
    c->contacts++;
    c->repeats |= !is_new;
}

static bool is_name_sign(char ch)
{
    return is_alnum(ch) || ch == '_' || ch == '-';
}

/* "微信: abc12345": a name of five signs and more, close behind. */
static void find_accounts(struct counts *c, struct str s)
{
    for (size_t i = 0; i < N_WORDS; i++) {
        struct str word = words[i].text;

        if (words[i].kind != CONTACT)
            continue;
        for (size_t at = 0; (at = str_find(s, word, at)) != STR_NOT_FOUND;) {
            size_t from = at += word.n, to, limit = from + 12;
            bool has_digit = false;

            while (from < s.n && from < limit && !is_name_sign(s.p[from]))
                from++;
            for (to = from; to < s.n && is_name_sign(s.p[to]); to++)
                has_digit |= is_digit(s.p[to]);
            if (to - from >= 5 && has_digit)
                add_contact(c, str_slice(s, from, to));
        }
    }
}

/* A telephone number: ten to thirteen digits, single signs between them. */
static void find_numbers(struct counts *c, struct str s)
{
    for (size_t i = 0; i < s.n;) {
        char digits[16];
        size_t n = 0, end = i;

        if (!is_digit(s.p[i]) || (i > 0 && is_name_sign(s.p[i - 1]))) {
            i++;
            continue;
        }
        for (size_t k = i; k < s.n && n < sizeof digits; k++) {
            if (is_digit(s.p[k])) {
                digits[n++] = s.p[k];
                end = k + 1;
            } else if (k > end ||
                       !str_has(STR("- ()."), str_slice(s, k, k + 1))) {
                break;
            }
        }
        if (n >= 10 && n <= 13 && !str_starts(str_of(digits, n), STR("20")) &&
            !str_starts(str_of(digits, n), STR("19")))
            add_contact(c, str_of(digits, n));
        i = end;
    }
}

/* A sum: the sign before digits, or 元 behind them. */
static size_t count_prices(struct str s)
{
    static const struct str before[] = {STR_INIT("$"), STR_INIT("\u00a5"),
                                        STR_INIT("\u20ac"), STR_INIT("\u00a3")};
    size_t n = 0;

    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++)
        for (size_t at = 0;
             (at = str_find(s, before[i], at)) != STR_NOT_FOUND;) {
            at += before[i].n;
            n += at < s.n && is_digit(s.p[at]);
        }
    for (size_t at = 0; (at = str_find(s, STR("元"), at)) != STR_NOT_FOUND;) {
        n += at > 0 && is_digit(s.p[at - 1]);
        at += STR("元").n;
    }
    return n;
}

static bool is_end(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x3002 || c == 0xff01 ||
           c == 0xff1f;
}

static bool is_list_sign(uint32_t c)
{
    return c == ',' || c == '|' || c == '/' || c == '_' || c == 0x3001 ||
           c == 0xff0c || c == ';' || c == '-';
}

/* A line of eight and more short parts without a verb's room: key words.  Among
 * Han characters blanks part too; Korean puts them between words. */
static bool is_word_list(struct str s)
{
    size_t parts = 1, chars = 0, ends = 0, han = 0, blanks = 0;

    for (size_t i = 0; i < s.n;) {
        uint32_t c = utf8_next(s, &i);

        parts += is_list_sign(c);
        blanks += is_blank(c);
        ends += is_end(c);
        han += is_han(c);
        chars++;
    }
    if (han * 2 > chars)
        parts += blanks;
    return parts >= 8 && ends <= 1 &&
           chars <= parts * (han * 2 > chars ? 8 : 18);
}

static void count_word(struct map *times, struct str word, size_t *most)
{
    size_t *n = map_put(times, word, NULL);

    if (++*n > *most)
        *most = *n;
}

/* How often TITLE has the word, or pair of Han or hangul, that it has most. */
static size_t most_repeated(struct arena *a, struct str title)
{
    struct map times;
    size_t most = 0, from = 0, before = 0;

    map_init(&times, a);
    for (size_t i = 0; i < title.n;) {
        size_t at = i;
        uint32_t c = utf8_next(title, &i);
        bool is_letter = char_kind(c) != CHAR_OTHER && !is_cjk(c);

        if (!is_letter && at - from >= STUFFED_BYTES)
            count_word(&times, str_slice(title, from, at), &most);
        if (is_cjk(c) && before > 0)
            count_word(&times, str_slice(title, at - before, i), &most);
        if (!is_letter)
            from = i;
        before = is_cjk(c) ? i - at : 0;
    }
    if (title.n - from >= STUFFED_BYTES)
        count_word(&times, str_from(title, from), &most);
    return most;
}

static void count_sentence(struct counts *c, struct str s)
{
    if (str_trim(s).n == 0)
        return;
    c->sentences++;
    c->called += count_kind(s, CALL) > 0;
}

static void count_line(struct counts *c, struct str line)
{
    struct str s = fold_key(c->a, line);
    size_t chars = utf8_chars(s);
    size_t from = 0;

    c->chars += chars;
    c->trade += count_kind(s, TRADE);
    c->is_affiliate |= count_kind(s, AFFILIATE) > 0;
    c->prices += count_prices(s);
    c->listed += is_word_list(s) ? chars : 0;
    find_accounts(c, s);
    find_numbers(c, s);
    for (size_t i = 0; i < s.n;) {
        if (is_end(utf8_next(s, &i))) {
            count_sentence(c, str_slice(s, from, i));
            from = i;
        }
    }
    count_sentence(c, str_from(s, from));
}

/* What a notice stands in: "[AD] Better sleep", "Sponsored: better sleep". */
static bool opens(uint32_t c)
{
    return c == '[' || c == '(' || c == 0x3010;
}

static bool closes(uint32_t c)
{
    return c == ']' || c == ')' || c == 0x3011;
}

/* WORD stands in S, a fold key, from AT on: as all of it, before a colon or in
 * brackets; before a full stop in a short line. */
static bool is_notice(struct str s, size_t at, struct str word)
{
    size_t end = at + word.n, from = at;
    uint32_t before = at > 0 ? utf8_prev(s, &from) : 0, after = 0;

    while (end < s.n && s.p[end] == ' ')
        end++;
    if (end < s.n)
        after = utf8_next(s, &end);
    if (opens(before))
        return closes(after);
    return before == 0 && (after == 0 || after == ':' || after == '|' ||
                           (after == '.' && s.n < NOTICE_LINE));
}

static bool has_notice(struct str key)
{
    for (size_t i = 0; i < N_WORDS; i++) {
        if (words[i].kind != NOTICE)
            continue;
        for (size_t at = 0;
             (at = find_word(key, words[i].text, at)) != STR_NOT_FOUND; at++)
            if (is_notice(key, at, words[i].text))
                return true;
    }
    return false;
}

/* Before a label that is meant: "this is a sponsored post", "note: ...". */
static bool introduces(struct str head)
{
    static const struct str ends[] = {STR_INIT(" a "),   STR_INIT(" an "),
                                      STR_INIT(" ein "), STR_INIT(" un "),
                                      STR_INIT(" es "),  STR_INIT(": ")};

    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (str_ends(head, ends[i]))
            return true;
    return false;
}

/* KEY begins with a label, but for signs, or introduces one. */
static bool has_label(struct str key)
{
    size_t from = 0;

    for (size_t i = 0; i < key.n; from = i)
        if (char_kind(utf8_next(key, &i)) != CHAR_OTHER)
            break;
    for (size_t i = 0; i < N_WORDS; i++) {
        size_t at;

        if (words[i].kind != LABEL)
            continue;
        at = find_word(key, words[i].text, 0);
        if (at != STR_NOT_FOUND &&
            (at <= from || introduces(str_slice(key, 0, at))))
            return true;
    }
    return false;
}

/* A notice is short; a paragraph of prose may tell of somebody else. */
static bool says_paid(struct arena *a, struct str line)
{
    struct str key = fold_key(a, line);

    return line.n <= NOTICE_BYTES &&
           (count_kind(key, PAID) > 0 || has_label(key) || has_notice(key));
}

static void count_text(struct counts *c, struct str text)
{
    struct str line, first = STR_NONE, last = STR_NONE;

    while (str_split(&text, '\n', &line)) {
        line = str_trim(line);
        if (line.n == 0)
            continue;
        if (first.n == 0)
            first = line;
        last = line;
        count_line(c, line);
    }
    c->is_paid |= says_paid(c->a, first) || says_paid(c->a, last);
}

/* ---- links -------------------------------------------------------------------- */

struct linked {
    size_t links, chars; /* characters within links */
    size_t odd;          /* to hosts of an odd shape */
};

/* Most of the name is digits, or three equal ones stand in it: 8899bet,
 * www.365365.example. */
static bool is_odd_host(struct str site)
{
    struct str name = str_slice(site, 0, str_find_char(site, '.', 0));
    size_t digits = 0, run = 0;
    bool runs = false;

    for (size_t i = 0; i < name.n; i++) {
        bool is_one = is_digit(name.p[i]);

        digits += is_one;
        run = is_one && i > 0 && name.p[i] == name.p[i - 1] ? run + 1 : 0;
        runs |= run >= 2;
    }
    return runs || (digits >= 3 && digits * 2 >= name.n);
}

/* The sanitizer wrote HTML: attributes are quoted, < and > are markup. */
static void count_links(struct arena *a, struct str html, struct linked *out)
{
    size_t depth = 0;

    for (size_t i = 0; i < html.n;) {
        struct str rest = str_from(html, i);
        size_t end = str_find_char(html, '>', i);

        if (html.p[i] != '<' || end == STR_NOT_FOUND) {
            (void)utf8_next(html, &i);
            out->chars += depth > 0;
            continue;
        }
        if (str_starts(rest, STR("<a "))) {
            size_t href = str_find(rest, STR("href=\""), 0);
            struct str url =
                href == STR_NOT_FOUND || i + href > end
                    ? STR_NONE
                    : str_slice(rest, href + 6,
                                str_find_char(rest, '"', href + 6));

            depth++;
            out->links++;
            out->odd += is_odd_host(site_of_url(a, url));
        } else if (str_starts(rest, STR("</a>")) && depth > 0) {
            depth--;
        }
        i = end + 1;
    }
}

/* ---- together ------------------------------------------------------------------ */

struct scoring {
    struct arena *a;
    VEC(struct str) reasons;
    double innocent; /* product of 1 - share */
};

static void add(struct scoring *s, double share, struct str reason)
{
    if (share <= 0)
        return;
    s->innocent *= 1 - share;
    *vec_add(s->a, &s->reasons) = reason;
}

static double at_most(double x, double max)
{
    return x < max ? x : max;
}

static void add_contacts(struct scoring *s, const struct counts *c)
{
    double share = c->contacts == 0 ? 0 : 0.1 + 0.1 * (double)c->contacts;

    /* A press release ends with a number; long texts may name some. */
    if (c->chars > 400 * c->contacts)
        share /= 2;
    if (c->repeats)
        share += c->chars < 60 * c->contacts ? 0.35 : 0.2;
    /* A text that is hardly more than an address to write to. */
    add(s, at_most(share, c->chars < 60 * c->contacts ? 0.65 : 0.55),
        arena_printf(s->a, "%zu contacts%s", c->contacts,
                     c->repeats ? ", one repeatedly" : ""));
}

static void add_links(struct scoring *s, const struct counts *c,
                      const struct linked *l)
{
    double density = c->chars == 0 ? 0 : (double)l->chars / (double)c->chars;

    if (l->links >= 2 && density > 0.4)
        add(s, at_most((density - 0.2) / 2, 0.35),
            arena_printf(s->a, "%.0f %% of the text are links",
                         100 * at_most(density, 1)));
    if (l->odd > 0)
        add(s, at_most(0.25 + 0.1 * (double)l->odd, 0.55),
            arena_printf(s->a, "%zu links to hosts of digits", l->odd));
}

static void add_words(struct scoring *s, const struct counts *c,
                      bool is_stuffed)
{
    double calls =
        c->sentences == 0 ? 0 : (double)c->called / (double)c->sentences;
    double listed = c->chars == 0 ? 0 : (double)c->listed / (double)c->chars;
    double prices =
        c->chars == 0 ? 0 : 1000 * (double)c->prices / (double)c->chars;
    double trade =
        c->chars == 0 ? 0 : 1000 * (double)c->trade / (double)c->chars;

    if (c->called >= 2 && calls > 0.1)
        add(s, at_most(0.15 + calls / 2, 0.5),
            arena_printf(s->a, "%zu of %zu sentences call to act", c->called,
                         c->sentences));
    if (listed > 0.2 || is_stuffed)
        add(s, at_most(0.5 * listed + (is_stuffed ? 0.3 : 0), 0.6),
            is_stuffed ? STR("the title is a list of key words")
                       : arena_printf(s->a, "%.0f %% are lists of key words",
                                      100 * listed));
    if (c->trade >= 2 && trade > 5 && s->reasons.n > 0)
        add(s, at_most(trade / 60, 0.45),
            arena_printf(s->a, "%zu words of what spam sells", c->trade));
    if (c->prices >= 2 && prices > 5)
        add(s, at_most(prices / 60, 0.25),
            arena_printf(s->a, "%zu prices", c->prices));
}

static bool is_tagged_paid(struct arena *a, const struct item *item)
{
    for (size_t i = 0; i < item->tags.n; i++) {
        struct str tag = fold_key(a, item->tags.at[i]);

        if (str_eq(tag, STR("sponsored")) || str_eq(tag, STR("广告")) ||
            count_kind(tag, PAID) > 0 || has_label(tag))
            return true;
    }
    return false;
}

void spam_score(struct arena *a, const struct item *item, struct spam *out)
{
    struct counts c = {.a = a};
    struct linked l = {0};
    struct scoring s = {.a = a, .innocent = 1};
    struct str title = fold_key(a, item->title);

    map_init(&c.seen, a);
    count_text(&c, item->text.n > 0 ? item->text : item->summary);
    count_links(a, item->html, &l);
    find_accounts(&c, title);
    find_numbers(&c, title);
    add_contacts(&s, &c);
    add_links(&s, &c, &l);
    add_words(&s, &c,
              is_word_list(title) || most_repeated(a, title) >= STUFFED);
    if (c.is_paid || has_label(title) || has_notice(title) ||
        is_tagged_paid(a, item))
        add(&s, 0.65, STR("it says that it is paid for"));
    if (c.is_affiliate)
        add(&s, 0.35, STR("its writer earns by what is bought"));
    if (notes_have(&item->notes, NOTE_SPAM_CUT))
        add(&s, 0.2, STR("spam was cut out of it"));
    *out = (struct spam){.score = 1 - s.innocent,
                         .reasons = {s.reasons.at, s.reasons.n, s.reasons.n}};
}
