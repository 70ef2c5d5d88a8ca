#include "judge/event_word.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "text/fold.h"
#include "text/lexicon.h"

static void fill_words(struct lexicon *l)
{
#define COMMON(word)         lexicon_add(l, STR(word), WORD_COMMON);
#define ROUND(word)          lexicon_add(l, STR(word), WORD_ROUND);
#define NUMBER(word, number) lexicon_add(l, STR(word), WORD_NUMBER);
#include "judge/event_words.def"
#undef COMMON
#undef ROUND
#undef NUMBER
}

unsigned word_known(struct str word)
{
    static lexicon_place place;

    return (unsigned)lexicon_get(lexicon_at(&place, fill_words), word);
}

static void fill_known(struct lexicon *l)
{
    static const struct str lines[] = {
#define KNOWN(terms) STR_INIT(terms),
#include "judge/event_known.def"
#undef KNOWN
    };

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct str rest = lines[i], term;

        while (str_split(&rest, ' ', &term))
            lexicon_add(l, term, 1);
    }
}

bool term_is_known(struct str term)
{
    static lexicon_place place;

    return lexicon_get(lexicon_at(&place, fill_known), term) != 0;
}

/* A short word of ASCII letters and digits, which small letters differ from by a
 * bit; false for all others. */
static bool read_ascii(struct str written, struct event_word *out)
{
    if (written.n > EVENT_WORD_ROOM)
        return false;
    for (size_t i = 0; i < written.n; i++) {
        unsigned char c = (unsigned char)written.p[i];

        if (c >= 0x80)
            return false;
        out->up += (c & 0x60) == 0x40;
        out->has_digit |= c < 0x40;
        out->room[i] = (char)(c | 0x20);
    }
    out->key = str_of(out->room, written.n);
    out->chars = written.n;
    return true;
}

void event_word_read(struct arena *a, struct str written,
                     struct event_word *out)
{
    out->up = 0;
    out->has_digit = false;
    if (read_ascii(written, out))
        return;
    out->up = 0;
    out->key = fold_key(a, written);
    out->chars = utf8_chars(out->key);
    out->has_digit = str_has_digit(out->key);
    for (size_t i = 0; i < written.n;)
        out->up += is_capital(utf8_next(written, &i));
}
