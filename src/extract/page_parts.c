#include "extract/page_parts.h"

#include "base/arena.h"
#include "base/map.h"

/* Shorter lines come again in any article: "Yes.", a speaker's name. */
#define SHARED_WEIGHT 12

void parts_compare(struct page_context *pages, size_t n)
{
    struct map seen; /* text of a block: page it stands on, or n for several */

    if (n < 2)
        return;
    map_init(&seen, pages[0].a);
    for (size_t p = 0; p < n; p++)
        for (size_t i = 0; i < pages[p].blocks.n; i++) {
            bool is_new;
            size_t *page = map_put(&seen, pages[p].blocks.at[i].text, &is_new);

            *page = is_new || *page == p ? p : n;
        }
    for (size_t p = 0; p < n; p++)
        for (size_t i = 0; i < pages[p].blocks.n; i++) {
            struct block *b = &pages[p].blocks.at[i];

            b->is_shared = shape_weight(&b->shape) >= SHARED_WEIGHT &&
                           *map_get(&seen, b->text) == n;
        }
}

void parts_judge(struct page_context *ctx)
{
    bool in_text = ctx->part > 0;

    for (size_t i = 0; i < ctx->blocks.n; i++) {
        struct block *b = &ctx->blocks.at[i];

        if (b->is_shared && in_text) {
            b->body_odds = 0;
            b->is_repeat = true;
        }
        in_text = in_text ||
                  (!b->is_shared && b->body_odds >= 0.5f && block_is_prose(b));
    }
}
