#include "judge/event_told.h"

#include "base/utf8.h"
#include "judge/event_types.h"
#include "text/fold.h"
#include "text/lexicon.h"

#define COUNT(list) (sizeof(list) / sizeof(list)[0])
#define KEY         3 /* bytes; all beginnings have as many */

/* In the order of bytes. */
struct row {
    struct str beginning;
    unsigned what;
};

static const struct row type_rows[] = {
#define TYPE(beginning, type) {STR_INIT(beginning), EVENT_##type},
#include "judge/event_types.def"
};

static const struct row field_rows[] = {
#define OF_FIELD(beginning, field) {STR_INIT(beginning), FIELD_##field},
#include "judge/event_fields.def"
#define OF_FIELD(beginning, field) {STR_INIT(beginning), FIELD_##field},
#include "judge/event_fields_han.def"
};

/* Where the rows stand that begin with one key, and behind them. */
#define ROW_BITS 16

_Static_assert(COUNT(type_rows) < 1 << ROW_BITS, "a row is 16 bits");
_Static_assert(COUNT(field_rows) < 1 << ROW_BITS, "a row is 16 bits");

/* By their first KEY bytes; SHIFT makes room for what else begins so. */
static void fill_rows(struct lexicon *l, const struct row *rows, size_t n,
                      int shift)
{
    for (size_t i = 0, k; i < n; i = k) {
        struct str key = str_slice(rows[i].beginning, 0, KEY);

        for (k = i + 1; k < n && str_starts(rows[k].beginning, key);)
            k++;
        lexicon_add(l, key, ((uint64_t)i << ROW_BITS | k) << shift);
    }
}

static void fill(struct lexicon *l)
{
    fill_rows(l, type_rows, COUNT(type_rows), 2 * ROW_BITS);
    fill_rows(l, field_rows, COUNT(field_rows), 0);
}

/* Byte AT of a row's beginning; 0 behind it. */
static unsigned char byte_of(const struct row *row, size_t at)
{
    return at < row->beginning.n ? (unsigned char)row->beginning.p[at] : 0;
}

/* A beginning may end with a blank: there the word must end. */
static bool ends_word(struct str text, size_t at)
{
    uint32_t next = at < text.n ? utf8_next(text, &at) : 0;

    return char_kind(next) == CHAR_OTHER || is_cjk(next);
}

/* Rows that are left, the same before some byte. */
struct left {
    const struct row *at, *end;
};

/* The next that TEXT begins with; false when there is none.  *BYTE is the first that
 * has not been compared. */
static bool next_row(struct left *left, struct str text, size_t *byte,
                     unsigned *what)
{
    for (; left->at < left->end; ++*byte) {
        for (; left->at < left->end; left->at++) {
            struct str s = left->at->beginning;

            if (s.n > *byte && !(s.n == *byte + 1 && s.p[*byte] == ' '))
                break;
            if (s.n == *byte || ends_word(text, *byte)) {
                *what = left->at++->what;
                return true;
            }
        }
        if (*byte == text.n)
            return false;
        while (left->at < left->end &&
               byte_of(left->at, *byte) < (unsigned char)text.p[*byte])
            left->at++;
        while (left->at < left->end &&
               byte_of(left->end - 1, *byte) > (unsigned char)text.p[*byte])
            left->end--;
    }
    return false;
}

/* As fill_rows wrote them, in the lower bits of FOUND. */
static struct left rows_of(const struct row *rows, uint64_t found)
{
    return (struct left){rows + (found >> ROW_BITS & ((1 << ROW_BITS) - 1)),
                         rows + (found & ((1 << ROW_BITS) - 1))};
}

/* The types of what begins at TEXT. */
static uint64_t types_at(struct str text, uint64_t found)
{
    struct left left = rows_of(type_rows, found >> 2 * ROW_BITS);
    size_t byte = KEY;
    uint64_t types = 0;
    unsigned what;

    while (next_row(&left, text, &byte, &what))
        types |= (uint64_t)1 << what;
    return types;
}

static void add_fields(struct str text, uint64_t found, struct fields *out)
{
    struct left left = rows_of(field_rows, found);
    size_t byte = KEY;
    unsigned what;

    while (next_row(&left, text, &byte, &what))
        fields_add(out, what);
}

/* Of "stocks rise as oil falls" the first way is the title's. */
static uint64_t first_way(uint64_t before, uint64_t types)
{
    static const uint64_t ways = (uint64_t)1 << EVENT_UP |
                                 (uint64_t)1 << EVENT_DOWN |
                                 (uint64_t)1 << EVENT_HOLD;

    return before & ways ? types & ~ways : types;
}

static void look_at(const struct lexicon *l, struct str text, struct told *out)
{
    uint64_t found = lexicon_get(l, str_slice(text, 0, KEY));

    if (found >> 2 * ROW_BITS != 0)
        out->types |= first_way(out->types, types_at(text, found));
    if ((uint32_t)found != 0)
        add_fields(text, found, &out->fields);
}

void told_of(struct str s, struct told *out)
{
    static lexicon_place place;
    const struct lexicon *l = lexicon_at(&place, fill);
    bool inside = false;

    *out = (struct told){0};
    for (size_t i = 0; i < s.n;) {
        size_t at = i;
        uint32_t c;
        bool is_letter;

        if (inside && is_alnum(s.p[i])) {
            i++;
            continue;
        }
        c = utf8_next(s, &i);
        is_letter = char_kind(c) != CHAR_OTHER;
        if (c >= 0x3041 && c <= 0x30FF)
            out->types |= (uint64_t)1 << EVENT_KANA;
        if (is_letter && (!inside || is_cjk(c)) && s.n - at >= KEY)
            look_at(l, str_from(s, at), out);
        inside = is_letter && !is_cjk(c);
    }
}

int fields_weight(const struct fields *s)
{
    /* What a store holds need not be a field: such ones weigh nothing. */
    static const uint8_t weights[64 * FIELD_WORDS] = {
#define FIELD(name, weight) weight,
#include "judge/event_fields.def"
    };
    int sum = 0;

    for (size_t i = 0; i < FIELD_WORDS; i++)
        for (uint64_t bits = s->of[i]; bits != 0; bits &= bits - 1)
            sum += weights[i * 64 + (size_t)__builtin_ctzll(bits)];
    return sum;
}
