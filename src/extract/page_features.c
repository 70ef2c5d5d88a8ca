/*
 * Features of blocks, for the model of page_model.c.
 *
 * Blocks are ordered by their first node and subtrees are ranges of nodes, so
 * every element stands for a range of blocks, and what an element holds (prose,
 * links, how many blocks) is a difference of prefix sums.  Four candidate
 * bodies are found by simple means; that a block lies in one of them is a
 * feature, and which of them to believe is for the model to say:
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
 * All loops are linear in nodes or blocks; walks upwards stop after FAR steps.
 */
#include "extract/page_features.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/utf8.h"
#include "extract/fields.h"
#include "extract/page_marks.h"
#include "extract/page_meta.h"
#include "extract/page_words.h"

const char *feature_name(enum feature f)
{
    static const char *const names[] = {
#define FEATURE(name) #name,
#include "extract/features.def"
#undef FEATURE
    };

    return names[f];
}

struct sums {
    uint64_t weight, links, prose;
};

struct style {
    uint32_t n;
    uint64_t weight, links, prose;
};

struct view {
    struct page_context *ctx;
    const struct page_tree *t;
    const struct node_mark *marks;
    struct block *at;
    size_t n;
    uint32_t *before; /* [node]: blocks that begin before it */
    struct sums *sum; /* [block]: of the blocks before it */
    uint32_t *style_of;
    struct style *styles;
    uint32_t *times; /* [block]: how often its text stands on the page */
    uint32_t class_best, article_best, main_best, score_best;
    size_t run_first, run_end;
    size_t title, h1;      /* blocks; NO_BLOCK */
    uint32_t title_region; /* smallest element with title and some prose */
    uint64_t title_prose;  /* in it, behind the title */
    size_t articles;
    uint64_t cjk, chars;
    struct words prose;        /* the words of all prose */
    struct words topic;        /* of title and description */
    struct words data;         /* of a body given as data; empty without one */
    struct words runs;         /* its runs of words */
    uint64_t commented, plain; /* prose in comments; in no doubtful class */
    struct str description;
    size_t describes; /* the block the description is taken from */
    uint32_t *twins;  /* [node]: siblings with the same tag and class */
    float *repeated;  /* [block]: share of sentences other blocks have too */
};

/* ---- sums ---- */

static bool counts_as_prose(const struct block *b)
{
    return !b->is_hidden && b->link_chars * 2 < b->chars + 1 &&
           shape_is_prose(&b->shape);
}

static uint32_t weight_of(const struct block *b)
{
    return shape_weight(&b->shape);
}

static float share(uint64_t part, uint64_t whole)
{
    return whole == 0 ? 0 : (float)part / (float)whole;
}

static float link_share(const struct block *b)
{
    return share(b->link_chars, b->chars);
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
        if (counts_as_prose(b)) {
            sum.prose += weight_of(b);
            words_add(&v->prose, b->text);
        }
        v->cjk += b->shape.cjk;
        v->chars += b->shape.letters;
    }
    v->sum[v->n] = sum;
}

/* What the blocks of node I's subtree hold. */
static struct sums sums_of(const struct view *v, uint32_t i)
{
    const struct sums *from = &v->sum[v->before[i]];
    const struct sums *to = &v->sum[v->before[v->t->nodes[i].end]];

    return (struct sums){to->weight - from->weight, to->links - from->links,
                         to->prose - from->prose};
}

static uint32_t blocks_in(const struct view *v, uint32_t i)
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
    uint64_t *keys = arena_array(v->ctx->a, v->n + 1, sizeof *keys);
    struct map seen, texts;

    map_init(&seen, v->ctx->a);
    map_init(&texts, v->ctx->a);
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
        style->prose += counts_as_prose(b) ? weight_of(b) : 0;
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
    uint64_t *keys = arena_array(v->ctx->a, v->t->n + 1, sizeof *keys);
    struct map seen;

    map_init(&seen, v->ctx->a);
    for (uint32_t i = 1; i < v->t->n; i++) {
        if (!can_have_twins(v->t->nodes[i].tag) || blocks_in(v, i) == 0)
            continue;
        keys[i] = twin_key(v, i);
        ++*map_put(&seen, str_of((const char *)&keys[i], sizeof keys[i]), NULL);
    }
    for (uint32_t i = 1; i < v->t->n; i++)
        if (keys[i] != 0)
            v->twins[i] = (uint32_t)*map_get(
                &seen, str_of((const char *)&keys[i], sizeof keys[i]));
}

/* Prose by what the classes around it say. */
static void sort_prose(struct view *v)
{
    for (size_t i = 0; i < v->n; i++) {
        uint32_t around = v->marks[v->at[i].container].around;

        if (!counts_as_prose(&v->at[i]))
            continue;
        if ((around & 1u << CLASS_COMMENT) != 0)
            v->commented += weight_of(&v->at[i]);
        if ((around & CLASSES_ASIDE) == 0)
            v->plain += weight_of(&v->at[i]);
    }
}

/* ---- repeats ---- */

static void find_repeats(struct view *v)
{
    struct map seen;
    struct str stretch;

    map_init(&seen, v->ctx->a);
    for (size_t i = 0; i < v->n; i++)
        for (size_t at = 0; stretch_next(v->at[i].text, &at, &stretch);)
            if (stretch.n >= STRETCH_BYTES)
                ++*map_put(&seen, stretch, NULL);
    for (size_t i = 0; i < v->n; i++) {
        uint32_t n = 0, again = 0;

        for (size_t at = 0; stretch_next(v->at[i].text, &at, &stretch);) {
            if (stretch.n < STRETCH_BYTES)
                continue;
            n++;
            again += *map_get(&seen, stretch) > 1;
        }
        v->repeated[i] = share(again, n);
    }
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
        prose = sums_of(v, i).prose;
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
    double *score = arena_array(v->ctx->a, v->t->n + 1, sizeof *score);
    double most = 0;

    for (size_t i = 0; i < v->n; i++) {
        uint32_t holder, above;

        if (!counts_as_prose(&v->at[i]))
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
        sums = sums_of(v, i);
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

        if (counts_as_prose(b))
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
    words_add(&v->topic, head_title(v->ctx));
    words_add(&v->topic, v->description);
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

/* ---- rows ---- */

enum tag_kind {
    KIND_PARAGRAPH,
    KIND_BOX,
    KIND_ITEM,
    KIND_HEADING,
    KIND_CELL,
    KIND_QUOTE,
    KIND_CAPTION,
    KIND_CODE,
    KIND_TERM,
    KIND_CONTROL,
    KIND_OTHER
};

static enum tag_kind kind_of(enum tag tag)
{
    switch (tag) {
    case TAG_P:
        return KIND_PARAGRAPH;
    case TAG_DIV:
    case TAG_SECTION:
    case TAG_ARTICLE:
    case TAG_MAIN:
    case TAG_CENTER:
        return KIND_BOX;
    case TAG_LI:
    case TAG_UL:
    case TAG_OL:
        return KIND_ITEM;
    case TAG_H1:
    case TAG_H2:
    case TAG_H3:
    case TAG_H4:
    case TAG_H5:
    case TAG_H6:
        return KIND_HEADING;
    case TAG_TD:
    case TAG_TH:
        return KIND_CELL;
    case TAG_BLOCKQUOTE:
        return KIND_QUOTE;
    case TAG_FIGCAPTION:
    case TAG_CAPTION:
    case TAG_FIGURE:
        return KIND_CAPTION;
    case TAG_PRE:
    case TAG_LISTING:
    case TAG_XMP:
        return KIND_CODE;
    case TAG_DT:
    case TAG_DD:
        return KIND_TERM;
    case TAG_BUTTON:
    case TAG_FORM:
    case TAG_FIELDSET:
    case TAG_LEGEND:
        return KIND_CONTROL;
    default:
        return KIND_OTHER;
    }
}

static const struct {
    uint16_t tag, feature;
} tag_ups[] = {
    {TAG_NAV, F_up_nav},         {TAG_HEADER, F_up_header},
    {TAG_FOOTER, F_up_footer},   {TAG_ASIDE, F_up_aside},
    {TAG_FORM, F_up_form},       {TAG_FIGURE, F_up_figure},
    {TAG_TABLE, F_up_table},     {TAG_UL, F_up_list},
    {TAG_OL, F_up_list},         {TAG_BLOCKQUOTE, F_up_quote},
    {TAG_ARTICLE, F_up_article}, {TAG_MAIN, F_up_main},
    {TAG_SECTION, F_up_section}, {TAG_PRE, F_up_pre},
    {TAG_BUTTON, F_up_button},
};

static uint32_t up_to(const struct view *v, uint32_t from, uint32_t to)
{
    uint32_t steps = 0;

    if (to == 0)
        return FAR;
    for (uint32_t i = from; i != 0 && steps < FAR;
         i = v->t->nodes[i].parent, steps++)
        if (i == to)
            return steps;
    return FAR;
}

/* Steps up until the subtree holds TO as well. */
static uint32_t up_to_meet(const struct view *v, uint32_t from, uint32_t to)
{
    uint32_t steps = 0;

    if (to == 0)
        return FAR;
    for (uint32_t i = from; i != 0 && steps < FAR;
         i = v->t->nodes[i].parent, steps++)
        if (i <= to && to < v->t->nodes[i].end)
            return steps;
    return FAR;
}

static void fill_ups(const struct view *v, uint32_t container, float *f)
{
    uint32_t steps = 0;

    for (int k = F_up_nav; k <= F_up_class_product; k++)
        f[k] = FAR;
    for (uint32_t i = container; i != 0 && steps < FAR;
         i = v->t->nodes[i].parent, steps++) {
        uint32_t classes = v->marks[i].classes;

        for (size_t k = 0; k < sizeof tag_ups / sizeof tag_ups[0]; k++)
            if (v->t->nodes[i].tag == tag_ups[k].tag &&
                f[tag_ups[k].feature] > (float)steps)
                f[tag_ups[k].feature] = (float)steps;
        /* Classes of html and body speak of the whole page. */
        if (v->t->nodes[i].tag == TAG_BODY || v->t->nodes[i].tag == TAG_HTML)
            continue;
        for (int k = 0; classes != 0; k++, classes >>= 1)
            if ((classes & 1) != 0 && f[F_up_class_body + k] > (float)steps)
                f[F_up_class_body + k] = (float)steps;
    }
}

static void fill_text(const struct view *v, size_t i, float *f)
{
    const struct block *b = &v->at[i];
    const struct text_shape *s = &b->shape;
    size_t at = 0;
    uint32_t c = utf8_next(b->text, &at), terms;

    f[F_weight] = (float)weight_of(b);
    f[F_words] = (float)s->words;
    f[F_link_share] = link_share(b);
    f[F_sentences] = (float)s->sentences;
    f[F_commas] = (float)s->commas;
    f[F_end] = s->end;
    f[F_digit_share] = share(s->digits, s->chars);
    f[F_upper_share] = share(s->upper, s->letters);
    f[F_dividers] = (float)s->dividers;
    f[F_stars] = (float)s->stars;
    f[F_word_length] = share(s->letters, s->words);
    f[F_is_prose] = counts_as_prose(b);
    f[F_opens_quote] = s->opens_quote;
    f[F_frame] = (float)b->frame.frame;
    f[F_frame_whole] = b->frame.is_whole ? 2 : b->frame.has_colon;
    f[F_frame_behind] = (float)b->frame.behind;
    f[F_is_repeat] = b->is_repeat;
    f[F_times_on_page] = (float)v->times[i];
    f[F_is_hidden] = b->is_hidden;
    f[F_comma_rate] = share(s->commas * 100, weight_of(b));
    f[F_begins_lower] = c >= 'a' && c <= 'z';
    f[F_known_to_prose] = (float)words_known(
        &v->prose, b->text, counts_as_prose(b) ? 2 : 1, &terms);
}

static void fill_around(const struct view *v, const struct block *b, float *f)
{
    uint32_t parent = v->t->nodes[b->container].parent;
    uint32_t grand = v->t->nodes[parent].parent;
    struct sums p = sums_of(v, parent), g = sums_of(v, grand);
    uint64_t prose = v->sum[v->n].prose;

    f[F_tag_kind] = (float)kind_of(b->tag);
    f[F_heading] = b->heading;
    f[F_depth] = v->t->nodes[b->container].depth;
    f[F_has_direct_siblings] = (float)(blocks_in(v, b->container) > 1 ? 1 : 0);
    f[F_parent_prose_share] = share(p.prose, prose);
    f[F_parent_link_share] = share(p.links, p.weight);
    f[F_parent_blocks] = (float)blocks_in(v, parent);
    f[F_parent_mean_weight] = share(p.weight, blocks_in(v, parent));
    f[F_grand_prose_share] = share(g.prose, prose);
    f[F_grand_link_share] = share(g.links, g.weight);
    f[F_grand_blocks] = (float)blocks_in(v, grand);
    f[F_grand_mean_weight] = share(g.weight, blocks_in(v, grand));
    fill_ups(v, b->container, f);
    f[F_up_to_class_best] = (float)up_to(v, b->container, v->class_best);
    f[F_up_to_article_best] = (float)up_to(v, b->container, v->article_best);
    f[F_up_to_main_best] = (float)up_to(v, b->container, v->main_best);
    f[F_up_to_score_best] = (float)up_to(v, b->container, v->score_best);
    f[F_up_to_meet_score] = (float)up_to_meet(v, b->container, v->score_best);
    f[F_score_prose_share] = share(sums_of(v, v->score_best).prose, prose);
    f[F_class_best_prose_share] =
        v->class_best == 0 ? 0 : share(sums_of(v, v->class_best).prose, prose);
    f[F_article_best_prose_share] =
        v->article_best == 0 ? 0
                             : share(sums_of(v, v->article_best).prose, prose);
}

/* Twins of the elements around the block, nearest first. */
static void fill_twins(const struct view *v, uint32_t container, float *f)
{
    uint32_t found = 0, steps = 0;

    for (uint32_t i = container; i != 0 && steps < FAR;
         i = v->t->nodes[i].parent, steps++) {
        float twins = (float)v->twins[i];

        if (twins == 0 || v->t->nodes[i].tag == TAG_LI)
            continue;
        if (found < 3)
            f[F_twins_1 + found] = twins;
        found++;
        if (found <= 6 && twins > f[F_twins_most])
            f[F_twins_most] = twins;
    }
}

/* True if a heading that is a link stands among the blocks [FROM, TO). */
static bool has_linked_heading(const struct view *v, uint32_t from, uint32_t to)
{
    for (uint32_t k = from; k < to && k < from + 12; k++)
        if (v->at[k].heading > 0 && link_share(&v->at[k]) > 0.5f)
            return true;
    return false;
}

/* The innermost element around the block that has two twins at least and more
 * than this block: a card of a row of cards, mostly. */
static void fill_card(const struct view *v, uint32_t container, float *f)
{
    uint32_t steps = 0;

    f[F_card_weight] = f[F_card_link_share] = f[F_card_linked_heading] = -1;
    for (uint32_t i = container; i != 0 && steps < 8;
         i = v->t->nodes[i].parent, steps++) {
        struct sums sums;

        if (v->twins[i] < 3 || blocks_in(v, i) < 2)
            continue;
        sums = sums_of(v, i);
        f[F_card_weight] = (float)sums.weight;
        f[F_card_link_share] = share(sums.links, sums.weight);
        f[F_card_linked_heading] =
            has_linked_heading(v, v->before[i], v->before[v->t->nodes[i].end]);
        return;
    }
}

static void fill_topic(const struct view *v, size_t i, float *f)
{
    const struct block *b = &v->at[i];
    uint32_t terms;

    f[F_title_known] = (float)words_known(&v->topic, b->text, 1, &terms);
    f[F_data_known] = v->data.total == 0
                          ? -1
                          : (float)words_known(&v->data, b->text, 1, &terms);
    f[F_data_runs] = v->data.total == 0
                         ? -1
                         : (float)words_known(&v->runs, b->text, 1, &terms);
    f[F_repeated_share] = v->repeated[i];
    f[F_in_description] = b->chars >= 15 && str_has(v->description, b->text);
    f[F_description_delta] =
        v->describes == NO_BLOCK ? -999 : (float)i - (float)v->describes;
    f[F_in_title_region] = v->title != NO_BLOCK && i > v->title &&
                           up_to(v, b->container, v->title_region) < FAR;
    f[F_title_prose] = (float)v->title_prose;
    f[F_title_prose_share] = share(v->title_prose, v->sum[v->n].prose);
    f[F_up_to_meet_title] = FAR;
    if (v->title != NO_BLOCK) {
        uint32_t steps = up_to_meet(v, b->container, v->at[v->title].container);
        uint32_t up = b->container;

        f[F_up_to_meet_title] = (float)steps;
        for (uint32_t k = 0; k < steps && up != 0; k++)
            up = v->t->nodes[up].parent;
        f[F_title_region_share] =
            share(sums_of(v, up).weight, v->sum[v->n].weight);
    }
}

/* The heading above a block, and how many headings nearby are links. */
struct heads {
    size_t last; /* NO_BLOCK */
};

static void fill_heads(const struct view *v, size_t i, struct heads *h,
                       float *f)
{
    size_t low = i < 8 ? 0 : i - 8, high = i + 9 < v->n ? i + 9 : v->n;
    uint32_t linked = 0, terms;

    f[F_heading_delta] = 999;
    if (h->last != NO_BLOCK) {
        const struct block *b = &v->at[h->last];

        f[F_heading_delta] = (float)(i - h->last);
        f[F_heading_links] = link_share(b);
        f[F_heading_level] = b->heading;
        f[F_heading_frame] = (float)b->frame.frame;
        f[F_heading_known] = (float)words_known(&v->topic, b->text, 1, &terms);
    }
    for (size_t k = low; k < high; k++)
        linked += v->at[k].heading > 0 && link_share(&v->at[k]) > 0.5f;
    f[F_linked_headings_near] = (float)linked;
    if (v->at[i].heading > 0)
        h->last = i;
}

static void fill_style(const struct view *v, size_t i, float *f)
{
    const struct style *s = &v->styles[v->style_of[i]];

    f[F_style_blocks] = (float)s->n;
    f[F_style_prose_share] = share(s->prose, v->sum[v->n].prose);
    f[F_style_link_share] = share(s->links, s->weight);
    f[F_style_mean_weight] = share(s->weight, s->n);
}

static float near(const struct view *v, size_t i, size_t k)
{
    return (float)up_to_meet(v, v->at[i].container, v->at[k].container);
}

static void fill_place(const struct view *v, size_t i, float *f)
{
    uint64_t prose = v->sum[v->n].prose;
    size_t low = i < 5 ? 0 : i - 5, high = i + 6 < v->n ? i + 6 : v->n;
    const struct block *at = v->at;

    f[F_position] = share(i, v->n);
    f[F_prose_before_share] = share(v->sum[i].prose, prose);
    f[F_prose_after_share] = share(prose - v->sum[i + 1].prose, prose);
    f[F_title_delta] = v->title == NO_BLOCK ? -999 : (float)i - (float)v->title;
    f[F_is_title] = i == v->title;
    f[F_h1_delta] = v->h1 == NO_BLOCK ? -999 : (float)i - (float)v->h1;
    f[F_prose_5_before] = (float)(v->sum[i].prose - v->sum[low].prose);
    f[F_prose_5_after] = (float)(v->sum[high].prose - v->sum[i + 1].prose);
    f[F_before_kind] = f[F_after_kind] = -1;
    f[F_before_near] = f[F_after_near] = FAR;
    if (i > 0) {
        f[F_before_weight] = (float)weight_of(&at[i - 1]);
        f[F_before_link_share] = link_share(&at[i - 1]);
        f[F_before_is_prose] = counts_as_prose(&at[i - 1]);
        f[F_before_kind] = (float)kind_of(at[i - 1].tag);
        f[F_before_near] = near(v, i, i - 1);
    }
    if (i > 1) {
        f[F_before2_weight] = (float)weight_of(&at[i - 2]);
        f[F_before2_link_share] = link_share(&at[i - 2]);
    }
    if (i + 1 < v->n) {
        f[F_after_weight] = (float)weight_of(&at[i + 1]);
        f[F_after_link_share] = link_share(&at[i + 1]);
        f[F_after_is_prose] = counts_as_prose(&at[i + 1]);
        f[F_after_kind] = (float)kind_of(at[i + 1].tag);
        f[F_after_near] = near(v, i, i + 1);
    }
    if (i + 2 < v->n) {
        f[F_after2_weight] = (float)weight_of(&at[i + 2]);
        f[F_after2_link_share] = link_share(&at[i + 2]);
    }
}

static void fill_run(const struct view *v, size_t i, float *f)
{
    const struct sums *s = v->sum;

    f[F_run_side] = i < v->run_first ? -1 : i >= v->run_end ? 1 : 0;
    if (i < v->run_first) {
        f[F_run_distance] = (float)(v->run_first - i);
        f[F_run_weight_between] =
            (float)(s[v->run_first].weight - s[i + 1].weight);
    } else if (i >= v->run_end) {
        f[F_run_distance] = (float)(i - v->run_end + 1);
        f[F_run_weight_between] = (float)(s[i].weight - s[v->run_end].weight);
    }
}

static void fill_page(const struct view *v, float *f)
{
    const struct sums *all = &v->sum[v->n];

    f[F_page_blocks] = (float)v->n;
    f[F_page_prose] = (float)all->prose;
    f[F_page_link_share] = share(all->links, all->weight);
    f[F_page_cjk_share] = share(v->cjk, v->chars);
    f[F_page_articles] = (float)v->articles;
    f[F_page_mean_prose] = share(all->prose, v->n);
    f[F_page_comment_share] = share(v->commented, all->prose);
    f[F_page_plain_prose] = (float)v->plain;
}

/* Blocks since the last whole label of each kind. */
struct since {
    float related, comments, frame;
};

static void fill_since(const struct block *b, struct since *s, float *f)
{
    f[F_since_related] = s->related;
    f[F_since_comments] = s->comments;
    f[F_since_frame] = s->frame;
    s->related = s->related < 998 ? s->related + 1 : s->related;
    s->comments = s->comments < 998 ? s->comments + 1 : s->comments;
    s->frame = s->frame < 998 ? s->frame + 1 : s->frame;
    if (b->frame.frame == FRAME_NONE ||
        !(b->frame.is_whole || b->frame.has_colon))
        return;
    s->frame = 0;
    if (b->frame.frame == FRAME_RELATED)
        s->related = 0;
    if (b->frame.frame == FRAME_COMMENTS)
        s->comments = 0;
}

static void add_data(struct view *v, struct str body)
{
    words_add(&v->data, body);
    words_add(&v->runs, body);
}

static void make_view(struct page_context *ctx, struct view *v)
{
    size_t n = ctx->blocks.n;

    *v = (struct view){.ctx = ctx,
                       .t = ctx->tree,
                       .marks = ctx->marks,
                       .at = ctx->blocks.at,
                       .n = n};
    v->before = arena_array(ctx->a, ctx->tree->n + 1, sizeof *v->before);
    v->sum = arena_array(ctx->a, n + 1, sizeof *v->sum);
    v->style_of = arena_array(ctx->a, n + 1, sizeof *v->style_of);
    v->styles = arena_array(ctx->a, n + 1, sizeof *v->styles);
    v->times = arena_array(ctx->a, n + 1, sizeof *v->times);
    v->twins = arena_array(ctx->a, ctx->tree->n + 1, sizeof *v->twins);
    v->repeated = arena_array(ctx->a, n + 1, sizeof *v->repeated);
    words_init(&v->prose, ctx->a, WORDS_ALL);
    words_init(&v->topic, ctx->a, 3);
    words_init(&v->data, ctx->a, WORDS_ALL);
    runs_init(&v->runs, ctx->a);
    make_sums(v);
    make_styles(v);
    find_semantic(v);
    find_scored(v);
    find_run(v);
    if (meta_article(ctx->meta) != NULL)
        add_data(v, meta_article(ctx->meta)->body);
    find_title(v);
    find_title_region(v);
    find_described(v);
    count_twins(v);
    sort_prose(v);
    find_repeats(v);
}

const float *features_read(struct page_context *ctx)
{
    struct since since = {999, 999, 999};
    struct heads heads = {NO_BLOCK};
    struct view v;
    float *rows, *f;

    make_view(ctx, &v);
    rows = f = arena_array(ctx->a, v.n + 1, FEATURES * sizeof *rows);
    for (size_t i = 0; i < v.n; i++, f += FEATURES) {
        fill_text(&v, i, f);
        fill_around(&v, &v.at[i], f);
        fill_style(&v, i, f);
        fill_place(&v, i, f);
        fill_run(&v, i, f);
        fill_since(&v.at[i], &since, f);
        fill_twins(&v, v.at[i].container, f);
        fill_card(&v, v.at[i].container, f);
        fill_topic(&v, i, f);
        fill_heads(&v, i, &heads, f);
        fill_page(&v, f);
    }
    return rows;
}
