#include "publish/words.h"

#include "text/lang.h"

enum { HANS, HANT, EN, LANGUAGES };

static const struct str words[WORD_COUNT][LANGUAGES] = {
#define WORD(id, hans, hant, en)                                               \
    [WORD_##id] = {STR_INIT(hans), STR_INIT(hant), STR_INIT(en)},
#include "publish/words.def"
#undef WORD
};

struct str word_in(enum word word, struct str language)
{
    struct str family = lang_family(language);

    if (str_eq_nocase(family, STR("zh-Hans")))
        return words[word][HANS];
    if (str_eq_nocase(family, STR("zh-Hant")))
        return words[word][HANT];
    return words[word][EN];
}

void word_split(enum word word, struct str language, struct str *before,
                struct str *behind)
{
    struct str w = word_in(word, language);
    size_t at = str_find(w, STR("{}"), 0);

    *before = str_slice(w, 0, at);
    *behind = at == STR_NOT_FOUND ? STR_NONE : str_from(w, at + 2);
}
