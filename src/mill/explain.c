/* `extract --why`: what was considered for each field of a page, and which of
 * its blocks are the body, in lines for a person. */
#include "mill/mill.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "clean/clean.h"
#include "item/site_rule.h"

#define VALUE_CHARS 100
#define BLOCK_CHARS 60

/* Strangers' text on a terminal: one line without controls, cut. */
static struct str shown(struct arena *a, struct str s, size_t chars)
{
    struct text text = {.value = s, .type = TEXT_PLAIN};
    struct str line = text_to_line(a, &text), cut;

    cut = utf8_clip_chars(line, chars);
    return cut.n < line.n ? arena_cat(a, cut, STR("…")) : cut;
}

static void say(struct buf *out, const char *name, struct str value)
{
    if (value.n > 0)
        buf_printf(out, "%-10s %.*s\n", name, STR_ARG(value));
}

static void add_rule(const struct page *page, struct buf *out)
{
    if (page->rule == NULL)
        return;
    for (int f = 0; f < SITE_FIELDS; f++) {
        const struct site_line *line = &page->rule->lines[f];

        if (line->css != NULL)
            buf_printf(out, "%-10s %.*s: %.*s %s (%.*s:%d)\n", "rule",
                       STR_ARG(site_field_name((enum site_field)f)),
                       STR_ARG(line->text),
                       (page->rule_matched & 1u << f) != 0 ? "finds it"
                                                           : "finds nothing",
                       STR_ARG(line->place.file), line->place.line);
    }
}

static void add_notes(struct arena *a, const struct notes *notes,
                      struct buf *out)
{
    for (const struct note *n = notes->first; n != NULL; n = n->next) {
        struct str text = shown(a, n->text, VALUE_CHARS);

        buf_printf(out, "%-10s %.*s%s%.*s\n", "note",
                   STR_ARG(note_name(n->code)), text.n > 0 ? ": " : "",
                   STR_ARG(text));
    }
}

/* ---- fields ---- */

static struct str value_of(struct arena *a, const struct draft *d,
                           enum why_field field)
{
    struct str all = STR_NONE;
    char date[WHEN_CHARS];

    switch (field) {
    case WHY_TITLE:
        return d->title;
    case WHY_DATE:
        if (!when_known(d->published))
            return STR_NONE;
        when_rfc3339(d->published, date);
        return arena_str(a, str_from_c(date));
    case WHY_SOURCE:
        return d->source;
    default:
        for (size_t i = 0; i < d->authors.n; i++)
            all = i == 0 ? d->authors.at[0].name
                         : arena_cat(a, all, STR(", "), d->authors.at[i].name);
        return all;
    }
}

static float sure_of(const struct draft *d, enum why_field field)
{
    return field == WHY_TITLE    ? d->confidence.title
           : field == WHY_AUTHOR ? d->confidence.author
           : field == WHY_DATE   ? d->confidence.date
                                 : d->confidence.source;
}

/* The candidate that says VALUE, of several the best; NULL when none does. */
static const struct why_candidate *
winner_of(const struct why_draft *why, enum why_field field, struct str value)
{
    const struct why_candidate *best = NULL;

    for (size_t i = 0; i < why->candidates.n; i++) {
        const struct why_candidate *c = &why->candidates.at[i];

        if (c->field == field && str_eq(c->value, value) &&
            (best == NULL || c->score > best->score))
            best = c;
    }
    return best;
}

static void add_field(struct arena *a, const struct draft *d,
                      const struct why_draft *why, enum why_field field,
                      struct buf *out)
{
    static const char *const names[WHY_FIELDS] = {"title", "author", "date",
                                                  "source"};
    struct str value = value_of(a, d, field);
    const struct why_candidate *winner = winner_of(why, field, value);

    if (value.n == 0)
        buf_printf(out, "\n%-10s none\n", names[field]);
    else
        buf_printf(out, "\n%-10s %.*s  (sure %.2f)\n", names[field],
                   STR_ARG(shown(a, value, VALUE_CHARS)),
                   (double)sure_of(d, field));
    if (value.n > 0 && why->because[field] != NULL)
        buf_printf(out, "%-10s %s\n", "because", why->because[field]);
    for (size_t i = 0; value.n > 0 && i < why->heard[field].n; i++)
        buf_printf(out, i == 0 ? "%-10s %.*s" : "%s%.*s",
                   i == 0 ? "heard" : "; ", STR_ARG(why->heard[field].at[i]));
    if (value.n > 0 && why->heard[field].n > 0)
        buf_add_str(out, STR("\n"));
    for (size_t i = 0; i < why->candidates.n; i++) {
        const struct why_candidate *c = &why->candidates.at[i];

        if (c->field != field)
            continue;
        buf_printf(out, "  %c %5.2f  %.*s  (%.*s)\n", c == winner ? '*' : ' ',
                   c->score, STR_ARG(shown(a, c->value, VALUE_CHARS)),
                   STR_ARG(shown(a, c->from, VALUE_CHARS)));
    }
}

/* ---- body ---- */

static bool same_kind(const struct why_block *x, const struct why_block *y)
{
    return x->is_kept == y->is_kept && x->reason == y->reason;
}

/* Blocks that are kept are shown one by one, and so are those that were cut
 * though they are likely; rows of others as one line. */
static void add_blocks(struct arena *a, const struct why_draft *why,
                       struct buf *out)
{
    for (size_t i = 0; i < why->blocks.n;) {
        const struct why_block *b = &why->blocks.at[i];
        size_t n = 1;
        float most = b->odds;

        while (!b->is_kept && i + n < why->blocks.n &&
               same_kind(b, &why->blocks.at[i + n])) {
            if (why->blocks.at[i + n].odds > most)
                most = why->blocks.at[i + n].odds;
            n++;
        }
        buf_printf(out, "  %c ", b->is_kept ? '+' : '-');
        if (most >= 0)
            buf_printf(out, "%5.2f  ", (double)most);
        else
            buf_printf(out, "%5s  ", "");
        if (n > 1)
            buf_printf(out, "%zu blocks from ", n);
        buf_printf(out, "%.*s: %.*s  (%s)\n", STR_ARG(shown(a, b->tag, 20)),
                   STR_ARG(shown(a, b->text, BLOCK_CHARS)), b->reason);
        i += n;
    }
}

static void add_body(struct arena *a, const struct draft *d,
                     const struct item *item, const struct why_draft *why,
                     struct buf *out)
{
    size_t kept = 0;

    for (size_t i = 0; i < why->blocks.n; i++)
        kept += why->blocks.at[i].is_kept;
    buf_printf(out, "\n%-10s %zu of %zu blocks, %zu characters  (sure %.2f)\n",
               "body", kept, why->blocks.n, utf8_chars(item->text),
               (double)d->confidence.body);
    if (why->because_body != NULL)
        buf_printf(out, "%-10s %s\n", "because", why->because_body);
    add_blocks(a, why, out);
}

static void add_list(struct arena *a, const struct page *page, struct buf *out)
{
    buf_printf(out, "%-10s %zu\n", "links", page->n_links);
    for (size_t i = 0; i < page->n_links; i++)
        buf_printf(out, "  + %.*s  (%.*s)\n",
                   STR_ARG(shown(a, page->links[i].title, VALUE_CHARS)),
                   STR_ARG(shown(a, page->links[i].url, VALUE_CHARS)));
}

void line_explain(struct arena *a, const struct line_result *result,
                  struct str file, struct buf *out)
{
    const struct page *page = &result->page;

    say(out, "page", shown(a, file, 200));
    buf_printf(out, "%-10s %.*s, %.*s\n", "kind", STR_ARG(result->kind),
               STR_ARG(result->charset));
    add_rule(page, out);
    say(out, "next", shown(a, page->next, 200));
    add_notes(a, &result->notes, out);
    if (page->kind == PAGE_LIST)
        add_list(a, page, out);
    for (size_t i = 0;
         i < page->n_drafts && page->why != NULL && i < page->why->drafts.n;
         i++) {
        const struct draft *d = &page->drafts[i];
        const struct why_draft *why = &page->why->drafts.at[i];

        if (page->n_drafts > 1)
            buf_printf(out, "\n%-10s %zu of %zu\n", "article", i + 1,
                       page->n_drafts);
        for (int f = 0; f < WHY_FIELDS; f++)
            add_field(a, d, why, (enum why_field)f, out);
        add_body(a, d, result->items[i], why, out);
        add_notes(a, &result->items[i]->notes, out);
    }
    buf_add_char(out, '\n');
}
