#include "extract/page_teasers.h"

#include "base/arena.h"
#include "extract/page_marks.h"
#include "extract/page_view.h"

#define ROW_LEAST 3 /* cards or items */
#define UNLIKELY  0.2F

/*
 * With trees that had not seen the site, rows whose headings had such odds in the
 * mean held 37 blocks that were taken and wrong, and 33 that were right, nearly
 * all of these on pages of products and lists.
 */
#define HEADINGS_ODDS 0.45F
#define CARD_WEIGHT   700u /* of one in the mean: more are sections of a text */
#define SURE          0.8F
#define SURE_WEIGHT   300 /* of sure prose before the row */

/* Cards side by side.  The numbers are kept at their parent. */
struct row {
    uint32_t cards;
    float odds;      /* of their headings, summed up */
    uint64_t weight; /* of their text */
    uint64_t before; /* of sure prose before the first of them */
    struct str host; /* that the last of them leads to */
    uint32_t turns;  /* cards that lead to another than the one before */
};

struct rows {
    const struct view *v;
    float *heading; /* [card]: 1 and the odds of its likeliest linked heading */
    struct row *at; /* [node] */
};

static bool is_link_away(const struct view *v, uint32_t k)
{
    return v->t->nodes[k].tag == TAG_A &&
           !str_has(node_attr(v->t, k, STR("href")), STR("#"));
}

/* The link of the block, in it or around its first words, that leads elsewhere
 * than down the page; 0 without one.  A heading may have many blocks: each looks
 * at its own. */
static uint32_t link_away(const struct view *v, const struct block *b)
{
    for (uint32_t k = v->t->nodes[b->first].parent; k > b->container;
         k = v->t->nodes[k].parent)
        if (is_link_away(v, k))
            return k;
    for (uint32_t k = b->first; k < b->end; k++)
        if (is_link_away(v, k))
            return k;
    return 0;
}

/* The host that a link names; one to the page's own may name none. */
static struct str host_of_link(const struct view *v, uint32_t link)
{
    struct str href = node_attr(v->t, link, STR("href"));
    size_t at = str_find(href, STR("://"), 0), end;

    if (at == STR_NOT_FOUND)
        return STR_NONE;
    end = str_find(href, STR("/"), at + 3);
    return str_slice(href, at + 3, end == STR_NOT_FOUND ? href.n : end);
}

static bool is_linked_heading(const struct view *v, size_t i)
{
    const struct block *b = &v->at[i];

    return b->heading > 0 && i != v->title && !b->is_hidden &&
           link_share(b) > 0.5f && link_away(v, b) != 0;
}

static void add_heading(struct rows *rows, const struct block *b,
                        uint64_t before)
{
    uint32_t card = view_card(rows->v, b->container);
    struct row *row = &rows->at[rows->v->t->nodes[card].parent];
    float had = rows->heading[card], odds = 1 + b->body_odds;

    if (card == 0 || odds <= had)
        return;
    if (row->cards == 0)
        row->before = before;
    if (had == 0) {
        struct str host = host_of_link(rows->v, link_away(rows->v, b));

        row->turns += row->cards > 0 && !str_eq(host, row->host);
        row->host = host;
        row->cards++;
        row->weight += view_sums(rows->v, card).weight;
    }
    row->odds += odds - (had == 0 ? 1 : had);
    rows->heading[card] = odds;
}

static void find_rows(struct rows *rows)
{
    const struct view *v = rows->v;
    uint64_t sure = 0;

    for (size_t i = 0; i < v->n; i++) {
        const struct block *b = &v->at[i];

        if (is_linked_heading(v, i))
            add_heading(rows, b, sure);
        else if (b->body_odds >= SURE && view_is_prose(b))
            sure += weight_of(b);
    }
}

/* True if the block is text of a card in a row of teasers.  A site's own teasers lead
 * to one host; a list of things from many places is what the page is about. */
static bool is_teaser(const struct rows *rows, const struct block *b)
{
    uint32_t card = view_card(rows->v, b->container);
    const struct row *row = &rows->at[rows->v->t->nodes[card].parent];

    return card != 0 && rows->heading[card] > 0 && row->cards >= ROW_LEAST &&
           row->odds < HEADINGS_ODDS * (float)row->cards &&
           row->weight <= CARD_WEIGHT * row->cards &&
           row->before >= SURE_WEIGHT && row->turns * 2 < row->cards;
}

static void lower_cards(const struct view *v)
{
    struct rows rows = {.v = v};
    size_t headings = 0;

    for (size_t i = 0; i < v->n; i++)
        headings += is_linked_heading(v, i);
    if (headings < ROW_LEAST)
        return;
    rows.heading =
        arena_array(v->ctx->scratch, v->t->n + 1, sizeof *rows.heading);
    rows.at = arena_array(v->ctx->scratch, v->t->n + 1, sizeof *rows.at);
    find_rows(&rows);
    for (size_t i = 0; i < v->n; i++) {
        struct block *b = &v->at[i];

        if (b->body_odds > UNLIKELY && b->heading == 0 && is_teaser(&rows, b))
            b->body_odds = UNLIKELY;
    }
}

/* ---- above the title ---- */

#define TITLE_PROSE 250 /* behind a title that is the article's */

static bool begins_with_link(const struct view *v, const struct block *b)
{
    for (uint32_t k = b->first; k < b->end; k++)
        if (v->t->nodes[k].tag == TAG_TEXT &&
            str_trim_wide(v->t->nodes[k].text).n > 0)
            return v->marks[k].in_link;
    return false;
}

static bool is_teaser_item(const struct view *v, const struct block *b)
{
    return b->tag == TAG_LI && view_is_prose(b) && begins_with_link(v, b);
}

static void lower_items(const struct view *v)
{
    if (v->title == NO_BLOCK || v->at[v->title].heading == 0 ||
        v->title_prose < TITLE_PROSE)
        return;
    for (size_t i = 0, end; i < v->title; i = end) {
        uint32_t list = v->t->nodes[v->at[i].container].parent;

        for (end = i; end < v->title && is_teaser_item(v, &v->at[end]) &&
                      v->t->nodes[v->at[end].container].parent == list;
             end++)
            ;
        for (size_t k = i; end - i >= ROW_LEAST && k < end; k++)
            if (v->at[k].body_odds > UNLIKELY)
                v->at[k].body_odds = UNLIKELY;
        end += end == i;
    }
}

void teasers_lower(const struct view *v)
{
    lower_cards(v);
    lower_items(v);
}
