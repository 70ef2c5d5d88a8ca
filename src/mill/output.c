/* The files of output/, each replaced only when its bytes differ. */
#include "mill/output.h"

#include "base/arena.h"
#include "base/buf.h"
#include "mill/fulltext.h"
#include "publish/publish.h"
#include "store/store.h"
#include "sys/file.h"
#include "sys/log.h"

#define OUTPUT_MAX ((size_t)512 << 20)

static bool write_file(struct str path, const struct buf *b, bool *changed,
                       struct error *err)
{
    if (buf_is_full(b)) {
        error_set(err, ERR_LIMIT, "the file would be larger than %zu bytes",
                  OUTPUT_MAX);
        error_where(err, path.p);
        return false;
    }
    return file_replace(path.p, buf_str(b), changed, err);
}

static struct str output_path(struct press *p, struct str folder,
                              struct str file)
{
    struct str root = p->config->mill.root;

    if (folder.n == 0)
        return arena_cat(p->a, root, STR("/output/"), file);
    return arena_cat(p->a, root, STR("/output/"), folder, STR("/"), file);
}

bool output_edition(struct press *p, const struct edition *edition,
                    struct pressed *done, struct error *err)
{
    struct str folder = output_path(p, STR_NONE, edition->topic_id);
    struct buf b;
    bool ok = false;

    buf_init(&b, OUTPUT_MAX);
    if (!file_make_dir(folder.p, 0755, err))
        goto done;
    file_sweep(folder.p);
    done->files = arena_array(p->a, FORMAT_COUNT, sizeof *done->files);
    for (int i = 0; i < FORMAT_COUNT; i++) {
        struct str file = format_file((enum edition_format)i);
        bool changed;

        buf_reset(&b);
        edition_write((enum edition_format)i, edition, &b);
        if (!write_file(output_path(p, edition->topic_id, file), &b, &changed,
                        err))
            goto done;
        if (changed)
            done->files[done->n_files++] = arena_cat(
                p->a, STR("output/"), edition->topic_id, STR("/"), file);
    }
    ok = true;

done:
    buf_done(&b);
    return ok;
}

bool output_has_edition(struct press *p, struct str topic_id)
{
    return file_exists(output_path(p, topic_id, format_file(FORMAT_ATOM)).p);
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
    struct str output = output_path(p, STR_NONE, STR_NONE);
    struct buf b;
    bool ok;

    if (!file_make_dir(output.p, 0755, err))
        return false;
    buf_init(&b, OUTPUT_MAX);
    file_sweep(output.p);
    catalogue_write_html(&catalogue, &b);
    ok = write_file(output_path(p, STR_NONE, STR("index.html")), &b, NULL, err);
    buf_reset(&b);
    catalogue_write_opml(&catalogue, &b);
    ok = ok &&
         write_file(output_path(p, STR_NONE, STR("feeds.opml")), &b, NULL, err);
    if (ok && mill->base_url.n > 0) {
        buf_reset(&b);
        catalogue_write_sitemap(&catalogue, &b);
        ok = write_file(output_path(p, STR_NONE, STR("sitemap.xml")), &b, NULL,
                        err);
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

/* What is known of the sources that feeds/ names; *NEWEST is when the last of
 * them changed its state. */
static bool find_ailments(struct press *p, struct health *h, int64_t *newest,
                          struct error *err)
{
    const struct mill_config *mill = &p->config->mill;
    struct ailment *list =
        arena_array(p->a, 2 * mill->n_sources + 1, sizeof *list);
    struct all_pages_in_vain vain;

    if (!store_all_pages_in_vain(p->store, p->a, VAIN_MAX, &vain, err))
        return false;
    *newest = 0;
    for (size_t i = 0; i < mill->n_sources; i++) {
        const struct source *s = &mill->sources[i];
        struct source_row row;

        if (!store_get_source(p->store, p->a, s->id, &row, err))
            return false;
        if (is_ailing(row.state))
            list[h->n_ailments++] = (struct ailment){
                .source = s->id,
                .name = s->name.n > 0 ? s->name : row.title,
                .state = source_state_name(row.state),
                .error = row.address.n > 0 ? row.address : row.error,
                .since = row.since};
        if (row.since > *newest)
            *newest = row.since;
        add_texts_ailment(h, list, s, &row, pages_in_vain_of(&vain, row.rowid),
                          newest);
    }
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
        !store_topic_updated(p->store, STR("health"), newest, &h.updated, err))
        return false;
    buf_init(&b, OUTPUT_MAX);
    health_write(&h, &b);
    ok = write_file(output_path(p, STR_NONE, STR("health.xml")), &b, NULL, err);
    buf_done(&b);
    return ok;
}

bool output_clean(struct press *p, struct error *err)
{
    struct strs published;

    if (p->config->mill.n_topics == 0)
        return true;
    if (!store_topics(p->store, p->a, &published, err))
        return false;
    for (size_t i = 0; i < published.n; i++) {
        struct str folder = output_path(p, STR_NONE, published.at[i]);
        bool any = false;

        if (topic_by_id(&p->config->mill, published.at[i]) != NULL ||
            !file_is_dir(folder.p))
            continue;
        for (int k = 0; k < FORMAT_COUNT; k++)
            any |= file_remove(output_path(p, published.at[i],
                                           format_file((enum edition_format)k))
                                   .p);
        file_sweep(folder.p);
        if (any)
            log_line("topic %.*s is no more in feeds/: its files are removed%s",
                     STR_ARG(published.at[i]),
                     file_remove(folder.p) ? "" : ", others stay");
    }
    return true;
}
