#include "extract/page_words.h"

#include <math.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "base/vec.h"

/* Letters of scripts with spaces, as far as words go: what is no blank, no
 * CJK letter and no mark of the ranges that hold punctuation. */
static bool is_wide_word_char(uint32_t c)
{
    if (c < 0xC0)
        return c == 0xAA || c == 0xB5 || c == 0xBA;
    return !(c >= 0x2000 && c <= 0x2BFF) && !(c >= 0x3000 && c <= 0x303F) &&
           !(c >= 0xFE10 && c <= 0xFF0F) && !(c >= 0xFF1A && c <= 0xFF20) &&
           !(c >= 0xFF3B && c <= 0xFF40) && !(c >= 0xFF5B && c <= 0xFF65) &&
           c != 0x60C && c != 0x61B && c != 0x61F && c != 0x6D4 && c != 0x964 &&
           c != 0x30FB && c < 0x1F000;
}

static inline bool is_word_char(uint32_t c)
{
    return c < 0x80 ? is_alnum((char)c) : is_wide_word_char(c);
}

static inline uint32_t mix(uint32_t h, uint32_t c)
{
    h ^= c;
    h *= 0x9E3779B1u;
    return h ^ h >> 15;
}

/* Lower case of the scripts that have it, roughly: Latin with its first
 * supplement, Greek and Cyrillic.  Only keys are made of it. */
static inline uint32_t lower(uint32_t c)
{
    if (c < 0x80)
        return (unsigned char)to_lower((char)c);
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3AB) ||
        (c >= 0x410 && c <= 0x42F))
        return c + 0x20;
    return c;
}

/* The key of the word at byte *AT, which begins with C; *AT moves behind it. */
static struct term read_word(struct str text, size_t *at, uint32_t c)
{
    struct term word = {mix(0x77u, lower(c)), 1};

    while (*at < text.n) {
        size_t next = *at;

        c = utf8_next(text, &next);
        if (!is_word_char(c) || is_cjk(c))
            break;
        word.key = mix(word.key, lower(c));
        word.letters++;
        *at = next;
    }
    word.key |= 1;
    return word;
}

/* A list of terms that grows; there is always room for one more. */
struct term_list {
    struct term *at;
    size_t n, cap;
};

static void push(struct arena *a, struct term_list *l, struct term term)
{
    l->at[l->n++] = term;
    if (l->n == l->cap)
        l->at = vec_grown(a, l->at, &l->cap, sizeof *l->at);
}

struct terms terms_of(struct arena *a, struct str text)
{
    /* Words with their blanks have five bytes and more, as a rule. */
    struct term_list l = {.cap = text.n / 4 + 2};
    uint32_t before = 0; /* the CJK letter before, 0 if none */

    l.at = arena_array(a, l.cap, sizeof *l.at);
    for (size_t i = 0; i < text.n;) {
        uint32_t c = utf8_next(text, &i);

        if (is_cjk(c)) {
            if (before != 0)
                push(a, &l,
                     (struct term){mix(mix(0x5bd1u, before), c) | 1,
                                   UINT32_MAX});
            before = c;
            continue;
        }
        if (!is_blank(c))
            before = 0;
        if (is_word_char(c))
            push(a, &l, read_word(text, &i, c));
    }
    return (struct terms){l.at, l.n};
}

void words_init(struct words *w, struct arena *a, uint32_t shortest)
{
    *w = (struct words){.a = a, .shortest = shortest};
}

static struct word_slot *slot_of(struct word_slot *slots, size_t cap,
                                 uint32_t key)
{
    size_t i = (size_t)(key * 0x85EBCA6Bu) & (cap - 1);

    while (slots[i].count > 0 && slots[i].key != key)
        i = (i + 1) & (cap - 1);
    return &slots[i];
}

static void grow(struct words *w)
{
    /* Few texts have many: those grow in large steps, others keep their size. */
    size_t cap = w->cap == 0 ? 256 : w->cap * (w->cap < 1 << 14 ? 4 : 2);
    struct word_slot *slots = arena_array(w->a, cap, sizeof *slots);

    for (size_t i = 0; i < w->cap; i++)
        if (w->slots[i].count > 0)
            *slot_of(slots, cap, w->slots[i].key) = w->slots[i];
    w->slots = slots;
    w->cap = cap;
}

void words_add(struct words *w, struct terms terms)
{
    for (size_t i = 0; i < terms.n; i++) {
        uint32_t key = terms.at[i].key;
        struct word_slot *slot;

        if (terms.at[i].letters < w->shortest)
            continue;
        w->total++;
        if (w->n * 2 >= w->cap && w->n < WORDS_MOST)
            grow(w);
        slot = slot_of(w->slots, w->cap, key);
        if (slot->count == 0 && w->n == WORDS_MOST)
            continue;
        w->n += slot->count == 0;
        slot->key = key;
        slot->count++;
    }
}

uint32_t words_count(const struct words *w, uint32_t key)
{
    return w->cap == 0 ? 0 : slot_of(w->slots, w->cap, key)->count;
}

double words_cosine(const struct words *a, const struct words *b)
{
    double dot = 0, aa = 0, bb = 0;

    for (size_t i = 0; i < a->cap; i++) {
        uint32_t n = a->slots[i].count, m;

        if (n == 0)
            continue;
        m = words_count(b, a->slots[i].key);
        if (n + m < 2)
            continue;
        dot += sqrt((double)n * m);
        aa += n;
    }
    for (size_t i = 0; i < b->cap; i++) {
        uint32_t m = b->slots[i].count;

        if (m > 0 && m + words_count(a, b->slots[i].key) >= 2)
            bb += m;
    }
    return aa > 0 && bb > 0 ? dot / sqrt(aa * bb) : 0;
}

double words_known(const struct words *w, struct terms terms, uint32_t at_least,
                   uint32_t *n)
{
    uint32_t known = 0;

    *n = 0;
    for (size_t i = 0; i < terms.n; i++) {
        if (terms.at[i].letters < w->shortest)
            continue;
        ++*n;
        known += words_count(w, terms.at[i].key) >= at_least;
    }
    return *n == 0 ? 0 : (double)known / *n;
}
