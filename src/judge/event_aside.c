#include "judge/event_aside.h"

#include <math.h>
#include <stdio.h>

/* Two values within an eighth of each other have a step in common. */
#define STEP 0.12
/* Smaller counts are near others by chance; parts of hundred are few enough. */
#define NEAR_FROM    13
#define EXACT_DIGITS 3

static uint64_t aside_hash(struct str text, enum aside aside)
{
    return (term_hash(text, SORT_ASIDE) & ~((uint64_t)1 << ASIDE_SHIFT)) |
           (uint64_t)aside << ASIDE_SHIFT;
}

/* "4,100,000" has two, "92.7" three. */
static size_t digits_that_say(const struct number *number)
{
    size_t n = 0, zeros = 0;

    for (size_t i = 0; i < number->n; i++) {
        char c = number->text[i];

        if (c >= '1' && c <= '9') {
            n += zeros + 1;
            zeros = 0;
        } else if (c == '0' && n > 0) {
            zeros++;
        }
    }
    return n;
}

static bool is_exact(const struct number *number)
{
    return number->what >= NUMBER_BIG && number->what <= NUMBER_PERCENT &&
           digits_that_say(number) >= EXACT_DIGITS;
}

static uint64_t step_hash(const struct number *number, long step)
{
    char text[32];
    int n = snprintf(text, sizeof text, "%ld%s", step,
                     number->what == NUMBER_PERCENT ? "%" : "");

    return aside_hash(str_of(text, (size_t)n), ASIDE_NEAR);
}

size_t asides_of(const struct number *number, uint64_t out[ASIDES_OF_NUMBER])
{
    size_t n = 0;

    if (is_exact(number))
        out[n++] = aside_hash(str_of(number->text, number->n), ASIDE_EXACT);
    if (number->value >= NEAR_FROM ||
        (number->value > 0 && number->what == NUMBER_PERCENT)) {
        long step = (long)floor(log(number->value) / STEP);

        out[n++] = step_hash(number, step);
        out[n++] = step_hash(number, step + 1);
    }
    return n;
}
