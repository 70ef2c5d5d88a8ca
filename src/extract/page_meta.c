/*
 * One walk over the page tree collects everything that declares itself: meta,
 * link, title and script elements wherever they stand (many pages have them in
 * the body), and claims, the elements whose itemprop, rel or class says "author"
 * or "date", and links to the page of an author.
 */
#include "extract/page_meta.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "extract/blocks.h"
#include "extract/fields.h"
#include "extract/page_strangers.h"
#include "extract/page_title.h"
#include "text/lang.h"
#include "text/url.h"
#include "text/when.h"

#define VALUES_MAX      400
#define FEEDS_MAX       40
#define TITLE_MAX_BYTES 2000

/* ---- text ------------------------------------------------------------------- */

struct str meta_text(struct arena *a, struct str s)
{
    struct notes notes = {.n = 0};
    struct page_tree *t;

    if (s.n > TITLE_MAX_BYTES || (str_find_char(s, '&', 0) == STR_NOT_FOUND &&
                                  str_find_char(s, '<', 0) == STR_NOT_FOUND))
        return arena_line(a, s);
    t = html_parse_fragment(a, s, &notes);
    return node_text(t, 0, a);
}

struct str meta_get(const struct page_meta *m, struct str name)
{
    for (size_t i = 0; i < m->values.n; i++)
        if (str_eq(m->values.at[i].name, name) && m->values.at[i].content.n > 0)
            return m->values.at[i].content;
    return STR_NONE;
}

const struct ld_article *meta_article(const struct page_meta *m)
{
    const struct ld_article *best = NULL;

    for (size_t i = 0; i < m->articles.n; i++) {
        const struct ld_article *now = &m->articles.at[i];

        if (best == NULL || (now->is_article && !best->is_article))
            best = now;
    }
    return best;
}

/* ---- head ------------------------------------------------------------------- */

/* Blanks are cut out of names: "og:time " and "og: time" have been seen. */
static struct str meta_name(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.n + 1);
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++)
        if (!is_space(s.p[i]))
            p[n++] = to_lower(s.p[i]);
    return str_of(p, n);
}

/* content="A mayor says "no" again": the quote within ends the content, and the
 * words behind it are read as attributes, one of which keeps a quote.  Half of
 * what was to be said is worse than nothing. */
static bool is_torn(const struct page_tree *t, uint32_t i)
{
    for (uint32_t k = 0; k < t->nodes[i].n_attrs; k++) {
        struct str name = t->nodes[i].attrs[k].name;
        bool has_quote = false, has_word = false;

        for (size_t at = 0; at < name.n; at++) {
            has_quote |= name.p[at] == '"' || name.p[at] == '\'';
            has_word |= is_alnum(name.p[at]) || (unsigned char)name.p[at] > 127;
        }
        if (has_quote && has_word)
            return true;
    }
    return false;
}

static void read_meta(struct page_context *ctx, struct page_meta *m, uint32_t i)
{
    static const struct str names[] = {STR_INIT("property"), STR_INIT("name"),
                                       STR_INIT("itemprop"),
                                       STR_INIT("http-equiv")};
    const struct page_tree *t = ctx->tree;
    struct str content = node_attr(t, i, STR("content"));

    if (content.n == 0)
        content = node_attr(t, i, STR("value"));
    if (content.n == 0 || is_torn(t, i) ||
        (node_has(t, i, STR("itemprop")) && is_of_list_entry(ctx, i)))
        return;
    content = arena_line(ctx->a, content);
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
        struct str name = node_attr(t, i, names[k]);

        if (name.n > 0 && m->values.n < VALUES_MAX)
            *vec_add(ctx->a, &m->values) = (struct meta_value){
                .name = meta_name(ctx->a, name), .content = content, .node = i};
    }
}

static bool is_feed_type(struct str type)
{
    return str_has_nocase(type, STR("rss+xml")) ||
           str_has_nocase(type, STR("atom+xml")) ||
           str_has_nocase(type, STR("feed+json")) ||
           str_has_nocase(type, STR("rdf+xml"));
}

static void read_link(struct page_context *ctx, struct page_meta *m, uint32_t i)
{
    struct str rel = node_attr(ctx->tree, i, STR("rel"));
    struct str href = str_trim(node_attr(ctx->tree, i, STR("href")));
    struct str type = node_attr(ctx->tree, i, STR("type"));

    if (href.n == 0)
        return;
    if (rel_says(rel, STR("canonical")) && m->canonical.n == 0)
        m->canonical = href;
    else if (rel_says(rel, STR("next")) && m->next.n == 0)
        m->next = href;
    else if (rel_says(rel, STR("alternate")) && is_feed_type(type) &&
             m->feeds.n < FEEDS_MAX)
        *vec_add(ctx->a, &m->feeds) = (struct page_feed_link){
            .url = href,
            .title = node_attr(ctx->tree, i, STR("title")),
            .type = type};
}

/* The text of a script or title element: its one text node. */
static struct str raw_text(const struct page_tree *t, uint32_t i)
{
    uint32_t child = node_first(t, i);

    return child != 0 && t->nodes[child].tag == TAG_TEXT ? t->nodes[child].text
                                                         : STR_NONE;
}

/* ---- the walk ------------------------------------------------------------------- */

/* What the walk over the page remembers. */
struct meta_walk {
    struct str scripts[JSONLD_MAX];
    size_t n_scripts;
    bool has_base;
    struct claim_reader *claims;
};

static void read_node(struct page_context *ctx, struct page_meta *m, uint32_t i,
                      struct meta_walk *walk)
{
    const struct page_tree *t = ctx->tree;

    switch (t->nodes[i].tag) {
    case TAG_META:
        read_meta(ctx, m, i);
        if (node_has(t, i, STR("itemprop")))
            claims_read(ctx, m, walk->claims, i);
        break;
    case TAG_LINK:
        read_link(ctx, m, i);
        break;
    case TAG_TITLE:
        if (m->title.n == 0)
            m->title = arena_line(ctx->a, raw_text(t, i));
        break;
    case TAG_SCRIPT:
        if (str_has_nocase(node_attr(t, i, STR("type")), STR("ld+json")) &&
            walk->n_scripts < JSONLD_MAX)
            walk->scripts[walk->n_scripts++] = raw_text(t, i);
        break;
    case TAG_BASE:
        if (!walk->has_base && node_has(t, i, STR("href"))) {
            struct str base = url_resolve(ctx->a, ctx->hints->url,
                                          node_attr(t, i, STR("href")));

            walk->has_base = true;
            if (url_is_http(base))
                m->base = base;
        }
        break;
    case TAG_HTML:
        m->language = lang_tag(ctx->a, node_attr(t, i, STR("lang")));
        if (m->language.n == 0)
            m->language = lang_tag(ctx->a, node_attr(t, i, STR("xml:lang")));
        break;
    case TAG_TEXT:
    case TAG_DOCUMENT:
        break;
    default:
        if (t->nodes[i].n_attrs > 0 || t->nodes[i].tag == TAG_TIME)
            claims_read(ctx, m, walk->claims, i);
    }
}

/* The beginnings of the longer blocks. */
static struct str text_sample(struct page_context *ctx)
{
    struct str parts[32];
    size_t n = 0, bytes = 0;

    for (size_t i = 0; i < ctx->blocks.n && n < 32 && bytes < 4000; i++)
        if (ctx->blocks.at[i].chars >= 24 && !ctx->blocks.at[i].is_hidden) {
            parts[n++] = ctx->blocks.at[i].text;
            bytes += ctx->blocks.at[i].text.n;
        }
    return arena_join(ctx->a, parts, n);
}

/* What the page declares; but whether it is Chinese its text knows better than
 * its template does.  Empty if neither says. */
static struct str language_of_page(struct page_context *ctx,
                                   const struct page_meta *m)
{
    struct str declared =
        m->language.n > 0 ? m->language : ctx->hints->when.lang;
    struct str text = text_sample(ctx), guess;

    if (declared.n > 0 && !str_starts_nocase(declared, STR("zh")) &&
        !text_is_han(text))
        return declared;
    guess = lang_guess(text);
    return guess.n > 0 ? guess : declared;
}

static const struct {
    struct str lang, region, rule;
} zones[] = {
#define ZONE(lang, region, rule)                                               \
    {STR_INIT(lang), STR_INIT(region), STR_INIT(rule)},
#include "extract/zones.def"
#undef ZONE
};

/* "AT" of "de-AT" and of "zh-Hant-TW"; empty if the tag has none. */
static struct str region_of(struct str tag)
{
    size_t hyphen = str_find_last(tag, '-');

    return hyphen != STR_NOT_FOUND && tag.n - hyphen == 3
               ? str_from(tag, hyphen + 1)
               : STR_NONE;
}

/* The row for the language and region, SIZE_MAX without one. */
static size_t zone_row(struct str lang, struct str region)
{
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++)
        if (str_eq_nocase(zones[i].lang, lang) &&
            str_eq_nocase(zones[i].region, region))
            return i;
    return SIZE_MAX;
}

static const struct zone *usual_zone(struct page_context *ctx, struct str lang,
                                     struct str declared)
{
    struct str primary = str_slice(lang, 0, str_find_char(lang, '-', 0));
    struct str region = STR_NONE;
    struct url url;
    size_t row = SIZE_MAX;

    if (str_starts_nocase(declared, primary))
        region = region_of(declared);
    if (region.n == 0 && url_parse(ctx->a, ctx->hints->url, STR_NONE, &url)) {
        size_t dot = str_find_last(url.host, '.');

        if (dot != STR_NOT_FOUND && url.host.n - dot == 3)
            region = str_from(url.host, dot + 1);
    }
    if (region.n > 0)
        row = zone_row(primary, region);
    if (row == SIZE_MAX)
        row = zone_row(primary, STR_NONE);
    return row != SIZE_MAX ? zone_from_rule(ctx->a, zones[row].rule) : NULL;
}

const struct page_meta *page_meta_read(struct page_context *ctx)
{
    struct page_meta *m = arena_make(ctx->a, struct page_meta);
    struct meta_walk walk = {.claims = claim_reader_new(ctx->a)};
    struct str lang;

    m->labels = label_index_new(ctx->a);
    m->base = ctx->hints->url;
    ctx->meta = m;
    for (uint32_t i = 1; ctx->tree != NULL && i < ctx->tree->n; i++)
        read_node(ctx, m, i, &walk);
    jsonld_read(ctx->a, walk.scripts, walk.n_scripts, m);
    strangers_drop(ctx, m);
    lang = language_of_page(ctx, m);
    m->is_chinese = str_starts_nocase(lang, STR("zh"));
    m->zone = usual_zone(ctx, lang, m->language);
    m->site_name = title_site_name(ctx);
    return m;
}
