/*
 * A page from several sides, for the features of its blocks.
 *
 * Blocks are ordered by their first node and subtrees are ranges of nodes, so
 * every element stands for a range of blocks, and what an element holds (prose,
 * links, terms) is a difference of prefix sums.  Four candidate bodies are found
 * by simple means:
 *
 *   class    the element with a body's class word (or itemprop) that holds most
 *            prose
 *   article  the article element that holds most prose; main likewise
 *   score    prose lends its weight to the element around its paragraph, and
 *            half of it to the one above; the element with most, links
 *            discounted
 *   run      the stretch of blocks with the largest sum, where prose counts for
 *            and everything else against
 *
 * What prose stands next to the title is the core: teasers, notes and offers
 * further down speak of other things, and are made in another way.
 *
 * All loops are linear in nodes or blocks; walks upwards stop somewhere.
 */
#include "extract/page_view.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/utf8.h"
#include "extract/fields.h"
#include "extract/page_marks.h"
#include "extract/page_meta.h"

/* ---- sums ---- */

bool view_is_prose(const struct block *b)
{
    return !b->is_hidden && b->link_chars * 2 < b->chars + 1 &&
           shape_is_prose(&b->shape);
}

static void make_sums(struct view *v)
{
    struct sums sum = {0, 0, 0};
    size_t k = 0;

    for (uint32_t i = 0; i <= v->t->n; i++) {
        while (k < v->n && v->at[k].first < i)
            k++;
        v->before[i] = (uint32_t)k;
    }
    for (size_t i = 0; i < v->n; i++) {
        const struct block *b = &v->at[i];

        v->sum[i] = sum;
        sum.weight += weight_of(b);
        if (b->chars > 0)
            sum.links += (uint64_t)weight_of(b) * b->link_chars / b->chars;
        if (view_is_prose(b)) {
            sum.prose += weight_of(b);
            words_add(&v->prose, b->terms);
        }
    }
    v->sum[v->n] = sum;
}

/* What the blocks of node I's subtree hold. */
struct sums view_sums(const struct view *v, uint32_t i)
{
    const struct sums *from = &v->sum[v->before[i]];
    const struct sums *to = &v->sum[v->before[v->t->nodes[i].end]];

    return (struct sums){to->weight - from->weight, to->links - from->links,
                         to->prose - from->prose};
}

uint32_t view_blocks(const struct view *v, uint32_t i)
{
    return v->before[v->t->nodes[i].end] - v->before[i];
}

/* ---- blocks alike ---- */

static uint64_t style_key(const struct view *v, uint32_t container)
{
    const struct node *n = &v->t->nodes[container];
    const struct node *up = &v->t->nodes[n->parent];
    uint64_t key = (uint64_t)n->tag << 16 | up->tag;

    key = key * 0x9E3779B97F4A7C15u ^
          hash64(node_attr(v->t, container, STR("class")));
    return key * 0x9E3779B97F4A7C15u ^
           hash64(node_attr(v->t, n->parent, STR("class")));
}

static void make_styles(struct view *v)
{
    uint64_t *keys = arena_array(v->ctx->scratch, v->n + 1, sizeof *keys);
    struct map seen, texts;

    map_init(&seen, v->ctx->scratch);
    map_init(&texts, v->ctx->scratch);
    for (size_t i = 0; i < v->n; i++) {
        const struct block *b = &v->at[i];
        struct style *style;
        size_t *slot;
        bool is_new;

        keys[i] = style_key(v, b->container);
        slot = map_put(&seen, str_of((const char *)&keys[i], sizeof keys[i]),
                       &is_new);
        if (is_new)
            *slot = i;
        v->style_of[i] = (uint32_t)*slot;
        style = &v->styles[*slot];
        style->n++;
        style->weight += weight_of(b);
        style->links += b->link_chars;
        style->prose += view_is_prose(b) ? weight_of(b) : 0;
        slot = map_put(&texts, b->text, &is_new);
        if (is_new)
            *slot = i;
        v->times[*slot]++;
    }
    for (size_t i = 0; i < v->n; i++) {
        size_t *slot = map_get(&texts, v->at[i].text);

        if (*slot != i)
            v->times[i] = v->times[*slot];
    }
}

/* ---- company ---- */

/* Elements worth comparing: boxes, not the paragraphs and rows of a text. */
static bool can_have_twins(enum tag tag)
{
    switch (tag) {
    case TAG_DIV:
    case TAG_SECTION:
    case TAG_ARTICLE:
    case TAG_LI:
    case TAG_ASIDE:
    case TAG_A:
    case TAG_DL:
    case TAG_UL:
    case TAG_TABLE:
    case TAG_FIGURE:
        return true;
    default:
        return false;
    }
}

static uint64_t twin_key(const struct view *v, uint32_t i)
{
    struct str class = node_attr(v->t, i, STR("class")), first = STR_NONE;

    str_word(&class, &first);
    return (hash64(first) ^ v->t->nodes[i].tag) * 0x9E3779B97F4A7C15u ^
           v->t->nodes[i].parent;
}

static void count_twins(struct view *v)
{
    uint64_t *keys = arena_array(v->ctx->scratch, v->t->n + 1, sizeof *keys);
    struct map seen;

    map_init(&seen, v->ctx->scratch);
    for (uint32_t i = 1; i < v->t->n; i++) {
        if (!can_have_twins(v->t->nodes[i].tag) || view_blocks(v, i) == 0)
            continue;
        keys[i] = twin_key(v, i);
        ++*map_put(&seen, str_of((const char *)&keys[i], sizeof keys[i]), NULL);
    }
    for (uint32_t i = 1; i < v->t->n; i++)
        if (keys[i] != 0)
            v->twins[i] = (uint32_t)*map_get(
                &seen, str_of((const char *)&keys[i], sizeof keys[i]));
}

uint32_t view_card(const struct view *v, uint32_t container)
{
    uint32_t steps = 0;

    for (uint32_t i = container; i != 0 && steps < 8;
         i = v->t->nodes[i].parent, steps++)
        if (v->twins[i] >= 3 && view_blocks(v, i) >= 2)
            return i;
    return 0;
}

/* Prose by what the classes around it say. */
static void sort_prose(struct view *v)
{
    for (size_t i = 0; i < v->n; i++) {
        uint32_t around = v->marks[v->at[i].container].around;

        if (!view_is_prose(&v->at[i]))
            continue;
        if ((around & 1u << CLASS_COMMENT) != 0)
            v->commented += weight_of(&v->at[i]);
        if ((around & CLASSES_ASIDE) == 0)
            v->plain += weight_of(&v->at[i]);
    }
}

/* What of the things that show besides text the node is, THINGS for none. */
static enum thing thing_of(enum tag tag)
{
    switch (tag) {
    case TAG_IMG:
    case TAG_VIDEO:
        return THING_PICTURE;
    case TAG_TIME:
        return THING_TIME;
    case TAG_INPUT:
    case TAG_BUTTON:
    case TAG_TEXTAREA:
    case TAG_SELECT:
        return THING_CONTROL;
    default:
        return THINGS;
    }
}

static void count_things(struct view *v)
{
    for (uint32_t i = 0; i < v->t->n; i++) {
        enum thing thing = thing_of(v->t->nodes[i].tag);

        v->things[i + 1] = v->things[i];
        if (thing != THINGS)
            v->things[i + 1].n[thing]++;
    }
}

/* ---- repeats ---- */

/* How often a sentence stands on the page is counted by twos; the lowest bit
 * says that it was met already when the blocks are gone through again. */
#define ONCE 2u
#define MET  1u

static void count_repeats(struct view *v, struct map *seen, size_t i)
{
    uint32_t n = 0, again = 0, copied = 0;
    struct str stretch;

    for (size_t at = 0; stretch_next(v->at[i].text, &at, &stretch);) {
        size_t *times;

        if (stretch.n < STRETCH_BYTES)
            continue;
        times = map_get(seen, stretch);
        n++;
        again += *times >= 2 * ONCE;
        copied += *times & MET;
        *times |= MET;
    }
    v->repeated[i] = share(again, n);
    v->copied[i] = share(copied, n);
}

static void find_repeats(struct view *v)
{
    struct map seen;
    struct str stretch;

    map_init(&seen, v->ctx->scratch);
    for (size_t i = 0; i < v->n; i++)
        for (size_t at = 0; v->at[i].text.n >= STRETCH_BYTES &&
                            stretch_next(v->at[i].text, &at, &stretch);)
            if (stretch.n >= STRETCH_BYTES)
                *map_put(&seen, stretch, NULL) += ONCE;
    for (size_t i = 0; i < v->n; i++)
        if (v->at[i].text.n >= STRETCH_BYTES)
            count_repeats(v, &seen, i);
}

/* ---- candidates ---- */

static void find_semantic(struct view *v)
{
    uint64_t most_class = 0, most_article = 0, most_main = 0;

    for (uint32_t i = 1; i < v->t->n; i++) {
        const struct node *n = &v->t->nodes[i];
        uint64_t prose;

        if (!node_is_element(n))
            continue;
        v->articles += n->tag == TAG_ARTICLE;
        if (n->tag != TAG_ARTICLE && n->tag != TAG_MAIN &&
            (v->marks[i].classes & 1u << CLASS_BODY) == 0)
            continue;
        prose = view_sums(v, i).prose;
        if (n->tag == TAG_ARTICLE && prose > most_article) {
            most_article = prose;
            v->article_best = i;
        }
        if (n->tag == TAG_MAIN && prose > most_main) {
            most_main = prose;
            v->main_best = i;
        }
        /* Of nested ones the innermost that has nearly all. */
        if ((v->marks[i].classes & 1u << CLASS_BODY) != 0 &&
            prose * 10 >= most_class * 9 && prose > 0) {
            if (prose > most_class)
                most_class = prose;
            v->class_best = i;
        }
    }
}

/* The element that holds the paragraphs: for a p its parent, for text that
 * stands in a div the div itself. */
static uint32_t holder_of(const struct view *v, const struct block *b)
{
    switch (v->t->nodes[b->container].tag) {
    case TAG_DIV:
    case TAG_SECTION:
    case TAG_ARTICLE:
    case TAG_MAIN:
    case TAG_TD:
    case TAG_BODY:
    case TAG_CENTER:
        return b->container;
    default:
        return v->t->nodes[b->container].parent;
    }
}

static void find_scored(struct view *v)
{
    double *score = arena_array(v->ctx->scratch, v->t->n + 1, sizeof *score);
    double most = 0;

    for (size_t i = 0; i < v->n; i++) {
        uint32_t holder, above;

        if (!view_is_prose(&v->at[i]))
            continue;
        holder = holder_of(v, &v->at[i]);
        above = v->t->nodes[holder].parent;
        score[holder] += weight_of(&v->at[i]);
        score[above] += weight_of(&v->at[i]) * 0.5;
    }
    for (uint32_t i = 1; i < v->t->n; i++) {
        struct sums sums;

        if (score[i] <= most)
            continue;
        sums = view_sums(v, i);
        score[i] *= 1 - (double)share(sums.links, sums.weight);
        if (score[i] > most) {
            most = score[i];
            v->score_best = i;
        }
    }
}

static void find_run(struct view *v)
{
    double sum = 0, most = 0;
    size_t first = 0;

    for (size_t i = 0; i < v->n; i++) {
        const struct block *b = &v->at[i];

        if (view_is_prose(b))
            sum += weight_of(b);
        else if (b->heading > 1 || link_share(b) < 0.3f)
            sum -= 25;
        else
            sum -= 60 + weight_of(b) * 0.5;
        if (sum <= 0) {
            sum = 0;
            first = i + 1;
        } else if (sum > most) {
            most = sum;
            v->run_first = first;
            v->run_end = i + 1;
        }
    }
}

/* ---- the title ---- */

/* Prose of element I behind block K. */
static uint64_t prose_behind(const struct view *v, uint32_t i, size_t k)
{
    uint32_t end = v->before[v->t->nodes[i].end];

    return end <= k + 1 ? 0 : v->sum[end].prose - v->sum[k + 1].prose;
}

/*
 * Where the title stands, the article is not far: the first element around the
 * title that has some prose behind it.
 */
static void find_title_region(struct view *v)
{
    uint32_t i;

    if (v->title == NO_BLOCK)
        return;
    for (i = v->at[v->title].container; i != 0; i = v->t->nodes[i].parent) {
        v->title_region = i;
        v->title_prose = prose_behind(v, i, v->title);
        if (v->title_prose >= 250 && v->title_prose * 12 >= v->sum[v->n].prose)
            return;
    }
}

/* The longest of the descriptions that the head gives. */
static struct str head_description(const struct page_tree *t)
{
    struct str best = STR_NONE;

    if (t->head == 0)
        return best;
    for (uint32_t i = t->head; i < t->nodes[t->head].end; i++) {
        struct str name, content;

        if (t->nodes[i].tag != TAG_META)
            continue;
        name = node_attr(t, i, STR("name"));
        if (name.n == 0)
            name = node_attr(t, i, STR("property"));
        if (!str_ends_nocase(name, STR("description")))
            continue;
        content = str_trim_wide(node_attr(t, i, STR("content")));
        if (content.n > best.n)
            best = content;
    }
    return best;
}

/* The block that holds the beginning of the description. */
static void find_described(struct view *v)
{
    struct str begin;

    v->describes = NO_BLOCK;
    v->description = head_description(v->t);
    words_add(&v->topic, terms_of(v->ctx->scratch, head_title(v->ctx)));
    words_add(&v->topic, terms_of(v->ctx->scratch, v->description));
    begin = utf8_clip(v->description, 48);
    if (begin.n < 24)
        return;
    for (size_t i = 0; i < v->n && v->describes == NO_BLOCK; i++)
        if (!v->at[i].is_hidden && str_has(v->at[i].text, begin))
            v->describes = i;
}

static void find_title(struct view *v)
{
    struct str title = head_title(v->ctx);
    int best = 0;

    v->title = v->h1 = NO_BLOCK;
    for (size_t i = 0; i < v->n; i++) {
        const struct block *b = &v->at[i];
        int points;

        if (b->heading == 1 && v->h1 == NO_BLOCK && b->chars >= 4)
            v->h1 = i;
        if (title.n == 0 || b->chars < 6 || b->text.n * 3 < title.n ||
            b->text.n > title.n || b->is_hidden ||
            !str_has_nocase(title, b->text))
            continue;
        points = 1 + (b->heading > 0 ? 7 - b->heading : 0) * 2 +
                 (b->text.n * 2 > title.n) + (link_share(b) < 0.5f);
        if (points > best) {
            best = points;
            v->title = i;
        }
    }
    if (v->title == NO_BLOCK)
        v->title = v->h1;
}

/* ---- the core ---- */

#define CORE_SHARE  2   /* half of the prose behind the title ... */
#define CORE_WEIGHT 600 /* ... and at least as much */

/* The first half of the prose near the title, as far as there is a title, or
 * the prose of the candidate by score. */
static void find_core(struct view *v)
{
    uint64_t most = UINT64_MAX, sum = 0;
    uint32_t in = v->score_best;
    size_t i = v->before[in], end;

    if (v->title != NO_BLOCK && v->title_prose >= 250) {
        in = v->title_region;
        i = v->title + 1;
        most = v->title_prose / CORE_SHARE;
        if (most < CORE_WEIGHT)
            most = CORE_WEIGHT;
    }
    end = in == 0 ? i : v->before[v->t->nodes[in].end];
    v->core_first = i;
    for (; i < end && sum < most; i++) {
        if (!view_is_prose(&v->at[i]))
            continue;
        sum += weight_of(&v->at[i]);
        words_add(&v->core, v->at[i].terms);
    }
    v->core_end = i;
}

static bool is_core(const struct view *v, size_t i)
{
    return i >= v->core_first && i < v->core_end && view_is_prose(&v->at[i]);
}

static void sum_core(struct view *v)
{
    for (size_t i = 0; i < v->n; i++) {
        uint32_t weight = is_core(v, i) ? weight_of(&v->at[i]) : 0;

        v->core_prose[i + 1] = v->core_prose[i] + weight;
        v->styles[v->style_of[i]].core += weight;
    }
}

/* The make that has most of the core. */
static size_t core_style(const struct view *v)
{
    size_t best = NO_BLOCK;
    uint64_t most = 0;

    for (size_t i = 0; i < v->n; i++)
        if (v->styles[i].core > most) {
            most = v->styles[i].core;
            best = i;
        }
    return best;
}

#define GAP_MOST 999

static void sum_core_style(struct view *v)
{
    size_t style = core_style(v);
    uint32_t gap = GAP_MOST;

    for (size_t i = 0; i < v->n; i++) {
        bool has = v->style_of[i] == style && view_is_prose(&v->at[i]);

        v->core_styled[i + 1] =
            v->core_styled[i] + (has ? weight_of(&v->at[i]) : 0);
        gap = has ? 0 : gap + (gap < GAP_MOST);
        v->core_gap[i] = gap;
    }
    gap = GAP_MOST;
    for (size_t i = v->n; i-- > 0;) {
        gap = v->core_gap[i] == 0 ? 0 : gap + (gap < GAP_MOST);
        if (gap < v->core_gap[i])
            v->core_gap[i] = gap;
    }
}

/* Words that a text has itself do not count: what is in a vocabulary must be
 * there twice. */
static void count_terms(struct view *v)
{
    for (size_t i = 0; i < v->n; i++) {
        struct term_counts c = v->terms[i];
        const struct terms *terms = &v->at[i].terms;
        uint32_t in_prose = view_is_prose(&v->at[i]) ? 2 : 1;
        uint32_t in_core = is_core(v, i) ? 2 : 1;

        for (size_t k = 0; k < terms->n; k++) {
            const struct term *term = &terms->at[k];

            c.all++;
            c.in_prose += words_count(&v->prose, term->key) >= in_prose;
            if (term->letters < v->topic.shortest)
                continue;
            c.topic++;
            c.in_topic += words_count(&v->topic, term->key) > 0;
            if (term->letters < v->core.shortest)
                continue;
            c.longer++;
            c.in_core += words_count(&v->core, term->key) >= in_core;
        }
        v->terms[i + 1] = c;
    }
}

/* ---- the whole ---- */

static struct str author_of(const struct page_meta *meta)
{
    const struct ld_article *article = meta_article(meta);

    return article != NULL && article->authors.n > 0
               ? article->authors.at[0].name
               : meta_get(meta, STR("author"));
}

/* What the head says the page is. */
static float says_article(const struct page_meta *meta)
{
    bool by_type =
        str_eq_nocase(meta_get(meta, STR("og:type")), STR("article"));

    return (meta_article(meta) != NULL ? 1.0F : 0) + (by_type ? 2.0F : 0);
}

static void init(struct page_context *ctx, struct view *v)
{
    size_t n = ctx->blocks.n;

    *v = (struct view){.ctx = ctx,
                       .t = ctx->tree,
                       .marks = ctx->marks,
                       .at = ctx->blocks.at,
                       .n = n,
                       .is_article = says_article(ctx->meta),
                       .author = author_of(ctx->meta)};
    v->before = arena_array(ctx->scratch, ctx->tree->n + 1, sizeof *v->before);
    v->twins = arena_array(ctx->scratch, ctx->tree->n + 1, sizeof *v->twins);
    v->sum = arena_array(ctx->scratch, n + 1, sizeof *v->sum);
    v->style_of = arena_array(ctx->scratch, n + 1, sizeof *v->style_of);
    v->styles = arena_array(ctx->scratch, n + 1, sizeof *v->styles);
    v->times = arena_array(ctx->scratch, n + 1, sizeof *v->times);
    v->repeated = arena_array(ctx->scratch, n + 1, sizeof *v->repeated);
    v->copied = arena_array(ctx->scratch, n + 1, sizeof *v->copied);
    v->core_styled = arena_array(ctx->scratch, n + 1, sizeof *v->core_styled);
    v->core_gap = arena_array(ctx->scratch, n + 1, sizeof *v->core_gap);
    v->things = arena_array(ctx->scratch, ctx->tree->n + 1, sizeof *v->things);
    v->core_prose = arena_array(ctx->scratch, n + 1, sizeof *v->core_prose);
    v->terms = arena_array(ctx->scratch, n + 1, sizeof *v->terms);
    words_init(&v->prose, ctx->scratch, WORDS_ALL);
    words_init(&v->topic, ctx->scratch, 3);
    words_init(&v->core, ctx->scratch, 4);
    words_init(&v->data, ctx->scratch, WORDS_ALL);
}

void view_make(struct page_context *ctx, struct view *v)
{
    init(ctx, v);
    make_sums(v);
    make_styles(v);
    find_semantic(v);
    find_scored(v);
    find_run(v);
    if (meta_article(ctx->meta) != NULL)
        words_add(&v->data,
                  terms_of(ctx->scratch, meta_article(ctx->meta)->body));
    find_title(v);
    find_title_region(v);
    find_described(v);
    count_twins(v);
    sort_prose(v);
    find_repeats(v);
    find_core(v);
    sum_core(v);
    sum_core_style(v);
    count_things(v);
    count_terms(v);
}
