/*
 * The language of a text.  First its script: the letters of a sample are
 * counted by script, and a script that one language has to itself decides.
 * Chinese is told from Japanese by the absence of kana, and simplified from
 * traditional by the share of characters that have a simplified form: about a
 * third in traditional text, next to none in simplified.  For scripts that many
 * languages share, the commonest words (lang.def) in the sample are counted.
 *
 * A text of a few words, or one whose best two languages are close (as Danish
 * and Norwegian often are), gets no answer rather than a wrong one.
 */
#include "text/lang.h"

#include <utf8proc.h>

#include "base/arena.h"
#include "base/block.h"
#include "base/utf8.h"
#include "text/fold.h"
#include "text/lexicon.h"

#define SAMPLE_BYTES    8000
#define DIRECTION_BYTES 2000
#define RTL_FIRST       0x590 /* code points before are all from left to right */
#define HAN_MIN         8 /* one traditional text in 30 shows itself later */
#define WORDS_MIN       3 /* common words seen at least */
/* The ideographs of Unicode 1.1: most of what is not ASCII. */
#define HAN_FIRST 0x4E00
#define HAN_LAST  0x9FA5

/* ---- scripts ------------------------------------------------------------- */

enum script {
    SCRIPT_LATIN,
    SCRIPT_CYRILLIC,
    SCRIPT_ARABIC,
    SCRIPT_DEVANAGARI,
    SCRIPT_HAN,
    SCRIPT_KANA,
    SCRIPT_HANGUL,
    SCRIPT_GREEK,
    SCRIPT_HEBREW,
    SCRIPT_ARMENIAN,
    SCRIPT_GEORGIAN,
    SCRIPT_BENGALI,
    SCRIPT_GURMUKHI,
    SCRIPT_GUJARATI,
    SCRIPT_TAMIL,
    SCRIPT_TELUGU,
    SCRIPT_KANNADA,
    SCRIPT_MALAYALAM,
    SCRIPT_SINHALA,
    SCRIPT_THAI,
    SCRIPT_LAO,
    SCRIPT_TIBETAN,
    SCRIPT_MYANMAR,
    SCRIPT_KHMER,
    SCRIPT_ETHIOPIC,
    SCRIPTS
};

/* The language of a script that one has to itself. */
static const struct str only[SCRIPTS] = {
    [SCRIPT_HANGUL] = STR_INIT("ko"),   [SCRIPT_GREEK] = STR_INIT("el"),
    [SCRIPT_HEBREW] = STR_INIT("he"),   [SCRIPT_ARMENIAN] = STR_INIT("hy"),
    [SCRIPT_GEORGIAN] = STR_INIT("ka"), [SCRIPT_BENGALI] = STR_INIT("bn"),
    [SCRIPT_GURMUKHI] = STR_INIT("pa"), [SCRIPT_GUJARATI] = STR_INIT("gu"),
    [SCRIPT_TAMIL] = STR_INIT("ta"),    [SCRIPT_TELUGU] = STR_INIT("te"),
    [SCRIPT_KANNADA] = STR_INIT("kn"),  [SCRIPT_MALAYALAM] = STR_INIT("ml"),
    [SCRIPT_SINHALA] = STR_INIT("si"),  [SCRIPT_THAI] = STR_INIT("th"),
    [SCRIPT_LAO] = STR_INIT("lo"),      [SCRIPT_TIBETAN] = STR_INIT("bo"),
    [SCRIPT_MYANMAR] = STR_INIT("my"),  [SCRIPT_KHMER] = STR_INIT("km"),
    [SCRIPT_ETHIOPIC] = STR_INIT("am"),
};

static const struct {
    uint32_t from, to;
    enum script script;
} ranges[] = {
    {0xC0, 0x24F, SCRIPT_LATIN},       {0x370, 0x3FF, SCRIPT_GREEK},
    {0x400, 0x52F, SCRIPT_CYRILLIC},   {0x531, 0x58F, SCRIPT_ARMENIAN},
    {0x590, 0x5FF, SCRIPT_HEBREW},     {0x600, 0x6FF, SCRIPT_ARABIC},
    {0x750, 0x77F, SCRIPT_ARABIC},     {0x900, 0x97F, SCRIPT_DEVANAGARI},
    {0x980, 0x9FF, SCRIPT_BENGALI},    {0xA00, 0xA7F, SCRIPT_GURMUKHI},
    {0xA80, 0xAFF, SCRIPT_GUJARATI},   {0xB80, 0xBFF, SCRIPT_TAMIL},
    {0xC00, 0xC7F, SCRIPT_TELUGU},     {0xC80, 0xCFF, SCRIPT_KANNADA},
    {0xD00, 0xD7F, SCRIPT_MALAYALAM},  {0xD80, 0xDFF, SCRIPT_SINHALA},
    {0xE00, 0xE7F, SCRIPT_THAI},       {0xE80, 0xEFF, SCRIPT_LAO},
    {0xF00, 0xFFF, SCRIPT_TIBETAN},    {0x1000, 0x109F, SCRIPT_MYANMAR},
    {0x10A0, 0x10FF, SCRIPT_GEORGIAN}, {0x1100, 0x11FF, SCRIPT_HANGUL},
    {0x1200, 0x139F, SCRIPT_ETHIOPIC}, {0x1780, 0x17FF, SCRIPT_KHMER},
    {0x1E00, 0x1EFF, SCRIPT_LATIN},    {0x3041, 0x30FF, SCRIPT_KANA},
    {0x3400, 0x9FFF, SCRIPT_HAN},      {0xAC00, 0xD7A3, SCRIPT_HANGUL},
    {0xF900, 0xFAFF, SCRIPT_HAN},      {0x20000, 0x323AF, SCRIPT_HAN},
};

static enum script script_of(uint32_t c)
{
    size_t low = 0, high = sizeof ranges / sizeof ranges[0];

    if (c < 0x80)
        return is_alpha((char)c) ? SCRIPT_LATIN : SCRIPTS;
    if (c >= HAN_FIRST && c <= HAN_LAST)
        return SCRIPT_HAN;
    while (low < high) {
        size_t mid = (low + high) / 2;

        if (c < ranges[mid].from)
            high = mid;
        else if (c > ranges[mid].to)
            low = mid + 1;
        else
            return ranges[mid].script;
    }
    return SCRIPTS;
}

struct counts {
    size_t of[SCRIPTS], letters, traditional;
};

static block is_ascii_letter(block c)
{
    return (block)((block)((c | 0x20) - 'a') < 26);
}

/* Letters of the ASCII from byte *I on, and *I moves behind it. */
static size_t ascii_letters(struct str s, size_t *i)
{
    size_t from = *i;

    *i = block_find(s, from, block_beyond_ascii);
    return *i == from ? 0
                      : block_count(str_slice(s, from, *i), is_ascii_letter);
}

static void count_scripts(struct str s, struct counts *counts)
{
    for (size_t i = 0; i < s.n;) {
        size_t ascii = ascii_letters(s, &i);
        enum script script;
        uint32_t c;

        counts->of[SCRIPT_LATIN] += ascii;
        counts->letters += ascii;
        if (i == s.n)
            return;
        c = utf8_next(s, &i);
        script = script_of(c);
        if (script == SCRIPTS)
            continue;
        counts->of[script]++;
        counts->letters++;
        counts->traditional += script == SCRIPT_HAN && fold_han(c) != c;
    }
}

/* A character of a script without spaces says as much as some three letters. */
static size_t weight(const struct counts *counts, enum script script)
{
    bool dense = script == SCRIPT_HAN || script == SCRIPT_KANA ||
                 script == SCRIPT_HANGUL;

    return counts->of[script] * (dense ? 3 : 1);
}

static enum script main_script(const struct counts *counts)
{
    enum script best = SCRIPT_LATIN;

    for (enum script s = 0; s < SCRIPTS; s++)
        if (weight(counts, s) > weight(counts, best))
            best = s;
    return best;
}

static struct str han_language(const struct counts *counts)
{
    size_t han = counts->of[SCRIPT_HAN], kana = counts->of[SCRIPT_KANA];

    if (kana * 10 > han + kana)
        return han + kana < HAN_MIN / 2 ? STR_NONE : STR("ja");
    if (han < HAN_MIN && counts->traditional < 2)
        return STR_NONE;
    return counts->traditional * 10 > han ? STR("zh-Hant") : STR("zh-Hans");
}

/* ---- common words -------------------------------------------------------- */

static const struct {
    struct str tag, words;
} languages[] = {
#define LANG(tag, words) {STR_INIT(tag), STR_INIT(words)},
#include "text/lang.def"
#undef LANG
};

#define LANGUAGES (sizeof languages / sizeof languages[0])

_Static_assert(LANGUAGES <= 64, "a set of languages is 64 bits");

/* Each word with the set of languages it speaks for. */
static void fill_words(struct lexicon *l)
{
    struct str rest, word;

    for (size_t i = 0; i < LANGUAGES; i++)
        for (rest = languages[i].words; str_word(&rest, &word);)
            lexicon_add(l, word, (uint64_t)1 << i);
}

/* Most words are ASCII: as next_word, but *REST stays when this one is not. */
static bool next_ascii_word(struct str *rest, char room[32], struct str *word)
{
    const char *p = rest->p;
    size_t from = 0, end, n;

    while (from < rest->n && (unsigned char)p[from] < 0x80 &&
           !is_alpha(p[from]))
        from++;
    for (end = from; end < rest->n && is_alpha(p[end]);)
        end++;
    n = end - from;
    if (n == 0 || n + 4 > 32 ||
        (end < rest->n && (unsigned char)p[end] >= 0x80))
        return false;
    for (size_t i = 0; i < n; i++)
        room[i] = (char)(p[from + i] | 0x20);
    *word = str_of(room, n);
    /* The character behind ends it. */
    *rest = str_from(*rest, end + 1);
    return true;
}

/* The next run of letters of REST in lower case; WORD is in ROOM, and empty
 * when the run is too long for a common word. */
static bool next_word(struct str *rest, char room[32], struct str *word)
{
    size_t i = 0, n = 0;
    bool any = false;

    if (next_ascii_word(rest, room, word))
        return true;
    while (i < rest->n) {
        size_t from = i;
        uint32_t c = utf8_next(*rest, &i);
        bool letter =
            (c < 0x80 && is_alpha((char)c)) ||
            (c >= 0xC0 && !is_blank(c) && !(c >= 0x2010 && c <= 0x205E));

        if (!letter && any)
            break;
        if (!letter)
            continue;
        any = true;
        if (n + 4 > 32)
            continue;
        if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x410 && c <= 0x42F))
            n += utf8_put(room + n, c + 32);
        else
            for (; from < i; from++)
                room[n++] = to_lower(rest->p[from]);
    }
    *rest = str_from(*rest, i);
    *word = n + 4 > 32 ? STR_NONE : str_of(room, n);
    return any;
}

static struct str words_language(struct str sample)
{
    static lexicon_place place;
    const struct lexicon *words = lexicon_at(&place, fill_words);
    size_t hits[LANGUAGES] = {0}, best = 0, second = 0;
    struct str rest, word;
    char room[32];

    for (rest = sample; next_word(&rest, room, &word);) {
        uint64_t set = lexicon_get(words, word);

        for (; set != 0; set &= set - 1)
            hits[__builtin_ctzll(set)]++;
    }
    for (size_t i = 1; i < LANGUAGES; i++)
        if (hits[i] > hits[best])
            best = i;
    for (size_t i = 0; i < LANGUAGES; i++)
        if (i != best && hits[i] > second)
            second = hits[i];
    if (hits[best] < WORDS_MIN || hits[best] * 10 < second * 11)
        return STR_NONE;
    return languages[best].tag;
}

bool text_is_han(struct str text)
{
    struct counts counts = {0};
    enum script script;

    count_scripts(utf8_clip(text, SAMPLE_BYTES), &counts);
    script = main_script(&counts);
    return script == SCRIPT_HAN || script == SCRIPT_KANA;
}

struct str lang_guess(struct str text)
{
    struct counts counts = {0};
    struct str sample = utf8_clip(text, SAMPLE_BYTES);
    enum script script;

    count_scripts(sample, &counts);
    script = main_script(&counts);
    if (script == SCRIPT_HAN || script == SCRIPT_KANA)
        return han_language(&counts);
    if (only[script].n > 0)
        return counts.of[script] < 4 ? STR_NONE : only[script];
    return words_language(sample);
}

/* ---- tags ---------------------------------------------------------------- */

/* What is written for a language although it names a country or a code page. */
static const struct {
    struct str wrong, right;
} mistakes[] = {
    {STR_INIT("cn"), STR_INIT("zh-CN")},
    {STR_INIT("jp"), STR_INIT("ja")},
    {STR_INIT("zh-chs"), STR_INIT("zh-Hans")},
    {STR_INIT("zh-cht"), STR_INIT("zh-Hant")},
    {STR_INIT("zh-cmn-hans"), STR_INIT("zh-Hans")},
    {STR_INIT("zh-cmn-hant"), STR_INIT("zh-Hant")},
    {STR_INIT("iw"), STR_INIT("he")},
    {STR_INIT("und"), STR_INIT("")},
    {STR_INIT("mul"), STR_INIT("")},
    {STR_INIT("zxx"), STR_INIT("")},
};

static bool is_subtag(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_alnum(s.p[i]))
            return false;
    return s.n >= 1 && s.n <= 8;
}

static bool is_all_alpha(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_alpha(s.p[i]))
            return false;
    return true;
}

/* RFC 5646, 2.1.1: scripts are written Xxxx, regions XX, the rest in lower
 * case. */
static void write_subtag(char *to, struct str s, bool primary)
{
    bool upper = !primary && s.n == 2;

    for (size_t i = 0; i < s.n; i++)
        to[i] = to_lower(s.p[i]);
    for (size_t i = 0; i < s.n && is_all_alpha(s); i++)
        if (upper || (i == 0 && s.n == 4 && !primary))
            to[i] = (char)(to[i] & ~0x20);
}

struct str lang_tag(struct arena *a, struct str declared)
{
    struct str s = str_trim_wide(declared), rest, part;
    size_t end = 0, n = 0;
    char *tag;

    while (end < s.n &&
           (is_alnum(s.p[end]) || s.p[end] == '-' || s.p[end] == '_'))
        end++;
    if (end < s.n && !is_space(s.p[end]) && s.p[end] != ',' &&
        s.p[end] != ';' && s.p[end] != '.' && s.p[end] != '@')
        return STR_NONE; /* words of some other language, not a tag */
    s = str_slice(s, 0, end);
    tag = arena_alloc(a, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        tag[i] = s.p[i] == '_' ? '-' : s.p[i];
    s.p = tag;
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++)
        if (str_eq_nocase(s, mistakes[i].wrong))
            return mistakes[i].right;
    for (rest = s; str_split(&rest, '-', &part);) {
        if (!is_subtag(part) || (n == 0 && !is_all_alpha(part)))
            break;
        if (n == 0 && (part.n < 2 || part.n > 3))
            return STR_NONE;
        if (n > 0)
            tag[n++] = '-';
        write_subtag(tag + n, part, n == 0);
        n += part.n;
    }
    return str_of(tag, n);
}

struct str lang_family(struct str tag)
{
    static const struct str traditional[] = {STR_INIT("Hant"), STR_INIT("TW"),
                                             STR_INIT("HK"), STR_INIT("MO")};
    struct str rest = tag, primary = STR_NONE, part;

    (void)str_split(&rest, '-', &primary);
    if (!str_eq_nocase(primary, STR("zh")) &&
        !str_eq_nocase(primary, STR("cmn")))
        return primary;
    while (str_split(&rest, '-', &part)) {
        if (str_eq_nocase(part, STR("Hans")))
            break;
        for (size_t i = 0; i < sizeof traditional / sizeof traditional[0]; i++)
            if (str_eq_nocase(part, traditional[i]))
                return STR("zh-Hant");
    }
    return STR("zh-Hans");
}

/* ---- the text against the tag ------------------------------------------------ */

static bool is_told_by_words(struct str family)
{
    for (size_t i = 0; i < LANGUAGES; i++)
        if (str_eq_nocase(languages[i].tag, family))
            return true;
    return false;
}

static bool is_told_by_script(struct str family)
{
    for (size_t i = 0; i < SCRIPTS; i++)
        if (only[i].n > 0 && str_eq_nocase(only[i], family))
            return true;
    return str_eq_nocase(family, STR("ja")) || str_starts(family, STR("zh-"));
}

/* A language that lang_guess does not know is taken for a near relation of it, as
 * Malay for Indonesian or Nynorsk for Norwegian. */
bool lang_contradicts(struct str text, struct str tag)
{
    struct str said = lang_family(tag), guess = lang_guess(text);

    if (said.n == 0 || guess.n == 0 || str_eq_nocase(said, lang_family(guess)))
        return false;
    return is_told_by_words(said) || is_told_by_script(said) ||
           is_told_by_script(guess);
}

/* ---- direction -------------------------------------------------------------- */

static bool is_one_of(struct str subtag, const struct str *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq_nocase(subtag, list[i]))
            return true;
    return false;
}

bool lang_is_rtl(struct str tag)
{
    static const struct str scripts[] = {
        STR_INIT("Adlm"), STR_INIT("Arab"), STR_INIT("Aran"), STR_INIT("Hebr"),
        STR_INIT("Nkoo"), STR_INIT("Rohg"), STR_INIT("Syrc"), STR_INIT("Thaa")};
    static const struct str primaries[] = {
        STR_INIT("ar"),  STR_INIT("arc"), STR_INIT("azb"), STR_INIT("ckb"),
        STR_INIT("dv"),  STR_INIT("fa"),  STR_INIT("glk"), STR_INIT("he"),
        STR_INIT("iw"),  STR_INIT("ji"),  STR_INIT("lrc"), STR_INIT("mzn"),
        STR_INIT("nqo"), STR_INIT("pnb"), STR_INIT("ps"),  STR_INIT("sd"),
        STR_INIT("syr"), STR_INIT("ug"),  STR_INIT("ur"),  STR_INIT("yi")};
    struct str rest = tag, primary, subtag;

    if (!str_split(&rest, '-', &primary))
        return false;
    while (str_split(&rest, '-', &subtag))
        if (subtag.n == 4 && is_alpha(subtag.p[0]))
            return is_one_of(subtag, scripts,
                             sizeof scripts / sizeof scripts[0]);
    return is_one_of(primary, primaries,
                     sizeof primaries / sizeof primaries[0]);
}

bool text_is_rtl(struct str text, struct str tag)
{
    size_t left = 0, right = 0;

    text = utf8_clip(text, DIRECTION_BYTES);
    for (size_t i = 0; i < text.n;) {
        uint32_t c;

        left += ascii_letters(text, &i);
        if (i == text.n)
            break;
        c = utf8_next(text, &i);
        if (c < RTL_FIRST) {
            left += script_of(c) != SCRIPTS;
            continue;
        }
        if (c >= HAN_FIRST && c <= HAN_LAST) {
            left++;
            continue;
        }
        switch (utf8proc_get_property((utf8proc_int32_t)c)->bidi_class) {
        case UTF8PROC_BIDI_CLASS_L:
            left++;
            break;
        case UTF8PROC_BIDI_CLASS_R:
        case UTF8PROC_BIDI_CLASS_AL:
            right++;
            break;
        default:
            break;
        }
    }
    if (left + right == 0)
        return lang_is_rtl(tag);
    return right * 3 >= left * 2;
}
