#include "judge/event_sums.h"

#include <string.h>

#include "judge/event_aside.h"
#include "judge/event_term.h"

/* Others that have a term too: it is of the days, not of one story. */
#define CROWD 3

/* Weights of terms, in fiftieths, so that sums of them are exact. */
#define W_WORD       50
#define W_NAME       90
#define W_NUMBER     100
#define WORTH_KNOWN  35
#define WORTH_NUMBER 75
#define WORTH_RARE   100
#define IN_LEAD(w)                                                             \
    ((w)*4 / 5) /* a title's term that the other has in its text */

static int weight(enum term_kind kind)
{
    if (term_is_name(kind))
        return W_NAME;
    return kind == TERM_NUMBER || kind == TERM_ORDINAL ? W_NUMBER : W_WORD;
}

static bool is_number(struct event_term t)
{
    return event_term_kind(t) >= TERM_NUMBER &&
           sort_of_term(event_term_hash(t)) >= SORT_NUMBER;
}

static bool is_rare(struct event_term t)
{
    return event_term_kind(t) == TERM_RARE ||
           event_term_kind(t) == TERM_RARE_NAME;
}

/* What a term says of who and what is told of. */
static int worth(struct event_term t)
{
    if (is_number(t))
        return WORTH_NUMBER;
    return is_rare(t) ? WORTH_RARE : WORTH_KNOWN;
}

static enum number_class class_of(struct event_term t)
{
    unsigned class = sort_of_term(event_term_hash(t)) - SORT_NUMBER;

    return class < EVENT_CLASSES ? (enum number_class) class : NUMBER_SMALL;
}

/* Of two titles that share a version or a date only. */
static bool says_much(struct event_term t)
{
    return !is_number(t) ||
           (!number_says_little(class_of(t)) && class_of(t) != NUMBER_DECIMAL);
}

static void sum_number(struct event_term t, struct event_sums *s)
{
    enum number_class class = class_of(t);
    bool in_title = event_term_in_title(t);

    s->numbers++;
    s->of[class].all++;
    s->of[class].title += in_title;
    s->title_numbers += in_title;
    s->title_dates += in_title && class >= NUMBER_DATE;
}

static void sum_title(struct event_term t, int weight_there,
                      struct event_sums *s)
{
    s->title += weight_there;
    s->title_worth += worth(t);
    s->title_terms++;
    s->title_words += !term_is_name(event_term_kind(t)) && !is_number(t);
    s->title_names += term_is_name(event_term_kind(t));
    s->title_rare += is_rare(t);
}

/* False for what is no word or number: it is summed by its sort. */
static bool sum_sort(struct event_term t, struct event_sums *s)
{
    uint64_t hash = event_term_hash(t);

    switch (sort_of_term(hash)) {
    case SORT_LINK:
        s->links++;
        return false;
    case SORT_MARK:
        s->bulletins += hash == MARK_BULLETIN;
        s->features += hash == MARK_FEATURE;
        s->questions += hash == MARK_QUESTION;
        return false;
    case SORT_ASIDE:
        s->near += aside_of_hash(hash) == ASIDE_NEAR;
        s->exact += aside_of_hash(hash) == ASIDE_EXACT;
        return false;
    case SORT_ACT:
        s->acts |= (uint64_t)1 << act_of_hash(hash);
        return false;
    case SORT_FIELD:
        fields_add(&s->fields, field_of_hash(hash));
        if (event_term_kind(t) != IN_ITS_TEXT)
            fields_add(&s->title_fields, field_of_hash(hash));
        return false;
    case SORT_LANGUAGE:
        s->language = hash;
        return false;
    default:
        return true;
    }
}

static void sum_term(struct event_term t, int weight_there,
                     struct event_sums *s)
{
    int w = weight(event_term_kind(t));

    s->all += w;
    s->worth += worth(t);
    s->rare += is_rare(t);
    s->rare_names += event_term_kind(t) == TERM_RARE_NAME;
    if (is_number(t))
        sum_number(t, s);
    if (event_term_in_title(t)) {
        sum_title(t, weight_there, s);
    } else {
        s->lead += w;
        s->lead_worth += worth(t);
        s->has_lead = true;
    }
}

/* Without a story to compare it with nobody else has its terms. */
static void no_strangers(struct event_summed *e)
{
    for (size_t i = 0; i < e->event->n; i++)
        e->strangers[i] =
            e->event->reports != NULL && e->event->reports[i] == REPORTS_UNKNOWN
                ? REPORTS_UNKNOWN
                : 0;
}

void event_sum(const struct event *e, struct event_summed *out)
{
    struct event_sums *s = &out->sums;

    out->event = e;
    *s = (struct event_sums){0};
    no_strangers(out);
    for (size_t i = 0; i < e->n; i++) {
        struct event_term t = e->terms[i];

        if (!sum_sort(t, s))
            continue;
        sum_term(t, weight(event_term_kind(t)), s);
        s->ordinals +=
            event_term_in_title(t) && event_term_kind(t) == TERM_ORDINAL;
    }
}

/* One report less has each term that E and MEMBER have. */
static void leave_out(struct event_summed *e, const struct event *member)
{
    const struct event *x = e->event;
    size_t i = 0, k = 0;

    while (i < x->n && k < member->n) {
        uint64_t one = event_term_hash(x->terms[i]);
        uint64_t two = event_term_hash(member->terms[k]);

        if (one == two && e->strangers[i] > 0 &&
            e->strangers[i] != REPORTS_UNKNOWN)
            e->strangers[i]--;
        i += one <= two;
        k += two <= one;
    }
}

void event_meet(struct event_summed *e, const struct story_sketch *story,
                size_t n)
{
    if (e->event->reports == NULL)
        return;
    memcpy(e->strangers, e->event->reports, e->event->n);
    for (size_t i = 0; i < n; i++)
        leave_out(e, &story[i].event);
}

/* MINE, which the other has as OTHER, and STRANGERS too. */
static void sum_own(struct event_term mine, struct event_term other,
                    unsigned strangers, struct event_sums *s)
{
    bool here = event_term_in_title(mine), there = event_term_in_title(other);
    double weight = 1 / (1.0 + strangers);

    if (strangers == REPORTS_UNKNOWN ||
        sort_of_term(event_term_hash(mine)) >= SORT_ASIDE)
        return;
    if (is_number(mine)) {
        s->own_numbers += number_says_little(class_of(mine)) ? 0 : weight;
    } else if (is_rare(mine)) {
        s->own += strangers == 0;
        s->crowded += strangers >= CROWD;
        s->own_titles += here && there ? weight : 0;
        s->own_across += here != there ? weight : 0;
        s->own_leads += here || there ? 0 : weight;
    } else if (here && there) {
        s->own_words += weight;
    }
}

/* Where the two have what both have. */
static void sum_places(struct event_term mine, struct event_term other,
                       struct event_sums *s)
{
    unsigned here = event_term_places(mine), there = event_term_places(other);
    bool in_titles = (here & there & IN_TITLE) != 0;
    bool across = (here & IN_TITLE && there & IN_TEXT) ||
                  (here & IN_TEXT && there & IN_TITLE);

    s->titles_worth += in_titles ? worth(mine) : 0;
    if (!is_rare(mine))
        return;
    s->titles_rare += in_titles;
    s->across_rare += across;
    s->leads_rare += ((here | there) & IN_TITLE) == 0;
}

/* The term MINE, which the other report has as OTHER. */
static void sum_found(struct event_term mine, struct event_term other,
                      struct event_sums *s)
{
    enum term_kind kind = event_term_kind(mine);
    bool both = event_term_in_title(mine) && event_term_in_title(other);

    if (!sum_sort(mine, s))
        return;
    sum_term(mine,
             event_term_in_title(other) ? weight(kind) : IN_LEAD(weight(kind)),
             s);
    sum_places(mine, other, s);
    s->names += term_is_name(kind) && !both;
    s->ordinals += both && kind == TERM_ORDINAL;
    s->shared += both && says_much(mine);
    if (is_number(mine) && number_says_little(class_of(mine)))
        s->small_numbers++;
    else if (is_number(mine))
        s->big_numbers++;
}

/* Both are in the order of the hashes; which comes first nobody can foresee, so
 * nothing branches on it. */
void event_sum_both(const struct event_summed *summed, const struct event *y,
                    struct event_sums *of_x, struct event_sums *of_y)
{
    const struct event *x = summed->event;
    size_t i = 0, k = 0;

    *of_x = *of_y = (struct event_sums){0};
    while (i < x->n && k < y->n) {
        uint64_t one = event_term_hash(x->terms[i]);
        uint64_t two = event_term_hash(y->terms[k]);

        if (one == two) {
            sum_found(x->terms[i], y->terms[k], of_x);
            sum_found(y->terms[k], x->terms[i], of_y);
            sum_own(x->terms[i], y->terms[k], summed->strangers[i], of_x);
        }
        i += one <= two;
        k += two <= one;
    }
}
