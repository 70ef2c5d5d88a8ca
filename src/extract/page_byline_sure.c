/*
 * How sure the authors are: which witness names the same persons, which names
 * others (evidence.def).
 */
#include "extract/page_inquiry.h"

#include "base/utf8.h"
#include "extract/page_confidence.h"

static bool is_among(const struct persons *all, struct str name)
{
    for (size_t i = 0; i < all->n; i++)
        if (name_same(all->at[i].name, name))
            return true;
    return false;
}

/* Whether a witness that names persons names the same as the draft. */
static void compare_names(const struct draft *d, const struct names *names,
                          bool *same, bool *other)
{
    size_t persons = 0, known = 0;

    for (size_t i = 0; i < names->n; i++) {
        bool is_known = is_among(&d->authors, names->at[i].name);

        persons += !names->at[i].is_org || is_known;
        known += is_known;
    }
    if (persons == 0)
        return;
    if (known == d->authors.n && persons == known)
        *same = true;
    else
        *other = true;
}

/* A name that only stands somewhere, and one that is hardly a whole one. */
static void hear_form(struct inquiry *q, struct evidences *e)
{
    const struct draft *d = q->draft;

    e->heard[AUTHOR_SEVERAL] = d->authors.n > 1;
    for (size_t i = 0; i < d->authors.n; i++) {
        struct str name = d->authors.at[i].name;

        if (str_find_char(name, ' ', 0) == STR_NOT_FOUND &&
            !is_cjk(utf8_next(name, &(size_t){0})))
            e->heard[AUTHOR_ONE_WORD] = true;
        if (name_is_org(name) || byline_is_site(q, name))
            e->heard[AUTHOR_ORG] = true;
    }
}

/* True if short lines of the page show every author. */
static bool are_shown(struct inquiry *q)
{
    const struct blocks *b = &q->ctx->blocks;
    const struct persons *all = &q->draft->authors;
    size_t shown = 0;

    for (size_t i = 0; i < all->n; i++) {
        size_t k = 0;

        while (k < b->n && (b->at[k].chars > LINE_CHARS || b->at[k].is_hidden ||
                            b->at[k].role == ROLE_COMMENT ||
                            !str_has_nocase(b->at[k].text, all->at[i].name)))
            k++;
        shown += k < b->n;
    }
    return shown == all->n;
}

float byline_sure(struct inquiry *q)
{
    struct evidences e = {0};
    bool *h = e.heard;
    bool bare = false, other = false;
    const struct draft *d = q->draft;

    if (d->authors.n == 0)
        return 0;
    /* Set by hand: the pages the weights are learnt from have none such. */
    if (q->is_account)
        return .4F;
    compare_names(d, &q->jsonld, &h[AUTHOR_LD_SAME], &h[AUTHOR_LD_OTHER]);
    compare_names(d, &q->meta, &h[AUTHOR_META_SAME], &h[AUTHOR_META_OTHER]);
    compare_names(d, &q->at[PLACE_HEAD].authors, &h[AUTHOR_HEAD_SAME],
                  &h[AUTHOR_HEAD_OTHER]);
    compare_names(d, &q->at[PLACE_INNER].authors, &h[AUTHOR_TEXT_SAME],
                  &h[AUTHOR_TEXT_OTHER]);
    compare_names(d, &q->at[PLACE_TAIL].authors, &h[AUTHOR_TEXT_SAME],
                  &h[AUTHOR_TEXT_OTHER]);
    compare_names(d, &q->dateline, &h[AUTHOR_TEXT_SAME], &h[AUTHOR_TEXT_OTHER]);
    compare_names(d, &q->claims, &h[AUTHOR_CLAIM_SAME], &h[AUTHOR_CLAIM_OTHER]);
    compare_names(d, &q->beside_date, &bare, &other);
    compare_names(d, &q->opening, &bare, &other);
    compare_names(d, &q->signoff, &bare, &other);
    compare_names(d, &q->box, &bare, &other);
    h[AUTHOR_BARE] = bare && !h[AUTHOR_LD_SAME] && !h[AUTHOR_META_SAME] &&
                     !h[AUTHOR_HEAD_SAME] && !h[AUTHOR_TEXT_SAME] &&
                     !h[AUTHOR_CLAIM_SAME];
    h[AUTHOR_SHOWN] = are_shown(q);
    hear_form(q, &e);
    return sure_of_field(q->ctx, SURE_AUTHOR, &e);
}
