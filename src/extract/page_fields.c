/*
 * The fields in their order, and those too simple for a file of their own:
 * language, image, tags, section, description, addresses.
 */
#include "base/arena.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "extract/fields.h"
#include "extract/page_byline.h"
#include "extract/page_date.h"
#include "extract/page_meta.h"
#include "extract/page_title.h"
#include "extract/page_words.h"
#include "text/lang.h"
#include "text/url.h"

#define SAMPLE_BYTES 3000
#define TAGS_MAX     32
#define EDGE_LINES   8  /* of a body that are looked at for bylines */
#define LEAD_LINES   16 /* between a lead and the text, at most */

/* Body text of the span, up to SAMPLE_BYTES, for guessing its language. */
static struct str body_sample(struct page_context *ctx,
                              const struct article_span *span)
{
    struct str parts[64];
    size_t n = 0, bytes = 0;

    for (size_t i = span->body_first; i < span->body_end && i < ctx->blocks.n &&
                                      n + 1 < 64 && bytes < SAMPLE_BYTES;
         i++) {
        if (ctx->blocks.at[i].role != ROLE_BODY)
            continue;
        parts[n++] = ctx->blocks.at[i].text;
        parts[n++] = STR(" ");
        bytes += ctx->blocks.at[i].text.n;
    }
    return arena_join(ctx->a, parts, n);
}

static struct str language_of(struct page_context *ctx,
                              const struct article_span *span)
{
    struct str declared = ctx->meta->language;
    struct str guess = lang_guess(body_sample(ctx, span));

    /* Templates declare their maker's language; the text knows better. */
    if (declared.n == 0 ||
        (guess.n > 0 && !str_eq(str_slice(lang_family(guess), 0, 2),
                                str_slice(lang_family(declared), 0, 2))))
        return guess;
    return declared;
}

/* The page's own description, if the text knows its words. */
static struct str summary_of(struct page_context *ctx,
                             const struct article_span *span)
{
    static const struct str names[] = {
        STR_INIT("og:description"), STR_INIT("description"),
        STR_INIT("twitter:description"), STR_INIT("dc.description")};
    struct arena_mark mark = arena_mark(ctx->scratch);
    struct str found = STR_NONE;
    struct words body;
    uint32_t n;

    words_init(&body, ctx->scratch, WORDS_ALL);
    for (size_t i = span->body_first; i < span->body_end && i < ctx->blocks.n;
         i++)
        if (ctx->blocks.at[i].role == ROLE_BODY)
            words_add(&body, ctx->blocks.at[i].terms);
    for (size_t i = 0; i < sizeof names / sizeof names[0] && found.n == 0;
         i++) {
        struct str s = meta_text(ctx->a, meta_get(ctx->meta, names[i]));

        if (s.n > 20 &&
            words_known(&body, terms_of(ctx->scratch, s), 1, &n) >= 0.6 &&
            n >= 4)
            found = s;
    }
    arena_release(ctx->scratch, mark);
    return found;
}

struct str page_absolute(struct page_context *ctx, struct str url)
{
    struct str r;

    if (url.n == 0)
        return STR_NONE;
    r = url_resolve(ctx->a, ctx->meta->base, url);
    return url_is_http(r) ? r : STR_NONE;
}

static void add_tag(struct page_context *ctx, struct strs *tags, struct str tag)
{
    tag = str_trim_wide(tag);
    if (tag.n == 0 || tags->n >= TAGS_MAX || utf8_chars(tag) > 60)
        return;
    for (size_t i = 0; i < tags->n; i++)
        if (str_eq_nocase(tags->at[i], tag))
            return;
    *vec_add(ctx->a, tags) = tag;
}

static void tags_of_page(struct page_context *ctx, struct draft *d)
{
    const struct page_meta *m = ctx->meta;
    const struct ld_article *ld = meta_article(m);
    struct str rest, tag;

    for (size_t i = 0; i < m->values.n; i++) {
        if (!str_eq(m->values.at[i].name, STR("article:tag")) &&
            !str_eq(m->values.at[i].name, STR("news_keywords")))
            continue;
        rest = meta_text(ctx->a, m->values.at[i].content);
        while (str_split(&rest, ',', &tag))
            add_tag(ctx, &d->tags, tag);
    }
    for (size_t i = 0; ld != NULL && ld->is_article && i < ld->tags.n; i++)
        add_tag(ctx, &d->tags, ld->tags.at[i]);
}

/* What only the head of the page says; with several articles, of none. */
static void fields_of_page(struct page_context *ctx,
                           const struct article_span *span, struct draft *d)
{
    const struct page_meta *m = ctx->meta;
    const struct ld_article *ld = meta_article(m);

    d->image = page_absolute(ctx, meta_get(m, STR("og:image")));
    if (d->image.n == 0)
        d->image = page_absolute(ctx, meta_get(m, STR("twitter:image")));
    if (d->image.n == 0 && ld != NULL)
        d->image = page_absolute(ctx, ld->image);
    d->canonical = page_absolute(ctx, m->canonical);
    if (d->canonical.n == 0)
        d->canonical = page_absolute(ctx, meta_get(m, STR("og:url")));
    d->section = meta_get(m, STR("article:section"));
    if (d->section.n == 0 && ld != NULL)
        d->section = ld->section;
    d->summary = summary_of(ctx, span);
    tags_of_page(ctx, d);
}

/* True if the block is no text but a byline, a date, a label with its value. */
static bool is_facts(struct page_context *ctx, size_t i)
{
    struct line_facts f;
    const struct block *b = &ctx->blocks.at[i];

    return b->chars <= 160 && line_read(ctx, b->text, &f) && f.is_only_facts;
}

/* Bodies may begin with the title and the lines below it, and end with the
 * editor's: for us those are head and tail. */
static void narrow_body(struct page_context *ctx, struct article_span *span)
{
    size_t n = ctx->blocks.n;

    if (span->body_end > n)
        span->body_end = n;
    if (span->title != NO_BLOCK && span->title >= span->body_first &&
        span->title < span->body_end)
        span->body_first = span->title + 1;
    for (int k = 0; k < EDGE_LINES && span->body_first < span->body_end; k++)
        if (is_facts(ctx, span->body_first))
            span->body_first++;
        else
            break;
    for (int k = 0; k < EDGE_LINES && span->body_end > span->body_first; k++)
        if (ctx->blocks.at[span->body_end - 1].role != ROLE_BODY ||
            is_facts(ctx, span->body_end - 1))
            span->body_end--;
        else
            break;
}

/* A lead may stand above the byline and the date: for them it is head. */
static struct article_span without_lead(struct page_context *ctx,
                                        const struct article_span *span)
{
    struct article_span below = *span;
    bool any = false;

    for (size_t i = span->body_first + 1;
         i < span->body_end && i <= span->body_first + LEAD_LINES; i++) {
        if (ctx->blocks.at[i].role == ROLE_BODY) {
            below.body_first = any ? i : span->body_first;
            break;
        }
        any = any || is_facts(ctx, i);
    }
    return below;
}

void article_fields(struct page_context *ctx, const struct article_span *found,
                    struct draft *draft)
{
    struct arena_mark mark = arena_mark(ctx->scratch);
    struct article_span span = *found, below;

    title_find(ctx, &span, draft);
    narrow_body(ctx, &span);
    below = without_lead(ctx, &span);
    byline_find(ctx, &below, draft);
    date_find(ctx, &below, draft);
    draft->language = language_of(ctx, &span);
    draft->site_name = ctx->meta->site_name;
    draft->base = ctx->meta->base;
    if (ctx->tree != NULL && page_speaks_for(ctx, draft))
        fields_of_page(ctx, &span, draft);
    arena_release(ctx->scratch, mark);
}

void page_fields(struct page_context *ctx, struct page *out)
{
    const struct page_meta *m = ctx->meta;

    out->title = m->title;
    out->site_name = m->site_name;
    out->language = m->language;
    out->home_url = page_absolute(ctx, STR("/"));
    out->feeds = m->feeds.at;
    out->n_feeds = m->feeds.n;
    for (size_t i = 0; i < out->n_feeds; i++)
        out->feeds[i].url = page_absolute(ctx, out->feeds[i].url);
}
