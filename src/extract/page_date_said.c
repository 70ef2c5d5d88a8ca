/*
 * Dates that are declared: JSON-LD, meta elements, elements that say date by
 * itemprop, class or their being a time element, variables of scripts, the title
 * element.
 */
#include "extract/page_finding.h"

#include "base/arena.h"
#include "extract/page_date.h"

#define TAIL_BLOCKS   12
#define SCRIPT_BYTES  ((size_t)1 << 20)
#define WRITING_BYTES 160 /* of a script that only writes */

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

/* What the last part of a name says that a site made for itself:
 * "some_site:uploaded". */
static const struct str own_names[] = {
    STR_INIT("published"),    STR_INIT("published_time"),
    STR_INIT("published_at"), STR_INIT("publish_date"),
    STR_INIT("publishdate"),  STR_INIT("publication_date"),
    STR_INIT("pubdate"),      STR_INIT("date_published"),
    STR_INIT("uploaded"),     STR_INIT("created_at"),
};

/* Names under which scripts keep the date of the article they show. */
static const struct str script_keys[] = {
    STR_INIT("datePublished"),   STR_INIT("publishedAt"),
    STR_INIT("published_at"),    STR_INIT("publishDate"),
    STR_INIT("publish_date"),    STR_INIT("publish_time"),
    STR_INIT("publishTime"),     STR_INIT("publishedDate"),
    STR_INIT("publicationDate"), STR_INIT("pubDate"),
    STR_INIT("pubdate"),         STR_INIT("pubtime"),
    STR_INIT("firstPublished"),  STR_INIT("show_time"),
    STR_INIT("var ct"),
};

void date_ask_jsonld(struct finding *f, bool articles)
{
    const struct page_meta *m = f->ctx->meta;

    for (size_t i = 0; i < m->articles.n; i++) {
        const struct ld_article *ld = &m->articles.at[i];

        if (ld->is_article != articles)
            continue;
        date_offer_text(f, ld->published, false, articles ? .95F : .9F);
        date_offer_text(f, ld->modified, true, .5F);
    }
}

static void ask_own_names(struct finding *f)
{
    const struct page_meta *m = f->ctx->meta;

    for (size_t i = 0; i < m->values.n; i++) {
        struct str name = m->values.at[i].name;
        size_t colon = str_find_last(name, ':');

        for (size_t k = 0; k < sizeof own_names / sizeof own_names[0]; k++)
            if (colon != STR_NOT_FOUND &&
                str_eq(str_from(name, colon + 1), own_names[k]))
                date_offer_text(f, m->values.at[i].content, false, .8F);
    }
}

void date_ask_meta(struct finding *f)
{
    for (size_t i = 0; i < sizeof meta_dates / sizeof meta_dates[0]; i++)
        date_offer_text(f, meta_get(f->ctx->meta, meta_dates[i].name),
                        meta_dates[i].is_update, meta_dates[i].sure);
    ask_own_names(f);
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

/* Where a template had the day only. */
static bool is_midnight(struct when w)
{
    int64_t zone = w.zone_minutes == ZONE_UNKNOWN ? 0 : w.zone_minutes * 60;

    return (w.unix_seconds + zone) % 86400 == 0;
}

void date_ask_claims(struct finding *f, enum claim_by by, float sure)
{
    const struct page_meta *m = f->ctx->meta;
    const struct page_tree *t = f->ctx->tree;

    for (size_t i = 0; i < m->claims.n; i++) {
        const struct claim *c = &m->claims.at[i];
        struct str value;

        if (c->by != by ||
            (c->kind != CLAIM_DATE && c->kind != CLAIM_UPDATED) ||
            (c->kind == CLAIM_DATE && date_is_settled(f)) ||
            (by == BY_CLASS && t->nodes[c->node].end - c->node > 40))
            continue;
        if (by != BY_ITEMPROP &&
            (!is_in_reach(f, c->node) ||
             is_beside_article(f->ctx, c->node,
                               span_text_node(f->ctx, f->span))))
            continue;
        value = claim_value(f->ctx, c);
        if (value.n <= CLAIM_MAX)
            date_offer_text(f, value, c->kind == CLAIM_UPDATED, sure);
    }
}

struct when date_claimed_moment(struct finding *f, struct when day,
                                enum claim_kind kind)
{
    const struct page_meta *m = f->ctx->meta;

    for (size_t i = 0; i < m->claims.n; i++) {
        const struct claim *c = &m->claims.at[i];
        struct when w = {.precision = WHEN_NONE};
        struct str value;

        if (c->kind != kind || c->by < BY_CLASS || !is_in_reach(f, c->node) ||
            is_beside_article(f->ctx, c->node, span_text_node(f->ctx, f->span)))
            continue;
        value = claim_value(f->ctx, c);
        if (value.n <= CLAIM_MAX)
            w = date_read_quietly(f, value);
        if (w.precision > WHEN_DAY && date_same_day(w, day) && !is_midnight(w))
            return w;
    }
    return (struct when){.precision = WHEN_NONE};
}

void date_ask_page_title(struct finding *f, float sure)
{
    struct str title = f->ctx->meta->title;
    size_t bar = str_find_last(title, '|');

    if (bar != STR_NOT_FOUND)
        date_offer_text(f, str_from(title, bar + 1), false, sure);
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

/* showDate("2020/04/17 01:43:09"): a script that writes a date where it stands,
 * in the article's part of the page. */
static void ask_written(struct finding *f, uint32_t node, struct str s,
                        float sure)
{
    size_t from = str_find_char(s, '(', 0), end;

    if (s.n > WRITING_BYTES || from == STR_NOT_FOUND || from + 2 >= s.n ||
        (s.p[from + 1] != '"' && s.p[from + 1] != '\'') ||
        !is_in_reach(f, node) ||
        is_beside_article(f->ctx, node, span_text_node(f->ctx, f->span)))
        return;
    from += 2;
    end = str_find_char(s, s.p[from - 1], from);
    if (end != STR_NOT_FOUND)
        date_offer_text(f, str_slice(s, from, end), false, sure);
}

void date_ask_scripts(struct finding *f, float sure)
{
    const struct page_tree *t = f->ctx->tree;
    size_t bytes = 0;

    for (uint32_t i = 1; i + 1 < t->n && !date_is_settled(f); i++) {
        struct str s;

        if (t->nodes[i].tag != TAG_SCRIPT || t->nodes[i + 1].tag != TAG_TEXT)
            continue;
        s = t->nodes[i + 1].text;
        bytes += s.n;
        if (bytes > SCRIPT_BYTES)
            return;
        ask_written(f, i, s, sure);
        for (size_t k = 0; k < sizeof script_keys / sizeof script_keys[0];
             k++) {
            size_t at = str_find(s, script_keys[k], 0);

            /* Several of one key are a list of other articles. */
            if (at != STR_NOT_FOUND &&
                str_find(s, script_keys[k], at + script_keys[k].n) ==
                    STR_NOT_FOUND)
                date_offer_text(f, script_value(s, at + script_keys[k].n),
                                false, sure);
        }
    }
}

void date_compare_meta(struct finding *f, struct when chosen, bool *same,
                       bool *other)
{
    for (size_t i = 0; i < sizeof meta_dates / sizeof meta_dates[0]; i++)
        if (!meta_dates[i].is_update)
            date_compare_day(chosen,
                             date_read_quietly(
                                 f, meta_get(f->ctx->meta, meta_dates[i].name)),
                             same, other);
}
