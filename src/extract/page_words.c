#include "extract/page_words.h"

#include <math.h>

#include "base/arena.h"
#include "base/utf8.h"

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

bool word_next(struct word_iter *it, uint32_t *term)
{
    while (it->at < it->text.n) {
        size_t i = it->at;
        uint32_t c = utf8_next(it->text, &i), h, letters;

        it->at = i;
        if (is_cjk(c)) {
            uint32_t before = it->before;

            it->before = c;
            if (before == 0)
                continue;
            *term = mix(mix(0x5bd1u, before), c) | 1;
            it->letters = UINT32_MAX;
            return true;
        }
        if (!is_blank(c))
            it->before = 0;
        if (!is_word_char(c))
            continue;
        h = mix(0x77u, lower(c));
        letters = 1;
        while (i < it->text.n) {
            size_t next = i;

            c = utf8_next(it->text, &next);
            if (!is_word_char(c) || is_cjk(c))
                break;
            h = mix(h, lower(c));
            i = next;
            letters++;
        }
        it->at = i;
        if (letters < it->shortest)
            continue;
        *term = h | 1;
        it->letters = letters;
        return true;
    }
    return false;
}

void words_init(struct words *w, struct arena *a, uint32_t shortest)
{
    *w = (struct words){.a = a, .shortest = shortest, .run = 1};
}

void runs_init(struct words *w, struct arena *a)
{
    *w = (struct words){.a = a, .shortest = WORDS_ALL, .run = 3};
}

/* The entries of W that a text has, one after the other. */
struct entries {
    struct word_iter it;
    uint32_t run, n; /* terms read so far, at most RUN */
    uint32_t terms[3];
};

static struct entries entries_of(const struct words *w, struct str text)
{
    return (struct entries){.it = {.text = text, .shortest = w->shortest},
                            .run = w->run};
}

static bool next_entry(struct entries *e, uint32_t *entry)
{
    while (word_next(&e->it, entry)) {
        if (e->run == 1)
            return true;
        e->terms[0] = e->terms[1];
        e->terms[1] = e->terms[2];
        e->terms[2] = *entry;
        if (++e->n < e->run)
            continue;
        *entry = mix(mix(e->terms[0], e->terms[1]), e->terms[2]) | 1;
        return true;
    }
    return false;
}

static struct word_slot *slot_of(struct word_slot *slots, size_t cap,
                                 uint32_t term)
{
    size_t i = (size_t)(term * 0x85EBCA6Bu) & (cap - 1);

    while (slots[i].count > 0 && slots[i].term != term)
        i = (i + 1) & (cap - 1);
    return &slots[i];
}

static void grow(struct words *w)
{
    size_t cap = w->cap == 0 ? 256 : w->cap * 4;
    struct word_slot *slots = arena_array(w->a, cap, sizeof *slots);

    for (size_t i = 0; i < w->cap; i++)
        if (w->slots[i].count > 0)
            *slot_of(slots, cap, w->slots[i].term) = w->slots[i];
    w->slots = slots;
    w->cap = cap;
}

void words_add(struct words *w, struct str text)
{
    struct entries e = entries_of(w, text);
    uint32_t term;

    while (next_entry(&e, &term)) {
        struct word_slot *slot;

        if (w->n * 2 >= w->cap)
            grow(w);
        slot = slot_of(w->slots, w->cap, term);
        w->n += slot->count == 0;
        slot->term = term;
        slot->count++;
        w->total++;
    }
}

uint32_t words_count(const struct words *w, uint32_t term)
{
    return w->cap == 0 ? 0 : slot_of(w->slots, w->cap, term)->count;
}

double words_cosine(const struct words *a, const struct words *b)
{
    double dot = 0, aa = 0, bb = 0;

    for (size_t i = 0; i < a->cap; i++) {
        uint32_t n = a->slots[i].count, m;

        if (n == 0)
            continue;
        m = words_count(b, a->slots[i].term);
        if (n + m < 2)
            continue;
        dot += sqrt((double)n * m);
        aa += n;
    }
    for (size_t i = 0; i < b->cap; i++) {
        uint32_t m = b->slots[i].count;

        if (m > 0 && m + words_count(a, b->slots[i].term) >= 2)
            bb += m;
    }
    return aa > 0 && bb > 0 ? dot / sqrt(aa * bb) : 0;
}

double words_known(const struct words *w, struct str text, uint32_t at_least,
                   uint32_t *n)
{
    struct entries e = entries_of(w, text);
    uint32_t term, known = 0;

    *n = 0;
    while (next_entry(&e, &term)) {
        ++*n;
        known += words_count(w, term) >= at_least;
    }
    return *n == 0 ? 0 : (double)known / *n;
}
