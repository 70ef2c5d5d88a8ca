#include "text/offer.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "text/fold.h"

enum offer_kind {
    CONTACT,
    CALL,
    YOU,
    TRADE,
    FIELD,
    BUT,
    GIFT, /* from here on a seller's arguments */
    EASE,
    RUSH,
    CROWD,
    VOICE
};

static const struct {
    enum offer_kind kind;
    struct str text;
} words[] = {
#define OFFER(kind, text) {kind, STR_INIT(text)},
#include "text/offer.def"
#undef OFFER
};

#define N_WORDS (sizeof words / sizeof words[0])

/* Words by how they begin: head[] is the first of a slot, next[] the one after
 * it, both plus one; 0 ends the chain. */
#define SLOTS 4096
struct offer_index {
    uint16_t head[SLOTS];
    uint16_t next[N_WORDS];
    struct str contacts[N_WORDS]; /* the words for them */
    size_t n_contacts;
};

/* ---- words ---- */

/* A Latin word has no letter beside it. */
static bool is_whole(struct str s, size_t at, size_t n)
{
    return !is_alnum(s.p[at]) || ((at == 0 || !is_alnum(s.p[at - 1])) &&
                                  (at + n == s.n || !is_alnum(s.p[at + n])));
}

size_t find_word(struct str key, struct str word, size_t from)
{
    for (size_t at = from; (at = str_find(key, word, at)) != STR_NOT_FOUND;
         at++)
        if (is_whole(key, at, word.n))
            return at;
    return STR_NOT_FOUND;
}

/* By two letters of an alphabet, or the first of others. */
static size_t slot_of(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;

    return (u[0] * 31u + u[1] * 7u + (u[0] >= 0xE0 ? u[2] * 131u : 0)) % SLOTS;
}

static const struct offer_index *index_words(struct arena *a)
{
    struct offer_index *index = arena_make(a, struct offer_index);

    for (size_t i = N_WORDS; i-- > 0;) {
        size_t slot = slot_of(words[i].text.p);

        index->next[i] = index->head[slot];
        index->head[slot] = (uint16_t)(i + 1);
        if (words[i].kind == CONTACT)
            index->contacts[index->n_contacts++] = words[i].text;
    }
    return index;
}

/* ---- contacts and prices ---- */

static void add_contact(struct offers *o, struct str name)
{
    bool is_new = true;

    map_put(&o->seen, arena_str(o->a, name), &is_new);
    o->contacts++;
    o->contact_repeats |= !is_new;
}

static bool is_name_sign(char ch)
{
    return is_alnum(ch) || ch == '_' || ch == '-';
}

#define ACCOUNT_SIGNS 5  /* an account's name has at least */
#define ACCOUNT_GAP   12 /* bytes between the word and it, less than */

/* True if a word for contacts ends at byte AT of S; if IS_ALL, it is all there is
 * before. */
static bool is_behind_contact(const struct offer_index *index, struct str s,
                              size_t at, bool is_all)
{
    for (size_t i = 0; i < index->n_contacts; i++)
        if ((!is_all || index->contacts[i].n == at) &&
            str_ends(str_slice(s, 0, at), index->contacts[i]))
            return true;
    return false;
}

/* The account in the run of name signs [*FROM, TO): all of it close behind a
 * word, or what follows the word it begins with ("vx12345"). */
static bool is_account(const struct offer_index *index, struct str s,
                       size_t *from, size_t to)
{
    for (size_t at = *from; *from - at < ACCOUNT_GAP; at--) {
        if (is_behind_contact(index, s, at, false))
            return true;
        if (at == 0 || is_name_sign(s.p[at - 1]))
            break;
    }
    for (size_t at = *from + 1; at + ACCOUNT_SIGNS <= to; at++) {
        if (!is_behind_contact(index, str_from(s, *from), at - *from, true))
            continue;
        *from = at;
        return true;
    }
    return false;
}

/* "微信: abc12345": a name with a digit in it. */
static void find_accounts(struct offers *o, struct str s)
{
    for (size_t i = 0, from; i < s.n; i++) {
        bool has_digit = false;

        for (from = i; i < s.n && is_name_sign(s.p[i]); i++)
            has_digit |= is_digit(s.p[i]);
        if (i - from >= ACCOUNT_SIGNS && has_digit &&
            is_account(o->index, s, &from, i))
            add_contact(o, str_slice(s, from, i));
    }
}

/* A telephone number: ten to thirteen digits, single signs between them. */
static void find_numbers(struct offers *o, struct str s)
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
        if (n >= 10 && n <= 13 && !str_starts(str_from(s, end), STR("%")) &&
            !str_starts(str_of(digits, n), STR("20")) &&
            !str_starts(str_of(digits, n), STR("19")))
            add_contact(o, str_of(digits, n));
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

/* ---- lines ---- */

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
bool is_word_list(struct str key)
{
    size_t parts = 1, chars = 0, ends = 0, han = 0, blanks = 0;

    for (size_t i = 0; i < key.n;) {
        uint32_t c = utf8_next(key, &i);

        chars++;
        if (c < 0x80 && is_alnum((char)c))
            continue;
        parts += is_list_sign(c);
        blanks += is_blank(c);
        ends += is_end(c);
        han += is_han(c);
    }
    if (han * 2 > chars)
        parts += blanks;
    return parts >= 8 && ends <= 1 &&
           chars <= parts * (han * 2 > chars ? 8 : 18);
}

/* What was counted of a line so far. */
struct line_count {
    bool has_call, has_you, has_but; /* in the sentence at hand */
    size_t behind;                   /* the last word of TRADE or FIELD */
};

static void count_word(struct offers *o, struct line_count *c, size_t at,
                       enum offer_kind kind, size_t n)
{
    c->has_call |= kind == CALL;
    c->has_you |= kind == YOU;
    c->has_but |= kind == BUT;
    if (kind >= GIFT)
        o->arguments |= 1U << (kind - GIFT);
    o->trade += kind == TRADE;
    if ((kind != TRADE && kind != FIELD) || at < c->behind)
        return;
    *(kind == TRADE ? &o->trades : &o->fields) += 1;
    c->behind = at + n;
}

/* The words that begin at byte AT, which is not within a word of an alphabet;
 * every word has two bytes and more, those that begin with no ASCII three. */
static void count_words(struct offers *o, struct str s, size_t at,
                        struct line_count *c)
{
    size_t i;

    if (at + 1 >= s.n || ((unsigned char)s.p[at] >= 0xE0 && at + 2 >= s.n))
        return;
    for (i = o->index->head[slot_of(s.p + at)]; i != 0;
         i = o->index->next[i - 1]) {
        struct str word = words[i - 1].text;

        if (str_starts(str_from(s, at), word) && is_whole(s, at, word.n))
            count_word(o, c, at, words[i - 1].kind, word.n);
    }
}

static void end_sentence(struct offers *o, struct str s, struct line_count *c)
{
    if (str_trim(s).n > 0) {
        o->sentences++;
        o->called += c->has_call;
        o->addressed += c->has_you;
        o->objected += c->has_but;
    }
    c->has_call = c->has_you = c->has_but = false;
}

void offers_init(struct offers *o, struct arena *a)
{
    *o = (struct offers){.a = a, .index = index_words(a)};
    map_init(&o->seen, a);
}

void offers_reset(struct offers *o)
{
    *o = (struct offers){.a = o->a, .index = o->index};
    map_init(&o->seen, o->a);
}

void offers_add_contacts(struct offers *o, struct str key)
{
    find_accounts(o, key);
    find_numbers(o, key);
}

void offers_add(struct offers *o, struct str key)
{
    struct line_count c = {0};
    size_t chars = utf8_chars(key), from = 0;

    o->chars += chars;
    o->prices += count_prices(key);
    o->listed += is_word_list(key) ? chars : 0;
    offers_add_contacts(o, key);
    for (size_t i = 0; i < key.n;) {
        count_words(o, key, i, &c);
        if (is_alnum(key.p[i])) {
            while (i < key.n && is_alnum(key.p[i]))
                i++;
            continue;
        }
        if (is_end(utf8_next(key, &i))) {
            end_sentence(o, str_slice(key, from, i), &c);
            from = i;
        }
    }
    end_sentence(o, str_from(key, from), &c);
}
