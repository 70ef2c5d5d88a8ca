/*
 * What elements of the page say of a byline that call themselves author, account or
 * source, by itemprop, rel, class or the address they link to.
 */
#include "extract/page_inquiry.h"

#include "base/utf8.h"
#include "extract/page_date.h"
#include "extract/page_labels.h"
#include "extract/page_meta.h"
#include "extract/page_name_words.h"
#include "extract/page_title_clean.h"
#include "text/site.h"

#define CLAIM_CHARS   120
#define CLASS_CHARS   24 /* a class vouches for no more */
#define ACCOUNT_CHARS 20
#define CLAIM_NODES   60 /* claims farther apart are of two bylines */

/* Whether another author's claim lies inside claim I, which says more than the
 * name. */
static bool has_inner_claim(struct inquiry *q, size_t i)
{
    const struct page_meta *m = q->ctx->meta;
    uint32_t end = q->ctx->tree->nodes[m->claims.at[i].node].end;

    for (size_t k = i + 1; k < m->claims.n && m->claims.at[k].node < end; k++)
        if (m->claims.at[k].kind == CLAIM_AUTHOR &&
            m->claims.at[k].by != BY_ADDRESS)
            return true;
    return false;
}

static bool is_near_article(const struct inquiry *q, uint32_t node)
{
    const struct blocks *b = &q->ctx->blocks;
    size_t end = q->span->body_end + 10;
    size_t first = q->span->body_first;

    if (b->n == 0)
        return true;
    if (end >= b->n)
        end = b->n - 1;
    first = first > HEAD_BLOCKS ? first - HEAD_BLOCKS : 0;
    return (first == 0 || node >= b->at[first].container) &&
           node <= b->at[end].end;
}

/* On Chinese pages a class vouches for little: only a short name in the head,
 * an account's as a rule, is believed. */
static bool is_chinese_claim(const struct inquiry *q, const struct claim *c,
                             struct str text)
{
    return c->by != BY_CLASS ||
           (c->node < span_text_node(q->ctx, q->span) &&
            utf8_chars(text) <= 10 && !str_has(text, STR("：")) &&
            is_han(utf8_next(text, &(size_t){0})));
}

/* One word of ASCII letters, as accounts are called, or a person's name. */
static bool is_called_so(struct str text)
{
    size_t chars = utf8_chars(text);

    return str_find_char(text, ' ', 0) != STR_NOT_FOUND
               ? name_is_person(text)
               : chars == text.n && chars >= 3 && chars <= ACCOUNT_CHARS &&
                     !is_digit(text.p[0]);
}

/* "/u/88", "/users/jane": the link to an account's page. */
static bool is_account_address(const struct claim *c)
{
    return c->kind == CLAIM_ACCOUNT && c->by == BY_ADDRESS;
}

/* The name behind the label that TEXT begins with; nothing without one. */
static struct str named_behind_label(const struct inquiry *q, struct str text)
{
    struct label_hit hit;
    struct str name;

    if (!label_at(q->ctx->meta->labels, text, 0, EDGE_START, &hit) ||
        hit.field != LABEL_BIO)
        return STR_NONE;
    name = str_trim(str_from(text, hit.end));
    return name_is_person(name) ? name : STR_NONE;
}

/* "All posts by Jane Roe": the name in the link to her other articles, below the
 * text where she is told about, or in what the link says it is; nothing if neither
 * says so. */
static struct str named_by_link(const struct inquiry *q, const struct claim *c)
{
    struct str name;

    if (c->kind != CLAIM_AUTHOR || c->by != BY_ADDRESS)
        return STR_NONE;
    name = named_behind_label(q, claim_value(q->ctx, c));
    return name.n > 0 ? name
                      : named_behind_label(
                            q, node_attr(q->ctx->tree, c->node, STR("title")));
}

/* Inside an element whose class says author. */
static bool is_in_authors_box(const struct inquiry *q, size_t i)
{
    const struct page_meta *m = q->ctx->meta;
    uint32_t node = m->claims.at[i].node;

    for (size_t k = 0; k < i; k++)
        if (m->claims.at[k].kind == CLAIM_AUTHOR &&
            m->claims.at[k].by == BY_CLASS &&
            q->ctx->tree->nodes[m->claims.at[k].node].end > node)
            return true;
    return false;
}

/* A link to an author's page far below the head is anybody's, if nothing else
 * says author. */
static bool is_far_link(const struct inquiry *q, size_t i)
{
    const struct claim *c = &q->ctx->meta->claims.at[i];

    return c->by == BY_ADDRESS &&
           c->node > span_text_node(q->ctx, q->span) + CLAIM_NODES &&
           !is_in_authors_box(q, i) && named_by_link(q, c).n == 0;
}

/* "Jane Roe" of "Jane Roe Jane Roe", once beside the picture and once below. */
static struct str said_once(struct str text)
{
    struct str half = str_slice(text, 0, text.n / 2);

    return text.n % 2 == 1 &&
                   (text.p[half.n] == ' ' || text.p[half.n] == '\n') &&
                   str_eq(half, str_from(text, half.n + 1))
               ? half
               : text;
}

/* "Our Team", "Jobs": words of a menu, which are in no account's name. */
static bool is_menu_item(struct str text)
{
    struct str word;

    while (str_word(&text, &word))
        if (name_word_is(word, WORD_MENU) || name_word_is(word, WORD_PROSE))
            return true;
    return false;
}

/* "Jane Roe" or "Yucy" in a link to "/author/jane-roe", "/authors/yucy/". */
static bool is_named_by_address(const struct inquiry *q, const struct claim *c,
                                struct str text)
{
    return c->kind == CLAIM_AUTHOR && c->by == BY_ADDRESS &&
           !is_menu_item(text) &&
           byline_is_in_address(node_attr(q->ctx->tree, c->node, STR("href")),
                                text);
}

/* Names of one claim; a class or an address alone vouches less than rel or
 * itemprop. */
static void read_claim(struct inquiry *q, const struct claim *c,
                       struct names *to)
{
    struct str text = said_once(claim_value(q->ctx, c));
    struct str name = named_by_link(q, c);
    struct line_facts f;

    if (name.n > 0)
        text = name;
    if (text.n == 0 || utf8_chars(text) > CLAIM_CHARS)
        return;
    if (line_read(q->ctx, text, &f)) {
        byline_merge(q->ctx->a, to, &f.authors);
        if (to->n > 0 || f.is_bio || f.rest.n == 0)
            return;
        text = f.rest;
    }
    if ((q->ctx->meta->is_chinese && !is_chinese_claim(q, c, text)) ||
        (is_account_address(c) && !is_called_so(text)))
        return;
    /* "jane_r", and in the next line a button. */
    if (c->by == BY_CLASS && utf8_chars(text) > CLASS_CHARS) {
        struct str first = str_slice(text, 0, str_find_char(text, '\n', 0));

        if (first.n < text.n && is_called_so(first) &&
            names_add(q->ctx->a, first, NAMES_LABELLED, to) > 0 &&
            !name_is_person(first))
            return;
    }
    names_add(q->ctx->a, text,
              (c->by == BY_ADDRESS && c->kind == CLAIM_AUTHOR &&
               !is_named_by_address(q, c, text)) ||
                      (c->by == BY_CLASS && utf8_chars(text) > CLASS_CHARS)
                  ? NAMES_LOOSE
                  : NAMES_LABELLED,
              to);
}

/* Links to accounts of other sites are the site's own ones there. */
static bool is_on_site(const struct inquiry *q, uint32_t node)
{
    struct str href = node_attr(q->ctx->tree, node, STR("href"));
    struct str site = site_of_url(q->ctx->a, q->ctx->hints->url);

    return !str_has(href, STR("//")) || (site.n > 0 && str_has(href, site));
}

/* An article element holds both the claim and the text. */
static bool is_in_article(const struct inquiry *q, uint32_t node, uint32_t text)
{
    const struct page_tree *t = q->ctx->tree;

    while (node != 0 && t->nodes[node].tag != TAG_ARTICLE)
        node = t->nodes[node].parent;
    return node != 0 && text > node && text < t->nodes[node].end;
}

/* The account of whoever reads the page stands above its headings, if not in the
 * article, those of who answer below the text. */
static bool is_writers_account(const struct inquiry *q, const struct claim *c)
{
    const struct blocks *b = &q->ctx->blocks;
    uint32_t text = span_text_node(q->ctx, q->span);
    size_t heading = 0;

    if (c->kind != CLAIM_ACCOUNT || c->node >= text ||
        (c->by == BY_ADDRESS && !is_on_site(q, c->node)))
        return false;
    while (heading < q->span->body_first && b->at[heading].heading == 0)
        heading++;
    return ((heading < q->span->body_first && b->at[heading].first < c->node) ||
            is_in_article(q, c->node, text)) &&
           is_near_article(q, c->node) &&
           !is_beside_article(q->ctx, c->node, text);
}

/* On Chinese pages accounts are often the outlet's. */
static bool is_authors(const struct inquiry *q, const struct claim *c)
{
    return c->kind == CLAIM_AUTHOR ||
           (!q->ctx->meta->is_chinese && is_writers_account(q, c));
}

/* Behind the first block of the text. */
static bool is_in_text(const struct inquiry *q, uint32_t node)
{
    return q->span->body_first < q->ctx->blocks.n &&
           node >= q->ctx->blocks.at[q->span->body_first].end;
}

/* A byline in the text or behind it, where the article has one above: that of
 * another article, of which a box tells. */
static bool is_of_another(const struct inquiry *q, uint32_t own, uint32_t node)
{
    return node > own + CLAIM_NODES ||
           (!is_in_text(q, own) && is_in_text(q, node));
}

static void ask_author_claims(struct inquiry *q)
{
    const struct page_meta *m = q->ctx->meta;
    uint32_t text = span_text_node(q->ctx, q->span);

    for (int by = BY_ITEMPROP; by >= BY_ADDRESS; by--) {
        uint32_t last = 0;

        /* The site's own name as an author's keeps nobody else's from being
         * heard, unless all that vouches is an address. */
        if (names_have_person(&q->claims) ||
            (by == BY_ADDRESS && q->claims.n > 0))
            return;
        for (size_t i = 0; i < m->claims.n; i++) {
            const struct claim *c = &m->claims.at[i];
            struct names found = {0};

            if (!is_authors(q, c) || c->by != by || is_far_link(q, i) ||
                has_inner_claim(q, i) || !is_near_article(q, c->node) ||
                is_beside_article(q->ctx, c->node, text))
                continue;
            if (last != 0 && is_of_another(q, last, c->node))
                break;
            read_claim(q, c, &found);
            for (size_t n = 0; n < found.n; n++) {
                if (!name_is_person(found.at[n].name) &&
                    byline_is_site(q, found.at[n].name))
                    found.at[n].is_org = true;
                if (q->claims.n == 0 || by != BY_CLASS ||
                    name_is_person(found.at[n].name))
                    names_put(q->ctx->a, &q->claims, found.at[n]);
            }
            if (found.n > 0)
                last = c->node;
        }
    }
}

/* A short text in an element of the class "source", in the head. */
static void ask_source_claims(struct inquiry *q)
{
    const struct page_meta *m = q->ctx->meta;
    uint32_t text_node = span_text_node(q->ctx, q->span);

    for (size_t i = 0; i < m->claims.n && q->claimed_source.n == 0; i++) {
        const struct claim *c = &m->claims.at[i];
        struct line_facts f;
        struct str text;

        if (c->kind != CLAIM_SOURCE || c->node > text_node ||
            !is_near_article(q, c->node))
            continue;
        text = claim_value(q->ctx, c);
        if (line_read(q->ctx, text, &f))
            text = f.source.n > 0 ? f.source : f.rest;
        if (byline_is_outlet(text))
            q->claimed_source = text;
    }
}

/* One word or a few of Han that name nobody else. */
static bool is_account(struct inquiry *q, struct str s)
{
    size_t chars = utf8_chars(s);
    struct line_facts f;

    return chars >= 2 && chars <= ACCOUNT_CHARS &&
           str_find_char(s, ' ', 0) == STR_NOT_FOUND &&
           str_find_char(s, '\n', 0) == STR_NOT_FOUND && !name_is_nobody(s) &&
           !name_is_org(s) && !byline_is_site(q, s) &&
           !line_read(q->ctx, s, &f);
}

/* "长亭客" and a button to follow: between title and text, the button is for the
 * author's account. */
static bool has_follow_button(const struct blocks *b, size_t i)
{
    static const struct str words[] = {STR_INIT("关注"), STR_INIT("+关注"),
                                       STR_INIT("關注"), STR_INIT("追蹤"),
                                       STR_INIT("＋关注")};

    for (size_t k = 0; i + 1 < b->n && k < sizeof words / sizeof words[0]; k++)
        if (str_eq(b->at[i + 1].text, words[k]))
            return true;
    return false;
}

static void ask_account(struct inquiry *q)
{
    const struct page_meta *m = q->ctx->meta;
    const struct blocks *b = &q->ctx->blocks;
    const struct article_span *s = q->span;
    size_t from = s->body_first > HEAD_BLOCKS ? s->body_first - HEAD_BLOCKS : 0;

    for (size_t i = 0; i < m->claims.n && q->account.n == 0; i++) {
        const struct claim *c = &m->claims.at[i];

        if (is_writers_account(q, c) && is_account(q, claim_value(q->ctx, c)))
            q->account = claim_value(q->ctx, c);
    }
    if (q->account.n == 0 && q->at[PLACE_TAIL].beside_date.n > 0 &&
        title_has_part(q->ctx, q->at[PLACE_TAIL].beside_date) &&
        is_account(q, q->at[PLACE_TAIL].beside_date))
        q->account = q->at[PLACE_TAIL].beside_date;
    for (size_t i = from; i < s->body_first && q->account.n == 0; i++)
        if (!b->at[i].is_hidden && has_follow_button(b, i) &&
            is_account(q, b->at[i].text))
            q->account = b->at[i].text;
}

void byline_ask_claims(struct inquiry *q)
{
    ask_author_claims(q);
    if (q->ctx->meta->is_chinese) {
        ask_source_claims(q);
        ask_account(q);
    }
}
