/* parse and extract: documents in, one line of JSON Feed each out. */
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"
#include "cmd/command.h"
#include "mill/mill.h"
#include "parse/parse.h"
#include "publish/publish.h"
#include "sys/clock.h"
#include "sys/file.h"
#include "sys/log.h"
#include "text/url.h"

#define DOCUMENT_MAX ((size_t)512 << 20)

struct document_options {
    struct str url, type, fetched, rules;
    bool pretty, why;
};

static const struct option options[] = {
    {"url", "U", "the document's address",
     offsetof(struct document_options, url)},
    {"type", "MIME", "its Content-Type, as a server would send it",
     offsetof(struct document_options, type)},
    {"fetched", "TIME",
     "when it was fetched (RFC 3339); default: now for a URL",
     offsetof(struct document_options, fetched)},
    {"pretty", NULL, "JSON over several lines",
     offsetof(struct document_options, pretty)},
    /* of extract only: */
    {"rules", "DIR", "site rules; default: feeds/rules of the mill, if any",
     offsetof(struct document_options, rules)},
    {"why", NULL, "no JSON: what was considered for each field, what was cut",
     offsetof(struct document_options, why)},
};

#define N_OPTIONS       (sizeof options / sizeof options[0])
#define N_PARSE_OPTIONS (N_OPTIONS - 2)

struct document_job {
    const struct document_options *options;
    int64_t fetched; /* 0: not known */
    enum line_as as;
    const struct site_rules *site_rules; /* NULL without */
};

static const struct links *feeds_of(struct arena *a, const struct page *page)
{
    struct links *links = arena_make(a, struct links);

    for (size_t i = 0; i < page->n_feeds; i++)
        *vec_add(a, links) = (struct link){.href = page->feeds[i].url,
                                           .title = page->feeds[i].title,
                                           .type = page->feeds[i].type,
                                           .length = -1};
    return links;
}

static void print_page_links(struct arena *a, const struct page *page,
                             struct document_print *print)
{
    struct links links = {0};
    struct when *dates = arena_array(a, page->n_links + 1, sizeof *dates);

    for (size_t i = 0; i < page->n_links; i++) {
        *vec_add(a, &links) = (struct link){.href = page->links[i].url,
                                            .title = page->links[i].title,
                                            .length = -1};
        dates[i] = page->links[i].date;
    }
    print->list_links = links.at;
    print->list_dates = dates;
    print->n_list_links = links.n;
}

/* Where a document goes while it is read: a feed's items are printed one by
 * one, so that no feed is held whole. */
struct printing {
    struct document_out document;
    struct buf out;
    bool failed; /* standard output cannot be written */
};

static void flush(struct printing *p)
{
    p->failed = p->failed || print_out(buf_str(&p->out)) != STATUS_OK;
    buf_reset(&p->out);
}

static void drain(void *ctx, struct buf *out)
{
    (void)out;
    flush(ctx);
}

static void print_item(void *ctx, const struct item *item)
{
    struct printing *p = ctx;

    document_item(&p->document, item, STR_NONE);
}

static void print_ref(void *ctx, const struct feed_ref *ref)
{
    struct printing *p = ctx;

    document_ref(&p->document, ref->url, ref->title, ref->type);
}

static void print_document(struct arena *a, struct str file,
                           const struct line_result *result,
                           const struct document_job *job, struct printing *p)
{
    struct document_print print = {
        .file = file,
        .kind = result->kind,
        .charset = result->charset,
        .charset_from = charset_from_name(result->charset_from),
        .feed = result->feed,
        .items = result->items,
        .n_items = result->n_items,
        .notes = &result->notes,
        .pretty = job->options->pretty,
    };

    if (result->feed != NULL) {
        const struct feed_info *feed = &result->feed->f;

        print.title = result->feed->title;
        print.home_page_url = feed->home_url;
        print.feed_url = feed->self_url;
        print.description = result->feed->description;
        print.language = feed->language;
    } else {
        const struct links *feeds = feeds_of(a, &result->page);

        print.title = result->page.title;
        print.home_page_url = result->page.home_url;
        print.language = result->page.language;
        print.next = result->page.next;
        print.feeds = feeds->at;
        print.n_feeds = feeds->n;
        print_page_links(a, &result->page, &print);
    }
    if (job->as == LINE_FEED)
        document_end(&p->document, &print);
    else
        document_write_json(&print, &p->out);
    flush(p);
}

static bool read_document(struct arena *a, const struct document_job *job,
                          struct str file, struct printing *p,
                          struct error *err)
{
    struct line_input in = {.url = job->options->url,
                            .type = job->options->type,
                            .as = job->as,
                            .on_ref = print_ref,
                            .site_rules = job->site_rules,
                            .want_why = job->options->why,
                            .when = {.now = job->fetched}};
    struct line_result result;
    struct got got;
    bool ok = false;

    if (!mill_get(a, file, DOCUMENT_MAX, STR(FEEDMILL_VERSION), &got, err))
        goto done;
    if (got.url.n > 0 && in.when.now == 0)
        in.when.now = clock_now();
    if (in.url.n == 0)
        in.url = got.url;
    if (in.type.n == 0)
        in.type = got.url.n > 0 ? got.type : type_by_name(file);
    in.bytes = buf_str(&got.bytes);
    if (got.file != NULL) {
        in.more = got_more;
        in.more_ctx = &got;
    }
    if (job->as == LINE_FEED) {
        document_begin(&p->document, &p->out, job->options->pretty);
        json_drain(&p->document.json, drain, p);
    }
    if (!line_run(a, &in, job->as == LINE_FEED ? print_item : NULL, p, &result,
                  err))
        goto done;
    if (job->options->why) {
        line_explain(a, &result, file, &p->out);
        flush(p);
    } else {
        print_document(a, file, &result, job, p);
    }
    ok = true;

done:
    if (!ok)
        error_where(err, arena_str(a, file).p);
    got_done(&got);
    return ok;
}

/* The rules of the folder given, or of the mill that is worked on. */
static int read_rules(struct arena *a, const struct arguments *args,
                      struct document_job *job)
{
    struct str dir = job->options->rules;
    struct config config;
    struct error err;

    if (dir.n == 0) {
        dir = str_eq(args->root, STR("."))
                  ? STR("feeds/rules")
                  : arena_cat(a, args->root, STR("/feeds/rules"));
        if (!file_is_dir(arena_str(a, dir).p))
            return STATUS_OK;
    }
    if (!config_load_site_rules(a, dir, &config, &err)) {
        log_error(&err);
        return STATUS_USAGE;
    }
    for (size_t i = 0; i < config.complaints.n; i++)
        log_error(&config.complaints.at[i].err);
    job->site_rules = config.mill.site_rules;
    return config.has_errors ? STATUS_USAGE : STATUS_OK;
}

static int run_documents(const struct arguments *args, const char *command,
                         enum line_as as)
{
    struct document_job job = {.options = args->options, .as = as};
    struct arena *a = arena_new(0), *rules = arena_new(0);
    int status = STATUS_OK;
    struct when fetched;
    struct printing p = {0};
    struct error err;

    buf_init(&p.out, BUF_MAX);
    if (job.options->url.n > 0 && !url_is_http(job.options->url)) {
        status = usage_error(command, "--url is no http or https address: %.*s",
                             STR_ARG(job.options->url));
        goto done;
    }
    if (job.options->fetched.n > 0) {
        if (!when_parse(job.options->fetched, &(struct when_hints){0},
                        &fetched)) {
            status = usage_error(command, "--fetched is no time: %.*s",
                                 STR_ARG(job.options->fetched));
            goto done;
        }
        job.fetched = fetched.unix_seconds;
    }
    if (as == LINE_PAGE)
        status = read_rules(rules, args, &job);
    if (status != STATUS_OK)
        goto done;
    for (size_t i = 0; i < args->n_rest && !p.failed; i++) {
        arena_reset(a);
        buf_reset(&p.out);
        if (!read_document(a, &job, args->rest[i], &p, &err)) {
            log_error(&err);
            status = STATUS_INPUT;
        }
    }
    if (p.failed)
        status = STATUS_FAILED;

done:
    buf_done(&p.out);
    arena_free(a);
    arena_free(rules);
    return status;
}

static int run_parse(const struct arguments *args)
{
    return run_documents(args, "parse", LINE_FEED);
}

static int run_extract(const struct arguments *args)
{
    return run_documents(args, "extract", LINE_PAGE);
}

#define DETAILS                                                                \
    "FILE may be - for standard input.  What is printed, field by field:\n"    \
    "src/publish/README.md.  A document that cannot be read gives one line\n"  \
    "on standard error and status 1; the others are still printed.\n"

const struct command cmd_parse = {
    .name = "parse",
    .arguments = "FILE|URL|-...",
    .summary = "reads feeds, prints each as a line of JSON Feed 1.1",
    .details = DETAILS,
    .options = options,
    .n_options = N_PARSE_OPTIONS,
    .options_size = sizeof(struct document_options),
    .min_rest = 1,
    .max_rest = NO_LIMIT,
    .run = run_parse,
};

const struct command cmd_extract = {
    .name = "extract",
    .arguments = "FILE|URL|-...",
    .summary = "reads web pages, prints each as a line of JSON Feed 1.1",
    .details = DETAILS,
    .options = options,
    .n_options = N_OPTIONS,
    .options_size = sizeof(struct document_options),
    .min_rest = 1,
    .max_rest = NO_LIMIT,
    .run = run_extract,
};
