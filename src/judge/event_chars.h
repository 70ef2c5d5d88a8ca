#ifndef JUDGE_EVENT_CHARS_H
#define JUDGE_EVENT_CHARS_H
/* What single characters of Han, kana and hangul say in a report. */
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* A character of grammar; a pair with one says little. */
bool char_is_particle(uint32_t c);
/* A Korean particle: the last of a word. */
bool char_ends_korean(uint32_t c);
bool char_is_katakana(uint32_t c);
/* What is counted: round, part, issue, season, generation, edition, quarter. */
bool char_is_counted(uint32_t c);
/* One to ten; *DIGIT, static, is the number in ASCII digits. */
bool char_is_han_digit(uint32_t c, const char **digit);
/* Of BEFORE, C and the character behind: "周三", "星期三", "水曜", "수요일"; *DAY,
 * static, is its first letters in English. */
bool chars_name_weekday(uint32_t before, uint32_t c, uint32_t next,
                        struct str *day);
/* Bytes AT to END of S are the first or second half of an article: one of two Han in
 * parentheses. */
bool chars_mark_part(struct str s, size_t at, size_t end);
/* A round is named by this letter before or behind its character ("A+" too). */
bool chars_name_round(struct str s, size_t at, size_t end);
#endif
