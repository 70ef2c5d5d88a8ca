/*
 * The first letters of a line are written into a small key: lower case, full
 * width as half width, traditional Han as simplified, one blank for many and
 * none beside Han.  The key is compared with the rows of frame.def that begin
 * with the same two bytes, which decide nearly always.
 */
#include "extract/page_frame.h"

#include <string.h>

#include "base/utf8.h"
#include "text/fold.h"

struct frame_row {
    struct str word;
    enum frame frame;
};

static const struct frame_row rows[] = {
#define FRAME(family, word) {STR_INIT(word), FRAME_##family},
#include "extract/frame.def"
#undef FRAME
};

#define FRAME(family, word) (unsigned char)(word)[0],
static const unsigned char first_bytes[] = {
#include "extract/frame.def"
};
#undef FRAME

#define FRAME(family, word) (word)[1],
static const char second_bytes[] = {
#include "extract/frame.def"
};
#undef FRAME

#define N_ROWS    (sizeof rows / sizeof rows[0])
#define KEY_BYTES 96

struct key {
    char p[KEY_BYTES];
    size_t n;
    size_t used; /* bytes of the line that the key stands for */
};

static uint32_t fold(uint32_t c)
{
    if (c < 0x80)
        return (unsigned char)to_lower((char)c);
    if (c >= 0xFF01 && c <= 0xFF5E)
        return (unsigned char)to_lower((char)(c - 0xFEE0));
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x410 && c <= 0x42F))
        return c + 0x20;
    if (c == 0x2019 || c == 0x2018)
        return '\'';
    return is_han(c) ? fold_han(c) : c;
}

static void make_key(struct str line, struct key *key)
{
    uint32_t before = 0;
    bool blank = false;
    size_t i = 0;

    key->n = 0;
    while (i < line.n && key->n + 8 < KEY_BYTES) {
        uint32_t c = utf8_next(line, &i);

        if (is_blank(c)) {
            blank = true;
            continue;
        }
        if (blank && key->n > 0 && !is_han(before) && !is_han(c))
            key->p[key->n++] = ' ';
        blank = false;
        before = fold(c);
        key->n += utf8_put(key->p + key->n, before);
    }
    key->used = i;
}

/* Marks that stand before labels: bullets, brackets, stars, arrows. */
static struct str skip_marks(struct str line)
{
    static const struct str marks =
        STR_INIT("[(【〖「『《〈<>»·•●■◆★☆▲▼►▶*-—–|#=~_");

    for (size_t i = 0; i < line.n;) {
        size_t from = i;
        uint32_t c = utf8_next(line, &i);

        if (!is_blank(c) && !str_has(marks, str_slice(line, from, i)))
            return str_from(line, from);
    }
    return STR_NONE;
}

static bool is_letter(uint32_t c)
{
    return c < 0x80 ? is_alpha((char)c)
                    : !is_blank(c) && !(c >= 0x2000 && c < 0x2E80) &&
                          !(c >= 0x3000 && c < 0x3040) && c != 0xB7 &&
                          c != 0xBB && c != 0xAB && c < 0xFF00;
}

/* Looks at what follows the label in the line's own letters. */
static void read_behind(struct str rest, struct frame_match *m)
{
    bool letters = false, first = true;

    for (size_t i = 0; i < rest.n && !letters;) {
        uint32_t c = utf8_next(rest, &i);

        if (is_blank(c))
            continue;
        if (first && (c == ':' || c == 0xFF1A || c == '|' || c == 0xFF5C ||
                      c == ']' || c == 0x3011 || c == '>' || c == '/'))
            m->has_colon = true;
        first = false;
        letters = is_letter(c);
    }
    m->is_whole = !letters;
}

/* The part of LINE behind the first CHARS folded letters of its key; blanks do
 * not count. */
static struct str behind_label(struct str line, struct str label)
{
    size_t left = 0, i = 0;

    for (size_t k = 0; k < label.n; k++)
        left += ((unsigned char)label.p[k] & 0xC0) != 0x80 && label.p[k] != ' ';
    while (i < line.n && left > 0)
        left -= !is_blank(utf8_next(line, &i));
    return str_from(line, i);
}

/* A label of an alphabet ends where its word ends. */
static bool ends_at_edge(const struct key *key, size_t n)
{
    size_t i = n, last = n;
    uint32_t c;

    if (n >= key->n)
        return true;
    c = utf8_prev(str_of(key->p, n), &last);
    if (is_cjk(c) || !is_letter(c))
        return true;
    c = utf8_next(str_of(key->p, key->n), &i);
    return !is_letter(c) || is_cjk(c);
}

/* The longest row that LINE begins with, or NULL. */
static const struct frame_row *find_row(struct str line)
{
    const struct frame_row *best = NULL;
    struct key key;

    make_key(line, &key);
    for (size_t i = 0; key.n > 0; i++) {
        const unsigned char *hit =
            memchr(first_bytes + i, (unsigned char)key.p[0], N_ROWS - i);
        const struct str *w;

        if (hit == NULL)
            break;
        i = (size_t)(hit - first_bytes);
        w = &rows[i].word;
        if (key.n >= w->n && second_bytes[i] == key.p[1] &&
            (best == NULL || w->n > best->word.n) &&
            memcmp(key.p, w->p, w->n) == 0 && ends_at_edge(&key, w->n))
            best = &rows[i];
    }
    return best;
}

struct frame_match frame_find(struct str line)
{
    struct frame_match m = {FRAME_NONE, false, false};
    struct str marked = str_trim_wide(line), bare = skip_marks(marked);
    const struct frame_row *best = find_row(marked);

    /* Some labels begin with a mark themselves. */
    if (best == NULL && bare.p != marked.p) {
        marked = bare;
        best = find_row(marked);
    }
    if (best == NULL)
        return m;
    m.frame = best->frame;
    read_behind(behind_label(marked, best->word), &m);
    return m;
}
