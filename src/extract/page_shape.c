#include "extract/page_shape.h"

#include "base/utf8.h"

/*
 * Every code point has one class.  ASCII is looked up in a table, the rest is
 * found by ranges: marks are listed, and what is neither blank nor mark counts
 * as a letter, so that scripts nobody thought of are letters too.
 */
enum char_class {
    CLASS_LETTER,
    CLASS_CJK,
    CLASS_DIGIT,
    CLASS_BLANK,
    CLASS_STOP,    /* ends a sentence wherever it stands */
    CLASS_DOT,     /* ends one before a blank, a quote or the end */
    CLASS_COMMA,   /* joins clauses */
    CLASS_DASH,    /* joins words, or breaks off at an end */
    CLASS_DIVIDER, /* stands between entries of a list */
    CLASS_STAR,
    CLASS_OPEN,  /* opens a bracketed group */
    CLASS_CLOSE, /* closes one */
    CLASS_QUOTE, /* quotation marks and round brackets */
    CLASS_MARK   /* any other sign */
};

static enum char_class ascii_class(uint32_t c)
{
    if (is_alpha((char)c))
        return CLASS_LETTER;
    if (is_digit((char)c))
        return CLASS_DIGIT;
    if (is_space((char)c))
        return CLASS_BLANK;
    switch (c) {
    case '!':
    case '?':
        return CLASS_STOP;
    case '.':
        return CLASS_DOT;
    case ',':
    case ';':
    case ':':
        return CLASS_COMMA;
    case '-':
        return CLASS_DASH;
    case '|':
    case '/':
    case '>':
    case '<':
    case '\\':
        return CLASS_DIVIDER;
    case '*':
    case '~':
        return CLASS_STAR;
    case '[':
        return CLASS_OPEN;
    case ']':
        return CLASS_CLOSE;
    case '"':
    case '\'':
    case '(':
    case ')':
        return CLASS_QUOTE;
    default:
        return CLASS_MARK;
    }
}

struct char_row {
    uint32_t first, last;
    enum char_class class;
};

/* Marks beyond ASCII, sorted; what lies in no row is a letter. */
static const struct char_row rows[] = {
    {0x80, 0xA0, CLASS_BLANK},       {0xA1, 0xA6, CLASS_MARK},
    {0xA7, 0xA9, CLASS_MARK},        {0xAB, 0xAB, CLASS_QUOTE},
    {0xAC, 0xB4, CLASS_MARK},        {0xB6, 0xB6, CLASS_MARK},
    {0xB7, 0xB7, CLASS_DIVIDER},     {0xBB, 0xBB, CLASS_QUOTE},
    {0xBC, 0xBF, CLASS_MARK},        {0xD7, 0xD7, CLASS_MARK},
    {0x37E, 0x37E, CLASS_STOP},      {0x589, 0x589, CLASS_STOP},
    {0x60C, 0x60C, CLASS_COMMA},     {0x61B, 0x61B, CLASS_COMMA},
    {0x61F, 0x61F, CLASS_STOP},      {0x660, 0x669, CLASS_DIGIT},
    {0x6D4, 0x6D4, CLASS_STOP},      {0x6F0, 0x6F9, CLASS_DIGIT},
    {0x964, 0x965, CLASS_STOP},      {0x104A, 0x104B, CLASS_STOP},
    {0x1362, 0x1362, CLASS_STOP},    {0x17D4, 0x17D5, CLASS_STOP},
    {0x2000, 0x200F, CLASS_BLANK},   {0x2010, 0x2013, CLASS_DASH},
    {0x2014, 0x2015, CLASS_DASH},    {0x2016, 0x2017, CLASS_DIVIDER},
    {0x2018, 0x201F, CLASS_QUOTE},   {0x2020, 0x2021, CLASS_MARK},
    {0x2022, 0x2023, CLASS_DIVIDER}, {0x2024, 0x2025, CLASS_MARK},
    {0x2026, 0x2026, CLASS_STOP},    {0x2027, 0x2027, CLASS_DIVIDER},
    {0x2028, 0x202F, CLASS_BLANK},   {0x2030, 0x2038, CLASS_MARK},
    {0x2039, 0x203A, CLASS_QUOTE},   {0x203B, 0x203B, CLASS_STAR},
    {0x203C, 0x203D, CLASS_STOP},    {0x203E, 0x205E, CLASS_MARK},
    {0x205F, 0x206F, CLASS_BLANK},   {0x2070, 0x218F, CLASS_MARK},
    {0x2190, 0x21FF, CLASS_STAR},    {0x2200, 0x22EE, CLASS_MARK},
    {0x22EF, 0x22EF, CLASS_STOP},    {0x22F0, 0x2439, CLASS_MARK},
    {0x2440, 0x24FF, CLASS_MARK},    {0x2500, 0x257F, CLASS_DIVIDER},
    {0x2580, 0x27BF, CLASS_STAR},    {0x27C0, 0x2AFF, CLASS_MARK},
    {0x2B00, 0x2BFF, CLASS_STAR},    {0x3000, 0x3000, CLASS_BLANK},
    {0x3001, 0x3001, CLASS_COMMA},   {0x3002, 0x3002, CLASS_STOP},
    {0x3003, 0x3004, CLASS_MARK},    {0x3008, 0x3008, CLASS_OPEN},
    {0x3009, 0x3009, CLASS_CLOSE},   {0x300A, 0x300A, CLASS_OPEN},
    {0x300B, 0x300B, CLASS_CLOSE},   {0x300C, 0x300F, CLASS_QUOTE},
    {0x3010, 0x3010, CLASS_OPEN},    {0x3011, 0x3011, CLASS_CLOSE},
    {0x3012, 0x3013, CLASS_MARK},    {0x3014, 0x3014, CLASS_OPEN},
    {0x3015, 0x3015, CLASS_CLOSE},   {0x3016, 0x3016, CLASS_OPEN},
    {0x3017, 0x3017, CLASS_CLOSE},   {0x3018, 0x3020, CLASS_MARK},
    {0x3030, 0x3030, CLASS_DASH},    {0x30FB, 0x30FB, CLASS_DIVIDER},
    {0xFE10, 0xFE14, CLASS_COMMA},   {0xFE15, 0xFE19, CLASS_STOP},
    {0xFE30, 0xFE6F, CLASS_MARK},    {0xFEFF, 0xFEFF, CLASS_BLANK},
    {0xFF01, 0xFF01, CLASS_STOP},    {0xFF02, 0xFF02, CLASS_QUOTE},
    {0xFF03, 0xFF06, CLASS_MARK},    {0xFF07, 0xFF09, CLASS_QUOTE},
    {0xFF0A, 0xFF0B, CLASS_STAR},    {0xFF0C, 0xFF0C, CLASS_COMMA},
    {0xFF0D, 0xFF0D, CLASS_DASH},    {0xFF0E, 0xFF0E, CLASS_STOP},
    {0xFF0F, 0xFF0F, CLASS_DIVIDER}, {0xFF10, 0xFF19, CLASS_DIGIT},
    {0xFF1A, 0xFF1B, CLASS_COMMA},   {0xFF1C, 0xFF1E, CLASS_DIVIDER},
    {0xFF1F, 0xFF1F, CLASS_STOP},    {0xFF20, 0xFF20, CLASS_MARK},
    {0xFF3B, 0xFF3B, CLASS_OPEN},    {0xFF3C, 0xFF3C, CLASS_DIVIDER},
    {0xFF3D, 0xFF3D, CLASS_CLOSE},   {0xFF3E, 0xFF40, CLASS_MARK},
    {0xFF5B, 0xFF5B, CLASS_OPEN},    {0xFF5C, 0xFF5C, CLASS_DIVIDER},
    {0xFF5D, 0xFF5D, CLASS_CLOSE},   {0xFF5E, 0xFF5E, CLASS_DASH},
    {0xFF5F, 0xFF60, CLASS_QUOTE},   {0xFF61, 0xFF61, CLASS_STOP},
    {0xFF62, 0xFF63, CLASS_QUOTE},   {0xFF64, 0xFF64, CLASS_COMMA},
    {0xFF65, 0xFF65, CLASS_DIVIDER}, {0xFFE0, 0xFFFF, CLASS_MARK},
    {0x1F000, 0x1FAFF, CLASS_STAR},
};

static enum char_class class_of(uint32_t c)
{
    size_t low = 0, high = sizeof rows / sizeof rows[0];

    if (c < 0x80)
        return ascii_class(c);
    if (is_cjk(c))
        return CLASS_CJK;
    while (low < high) {
        size_t middle = (low + high) / 2;

        if (c > rows[middle].last)
            low = middle + 1;
        else if (c < rows[middle].first)
            high = middle;
        else
            return rows[middle].class;
    }
    return CLASS_LETTER;
}

/* A full stop ends a sentence unless a word or number goes on behind it. */
static bool dot_ends(struct str text, size_t behind)
{
    size_t i = behind;
    uint32_t c;

    if (i >= text.n)
        return true;
    c = utf8_next(text, &i);
    switch (class_of(c)) {
    case CLASS_LETTER:
    case CLASS_DIGIT:
    case CLASS_DOT:
    case CLASS_MARK:
        return false;
    default:
        return true;
    }
}

/* The last mark before closing quotes and brackets decides. */
static enum end_mark end_of(enum char_class last)
{
    switch (last) {
    case CLASS_STOP:
    case CLASS_DOT:
        return END_SENTENCE;
    case CLASS_COMMA:
    case CLASS_DASH:
        return END_CONTINUES;
    default:
        return END_OPEN;
    }
}

void text_shape(struct str text, struct text_shape *out)
{
    struct text_shape s = {0};
    enum char_class before = CLASS_BLANK, last = CLASS_LETTER;
    uint32_t number = 0, open_at = 0, star = 0, c = 0;
    bool in_word = false, is_open = false, gap = false;

    for (size_t i = 0; i < text.n;) {
        enum char_class class;
        size_t from = i;

        /* ASCII letters are most of most texts. */
        for (; i < text.n && is_alpha(text.p[i]); i++)
            s.upper += text.p[i] <= 'Z';
        if (i > from) {
            s.chars += (uint32_t)(i - from);
            s.letters += (uint32_t)(i - from);
            s.words += !in_word;
            in_word = true;
            gap = false;
            number = 0;
            last = before = CLASS_LETTER;
            c = (unsigned char)text.p[i - 1];
            continue;
        }
        c = utf8_next(text, &i);
        class = class_of(c);
        s.chars++;
        if (class == CLASS_DIGIT) {
            s.digits++;
            if (++number > s.longest_number)
                s.longest_number = number;
        } else {
            number = 0;
        }
        switch (class) {
        case CLASS_LETTER:
            s.letters++;
            break;
        case CLASS_CJK:
            s.letters++;
            s.cjk++;
            s.words++;
            s.cjk_gaps += gap;
            break;
        case CLASS_STOP:
            s.sentences += before != CLASS_STOP;
            break;
        case CLASS_DOT:
            s.sentences += dot_ends(text, i);
            break;
        case CLASS_COMMA:
            s.commas++;
            break;
        case CLASS_DIVIDER:
            s.dividers++;
            break;
        case CLASS_STAR:
            star = s.chars == 1 ? c : star;
            s.stars++;
            break;
        case CLASS_OPEN:
            if (!is_open) {
                is_open = true;
                open_at = s.chars;
            }
            break;
        case CLASS_CLOSE:
            if (is_open) {
                s.groups++;
                s.bracketed += s.chars - open_at + 1;
                is_open = false;
            }
            break;
        case CLASS_QUOTE:
            if (s.chars == 1)
                s.opens_quote = true;
            break;
        default:
            break;
        }
        gap = class == CLASS_BLANK && before == CLASS_CJK;
        if (class == CLASS_LETTER || class == CLASS_DIGIT) {
            s.words += !in_word;
            in_word = true;
        } else if (class != CLASS_QUOTE || c == '(' || c == ')') {
            in_word = false;
        }
        if (class != CLASS_QUOTE && class != CLASS_CLOSE &&
            class != CLASS_BLANK)
            last = class;
        before = class;
    }
    s.end = (uint8_t)end_of(last);
    /* An ornament at both ends is a pair of brackets. */
    if (star != 0 && c == star && s.letters > 0 && s.sentences == 0) {
        s.groups++;
        s.bracketed = s.chars;
    }
    *out = s;
}

uint32_t shape_weight(const struct text_shape *s)
{
    return s->chars + s->cjk + s->cjk / 2;
}

uint32_t text_weight(struct str text)
{
    struct text_shape shape;

    text_shape(text, &shape);
    return shape_weight(&shape);
}

bool shape_is_prose(const struct text_shape *s)
{
    uint32_t weight = shape_weight(s);

    if (s->bracketed * 2 > s->chars || s->letters * 2 < s->chars)
        return false;
    if (weight >= 60 && s->sentences > 0 && s->end == END_SENTENCE)
        return true;
    return weight >= 90 && s->sentences + s->commas >= 2 &&
           s->dividers + s->stars <= 3 + s->words / 12;
}

bool shape_is_salad(const struct text_shape *s)
{
    uint32_t joints = s->cjk_gaps + s->dividers + s->stars;

    /* Commas of alphabets are in clauses too. */
    if (s->cjk * 2 >= s->letters)
        joints += s->commas;
    return s->sentences == 0 && s->end == END_OPEN && joints >= 3 &&
           joints * 80 >= shape_weight(s);
}

bool shape_is_bracketed(const struct text_shape *s)
{
    uint32_t inside = s->bracketed + s->stars;

    return s->groups > 0 && inside * 5 >= (s->chars - s->cjk_gaps) * 4;
}

bool shape_is_title(const struct text_shape *s)
{
    uint32_t weight = shape_weight(s);

    return weight >= 5 && weight <= 250 && s->letters > 0 &&
           s->end != END_CONTINUES && s->sentences <= 3;
}

bool stretch_next(struct str text, size_t *at, struct str *out)
{
    size_t from = *at, i = *at;

    if (i >= text.n)
        return false;
    while (i < text.n && text.p[i] != '.' && text.p[i] != '?' &&
           text.p[i] != '!' &&
           !(text.p[i] == (char)0xE3 && i + 2 < text.n &&
             text.p[i + 1] == (char)0x80 && text.p[i + 2] == (char)0x82))
        i++;
    *out = str_trim(str_slice(text, from, i));
    *at = i + 1;
    return true;
}

bool sentence_next(struct str text, size_t *at, struct str *out)
{
    size_t from = *at, i = *at;

    if (i >= text.n)
        return false;
    while (i < text.n) {
        uint32_t c = utf8_next(text, &i);

        if (c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == '!' || c == '?' ||
            (c == '.' &&
             (i >= text.n || is_space(text.p[i]) || text.p[i] == ',')))
            break;
    }
    *at = i;
    *out = str_trim_wide(str_slice(text, from, i));
    return true;
}
