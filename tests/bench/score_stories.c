/*
 * How well the store puts reports into stories, by labelled ones:
 *
 *     score_stories [--together] [--first | --rest] [--order ORDER] [--at-once N]
 *                   [--show | --signs] FILE...
 *
 * FILEs are sets of tests/cases/judge, whose names say the language before their
 * ending; events.en.txt and dated.en.txt say how to read them.  Every report of a
 * cluster is of a source of its own, each cluster begins half an hour behind the one
 * before, and all are put in the order of time into a new store, as a refresh puts
 * them.  Printed is, by language, how many pairs that tell one event stand in one story, and
 * how many stand in one that do not; the same of copies of one article, which a digit
 * behind the event's letter names.  --together: a cluster's all within five hours.
 * --first, --rest: of each text its first sentence only, or all but that.
 * --order: how they come instead, all of one run: `reversed`, or a number for one
 * order of chance.  --at-once: so many in a transaction, 0 for all; else one.
 * --show: each pair that stands wrong, how alike the store had them, and why one that
 * is missed is.  --signs: for script/train-events, of each report and all that the
 * store finds for it where they stand, whether they are one event, the hours, how
 * surely they are it, and the signs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"
#include "judge/event.h"
#include "judge/event_signs.h"
#include "judge/event_types.h"
#include "judge/judge.h"
#include "store/store.h"
#include "sys/file.h"

#define NOW           ((int64_t)1731544200)
#define CLUSTER_APART ((int64_t)30 * 60)
#define TOGETHER      ((int64_t)5 * 3600)
#define LANGUAGES     16
#define NOT_COMPARED  (-1.0F)

struct report {
    struct str language, title, text, name;
    struct str event,
        group;    /* of a group, where there is one: see real.labels */
    char article; /* 0: told in words of its own */
    int cluster;
    struct str source, source_id;
    int64_t source_row;
    int64_t published, seen;
    int64_t item, story;
    struct event terms;
};

/* By time, once all are read. */
struct reports {
    struct report *at;
    size_t n, cap;
};

struct counts {
    struct str language;
    int same, found, wrong, articles, articles_found, articles_wrong;
};

static struct arena *a;
static bool is_together, is_shown, does_print_signs;
static bool takes_first, takes_rest; /* of a text's sentences */
static const char *order;            /* NULL: that of time */
static size_t at_once = 1;           /* reports in a transaction */
static struct reports reports;
static size_t now; /* the report that is put */
/* With --show, how alike the store had each two: see alike_at. */
static float *alike;

static void must(bool ok, const struct error *err)
{
    if (ok)
        return;
    fprintf(stderr, "%s: %s\n", err->where, err->text);
    exit(1);
}

/* "a 26:30", "b1", "ab 26:30 @7 ?c": the event, the article, when, the source, and
 * the group. */
static void read_label(struct str label, struct report *r)
{
    struct str hours, minutes;

    (void)str_split(&label, ' ', &r->event);
    if (is_digit(r->event.p[r->event.n - 1]))
        r->article = r->event.p[--r->event.n];
    (void)str_split(&label, ' ', &minutes);
    (void)str_split(&label, ' ', &r->source);
    r->group = label;
    if (!str_split(&minutes, ':', &hours))
        return;
    r->published = (strtoll(hours.p, NULL, 10) * 60 +
                    (minutes.n > 0 ? strtoll(minutes.p, NULL, 10) : 0)) *
                   60;
}

/* "events.en.txt": "en". */
static struct str language_of(struct str path)
{
    size_t end = path.n, at;

    while (end > 0 && path.p[end - 1] != '.')
        end--;
    for (at = end > 0 ? end - 1 : 0;
         at > 0 && path.p[at - 1] != '.' && path.p[at - 1] != '/';)
        at--;
    return str_slice(path, at, end > 0 ? end - 1 : at);
}

/* Behind the first sentence; the text's end where it has one only. */
static size_t first_end(struct str text)
{
    static const struct str ends[] = {STR_INIT(". "), STR_INIT("! "),
                                      STR_INIT("? "), STR_INIT("\u3002")};
    size_t least = text.n;

    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        size_t at = str_find(text, ends[i], 0);

        if (at != STR_NOT_FOUND && at + ends[i].n < least)
            least = at + ends[i].n;
    }
    return least;
}

/* What is asked for of a text; all of it where it has one sentence only. */
static struct str part_of(struct str text)
{
    size_t end = first_end(text);

    if (end == text.n || !(takes_first || takes_rest))
        return text;
    return takes_first ? str_slice(text, 0, end) : str_from(text, end);
}

static void read_file(const char *path, struct reports *out, int *cluster)
{
    struct str rest, line, label;
    struct error err;
    struct buf raw;
    int row = 0;

    buf_init(&raw, 1 << 24);
    must(file_read(path, &raw, &err), &err);
    rest = arena_str(a, buf_str(&raw));
    buf_done(&raw);
    ++*cluster;
    while (str_split(&rest, '\n', &line)) {
        struct report *r;

        row++;
        *cluster += line.n == 0;
        if (line.n == 0 || line.p[0] == '#')
            continue;
        r = vec_add(a, out);
        *r = (struct report){.language = language_of(str_from_c(path)),
                             .name = arena_printf(a, "%s:%d", path, row),
                             .cluster = *cluster};
        (void)str_split(&line, '\t', &label);
        read_label(label, r);
        if (r->source.n == 0)
            r->source = r->name;
        (void)str_split(&line, '\t', &r->title);
        r->text = part_of(line);
        event_of(a, r->title, r->text, &r->terms);
    }
}

/* Within a cluster the longest time becomes TOGETHER, or is as it is; clusters
 * begin one behind the other. */
static void set_times(struct reports *r)
{
    for (size_t i = 0, end; i < r->n; i = end) {
        int64_t longest = 1;

        for (end = i; end < r->n && r->at[end].cluster == r->at[i].cluster;
             end++)
            if (r->at[end].published > longest)
                longest = r->at[end].published;
        for (size_t k = i; k < end; k++) {
            int64_t *at = &r->at[k].published;

            if (is_together && longest > TOGETHER)
                *at = *at * TOGETHER / longest;
            *at += NOW + r->at[k].cluster * CLUSTER_APART;
        }
    }
}

static int by_time(const void *x, const void *y)
{
    const struct report *one = x, *two = y;

    if (one->published != two->published)
        return one->published < two->published ? -1 : 1;
    return str_cmp(one->name, two->name);
}

/* The next of a sequence that STATE stands in (Marsaglia, Xorshift RNGs, 2003). */
static uint64_t chance(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static void swap(struct reports *r, size_t i, size_t k)
{
    struct report kept = r->at[i];

    r->at[i] = r->at[k];
    r->at[k] = kept;
}

/* By time, each seen when it is told; or from that into the order that was asked for,
 * all seen behind the last. */
static void set_order(struct reports *r)
{
    uint64_t state;

    qsort(r->at, r->n, sizeof *r->at, by_time);
    for (size_t i = 0; i < r->n; i++)
        r->at[i].seen = r->at[order == NULL ? i : r->n - 1].published + 60;
    if (order == NULL)
        return;
    if (strcmp(order, "reversed") == 0) {
        for (size_t i = 0; i < r->n / 2; i++)
            swap(r, i, r->n - 1 - i);
        return;
    }
    state = 0x9E3779B97F4A7C15u ^ strtoull(order, NULL, 10);
    for (size_t i = r->n; i > 1; i--)
        swap(r, i - 1, (size_t)(chance(&state) % i));
}

static void put(struct store *s, struct report *r)
{
    struct item item = {.guid = r->name,
                        .url = arena_printf(a, "https://n%lld.example/%.*s",
                                            (long long)r->source_row,
                                            STR_ARG(r->name)),
                        .title = r->title,
                        .text = r->text,
                        .html = r->text};
    struct put_done done;
    struct error err;

    item.published =
        (struct when){.unix_seconds = r->published, .precision = WHEN_SECOND};
    must(store_next_document(s, &err), &err);
    must(store_put_item(s, r->source_row, &item, NULL, r->seen, &done, &err),
         &err);
    r->item = done.item;
}

/* ---- what script/train-events learns from -------------------------------------- */

static bool is_same(const struct report *x, const struct report *y)
{
    return x->cluster == y->cluster && str_eq(x->event, y->event);
}

/* Of two events that can be argued to be one. */
static bool is_arguable(const struct report *x, const struct report *y)
{
    return !is_same(x, y) && x->group.n > 0 && str_eq(x->group, y->group);
}

static double hours_between(const struct report *x, const struct report *y)
{
    return (double)llabs(x->published - y->published) / 3600;
}

static void print_names(void)
{
    printf("file\tcluster\tother cluster\tsame\thours\tlikeness\ttitles");
#define SIGN(name) printf("\t" #name);
#include "judge/event_signs.def"
    printf("\n");
}

static void print_signs(const struct report *x,
                        const struct event_summed *summed,
                        const struct report *y, const struct event *event)
{
    double hours = hours_between(x, y);
    struct event_signs signs;

    event_signs_of(summed, event, hours, &signs);
    printf("%.*s\t%d\t%d\t%d\t%.2f\t%.3g\t%.*s | %.*s", STR_ARG(x->name),
           x->cluster, y->cluster, is_same(x, y), hours,
           event_match(summed, event, hours).likeness, STR_ARG(x->title),
           STR_ARG(y->title));
    for (size_t i = 0; i < EVENT_SIGNS; i++)
        printf("\t%.4f", signs.of[i]);
    printf("\n");
}

/* The report put already that a sketch is of. */
static const struct report *report_of(const struct story_sketch *of)
{
    for (size_t i = 0; i <= now; i++)
        if (reports.at[i].published == of->published &&
            str_eq(reports.at[i].source_id, of->source))
            return &reports.at[i];
    abort();
}

/* Where the members of a story that begin with FROM end. */
static size_t story_end(const struct story_sketch *near, size_t n, size_t from)
{
    size_t end = from + 1;

    while (end < n && near[end].story == near[from].story)
        end++;
    return end;
}

/* Prints the signs of a report and all that the store finds of its days, and puts it
 * where its label says, so that the stories are as they should be. */
static void join_by_label(const struct story_sketch *x,
                          const struct story_sketch *near, size_t n,
                          struct story_choice *out)
{
    const struct report *one = &reports.at[now];
    struct event_summed summed;

    *out = (struct story_choice){.digest = n};

    for (size_t from = 0, end; from < n && x->event.n > 0; from = end) {
        end = story_end(near, n, from);
        event_sum(&x->event, &summed);
        event_meet(&summed, near + from, end - from);
        for (size_t i = from; i < end; i++) {
            const struct report *two = report_of(&near[i]);

            if (!str_eq(one->source, two->source) && !is_arguable(one, two))
                print_signs(one, &summed, two, &near[i].event);
            if (is_same(one, two))
                *out = (struct story_choice){
                    .which = i, .digest = n, .why = STR("same-event")};
        }
    }
}

static struct story_judge sign_printer;

/* NOT_COMPARED when the store did not find the one for the other. */
static float *alike_at(const struct report *x, const struct report *y)
{
    size_t i = (size_t)(x - reports.at), k = (size_t)(y - reports.at);

    return &alike[i < k ? k * reports.n + i : i * reports.n + k];
}

static void nothing_alike(void)
{
    alike = arena_array(a, reports.n * reports.n, sizeof *alike);
    for (size_t i = 0; i < reports.n * reports.n; i++)
        alike[i] = NOT_COMPARED;
}

/* Joins as the judge does, and notes how alike what the store found is. */
static void join_and_note(const struct story_sketch *x,
                          const struct story_sketch *near, size_t n,
                          struct story_choice *out)
{
    const struct report *one = report_of(x);
    struct event_summed summed;

    for (size_t from = 0, end; from < n && x->event.n > 0; from = end) {
        end = story_end(near, n, from);
        event_sum(&x->event, &summed);
        event_meet(&summed, near + from, end - from);
        for (size_t i = from; i < end; i++) {
            const struct report *two = report_of(&near[i]);
            double hours = hours_between(one, two);

            *alike_at(one, two) =
                (float)event_match(&summed, &near[i].event, hours).likeness;
        }
    }
    story_judge.join(x, near, n, out);
}

static struct story_judge noter;

/* The reports are in the order of their items. */
static bool take_place(void *ctx, const struct item_place *place)
{
    struct reports *r = ctx;

    for (size_t i = 0; i < r->n; i++)
        if (r->at[i].item == place->rowid)
            r->at[i].story = place->story;
    return true;
}

/* Gives every report its source's row; SOURCES has each once, gives how many. */
static size_t put_sources(struct store *s, struct reports *r, int64_t *sources)
{
    struct error err;
    size_t n = 0;

    for (size_t i = 0; i < r->n; i++) {
        struct source_row row = {.state = SOURCE_OK};
        size_t k = 0;

        while (!str_eq(r->at[k].source, r->at[i].source))
            k++;
        if (k == i) {
            row.id = arena_printf(a, "https://n%zu.example/feed", n);
            must(store_put_source(s, &row, &err), &err);
            sources[n++] = row.rowid;
        }
        r->at[i].source_row = k == i ? row.rowid : r->at[k].source_row;
        r->at[i].source_id = k == i ? row.id : r->at[k].source_id;
    }
    return n;
}

static void put_all(const char *db, struct reports *r)
{
    int64_t *sources = arena_array(a, r->n, sizeof *sources);
    struct error err;
    struct store *s = store_open(db, &err);
    size_t n;

    must(s != NULL, &err);
    store_use_judge(s, does_print_signs ? &sign_printer
                       : is_shown       ? &noter
                                        : &story_judge);
    set_order(r);
    n = put_sources(s, r, sources);
    for (now = 0; now < r->n; now++) {
        size_t in = at_once == 0 ? now : now % at_once;
        bool is_last = now + 1 == r->n || in + 1 == at_once;

        must(in > 0 || store_begin(s, &err), &err);
        put(s, &r->at[now]);
        must(!is_last || store_commit(s, &err), &err);
    }
    must(store_each_place(s,
                          &(struct place_walk){
                              .sources = sources, .n_sources = n, .since = 0},
                          take_place, r, &err),
         &err);
    store_close(s);
}

/* ---- counting ------------------------------------------------------------------ */

static const char *why_missed(const struct report *x, const struct report *y)
{
    const struct event *e = &x->terms, *f = &y->terms;
    float likeness = *alike_at(x, y);
    struct event_summed summed;
    struct event_signs signs;

    if (likeness == NOT_COMPARED)
        return "not compared";
    if (likeness > 0)
        return likeness >= EVENT_SAME       ? "like"
               : likeness >= EVENT_SAME / 2 ? "nearly like"
                                            : "unlike";
    event_sum(e, &summed);
    event_signs_of(&summed, f, hours_between(x, y), &signs);
    if (event_is(e, EVENT_REPLY) != event_is(f, EVENT_REPLY))
        return "one replies";
    if (event_is(e, EVENT_VARIANT) != event_is(f, EVENT_VARIANT))
        return "one variant";
    if (signs.is_foreign)
        return "foreign";
    if (signs.is_other_part)
        return "other part";
    if (signs.is_pattern)
        return "pattern";
    if (signs.is_opposite)
        return "opposite";
    return signs.are_subjects_other ? "other subjects" : "no subject";
}

static void show(const char *what, const char *why, const struct report *x,
                 const struct report *y)
{
    printf("%s\t%.*s\t%s\t%.2f\t%.*s | %.*s\t%.*s %.*s\n", what,
           STR_ARG(x->language), why, (double)*alike_at(x, y),
           STR_ARG(x->title), STR_ARG(y->title), STR_ARG(x->name),
           STR_ARG(y->name));
}

static void count_pair(const struct report *x, const struct report *y,
                       struct counts *c)
{
    bool is_one = is_same(x, y);
    bool is_article = is_one && x->article != 0 && x->article == y->article;
    bool is_found = x->story == y->story;

    if (is_arguable(x, y))
        return;
    if (is_article) {
        c->articles++;
        c->articles_found += is_found;
    } else {
        c->same += is_one;
        c->found += is_one && is_found;
        c->wrong += !is_one && is_found;
    }
    if (is_shown && is_one != is_found)
        show(is_one ? "missed" : "wrong", is_one ? why_missed(x, y) : "", x, y);
}

static struct counts *of_language(struct counts *all, struct str language)
{
    size_t i = 0;

    while (i < LANGUAGES - 1 && all[i].language.n > 0 &&
           !str_eq(all[i].language, language))
        i++;
    all[i].language = language;
    return &all[i];
}

static void print_counts(const struct counts *c)
{
    int merged = c->found + c->wrong;

    printf("%.*s: same event %d of %d found (%.1f %%), %d wrong (%.1f %%)",
           STR_ARG(c->language), c->found, c->same,
           100.0 * c->found / (c->same > 0 ? c->same : 1), c->wrong,
           100.0 * c->wrong / (merged > 0 ? merged : 1));
    if (c->articles > 0)
        printf("; same article %d of %d found", c->articles_found, c->articles);
    printf("\n");
}

static void count_all(const struct reports *r)
{
    struct counts of[LANGUAGES] = {0}, all = {.language = STR("all")};

    for (size_t i = 0; i < r->n; i++)
        for (size_t k = i + 1; k < r->n; k++)
            if (r->at[i].story == r->at[k].story ||
                r->at[i].cluster == r->at[k].cluster)
                count_pair(&r->at[i], &r->at[k],
                           of_language(of, r->at[i].language));
    for (size_t i = 0; i < LANGUAGES && of[i].language.n > 0; i++) {
        print_counts(&of[i]);
        all.same += of[i].same;
        all.found += of[i].found;
        all.wrong += of[i].wrong;
        all.articles += of[i].articles;
        all.articles_found += of[i].articles_found;
    }
    print_counts(&all);
}

int main(int argc, char **argv)
{
    const char *tmp = getenv("TMPDIR"); /* every report is flushed to it */
    char folder[512];
    int cluster = 0, i = 1;
    struct str db;

    for (; i < argc && argv[i][0] == '-'; i++) {
        if (strcmp(argv[i], "--order") == 0 && i + 1 < argc)
            order = argv[++i];
        else if (strcmp(argv[i], "--at-once") == 0 && i + 1 < argc)
            at_once = (size_t)strtoull(argv[++i], NULL, 10);
        is_together = is_together || strcmp(argv[i], "--together") == 0;
        takes_first = takes_first || strcmp(argv[i], "--first") == 0;
        takes_rest = takes_rest || strcmp(argv[i], "--rest") == 0;
        is_shown = is_shown || strcmp(argv[i], "--show") == 0;
        does_print_signs = does_print_signs || strcmp(argv[i], "--signs") == 0;
    }
    (void)snprintf(folder, sizeof folder, "%s/score_stories.XXXXXX",
                   tmp != NULL ? tmp : "/tmp");
    if (i == argc || mkdtemp(folder) == NULL)
        return 2;
    a = arena_new(0);
    sign_printer = story_judge;
    sign_printer.join = join_by_label;
    noter = story_judge;
    noter.join = join_and_note;
    for (; i < argc; i++)
        read_file(argv[i], &reports, &cluster);
    set_times(&reports);
    if (is_shown)
        nothing_alike();
    db = arena_printf(a, "%s/store.db", folder);
    if (does_print_signs)
        print_names();
    put_all(db.p, &reports);
    if (!does_print_signs)
        count_all(&reports);
    (void)remove(db.p);
    (void)remove(folder);
    arena_free(a);
    return 0;
}
