#include "judge/event_chars.h"

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

bool char_is_particle(uint32_t c)
{
    static const uint32_t particles[] = {
        0x7684, 0x4E86, 0x5728, 0x662F, 0x548C, 0x4E0E, 0x53CA, 0x5C06,
        0x4E3A, 0x5BF9, 0x4E5F, 0x5C31, 0x90FD, 0x800C, 0x7B49, 0x4E2A,
        0x5176, 0x4E4B, 0x6216, 0x88AB, 0x628A, 0x4ECE, 0x4EE5, 0x5E76,
        0x4E8E, 0x5DF2, 0x8FD9, 0x90A3, 0x65E5};

    for (size_t i = 0; i < COUNT(particles); i++)
        if (c == particles[i])
            return true;
    return c >= 0x3040 && c <= 0x309F; /* hiragana */
}

bool char_ends_korean(uint32_t c)
{
    static const uint32_t endings[] = {
        0xC740, 0xB294, 0xC774, 0xAC00, 0xC744, 0xB97C, 0xC758, 0xC5D0,
        0xC11C, 0xB85C, 0xB3C4, 0xC640, 0xACFC, 0xB2E4, 0xACE0, 0xD55C};

    for (size_t i = 0; i < COUNT(endings); i++)
        if (c == endings[i])
            return true;
    return false;
}

bool char_is_katakana(uint32_t c)
{
    return (c >= 0x30A1 && c <= 0x30FA) || c == 0x30FC;
}

bool char_is_counted(uint32_t c)
{
    static const uint32_t counted[] = {
        0x8F6E, 0x671F, 0x5B63, 0x4EE3, 0x7248, 0x90E8, 0x7BC7, 0x6279, 0x6B21,
        0x5C4A, 0x56DE, 0x7AE0, 0x53F7, 0xCC28, 0xBD80, 0xD68C, 0xD638, 0xD3B8};

    for (size_t i = 0; i < COUNT(counted); i++)
        if (c == counted[i])
            return true;
    return false;
}

bool char_is_han_digit(uint32_t c, const char **digit)
{
    static const struct {
        uint32_t c;
        const char *digit;
    } digits[] = {{0x4E00, "1"}, {0x4E8C, "2"}, {0x4E09, "3"}, {0x56DB, "4"},
                  {0x4E94, "5"}, {0x516D, "6"}, {0x4E03, "7"}, {0x516B, "8"},
                  {0x4E5D, "9"}, {0x5341, "10"}};

    for (size_t i = 0; i < COUNT(digits); i++) {
        if (digits[i].c == c) {
            *digit = digits[i].digit;
            return true;
        }
    }
    return false;
}

bool chars_name_weekday(uint32_t before, uint32_t c, uint32_t next,
                        struct str *day)
{
    static const struct {
        uint32_t han, element, hangul;
        struct str day;
    } days[] = {
        {0x4E00, 0x6708, 0xC6D4, STR_INIT("mon")},
        {0x4E8C, 0x706B, 0xD654, STR_INIT("tue")},
        {0x4E09, 0x6C34, 0xC218, STR_INIT("wed")},
        {0x56DB, 0x6728, 0xBAA9, STR_INIT("thu")},
        {0x4E94, 0x91D1, 0xAE08, STR_INIT("fri")},
        {0x516D, 0x571F, 0xD1A0, STR_INIT("sat")},
        {0x65E5, 0x65E5, 0xC77C, STR_INIT("sun")},
    };

    for (size_t i = 0; i < COUNT(days); i++) {
        *day = days[i].day;
        if ((c == days[i].han && (before == 0x5468 || before == 0x671F)) ||
            (c == 0x66DC && before == days[i].element) ||
            (c == 0xC694 && before == days[i].hangul && next == 0xC77C))
            return true;
    }
    return false;
}

bool chars_mark_part(struct str s, size_t at, size_t end)
{
    struct str c = str_slice(s, at, end);

    return at > 0 && end < s.n && s.p[at - 1] == '(' && s.p[end] == ')' &&
           (str_eq(c, STR("\u4E0A")) || str_eq(c, STR("\u4E0B")));
}

bool chars_name_round(struct str s, size_t at, size_t end)
{
    struct str head = str_slice(s, 0, at), behind = str_from(s, end);

    if (str_starts(behind, STR("+")))
        behind = str_from(behind, 1);
    return end - at == 1 && (str_starts(behind, STR("\u8F6E")) ||
                             str_ends(head, STR("\u30B7\u30EA\u30FC\u30BA")) ||
                             str_ends(head, STR("\uC2DC\uB9AC\uC988")));
}
