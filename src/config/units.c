/* "2s 5m 6h 7d" and "512k 16M 1G". */
#include "config/config.h"

struct unit {
    char letter;
    int64_t factor;
};

static bool scaled(struct str s, const struct unit *units, size_t n,
                   int64_t *out)
{
    int64_t v;

    if (s.n < 2)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (s.p[s.n - 1] != units[i].letter)
            continue;
        if (!is_digit(s.p[0]) || !str_to_i64(str_slice(s, 0, s.n - 1), &v) ||
            __builtin_mul_overflow(v, units[i].factor, &v))
            return false;
        *out = v;
        return true;
    }
    return false;
}

bool config_duration_ms(struct str s, int64_t *ms)
{
    static const struct unit units[] = {
        {'s', 1000}, {'m', 60000}, {'h', 3600000}, {'d', 86400000}};

    return scaled(s, units, 4, ms);
}

bool config_bytes(struct str s, int64_t *bytes)
{
    static const struct unit units[] = {
        {'k', 1 << 10}, {'K', 1 << 10}, {'M', 1 << 20}, {'G', 1 << 30}};

    return scaled(s, units, 4, bytes);
}
