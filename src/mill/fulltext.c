/*
 * Teasers are told by how they end and how long they are; pages by whether they
 * say what the teaser says.
 *
 * Lengths are weights: a letter counts 2, a Han character, kana or syllable of
 * hangul 5, so that one number does for all scripts (a Chinese translation has
 * about two fifths of the characters).  The ceilings are where feeds that give
 * whole texts begin: newspapers' teasers stay below 600 English letters, and a
 * text that merely ends in dots or in the words "read more" beyond a few
 * screens is taken to be whole.
 *
 * Weak spots: a feed of short but whole notes has its pages asked for, five
 * times a week in the end (full_text_allowance); a teaser that the editor wrote
 * anew is recognized by title and words, which a page of another article on the
 * same matter, put at the same address under the same title, would pass too.
 */
#include "mill/fulltext.h"

#include "base/arena.h"
#include "base/block.h"
#include "base/utf8.h"
#include "text/fold.h"
#include "text/shingle.h"
#include "text/url.h"

#define LETTER_WEIGHT 2
#define AT_ONCE       256 /* bytes of ASCII that are counted */
#define CJK_WEIGHT    5
#define SHORT_WEIGHT  1600 /* 800 English letters, 320 Han characters */
/* A bare ellipsis, or "read more", beyond says nothing. */
#define CUT_WEIGHT   8000
#define SAID_WEIGHT  80 /* of a teaser that a page is compared with */
#define GAIN_WEIGHT  200
#define TAIL_BYTES   200
#define PAGE_BYTES   ((size_t)64 << 10)
#define TEASER_BYTES ((size_t)2 << 10)
#define WEEK         ((int64_t)7 * 86400)

/* Of its letters, MOST or some more when it has more. */
static int64_t weight_up_to(struct str text, int64_t most)
{
    int64_t sum = 0;

    for (size_t i = 0; i < text.n && sum < most;) {
        size_t end =
            block_find(str_slice(text, 0, i + AT_ONCE), i, block_beyond_ascii);
        uint32_t c;

        if (end > i) {
            sum += LETTER_WEIGHT *
                   (int64_t)block_count(str_slice(text, i, end), block_alnum);
            i = end;
            continue;
        }
        c = utf8_next(text, &i);
        if (is_cjk(c))
            sum += CJK_WEIGHT;
        else if (char_kind(c) != CHAR_OTHER)
            sum += LETTER_WEIGHT;
    }
    return sum;
}

static int64_t weight_of(struct str text)
{
    return weight_up_to(text, INT64_MAX);
}

/* ---- how a text ends ---------------------------------------------------------- */

/* Words of a link to the whole text, as fold keys. */
static const struct str more_words[] = {
    STR_INIT("read more"),
    STR_INIT("read the full story"),
    STR_INIT("read the full article"),
    STR_INIT("read full story"),
    STR_INIT("read full article"),
    STR_INIT("read the rest"),
    STR_INIT("read on"),
    STR_INIT("keep reading"),
    STR_INIT("continue reading"),
    STR_INIT("full story"),
    STR_INIT("full article"),
    STR_INIT("learn more"),
    STR_INIT("view more"),
    STR_INIT("more"),
    STR_INIT("阅读全文"),
    STR_INIT("阅读原文"),
    STR_INIT("阅读更多"),
    STR_INIT("查看全文"),
    STR_INIT("查看原文"),
    STR_INIT("查看更多"),
    STR_INIT("查看详情"),
    STR_INIT("继续阅读"),
    STR_INIT("展开全文"),
    STR_INIT("点击阅读"),
    STR_INIT("详细内容"),
    STR_INIT("更多内容"),
    STR_INIT("全文阅读"),
    STR_INIT("[全文]"),
    STR_INIT("更多"),
};

static bool is_ellipsis(uint32_t c)
{
    return c == 0x2026 || c == 0x22EF;
}

static bool is_closing(uint32_t c)
{
    return c == ']' || c == ')' || c == 0x3011 || c == 0xFF09 || c == 0xFF3D;
}

/* Arrows and the like, which adorn such links. */
static bool is_ornament(uint32_t c)
{
    return is_blank(c) || c == '>' || c == '.' || c == ':' || c == 0xBB ||
           c == 0x203A || c == 0x3002 || (c >= 0x2190 && c <= 0x21FF) ||
           c == 0x27A1 || c == 0xFE0F || (c >= 0x25B0 && c <= 0x25BF) ||
           is_closing(c);
}

/* "The post TITLE appeared first on SITE." is what WordPress adds to the
 * teaser as its last paragraph. */
static struct str cut_footer(struct arena *a, struct str text)
{
    struct str last;
    size_t at;

    text = str_trim_wide(text);
    at = str_find_last(text, '\n');
    at = at == STR_NOT_FOUND ? 0 : at + 1;
    if (!str_starts_nocase(str_from(text, at), STR("the")))
        return text;
    last = fold_key(a, str_from(text, at));
    if (str_starts(last, STR("the post ")) &&
        (str_has(last, STR(" appeared first on ")) ||
         str_has(last, STR(" first appeared on "))))
        return str_trim_wide(str_slice(text, 0, at));
    return text;
}

static struct str drop_last(struct str s, bool (*is_so)(uint32_t c))
{
    size_t i = s.n;

    while (i > 0) {
        size_t before = i;

        if (!is_so(utf8_prev(s, &before)))
            break;
        i = before;
    }
    return str_slice(s, 0, i);
}

/* Words end a text by themselves: after a mark, or on a line of their own. */
static bool stands_alone(struct str before)
{
    struct str bare = drop_last(before, is_blank);
    size_t i = bare.n;

    if (bare.n == 0 ||
        str_find_char(str_from(before, bare.n), '\n', 0) != STR_NOT_FOUND)
        return true;
    return char_kind(utf8_prev(bare, &i)) == CHAR_OTHER;
}

/* TEXT without the words of a link to the whole text at its end; *HAD says
 * whether there were any. */
static struct str cut_more(struct arena *a, struct str text, bool *had)
{
    struct str body = drop_last(text, is_ornament);
    struct folded tail;
    size_t from = body.n > TAIL_BYTES ? body.n - TAIL_BYTES : 0;

    *had = false;
    while (from < body.n && ((unsigned char)body.p[from] & 0xC0) == 0x80)
        from++;
    fold_marked(a, str_from(body, from), true, &tail);
    for (size_t i = 0; i < sizeof more_words / sizeof more_words[0]; i++) {
        struct str rest;

        if (!str_ends(tail.key, more_words[i]))
            continue;
        rest = str_slice(
            body, 0, from + fold_source(&tail, tail.key.n - more_words[i].n));
        if (!stands_alone(rest))
            continue;
        *had = true;
        return str_trim_wide(rest);
    }
    return text;
}

/* TEXT without the dots at its end. */
static struct str cut_dots(struct str text, bool *had, bool *in_brackets)
{
    struct str body = drop_last(str_trim_wide(text), is_closing), rest;

    *in_brackets = body.n < str_trim_wide(text).n;
    body = drop_last(body, is_blank);
    rest = drop_last(body, is_ellipsis);
    if (rest.n == body.n && str_ends(body, STR("...")))
        while (rest.n > 0 && rest.p[rest.n - 1] == '.')
            rest.n--;
    *had = rest.n < body.n;
    return *had ? str_trim_wide(rest) : str_trim_wide(text);
}

struct ending {
    struct str said; /* the text before it */
    bool has_dots, in_brackets, has_more;
};

static struct ending ending_of(struct arena *a, struct str text)
{
    struct ending end = {0};

    end.said = cut_more(a, cut_footer(a, text), &end.has_more);
    end.said = cut_dots(end.said, &end.has_dots, &end.in_brackets);
    end.in_brackets = end.in_brackets && end.has_dots;
    return end;
}

/* ---- whether the page is wanted --------------------------------------------------- */

static bool has_recording(const struct item *entry)
{
    for (size_t i = 0; i < entry->attachments.n; i++) {
        struct str type = entry->attachments.at[i].type;

        if (str_starts(type, STR("audio/")) || str_starts(type, STR("video/")))
            return true;
    }
    return false;
}

/* A front page is nobody's own address. */
static bool has_page(struct arena *a, const struct item *entry)
{
    struct url url;

    return entry->url.n > 0 && url_parse(a, entry->url, STR_NONE, &url) &&
           (url.path.n > 1 || url.query.n > 0);
}

enum full_text_need full_text_need(struct arena *a, enum full_text_mode mode,
                                   const struct item *entry)
{
    int64_t weight;
    struct ending end;

    if (mode == FULL_TEXT_NEVER || !has_page(a, entry))
        return NEED_NONE;
    if (mode == FULL_TEXT_ALWAYS)
        return NEED_OWNER;
    end = ending_of(a, entry->text);
    weight = weight_up_to(
        entry->text, end.has_more || end.has_dots ? CUT_WEIGHT : SHORT_WEIGHT);
    if (end.has_more && weight < CUT_WEIGHT)
        return NEED_MORE;
    if (end.in_brackets || (end.has_dots && weight < CUT_WEIGHT))
        return NEED_ELLIPSIS;
    if (has_recording(entry) || weight >= SHORT_WEIGHT)
        return NEED_NONE;
    return weight == 0 ? NEED_EMPTY : NEED_SHORT;
}

struct str full_text_need_text(enum full_text_need need)
{
    static const struct str texts[] = {
        [NEED_NONE] = STR_INIT(""),
        [NEED_OWNER] = STR_INIT("full_text: always"),
        [NEED_EMPTY] = STR_INIT("the feed gives no text"),
        [NEED_SHORT] = STR_INIT("the feed's text is short"),
        [NEED_ELLIPSIS] = STR_INIT("the feed's text ends in an ellipsis"),
        [NEED_MORE] = STR_INIT("the feed's text ends in a link to the rest"),
    };

    return texts[need];
}

/* ---- whether the page has it --------------------------------------------------------- */

/* One title within the other (a site's name beside it), or most of it. */
static bool is_title_alike(struct arena *a, struct str one, struct str two)
{
    struct str x = fold_letters(a, one), y = fold_letters(a, two);

    if (x.n == 0 || y.n == 0)
        return false;
    if (x.n > y.n) {
        struct str longer = x;

        x = y;
        y = longer;
    }
    if (weight_of(x) >= 4 * CJK_WEIGHT && str_has(y, x))
        return true;
    return str_eq(x, y) || shingle_overlap(a, x, y).containment >= .5;
}

static bool is_latin_word(uint32_t c)
{
    return char_kind(c) != CHAR_OTHER && !is_cjk(c);
}

struct words {
    size_t n, found;             /* words of five letters and more */
    size_t n_pairs, found_pairs; /* of Han, kana, hangul side by side */
};

/* The words of KEY that stand in PAGE; both are fold keys. */
static struct words words_found(struct str key, struct str page)
{
    struct words words = {0};

    for (size_t i = 0; i < key.n;) {
        size_t start = i, end, chars = 1;
        uint32_t c = utf8_next(key, &i);

        end = i;
        if (is_cjk(c)) {
            if (end == key.n || !is_cjk(utf8_next(key, &end)))
                continue;
            words.n_pairs++;
            words.found_pairs += str_has(page, str_slice(key, start, end));
        } else if (is_latin_word(c)) {
            for (; i < key.n && is_latin_word(utf8_next(key, &i)); chars++)
                end = i;
            i = end;
            if (chars < 5)
                continue;
            words.n++;
            words.found += str_has(page, str_slice(key, start, end));
        }
    }
    return words;
}

/* Whether PAGE speaks of what the entry speaks of: a third of its long words,
 * or a fifth of its pairs, for most pairs are no words. */
static bool is_matter_alike(struct arena *a, const struct item *entry,
                            struct str said, const struct item *page)
{
    struct str text = fold_key(a, utf8_clip(page->text, PAGE_BYTES));
    struct str key = fold_key(a, arena_cat(a, entry->title, STR("\n"), said));
    struct words words = words_found(key, text);

    return words.n_pairs > words.n ? words.found_pairs * 5 >= words.n_pairs
                                   : words.found * 3 >= words.n;
}

enum full_text_fit full_text_fit(struct arena *a, enum full_text_mode mode,
                                 const struct item *entry,
                                 const struct item *page)
{
    struct str said = utf8_clip(ending_of(a, entry->text).said, TEASER_BYTES);
    int64_t had = weight_of(entry->text), has = weight_of(page->text);
    bool is_said = false;

    if (weight_of(said) >= SAID_WEIGHT)
        is_said = shingle_overlap(a, fold_letters(a, said),
                                  fold_letters(a, page->text))
                      .containment >= .5;
    if (!is_said && entry->title.n > 0 && page->title.n > 0 &&
        !is_title_alike(a, entry->title, page->title))
        return FIT_OTHER_TITLE;
    if (!is_said && (entry->title.n > 0 || said.n > 0) &&
        !is_matter_alike(a, entry, said, page))
        return FIT_OTHER_TEXT;
    if (page->confidence.body < .5F)
        return FIT_DOUBTFUL;
    if (mode != FULL_TEXT_ALWAYS && has < had + had / 5 + GAIN_WEIGHT)
        return FIT_NO_MORE;
    return has < had ? FIT_NO_MORE : FIT_GOOD;
}

enum full_text_fit full_text_choose(struct arena *a, enum full_text_mode mode,
                                    const struct item *entry,
                                    const struct item *const *pages, size_t n,
                                    size_t *which)
{
    enum full_text_fit first = FIT_NO_ARTICLE;

    for (size_t i = 0; i < n; i++) {
        enum full_text_fit fit = full_text_fit(a, mode, entry, pages[i]);

        if (fit == FIT_GOOD) {
            *which = i;
            return fit;
        }
        if (i == 0)
            first = fit;
    }
    return first;
}

struct str full_text_fit_text(enum full_text_fit fit)
{
    static const struct str texts[] = {
        [FIT_GOOD] = STR_INIT("the text is the page's"),
        [FIT_NO_ARTICLE] = STR_INIT("its page is no article"),
        [FIT_DOUBTFUL] =
            STR_INIT("not sure which part of its page is the article"),
        [FIT_OTHER_TITLE] = STR_INIT("its page has another title"),
        [FIT_OTHER_TEXT] = STR_INIT("its page has another text"),
        [FIT_NO_MORE] = STR_INIT("its page says no more than the feed"),
    };

    return texts[fit];
}

size_t full_text_allowance(enum full_text_mode mode, int in_vain, int64_t last,
                           int64_t now)
{
    if (mode == FULL_TEXT_NEVER)
        return 0;
    if (mode == FULL_TEXT_ALWAYS || in_vain < VAIN_MAX)
        return SIZE_MAX;
    return now - last < WEEK ? 0 : 1;
}
