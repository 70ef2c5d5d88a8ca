/*
 * Where a list or an article goes on.
 *
 * On a list the link that says so is taken at its word.  On an article "next"
 * often means another article, and figures may be anything: there the address
 * must be that of the page itself but for the page number (page_number.c), and
 * the link must say "next", or be the number.  Where the address alone does not
 * say that its number is a page's (a-5, a-6), a link back to the first page must
 * stand on the page as well.
 */
#include "base/utf8.h"
#include "extract/fields.h"
#include "extract/page_marks.h"
#include "extract/page_meta.h"
#include "extract/page_number.h"
#include "extract/page_rules.h"
#include "extract/page_thread.h"

#define LINK_NODES 6 /* the words of such a link are few */
#define LINK_BYTES 40

/* What makes the words of a link mean the following page. */
enum next_proof {
    PROOF_WORDS,
    PROOF_PAGER,
    PROOF_ADDRESS /* that of the next page */
};

/* Texts of links to the following page of a list or an article. */
static const struct {
    struct str text;
    enum next_proof proof;
} next_texts[] = {
    {STR_INIT("下一页"), PROOF_WORDS},
    {STR_INIT("下一頁"), PROOF_WORDS},
    {STR_INIT("下页"), PROOF_WORDS},
    {STR_INIT("下頁"), PROOF_WORDS},
    {STR_INIT("后一页"), PROOF_WORDS},
    {STR_INIT("次のページ"), PROOF_WORDS},
    {STR_INIT("次ページ"), PROOF_WORDS},
    {STR_INIT("다음 페이지"), PROOF_WORDS},
    {STR_INIT("next page"), PROOF_WORDS},
    {STR_INIT("older posts"), PROOF_WORDS},
    {STR_INIT("older entries"), PROOF_WORDS},
    {STR_INIT("nächste seite"), PROOF_WORDS},
    {STR_INIT("ältere beiträge"), PROOF_WORDS},
    {STR_INIT("page suivante"), PROOF_WORDS},
    {STR_INIT("página siguiente"), PROOF_WORDS},
    {STR_INIT("próxima página"), PROOF_WORDS},
    {STR_INIT("pagina successiva"), PROOF_WORDS},
    {STR_INIT("volgende pagina"), PROOF_WORDS},
    {STR_INIT("następna strona"), PROOF_WORDS},
    {STR_INIT("следующая страница"), PROOF_WORDS},
    {STR_INIT("sonraki sayfa"), PROOF_WORDS},
    {STR_INIT("next"), PROOF_PAGER},
    {STR_INIT("weiter"), PROOF_PAGER},
    {STR_INIT("suivant"), PROOF_PAGER},
    {STR_INIT("siguiente"), PROOF_PAGER},
    {STR_INIT("次へ"), PROOF_PAGER},
    {STR_INIT("다음"), PROOF_PAGER},
    {STR_INIT("›"), PROOF_PAGER},
    {STR_INIT("»"), PROOF_PAGER},
    {STR_INIT(">"), PROOF_PAGER},
    {STR_INIT("more"), PROOF_ADDRESS},
    {STR_INIT("load more"), PROOF_ADDRESS},
    {STR_INIT("show more"), PROOF_ADDRESS},
    {STR_INIT("see more"), PROOF_ADDRESS},
    {STR_INIT("older"), PROOF_ADDRESS},
    {STR_INIT("more stories"), PROOF_ADDRESS},
    {STR_INIT("加载更多"), PROOF_ADDRESS},
    {STR_INIT("查看更多"), PROOF_ADDRESS},
    {STR_INIT("更多"), PROOF_ADDRESS},
    {STR_INIT("載入更多"), PROOF_ADDRESS},
    {STR_INIT("もっと見る"), PROOF_ADDRESS},
    {STR_INIT("もっと読む"), PROOF_ADDRESS},
    {STR_INIT("더보기"), PROOF_ADDRESS},
    {STR_INIT("더 보기"), PROOF_ADDRESS},
    {STR_INIT("mehr"), PROOF_ADDRESS},
    {STR_INIT("mehr laden"), PROOF_ADDRESS},
    {STR_INIT("mehr anzeigen"), PROOF_ADDRESS},
    {STR_INIT("plus"), PROOF_ADDRESS},
    {STR_INIT("voir plus"), PROOF_ADDRESS},
    {STR_INIT("afficher plus"), PROOF_ADDRESS},
    {STR_INIT("ver más"), PROOF_ADDRESS},
    {STR_INIT("cargar más"), PROOF_ADDRESS},
    {STR_INIT("mostrar más"), PROOF_ADDRESS},
    {STR_INIT("ver mais"), PROOF_ADDRESS},
    {STR_INIT("carregar mais"), PROOF_ADDRESS},
    {STR_INIT("mostra altro"), PROOF_ADDRESS},
    {STR_INIT("carica altro"), PROOF_ADDRESS},
    {STR_INIT("meer"), PROOF_ADDRESS},
    {STR_INIT("toon meer"), PROOF_ADDRESS},
    {STR_INIT("więcej"), PROOF_ADDRESS},
    {STR_INIT("ещё"), PROOF_ADDRESS},
    {STR_INIT("показать ещё"), PROOF_ADDRESS},
    {STR_INIT("daha fazla"), PROOF_ADDRESS},
};

static bool is_pager(const struct page_tree *t, uint32_t node)
{
    for (int up = 0; up < 4 && node != 0; up++) {
        struct str class = node_attr(t, node, STR("class"));

        if (str_has_nocase(class, STR("pag")))
            return true;
        node = t->nodes[node].parent;
    }
    return false;
}

/* What stands around the words of such a link: arrows and angles. */
static struct str without_arrows(struct str s)
{
    static const struct str arrows[] = {
        STR_INIT("»"),  STR_INIT("›"), STR_INIT("→"), STR_INIT(">"),
        STR_INIT("＞"), STR_INIT("«"), STR_INIT("‹"), STR_INIT("←")};
    struct str all = s = str_trim_wide(s);

    for (size_t i = 0; i < sizeof arrows / sizeof arrows[0]; i++) {
        while (str_ends(s, arrows[i]))
            s = str_trim_wide(str_slice(s, 0, s.n - arrows[i].n));
        while (str_starts(s, arrows[i]))
            s = str_trim_wide(str_from(s, arrows[i].n));
    }
    return s.n > 0 ? s : all;
}

/* The address that a link leads to; empty if it is none of another page. */
static struct str target_of(struct page_context *ctx, uint32_t node)
{
    struct str href = str_trim(node_attr(ctx->tree, node, STR("href"))), url;

    if (ctx->tree->nodes[node].tag != TAG_A || href.n == 0 || href.p[0] == '#')
        return STR_NONE;
    url = page_absolute(ctx, href);
    return str_eq(url, ctx->hints->url) ? STR_NONE : url;
}

static bool is_proved(struct page_context *ctx, uint32_t node,
                      enum next_proof by)
{
    struct page_step step;

    if (by == PROOF_ADDRESS)
        return page_follows(ctx->a, ctx->hints->url, target_of(ctx, node),
                            &step) &&
               step.is_said;
    return by == PROOF_WORDS || is_pager(ctx->tree, node);
}

static bool is_next_link(struct page_context *ctx, uint32_t node)
{
    struct str text;

    /* The words are few: what holds more is not looked into. */
    if (ctx->tree->nodes[node].end - node > LINK_NODES)
        return false;
    text = node_text(ctx->tree, node, ctx->a);
    if (text.n == 0 || text.n > LINK_BYTES)
        return false;
    text = without_arrows(text);
    for (size_t i = 0; i < sizeof next_texts / sizeof next_texts[0]; i++)
        if (str_eq_nocase(text, next_texts[i].text))
            return is_proved(ctx, node, next_texts[i].proof);
    return false;
}

/* ---- lists ---- */

static bool names_next(struct page_context *ctx, uint32_t node)
{
    struct str rel = node_attr(ctx->tree, node, STR("rel")), word;

    while (str_word(&rel, &word))
        if (str_eq_nocase(word, STR("next")))
            return true;
    return is_next_link(ctx, node);
}

static struct str next_of_list(struct page_context *ctx)
{
    for (uint32_t i = 1; i < ctx->tree->n; i++) {
        struct str url;

        if (ctx->tree->nodes[i].tag != TAG_A || !is_next_link(ctx, i))
            continue;
        url = target_of(ctx, i);
        if (url.n > 0)
            return url;
    }
    return STR_NONE;
}

/* ---- articles ---- */

/* The number a link is: "2", "[2]", "第2页", "Page 2"; 0 if it is none. */
static int64_t number_of_link(struct page_context *ctx, uint32_t node)
{
    static const struct str words[] = {
        STR_INIT("第"),   STR_INIT("页"),    STR_INIT("頁"),
        STR_INIT("page"), STR_INIT("seite"), STR_INIT("["),
        STR_INIT("]"),    STR_INIT("("),     STR_INIT(")")};
    struct str s;
    int64_t n = 0;

    if (ctx->tree->nodes[node].end - node > LINK_NODES)
        return 0;
    s = node_text(ctx->tree, node, ctx->a);
    for (size_t i = 0; i < sizeof words / sizeof words[0] && s.n <= LINK_BYTES;
         i++) {
        if (str_starts_nocase(s, words[i]))
            s = str_trim(str_from(s, words[i].n));
        if (str_ends(s, words[i]))
            s = str_trim(str_slice(s, 0, s.n - words[i].n));
    }
    return s.n <= 2 && str_to_i64(s, &n) ? n : 0;
}

/* Comments have pages of their own. */
static bool is_in_comments(const struct page_context *ctx, uint32_t node)
{
    for (int up = 0; up < 8 && node != 0; up++) {
        if ((ctx->marks[node].classes & 1u << CLASS_COMMENT) != 0)
            return true;
        node = ctx->tree->nodes[node].parent;
    }
    return false;
}

static bool links_to_first(struct page_context *ctx, struct str base)
{
    for (uint32_t i = 1; i < ctx->tree->n; i++)
        if (ctx->tree->nodes[i].tag == TAG_A && number_of_link(ctx, i) == 1 &&
            page_is_first(ctx->a, base, target_of(ctx, i)))
            return true;
    return false;
}

static bool goes_on(struct page_context *ctx, struct str base, struct str url,
                    int64_t number, bool says_next)
{
    struct page_step step;

    if (url.n == 0 || !page_follows(ctx->a, base, url, &step))
        return false;
    if (!says_next && number != (step.from == 0 ? 2 : step.from + 1) &&
        !(step.is_said && number == step.to))
        return false;
    return step.from == 0 || step.is_said || links_to_first(ctx, base);
}

static struct str next_of_article(struct page_context *ctx)
{
    struct str base = ctx->hints->url, url;

    if (base.n == 0)
        base = page_absolute(ctx, ctx->meta->canonical);
    /* What goes on in a thread is answers, not the article. */
    if (base.n == 0 || is_thread(ctx))
        return STR_NONE;
    url = page_absolute(ctx, ctx->meta->next);
    if (goes_on(ctx, base, url, 0, true))
        return url;
    for (uint32_t i = 1; i < ctx->tree->n; i++) {
        int64_t number;
        bool says_next;

        if (ctx->tree->nodes[i].tag != TAG_A)
            continue;
        number = number_of_link(ctx, i);
        says_next = number == 0 && names_next(ctx, i);
        if (number < 2 && !says_next)
            continue;
        url = target_of(ctx, i);
        if (goes_on(ctx, base, url, number, says_next) &&
            !is_in_comments(ctx, i))
            return url;
    }
    return STR_NONE;
}

struct str page_next(struct page_context *ctx, bool is_list)
{
    struct str named;

    if (ctx->tree == NULL)
        return STR_NONE;
    if (rules_next(ctx, &named))
        return page_absolute(ctx, named);
    if (!is_list)
        return next_of_article(ctx);
    return ctx->meta->next.n > 0 ? page_absolute(ctx, ctx->meta->next)
                                 : next_of_list(ctx);
}
