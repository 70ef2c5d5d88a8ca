/*
 * What sites add to a title, and taking it off.  A title is cut at bars,
 * underscores and dashes between blanks.  Parts that are the site's name go, and so
 * do parts behind the one that a heading confirms; lists of keywords ("a_b_c_site")
 * keep their first part.  In front may stand the site, a date and a label.
 */
#include "extract/page_title_clean.h"

#include "base/utf8.h"
#include "extract/page_baits.h"
#include "extract/page_date.h"
#include "extract/page_labels.h"
#include "extract/page_meta.h"
#include "extract/page_title.h"
#include "text/fold.h"
#include "text/url.h"

#define SITE_MAX_CHARS   30
#define PREFIX_MAX_BYTES 90
#define PREFIX_WORD      4 /* characters */
#define NAME_MIN_CHARS   3 /* of a site, told by its characters only */
#define TITLE_MIN_CHARS  4
#define HAN_SITE_CHARS   14
#define HAN_COLUMN_CHARS 6

/* Bytes of a divider at AT, 0 if none.  A hyphen needs blanks, for words and
 * numbers have them too. */
static size_t divider_at(struct str s, size_t at)
{
    size_t next = at;
    uint32_t c = utf8_next(s, &next);
    bool blank_before = at > 0 && s.p[at - 1] == ' ';
    bool blank_after = next < s.n && s.p[next] == ' ';

    switch (c) {
    case '|':
    case '_':
    case 0xFF5C: /* ｜ */
    case 0x4E28: /* 丨 */
    case 0x2503:
    case 0x2502:
        return next - at;
    case 0xBB: /* » */
    case 0xAB: /* «; without blanks they are quotation marks */
    case '-':
    case 0x2013: /* – */
    case 0x2014: /* — */
    case 0x2022: /* • */
    case 0xB7:   /* · */
    case '/':
    case '>':
    case '<':
    case '~':
    case 0x2190:
        return blank_before && blank_after ? next - at : 0;
    case ':':
        return blank_before && blank_after ? next - at : 0;
    default:
        return 0;
    }
}

void title_cut(struct str s, struct segments *out)
{
    size_t from = 0;

    out->n = 0;
    for (size_t i = 0; i < s.n && out->n + 1 < SEGMENTS_MAX;) {
        size_t width = divider_at(s, i);

        if (width > 0) {
            struct str part = str_trim_wide(str_slice(s, from, i));

            if (part.n > 0)
                out->at[out->n++] = part;
            i += width;
            from = i;
        } else {
            (void)utf8_next(s, &i);
        }
    }
    s = str_trim_wide(str_from(s, from));
    if (s.n > 0)
        out->at[out->n++] = s;
}

static struct str join_segments(const struct segments *g, size_t from,
                                size_t to)
{
    const char *p = g->at[from].p;

    return str_of(p, (size_t)(g->at[to - 1].p + g->at[to - 1].n - p));
}

struct str title_letters(struct page_context *ctx, struct str s)
{
    return fold_letters(ctx->a, utf8_clip_chars(s, TITLE_MAX_CHARS));
}

bool title_has_part(struct page_context *ctx, struct str line)
{
    struct str key = title_letters(ctx, line);
    struct segments g;

    title_cut(ctx->meta->title, &g);
    for (size_t i = 0; i < g.n; i++)
        if (str_eq(title_letters(ctx, g.at[i]), key))
            return true;
    return false;
}

bool title_keys_agree(struct str a, struct str b)
{
    struct str shorter = a.n < b.n ? a : b, longer = a.n < b.n ? b : a;

    return shorter.n >= 4 && shorter.n * 5 >= longer.n * 2 &&
           str_has(longer, shorter);
}

/* "example.org" on example.org, with or without its "www.". */
static bool is_host(struct page_context *ctx, struct str segment)
{
    struct url url;
    struct str host;

    if (str_find_char(segment, '.', 0) == STR_NOT_FOUND ||
        !url_parse(ctx->a, ctx->hints->url, STR_NONE, &url))
        return false;
    host = url.host;
    if (str_starts(host, STR("www.")))
        host = str_from(host, 4);
    if (str_starts_nocase(segment, STR("www.")))
        segment = str_from(segment, 4);
    return str_eq_nocase(segment, host);
}

bool title_is_site(struct page_context *ctx, struct str segment)
{
    struct str site = title_letters(ctx, ctx->meta->site_name);
    struct str key = title_letters(ctx, segment);

    if (key.n == 0 || is_host(ctx, segment))
        return true;
    if (site.n == 0)
        return false;
    return str_eq(key, site) ||
           (key.n >= 4 && str_has(site, key) && key.n * 2 > site.n) ||
           (site.n >= 4 && str_has(key, site) && key.n < site.n * 3);
}

/* In front of a title only the whole name is one: on "recipes24.example" a title
 * may begin "Recipes – ". */
static bool is_leading_site(struct page_context *ctx, struct str segment)
{
    struct str site = title_letters(ctx, ctx->meta->site_name);
    struct str key = title_letters(ctx, segment);

    return title_is_site(ctx, segment) &&
           !(key.n < site.n && str_starts(site, key));
}

struct prefix {
    size_t end;
    bool site, date, label, mark;
};

static bool is_prefix_mark(uint32_t c)
{
    return c == ':' || c == 0xFF1A || c == '|' || c == 0xFF5C || c == 0x4E28 ||
           c == ']' || c == ')' || c == 0x3011 || c == 0xFF09;
}

static bool is_prefix_opener(uint32_t c)
{
    return c == '[' || c == '(' || c == 0x3010 || c == 0xFF08;
}

/* The bytes of a word of few characters with a colon behind it, 0 without one:
 * "讯：" behind the site's name and a date. */
static size_t word_before_colon(struct str s)
{
    for (size_t i = 0, chars = 0; i < s.n && chars <= PREFIX_WORD; chars++) {
        uint32_t c = utf8_next(s, &i);

        if (c == ':' || c == 0xFF1A)
            return chars > 0 ? i : 0;
        if (!is_cjk(c))
            return 0;
    }
    return 0;
}

/* Takes the next thing that may stand before a title; false at its begin. */
static bool prefix_part(struct page_context *ctx, struct str line,
                        struct prefix *p)
{
    struct when_hints hints = page_when_hints(ctx);
    struct str rest = str_from(line, p->end), site = ctx->meta->site_name;
    struct label_hit hit;
    struct when w;
    size_t next = 0, n;
    uint32_t c;

    if (rest.n == 0)
        return false;
    c = utf8_next(rest, &next);
    if (site.n > 0 && !p->site && str_starts(rest, site)) {
        p->site = true;
        p->end += site.n;
    } else if (!p->date &&
               when_begins(utf8_clip(rest, PREFIX_MAX_BYTES), &hints, &w, &n)) {
        p->date = true;
        p->end += n;
    } else if (label_at(ctx->meta->labels, line, p->end, EDGE_START, &hit) &&
               hit.field >= LABEL_PUBLISHED && hit.field <= LABEL_DATE) {
        p->label = true;
        p->mark = p->mark || hit.has_separator;
        p->end = hit.end;
    } else if (is_blank(c) || is_prefix_mark(c)) {
        p->mark = p->mark || !is_blank(c);
        p->end += next;
    } else if (is_prefix_opener(c) && !p->site && !p->date) {
        p->end += next;
    } else if (p->site && p->date && !p->mark && word_before_colon(rest) > 0) {
        p->mark = p->label = true;
        p->end += word_before_colon(rest);
    } else {
        return false;
    }
    return true;
}

/* A name we do not know, date, label and mark: "Some Site 2024-11-14发布：". */
static size_t unknown_prefix_end(struct page_context *ctx, struct str line)
{
    struct when_hints hints = page_when_hints(ctx);
    struct label_hit hit;
    struct when w;
    size_t at, n, end;

    if (!when_find(utf8_clip(line, PREFIX_MAX_BYTES), &hints, &w, &at, &n))
        return 0;
    end = at + n;
    while (end < line.n && line.p[end] == ' ')
        end++;
    if (end >= line.n || utf8_chars(str_slice(line, 0, at)) > SITE_MAX_CHARS)
        return 0;
    if (label_at(ctx->meta->labels, line, end, EDGE_START, &hit) &&
        hit.has_separator && hit.field >= LABEL_PUBLISHED &&
        hit.field <= LABEL_DATE)
        return hit.end;
    /* The title element ends with the name. */
    if (at > 0 &&
        str_ends(ctx->meta->title, str_trim_wide(str_slice(line, 0, at))))
        n = word_before_colon(str_from(line, end));
    else
        n = 0;
    return n > 0 ? end + n : 0;
}

size_t title_prefix_end(struct page_context *ctx, struct str line)
{
    struct prefix p = {.end = 0};

    for (int parts = 0; parts < 12 && prefix_part(ctx, line, &p); parts++)
        ;
    if (p.mark && p.end < line.n &&
        ((p.date && (p.label || p.site)) || (p.site && !p.date)))
        return p.end;
    return unknown_prefix_end(ctx, line);
}

/* Marks that part a site's name from a title. */
static bool is_name_mark(uint32_t c)
{
    switch (c) {
    case '-':
    case '_':
    case '|':
    case ':':
    case '/':
    case '[':
    case ']':
    case '(':
    case ')':
    case 0xB7:   /* · */
    case 0x2013: /* – */
    case 0x2014: /* — */
    case 0x2022: /* • */
    case 0x2502: /* │ */
    case 0x2503: /* ┃ */
    case 0x3010: /* 【 */
    case 0x3011: /* 】 */
    case 0xFF08: /* （ */
    case 0xFF09: /* ） */
    case 0xFF1A: /* ： */
    case 0xFF5C: /* ｜ */
        return true;
    default:
        return false;
    }
}

static bool is_bar(uint32_t c)
{
    return c == '-' || c == '_' || c == '|' || c == 0x2013 || c == 0x2014 ||
           c == 0xFF5C;
}

bool title_is_half(struct str title)
{
    struct str s = str_trim_wide(title);

    if (s.n == 0)
        return false;
    return is_bar(utf8_next(s, &(size_t){0})) ||
           is_bar(utf8_prev(s, &(size_t){s.n})) ||
           (str_starts(s, STR("::")) && str_ends(s, STR("::")));
}

static bool is_closing(uint32_t c)
{
    return c == ']' || c == ')' || c == 0x3011 || c == 0xFF09;
}

/* S without what IS_MARK calls a mark, and blanks, at its end. */
static struct str without_end(struct str s, bool (*is_mark)(uint32_t))
{
    for (size_t i = s.n; i > 0; s.n = i) {
        uint32_t c = utf8_prev(s, &i);

        if (!is_mark(c) && !is_blank(c))
            break;
    }
    return s;
}

static bool is_unspaced_name(struct str name)
{
    size_t chars = utf8_chars(name);

    return chars >= NAME_MIN_CHARS && chars <= SITE_MAX_CHARS &&
           is_cjk(utf8_next(name, &(size_t){0})) &&
           is_cjk(utf8_prev(name, &(size_t){name.n}));
}

size_t title_before_name(struct str title, struct str name)
{
    struct str whole = without_end(title, is_closing), before;

    if (!is_unspaced_name(name) || !str_ends(whole, name))
        return title.n;
    whole.n -= name.n;
    before = without_end(whole, is_name_mark);
    return before.n < whole.n && utf8_chars(before) >= TITLE_MIN_CHARS
               ? before.n
               : title.n;
}

size_t title_after_name(struct str title, struct str name)
{
    size_t at = 0, end;
    bool has_mark = false;

    if (title.n == 0 || !is_unspaced_name(name))
        return 0;
    if (is_prefix_opener(utf8_next(title, &at)))
        title = str_from(title, at);
    else
        at = 0;
    if (!str_starts(title, name))
        return 0;
    for (end = name.n; end < title.n;) {
        size_t next = end;
        uint32_t c = utf8_next(title, &next);

        if (!is_name_mark(c) && !is_blank(c))
            break;
        has_mark |= is_name_mark(c);
        end = next;
    }
    return has_mark && utf8_chars(str_from(title, end)) >= TITLE_MIN_CHARS
               ? at + end
               : 0;
}

struct str title_clean(struct page_context *ctx, struct str s)
{
    struct str site = ctx->meta->site_name;
    struct segments g;
    size_t from = 0, to;

    s = baits_off(ctx, str_trim_wide(s));
    s = str_trim_wide(str_from(s, title_prefix_end(ctx, s)));
    s = str_from(s, title_after_name(s, site));
    s = str_slice(s, 0, title_before_name(s, site));
    title_cut(s, &g);
    if (g.n <= 1)
        return s;
    to = g.n;
    while (to > from + 1 && title_is_site(ctx, g.at[to - 1]))
        to--;
    while (from + 1 < to && is_leading_site(ctx, g.at[from]))
        from++;
    return join_segments(&g, from, to);
}

/* "标题-某网": Han titles seldom have a hyphen of their own near the end.  Gives S
 * if it has none, or one before more than MAX_CHARS. */
static struct str without_han_part(struct str s, size_t max_chars)
{
    size_t hyphen = str_find_last(s, '-');
    struct str head, tail;

    if (hyphen == STR_NOT_FOUND)
        return s;
    head = str_trim_wide(str_slice(s, 0, hyphen));
    tail = str_trim_wide(str_from(s, hyphen + 1));
    while (head.n > 0 && head.p[head.n - 1] == '-')
        head.n--;
    if (tail.n == 0 || utf8_chars(tail) > max_chars || utf8_chars(head) < 8 ||
        is_digit(tail.p[0]) || !is_cjk(utf8_next(head, &(size_t){0})))
        return s;
    return head;
}

/* "标题-栏目-某网": the site, and in front of it the shorter names of columns. */
static struct str without_han_site(struct str s)
{
    struct str less = without_han_part(s, HAN_SITE_CHARS);

    while (less.n < s.n) {
        s = less;
        less = without_han_part(s, HAN_COLUMN_CHARS);
    }
    return s;
}

/* How names of sites end in scripts without blanks. */
static const struct str site_ends[] = {
    STR_INIT("网"),           STR_INIT("网站"),         STR_INIT("论坛"),
    STR_INIT("日报"),         STR_INIT("晚报"),         STR_INIT("晨报"),
    STR_INIT("網"),           STR_INIT("網站"),         STR_INIT("論壇"),
    STR_INIT("新聞網"),       STR_INIT("新聞"),         STR_INIT("ニュース"),
    STR_INIT("デジタル"),     STR_INIT("オンライン"),   STR_INIT("公式サイト"),
    STR_INIT("ウェブサイト"), STR_INIT("ホームページ"), STR_INIT("일보"),
    STR_INIT("신문"),         STR_INIT("뉴스"),         STR_INIT("방송"),
    STR_INIT("홈페이지"),     STR_INIT("닷컴"),
};

/* True if the last part of a title is the name of a site, or of the program that
 * made the page, by its words. */
static bool is_site_by_words(struct str part)
{
    if (str_starts_nocase(part, STR("powered by ")))
        return true;
    if (utf8_chars(part) > SITE_MAX_CHARS)
        return false;
    for (size_t i = 0; i < sizeof site_ends / sizeof site_ends[0]; i++)
        if (part.n > site_ends[i].n && str_ends(part, site_ends[i]))
            return true;
    return false;
}

/* True if a block of the page says KEY and nothing else: the name of a column in
 * the path of links, in the menu, above the text. */
static bool is_named_alone(struct page_context *ctx, struct str key)
{
    for (size_t i = 0; i < ctx->blocks.n; i++) {
        const struct block *b = &ctx->blocks.at[i];

        if (b->chars <= SITE_MAX_CHARS &&
            str_eq(title_letters(ctx, b->text), key))
            return true;
    }
    return false;
}

/* True if an angle stands before PART of WHOLE: "title > board". */
static bool is_step_before(struct str whole, struct str part)
{
    size_t i = (size_t)(part.p - whole.p);
    uint32_t c = ' ';

    while (i > 0 && is_blank(c))
        c = utf8_prev(whole, &i);
    return c == '<' || c == '>' || c == 0xBB || c == 0xAB;
}

struct str title_without_board(struct page_context *ctx, struct str s)
{
    struct segments g;
    size_t to;

    title_cut(s, &g);
    for (to = g.n; to > 1 && is_step_before(s, g.at[to - 1]); to--)
        if (!is_named_alone(ctx, title_letters(ctx, g.at[to - 1])))
            break;
    return to > 0 && to < g.n ? join_segments(&g, 0, to) : s;
}

struct str title_with_head(struct page_context *ctx, struct str line)
{
    struct str title = title_bare(ctx, ctx->meta->title), head, whole;

    if (!str_ends(title, line) || title.n == line.n)
        return line;
    whole = str_slice(title, 0, title.n - line.n);
    head = without_end(whole, is_name_mark);
    return head.n > 0 && head.n < whole.n &&
                   utf8_chars(head) <= SITE_MAX_CHARS / 2 &&
                   is_cjk(utf8_next(head, &(size_t){0})) &&
                   !is_named_alone(ctx, title_letters(ctx, head))
               ? title
               : line;
}

static bool is_bar_before(struct str whole, struct str part)
{
    const char *p = part.p;

    while (p > whole.p && p[-1] == ' ')
        p--;
    return p > whole.p && p[-1] == '|';
}

struct str title_bare(struct page_context *ctx, struct str s)
{
    struct segments g;
    size_t to;

    s = without_end(title_clean(ctx, s), is_bar);
    title_cut(s, &g);
    to = g.n;
    while (to > 1 && is_site_by_words(g.at[to - 1]))
        to--;
    /* Han titles have no underscore of their own. */
    if ((to > 1 && str_has(s, STR("_")) &&
         is_cjk(utf8_next(s, &(size_t){0}))) ||
        (to > 3 && (str_has(s, STR("_")) || str_has(s, STR("|")))))
        to = 1;
    /* A bar divides the title from the site, hardly ever a title in two. */
    if (to == 2 && is_bar_before(s, g.at[1]) && utf8_chars(g.at[0]) >= 12)
        to = 1;
    while (to > 1 && utf8_chars(g.at[to - 1]) * 2 <=
                         utf8_chars(join_segments(&g, 0, to - 1)))
        to--;
    return without_han_site(to > 0 && to < g.n ? join_segments(&g, 0, to) : s);
}
