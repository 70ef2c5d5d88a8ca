/* In output/ an edition's place is never another's: what stands there is replaced,
 * listed or not.  How the list is kept is told in manifest.c. */
#include "mill/outlet.h"

#include "base/arena.h"
#include "base/buf.h"
#include "item/item.h"
#include "mill/manifest.h"
#include "sys/file.h"
#include "sys/file_queue.h"
#include "sys/log.h"

const char *outlet_path(const struct outlet *o, struct str path)
{
    return arena_cat(o->a, o->options.dir, STR("/"), path).p;
}

struct str outlet_shown(const struct outlet *o, struct str path)
{
    return arena_cat(o->a, o->options.shown, path);
}

bool outlet_has(const struct outlet *o, struct str path)
{
    return file_exists(outlet_path(o, path));
}

struct outlet *outlet_open(struct arena *a,
                           const struct outlet_options *options,
                           struct error *err)
{
    struct outlet *o = arena_make(a, struct outlet);

    o->a = a;
    o->options = *options;
    map_init(&o->by_path, a);
    map_init(&o->folders, a);
    return manifest_read(o, err) ? o : NULL;
}

bool outlet_listed(const struct outlet *o, struct str path,
                   struct hash128 *hash)
{
    const struct listed *file = outlet_find(o, path);

    if (file == NULL || file->is_gone)
        return false;
    *hash = file->hash;
    return true;
}

struct strs outlet_files(const struct outlet *o, struct arena *a,
                         struct str prefix)
{
    struct strs found = {0};
    const struct listed **files;
    size_t n;

    files = outlet_sorted(o, a, &n);
    for (size_t i = 0; i < n; i++)
        if (!files[i]->is_gone && str_starts(files[i]->path, prefix))
            *vec_add(a, &found) = str_from(files[i]->path, prefix.n);
    return found;
}

struct strs outlet_marked(const struct outlet *o, struct arena *a,
                          enum outlet_mark mark)
{
    struct strs marked = {0};
    const struct listed **files;
    size_t n;

    files = outlet_sorted(o, a, &n);
    for (size_t i = 0; i < n; i++)
        if (files[i]->marks & mark)
            *vec_add(a, &marked) = files[i]->path;
    return marked;
}

void outlet_unmark(struct outlet *o, struct str path, enum outlet_mark mark)
{
    struct listed *file = outlet_find(o, path);

    if (file != NULL)
        file->marks &= ~(unsigned)mark;
}

/* ---- writing ------------------------------------------------------------ */

/* The folder that PATH is in, empty for the outlet's own. */
static struct str folder_of(struct str path)
{
    size_t slash = str_find_last(path, '/');

    return str_slice(path, 0, slash == STR_NOT_FOUND ? 0 : slash);
}

static bool enter_folder(struct outlet *o, struct str path, struct error *err)
{
    struct str folder = folder_of(path);
    bool is_new = false;
    const char *full;

    map_put(&o->folders, arena_str(o->a, folder), &is_new);
    if (!is_new)
        return true;
    full = outlet_path(o, folder);
    if (!file_make_dir(full, 0755, err))
        return false;
    file_sweep(full);
    return true;
}

/* True if what was put of FILE (may be NULL) is there.  Why it is not is told by what
 * is put or waited for next. */
static bool is_there(struct outlet *o, const struct listed *file)
{
    struct error told_later;

    return file == NULL || file->put <= o->n_there ||
           outlet_wait(o, &told_later);
}

bool outlet_is(struct outlet *o, struct str path, struct str content)
{
    return is_there(o, outlet_find(o, path)) &&
           file_has(outlet_path(o, path), content);
}

bool outlet_read(struct outlet *o, struct str path, struct buf *out)
{
    const struct listed *file = outlet_find(o, path);
    struct error ignored;

    return file != NULL && !file->is_gone && is_there(o, file) &&
           file_read(outlet_path(o, path), out, &ignored) &&
           hash128_eq(hash128(buf_str(out)), file->hash);
}

bool outlet_is_intact(struct outlet *o, struct str path)
{
    const struct listed *file = outlet_find(o, path);
    struct hash128 now;

    return file != NULL && !file->is_gone && is_there(o, file) &&
           outlet_hash(outlet_path(o, path), &now) &&
           hash128_eq(now, file->hash);
}

/* True, and said, if PATH is another's file. */
static bool is_in_the_way(struct outlet *o, struct str path)
{
    struct error err;

    if (!o->options.is_shared || outlet_find(o, path) != NULL ||
        !outlet_has(o, path))
        return false;
    error_set(&err, ERR_FILE,
              "not replaced, since it was not feedmill that wrote it: move it "
              "away, or publish elsewhere");
    error_where(&err, outlet_shown(o, path).p);
    log_error(&err);
    o->n_refused++;
    return true;
}

static void flush_later(struct outlet *o, struct str folder)
{
    if (o->unflushed.n == 0 ||
        !str_eq(o->unflushed.at[o->unflushed.n - 1], folder))
        *vec_add(o->a, &o->unflushed) = arena_str(o->a, folder);
}

bool outlet_flush(struct outlet *o, struct error *err)
{
    while (o->unflushed.n > 0)
        if (!file_queue_flush_folder(
                o->queue, outlet_path(o, o->unflushed.at[--o->unflushed.n]),
                err))
            return false;
    return true;
}

bool outlet_wait(struct outlet *o, struct error *err)
{
    if (o->queue != NULL && !file_queue_wait(o->queue, err))
        return false;
    o->n_there = o->n_put;
    return true;
}

void outlet_close(struct outlet *o)
{
    file_queue_free(o->queue);
    o->queue = NULL;
}

static bool put_later(struct outlet *o, const struct listed *file,
                      struct str content, struct error *err)
{
    if (o->queue == NULL)
        o->queue = file_queue_new();
    if (!manifest_announce(o, file, err) ||
        !file_queue_put(o->queue, outlet_path(o, file->path), content, err))
        return false;
    o->n_put++;
    flush_later(o, folder_of(file->path));
    return true;
}

bool outlet_put(struct outlet *o, struct str path, struct str content,
                unsigned marks, bool *changed, struct error *err)
{
    struct listed file = {.path = path,
                          .hash = hash128(content),
                          .marks = marks & o->options.marks};
    struct listed *known;
    bool differs;

    if (changed != NULL)
        *changed = false;
    if (!enter_folder(o, path, err))
        return false;
    differs = !outlet_is(o, path, content);
    if (differs && is_in_the_way(o, path))
        return true;
    if (differs && !put_later(o, &file, content, err))
        return false;
    known = outlet_list(o, path);
    known->hash = file.hash;
    known->is_current = true;
    known->is_gone = false;
    if (differs) {
        known->marks |= file.marks;
        known->put = o->n_put;
    }
    if (changed != NULL)
        *changed = differs;
    return true;
}

bool outlet_keep_same(struct outlet *o, struct str path,
                      const struct hash128 *hash)
{
    struct listed *file = outlet_find(o, path);

    if (file == NULL || file->is_gone || !is_there(o, file) ||
        !outlet_has(o, path) ||
        (hash != NULL && !hash128_eq(file->hash, *hash)))
        return false;
    file->is_current = true;
    return true;
}

void outlet_keep(struct outlet *o, struct str prefix)
{
    for (size_t i = 0; i < o->files.n; i++)
        if (str_starts(o->files.at[i].path, prefix))
            o->files.at[i].is_current = true;
}

/* ---- what is left over ---------------------------------------------------- */

/* The folder of PATH and those around it, as far as they are empty. */
static void remove_folders(struct outlet *o, struct str path)
{
    for (struct str folder = folder_of(path); folder.n > 0;
         folder = folder_of(folder)) {
        const char *full = outlet_path(o, folder);

        file_sweep(full);
        if (!file_remove_dir(full))
            return;
    }
}

static void remove_file(struct outlet *o, struct listed *file)
{
    const char *full = outlet_path(o, file->path);
    struct str shown = outlet_shown(o, file->path);
    struct hash128 now;

    if (file_exists(full)) {
        if (!outlet_hash(full, &now) || !hash128_eq(now, file->hash)) {
            log_line("%.*s is published no more; it stays, since another hand "
                     "has changed it",
                     STR_ARG(shown));
        } else if (!file_remove(full)) {
            log_line("%.*s is published no more and cannot be removed",
                     STR_ARG(shown));
            return;
        } else {
            log_verbose("%.*s is published no more: removed", STR_ARG(shown));
            *vec_add(o->a, &o->removed) = file->path;
            file->is_gone = true;
            file->marks = o->options.marks & OUTLET_UNTOLD;
        }
    }
    file->is_dropped = !file->is_gone;
    remove_folders(o, file->path);
}

bool outlet_end(struct outlet *o, struct error *err)
{
    /* What is under way lies beside what is removed. */
    if (!outlet_flush(o, err) || !outlet_wait(o, err))
        return false;
    for (size_t i = 0; i < o->files.n; i++)
        if (!o->files.at[i].is_current && !o->files.at[i].is_gone)
            remove_file(o, &o->files.at[i]);
    return outlet_save(o, err);
}

struct hash128 outlet_stamp(const struct outlet *o)
{
    struct arena *a = arena_new(0);
    const struct listed **files;
    struct hash128 hash;
    struct buf b;
    size_t n;

    files = outlet_sorted(o, a, &n);
    buf_init(&b, BUF_MAX);
    for (size_t i = 0; i < n; i++) {
        int64_t facts[2] = {-1, -1};

        if (files[i]->is_gone)
            continue;
        (void)file_stat(outlet_path(o, files[i]->path), &facts[0], &facts[1]);
        buf_add_str(&b, files[i]->path);
        buf_add(&b, facts, sizeof facts);
    }
    hash = hash128(buf_str(&b));
    buf_done(&b);
    arena_free(a);
    return hash;
}

size_t outlet_refused(const struct outlet *o)
{
    return o->n_refused;
}

struct str outlet_removed(const struct outlet *o, size_t i)
{
    return i < o->removed.n ? o->removed.at[i] : STR_NONE;
}
