/*
 * Features of blocks, for the model of page_model.c, from the view of the page
 * that page_view.c makes.  That a block lies in one of its candidate bodies is a
 * feature, and which of them to believe is for the model to say.
 *
 * All loops are linear in blocks; walks upwards stop after FAR steps.
 */
#include "extract/page_features.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "extract/page_marks.h"
#include "extract/page_meta.h"
#include "extract/page_view.h"

const char *feature_name(enum feature f)
{
    static const char *const names[] = {
#define FEATURE(name) #name,
#include "extract/features.def"
#undef FEATURE
    };

    return names[f];
}

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
    {TAG_SECTION, F_up_section},
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
    struct term_counts *terms = &v->terms[i];

    f[F_weight] = (float)weight_of(b);
    f[F_words] = (float)s->words;
    f[F_link_share] = link_share(b);
    f[F_end] = s->end;
    f[F_upper_share] = share(s->upper, s->letters);
    f[F_dividers] = (float)s->dividers;
    f[F_word_length] = share(s->letters, s->words);
    f[F_frame] = (float)b->frame.frame;
    f[F_frame_whole] = b->frame.is_whole ? 2 : b->frame.has_colon;
    f[F_is_repeat] = b->is_repeat;
    f[F_times_on_page] = (float)v->times[i];
    f[F_known_to_prose] = share(terms[1].in_prose - terms[0].in_prose,
                                terms[1].all - terms[0].all);
}

static void fill_around(const struct view *v, const struct block *b, float *f)
{
    uint32_t parent = v->t->nodes[b->container].parent;
    uint32_t grand = v->t->nodes[parent].parent;
    struct sums p = view_sums(v, parent), g = view_sums(v, grand);
    uint64_t prose = v->sum[v->n].prose;

    f[F_tag_kind] = (float)kind_of(b->tag);
    f[F_heading] = b->heading;
    f[F_depth] = v->t->nodes[b->container].depth;
    f[F_parent_prose_share] = share(p.prose, prose);
    f[F_parent_link_share] = share(p.links, p.weight);
    f[F_parent_blocks] = (float)view_blocks(v, parent);
    f[F_parent_mean_weight] = share(p.weight, view_blocks(v, parent));
    f[F_grand_prose_share] = share(g.prose, prose);
    f[F_grand_link_share] = share(g.links, g.weight);
    f[F_grand_blocks] = (float)view_blocks(v, grand);
    f[F_grand_mean_weight] = share(g.weight, view_blocks(v, grand));
    fill_ups(v, b->container, f);
    f[F_up_to_class_best] = (float)up_to(v, b->container, v->class_best);
    f[F_up_to_article_best] = (float)up_to(v, b->container, v->article_best);
    f[F_up_to_main_best] = (float)up_to(v, b->container, v->main_best);
    f[F_up_to_score_best] = (float)up_to(v, b->container, v->score_best);
    f[F_up_to_meet_score] = (float)up_to_meet(v, b->container, v->score_best);
    f[F_score_prose_share] = share(view_sums(v, v->score_best).prose, prose);
    f[F_class_best_prose_share] =
        v->class_best == 0 ? 0
                           : share(view_sums(v, v->class_best).prose, prose);
    f[F_article_best_prose_share] =
        v->article_best == 0
            ? 0
            : share(view_sums(v, v->article_best).prose, prose);
}

/* The share of the long terms of the blocks [FROM, TO) that the core has. */
static float core_known(const struct view *v, size_t from, size_t to)
{
    return share(v->terms[to].in_core - v->terms[from].in_core,
                 v->terms[to].longer - v->terms[from].longer);
}

static float core_known_in(const struct view *v, uint32_t i)
{
    return core_known(v, v->before[i], v->before[v->t->nodes[i].end]);
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
        if (found < 2)
            f[F_twins_1 + found] = twins;
        found++;
        if (found <= 6 && twins > f[F_twins_most])
            f[F_twins_most] = twins;
    }
}

static void fill_card(const struct view *v, uint32_t container, float *f)
{
    uint32_t card = view_card(v, container);
    struct sums sums;

    f[F_card_weight] = f[F_card_link_share] = -1;
    f[F_core_known_card] = -1;
    if (card == 0)
        return;
    sums = view_sums(v, card);
    f[F_core_known_card] = core_known_in(v, card);
    f[F_card_weight] = (float)sums.weight;
    f[F_card_link_share] = share(sums.links, sums.weight);
}

static void fill_topic(const struct view *v, size_t i, float *f)
{
    const struct block *b = &v->at[i];
    const struct term_counts *known = &v->terms[i];
    uint32_t terms;

    f[F_title_known] = share(known[1].in_topic - known[0].in_topic,
                             known[1].topic - known[0].topic);
    f[F_data_known] = v->data.total == 0
                          ? -1
                          : (float)words_known(&v->data, b->terms, 1, &terms);
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
            share(view_sums(v, up).weight, v->sum[v->n].weight);
    }
}

/* The heading above a block. */
struct heads {
    size_t last; /* NO_BLOCK */
    float known; /* its share of words of the title */
};

static void fill_heads(const struct view *v, size_t i, struct heads *h,
                       float *f)
{
    f[F_heading_delta] = 999;
    if (h->last != NO_BLOCK) {
        f[F_heading_delta] = (float)(i - h->last);
        f[F_heading_known] = h->known;
    }
    if (v->at[i].heading > 0)
        *h = (struct heads){i, f[F_title_known]};
}

static void fill_style(const struct view *v, size_t i, float *f)
{
    const struct style *s = &v->styles[v->style_of[i]];

    f[F_style_blocks] = (float)s->n;
    f[F_style_prose_share] = share(s->prose, v->sum[v->n].prose);
    f[F_style_link_share] = share(s->links, s->weight);
    f[F_style_mean_weight] = share(s->weight, s->n);
}

static void fill_place(const struct view *v, size_t i, float *f)
{
    uint64_t prose = v->sum[v->n].prose;
    const struct block *at = v->at;

    f[F_position] = share(i, v->n);
    f[F_prose_before_share] = share(v->sum[i].prose, prose);
    f[F_prose_after_share] = share(prose - v->sum[i + 1].prose, prose);
    f[F_title_delta] = v->title == NO_BLOCK ? -999 : (float)i - (float)v->title;
    f[F_h1_delta] = v->h1 == NO_BLOCK ? -999 : (float)i - (float)v->h1;
    f[F_after_kind] = -1;
    f[F_after_near] = FAR;
    if (i > 0)
        f[F_before_weight] = (float)weight_of(&at[i - 1]);
    if (i + 1 < v->n) {
        f[F_after_weight] = (float)weight_of(&at[i + 1]);
        f[F_after_link_share] = link_share(&at[i + 1]);
        f[F_after_kind] = (float)kind_of(at[i + 1].tag);
        f[F_after_near] =
            (float)up_to_meet(v, at[i].container, at[i + 1].container);
    }
}

static void fill_run(const struct view *v, size_t i, float *f)
{
    if (i < v->run_first)
        f[F_run_distance] = (float)(v->run_first - i);
    else if (i >= v->run_end)
        f[F_run_distance] = (float)(i - v->run_end + 1);
}

/* ---- what it has in common with the core ---- */

/* Steps up until the subtree has half of the core. */
static uint32_t up_to_core(const struct view *v, uint32_t from)
{
    uint64_t all = v->core_prose[v->n];
    uint32_t steps = 0;

    for (uint32_t i = from; i != 0 && steps < FAR;
         i = v->t->nodes[i].parent, steps++)
        if ((v->core_prose[v->before[v->t->nodes[i].end]] -
             v->core_prose[v->before[i]]) *
                2 >=
            all)
            break;
    return steps;
}

static void fill_core(const struct view *v, size_t i, float *f)
{
    uint32_t container = v->at[i].container;
    uint32_t parent = v->t->nodes[container].parent;
    size_t low = i < 3 ? 0 : i - 3, high = i + 4 < v->n ? i + 4 : v->n;

    f[F_core_known] = v->terms[i + 1].longer == v->terms[i].longer
                          ? -1
                          : core_known(v, i, i + 1);
    f[F_core_known_parent] = core_known_in(v, parent);
    f[F_core_known_grand] = core_known_in(v, v->t->nodes[parent].parent);
    f[F_core_known_near] = core_known(v, low, high);
    f[F_style_in_core] =
        share(v->styles[v->style_of[i]].core, v->core_prose[v->n]);
    f[F_core_up] = (float)up_to_core(v, container);
    f[F_best_end] = -1;
    if (v->score_best != 0) {
        size_t end = v->before[v->t->nodes[v->score_best].end];

        if (i >= v->before[v->score_best] && i < end)
            f[F_best_end] = (float)(end - 1 - i);
    }
    f[F_core_style_before] = share(v->core_styled[i], v->core_styled[v->n]);
    f[F_core_style_after] = share(v->core_styled[v->n] - v->core_styled[i + 1],
                                  v->core_styled[v->n]);
    f[F_core_style_gap] = (float)v->core_gap[i];
    f[F_core_distance] = i < v->core_first  ? (float)(v->core_first - i)
                         : i >= v->core_end ? (float)(i - v->core_end + 1)
                                            : 0;
}

/* ---- what it is made of ---- */

/* Notes about an author or a site are no longer. */
#define NAMING_CHARS 1200

/* 2 if TEXT begins with the name, 1 if it has it. */
static float names(struct str text, struct str name)
{
    return str_starts(text, name) ? 2 : str_has(text, name);
}

static void fill_inside(const struct view *v, size_t i, float *f)
{
    const struct block *b = &v->at[i];
    const struct str site = v->ctx->meta->site_name;

    f[F_copied_share] = v->copied[i];
    if (b->chars <= NAMING_CHARS && v->author.n >= 5)
        f[F_names_author] = names(b->text, v->author);
    if (b->chars <= NAMING_CHARS && site.n >= 3)
        f[F_names_site] = names(b->text, site);
    for (uint32_t k = b->first; k < b->end; k++)
        f[F_links] += v->t->nodes[k].tag == TAG_A;
}

/* Elements of more blocks are no card and no box. */
#define BOX_BLOCKS 60

static uint32_t things_in(const struct view *v, uint32_t i, int thing)
{
    return v->things[v->t->nodes[i].end].n[thing] - v->things[i].n[thing];
}

static void fill_things(const struct view *v, uint32_t container, float *f)
{
    uint32_t steps = 0, blocks;

    for (int k = 0; k < THINGS; k++) {
        f[F_picture_blocks + k] = BOX_BLOCKS + 1;
        f[F_picture_up + k] = FAR;
    }
    for (uint32_t i = container;
         i != 0 && steps < FAR && (blocks = view_blocks(v, i)) <= BOX_BLOCKS;
         i = v->t->nodes[i].parent, steps++)
        for (int k = 0; k < THINGS; k++)
            if (f[F_picture_up + k] == FAR && things_in(v, i, k) > 0) {
                f[F_picture_blocks + k] = (float)blocks;
                f[F_picture_up + k] = (float)steps;
            }
}

static void fill_page(const struct view *v, float *f)
{
    const struct sums *all = &v->sum[v->n];

    f[F_page_blocks] = (float)v->n;
    f[F_page_prose] = (float)all->prose;
    f[F_page_link_share] = share(all->links, all->weight);
    f[F_page_articles] = (float)v->articles;
    f[F_page_mean_prose] = share(all->prose, v->n);
    f[F_page_comment_share] = share(v->commented, all->prose);
    f[F_page_plain_prose] = (float)v->plain;
    f[F_page_is_article] = v->is_article;
}

/* Blocks since the last whole label of each kind. */
struct since {
    float comments, frame;
};

static void fill_since(const struct block *b, struct since *s, float *f)
{
    f[F_since_comments] = s->comments;
    f[F_since_frame] = s->frame;
    s->comments = s->comments < 998 ? s->comments + 1 : s->comments;
    s->frame = s->frame < 998 ? s->frame + 1 : s->frame;
    if (b->frame.frame == FRAME_NONE ||
        !(b->frame.is_whole || b->frame.has_colon))
        return;
    s->frame = 0;
    if (b->frame.frame == FRAME_COMMENTS)
        s->comments = 0;
}

struct feature_reader {
    struct view view;
    struct since since;
    struct heads heads;
    size_t next;
    float row[FEATURES];
};

struct feature_reader *features_open(struct page_context *ctx)
{
    struct feature_reader *r = arena_make(ctx->scratch, struct feature_reader);

    r->since = (struct since){999, 999};
    r->heads = (struct heads){.last = NO_BLOCK};
    view_make(ctx, &r->view);
    return r;
}

const struct view *features_view(const struct feature_reader *r)
{
    return &r->view;
}

const float *features_next(struct feature_reader *r)
{
    const struct view *v = &r->view;
    size_t i = r->next++;
    float *f = r->row;

    if (i >= v->n)
        return NULL;
    memset(f, 0, sizeof r->row);
    fill_text(v, i, f);
    fill_around(v, &v->at[i], f);
    fill_style(v, i, f);
    fill_place(v, i, f);
    fill_run(v, i, f);
    fill_since(&v->at[i], &r->since, f);
    fill_twins(v, v->at[i].container, f);
    fill_card(v, v->at[i].container, f);
    fill_topic(v, i, f);
    fill_heads(v, i, &r->heads, f);
    fill_core(v, i, f);
    fill_inside(v, i, f);
    fill_things(v, v->at[i].container, f);
    fill_page(v, f);
    return f;
}
