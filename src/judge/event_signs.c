#include "judge/event_signs.h"

#include <math.h>

#include "judge/event_types.h"

#define WORTH_ONE   50.0   /* of a term; see event_sums.c */
#define COUNTED_MAX 3      /* more names or numbers say no more */
#define NAMES_MAX   5      /* nor do more names that both have */
#define MASS_MAX    1000.0 /* a larger weight says no more */
#define HOURS_MAX   72.0
#define FIELD_MOST  9.0 /* weight of a field */
#define LEAD_WORD   100.0
#define LINKS_SAME  0.5
#define WORDS_SAME  0.6
#define LEADS_SAME  0.5

/* A report: all its terms, and what the other has of them. */
struct side {
    struct event_sums all, found;
    int strange, strange_names, strange_rare; /* of its title, not found */
    int strange_numbers, strange_dates;
    int unlike; /* numbers of the whole report, not found */
};

static void count_strange(struct side *s)
{
    s->strange = s->all.title_terms - s->found.title_terms;
    s->strange_names = s->all.title_names - s->found.title_names;
    s->strange_rare = s->all.title_rare - s->found.title_rare;
    s->strange_numbers = s->all.title_numbers - s->found.title_numbers;
    s->strange_dates = s->all.title_dates - s->found.title_dates;
    s->unlike = s->all.numbers - s->found.numbers;
}

static double ratio(double part, double whole)
{
    return whole > 0 ? part / whole : 0;
}

static double least(double a, double b)
{
    return a < b ? a : b;
}

static double most(double a, double b)
{
    return a > b ? a : b;
}

static double counted(int n)
{
    return least(n, COUNTED_MAX) / COUNTED_MAX;
}

/* Both have numbers of a class, of one title, and none is shared. */
static bool has_other_number(const struct side *x, const struct side *y)
{
    for (int c = 0; c < EVENT_CLASSES; c++) {
        if (number_says_little((enum number_class)c))
            continue;
        if ((x->all.of[c].title > 0 && y->all.of[c].all > 0 &&
             x->found.of[c].title == 0) ||
            (y->all.of[c].title > 0 && x->all.of[c].all > 0 &&
             y->found.of[c].title == 0))
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

/* Each title names a score, and no score is in both reports: two matches, however
 * they are told. */
static bool is_other_match(const struct side *x, const struct side *y)
{
    return x->all.of[NUMBER_SCORE].title > 0 &&
           y->all.of[NUMBER_SCORE].title > 0 &&
           x->found.of[NUMBER_SCORE].all == 0;
}

static bool is_other_day_of(const struct side *x, const struct side *y,
                            enum number_class class)
{
    return x->all.of[class].all > 0 && y->all.of[class].all > 0 &&
           x->found.of[class].all == 0;
}

/* Of the text's terms, the lesser share that the other report has. */
static double share_of_leads(const struct side *x, const struct side *y)
{
    return least(ratio(x->found.lead, x->all.lead),
                 ratio(y->found.lead, y->all.lead));
}

/* Titles of one pattern, each with something the other report lacks; or the
 * same words with other numbers in both, or with another subject.  A number that
 * they share, of more than a date, is no pattern's, unless each has a subject of
 * its own. */
static bool is_pattern(const struct side *x, const struct side *y)
{
    bool one_words = x->unlike > 0 && y->unlike > 0 &&
                     least(x->found.all, y->found.all) >=
                         WORDS_SAME * least(x->all.all, y->all.all);
    bool one_order = x->strange > 0 && y->strange > 0 &&
                     x->found.links >= LINKS_SAME * x->all.links &&
                     x->found.links >= LINKS_SAME * y->all.links;
    bool one_text = share_of_leads(x, y) >= LEADS_SAME;
    bool has_number = x->found.big_numbers > 0 && y->found.big_numbers > 0;
    bool has_strange_number = x->strange_numbers + x->strange_dates +
                                  y->strange_numbers + y->strange_dates >
                              0;

    if (x->found.bulletins > 0 && x->strange > 0 && y->strange > 0)
        return true;
    if (x->strange_rare > 0 && y->strange_rare > 0 && (one_order || one_text))
        return true;
    return (one_order && (has_strange_number || !has_number)) ||
           (one_words && !has_number);
}

/* A pair of Han that stands across two words is rare by chance. */
static bool are_subjects_other(const struct side *x, const struct side *y,
                               bool are_pairs)
{
    double strange = least(x->strange_rare, y->strange_rare);

    return strange > 0 && x->found.rare < (are_pairs && strange > 1 ? 2 : 1);
}

/* What is told of in languages that are known, and not one. */
static bool is_foreign(const struct side *x, const struct side *y)
{
    return x->all.language != 0 && y->all.language != 0 &&
           x->all.language != y->all.language;
}

/* Twice as much says less than twice. */
static double slower(double x)
{
    return log1p(x);
}

/* What both have by how rare it is, next to what each has. */
static void add_worths(const struct side *x, const struct side *y, double *of)
{
    double s = ratio(x->found.title_worth, x->all.title_worth);
    double t = ratio(y->found.title_worth, y->all.title_worth);
    double both = least(x->found.worth, y->found.worth);

    of[SIGN_WORTH_LEAST] = least(s, t);
    of[SIGN_WORTH_MOST] = s > t ? s : t;
    of[SIGN_WORTH_COSINE] =
        ratio(both, sqrt((double)x->all.worth * y->all.worth));
    of[SIGN_WORTH_TITLES] = ratio(
        x->found.titles_worth, least(x->all.title_worth, y->all.title_worth));
    of[SIGN_WORTH_LEADS] =
        ratio(least(x->found.lead_worth, y->found.lead_worth),
              least(x->all.lead_worth, y->all.lead_worth));
    of[SIGN_WORTH_MASS] = slower(both / WORTH_ONE);
    of[SIGN_RARE_TITLES] = slower(x->found.titles_rare);
    of[SIGN_RARE_ACROSS] = slower(x->found.across_rare);
    of[SIGN_RARE_LEADS] = slower(x->found.leads_rare);
}

/* Rare names, apart from other rare words. */
static void add_names(const struct side *x, const struct side *y, double *of)
{
    double both = least(x->found.rare_names, y->found.rare_names);
    double s = x->all.rare_names, t = y->all.rare_names;

    of[SIGN_RARE_NAMES] = slower(both);
    of[SIGN_RARE_WORDS] = slower(x->found.rare - both);
    of[SIGN_NAMES_SHARE] = s > 0 && t > 0 ? both / least(s, t) : 0.5;
    of[SIGN_NAMES_COSINE] = s > 0 && t > 0 ? both / sqrt(s * t) : 0.5;
    of[SIGN_NAMES_STRANGE] =
        slower(least(s - x->found.rare_names, t - y->found.rare_names));
    of[SIGN_RARE_COSINE] =
        ratio(x->found.rare, sqrt((double)x->all.rare * y->all.rare));
}

/* How much of what the lesser has is in both. */
static void add_shares(const struct side *x, const struct side *y, double *of)
{
    of[SIGN_WORDS_LEAST] =
        least(ratio(x->found.title_words, x->all.title_words),
              ratio(y->found.title_words, y->all.title_words));
    of[SIGN_LINKS] = ratio(x->found.links, least(x->all.links, y->all.links));
    of[SIGN_RARE_SHARE] = ratio(x->found.rare, least(x->all.rare, y->all.rare));
    of[SIGN_RARE_ONE] = ratio(x->found.title_rare, x->all.title_rare);
    of[SIGN_RARE_OTHER] = ratio(y->found.title_rare, y->all.title_rare);
}

/* Only one title has the mark. */
static void add_title_marks(const struct event_sums *x,
                            const struct event_sums *y, double *of)
{
    of[SIGN_FEATURE] = (x->features > 0) != (y->features > 0);
    of[SIGN_FEATURES] = x->features > 0 && y->features > 0;
    of[SIGN_QUESTION] = (x->questions > 0) != (y->questions > 0);
}

/* How few others have what both have. */
static void add_owned(const struct event_sums *both, double *of)
{
    of[SIGN_OWN_TITLES] = slower(both->own_titles);
    of[SIGN_OWN_ACROSS] = slower(both->own_across);
    of[SIGN_OWN_LEADS] = slower(both->own_leads);
    of[SIGN_OWN_WORDS] = slower(both->own_words);
    of[SIGN_OWN_NUMBERS] = slower(both->own_numbers);
    of[SIGN_OWN] = slower(both->own);
    of[SIGN_CROWDED] = slower(both->crowded);
}

/* A number that is in both has two steps. */
static void add_asides(const struct event_sums *x, const struct event_sums *y,
                       const struct event_sums *both, double *of)
{
    int lesser = x->exact < y->exact ? x->exact : y->exact;

    of[SIGN_NEAR] = counted((both->near + 1) / 2);
    of[SIGN_EXACT] = counted(both->exact);
    of[SIGN_EXACT_OTHER] = lesser > 0 && both->exact == 0;
    of[SIGN_EXACT_STRANGE] = counted(lesser - both->exact);
}

/* Of a short title or text little can be shared. */
static void add_sizes(const struct event_sums *x, const struct event_sums *y,
                      double *of)
{
    of[SIGN_TITLE_RARE_LEAST] = slower(least(x->title_rare, y->title_rare));
    of[SIGN_TITLE_RARE_MOST] = slower(most(x->title_rare, y->title_rare));
    of[SIGN_TITLE_TERMS_LEAST] = slower(least(x->title_terms, y->title_terms));
    of[SIGN_LEAD_LEAST] = slower(least(x->lead, y->lead) / LEAD_WORD);
    of[SIGN_LEAD_MOST] = slower(most(x->lead, y->lead) / LEAD_WORD);
    of[SIGN_TITLE_NUMBERS] =
        counted((int)least(x->title_numbers, y->title_numbers));
}

static double weight_of_fields(struct fields s)
{
    return fields_weight(&s) / FIELD_MOST;
}

/* How few reports are of the fields that both have. */
static void add_fields(const struct event_sums *x, const struct event_sums *y,
                       double *of)
{
    struct fields both = fields_both(x->fields, y->fields);
    struct fields titles = fields_both(x->title_fields, y->title_fields);
    struct fields of_title =
        fields_both(both, fields_either(x->title_fields, y->title_fields));
    double s = weight_of_fields(x->fields), t = weight_of_fields(y->fields);
    double one = weight_of_fields(x->title_fields);
    double two = weight_of_fields(y->title_fields);
    double strange_one =
        weight_of_fields(fields_without(x->title_fields, y->fields));
    double strange_two =
        weight_of_fields(fields_without(y->title_fields, x->fields));
    double all = weight_of_fields(both);

    of[SIGN_FIELDS_TITLES] = slower(weight_of_fields(titles));
    of[SIGN_FIELDS_ACROSS] =
        slower(weight_of_fields(fields_without(of_title, titles)));
    of[SIGN_FIELDS_TEXTS] =
        slower(weight_of_fields(fields_without(both, of_title)));
    of[SIGN_FIELDS] = slower(all);
    of[SIGN_FIELDS_SHARE] = s > 0 && t > 0 ? all / least(s, t) : 0.5;
    of[SIGN_FIELDS_COSINE] = s > 0 && t > 0 ? all / sqrt(s * t) : 0.5;
    of[SIGN_FIELDS_LEAST] =
        one > 0 && two > 0 ? 1 - least(1, (strange_one / one > strange_two / two
                                               ? strange_one / one
                                               : strange_two / two))
                           : 0.5;
    of[SIGN_FIELDS_STRANGE] = slower(least(strange_one, strange_two));
    of[SIGN_FIELDS_STRANGE_ANY] = slower(strange_one + strange_two);
}

static void add_hours(double hours, double *of)
{
    of[SIGN_HOURS] = slower(least(hours, HOURS_MAX)) / slower(HOURS_MAX);
    of[SIGN_HALF_DAY] = hours > 12;
    of[SIGN_DAY] = hours > 18;
    of[SIGN_LATER] = hours > 30;
}

void event_signs_of(const struct event_summed *summed, const struct event *b,
                    double hours, struct event_signs *out)
{
    const struct event *a = summed->event;
    struct event_summed other;
    struct side x, y;
    double s, t, *of = out->of;
    bool have_leads,
        are_pairs = event_is(a, EVENT_PAIRS) && event_is(b, EVENT_PAIRS);

    event_sum(b, &other);
    x.all = summed->sums;
    y.all = other.sums;
    event_sum_both(summed, b, &x.found, &y.found);
    count_strange(&x);
    count_strange(&y);
    s = ratio(x.found.title, x.all.title);
    t = ratio(y.found.title, y.all.title);
    have_leads = x.all.has_lead && y.all.has_lead;
    *out = (struct event_signs){
        .is_other_part = (x.all.ordinals > x.found.ordinals &&
                          y.all.ordinals > y.found.ordinals) ||
                         is_other_match(&x, &y),
        .is_pattern = is_pattern(&x, &y),
        .are_subjects_other = !are_pairs && are_subjects_other(&x, &y, false),
        .are_numbers_other = x.unlike > 0 && y.unlike > 0,
        .are_titles_other = x.strange > 0 && y.strange > 0,
        .is_foreign = is_foreign(&x, &y),
        .is_opposite = is_opposite(event_sorts(a), event_sorts(b)),
        .language = x.all.language != 0 ? x.all.language : y.all.language,
        .shared = x.found.shared,
    };
    of[SIGN_SHARE_LEAST] = least(s, t);
    of[SIGN_SHARE_MOST] = s > t ? s : t;
    of[SIGN_MASS] = least(least(x.found.all, y.found.all) / MASS_MAX, 1);
    if (have_leads)
        of[SIGN_COVER] =
            ratio(least(x.found.all, y.found.all), least(x.all.all, y.all.all));
    of[SIGN_LEAD_SHARE] = share_of_leads(&x, &y);
    add_worths(&x, &y, of);
    of[SIGN_NAMES] = least(x.found.names, NAMES_MAX) / NAMES_MAX;
    of[SIGN_NUMBERS] =
        counted((int)least(x.found.big_numbers, y.found.big_numbers));
    of[SIGN_SMALL_NUMBERS] =
        counted((int)least(x.found.small_numbers, y.found.small_numbers));
    of[SIGN_STRANGE_NUMBERS] = counted(x.strange_numbers + y.strange_numbers);
    of[SIGN_STRANGE_NUMBERS_BOTH] =
        x.strange_numbers > 0 && y.strange_numbers > 0;
    of[SIGN_OTHER_NUMBER] = has_other_number(&x, &y);
    of[SIGN_OTHER_DATE] = x.strange_dates > 0 && y.strange_dates > 0;
    of[SIGN_OTHER_DAY] = is_other_day_of(&x, &y, NUMBER_WEEKDAY) ||
                         is_other_day_of(&x, &y, NUMBER_DAY);
    of[SIGN_SAME_DAY] =
        x.found.of[NUMBER_WEEKDAY].all > 0 || x.found.of[NUMBER_DAY].all > 0;
    of[SIGN_RARE] = counted(x.found.rare);
    of[SIGN_RARE_STRANGE] = counted((int)least(x.strange_rare, y.strange_rare));
    of[SIGN_STRANGE_NAMES] = counted(x.strange_names + y.strange_names);
    add_types(event_sorts(a), event_sorts(b), of);
    add_acts(event_sorts(a), x.all.acts, event_sorts(b), y.all.acts, of);
    of[SIGN_SUBJECTS_OTHER] = are_pairs && are_subjects_other(&x, &y, true);
    add_shares(&x, &y, of);
    add_names(&x, &y, of);
    add_title_marks(&x.all, &y.all, of);
    add_owned(&x.found, of);
    add_fields(&x.all, &y.all, of);
    add_hours(hours, of);
    add_asides(&x.all, &y.all, &x.found, of);
    add_sizes(&x.all, &y.all, of);
    of[SIGN_NO_LEAD] = !have_leads;
    of[SIGN_PAIRS] = are_pairs;
    of[SIGN_KANA] =
        of[SIGN_PAIRS] * (event_is(a, EVENT_KANA) || event_is(b, EVENT_KANA));
    add_marks(a, b, of);
}
