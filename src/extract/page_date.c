/*
 * When an article was first published.  Witnesses, best first:
 *
 *   JSON-LD of an article, meta elements, microdata, JSON-LD of the page,
 *   a labelled line in the head, time elements and lines beside the title, a
 *   labelled line in the tail, a publication date in a script, the address.
 *
 * The first that can be read is taken.  Comments, teasers and prose are no
 * witnesses, nor is anything that says "updated" while something says
 * "published".  When several articles share a page, what the page says of itself
 * is said of none of them.  A year is never completed from the clock.
 */
#include "extract/page_date.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "extract/page_confidence.h"
#include "extract/page_meta.h"
#include "extract/page_title.h"
#include "extract/page_why.h"

#define HEAD_BLOCKS     14 /* looked at between title and body */
#define ABOVE_BLOCKS    3  /* and above the title */
#define TAIL_BLOCKS     12
#define LONG_LINE       120 /* characters: longer lines are prose */
#define CLAIM_MAX       80  /* bytes of a date's element */
#define LAST_BLOCKS     10  /* the page's footer */
#define CLEARLY_EARLIER (36 * 3600)
#define SCRIPT_BYTES    ((size_t)1 << 20)

enum found_place { FOUND_DECLARED, FOUND_CLAIMED, FOUND_HEAD, FOUND_FAR };

struct finding {
    struct page_context *ctx;
    const struct article_span *span;
    struct when_hints hints;
    struct when published, updated;
    enum found_place place, found; /* asked now; that of published */
    const char *from; /* who is asked, for --why; NULL: not to be told */
};

static const struct {
    struct str name;
    float sure;
    bool is_update;
} meta_dates[] = {
    {STR_INIT("article:published_time"), .95F, false},
    {STR_INIT("article:published"), .95F, false},
    {STR_INIT("og:article:published_time"), .95F, false},
    {STR_INIT("datepublished"), .95F, false},
    {STR_INIT("parsely-pub-date"), .95F, false},
    {STR_INIT("sailthru.date"), .95F, false},
    {STR_INIT("cxenseparse:recs:publishtime"), .95F, false},
    {STR_INIT("cxenseparse:publishtime"), .95F, false},
    {STR_INIT("dc.date.issued"), .95F, false},
    {STR_INIT("dcterms.issued"), .95F, false},
    {STR_INIT("dcterms.created"), .9F, false},
    {STR_INIT("dc.date.created"), .9F, false},
    {STR_INIT("citation_publication_date"), .9F, false},
    {STR_INIT("citation_date"), .9F, false},
    {STR_INIT("citation_online_date"), .9F, false},
    {STR_INIT("publishdate"), .9F, false},
    {STR_INIT("publish_date"), .9F, false},
    {STR_INIT("publish-date"), .9F, false},
    {STR_INIT("publishtime"), .9F, false},
    {STR_INIT("publication_date"), .9F, false},
    {STR_INIT("publicationdate"), .9F, false},
    {STR_INIT("published_time"), .9F, false},
    {STR_INIT("published_date"), .9F, false},
    {STR_INIT("published"), .9F, false},
    {STR_INIT("pubdate"), .9F, false},
    {STR_INIT("pub_date"), .9F, false},
    {STR_INIT("og:published_time"), .9F, false},
    {STR_INIT("og:pubdate"), .9F, false},
    {STR_INIT("og:time"), .9F, false},
    {STR_INIT("og:release_date"), .9F, false},
    {STR_INIT("weibo:article:create_at"), .9F, false},
    {STR_INIT("article:create_at"), .9F, false},
    {STR_INIT("article.published"), .9F, false},
    {STR_INIT("article.created"), .9F, false},
    {STR_INIT("article_date_original"), .9F, false},
    {STR_INIT("article_date"), .9F, false},
    {STR_INIT("date.created"), .9F, false},
    {STR_INIT("datecreated"), .9F, false},
    {STR_INIT("created"), .85F, false},
    {STR_INIT("creation_date"), .85F, false},
    {STR_INIT("dc.date"), .9F, false},
    {STR_INIT("dcterms.date"), .85F, false},
    {STR_INIT("dc:date"), .9F, false},
    {STR_INIT("date"), .9F, false},
    {STR_INIT("bt:pubdate"), .9F, false},
    {STR_INIT("cxenseparse:recs:publishtime"), .9F, false},
    {STR_INIT("rnews:datepublished"), .9F, false},
    {STR_INIT("date.available"), .85F, false},
    {STR_INIT("uploaddate"), .8F, false},
    {STR_INIT("dateupdate"), .7F, false},
    {STR_INIT("article:modified_time"), .5F, true},
    {STR_INIT("og:updated_time"), .5F, true},
    {STR_INIT("datemodified"), .5F, true},
    {STR_INIT("weibo:article:update_at"), .5F, true},
    {STR_INIT("last-modified"), .4F, true},
};

/* Names under which scripts keep the date of the article they show. */
static const struct str script_keys[] = {
    STR_INIT("datePublished"),   STR_INIT("publishedAt"),
    STR_INIT("published_at"),    STR_INIT("publishDate"),
    STR_INIT("publish_date"),    STR_INIT("publish_time"),
    STR_INIT("publishTime"),     STR_INIT("publishedDate"),
    STR_INIT("publicationDate"), STR_INIT("pubDate"),
    STR_INIT("pubdate"),         STR_INIT("pubtime"),
    STR_INIT("firstPublished"),  STR_INIT("var ct"),
};

struct when_hints page_when_hints(const struct page_context *ctx)
{
    struct when_hints h = ctx->hints->when;

    if (h.lang.n == 0 && ctx->meta != NULL)
        h.lang = ctx->meta->language;
    if (h.zone == NULL && !h.has_zone_minutes && ctx->meta != NULL)
        h.zone = ctx->meta->zone;
    return h;
}

uint32_t span_text_node(const struct page_context *ctx,
                        const struct article_span *span)
{
    return span->body_first < span->body_end && span->body_first < ctx->blocks.n
               ? ctx->blocks.at[span->body_first].first
               : 0;
}

/* ---- reading one value ------------------------------------------------------- */

/* Seconds or milliseconds since 1970, as scripts and some metas have it. */
static bool read_epoch(struct str s, struct when *out)
{
    int64_t n;

    if ((s.n != 10 && s.n != 13) || !str_to_i64(s, &n))
        return false;
    if (s.n == 13)
        n /= 1000;
    if (n < 500000000 || n > 4000000000)
        return false;
    *out = (struct when){.unix_seconds = n,
                         .zone_minutes = ZONE_UNKNOWN,
                         .precision = WHEN_SECOND};
    return true;
}

static bool read_value(struct finding *f, struct str s, struct when *out)
{
    size_t at, n;

    s = str_trim_wide(s);
    if (s.n < 6 || s.n > 200)
        return false;
    if (read_epoch(s, out)) {
        if (f->hints.has_zone_minutes)
            out->zone_minutes = f->hints.zone_minutes;
        else if (f->hints.zone != NULL)
            out->zone_minutes = zone_at(f->hints.zone, out->unix_seconds);
        return true;
    }
    if (when_parse(s, &f->hints, out) || when_find(s, &f->hints, out, &at, &n))
        return true;
    /* "2022-01-10T22:06:08:684Z": what can be read of it. */
    return s.n > 19 && (when_parse(str_slice(s, 0, 19), &f->hints, out) ||
                        when_parse(str_slice(s, 0, 10), &f->hints, out));
}

/* The date of another century, or of tomorrow, is no publication date. */
static bool is_sane(const struct finding *f, struct when w)
{
    if (w.unix_seconds < -2208988800) /* 1900 */
        return false;
    return f->hints.now == 0 || w.unix_seconds <= f->hints.now + 86400 * 2;
}

/* For --why. */
static void tell(struct finding *f, struct when w, float sure)
{
    char text[WHEN_CHARS];

    if (f->ctx->why == NULL)
        return;
    when_rfc3339(w, text);
    why_value(f->ctx, WHY_DATE, arena_str(f->ctx->a, str_from_c(text)), f->from,
              (double)sure);
}

/* Nobody need be asked any more, unless all are to be heard. */
static bool is_settled(const struct finding *f)
{
    return when_known(f->published) && f->ctx->why == NULL;
}

static bool offer(struct finding *f, struct when w, bool is_update, float sure)
{
    if (!is_sane(f, w))
        return false;
    if (is_update) {
        if (!when_known(f->updated))
            f->updated = w;
        return false;
    }
    tell(f, w, sure);
    if (when_known(f->published))
        return false;
    f->published = w;
    f->found = f->place;
    return true;
}

static void offer_text(struct finding *f, struct str s, bool is_update,
                       float sure)
{
    struct when w;

    if (s.n > 0 && read_value(f, s, &w))
        offer(f, w, is_update, sure);
}

static int64_t day_of(int64_t local_seconds)
{
    return local_seconds >= 0 ? local_seconds / 86400
                              : (local_seconds - 86399) / 86400;
}

static bool is_same_day(struct when a, struct when b)
{
    int64_t x = a.unix_seconds, y = b.unix_seconds;

    x += a.zone_minutes == ZONE_UNKNOWN ? 0 : a.zone_minutes * 60;
    y += b.zone_minutes == ZONE_UNKNOWN ? 0 : b.zone_minutes * 60;
    return day_of(x) == day_of(y);
}

/* ---- witnesses ----------------------------------------------------------------- */

static void ask_jsonld(struct finding *f, bool articles)
{
    const struct page_meta *m = f->ctx->meta;

    for (size_t i = 0; i < m->articles.n; i++) {
        const struct ld_article *ld = &m->articles.at[i];

        if (ld->is_article != articles)
            continue;
        offer_text(f, ld->published, false, articles ? .95F : .9F);
        offer_text(f, ld->modified, true, .5F);
    }
}

static void ask_meta(struct finding *f)
{
    for (size_t i = 0; i < sizeof meta_dates / sizeof meta_dates[0]; i++)
        offer_text(f, meta_get(f->ctx->meta, meta_dates[i].name),
                   meta_dates[i].is_update, meta_dates[i].sure);
}

/* Where a claim stands: in the article's own part of the page. */
static bool is_in_reach(const struct finding *f, uint32_t node)
{
    const struct blocks *b = &f->ctx->blocks;
    size_t first = f->span->first, end = f->span->body_end;

    if (b->n == 0 || end <= first)
        return true;
    if (f->span->title != NO_BLOCK && f->span->title < b->n)
        first = f->span->title;
    first = first > 8 ? first - 8 : 0;
    end = end + TAIL_BLOCKS < b->n ? end + TAIL_BLOCKS : b->n;
    return node >= b->at[first].container && node < b->at[end - 1].end;
}

static void ask_claims(struct finding *f, enum claim_by by, float sure)
{
    const struct page_meta *m = f->ctx->meta;
    const struct page_tree *t = f->ctx->tree;

    for (size_t i = 0; i < m->claims.n; i++) {
        const struct claim *c = &m->claims.at[i];
        struct str value;

        if (c->by != by ||
            (c->kind != CLAIM_DATE && c->kind != CLAIM_UPDATED) ||
            (c->kind == CLAIM_DATE && is_settled(f)) ||
            (by == BY_CLASS && t->nodes[c->node].end - c->node > 40))
            continue;
        if (by != BY_ITEMPROP &&
            (!is_in_reach(f, c->node) ||
             is_beside_article(f->ctx, c->node,
                               span_text_node(f->ctx, f->span))))
            continue;
        value = claim_value(f->ctx, c);
        if (value.n <= CLAIM_MAX)
            offer_text(f, value, c->kind == CLAIM_UPDATED, sure);
    }
}

/* What a line must be to be believed. */
enum line_need {
    NEED_DATE,  /* any short line with a date */
    NEED_ALONE, /* nothing else in it, or an author's name */
    NEED_LABEL
};

/* "Joined | May 2, 2009": the block before announces something of a person. */
static bool is_of_person(struct finding *f, size_t i)
{
    struct line_facts facts;
    struct str line;

    if (i == 0)
        return false;
    line = line_with_next(f->ctx, i - 1);
    return line.p != f->ctx->blocks.at[i - 1].text.p &&
           line_read(f->ctx, line, &facts) && facts.is_bio;
}

static void ask_line(struct finding *f, size_t i, enum line_need need,
                     float sure)
{
    const struct block *b = &f->ctx->blocks.at[i];
    struct line_facts facts;
    struct str line = line_with_next(f->ctx, i);

    if (b->role == ROLE_COMMENT || b->chars > LONG_LINE ||
        !line_read(f->ctx, line, &facts) || !when_known(facts.date) ||
        (b->is_hidden && !facts.date_is_labelled) || facts.is_bio ||
        is_of_person(f, i))
        return;
    if (need == NEED_LABEL && !facts.date_is_labelled)
        return;
    if (need == NEED_ALONE && !facts.date_is_labelled &&
        !(facts.is_only_facts && (facts.rest.n == 0 || facts.authors.n > 0)))
        return;
    offer(f, facts.date, facts.date_is_update, sure);
}

static void ask_lines(struct finding *f, size_t from, size_t end,
                      enum line_need need, float sure)
{
    for (size_t i = from; i < end && i < f->ctx->blocks.n; i++) {
        if (is_settled(f))
            return;
        ask_line(f, i, need, sure);
    }
}

/* From the title to the text, then a few lines above the title. */
static void ask_head(struct finding *f, enum line_need need, float sure)
{
    size_t first = f->span->first, end = f->span->body_first;
    size_t title = f->span->title;
    size_t above;

    if (title == NO_BLOCK || title > end)
        title = end > first + HEAD_BLOCKS ? end - HEAD_BLOCKS : first;
    if (end > title + 2 * HEAD_BLOCKS) {
        ask_lines(f, title, title + HEAD_BLOCKS, need, sure);
        ask_lines(f, end - HEAD_BLOCKS, end, need, sure);
    }
    ask_lines(f, title, end, need, sure);
    above = title > first + ABOVE_BLOCKS ? title - ABOVE_BLOCKS : first;
    ask_lines(f, above, title, need, sure);
}

/* What follows the date of a dateline: a dash, a bar, or the first sentence. */
static bool begins_sentence(struct str s)
{
    static const struct str marks[] = {
        STR_INIT(" - "), STR_INIT(" – "), STR_INIT(" — "), STR_INIT(": "),
        STR_INIT(" | "), STR_INIT(" „"),  STR_INIT(" “"),  STR_INIT(" «")};

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (str_starts(s, marks[i]))
            return true;
    return false;
}

/* "29.11.2022 – The first sentence": a text that begins with its date. */
static void ask_dateline(struct finding *f, float sure)
{
    const struct blocks *b = &f->ctx->blocks;
    size_t from = f->span->body_first;

    for (size_t i = from; i < from + 5 && i < f->span->body_end && i < b->n;
         i++) {
        struct str text = b->at[i].text;
        struct when w;
        size_t at, n;

        if (!when_find(utf8_clip(text, CLAIM_MAX), &f->hints, &w, &at, &n) ||
            at > 0)
            continue;
        text = str_from(text, n);
        if (begins_sentence(text))
            offer(f, w, false, sure);
    }
}

/* Where other articles and readers' comments stand no date is this one's. */
static bool is_foreign(const struct block *b)
{
    return b->role == ROLE_COMMENT || b->frame.frame == FRAME_COMMENTS ||
           b->frame.frame == FRAME_RELATED ||
           b->frame.frame == FRAME_NEIGHBOUR || b->is_hidden;
}

/* "Published: 29 October 2024" anywhere on the page, if all such lines name the
 * same day: those of a list of articles do not. */
static void ask_anywhere(struct finding *f, float sure)
{
    const struct blocks *b = &f->ctx->blocks;
    struct when published = {.precision = WHEN_NONE};

    for (size_t i = f->span->first; i < f->span->end && i < b->n; i++) {
        struct line_facts facts;

        if (is_foreign(&b->at[i]) || b->at[i].chars > LONG_LINE / 2 ||
            !line_read(f->ctx, line_with_next(f->ctx, i), &facts) ||
            !when_known(facts.date) || !facts.date_is_labelled)
            continue;
        if (facts.date_is_update) {
            offer(f, facts.date, true, sure);
            continue;
        }
        if (when_known(published) && !is_same_day(published, facts.date))
            return;
        published = facts.date;
    }
    if (when_known(published))
        offer(f, published, false, sure);
}

static void ask_body_edges(struct finding *f, float sure)
{
    size_t end = f->span->body_end, from = f->span->body_first;
    size_t last =
        end + TAIL_BLOCKS < f->span->end ? end + TAIL_BLOCKS : f->span->end;

    ask_lines(f, from, from + 4 < end ? from + 4 : end, NEED_ALONE, sure);
    ask_dateline(f, sure);
    ask_lines(f, end > from + 4 ? end - 4 : from, last, NEED_LABEL, sure);
}

/* A byline behind the text: "Posted by Jane on 3 May 2020". */
static void ask_tail_byline(struct finding *f, float sure)
{
    const struct blocks *b = &f->ctx->blocks;
    size_t end = f->span->body_end;

    for (size_t i = end > 2 ? end - 2 : 0;
         i < f->span->end && i < end + TAIL_BLOCKS && i < b->n; i++) {
        struct line_facts facts;

        if (b->at[i].role != ROLE_COMMENT && b->at[i].chars <= LONG_LINE &&
            !b->at[i].is_hidden && b->at[i].frame.frame != FRAME_COMMENTS &&
            line_read(f->ctx, b->at[i].text, &facts) &&
            when_known(facts.date) && facts.authors.n > 0 &&
            facts.is_only_facts) {
            offer(f, facts.date, facts.date_is_update, sure);
            return;
        }
        if (b->at[i].frame.frame == FRAME_COMMENTS)
            return;
    }
}

/* The title element says "Title | Site | 23.05.2011". */
static void ask_page_title(struct finding *f, float sure)
{
    struct str title = f->ctx->meta->title;
    size_t bar = str_find_last(title, '|');

    if (bar != STR_NOT_FOUND)
        offer_text(f, str_from(title, bar + 1), false, sure);
}

static struct str script_value(struct str s, size_t at)
{
    size_t from;

    while (at < s.n && (is_space(s.p[at]) || s.p[at] == ':' || s.p[at] == '=' ||
                        s.p[at] == '"' || s.p[at] == '\'' || s.p[at] == '\\'))
        at++;
    from = at;
    while (at < s.n && at < from + 40 && s.p[at] != '"' && s.p[at] != '\'' &&
           s.p[at] != '\\' && s.p[at] != ',' && s.p[at] != ';' &&
           s.p[at] != '}')
        at++;
    return str_slice(s, from, at);
}

static void ask_scripts(struct finding *f, float sure)
{
    const struct page_tree *t = f->ctx->tree;
    size_t bytes = 0;

    for (uint32_t i = 1; i + 1 < t->n && !is_settled(f); i++) {
        struct str s;

        if (t->nodes[i].tag != TAG_SCRIPT || t->nodes[i + 1].tag != TAG_TEXT)
            continue;
        s = t->nodes[i + 1].text;
        bytes += s.n;
        if (bytes > SCRIPT_BYTES)
            return;
        for (size_t k = 0; k < sizeof script_keys / sizeof script_keys[0];
             k++) {
            size_t at = str_find(s, script_keys[k], 0);

            /* Several of one key are a list of other articles. */
            if (at != STR_NOT_FOUND &&
                str_find(s, script_keys[k], at + script_keys[k].n) ==
                    STR_NOT_FOUND)
                offer_text(f, script_value(s, at + script_keys[k].n), false,
                           sure);
        }
    }
}

/* The number of COUNT digits at AT, or -1. */
static int64_t digits_at(struct str s, size_t at, size_t count)
{
    int64_t n;

    if (at + count > s.n || !str_to_i64(str_of(s.p + at, count), &n) ||
        !is_digit(s.p[at]))
        return -1;
    return n;
}

/* "/2019/may/17/", behind the year and its slash at AT. */
static bool read_named_day(struct finding *f, struct str url, int64_t year,
                           size_t at, struct when *out)
{
    size_t from = at, day;

    while (at < url.n && is_alpha(url.p[at]))
        at++;
    day = at + 1;
    if (at - from < 3 || at >= url.n || url.p[at] != '/' || day >= url.n ||
        !is_digit(url.p[day]))
        return false;
    return read_value(
        f,
        arena_printf(f->ctx->a, "%.*s %.*s %d",
                     day + 1 < url.n && is_digit(url.p[day + 1]) ? 2 : 1,
                     url.p + day, (int)(at - from), url.p + from, (int)year),
        out);
}

/* "/2019/05/17/", "/2019-05-17-", "/20190517/", "/2019/may/17/": a whole day in
 * the address. */
static struct when address_date(struct finding *f)
{
    struct str url = f->ctx->hints->url;
    struct when w = {.precision = WHEN_NONE};

    for (size_t i = 8; i + 8 < url.n; i++) {
        int64_t year = digits_at(url, i, 4), month, day;
        char divider = url.p[i + 4];
        size_t at = i + 4, digits = 2;

        if (year < 1990 || year > 2100 || is_digit(url.p[i - 1]))
            continue;
        if (!is_digit(divider)) {
            if (str_find_char(STR("/-_"), divider, 0) == STR_NOT_FOUND)
                continue;
            at++;
            if (read_named_day(f, url, year, at, &w))
                return w;
            /* "/2017/7/12/" */
            digits = at + 1 < url.n && is_digit(url.p[at + 1]) ? 2 : 1;
        }
        month = digits_at(url, at, digits);
        at += digits;
        if (!is_digit(divider)) {
            if (at >= url.n || url.p[at] != divider)
                continue;
            at++;
            digits = at + 1 < url.n && is_digit(url.p[at + 1]) ? 2 : 1;
        }
        day = digits_at(url, at, digits);
        at += digits;
        if (month < 1 || month > 12 || day < 1 || day > 31 ||
            (at < url.n && is_digit(url.p[at])))
            continue;
        if (read_value(f,
                       arena_printf(f->ctx->a, "%04d-%02d-%02d", (int)year,
                                    (int)month, (int)day),
                       &w))
            return w;
    }
    return w;
}

/* Title lines may carry a date before or behind the title itself. */
static void ask_title_line(struct finding *f, float sure)
{
    const struct blocks *b = &f->ctx->blocks;
    const struct block *title;
    struct when w;
    size_t at, n;

    if (f->span->title == NO_BLOCK || f->span->title >= b->n)
        return;
    title = &b->at[f->span->title];
    if (title->chars > LONG_LINE ||
        !when_find(title->text, &f->hints, &w, &at, &n))
        return;
    if (title_prefix_end(f->ctx, title->text) >= at + n)
        offer(f, w, false, sure);
}

/* The date the head of the article shows, whatever was declared. */
static struct when visible_date(struct finding *f)
{
    struct when declared = f->published, seen;
    enum found_place found = f->found;

    f->published = (struct when){.precision = WHEN_NONE};
    ask_head(f, NEED_DATE, 0);
    seen = f->published;
    f->published = declared;
    f->found = found;
    return seen;
}

/* The date the head shows, alone in its line or labelled, or in an element made
 * for it. */
static struct when shown_date(struct finding *f)
{
    struct when declared = f->published, seen;
    enum found_place found = f->found;

    f->published = (struct when){.precision = WHEN_NONE};
    ask_head(f, NEED_ALONE, 0);
    if (!when_known(f->published))
        ask_claims(f, BY_TIME, 0);
    seen = f->published;
    f->published = declared;
    f->found = found;
    return seen;
}

/* The same figures with day and month changed about, if that is a date. */
static struct when turned_about(struct when w)
{
    int year, month, day, hour, minute, second;
    int64_t zone = w.zone_minutes == ZONE_UNKNOWN ? 0 : w.zone_minutes * 60;

    civil_from_seconds(w.unix_seconds + zone, &year, &month, &day, &hour,
                       &minute, &second);
    if (day <= 12)
        w.unix_seconds =
            civil_seconds(year, day, month, hour, minute, second) - zone;
    w.order_assumed = false;
    return w;
}

/*
 * Many systems declare the day of the last change as that of publication.  A
 * clearly earlier date that the page shows is the first publication.  And a
 * date that can be read in two ways is read as the page shows it.
 */
static void compare_shown(struct finding *f, struct when shown)
{
    struct when declared = f->published;
    struct when seen = when_known(shown) ? shown : address_date(f);
    bool is_day =
        declared.precision == WHEN_DAY || declared.unix_seconds % 86400 == 0;

    if (!when_known(seen))
        return;
    if (seen.order_assumed && when_known(address_date(f)))
        seen = address_date(f);
    if (declared.order_assumed && !seen.order_assumed &&
        !is_same_day(declared, seen) &&
        is_same_day(turned_about(declared), seen)) {
        f->published = turned_about(declared);
        return;
    }
    if (seen.order_assumed && is_same_day(turned_about(seen), declared))
        return;
    if (seen.unix_seconds + (is_day ? 12 * 3600 : CLEARLY_EARLIER) <
        declared.unix_seconds)
        f->published = seen;
}

/* A declared day and a visible line of that day with the time. */
static void sharpen(struct finding *f)
{
    struct when day = f->published, seen = visible_date(f);

    if (when_known(seen) && seen.precision > WHEN_DAY &&
        seen.unix_seconds >= day.unix_seconds &&
        seen.unix_seconds < day.unix_seconds + 86400)
        f->published = seen;
}

static struct when read_quietly(struct finding *f, struct str s)
{
    struct when w = {.precision = WHEN_NONE};

    if (s.n > 0)
        (void)!read_value(f, s, &w);
    return w;
}

/* Takes the offset with which an element of the page gives the same moment. */
static bool find_same_moment(struct finding *f)
{
    const struct page_meta *m = f->ctx->meta;

    for (size_t i = 0; i < m->claims.n; i++) {
        struct when w = {.precision = WHEN_NONE};
        struct str value;

        if (m->claims.at[i].kind != CLAIM_DATE)
            continue;
        value = node_attr(f->ctx->tree, m->claims.at[i].node, STR("datetime"));
        if (value.n <= CLAIM_MAX)
            w = read_quietly(f, value);
        if (when_known(w) && w.unix_seconds == f->published.unix_seconds &&
            w.zone_minutes != 0 && w.zone_minutes != ZONE_UNKNOWN &&
            !w.zone_assumed) {
            f->published.zone_minutes = w.zone_minutes;
            return true;
        }
    }
    return false;
}

/*
 * Machines declare moments in UTC, readers see the local time.  When both are
 * there, their difference is the zone.  When only the day is seen, and it is
 * the neighbouring one, the nearest zone that has that day is assumed: the
 * moment stays, and the day is the one the page shows.
 */
static void find_zone(struct finding *f)
{
    struct when declared = f->published, seen;
    int64_t local, shift;

    if (declared.precision < WHEN_MINUTE || declared.zone_minutes != 0 ||
        declared.zone_assumed || find_same_moment(f))
        return;
    seen = visible_date(f);
    if (!when_known(seen))
        seen = address_date(f);
    if (!when_known(seen) && f->hints.zone != NULL)
        f->published.zone_minutes =
            zone_at(f->hints.zone, declared.unix_seconds);
    if (!when_known(seen) || !(seen.zone_assumed || seen.zone_minutes == 0 ||
                               seen.zone_minutes == ZONE_UNKNOWN))
        return;
    local = seen.unix_seconds +
            (seen.zone_minutes == ZONE_UNKNOWN ? 0 : seen.zone_minutes * 60);
    if (seen.precision == WHEN_DAY) {
        shift = day_of(local) - day_of(declared.unix_seconds);
        if (shift == 1)
            shift = (local - declared.unix_seconds + 3599) / 3600 * 3600;
        else if (shift == -1)
            shift =
                -((declared.unix_seconds - local - 86400) / 3600 + 1) * 3600;
        else
            return;
        f->published.zone_assumed = true;
    } else {
        shift = local - declared.unix_seconds;
        if (seen.precision == WHEN_MINUTE)
            shift += declared.unix_seconds % 60;
        if (shift % 900 != 0)
            return;
    }
    if (shift < -12 * 3600 || shift > 14 * 3600) {
        f->published.zone_assumed = false;
        return;
    }
    f->published.zone_minutes = (int16_t)(shift / 60);
}

/* The offset that the page's language stands for, if that was assumed. */
static void note_zone(struct page_context *ctx, struct draft *draft)
{
    char text[WHEN_CHARS];
    struct str offset;

    when_rfc3339(draft->published, text);
    offset = str_from_c(text);
    offset = str_from(offset, offset.n > 6 ? offset.n - 6 : 0);
    if (ctx->meta->zone == NULL || ctx->hints->when.zone != NULL ||
        ctx->hints->when.has_zone_minutes || str_ends(offset, STR("Z")))
        offset = STR_NONE;
    note_add(&draft->notes, ctx->a, NOTE_ZONE_ASSUMED, "%.*s", STR_ARG(offset));
}

/* Whether SAID, if it is known, is of the day of the date that was chosen. */
static void compare_day(struct when chosen, struct when said, bool *same,
                        bool *other)
{
    if (!when_known(said))
        return;
    if (is_same_day(chosen, said) || chosen.unix_seconds == said.unix_seconds)
        *same = true;
    else
        *other = true;
}

static float sure_of_date(struct finding *f, struct when chosen,
                          struct when shown)
{
    const struct page_meta *m = f->ctx->meta;
    struct evidences e = {0};
    bool *h = e.heard;

    for (size_t i = 0; i < m->articles.n; i++)
        compare_day(chosen, read_quietly(f, m->articles.at[i].published),
                    &h[DATE_LD_SAME], &h[DATE_LD_OTHER]);
    for (size_t i = 0; i < sizeof meta_dates / sizeof meta_dates[0]; i++)
        if (!meta_dates[i].is_update)
            compare_day(chosen,
                        read_quietly(f, meta_get(m, meta_dates[i].name)),
                        &h[DATE_META_SAME], &h[DATE_META_OTHER]);
    compare_day(chosen, shown, &h[DATE_SHOWN_SAME], &h[DATE_SHOWN_OTHER]);
    compare_day(chosen, address_date(f), &h[DATE_ADDRESS_SAME],
                &h[DATE_ADDRESS_OTHER]);
    h[DATE_CHANGED] = !when_known(f->published);
    h[DATE_CLAIM] = !h[DATE_CHANGED] && f->found == FOUND_CLAIMED;
    h[DATE_FAR] = !h[DATE_CHANGED] && f->found == FOUND_FAR;
    h[DATE_ORDER] = chosen.order_assumed;
    return sure_of_field(f->ctx, SURE_DATE, &e);
}

void date_find(struct page_context *ctx, const struct article_span *span,
               struct draft *draft)
{
    struct finding f = {
        .ctx = ctx, .span = span, .hints = page_when_hints(ctx)};
    bool page_speaks = ctx->tree != NULL && page_speaks_for(ctx, draft);
    struct when shown = {.precision = WHEN_NONE};

    if (page_speaks) {
        f.from = "JSON-LD";
        ask_jsonld(&f, true);
        f.from = "a meta element";
        ask_meta(&f);
        f.from = "an element with itemprop";
        f.place = FOUND_CLAIMED;
        ask_claims(&f, BY_ITEMPROP, .9F);
        f.from = "JSON-LD";
        f.place = FOUND_DECLARED;
        ask_jsonld(&f, false);
    }
    f.from = "a label in the head of the article";
    f.place = FOUND_HEAD;
    ask_head(&f, NEED_LABEL, .9F);
    if (page_speaks) {
        f.from = "a time element";
        f.place = FOUND_CLAIMED;
        ask_claims(&f, BY_TIME, .85F);
        f.from = "an element whose class says date";
        ask_claims(&f, BY_CLASS, .8F);
    }
    f.from = "a line in the head of the article";
    f.place = FOUND_HEAD;
    ask_head(&f, NEED_DATE, .8F);
    f.from = "the title's own line";
    ask_title_line(&f, .85F);
    f.from = "a line at the beginning or end of the text";
    f.place = FOUND_FAR;
    ask_body_edges(&f, .7F);
    f.from = "a byline behind the text";
    ask_tail_byline(&f, .7F);
    f.from = "a label near the end of the page";
    if (span->end > LAST_BLOCKS)
        ask_lines(&f, span->end - LAST_BLOCKS, span->end, NEED_LABEL, .5F);
    if (page_speaks) {
        f.from = "the title element";
        ask_page_title(&f, .7F);
        f.from = "a script";
        ask_scripts(&f, .6F);
        f.from = "the address";
        if (when_known(address_date(&f)))
            offer(&f, address_date(&f), false, .6F);
    }
    f.from = "a label somewhere on the page";
    if (!when_known(f.published))
        ask_anywhere(&f, .5F);
    f.from = NULL;
    why_because(ctx, WHY_DATE,
                "the first of these; the rest may sharpen it or its zone");
    if (page_speaks)
        shown = shown_date(&f);
    if (page_speaks && when_known(f.published))
        compare_shown(&f, shown);
    if (f.published.precision == WHEN_DAY)
        sharpen(&f);
    else if (page_speaks)
        find_zone(&f);
    draft->published = f.published;
    draft->updated = f.updated;
    if (!when_known(f.published) && when_known(f.updated) && page_speaks)
        draft->published = f.updated;
    if (when_known(draft->published))
        draft->confidence.date = sure_of_date(&f, draft->published, shown);
    if (when_known(draft->published) && draft->published.zone_assumed)
        note_zone(ctx, draft);
    if (when_known(draft->published) && draft->published.order_assumed)
        note_add(&draft->notes, ctx->a, NOTE_ORDER_ASSUMED, "%s", "");
}
