/*
 * dump_events FILE...  prints what script/train-events learns from: of each
 * pair of reports of the files (tests/cases/judge/events.LANG.txt) the file, the
 * clusters, whether they are one event, whether they may be (see event.c), the
 * hours between them, and the signs.  Clusters begin together.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/vec.h"
#include "judge/event.h"
#include "judge/event_signs.h"
#include "judge/event_types.h"
#include "sys/file.h"

struct report {
    int cluster;
    char label;
    double hours; /* since the cluster began */
    struct str title;
    struct event event;
};

struct reports {
    struct report *at;
    size_t n, cap;
};

/* Of "b 26:30". */
static double hours_of(struct str label)
{
    struct str rest = label, event, hours;

    (void)str_split(&rest, ' ', &event);
    if (rest.n == 0)
        return 0;
    (void)str_split(&rest, ':', &hours);
    return strtod(hours.p, NULL) + (rest.n > 0 ? strtod(rest.p, NULL) / 60 : 0);
}

static struct reports read_reports(struct arena *a, struct str text)
{
    struct reports out = {0};
    struct str line, field;
    int cluster = 0;

    while (str_split(&text, '\n', &line)) {
        struct report *r;
        struct str title = STR_NONE;

        cluster += line.n == 0;
        if (line.n == 0 || line.p[0] == '#')
            continue;
        r = vec_add(a, &out);
        (void)str_split(&line, '\t', &field);
        (void)str_split(&line, '\t', &title);
        *r = (struct report){.cluster = cluster,
                             .label = field.p[0],
                             .hours = hours_of(field),
                             .title = title};
        event_of(a, title, line, &r->event);
    }
    return out;
}

static void print_pair(const char *file, const struct report *x,
                       const struct report *y)
{
    struct event_summed summed;
    struct event_signs s;
    double hours = fabs(x->hours - y->hours);

    event_sum(&x->event, &summed);
    event_signs_of(&summed, &y->event, hours, &s);
    printf("%s\t%d\t%d\t%d\t%d\t%.2f\t%.*s | %.*s", file, x->cluster,
           y->cluster, x->cluster == y->cluster && x->label == y->label,
           event_is(&x->event, EVENT_REPLY) ==
                   event_is(&y->event, EVENT_REPLY) &&
               event_is(&x->event, EVENT_VARIANT) ==
                   event_is(&y->event, EVENT_VARIANT) &&
               !s.is_foreign && !s.is_other_part && !s.is_pattern &&
               !s.is_opposite && !s.are_subjects_other &&
               (s.shared > 0 || s.of[SIGN_RARE_ACROSS] > 0),
           hours, STR_ARG(x->title), STR_ARG(y->title));
    for (size_t i = 0; i < EVENT_SIGNS; i++)
        printf("\t%.4f", s.of[i]);
    printf("\n");
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new(0);

#define SIGN(name) printf("\t" #name);
#include "judge/event_signs.def"
    printf("\n");
    for (int i = 1; i < argc; i++) {
        struct reports r;
        struct error err;
        struct buf raw;

        buf_init(&raw, 1 << 24);
        if (!file_read(argv[i], &raw, &err)) {
            fprintf(stderr, "%s: %s\n", argv[i], err.text);
            return 1;
        }
        r = read_reports(a, buf_str(&raw));
        for (size_t k = 0; k < r.n; k++)
            for (size_t m = k + 1; m < r.n; m++)
                print_pair(argv[i], &r.at[k], &r.at[m]);
        buf_done(&raw);
    }
    arena_free(a);
    return 0;
}
