/*
 * Site rules.  All lines are matched against the page as it came; then what
 * "drop" selects is taken out of the tree, so that nothing that comes later
 * sees it, and what the other lines had found is renumbered.
 *
 * The body is every element that "body" selects, in page order, without what
 * "title", "author" and "date" select inside it.
 */
#include "extract/page_rules.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "extract/fields.h"
#include "extract/page_date.h"
#include "extract/page_marks.h"
#include "extract/page_meta.h"
#include "extract/page_names.h"
#include "extract/page_why.h"
#include "item/site_rule.h"

#define NAME_CHARS   120 /* of an element that names one author */
#define ELEMENTS_MAX 64  /* of one field that are read */

struct page_rules {
    const struct site_rule *rule;
    struct {
        uint32_t *at; /* in page order */
        size_t n, cap;
    } found[SITE_FIELDS];
    unsigned char *inside; /* [node]: bit f: an element found for field f */
};

/* ---- opening ---- */

/* The page's address; of a saved page without one, its own word for it. */
static struct str address_of(struct page_context *ctx,
                             const struct page_tree *t)
{
    struct selector *sel;
    struct error err;
    uint32_t i;

    if (ctx->hints->url.n > 0)
        return ctx->hints->url;
    sel = selector_parse(ctx->a, STR("link[rel=canonical]"), &err);
    i = sel == NULL ? 0 : node_select(t, sel, 0, t->n);
    return i == 0 ? STR_NONE : str_trim(node_attr(t, i, STR("href")));
}

static void find_line(struct page_context *ctx, const struct page_tree *t,
                      struct page_rules *rules, enum site_field field)
{
    const struct site_line *line = &rules->rule->lines[field];
    uint32_t i = 0;

    while (line->css != NULL && (i = node_select(t, line->css, i, t->n)) != 0)
        if (i != t->head && i != t->body && t->nodes[i].tag != TAG_HTML)
            *vec_add(ctx->a, &rules->found[field]) = i;
}

static void note_unmatched(struct page_context *ctx, struct notes *notes,
                           const struct page_rules *rules,
                           enum site_field field, const char *what)
{
    const struct site_line *line = &rules->rule->lines[field];

    note_add(notes, ctx->a, NOTE_RULE_UNMATCHED, "%.*s: %.*s %s (%.*s:%d)",
             STR_ARG(site_field_name(field)), STR_ARG(line->text), what,
             STR_ARG(line->place.file), line->place.line);
}

/* Takes the nodes in OUT out of T; NEW_INDEX gets where each of the others is
 * then, 0 for those that are gone. */
static void remove_nodes(struct page_tree *t, const unsigned char *out,
                         uint32_t *new_index)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < t->n;) {
        if (out[i]) {
            i = t->nodes[i].end;
            continue;
        }
        new_index[i] = n;
        t->nodes[n] = t->nodes[i];
        t->nodes[n].parent = new_index[t->nodes[n].parent];
        n++;
        i++;
    }
    /* A subtree ends where the next node that is left begins. */
    new_index[t->n] = n;
    for (uint32_t i = t->n; i-- > 1;)
        if (new_index[i] == 0)
            new_index[i] = new_index[i + 1];
    for (uint32_t i = 0; i < n; i++)
        t->nodes[i].end = new_index[t->nodes[i].end];
    t->head = t->head == 0 ? 0 : new_index[t->head];
    t->body = t->body == 0 ? 0 : new_index[t->body];
    t->n = n;
}

static void drop_nodes(struct page_context *ctx, struct page_tree *t,
                       struct page_rules *rules)
{
    unsigned char *out = arena_alloc(ctx->a, t->n + 1);
    uint32_t *new_index = arena_array(ctx->a, t->n + 1, sizeof *new_index);

    if (rules->found[SITE_DROP].n == 0)
        return;
    for (size_t k = 0; k < rules->found[SITE_DROP].n; k++)
        out[rules->found[SITE_DROP].at[k]] = 1;
    /* What lies below a dropped element is gone too. */
    for (uint32_t i = 1; i < t->n; i++)
        out[i] |= out[t->nodes[i].parent];
    for (int field = 0; field < SITE_FIELDS; field++) {
        size_t n = 0;

        if (field == SITE_DROP)
            continue;
        for (size_t k = 0; k < rules->found[field].n; k++)
            if (!out[rules->found[field].at[k]])
                rules->found[field].at[n++] = rules->found[field].at[k];
        rules->found[field].n = n;
    }
    remove_nodes(t, out, new_index);
    for (int field = 0; field < SITE_FIELDS; field++)
        for (size_t k = 0; field != SITE_DROP && k < rules->found[field].n; k++)
            rules->found[field].at[k] = new_index[rules->found[field].at[k]];
}

static void mark_inside(struct page_context *ctx, const struct page_tree *t,
                        struct page_rules *rules)
{
    rules->inside = arena_alloc(ctx->a, t->n + 1);
    for (int field = 0; field < SITE_FIELDS; field++)
        for (size_t k = 0; field != SITE_DROP && k < rules->found[field].n; k++)
            rules->inside[rules->found[field].at[k]] |=
                (unsigned char)(1u << field);
    for (uint32_t i = 1; i < t->n; i++)
        rules->inside[i] |= rules->inside[t->nodes[i].parent];
}

const struct page_rules *rules_open(struct page_context *ctx,
                                    struct page_tree *tree)
{
    const struct site_rule *rule =
        site_rule_for(ctx->a, ctx->hints->site_rules, address_of(ctx, tree));
    struct page_rules *rules;

    if (rule == NULL)
        return NULL;
    rules = arena_make(ctx->a, struct page_rules);
    rules->rule = rule;
    for (int field = 0; field < SITE_FIELDS; field++)
        find_line(ctx, tree, rules, (enum site_field)field);
    drop_nodes(ctx, tree, rules);
    mark_inside(ctx, tree, rules);
    return rules;
}

void rules_tell(struct page_context *ctx, struct page *out)
{
    const struct page_rules *rules = ctx->rules;

    if (rules == NULL)
        return;
    out->rule = rules->rule;
    for (int field = 0; field < SITE_FIELDS; field++) {
        if (rules->found[field].n > 0)
            out->rule_matched |= 1u << field;
        else if (rules->rule->lines[field].css != NULL)
            note_unmatched(ctx, ctx->notes, rules, (enum site_field)field,
                           "selects nothing");
    }
}

/* ---- body ---- */

static bool is_inside(const struct page_tree *t, uint32_t node, uint32_t root)
{
    return node >= root && node < t->nodes[root].end;
}

/* True if one of the elements that FIELD selects holds NODE. */
static bool is_found(const struct page_context *ctx, enum site_field field,
                     uint32_t node)
{
    return (ctx->rules->inside[node] & 1u << field) != 0;
}

/* A body selector may fit the site's list pages as well. */
bool rules_have_body(const struct page_context *ctx)
{
    uint64_t chars = 0, links = 0;

    if (ctx->rules == NULL || ctx->rules->found[SITE_BODY].n == 0)
        return false;
    for (size_t i = 0; i < ctx->blocks.n; i++) {
        const struct block *b = &ctx->blocks.at[i];

        if (!is_found(ctx, SITE_BODY, b->first))
            continue;
        chars += b->chars;
        links += b->link_chars;
    }
    return links * 2 <= chars;
}

/* What of the selected elements is not body: what is hidden inside them, and
 * the fields that have selectors of their own. */
static unsigned char *cut_of(const struct page_context *ctx,
                             const uint32_t *roots, size_t n)
{
    const unsigned fields =
        1u << SITE_TITLE | 1u << SITE_AUTHOR | 1u << SITE_DATE;
    unsigned char *cut = arena_alloc(ctx->a, ctx->tree->n + 1);

    for (size_t k = 0; k < n; k++)
        for (uint32_t i = roots[k]; i < ctx->tree->nodes[roots[k]].end; i++)
            cut[i] =
                (ctx->marks[i].is_hidden && !ctx->marks[roots[k]].is_hidden) ||
                (ctx->rules->inside[i] & fields) != 0;
    return cut;
}

static void set_roles(struct page_context *ctx, struct article_span *span,
                      const unsigned char *cut)
{
    bool any = false;

    span->body_first = span->body_end = span->first;
    for (size_t i = span->first; i < span->end; i++) {
        struct block *b = &ctx->blocks.at[i];

        if (is_found(ctx, SITE_TITLE, b->first)) {
            b->role = ROLE_TITLE;
            span->title = span->title == NO_BLOCK ? i : span->title;
        }
        if (!is_found(ctx, SITE_BODY, b->first) || cut[b->first])
            continue;
        b->role = b->heading > 0 ? ROLE_HEADING : ROLE_BODY;
        if (!any)
            span->body_first = i;
        any = true;
        span->body_end = i + 1;
    }
}

bool rules_body(struct page_context *ctx, struct article_span *span,
                struct draft_body *out)
{
    const struct page_tree *t = ctx->tree;
    uint32_t *roots;
    size_t n = 0;

    if (!rules_have_body(ctx))
        return false;
    roots = arena_array(ctx->a, ctx->rules->found[SITE_BODY].n, sizeof *roots);
    for (size_t k = 0; k < ctx->rules->found[SITE_BODY].n; k++) {
        uint32_t node = ctx->rules->found[SITE_BODY].at[k];

        if (n == 0 || !is_inside(t, node, roots[n - 1]))
            roots[n++] = node;
    }
    *out = (struct draft_body){.kind = BODY_NODES,
                               .tree = t,
                               .roots = roots,
                               .n_roots = n,
                               .cut = cut_of(ctx, roots, n)};
    set_roles(ctx, span, out->cut);
    return true;
}

/* ---- fields ---- */

bool rules_next(const struct page_context *ctx, struct str *href)
{
    const struct page_rules *rules = ctx->rules;
    uint32_t node;

    if (rules == NULL || rules->rule->lines[SITE_NEXT].css == NULL)
        return false;
    *href = STR_NONE;
    for (size_t k = 0; k < rules->found[SITE_NEXT].n && href->n == 0; k++) {
        node = rules->found[SITE_NEXT].at[k];
        if (!node_has(ctx->tree, node, STR("href")))
            node = node_find(ctx->tree, node, TAG_A);
        if (node != 0)
            *href = str_trim(node_attr(ctx->tree, node, STR("href")));
    }
    return true;
}

/* What an element says: the value it declares, else its text. */
static struct str value_of(struct page_context *ctx, uint32_t node)
{
    static const struct str names[] = {STR_INIT("content"),
                                       STR_INIT("datetime")};

    for (size_t i = 0; i < 2; i++) {
        struct str value = node_attr(ctx->tree, node, names[i]);

        if (str_trim_wide(value).n > 0)
            return meta_text(ctx->a, value);
    }
    return node_text(ctx->tree, node, ctx->a);
}

/* True if the element holds a block of the span. */
static bool is_in_span(const struct page_context *ctx,
                       const struct article_span *span, uint32_t node)
{
    for (size_t i = span->first; i < span->end; i++)
        if (is_inside(ctx->tree, ctx->blocks.at[i].first, node))
            return true;
    return false;
}

static void read_author(struct page_context *ctx, struct str text,
                        struct names *names)
{
    struct line_facts f;

    if (line_read(ctx, text, &f) && f.authors.n > 0) {
        for (size_t i = 0; i < f.authors.n; i++)
            names_put(ctx->a, names,
                      (struct name){.name = f.authors.at[i].name});
        return;
    }
    if (names_add(ctx->a, text, NAMES_LABELLED, names) == 0 && text.n > 0 &&
        utf8_chars(text) <= NAME_CHARS && !name_is_nobody(text))
        names_put(ctx->a, names, (struct name){.name = text});
}

static bool read_date(struct page_context *ctx, struct str text,
                      struct when *out)
{
    struct when_hints hints = page_when_hints(ctx);

    return when_parse(text, &hints, out) ||
           when_find(text, &hints, out, NULL, NULL);
}

/* A field while the elements found for it are read into the draft. */
struct field_reader {
    struct page_context *ctx;
    const struct article_span *span;
    struct draft *draft;
    struct names names;
    bool is_taken;
};

static void read_element(struct field_reader *r, enum site_field field,
                         struct str text)
{
    if (field == SITE_AUTHOR) {
        read_author(r->ctx, text, &r->names);
        r->is_taken = r->names.n > 0;
    } else if (field == SITE_DATE) {
        r->is_taken = read_date(r->ctx, text, &r->draft->published);
    } else if (field == SITE_TITLE && text.n > 0) {
        r->draft->title = text;
        r->is_taken = true;
    }
}

/* True if the rule names the field and it was read. */
static bool read_field(struct field_reader *r, enum site_field field)
{
    const struct page_rules *rules = r->ctx->rules;
    size_t n = 0;

    r->is_taken = false;
    for (size_t k = 0; k < rules->found[field].n && n < ELEMENTS_MAX &&
                       (field == SITE_AUTHOR || !r->is_taken);
         k++) {
        uint32_t node = rules->found[field].at[k];

        if (r->draft->several_on_page && !is_in_span(r->ctx, r->span, node))
            continue;
        n++;
        read_element(r, field, value_of(r->ctx, node));
    }
    if (n > 0 && !r->is_taken)
        note_unmatched(r->ctx, &r->draft->notes, rules, field,
                       field == SITE_DATE     ? "holds no date"
                       : field == SITE_AUTHOR ? "names nobody"
                                              : "holds no text");
    return r->is_taken;
}

static const char by_rule[] = "the owner's rule for this site";

void rules_fields(struct page_context *ctx, const struct article_span *span,
                  struct draft *draft)
{
    struct field_reader r = {.ctx = ctx, .span = span, .draft = draft};

    if (ctx->rules == NULL)
        return;
    if (read_field(&r, SITE_TITLE)) {
        why_value(ctx, WHY_TITLE, draft->title, by_rule, 1);
        draft->confidence.title = 1;
        why_because(ctx, WHY_TITLE, by_rule);
    }
    if (read_field(&r, SITE_DATE)) {
        draft->confidence.date = 1;
        why_because(ctx, WHY_DATE, by_rule);
    }
    if (read_field(&r, SITE_AUTHOR)) {
        why_names(ctx, WHY_AUTHOR, &r.names, by_rule, 1);
        why_because(ctx, WHY_AUTHOR, by_rule);
        draft->confidence.author = 1;
        draft->authors = (struct persons){0};
        for (size_t i = 0; i < r.names.n; i++)
            *vec_add(ctx->a, &draft->authors) = (struct person){
                .name = r.names.at[i].name, .url = r.names.at[i].url};
    }
}
