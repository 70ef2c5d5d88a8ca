#include "judge/event_signs.h"

#include "judge/event_number.h"
#include "judge/event_term.h"
#include "judge/event_types.h"

#define W_WORD      1.0
#define W_NAME      1.8
#define W_NUMBER    2.0
#define LEAD_FACTOR 0.8  /* a title's term that the other has in its text */
#define COUNTED_MAX 3    /* more names or numbers say no more */
#define NAMES_MAX   5    /* nor do more names that both have */
#define MASS_MAX    20.0 /* a larger weight says no more */
#define LINKS_SAME  0.5
#define WORDS_SAME  0.6
#define CLASSES     (NUMBER_DAY + 1)

static double weight(enum term_kind kind)
{
    if (term_is_name(kind))
        return W_NAME;
    return kind == TERM_NUMBER || kind == TERM_ORDINAL ? W_NUMBER : W_WORD;
}

/* Numbers of one class. */
struct tally {
    int all, title; /* of this report, of its title */
    int found;      /* of its title, that the other has */
    int shared;     /* of all, that the other has */
};

/* Sums of weights: of one report, and what the other has of it. */
struct sums {
    double title, title_found, lead, lead_found, all, found;
    int numbers_found, small_found;
    int names_found;     /* not in both titles */
    int strange, unlike; /* numbers of any sort, unlike of the whole report */
    int strange_numbers, strange_dates, strange_names, ordinals, ordinals_found,
        shared;
    int links, links_found;
    int rare_strange; /* rare terms of the title, that the other lacks */
    int rare_found;   /* of the report, that the other has */
    bool has_lead;
    uint64_t acts; /* that its text tells of */
    uint64_t language;
    bool is_foreign; /* its language is not the other's */
    struct tally of[CLASSES];
};

static bool is_number(const struct event_term *t)
{
    return t->kind >= TERM_NUMBER && sort_of_term(t->hash) >= SORT_NUMBER;
}

static bool is_rare(const struct event_term *t)
{
    return t->kind == TERM_RARE || t->kind == TERM_RARE_NAME;
}

static bool says_little(enum number_class class)
{
    return class == NUMBER_SMALL || class >= NUMBER_DATE;
}

static enum number_class class_of(const struct event_term *t)
{
    return (enum number_class)(sort_of_term(t->hash) - SORT_NUMBER);
}

static void sum_number(const struct event_term *mine,
                       const struct event_term *other, struct sums *s)
{
    enum number_class class = class_of(mine);
    struct tally *t = &s->of[class < CLASSES ? class : 0];

    t->all++;
    t->shared += other != NULL;
    s->unlike += other == NULL;
    if (mine->in_title) {
        t->title++;
        t->found += other != NULL;
    }
    if (other == NULL && class >= NUMBER_DATE)
        s->strange_dates += mine->in_title;
    if (other != NULL && says_little(class))
        s->small_found++;
    else if (other != NULL)
        s->numbers_found++;
    else if (mine->in_title)
        s->strange_numbers++;
}

/* Of two titles that share a version or a date only. */
static bool says_much(const struct event_term *t)
{
    return !is_number(t) ||
           (!says_little(class_of(t)) && class_of(t) != NUMBER_DECIMAL);
}

static void sum_term(const struct event_term *mine,
                     const struct event_term *other, struct sums *s)
{
    double w = weight(mine->kind);

    if (sort_of_term(mine->hash) == SORT_LINK) {
        s->links++;
        s->links_found += other != NULL;
        return;
    }
    if (sort_of_term(mine->hash) == SORT_ACT) {
        s->acts |= (uint64_t)1 << act_of_hash(mine->hash);
        return;
    }
    if (sort_of_term(mine->hash) == SORT_LANGUAGE) {
        s->is_foreign = other == NULL;
        s->language = mine->hash;
        return;
    }
    s->rare_strange += other == NULL && mine->in_title && is_rare(mine);
    s->rare_found += other != NULL && is_rare(mine);
    s->all += w;
    if (!mine->in_title)
        s->lead += w;
    s->has_lead |= !mine->in_title;
    if (is_number(mine))
        sum_number(mine, other, s);
    if (mine->in_title) {
        s->title += w;
        s->strange += other == NULL;
        s->strange_names += other == NULL && term_is_name(mine->kind);
        if (mine->kind == TERM_ORDINAL) {
            s->ordinals++;
            s->ordinals_found += other != NULL && other->in_title;
        }
    }
    if (other == NULL)
        return;
    s->found += w;
    s->names_found +=
        term_is_name(mine->kind) && !(mine->in_title && other->in_title);
    if (!mine->in_title)
        s->lead_found += w;
    if (mine->in_title) {
        s->shared += other->in_title && says_much(mine);
        s->title_found += w * (other->in_title ? 1 : LEAD_FACTOR);
    }
}

static struct sums sums_of(const struct event *x, const struct event *y)
{
    struct sums s = {0};
    size_t k = 0;

    /* Both are in the order of the hashes. */
    for (size_t i = 0; i < x->n; i++) {
        while (k < y->n && y->terms[k].hash < x->terms[i].hash)
            k++;
        sum_term(&x->terms[i],
                 k < y->n && y->terms[k].hash == x->terms[i].hash ? &y->terms[k]
                                                                  : NULL,
                 &s);
    }
    return s;
}

static double ratio(double part, double whole)
{
    return whole > 0 ? part / whole : 0;
}

static double least(double a, double b)
{
    return a < b ? a : b;
}

static double counted(int n)
{
    return least(n, COUNTED_MAX) / COUNTED_MAX;
}

/* Both have numbers of a class, of one title, and none is shared. */
static bool has_other_number(const struct sums *x, const struct sums *y)
{
    for (int c = 0; c < CLASSES; c++) {
        const struct tally *a = &x->of[c], *b = &y->of[c];

        if (!says_little((enum number_class)c) &&
            ((a->title > 0 && b->all > 0 && a->found == 0) ||
             (b->title > 0 && a->all > 0 && b->found == 0)))
            return true;
    }
    return false;
}

/* What comes after something else: the one report tells of it, the other of
 * what was before. */
static const uint64_t follow_ups =
    (uint64_t)1 << EVENT_END | (uint64_t)1 << EVENT_STOP |
    (uint64_t)1 << EVENT_HOLD | (uint64_t)1 << EVENT_VERDICT |
    (uint64_t)1 << EVENT_APPROVE | (uint64_t)1 << EVENT_INQUIRY |
    (uint64_t)1 << EVENT_RECALL | (uint64_t)1 << EVENT_ARREST |
    (uint64_t)1 << EVENT_DEATH | (uint64_t)1 << EVENT_STRIKE |
    (uint64_t)1 << EVENT_LEAVE;

/* Stages of one affair, or its ways to end: a title tells of one of them. */
static const uint64_t stages[] = {
    (uint64_t)1 << EVENT_UP | (uint64_t)1 << EVENT_DOWN |
        (uint64_t)1 << EVENT_HOLD,
    (uint64_t)1 << EVENT_ARREST | (uint64_t)1 << EVENT_SUE |
        (uint64_t)1 << EVENT_VERDICT | (uint64_t)1 << EVENT_INQUIRY,
    (uint64_t)1 << EVENT_LIST | (uint64_t)1 << EVENT_PRIZE,
    (uint64_t)1 << EVENT_CLOSE | (uint64_t)1 << EVENT_STRIKE |
        (uint64_t)1 << EVENT_OUTAGE | (uint64_t)1 << EVENT_END |
        (uint64_t)1 << EVENT_OPENING,
    (uint64_t)1 << EVENT_ACCIDENT | (uint64_t)1 << EVENT_CAUSE |
        (uint64_t)1 << EVENT_ARREST | (uint64_t)1 << EVENT_VERDICT,
    (uint64_t)1 << EVENT_LAUNCH | (uint64_t)1 << EVENT_RECALL |
        (uint64_t)1 << EVENT_STOP | (uint64_t)1 << EVENT_OUTAGE,
    (uint64_t)1 << EVENT_TAKEOVER | (uint64_t)1 << EVENT_FUNDING |
        (uint64_t)1 << EVENT_APPROVE | (uint64_t)1 << EVENT_INQUIRY |
        (uint64_t)1 << EVENT_STOP,
    (uint64_t)1 << EVENT_HIRE | (uint64_t)1 << EVENT_LEAVE |
        (uint64_t)1 << EVENT_MATCH,
};

/* One goes up, the other down or not at all. */
static bool is_opposite(uint64_t a, uint64_t b)
{
    return (a & stages[0]) != 0 && (b & stages[0]) != 0 &&
           (a & b & stages[0]) == 0;
}

static bool is_other_stage(uint64_t a, uint64_t b)
{
    for (size_t i = 0; i < sizeof stages / sizeof stages[0]; i++)
        if ((a & stages[i]) != 0 && (b & stages[i]) != 0 &&
            (a & b & stages[i]) == 0)
            return true;
    return false;
}

static int bits(uint64_t x)
{
    int n = 0;

    for (; x != 0; x &= x - 1)
        n++;
    return n;
}

static void add_types(uint64_t a, uint64_t b, double *of)
{
    of[SIGN_TYPES] = ratio(bits(a & b), bits(a | b));
    of[SIGN_TYPE_OTHER] = a != 0 && b != 0 && (a & b) == 0;
    of[SIGN_TYPE_NONE] = a == 0 || b == 0;
    of[SIGN_OTHER_STAGE] = is_other_stage(a, b);
    of[SIGN_FOLLOW_UP] = least(bits((a ^ b) & follow_ups), 2) / 2;
}

/* What each title tells of, and its text. */
static void add_acts(uint64_t a, uint64_t a_text, uint64_t b, uint64_t b_text,
                     double *of)
{
    uint64_t a_strange = a & ~(b | b_text), b_strange = b & ~(a | a_text);

    of[SIGN_ACTS_BOTH] = least(bits(a & b), 2) / 2;
    of[SIGN_ACTS_TEXT] = least(bits((a & b_text) | (b & a_text)), 3) / 3;
    of[SIGN_ACTS_STRANGE] = least(bits(a_strange | b_strange), 4) / 4;
    of[SIGN_ACTS_STRANGE_BOTH] = a_strange != 0 && b_strange != 0;
    of[SIGN_ACTS_NONE] = (a == 0) / 2.0 + (b == 0) / 2.0;
}

/* Only one title has the mark. */
static double is_other(const struct event *a, const struct event *b,
                       enum event_type mark)
{
    return event_is(a, mark) != event_is(b, mark);
}

static void add_marks(const struct event *a, const struct event *b, double *of)
{
    of[SIGN_PLAN] = is_other(a, b, EVENT_PLAN);
    of[SIGN_REACT] = is_other(a, b, EVENT_REACT);
    of[SIGN_APPEAL] = is_other(a, b, EVENT_APPEAL);
}

static bool is_other_day_of(const struct sums *x, const struct sums *y,
                            enum number_class class)
{
    return x->of[class].all > 0 && y->of[class].all > 0 &&
           x->of[class].shared == 0;
}

/* Titles of one pattern, each with something the other report lacks; or the
 * same words with other numbers in both.  A number that they share, of more than
 * a date, is no pattern's. */
static bool is_pattern(const struct sums *x, const struct sums *y)
{
    bool one_words =
        x->unlike > 0 && y->unlike > 0 &&
        least(x->found, y->found) >= WORDS_SAME * least(x->all, y->all);
    bool one_order = x->strange > 0 && y->strange > 0 &&
                     x->links_found >= LINKS_SAME * x->links &&
                     x->links_found >= LINKS_SAME * y->links;
    bool has_number = x->numbers_found > 0 && y->numbers_found > 0;
    bool has_strange_number = x->strange_numbers + x->strange_dates +
                                  y->strange_numbers + y->strange_dates >
                              0;

    return (one_order && (has_strange_number || !has_number)) ||
           (one_words && !has_number);
}

/* A pair of Han that stands across two words is rare by chance. */
static bool are_subjects_other(const struct sums *x, const struct sums *y,
                               bool are_pairs)
{
    double strange = least(x->rare_strange, y->rare_strange);

    return strange > 0 && x->rare_found < (are_pairs && strange > 1 ? 2 : 1);
}

void event_signs_of(const struct event *a, const struct event *b,
                    struct event_signs *out)
{
    struct sums x = sums_of(a, b), y = sums_of(b, a);
    double s = ratio(x.title_found, x.title), t = ratio(y.title_found, y.title);
    bool have_leads = x.has_lead && y.has_lead;
    bool are_pairs = event_is(a, EVENT_PAIRS) && event_is(b, EVENT_PAIRS);
    double *of = out->of;

    *out = (struct event_signs){
        .is_other_part =
            x.ordinals > x.ordinals_found && y.ordinals > y.ordinals_found,
        .is_pattern = is_pattern(&x, &y),
        .are_subjects_other = are_subjects_other(&x, &y, are_pairs),
        .are_numbers_other = x.unlike > 0 && y.unlike > 0,
        .are_titles_other = x.strange > 0 && y.strange > 0,
        .is_foreign = x.is_foreign && y.is_foreign,
        .is_opposite = is_opposite(event_sorts(a), event_sorts(b)),
        .language = x.language != 0 ? x.language : y.language,
        .shared = x.shared,
    };
    of[SIGN_SHARE_LEAST] = least(s, t);
    of[SIGN_SHARE_MOST] = s > t ? s : t;
    of[SIGN_MASS] = least(least(x.found, y.found) / MASS_MAX, 1);
    if (have_leads)
        of[SIGN_COVER] = ratio(least(x.found, y.found), least(x.all, y.all));
    of[SIGN_LEAD_SHARE] =
        least(ratio(x.lead_found, x.lead), ratio(y.lead_found, y.lead));
    of[SIGN_NAMES] = least(x.names_found, NAMES_MAX) / NAMES_MAX;
    of[SIGN_NUMBERS] = counted((int)least(x.numbers_found, y.numbers_found));
    of[SIGN_SMALL_NUMBERS] = counted((int)least(x.small_found, y.small_found));
    of[SIGN_STRANGE_NUMBERS] = counted(x.strange_numbers + y.strange_numbers);
    of[SIGN_STRANGE_NUMBERS_BOTH] =
        x.strange_numbers > 0 && y.strange_numbers > 0;
    of[SIGN_OTHER_NUMBER] = has_other_number(&x, &y);
    of[SIGN_OTHER_DATE] = x.strange_dates > 0 && y.strange_dates > 0;
    of[SIGN_OTHER_DAY] = is_other_day_of(&x, &y, NUMBER_WEEKDAY) ||
                         is_other_day_of(&x, &y, NUMBER_DAY);
    of[SIGN_SAME_DAY] =
        x.of[NUMBER_WEEKDAY].shared > 0 || x.of[NUMBER_DAY].shared > 0;
    of[SIGN_RARE] = counted(x.rare_found);
    of[SIGN_RARE_STRANGE] = counted((int)least(x.rare_strange, y.rare_strange));
    of[SIGN_STRANGE_NAMES] = counted(x.strange_names + y.strange_names);
    add_types(event_sorts(a), event_sorts(b), of);
    add_acts(event_sorts(a), x.acts, event_sorts(b), y.acts, of);
    of[SIGN_NO_LEAD] = !have_leads;
    of[SIGN_PAIRS] = are_pairs;
    of[SIGN_KANA] =
        of[SIGN_PAIRS] * (event_is(a, EVENT_KANA) || event_is(b, EVENT_KANA));
    add_marks(a, b, of);
}
