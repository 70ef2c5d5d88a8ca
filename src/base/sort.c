#include "base/sort.h"

/* The N numbers at X and the M behind them, each in order, into OUT.  Which comes
 * first nobody can foresee: nothing branches on it. */
static void merge(const uint64_t *x, size_t n, size_t m, uint64_t *out)
{
    const uint64_t *y = x + n;

    while (n > 0 && m > 0) {
        size_t first = *x <= *y;

        *out++ = first ? *x : *y;
        x += first;
        n -= first;
        y += 1 - first;
        m -= 1 - first;
    }
    /* A few are left of one. */
    while (n-- > 0)
        *out++ = *x++;
    while (m-- > 0)
        *out++ = *y++;
}

static void sort_pairs(uint64_t *v, size_t n)
{
    for (size_t i = 0; i + 1 < n; i += 2) {
        uint64_t a = v[i], b = v[i + 1];

        v[i] = a < b ? a : b;
        v[i + 1] = a < b ? b : a;
    }
}

uint64_t *sort_numbers(uint64_t *v, uint64_t *room, size_t n)
{
    sort_pairs(v, n);
    for (size_t width = 2; width < n; width *= 2) {
        uint64_t *from = v;

        for (size_t i = 0; i < n; i += 2 * width) {
            size_t one = n - i < width ? n - i : width;
            size_t two = n - i - one < width ? n - i - one : width;

            merge(v + i, one, two, room + i);
        }
        v = room;
        room = from;
    }
    return v;
}
