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
#include "text/offer.h"
#include "text/site.h"
#include "text/url.h"

enum word_kind { PAID, LABEL, NOTICE, CREDIT, AFFILIATE, CODE, COUPON };

static const struct {
    enum word_kind kind;
    struct str text;
} words[] = {
#define WORD(kind, text) {kind, STR_INIT(text)},
#include "judge/spam_words.def"
#undef WORD
};

#define NOTICE_BYTES 300
#define NOTICE_LINE  80
#define PAYER_BYTES  40
#define CODE_LETTERS 4  /* of a code at least */
#define CODE_DIGITS  3  /* at most */
#define CODE_HEAD    40 /* bytes before it, in which it is told of */
/* Of 3,834 entries of real feeds and 1,461 pages that have three and more sorts all
 * are longer, but for two or three. */
#define PITCH_CHARS    3000
#define PITCH_OBJECTED 6 /* one sentence in so many may object */
#define STUFFED        3 /* times that a title has one word */
#define STUFFED_BYTES  4 /* of a word of letters */

#define N_WORDS (sizeof words / sizeof words[0])

struct counts {
    struct arena *a;
    struct offers offers;
    bool is_paid, is_affiliate, has_code;
};

/* ---- text ------------------------------------------------------------------- */

static bool has_kind(struct str key, enum word_kind kind)
{
    for (size_t i = 0; i < N_WORDS; i++)
        if (words[i].kind == kind &&
            find_word(key, words[i].text, 0) != STR_NOT_FOUND)
            return true;
    return false;
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

/* Where letters and then digits stand from byte *END on, as in home20, and what
 * they end at; false when nowhere. */
static bool find_code(struct str s, size_t *at, size_t *end)
{
    for (size_t i = *end; i < s.n;) {
        size_t begin = i, letters, digits;

        while (i < s.n && is_alpha(s.p[i]))
            i++;
        letters = i - begin;
        while (i < s.n && is_digit(s.p[i]))
            i++;
        digits = i - begin - letters;
        *at = begin;
        *end = i;
        if (letters >= CODE_LETTERS && digits > 0 && digits <= CODE_DIGITS &&
            (i == s.n || !is_alnum(s.p[i])))
            return true;
        i += i == begin;
    }
    return false;
}

/* Nothing but blanks, quotes and their like stands in S. */
static bool is_bare(struct str s)
{
    for (size_t i = 0; i < s.n;)
        if (char_kind(utf8_next(s, &i)) != CHAR_OTHER)
            return false;
    return true;
}

/* KEY ends with a word after which such a code is told; HAS_SHARE: a line with
 * "20%" in it.  There are codes of other sorts, but no coupons. */
static bool tells_code(struct str key, bool has_share)
{
    for (size_t i = 0; i < N_WORDS; i++) {
        size_t n = words[i].text.n, at;

        if (words[i].kind != COUPON && (words[i].kind != CODE || !has_share))
            continue;
        for (at = 0; (at = find_word(key, words[i].text, at)) != STR_NOT_FOUND;
             at++)
            if (is_bare(str_from(key, at + n)))
                return true;
    }
    return false;
}

/* "20% off with the code HOME20": a price is lowered for who names it. */
static bool has_code(struct str key)
{
    bool has_share = str_find_char(key, '%', 0) != STR_NOT_FOUND;
    size_t at, end = 0;

    while (find_code(key, &at, &end))
        if (tells_code(str_slice(key, at > CODE_HEAD ? at - CODE_HEAD : 0, at),
                       has_share))
            return true;
    return false;
}

static void count_line(struct counts *c, struct str line)
{
    struct str key = fold_key(c->a, line);

    offers_add(&c->offers, key);
    c->is_affiliate |= has_kind(key, AFFILIATE);
    c->has_code |= has_code(key);
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

/* KEY begins with who pays: "Presented by Alder Bank: five ways to save", or
 * without a colon as all of a line.  What goes on is a sentence. */
static bool has_credit(struct str key)
{
    for (size_t i = 0; i < N_WORDS; i++) {
        struct str payer;
        size_t colon;

        if (words[i].kind != CREDIT || !str_starts(key, words[i].text))
            continue;
        payer = str_from(key, words[i].text.n);
        colon = str_find_char(payer, ':', 0);
        if (colon == STR_NOT_FOUND)
            colon = payer.n;
        if (colon > 0 && colon <= PAYER_BYTES &&
            str_find_char(str_slice(payer, 0, colon), ',', 0) == STR_NOT_FOUND)
            return true;
    }
    return false;
}

/* A notice is short; a paragraph of prose may tell of somebody else. */
static bool says_paid(struct arena *a, struct str line)
{
    struct str key = fold_key(a, line);

    if (has_credit(key))
        return true;
    return line.n <= NOTICE_BYTES &&
           (has_kind(key, PAID) || has_label(key) || has_notice(key));
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

static void add_contacts(struct scoring *s, const struct offers *o)
{
    double share = o->contacts == 0 ? 0 : 0.13 + 0.1 * (double)o->contacts;

    /* A press release ends with a number; long texts may name some. */
    if (o->chars > 400 * o->contacts)
        share /= 2;
    if (o->contact_repeats)
        share += o->chars < 60 * o->contacts ? 0.35 : 0.2;
    /* A text that is hardly more than an address to write to. */
    add(s, at_most(share, o->chars < 60 * o->contacts ? 0.65 : 0.55),
        arena_printf(s->a, "%zu contacts%s", o->contacts,
                     o->contact_repeats ? ", one repeatedly" : ""));
}

static void add_links(struct scoring *s, const struct offers *o,
                      const struct linked *l)
{
    double density = o->chars == 0 ? 0 : (double)l->chars / (double)o->chars;

    if (l->links >= 2 && density > 0.4)
        add(s, at_most((density - 0.2) / 2, 0.35),
            arena_printf(s->a, "%.0f %% of the text are links",
                         100 * at_most(density, 1)));
    if (l->odd > 0)
        add(s, at_most(0.25 + 0.1 * (double)l->odd, 0.55),
            arena_printf(s->a, "%zu links to hosts of digits", l->odd));
}

static void add_words(struct scoring *s, const struct offers *o,
                      bool is_stuffed)
{
    double calls =
        o->sentences == 0 ? 0 : (double)o->called / (double)o->sentences;
    double listed = o->chars == 0 ? 0 : (double)o->listed / (double)o->chars;
    double prices =
        o->chars == 0 ? 0 : 1000 * (double)o->prices / (double)o->chars;
    double trade =
        o->chars == 0 ? 0 : 1000 * (double)o->trade / (double)o->chars;

    if (o->called >= 2 && calls > 0.1)
        add(s, at_most(0.15 + calls / 2, 0.5),
            arena_printf(s->a, "%zu of %zu sentences call to act", o->called,
                         o->sentences));
    if (listed > 0.2 || is_stuffed)
        add(s, at_most(0.5 * listed + (is_stuffed ? 0.3 : 0), 0.6),
            is_stuffed ? STR("the title is a list of key words")
                       : arena_printf(s->a, "%.0f %% are lists of key words",
                                      100 * listed));
    if (o->trade >= 2 && trade > 5 && s->reasons.n > 0)
        add(s, at_most(trade / 60, 0.45),
            arena_printf(s->a, "%zu words of what spam sells", o->trade));
    if (o->prices >= 2 && prices > 5)
        add(s, at_most(prices / 60, 0.25),
            arena_printf(s->a, "%zu prices", o->prices));
}

/* An advertorial is short, argues in several ways and says nothing against what it
 * praises; news and reviews that have three of these are long, or object. */
static void add_arguments(struct scoring *s, const struct offers *o)
{
    size_t n = 0;

    for (unsigned bits = o->arguments; bits != 0; bits &= bits - 1)
        n++;
    if (n < 2 || o->chars > PITCH_CHARS ||
        o->objected * PITCH_OBJECTED > o->sentences)
        return;
    add(s, n == 2 ? 0.35 : 0.62,
        arena_printf(s->a, "%zu sorts of a seller's arguments", n));
}

static bool is_tagged_paid(struct arena *a, const struct item *item)
{
    for (size_t i = 0; i < item->tags.n; i++) {
        struct str tag = fold_key(a, item->tags.at[i]);

        if (str_eq(tag, STR("sponsored")) || str_eq(tag, STR("广告")) ||
            has_kind(tag, PAID) || has_label(tag))
            return true;
    }
    return false;
}

void spam_score(struct arena *a, const struct item *item, struct spam *out)
{
    struct counts c = {.a = a};
    const struct offers *o = &c.offers;
    struct linked l = {0};
    struct scoring s = {.a = a, .innocent = 1};
    struct str title = fold_key(a, item->title);

    offers_init(&c.offers, a);
    count_text(&c, item->text.n > 0 ? item->text : item->summary);
    count_links(a, item->html, &l);
    offers_add_contacts(&c.offers, title);
    add_contacts(&s, o);
    add_arguments(&s, o);
    add_links(&s, o, &l);
    add_words(&s, o, is_word_list(title) || most_repeated(a, title) >= STUFFED);
    if (c.is_paid || has_label(title) || has_notice(title) ||
        has_credit(title) || is_tagged_paid(a, item))
        add(&s, 0.65, STR("it says that it is paid for"));
    if (c.is_affiliate)
        add(&s, 0.35, STR("its writer earns by what is bought"));
    if (c.has_code)
        add(&s, 0.45, STR("it has a code for a lower price"));
    if (notes_have(&item->notes, NOTE_SPAM_CUT))
        add(&s, 0.2, STR("spam was cut out of it"));
    *out = (struct spam){.score = 1 - s.innocent,
                         .reasons = {s.reasons.at, s.reasons.n, s.reasons.n}};
}
