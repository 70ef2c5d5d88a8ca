/*
 * What the head declares as the title of the page: the headline of JSON-LD,
 * og:title and its kin.  Each says the title in its way, with the site's name
 * or the words of search engines; page_title.c weighs them against the headings.
 */
#include "extract/page_title_said.h"

#include "extract/page_meta.h"
#include "extract/page_title_clean.h"
#include "extract/page_why.h"
#include "text/url.h"

static void add_witness(struct page_context *ctx, struct witnesses *w,
                        struct str text, enum title_witness by,
                        const char *from)
{
    struct str key;

    if (text.n == 0 || w->n == WITNESSES_MAX)
        return;
    key = title_letters(ctx, text);
    if (key.n > 0)
        w->at[w->n++] =
            (struct witness){.text = text, .key = key, .by = by, .from = from};
}

void title_witnesses(struct page_context *ctx, struct witnesses *w)
{
    static const char *const names[] = {
        "og:title", "twitter:title", "dc.title",
        "title",    "parsely-title", "sailthru.title",
    };
    const struct ld_article *ld = meta_article(ctx->meta);

    if (ld != NULL && ld->is_article)
        add_witness(ctx, w, ld->headline, BY_JSONLD, "declared by JSON-LD");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct str text = meta_get(ctx->meta, str_from_c(names[i]));

        add_witness(ctx, w, title_clean(ctx, meta_text(ctx->a, text)),
                    i == 0 ? BY_OG : BY_META, names[i]);
    }
}

/* As letters: what editors and templates call a page that nobody named. */
static const struct str nameless[] = {
    STR_INIT("untitled"),     STR_INIT("untitleddocument"),
    STR_INIT("untitledpage"), STR_INIT("newpage1"),
    STR_INIT("document"),     STR_INIT("home"),
    STR_INIT("homepage"),     STR_INIT("index"),
    STR_INIT("startseite"),   STR_INIT("accueil"),
    STR_INIT("inicio"),       STR_INIT("无标题文档"),
    STR_INIT("首页"),         STR_INIT("無題ドキュメント"),
    STR_INIT("ホーム"),       STR_INIT("トップページ"),
    STR_INIT("홈"),           STR_INIT("메인"),
};

static bool is_nameless(struct page_context *ctx, struct str key)
{
    for (size_t i = 0; i < sizeof nameless / sizeof nameless[0]; i++)
        if (str_eq(key, nameless[i]))
            return true;
    return key.n == 0 ||
           (str_eq(key, title_letters(ctx, ctx->meta->site_name)) &&
            title_site_is_linked(ctx));
}

bool title_says_nothing(struct page_context *ctx, const struct witnesses *w)
{
    struct str title = ctx->meta->title;

    for (size_t i = 0; i < w->n; i++)
        if (!is_nameless(ctx, w->at[i].key))
            return false;
    return title_is_half(title) ||
           is_nameless(ctx, title_letters(ctx, title)) ||
           is_nameless(ctx, title_letters(ctx, title_bare(ctx, title)));
}

size_t title_support(const struct witnesses *w, struct str key,
                     struct str title_key)
{
    size_t n = 0;

    for (size_t i = 0; i < w->n; i++)
        n += title_keys_agree(w->at[i].key, key);
    return n +
           (key.n >= 4 && key.n * 3 >= title_key.n && str_has(title_key, key));
}

bool title_is_declared(const struct witnesses *w, struct str key)
{
    for (size_t i = 0; i < w->n; i++)
        if (str_eq(w->at[i].key, key))
            return true;
    return false;
}

bool title_is_headline(const struct witnesses *w, struct str key)
{
    for (size_t i = 0; i < w->n; i++)
        if (w->at[i].by != BY_META && str_eq(w->at[i].key, key))
            return true;
    return false;
}

struct str title_agreed(const struct page_context *ctx,
                        const struct witnesses *w)
{
    const struct ld_article *ld = meta_article(ctx->meta);

    if (ld == NULL || !ld->is_article || ld->headline.n == 0 || w->n < 2 ||
        !str_eq(w->at[0].key, w->at[1].key))
        return STR_NONE;
    return w->at[0].text;
}

void title_tell_said(struct page_context *ctx, const struct witnesses *w)
{
    if (ctx->why == NULL)
        return;
    for (size_t i = 0; i < w->n; i++)
        why_value(ctx, WHY_TITLE, title_bare(ctx, w->at[i].text), w->at[i].from,
                  0);
    why_value(ctx, WHY_TITLE, title_bare(ctx, ctx->meta->title),
              "the title element", 0);
}

void title_hear_said(struct page_context *ctx, const struct witnesses *w,
                     struct str key, struct evidences *e)
{
    struct str element = title_letters(ctx, title_bare(ctx, ctx->meta->title));
    struct str whole = title_letters(ctx, ctx->meta->title);
    struct url url;

    for (size_t i = 0; i < w->n; i++) {
        struct str other = title_letters(ctx, title_bare(ctx, w->at[i].text));
        bool same = str_eq(w->at[i].key, key) || str_eq(other, key);

        if (w->at[i].by == BY_JSONLD)
            e->heard[same ? TITLE_LD_SAME : TITLE_LD_OTHER] = true;
        else if (w->at[i].by == BY_OG)
            e->heard[same                                  ? TITLE_OG_SAME
                     : title_keys_agree(w->at[i].key, key) ? TITLE_OG_NEAR
                                                           : TITLE_OG_OTHER] =
                true;
        else if (same)
            e->heard[TITLE_META_SAME] = true;
    }
    if (whole.n > 0)
        e->heard[str_eq(element, key) || str_eq(whole, key) ? TITLE_ELEMENT_SAME
                 : str_starts(whole, key) ? TITLE_ELEMENT_BEGINS
                                          : TITLE_ELEMENT_OTHER] = true;
    e->heard[TITLE_SHORT] = key.n < 12;
    if (url_parse(ctx->a, ctx->hints->url, STR_NONE, &url) && key.n >= 8)
        e->heard[TITLE_ADDRESS] =
            str_has(title_letters(ctx, url.path), str_slice(key, 0, 16));
}
