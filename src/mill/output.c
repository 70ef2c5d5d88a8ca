/* What is published: the files of each topic, and those of the whole mill. */
#include "mill/output.h"

#include "base/arena.h"
#include "base/vec.h"
#include "mill/fulltext.h"
#include "mill/outlet.h"
#include "publish/publish.h"
#include "store/store.h"
#include "sys/file.h"
#include "sys/gzip.h"
#include "sys/log.h"

static bool is_in(struct str folder, struct str path)
{
    return str_starts(path, folder) &&
           (path.n == folder.n || path.p[folder.n] == '/');
}

/* The mill keeps other things there: what the owner writes, the store, the
 * editions that a server shows. */
static bool is_taken(struct press *p, struct str to)
{
    static const char *const own[] = {"/feeds", "/.feedmill", "/output"};
    struct str root = p->config->mill.root;
    bool is = str_eq(to, file_real_ahead(p->a, root));

    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        is |= is_in(
            file_real_ahead(p->a, arena_cat(p->a, root, str_from_c(own[i]))),
            to);
    return is;
}

/* The folder that --to names, made if need be; empty when it is output/. */
static bool make_other(struct press *p, struct str output, struct str *to,
                       struct error *err)
{
    *to = STR_NONE;
    if (p->to.n == 0)
        return true;
    *to = file_real_ahead(p->a, p->to);
    if (str_eq(*to, file_real_ahead(p->a, output))) {
        *to = STR_NONE;
        return true;
    }
    if (!is_taken(p, *to))
        return file_make_dir(to->p, 0755, err);
    error_set(err, ERR_CONFIG,
              "the mill keeps its own files here: publish to another folder");
    error_where(err, p->to.p);
    return false;
}

/* base_url is where output/ is served: of other folders a hub is not told. */
static unsigned marks_in_use(const struct mill_config *mill)
{
    unsigned marks = 0;

    if (mill->post_publish.words.n > 0)
        marks |= OUTLET_UNTOLD;
    if (mill->hub.n > 0 && mill->base_url.n > 0)
        marks |= OUTLET_UNPINGED;
    return marks;
}

bool output_open(struct press *p, struct error *err)
{
    const struct mill_config *mill = &p->config->mill;
    struct outlet_options options = {
        .dir = arena_cat(p->a, mill->root, STR("/output")),
        .shown = STR("output/"),
        .mill_id = mill->id,
        .marks = marks_in_use(mill)};
    struct str to;

    if (!make_other(p, options.dir, &to, err))
        return false;
    if (to.n > 0) {
        options.dir = to;
        options.shown = arena_cat(p->a, options.dir, STR("/"));
        options.is_shared = true;
        options.marks &= ~(unsigned)OUTLET_UNPINGED;
    }
    p->outlet = outlet_open(p->a, &options, err);
    return p->outlet != NULL;
}

/* The topic in whose folder the file is; empty if it is in none. */
static struct str topic_of(struct str path)
{
    size_t slash = str_find_char(path, '/', 0);

    return str_slice(path, 0, slash == STR_NOT_FOUND ? 0 : slash);
}

static bool wants_gzip(const struct press *p, struct str path)
{
    const struct mill_config *mill = &p->config->mill;
    const struct topic *topic = topic_by_id(mill, topic_of(path));

    if (topic == NULL || topic->gzip == GZIP_DEFAULT)
        return mill->gzip == GZIP_YES;
    return topic->gzip == GZIP_YES;
}

/* A topic's feed, which names the hub and the address it has there. */
static bool is_feed(struct str path)
{
    static const enum edition_format feeds[] = {FORMAT_ATOM, FORMAT_RSS,
                                                FORMAT_JSONFEED};
    struct str topic = topic_of(path);

    for (size_t i = 0; i < sizeof feeds / sizeof feeds[0]; i++)
        if (topic.n > 0 &&
            str_eq(str_from(path, topic.n + 1), format_file(feeds[i])))
            return true;
    return false;
}

/* One file; DONE (may be NULL) learns of it when it was written. */
static bool put_bytes(struct press *p, struct str path, struct str bytes,
                      struct pressed *done, struct error *err)
{
    unsigned marks = OUTLET_UNTOLD | (is_feed(path) ? OUTLET_UNPINGED : 0);
    bool changed;

    if (!outlet_put(p->outlet, path, bytes, marks, &changed, err))
        return false;
    if (changed && done != NULL)
        *vec_add(p->a, &done->files) = outlet_shown(p->outlet, path);
    return true;
}

/*
 * The packed file beside that of PATH.  It is replaced first: who finds the
 * other one unchanged then knows that this one is of the same bytes, and need
 * not pack them again.
 */
static bool put_packed(struct press *p, struct str path, struct str bytes,
                       struct pressed *done, struct error *err)
{
    struct str packed = arena_cat(p->a, path, STR(".gz"));
    struct buf b;
    bool ok;

    if (outlet_is(p->outlet, path, bytes) &&
        outlet_is_intact(p->outlet, packed)) {
        outlet_keep(p->outlet, packed);
        return true;
    }
    buf_init(&b, OUTPUT_MAX);
    ok = gzip_pack(bytes, &b, err);
    if (!ok)
        error_where(err, outlet_shown(p->outlet, packed).p);
    ok = ok && put_bytes(p, packed, buf_str(&b), done, err);
    buf_done(&b);
    return ok;
}

static bool put(struct press *p, struct str path, const struct buf *b,
                struct pressed *done, struct error *err)
{
    if (buf_is_full(b)) {
        error_set(err, ERR_LIMIT, "the file would be larger than %zu bytes",
                  OUTPUT_MAX);
        error_where(err, outlet_shown(p->outlet, path).p);
        return false;
    }
    return (!wants_gzip(p, path) ||
            put_packed(p, path, buf_str(b), done, err)) &&
           put_bytes(p, path, buf_str(b), done, err);
}

static struct str edition_path(struct press *p, struct str topic_id,
                               enum edition_format format)
{
    return arena_cat(p->a, topic_id, STR("/"), format_file(format));
}

void render_edition(struct arena *a, const struct edition *edition,
                    bool as_files, struct rendered *out)
{
    for (int i = 0; i < FORMAT_COUNT; i++) {
        buf_init(&out->file[i], OUTPUT_MAX);
        out->spans[i] =
            arena_array(a, edition->n_entries, sizeof *out->spans[i]);
        if (i != FORMAT_JSONFEED ||
            (as_files && format_is_in(edition->formats, FORMAT_JSONFEED)))
            edition_write((enum edition_format)i, edition, &out->file[i],
                          out->spans[i]);
    }
}

void rendered_done(struct rendered *r)
{
    for (int i = 0; i < FORMAT_COUNT; i++)
        buf_done(&r->file[i]);
}

bool output_edition(struct press *p, const struct edition *edition,
                    const struct rendered *r, struct pressed *done,
                    struct error *err)
{
    for (int i = 0; i < FORMAT_COUNT; i++) {
        enum edition_format format = (enum edition_format)i;

        if (format_is_in(edition->formats, format) &&
            !put(p, edition_path(p, edition->topic_id, format), &r->file[i],
                 done, err))
            return false;
    }
    return true;
}

bool output_file(struct press *p, struct str topic_id, struct str file,
                 const struct buf *content, struct pressed *done,
                 struct hash128 *hash, struct error *err)
{
    struct str path = arena_cat(p->a, topic_id, STR("/"), file);

    if (!put(p, path, content, done, err))
        return false;
    if (!outlet_listed(p->outlet, path, hash)) /* another's file stays there */
        *hash = hash128(buf_str(content));
    return true;
}

bool output_flush(struct press *p, struct error *err)
{
    return outlet_flush(p->outlet, err);
}

bool output_wait(struct press *p, struct error *err)
{
    return outlet_wait(p->outlet, err);
}

bool output_keep_file(struct press *p, struct str topic_id, struct str file,
                      struct hash128 hash)
{
    struct str path = arena_cat(p->a, topic_id, STR("/"), file);

    return (!wants_gzip(p, path) ||
            outlet_keep_same(p->outlet, arena_cat(p->a, path, STR(".gz")),
                             NULL)) &&
           outlet_keep_same(p->outlet, path, &hash);
}

bool output_listed(struct press *p, struct str topic_id, struct str file,
                   struct hash128 *hash)
{
    return outlet_listed(p->outlet, arena_cat(p->a, topic_id, STR("/"), file),
                         hash);
}

bool output_read(struct press *p, struct str topic_id, struct str file,
                 struct buf *out)
{
    return outlet_read(p->outlet, arena_cat(p->a, topic_id, STR("/"), file),
                       out);
}

struct strs output_files(struct press *p, struct arena *a, struct str topic_id)
{
    return outlet_files(p->outlet, a, arena_cat(a, topic_id, STR("/")));
}

unsigned output_formats(const struct mill_config *mill,
                        const struct topic *topic)
{
    return topic->formats != 0 ? topic->formats : mill->formats;
}

bool output_has_edition(struct press *p, struct str topic_id)
{
    for (int i = 0; i < FORMAT_COUNT; i++)
        if (outlet_has(p->outlet,
                       edition_path(p, topic_id, (enum edition_format)i)))
            return true;
    return false;
}

void output_keep_edition(struct press *p, struct str topic_id)
{
    outlet_keep(p->outlet, arena_cat(p->a, topic_id, STR("/")));
}

bool output_catalogue(struct press *p, const struct topic_line *lines,
                      struct error *err)
{
    const struct mill_config *mill = &p->config->mill;
    struct catalogue catalogue = {.title = mill->title,
                                  .author = mill->author,
                                  .language = mill->language,
                                  .base_url = mill->base_url,
                                  .topics = lines,
                                  .n_topics = mill->n_topics};
    struct buf b;
    bool ok;

    buf_init(&b, OUTPUT_MAX);
    catalogue_write_html(&catalogue, &b);
    ok = put(p, STR("index.html"), &b, NULL, err);
    buf_reset(&b);
    catalogue_write_opml(&catalogue, &b);
    ok = ok && put(p, STR("feeds.opml"), &b, NULL, err);
    if (ok && mill->base_url.n > 0) {
        buf_reset(&b);
        catalogue_write_sitemap(&catalogue, &b);
        ok = put(p, STR("sitemap.xml"), &b, NULL, err);
    }
    if (ok) {
        buf_reset(&b);
        stylesheet_write(mill->language, &b);
        ok = put(p, STR("feed.css"), &b, NULL, err);
    }
    buf_done(&b);
    return ok;
}

/* True of states that the operator should look at. */
static bool is_ailing(enum source_state state)
{
    return state != SOURCE_NEW && state != SOURCE_OK &&
           state != SOURCE_UNCHANGED;
}

/* A source whose pages do not give the whole texts of its entries.  Pages that
 * say no more than the feed are no fault, unless the owner wants them. */
static void add_texts_ailment(struct health *h, struct ailment *list,
                              const struct source *s,
                              const struct source_row *row,
                              const struct pages_in_vain *vain, int64_t *newest)
{
    if (vain == NULL || s->full_text == FULL_TEXT_NEVER ||
        (s->full_text == FULL_TEXT_AUTO &&
         str_eq(vain->why, full_text_fit_text(FIT_NO_MORE))))
        return;
    if (vain->since > *newest)
        *newest = vain->since;
    list[h->n_ailments++] =
        (struct ailment){.source = s->id,
                         .name = s->name.n > 0 ? s->name : row->title,
                         .state = STR("no full text"),
                         .error = vain->why,
                         .since = vain->since};
}

/* A topic without a source that answers: what it shows is old, and stays. */
static void add_topic_ailment(struct health *h, struct ailment *list,
                              const struct press *p, const struct topic *t)
{
    int64_t since = 0;

    for (size_t i = 0; i < t->n_sources; i++) {
        const struct source_row *row = p->sources[t->sources[i]];

        if (!source_is_dead(row->state))
            return;
        if (row->since > since)
            since = row->since;
    }
    if (t->n_sources == 0)
        return;
    list[h->n_ailments++] = (struct ailment){
        .source = arena_cat(p->a, STR("topic "), t->id),
        .name = t->title,
        .state = STR("no source answers"),
        .error = arena_printf(p->a, "%zu of %zu fail; what is published stays",
                              t->n_sources, t->n_sources),
        .since = since};
}

/* What is known of the sources that feeds/ names; *NEWEST is when the last of
 * them changed its state. */
static bool find_ailments(struct press *p, struct health *h, int64_t *newest,
                          struct error *err)
{
    const struct mill_config *mill = &p->config->mill;
    struct ailment *list = arena_array(
        p->a, 2 * mill->n_sources + mill->n_topics + 1, sizeof *list);
    struct all_pages_in_vain vain;

    if (!store_all_pages_in_vain(p->store, p->a, VAIN_MAX, &vain, err))
        return false;
    *newest = 0;
    for (size_t i = 0; i < mill->n_sources; i++) {
        const struct source *s = &mill->sources[i];
        const struct source_row *row = p->sources[i];

        if (is_ailing(row->state))
            list[h->n_ailments++] = (struct ailment){
                .source = s->id,
                .name = s->name.n > 0 ? s->name : row->title,
                .state = source_state_name(row->state),
                .error = row->address.n > 0 ? row->address : row->error,
                .since = row->since};
        if (row->since > *newest)
            *newest = row->since;
        add_texts_ailment(h, list, s, row, pages_in_vain_of(&vain, row->rowid),
                          newest);
    }
    for (size_t i = 0; i < mill->n_topics; i++)
        add_topic_ailment(h, list, p, &mill->topics[i]);
    h->ailments = list;
    return true;
}

bool output_health(struct press *p, struct error *err)
{
    const struct mill_config *mill = &p->config->mill;
    struct health h = {.mill_id = mill->id,
                       .title = mill->title,
                       .author = mill->author,
                       .base_url = mill->base_url};
    int64_t newest;
    struct buf b;
    bool ok;

    if (!find_ailments(p, &h, &newest, err) ||
        !store_topic_updated(p->store, STR("health"), newest, p->now,
                             &h.updated, err))
        return false;
    buf_init(&b, OUTPUT_MAX);
    health_write(&h, &b);
    ok = put(p, STR("health.xml"), &b, NULL, err);
    buf_done(&b);
    return ok;
}

bool output_end(struct press *p, struct error *err)
{
    struct str topics =
        arena_cat(p->a, p->config->mill.root, STR("/feeds/topics"));
    struct str path, said = STR_NONE;

    /* A folder may be missing by mistake; one that holds no topic any more is what
     * the owner made of it. */
    if (!file_is_dir(topics.p))
        outlet_keep(p->outlet, STR_NONE);
    if (!outlet_end(p->outlet, err))
        return false;
    for (size_t i = 0; (path = outlet_removed(p->outlet, i)).n > 0; i++) {
        struct str topic = topic_of(path);

        if (topic.n == 0 || topic_by_id(&p->config->mill, topic) != NULL ||
            str_eq(topic, said))
            continue;
        log_line("topic %.*s is no more in feeds/: its files are removed%s",
                 STR_ARG(topic),
                 outlet_has(p->outlet, topic) ? ", others stay" : "");
        said = topic;
    }
    return true;
}

void output_close(struct press *p)
{
    if (p->outlet != NULL)
        outlet_close(p->outlet);
}
