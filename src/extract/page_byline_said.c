/*
 * What is declared of a byline: JSON-LD and meta elements; elements of the page that
 * call themselves author are asked in page_byline_claims.c.
 */
#include "extract/page_inquiry.h"

#include "base/utf8.h"
#include "extract/page_labels.h"
#include "extract/page_meta.h"
#include "text/fold.h"
#include "text/site.h"

#define SHOWN_BLOCKS 6 /* on either side of the text */

static const struct str meta_authors[] = {
    STR_INIT("author"),
    STR_INIT("article:author"),
    STR_INIT("og:article:author"),
    STR_INIT("sailthru.author"),
    STR_INIT("parsely-author"),
    STR_INIT("cxenseparse:author"),
    STR_INIT("article:author_name"),
    STR_INIT("article_author"),
    STR_INIT("articleauthor"),
    STR_INIT("mediator_author"),
    STR_INIT("byl"),
    STR_INIT("citation_author"),
    STR_INIT("dc.creator"),
    STR_INIT("dc:creator"),
    STR_INIT("dcterms.creator"),
    STR_INIT("og:author"),
    STR_INIT("twitter:author"),
    STR_INIT("creator"),
};

/* "L-MAG" on l-mag.example: the site signs its own texts. */
static bool is_domain_name(struct inquiry *q, struct str name)
{
    struct str site = site_of_url(q->ctx->a, q->ctx->hints->url);
    struct str letters = fold_letters(q->ctx->a, name);
    size_t dot = str_find_char(site, '.', 0);

    if (dot == STR_NOT_FOUND || letters.n < 3)
        return false;
    return str_eq(letters, fold_letters(q->ctx->a, str_slice(site, 0, dot))) ||
           str_eq(letters, fold_letters(q->ctx->a, site));
}

/* "lindesby.example editor" on lindesby.example: an account of the site. */
static bool has_domain(struct inquiry *q, struct str name)
{
    struct str site = site_of_url(q->ctx->a, q->ctx->hints->url);

    return site.n > 4 && str_find_char(name, '/', 0) == STR_NOT_FOUND &&
           str_has_nocase(name, site);
}

/* What the site calls itself where it speaks of itself: "@LindesbyHerald". */
static bool is_own_account(struct inquiry *q, struct str name)
{
    static const struct str metas[] = {STR_INIT("publisher"),
                                       STR_INIT("dc.publisher"),
                                       STR_INIT("twitter:site")};

    for (size_t i = 0; i < sizeof metas / sizeof metas[0]; i++) {
        struct str own = meta_get(q->ctx->meta, metas[i]);

        if (str_starts(own, STR("@")))
            own = str_from(own, 1);
        if (own.n > 0 && name_same(name, own))
            return true;
    }
    return false;
}

bool byline_is_site(struct inquiry *q, struct str name)
{
    const struct page_meta *m = q->ctx->meta;

    return (m->site_name.n > 0 && name_same(name, m->site_name)) ||
           (m->ld_site.n > 0 && name_same(name, m->ld_site)) ||
           is_own_account(q, name) || is_domain_name(q, name) ||
           has_domain(q, name);
}

/* A short line at the text begins with the name. */
static bool is_shown(const struct inquiry *q, struct str name)
{
    const struct blocks *b = &q->ctx->blocks;
    const struct article_span *s = q->span;
    size_t i = s->body_first > SHOWN_BLOCKS ? s->body_first - SHOWN_BLOCKS : 0;

    for (; i < s->body_end + SHOWN_BLOCKS && i < b->n; i++) {
        struct str text = b->at[i].text;

        if ((i < s->body_first || i >= s->body_end) && !b->at[i].is_hidden &&
            b->at[i].role != ROLE_COMMENT && b->at[i].chars <= LINE_CHARS &&
            str_starts(text, name) &&
            (text.n == name.n || text.p[name.n] == ' '))
            return !name_is_org(name);
    }
    return false;
}

static void ask_meta(struct inquiry *q)
{
    const struct page_meta *m = q->ctx->meta;

    for (size_t i = 0; i < sizeof meta_authors / sizeof meta_authors[0]; i++) {
        for (size_t k = 0; k < m->values.n; k++) {
            struct names found = {0};

            struct str text;

            if (!str_eq(m->values.at[k].name, meta_authors[i]))
                continue;
            text = meta_text(q->ctx->a, m->values.at[k].content);
            if (byline_is_site(q, text))
                names_put(q->ctx->a, &found,
                          (struct name){.name = text, .is_org = true});
            else
                names_add(q->ctx->a, text, NAMES_LABELLED, &found);
            for (size_t n = 0; n < found.n; n++) {
                if (byline_is_site(q, found.at[n].name))
                    found.at[n].is_org = true;
                if (!q->ctx->meta->is_chinese ||
                    name_is_han(found.at[n].name) ||
                    is_shown(q, found.at[n].name))
                    names_put(q->ctx->a, &q->meta, found.at[n]);
            }
        }
        if (q->meta.n > 0 && !q->meta.at[0].is_org)
            return;
    }
}

/* twitter:label1 "Written by", twitter:data1 "Jane Roe". */
static void ask_twitter_labels(struct inquiry *q)
{
    static const struct {
        struct str label, data;
    } pairs[] = {{STR_INIT("twitter:label1"), STR_INIT("twitter:data1")},
                 {STR_INIT("twitter:label2"), STR_INIT("twitter:data2")}};
    struct label_hit hit;

    for (size_t i = 0; i < 2 && q->meta.n == 0; i++) {
        struct str label = meta_get(q->ctx->meta, pairs[i].label);

        if (label.n > 0 &&
            label_at(q->ctx->meta->labels, label, 0, EDGE_START, &hit) &&
            hit.field == LABEL_AUTHOR)
            names_add(
                q->ctx->a,
                meta_text(q->ctx->a, meta_get(q->ctx->meta, pairs[i].data)),
                NAMES_LABELLED, &q->meta);
    }
}

static void ask_jsonld(struct inquiry *q)
{
    const struct ld_article *ld = meta_article(q->ctx->meta);

    if (ld == NULL)
        return;
    q->jsonld = ld->authors;
    /* Some declare the editor, whom the page labels as such. */
    for (int place = 0; place < PLACES; place++)
        if (q->jsonld.n == 1 && q->at[place].editor.n > 0 &&
            name_same(q->jsonld.at[0].name, q->at[place].editor))
            q->jsonld.n = 0;
    for (size_t i = 0; i < q->jsonld.n; i++)
        if (byline_is_site(q, q->jsonld.at[i].name))
            q->jsonld.at[i].is_org = true;
}

void byline_ask_declared(struct inquiry *q)
{
    ask_jsonld(q);
    ask_meta(q);
    ask_twitter_labels(q);
    byline_ask_claims(q);
}
