/* The files made of kept entries. */
#include "mill/keep_files.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"
#include "publish/publish.h"

#define DAY            ((int64_t)86400)
#define DAY_FILE_CHARS 15 /* 2024-11-14.html */
#define DAYS_SHOWN     14 /* on the topic's page */

/* Changes when our pages look otherwise: days' pages are written anew then. */
#define PAGES_VERSION "2"

/* ---- names ----------------------------------------------------------------- */

struct str keep_day_name(struct arena *a, int64_t day)
{
    int year, month, date, hour, minute, second;

    civil_from_seconds(day * DAY, &year, &month, &date, &hour, &minute,
                       &second);
    return arena_printf(a, "%04d-%02d-%02d", year, month, date);
}

static struct str day_file(struct arena *a, int64_t day)
{
    return arena_cat(a, keep_day_name(a, day), STR(".html"));
}

bool keep_is_day(struct str file)
{
    return file.n == DAY_FILE_CHARS && str_ends(file, STR(".html"));
}

int64_t keep_day_of(struct str file)
{
    int64_t year = 0, month = 0, day = 0;

    if (!str_to_i64(str_slice(file, 0, 4), &year) ||
        !str_to_i64(str_slice(file, 5, 7), &month) ||
        !str_to_i64(str_slice(file, 8, 10), &day))
        return 0;
    return civil_seconds((int)year, (int)month, (int)day, 0, 0, 0) / DAY;
}

struct str keep_archive_name(struct arena *a, enum edition_format format,
                             int64_t number)
{
    struct str name;
    struct buf b;

    buf_init(&b, BUF_MAX);
    archive_file(format, number, &b);
    name = buf_keep(&b, a);
    buf_done(&b);
    return name;
}

/* ---- the list of files ------------------------------------------------------- */

/* Where FILE is in the list, or would be. */
static size_t place_of(const struct kept_files *files, struct str file)
{
    size_t from = 0, to = files->n;

    while (from < to) {
        size_t middle = (from + to) / 2;

        if (str_cmp(files->at[middle].file, file) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

struct kept_file *keep_find(const struct kept_files *files, struct str file)
{
    size_t i = place_of(files, file);

    if (i == files->n || !str_eq(files->at[i].file, file))
        return NULL;
    return &files->at[i];
}

static bool mark_due(struct keeping *k, struct kept_file *file,
                     struct error *err)
{
    if (file->is_due)
        return true;
    file->is_due = true;
    return store_put_kept_file(k->press->store, k->topic->id, file, err);
}

/* The days before and after name each other: their pages change when one comes
 * between them, or goes. */
static bool mark_neighbours(struct keeping *k, size_t at, struct error *err)
{
    struct kept_files *files = &k->files;

    return (at == 0 || !keep_is_day(files->at[at - 1].file) ||
            mark_due(k, &files->at[at - 1], err)) &&
           (at + 1 >= files->n || !keep_is_day(files->at[at + 1].file) ||
            mark_due(k, &files->at[at + 1], err));
}

struct kept_file *keep_file(struct keeping *k, struct str name)
{
    struct kept_files *files = &k->files;
    size_t at = place_of(files, name);

    if (at < files->n && str_eq(files->at[at].file, name))
        return &files->at[at];
    (void)vec_add(k->a, files);
    memmove(&files->at[at + 1], &files->at[at],
            (files->n - 1 - at) * sizeof *files->at);
    files->at[at] = (struct kept_file){.file = name};
    return &files->at[at];
}

static bool add_due(struct keeping *k, struct str name, struct error *err)
{
    struct kept_files *files = &k->files;
    bool is_new = keep_find(files, name) == NULL;
    struct kept_file *file = keep_file(k, name);

    return mark_due(k, file, err) &&
           (!is_new || !keep_is_day(name) ||
            mark_neighbours(k, (size_t)(file - files->at), err));
}

bool keep_day_is_due(struct keeping *k, int64_t day, struct error *err)
{
    *vec_add(k->a, &k->days) = (struct day_change){.day = day};
    return add_due(k, day_file(k->a, day), err);
}

bool keep_entry_is_due(struct keeping *k, const struct kept_entry *e,
                       bool is_new, struct error *err)
{
    *vec_add(k->a, &k->days) =
        (struct day_change){e->day, {e->published, e->atom_id}, is_new};
    return add_due(k, day_file(k->a, e->day), err);
}

bool keep_archive_is_due(struct keeping *k, int64_t number, struct error *err)
{
    return number == 0 ||
           (add_due(k, keep_archive_name(k->a, FORMAT_ATOM, number), err) &&
            add_due(k, keep_archive_name(k->a, FORMAT_RSS, number), err));
}

/* ---- what is around the entries ----------------------------------------------- */

static struct hash128 hash_of(struct arena *a, const struct str *parts,
                              size_t n)
{
    struct str all = STR_NONE;

    for (size_t i = 0; i < n; i++)
        all = arena_cat(a, all, STR("\n"), parts[i]);
    return hash128(all);
}

/* FILE is a name that no file has, and HASH what it had when all was written. */
static bool has_changed(struct keeping *k, struct str file, struct hash128 hash,
                        bool *changed, struct error *err)
{
    struct kept_file now = {.file = file, .hash = hash};
    struct kept_file *known = keep_find(&k->files, file);

    *changed = known == NULL || !hash128_eq(known->hash, hash);
    return !*changed ||
           store_put_kept_file(k->press->store, k->topic->id, &now, err);
}

bool keep_frames(struct keeping *k, struct error *err)
{
    const struct edition *ed = k->edition;
    const struct str page[] = {STR(PAGES_VERSION),
                               ed->title,
                               ed->language,
                               ed->mill_title,
                               ed->base_url,
                               ed->description,
                               ed->has_digest ? STR("d") : STR("-"),
                               arena_printf(k->a, "%x", ed->formats)};
    const struct str archive[] = {ed->id, ed->base_url};
    bool pages, archives;

    if (!has_changed(k, STR("/pages"),
                     hash_of(k->a, page, sizeof page / sizeof page[0]), &pages,
                     err) ||
        !has_changed(k, STR("/archives"), hash_of(k->a, archive, 2), &archives,
                     err))
        return false;
    for (size_t i = 0; i < k->files.n; i++) {
        struct kept_file *file = &k->files.at[i];

        if (file->file.p[0] != '/' &&
            (keep_is_day(file->file) ? pages : archives) &&
            !mark_due(k, file, err))
            return false;
    }
    return true;
}

/* ---- days ------------------------------------------------------------------- */

static bool make_days(struct keeping *k, const struct entry *list, size_t n,
                      struct map *present, struct error *err)
{
    for (size_t i = 0; i < n; i++) {
        struct str file = day_file(
            k->a, mill_day(&k->press->config->mill, list[i].published));

        map_put(present, file, NULL);
        if (keep_find(&k->files, file) == NULL && !add_due(k, file, err))
            return false;
    }
    return true;
}

static bool is_empty_day(struct keeping *k, const struct kept_file *file,
                         const struct map *present, bool *is_empty,
                         struct error *err)
{
    struct kept_entries entries = {0};

    *is_empty = false;
    if (!keep_is_day(file->file) || !file->is_due ||
        map_get(present, file->file) != NULL)
        return true;
    if (!store_kept_of_day(k->press->store, k->a, k->topic->id,
                           keep_day_of(file->file), &entries, err))
        return false;
    *is_empty = entries.n == 0;
    return true;
}

/* A day whose entries are all gone has no page any more. */
static bool drop_empty_days(struct keeping *k, const struct map *present,
                            struct error *err)
{
    struct kept_files *files = &k->files;
    size_t n = 0;

    for (size_t i = 0; i < files->n; i++) {
        bool is_empty;

        if (!is_empty_day(k, &files->at[i], present, &is_empty, err))
            return false;
        if (!is_empty) {
            files->at[n++] = files->at[i];
            continue;
        }
        if (!store_drop_kept_file(k->press->store, k->topic->id,
                                  files->at[i].file, err) ||
            (n > 0 && keep_is_day(files->at[n - 1].file) &&
             !mark_due(k, &files->at[n - 1], err)) ||
            (i + 1 < files->n && keep_is_day(files->at[i + 1].file) &&
             !mark_due(k, &files->at[i + 1], err)))
            return false;
    }
    files->n = n;
    return true;
}

static void list_days(struct arena *a, const struct kept_files *files,
                      size_t most, struct strs *out)
{
    *out = (struct strs){0};
    for (size_t i = files->n; i-- > 0 && out->n < most;)
        if (keep_is_day(files->at[i].file))
            *vec_add(a, out) = str_slice(files->at[i].file, 0, 10);
}

bool keep_list_days(struct keeping *k, struct error *err)
{
    struct edition *ed = k->edition;
    struct map present;
    struct strs days;

    map_init(&present, k->a);
    if (!make_days(k, ed->entries, ed->n_entries, &present, err) ||
        !make_days(k, k->over, k->n_over, &present, err) ||
        !drop_empty_days(k, &present, err))
        return false;
    list_days(k->a, &k->files,
              format_is_in(ed->formats, FORMAT_HTML) ? DAYS_SHOWN : 0, &days);
    ed->days = days.at;
    ed->n_days = days.n;
    return true;
}

bool keep_days(struct press *p, struct arena *a, struct str topic_id,
               struct strs *out, struct error *err)
{
    struct kept_files files;

    if (!store_kept_files(p->store, a, topic_id, &files, err))
        return false;
    list_days(a, &files, SIZE_MAX, out);
    return true;
}
