#include "extract/page_drift.h"

void part_init(struct part *p, struct arena *a)
{
    *p = (struct part){.weight = 0};
    words_init(&p->even, a, WORDS_TOPIC);
    words_init(&p->odd, a, WORDS_TOPIC);
}

void part_add(struct part *p, const struct block *b)
{
    words_add(p->paragraphs % 2 == 0 ? &p->even : &p->odd, b->terms);
    p->weight += shape_weight(&b->shape);
    p->paragraphs++;
}

bool part_takes(const struct page_context *ctx, const struct block *b)
{
    return block_is_prose(b) && !b->is_repeat &&
           (ctx->tree == NULL || b->body_odds >= 0.4f);
}

uint32_t part_count(const struct part *p, uint32_t key)
{
    return words_count(&p->even, key) + words_count(&p->odd, key);
}

double part_alike(const struct part *a, const struct part *b)
{
    double across =
        words_cosine(&a->even, &b->even) + words_cosine(&a->even, &b->odd) +
        words_cosine(&a->odd, &b->even) + words_cosine(&a->odd, &b->odd);
    double inside =
        words_cosine(&a->even, &a->odd) + words_cosine(&b->even, &b->odd);

    return inside > 0 ? across / 2 / inside : across > 0 ? 1 : 0;
}
