/*
 * Guessing the encoding of bytes that nobody labelled.
 *
 * Every encoding that could be is tried: the bytes are decoded under it, and the
 * text gets a price, minus the logarithm of its probability in the language it
 * fits best.  The cheapest wins.  Prices of different encodings can be compared
 * because decoding loses nothing: each is the price of the same bytes.
 *
 *   one byte a character   pairs of letters (guess_letters.c)
 *   two bytes and more     single characters (guess_ideographs.c)
 *   UTF-16, UTF-32         by their zeros (guess_wide.c)
 *
 * Signs that are no letters, letters strange to the language, capitals inside a
 * word and bytes without meaning have fixed prices.  An encoding starts with a
 * handicap, so that the common one wins when both give the same text.
 *
 * Only the neighbourhood of bytes above ASCII is looked at, at most
 * GUESS_SAMPLE_BYTES of it.  Prices are in quarters of a bit.
 */
#include "decode/guess.h"

#include "base/str.h"

#define CONTEXT       2   /* ASCII bytes kept around the others */
#define BELIED_MARGIN 400 /* a dozen letters' worth */

static bool is_high_near(struct str bytes, size_t i)
{
    size_t end = i + CONTEXT < bytes.n ? i + CONTEXT + 1 : bytes.n;

    for (size_t k = i > CONTEXT ? i - CONTEXT : 0; k < end; k++)
        if ((unsigned char)bytes.p[k] >= 0x80)
            return true;
    return false;
}

/* The bytes above ASCII and CONTEXT bytes on both sides of them; a line feed
 * stands for what is left out. */
static struct str take_sample(struct str bytes, char room[GUESS_SAMPLE_BYTES])
{
    size_t n = 0;

    for (size_t i = 0; i < bytes.n && n < GUESS_SAMPLE_BYTES; i++) {
        if (is_high_near(bytes, i))
            room[n++] = bytes.p[i];
        else if (n > 0 && room[n - 1] != '\n')
            room[n++] = '\n';
    }
    return str_of(room, n);
}

enum charset_id charset_guess(struct str bytes, bool is_utf8)
{
    struct guess best = {CHARSET_WINDOWS_1252, PRICE_MAX};
    char room[GUESS_SAMPLE_BYTES];
    struct str sample = take_sample(bytes, room);

    if (is_utf8)
        guess_utf8(&best, sample);
    guess_ideographs(&best, sample);
    guess_letters(&best, sample);
    return best.id;
}

bool charset_belies_latin(struct str bytes)
{
    char room[GUESS_SAMPLE_BYTES];
    struct str sample = take_sample(bytes, room);
    int latin = price_of_latin(sample);
    /* Another must cost less than half, and no more than that is reckoned. */
    struct guess best = {CHARSET_WINDOWS_1252, (latin - BELIED_MARGIN + 1) / 2};

    if (best.price <= 0)
        return false;
    guess_ideographs(&best, sample);
    guess_letters(&best, sample);
    return best.id != CHARSET_WINDOWS_1252;
}
