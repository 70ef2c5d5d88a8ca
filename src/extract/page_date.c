/*
 * When an article was first published: the order of the witnesses.  Best first:
 *
 *   JSON-LD of an article, meta elements, microdata, JSON-LD of the page,
 *   a labelled line in the head, time elements and lines beside the title, a
 *   labelled line in the tail, a publication date in a script, the address.
 *
 * The first that can be read is taken.  Comments, teasers and prose are no
 * witnesses, nor is anything that says "updated" while something says
 * "published".  When several articles share a page, what the page says of itself
 * is said of none of them.  A year is never completed from the clock.
 *
 * page_date_said.c hears what is declared, page_date_lines.c what readers see;
 * page_date_compare.c sets the one against the other.
 */
#include "extract/page_date.h"

#include "extract/page_confidence.h"
#include "extract/page_finding.h"
#include "extract/page_meta.h"
#include "extract/page_title.h"
#include "extract/page_why.h"

#define LAST_BLOCKS 10 /* the page's footer */

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

static float sure_of_date(struct finding *f, struct when chosen,
                          struct when shown)
{
    const struct page_meta *m = f->ctx->meta;
    struct evidences e = {0};
    bool *h = e.heard;

    for (size_t i = 0; i < m->articles.n; i++)
        date_compare_day(chosen,
                         date_read_quietly(f, m->articles.at[i].published),
                         &h[DATE_LD_SAME], &h[DATE_LD_OTHER]);
    date_compare_meta(f, chosen, &h[DATE_META_SAME], &h[DATE_META_OTHER]);
    date_compare_day(chosen, shown, &h[DATE_SHOWN_SAME], &h[DATE_SHOWN_OTHER]);
    date_compare_day(chosen, date_of_address(f), &h[DATE_ADDRESS_SAME],
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
        date_ask_jsonld(&f, true);
        f.from = "a meta element";
        date_ask_meta(&f);
        f.from = "an element with itemprop";
        f.place = FOUND_CLAIMED;
        date_ask_claims(&f, BY_ITEMPROP, .9F);
        f.from = "JSON-LD";
        f.place = FOUND_DECLARED;
        date_ask_jsonld(&f, false);
    }
    f.from = "a label in the head of the article";
    f.place = FOUND_HEAD;
    date_ask_head(&f, NEED_LABEL, .9F);
    if (page_speaks) {
        f.from = "a time element";
        f.place = FOUND_CLAIMED;
        date_ask_claims(&f, BY_TIME, .85F);
        f.from = "an element whose class says date";
        date_ask_claims(&f, BY_CLASS, .8F);
    }
    f.from = "a line in the head of the article";
    f.place = FOUND_HEAD;
    if (page_speaks)
        date_ask_head_near(&f, date_of_address(&f), NEED_DATE, .85F);
    date_ask_head(&f, NEED_DATE, .8F);
    f.from = "the title's own line";
    date_ask_title_line(&f, .85F);
    f.from = "a line above the title";
    date_ask_above(&f, .7F);
    f.from = "a line at the beginning or end of the text";
    f.place = FOUND_FAR;
    date_ask_body_edges(&f, .7F);
    f.from = "a byline behind the text";
    date_ask_tail_byline(&f, .7F);
    f.from = "a label near the end of the page";
    if (span->end > LAST_BLOCKS)
        date_ask_lines(&f, span->end - LAST_BLOCKS, span->end, NEED_LABEL, .5F);
    if (page_speaks) {
        f.from = "the title element";
        date_ask_page_title(&f, .7F);
        f.from = "a script";
        date_ask_scripts(&f, .6F);
        f.from = "the address";
        if (when_known(date_of_address(&f)))
            date_offer(&f, date_of_address(&f), false, .6F);
    }
    f.from = "a label somewhere on the page";
    if (!when_known(f.published))
        date_ask_anywhere(&f, .5F);
    f.from = NULL;
    why_because(ctx, WHY_DATE,
                "the first of these; the rest may sharpen it or its zone");
    if (page_speaks)
        shown = date_shown(&f);
    if (page_speaks && when_known(f.published))
        date_compare_shown(&f, shown);
    if (f.published.precision == WHEN_DAY)
        date_sharpen(&f, page_speaks);
    else if (page_speaks)
        date_find_zone(&f);
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
