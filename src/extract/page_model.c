#include "extract/page_model.h"

#include "extract/page_features.h"

void body_judge(struct page_context *ctx)
{
    const float *f = features_read(ctx);

    for (size_t i = 0; i < ctx->blocks.n; i++, f += FEATURES) {
        struct block *b = &ctx->blocks.at[i];
        float odds = 0;

        if (f[F_up_to_score_best] < FAR)
            odds += 0.5f;
        if (f[F_run_side] == 0)
            odds += 0.3f;
        if (f[F_link_share] > 0.5f)
            odds -= 0.4f;
        if (f[F_is_prose] > 0)
            odds += 0.2f;
        if (f[F_up_nav] < FAR || f[F_up_class_comment] < FAR ||
            f[F_up_class_related] < 4 || f[F_up_aside] < FAR)
            odds -= 0.5f;
        b->body_odds = odds < 0 ? 0 : odds > 1 ? 1 : odds;
    }
}
