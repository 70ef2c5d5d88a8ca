/*
 * An address is read as a stem and a page number, in every way it allows:
 *
 *   /a_2.html /a-2.html /a,2.html /a/2 /a/2.html      stem /a
 *   /a/page/2 /a/page-2 /a/p2 /a?page=2                the same, and said so
 *
 * and as a stem alone.  Endings (.html), "index" and slashes at the end do not
 * count.  Two addresses belong together when stem and way are the same.
 */
#include "extract/page_number.h"

#include "base/arena.h"
#include "text/url.h"

#define READINGS_MAX 6
#define MOST_PAGES   99 /* greater numbers are something else */

struct reading {
    struct str stem;
    int number; /* 0: the address without one */
    char way;   /* what stands before the number; 0 without one */
    bool is_said;
};

struct readings {
    struct reading at[READINGS_MAX];
    size_t n;
};

static const struct str page_params[] = {
    STR_INIT("page"),    STR_INIT("p"),       STR_INIT("pg"),
    STR_INIT("pn"),      STR_INIT("paged"),   STR_INIT("pageno"),
    STR_INIT("page_no"), STR_INIT("pagenum"), STR_INIT("currentpage"),
    STR_INIT("seite"),   STR_INIT("pagina"),
};

static const struct str page_words[] = {
    STR_INIT("page"),  STR_INIT("p"),      STR_INIT("pg"),
    STR_INIT("seite"), STR_INIT("pagina"), STR_INIT("pageno"),
};

static void add(struct readings *r, struct str stem, int number, char way,
                bool is_said)
{
    if (r->n < READINGS_MAX)
        r->at[r->n++] = (struct reading){stem, number, way, is_said};
}

/* The number S is from beginning to end, 0 if it is none of a page. */
static int whole_number(struct str s)
{
    int64_t n;

    if (s.n == 0 || s.n > 2 || !is_digit(s.p[0]) || !str_to_i64(s, &n) ||
        n < 1 || n > MOST_PAGES)
        return 0;
    return (int)n;
}

static struct str without_end(struct str s, struct str end)
{
    return str_ends_nocase(s, end) ? str_slice(s, 0, s.n - end.n) : s;
}

/* A path without slash, ending and index file at its end. */
static struct str bare_path(struct str path)
{
    static const struct str endings[] = {STR_INIT(".html"),  STR_INIT(".htm"),
                                         STR_INIT(".shtml"), STR_INIT(".php"),
                                         STR_INIT(".aspx"),  STR_INIT(".jsp")};

    while (str_ends(path, STR("/")))
        path.n--;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        path = without_end(path, endings[i]);
    return path;
}

static struct str without_index(struct str path)
{
    path = without_end(path, STR("/index"));
    while (str_ends(path, STR("/")))
        path.n--;
    return path;
}

static bool is_word_of(struct str s, const struct str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq_nocase(s, words[i]))
            return true;
    return false;
}

static bool is_page_word(struct str s)
{
    return is_word_of(s, page_words, sizeof page_words / sizeof page_words[0]);
}

/* "/a/page/2", "/a/page-2", "/a/p2", "/a/2", "/a_2": what stands before the
 * digits at the end says which. */
static void read_path(struct arena *a, struct str host, struct str path,
                      struct str query, struct readings *out)
{
    size_t digits = path.n, slash;
    struct str before, last;
    int number;
    char way;

    while (digits > 0 && is_digit(path.p[digits - 1]))
        digits--;
    number = whole_number(str_from(path, digits));
    if (number == 0 || digits == 0)
        return;
    way = path.p[digits - 1];
    slash = str_find_last(str_slice(path, 0, digits), '/');
    last = str_slice(path, slash + 1, digits);
    if (last.n > 1 && (way == '-' || way == '_'))
        last.n--;
    if (is_page_word(last)) {
        before = str_slice(path, 0, slash);
        add(out, arena_cat(a, host, without_index(before), query), number, 'p',
            true);
        return;
    }
    if (way != '/' && way != '_' && way != '-' && way != ',')
        return;
    before = str_slice(path, 0, digits - 1);
    slash = str_find_last(before, '/');
    if (way == '/' && slash != STR_NOT_FOUND &&
        is_page_word(str_from(before, slash + 1)))
        add(out, arena_cat(a, host, str_slice(before, 0, slash), query), number,
            'p', true);
    else
        add(out, arena_cat(a, host, without_index(before), query), number, way,
            false);
}

/* The query without the parameter that holds a page number, which goes to
 * *NUMBER. */
static struct str read_query(struct arena *a, struct str query, int *number)
{
    struct str rest = query, part, left = STR_NONE;

    *number = 0;
    while (str_split(&rest, '&', &part)) {
        size_t equals = str_find_char(part, '=', 0);

        if (equals != STR_NOT_FOUND && *number == 0 &&
            is_word_of(str_slice(part, 0, equals), page_params,
                       sizeof page_params / sizeof page_params[0]) &&
            (*number = whole_number(str_from(part, equals + 1))) != 0)
            continue;
        if (part.n > 0)
            left = arena_cat(a, left, STR("&"), part);
    }
    return left;
}

static bool read_address(struct arena *a, struct str address,
                         struct readings *out)
{
    struct str host, path, query;
    struct url u;
    int number;

    out->n = 0;
    if (!url_parse(a, address, STR_NONE, &u) || !u.has_host)
        return false;
    host = str_starts(u.host, STR("www.")) ? str_from(u.host, 4) : u.host;
    path = bare_path(u.path);
    query = read_query(a, u.query, &number);
    /* A blog's "/?p=5" names an entry, not a page. */
    if (number > 0 && without_index(path).n > 0)
        add(out, arena_cat(a, host, without_index(path), query), number, '?',
            true);
    query = u.query.n > 0 ? arena_cat(a, STR("&"), u.query) : STR_NONE;
    /* A home page's second page is no article's. */
    if (without_index(path).n > 0)
        add(out, arena_cat(a, host, without_index(path), query), 0, 0, false);
    read_path(a, host, path, query, out);
    return true;
}

bool page_follows(struct arena *a, struct str base, struct str next,
                  struct page_step *step)
{
    struct readings from, to;

    if (!read_address(a, base, &from) || !read_address(a, next, &to))
        return false;
    for (size_t i = 0; i < from.n; i++)
        for (size_t k = 0; k < to.n; k++) {
            const struct reading *x = &from.at[i], *y = &to.at[k];

            if (y->number == 0 || !str_eq(x->stem, y->stem))
                continue;
            if (x->number == 0 ? y->number > 2
                               : x->way != y->way || y->number != x->number + 1)
                continue;
            *step = (struct page_step){x->number, y->number, y->is_said};
            return true;
        }
    return false;
}

bool page_is_first(struct arena *a, struct str base, struct str first)
{
    struct readings from, to;

    if (!read_address(a, base, &from) || !read_address(a, first, &to))
        return false;
    for (size_t i = 0; i < from.n; i++)
        for (size_t k = 0; k < to.n; k++)
            if (from.at[i].number > 0 && to.at[k].number <= 1 &&
                str_eq(from.at[i].stem, to.at[k].stem) &&
                (to.at[k].number == 0 || to.at[k].way == from.at[i].way))
                return true;
    return false;
}
