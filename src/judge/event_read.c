/*
 * The terms of a report.  Words of alphabets are cut to their first letters,
 * for endings change with grammar in most languages; a word is a name when it
 * has a capital that the sentence does not ask for.  Of Han and hangul the
 * terms are pairs of neighbours, of katakana whole words.  Numbers are read as
 * values (event_number.h).  The first bits of a term's hash are its sort, which
 * the term alone decides, so that equal terms have equal hashes.
 */
#include "judge/event.h"

#include <string.h>

#include "base/arena.h"
#include "base/sort.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "judge/event_aside.h"
#include "judge/event_chars.h"
#include "judge/event_number.h"
#include "judge/event_term.h"
#include "judge/event_title.h"
#include "judge/event_told.h"
#include "judge/event_types.h"
#include "judge/event_word.h"
#include "text/fold.h"
#include "text/lang.h"

#define LEAD_TERMS 48 /* of the text */
#define LEAD_PAIRS 88
#define ACTS_MAX   24
#define FIELDS_MAX 24
#define ASIDES_MAX 22
/* And as many links between them, three marks, and the language. */
#define TITLE_TERMS                                                            \
    ((EVENT_TERMS_MAX - LEAD_PAIRS - ACTS_MAX - FIELDS_MAX - ASIDES_MAX - 4) / \
     2)
#define TITLE_BYTES  600
#define LEAD_BYTES   1200
#define TYPED_BYTES  400 /* of the text: what it tells of */
#define WORD_MIN     3   /* letters; shorter ones are mostly grammar */
#define STEM_CHARS   5
#define MODEL_CHARS  2 /* "M5", "5G": of many things */
#define CAPITALS_MAX 5 /* letters of an abbreviation; longer ones shout */

struct reader {
    struct arena *a;
    struct {
        struct event_term *at;
        size_t n, cap;
    } terms;
    bool is_title, is_headline_case, is_sentence_start;
    bool is_round; /* the word before was "series", "part" ... */
    bool is_cjk;
    uint64_t last;   /* the title's term before, 0 for none */
    uint32_t before; /* the CJK character before, 0 for none */
    bool was_known;  /* of the pairs of neighbours, the last; and the next */
    bool is_next_known;
    size_t room, aside_room;
};

static void add_mark(struct reader *r, bool has, uint64_t mark)
{
    if (has)
        *vec_add(r->a, &r->terms) = event_term_of(mark, TERM_WORD, IN_TEXT);
}

/* ---- what a title and its text tell of -------------------------------------- */

static uint32_t char_at(struct str s, size_t i)
{
    return i < s.n ? utf8_next(s, &i) : 0;
}

static void add_acts(struct reader *r, uint64_t acts)
{
    size_t room = ACTS_MAX;

    for (unsigned k = 0; k < EVENT_TYPES; k++)
        if ((acts >> k & 1) != 0 && room-- > 0)
            *vec_add(r->a, &r->terms) =
                event_term_of(act_hash(k), TERM_WORD, IN_TEXT);
}

/* Of a field the kind says where it is; as a term it is of no title, for nothing is
 * looked for by it. */
static void add_fields(struct reader *r, struct fields fields,
                       const struct fields *other, enum term_kind alone,
                       size_t *room)
{
    for (size_t i = 0; i < FIELD_WORDS; i++)
        for (uint64_t bits = fields.of[i]; bits != 0 && *room > 0;
             bits &= bits - 1, --*room) {
            unsigned k = (unsigned)(i * 64) + (unsigned)__builtin_ctzll(bits);

            *vec_add(r->a, &r->terms) = event_term_of(
                field_hash(k), fields_has(other, k) ? IN_BOTH : alone, IN_TEXT);
        }
}

/* Of the title's fold key and the text's first words. */
static void read_told(struct reader *r, struct str title, struct str text,
                      struct event *out)
{
    struct told head, lead;
    size_t room = FIELDS_MAX;

    told_of(title, &head);
    told_of(fold_key(r->a, utf8_clip(text, TYPED_BYTES)), &lead);
    out->types |= head.types | (lead.types & (uint64_t)1 << EVENT_KANA);
    add_acts(r, event_sorts(&(struct event){.types = lead.types}));
    add_fields(r, head.fields, &lead.fields, IN_ITS_TITLE, &room);
    add_fields(r, fields_without(lead.fields, head.fields), &head.fields,
               IN_ITS_TEXT, &room);
}

/* ---- terms ------------------------------------------------------------------- */

static void add_term(struct reader *r, struct str text, enum term_kind kind,
                     enum term_sort sort)
{
    uint64_t hash = term_hash(text, sort);

    if (r->room == 0)
        return;
    r->room--;
    *vec_add(r->a, &r->terms) =
        event_term_of(hash, kind, r->is_title ? IN_TITLE : IN_TEXT);
    if (!r->is_title || r->is_cjk)
        return;
    if (r->last != 0)
        *vec_add(r->a, &r->terms) =
            event_term_of(link_hash(r->last, hash), TERM_WORD, IN_TEXT);
    r->last = hash;
}

static void add_asides(struct reader *r, const struct number *number)
{
    uint64_t asides[ASIDES_OF_NUMBER];
    size_t n = asides_of(number, asides);

    for (size_t i = 0; i < n && r->aside_room > 0; i++, r->aside_room--)
        *vec_add(r->a, &r->terms) =
            event_term_of(asides[i], TERM_WORD, IN_TEXT);
}

static void add_number(struct reader *r, const struct number *number,
                       bool is_ordinal)
{
    add_asides(r, number);
    add_term(r, str_of(number->text, number->n),
             is_ordinal ? TERM_ORDINAL : TERM_NUMBER,
             (enum term_sort)((int)SORT_NUMBER + (int)number->what));
}

/* ---- words of alphabets ---------------------------------------------------- */

/* A capital here is the word's own. */
static bool is_name(const struct reader *r, size_t up, size_t chars,
                    bool was_start)
{
    if (r->is_cjk)
        return chars > 1;
    if (up == chars && up > CAPITALS_MAX)
        return false;
    if (up > 1)
        return true;
    return up == 1 && chars > 1 && !was_start &&
           !(r->is_title && r->is_headline_case);
}

/* And months, when they have their capital. */
static bool is_verb(struct str word)
{
    return str_eq(word, STR("may")) || str_eq(word, STR("march"));
}

static void add_stem(struct reader *r, const struct event_word *word,
                     enum term_kind known, enum term_kind rare)
{
    struct str stem = word->chars == word->key.n
                          ? str_slice(word->key, 0, STEM_CHARS)
                          : utf8_clip_chars(word->key, STEM_CHARS);

    add_term(r, stem, term_is_known(stem) ? known : rare, SORT_WORD);
}

/* WRITTEN is the word of S that ends at byte *END; a unit is read with it. */
static void add_word(struct reader *r, struct str written, struct str s,
                     size_t *end)
{
    bool was_round = r->is_round, was_start = r->is_sentence_start;
    struct number number;
    struct event_word read;
    struct str word;
    size_t up, chars;
    unsigned known;

    event_word_read(r->a, written, &read);
    word = read.key;
    up = read.up;
    chars = read.chars;
    known = word_known(word);
    r->is_round = (known & WORD_ROUND) != 0;
    r->is_sentence_start = false;
    if (up == 0 && is_verb(word))
        return;
    if ((known & WORD_NUMBER) != 0 && number_word(word, s, *end, &number)) {
        add_number(r, &number, was_round);
        *end = number.end;
    } else if (was_round && chars == 1 && up == 1) {
        add_term(r, word, TERM_ORDINAL, SORT_WORD);
    } else if (read.has_digit) {
        add_term(r, word, chars > MODEL_CHARS ? TERM_RARE_NAME : TERM_NAME,
                 SORT_WORD);
    } else if ((known & WORD_COMMON) != 0) {
        return;
    } else if (is_name(r, up, chars, was_start)) {
        add_stem(r, &read, TERM_NAME, TERM_RARE_NAME);
    } else if (chars >= WORD_MIN) {
        add_stem(r, &read, TERM_WORD, TERM_RARE);
    }
}

/* ---- Han, kana, hangul ------------------------------------------------------- */

static void add_ordinal(struct reader *r, const char *digits)
{
    add_term(r, str_from_c(digits), TERM_ORDINAL,
             (enum term_sort)((int)SORT_NUMBER + (int)NUMBER_SMALL));
}

/* Written into BYTES, of 8. */
static struct str pair_of(uint32_t one, uint32_t two, char *bytes)
{
    size_t n = utf8_put(bytes, one);

    n += utf8_put(bytes + n, two);
    return str_of(bytes, n);
}

static bool is_known_pair(uint32_t one, uint32_t two)
{
    char bytes[8];

    return is_cjk(one) && is_cjk(two) &&
           term_is_known(pair_of(one, two, bytes));
}

/* One that stands across two known pairs is rare by chance. */
static void add_pair(struct reader *r, uint32_t one, uint32_t two,
                     bool is_known, bool is_across)
{
    char bytes[8];

    add_term(r, pair_of(one, two, bytes),
             is_known || is_across ? TERM_PAIR : TERM_RARE, SORT_WORD);
}

/* C is followed by NEXT. */
static void add_cjk(struct reader *r, uint32_t c, uint32_t next)
{
    bool is_known = r->is_next_known, was_known = r->was_known;
    const char *digit;
    struct str day;

    r->was_known = r->before != 0 && is_known;
    r->is_next_known = is_known_pair(c, next);
    if (char_is_counted(c) && char_is_han_digit(r->before, &digit))
        add_ordinal(r, digit);
    else if (chars_name_weekday(r->before, c, next, &day))
        add_term(r, day, TERM_NUMBER,
                 (enum term_sort)((int)SORT_NUMBER + (int)NUMBER_WEEKDAY));
    else if (r->before == 0x7B2C && char_is_han_digit(c, &digit))
        add_ordinal(r, digit);
    else if (r->before != 0 && !char_is_particle(c) &&
             !char_is_particle(r->before) &&
             (is_cjk(next) || !char_ends_korean(c)))
        add_pair(r, r->before, c, is_known, was_known && r->is_next_known);
    r->before = c;
}

/* ---- reading ------------------------------------------------------------------ */

static bool ends_sentence(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == ':' || c == '\n';
}

static bool is_in_headline_case(struct str s)
{
    int words = 0, up = 0;
    bool inside = false;

    for (size_t i = 0; i < s.n;) {
        size_t at = i;
        uint32_t c = utf8_next(s, &i);
        bool letter = char_kind(c) != CHAR_OTHER && !is_cjk(c);

        if (letter && !inside) {
            struct str rest = str_slice(s, at, s.n);
            size_t n = 0;

            while (n < rest.n && rest.p[n] != ' ')
                n++;
            if (n > WORD_MIN) {
                words++;
                up += is_capital(c);
            }
        }
        inside = letter;
    }
    return up * 4 > words * 3;
}

static size_t word_end(struct str s, size_t i)
{
    for (size_t next = i; i < s.n; i = next) {
        uint32_t c;

        if (is_alnum(s.p[i])) {
            next = i + 1;
            continue;
        }
        c = utf8_next(s, &next);
        if (char_kind(c) == CHAR_OTHER || is_cjk(c))
            break;
    }
    return i;
}

static size_t katakana_end(struct str s, size_t i)
{
    while (char_is_katakana(char_at(s, i)))
        (void)utf8_next(s, &i);
    return i;
}

/* Reads a number at byte AT; the byte behind it, or AT. */
static size_t try_number(struct reader *r, struct str s, size_t at)
{
    struct number number;
    bool is_ordinal;

    if (at > 0 && is_alnum(s.p[at - 1]))
        return at;
    if (!number_read(s, at, &number))
        return at;
    is_ordinal =
        r->is_round || r->before == 0x7B2C ||
        (char_is_counted(char_at(s, number.end)) && number.what <= NUMBER_BIG);
    add_number(r, &number, is_ordinal);
    r->is_round = r->is_sentence_start = false;
    r->before = 0;
    return number.end;
}

static void read_text(struct reader *r, struct str s)
{
    r->is_sentence_start = true;
    r->is_round = false;
    r->before = 0;
    for (size_t i = 0; i < s.n && r->room > 0;) {
        size_t at = i, end;
        uint32_t c = utf8_next(s, &i);

        if (char_kind(c) == CHAR_OTHER && !is_cjk(c)) {
            r->before = 0;
            r->is_sentence_start |= ends_sentence(c);
            continue;
        }
        if (chars_mark_part(s, at, i)) {
            add_ordinal(r, c == 0x4E0A ? "1" : "2");
            continue;
        }
        if (is_digit(s.p[at]) || is_han(c)) {
            end = try_number(r, s, at);
            if (end > at) {
                i = end;
                continue;
            }
        }
        if (char_is_katakana(c) && (end = katakana_end(s, i)) > i) {
            add_term(r, str_slice(s, at, end), TERM_RARE_NAME, SORT_WORD);
            r->before = 0;
            i = end;
        } else if (is_cjk(c)) {
            add_cjk(r, c, char_at(s, i));
        } else {
            r->before = 0;
            i = word_end(s, i);
            r->is_round |= chars_name_round(s, at, i);
            add_word(r, str_slice(s, at, i), s, &i);
        }
    }
}

/* Of a title of Han, kana and hangul all neighbours are links, those of grammar too,
 * and any number is like any other: so it shows that "Bear hurts 1 in Toyama" is
 * written as "Bear hurts 3 in Akita" is. */
static void add_links(struct reader *r, struct str title)
{
    uint32_t before = 0;
    size_t room = TITLE_TERMS;

    for (size_t i = 0; i < title.n && room > 0;) {
        uint32_t c = utf8_next(title, &i);
        char bytes[8];

        if (c == ' ')
            continue;
        if (c < 0x80 && is_digit((char)c))
            c = '0';
        if (c == '0' && before == '0')
            continue;
        if (before != 0) {
            *vec_add(r->a, &r->terms) =
                event_term_of(term_hash(pair_of(before, c, bytes), SORT_LINK),
                              TERM_WORD, IN_TEXT);
            room--;
        }
        before = c;
    }
}

/* Of two with one hash, the second of the higher kind. */
static struct event_term merge_terms(struct event_term one,
                                     struct event_term two)
{
    return event_term_of(event_term_hash(two), event_term_kind(two),
                         event_term_places(one) | event_term_places(two));
}

_Static_assert(sizeof(struct event_term) == sizeof(uint64_t),
               "terms are sorted as numbers");

/* One of each, in all places where one was, a name if one was. */
static void sort_terms(struct reader *r, struct event *out)
{
    struct event_term *t;
    uint64_t *room;
    size_t n = 0;

    if (r->terms.n == 0)
        return;
    room = arena_array(r->a, r->terms.n, sizeof *room);
    t = (struct event_term *)sort_numbers(&r->terms.at->bits, room, r->terms.n);
    for (size_t i = 1; i < r->terms.n; i++) {
        if (event_term_hash(t[i]) != event_term_hash(t[n]))
            t[++n] = t[i];
        else
            t[n] = merge_terms(t[n], t[i]);
    }
    out->terms = t;
    out->n = n + 1;
}

static bool is_mostly_cjk(struct str s)
{
    size_t cjk = 0, others = 0;

    for (size_t i = 0; i < s.n;) {
        uint32_t c = utf8_next(s, &i);

        if (is_cjk(c))
            cjk++;
        else if (char_kind(c) == CHAR_LETTER)
            others++;
    }
    return cjk * 2 > others;
}

/* The primary subtag, where the text says it. */
static void add_language(struct reader *r, struct str text)
{
    struct str lang = lang_guess(text);

    if (lang.n > 0)
        *vec_add(r->a, &r->terms) = event_term_of(
            term_hash(str_slice(lang, 0, str_find_char(lang, '-', 0)),
                      SORT_LANGUAGE),
            TERM_WORD, IN_TEXT);
}

void event_of(struct arena *a, struct str title, struct str text,
              struct event *out)
{
    struct str head =
        title_without_outlet(fold_width(a, utf8_clip(title, TITLE_BYTES)));
    struct str lead = fold_width(a, utf8_clip(text, LEAD_BYTES));
    struct reader r = {.a = a,
                       .is_title = true,
                       .is_headline_case = is_in_headline_case(head),
                       .is_cjk = is_mostly_cjk(head),
                       .room = TITLE_TERMS,
                       .aside_room = ASIDES_MAX};
    struct str folded = fold_key(a, head);
    unsigned marks = title_marks(folded);

    *out = (struct event){.types = (uint64_t)r.is_cjk << EVENT_PAIRS};
    if ((marks & TITLE_DIGEST) != 0)
        return;
    add_mark(&r, (marks & TITLE_BULLETIN) != 0, MARK_BULLETIN);
    add_mark(&r, (marks & TITLE_FEATURE) != 0, MARK_FEATURE);
    add_mark(&r, str_find_char(head, '?', 0) != STR_NOT_FOUND, MARK_QUESTION);
    read_told(&r, folded, lead, out);
    read_text(&r, head);
    if (r.is_cjk)
        add_links(&r, folded);
    r.is_title = false;
    r.room = r.is_cjk ? LEAD_PAIRS : LEAD_TERMS;
    read_text(&r, lead);
    add_language(&r, arena_cat(a, head, STR(" "), lead));
    sort_terms(&r, out);
}
