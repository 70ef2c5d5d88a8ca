/*
 * The manifest is a file of the folder it is about, so that it goes where the
 * folder goes.  It tells the mill by the hash of its id; every other line is the
 * hash of the bytes written, "-" when the file was removed, the letters of its
 * marks, if it has some, and the path:
 *
 *     feedmill-manifest 1
 *     mill 04ab...77
 *     9f2c...e1 news/atom.xml
 *     66d0...0b +t news/rss.xml
 *     - +t old/atom.xml
 *
 * A run adds a line to its end before it replaces a file, and writes the whole
 * anew when it is through.  A run that is killed between the two leaves two
 * lines for one path, and the file has the bytes of either: whichever it is, it
 * is ours.  In output/ an edition's place is never another's: what stands there is
 * replaced, listed or not.
 */
#include "mill/outlet.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"
#include "item/item.h"
#include "sys/file.h"
#include "sys/log.h"

#define MANIFEST      ".feedmill-manifest"
#define HEADER        "feedmill-manifest 1"
#define MILL_LINE     "mill "
#define MANIFEST_MAX  ((size_t)256 << 20)
#define PUBLISHED_MAX ((size_t)1 << 30)
#define HASH_DIGITS   32

static const struct {
    char letter;
    enum outlet_mark mark;
} letters[] = {{'t', OUTLET_UNTOLD}, {'p', OUTLET_UNPINGED}};

#define N_LETTERS (sizeof letters / sizeof letters[0])

struct listed {
    struct str path;
    struct hash128 hash; /* of the bytes that were written */
    unsigned marks;      /* enum outlet_mark */
    bool is_gone;        /* was removed */
    bool is_current;     /* put or kept in this run */
    bool is_dropped;     /* not there any more, or not ours */
};

struct outlet {
    struct arena *a;
    struct outlet_options options;
    VEC(struct listed) files;
    struct map by_path;        /* index in files */
    struct map folders;        /* made and swept in this run */
    VEC(struct str) unflushed; /* folders with new names in them */
    VEC(struct str) removed;
    size_t n_refused;
    bool is_anothers; /* the manifest is of another mill */
};

static const char *full_path(const struct outlet *o, struct str path)
{
    return arena_cat(o->a, o->options.dir, STR("/"), path).p;
}

struct str outlet_shown(const struct outlet *o, struct str path)
{
    return arena_cat(o->a, o->options.shown, path);
}

bool outlet_has(const struct outlet *o, struct str path)
{
    return file_exists(full_path(o, path));
}

/* ---- the manifest ------------------------------------------------------- */

static void add_hash(struct buf *out, struct hash128 hash)
{
    unsigned char bytes[HASH_DIGITS / 2];

    hash128_bytes(hash, bytes);
    for (size_t i = 0; i < sizeof bytes; i++)
        buf_printf(out, "%02x", bytes[i]);
}

static void add_head(const struct outlet *o, struct buf *out)
{
    buf_add_str(out, STR(HEADER "\n" MILL_LINE));
    add_hash(out, hash128(o->options.mill_id));
    buf_add_char(out, '\n');
}

static void add_line(struct buf *out, const struct listed *file)
{
    if (file->is_gone)
        buf_add_char(out, '-');
    else
        add_hash(out, file->hash);
    buf_add_char(out, ' ');
    if (file->marks != 0)
        buf_add_char(out, '+');
    for (size_t i = 0; i < N_LETTERS; i++)
        if (file->marks & letters[i].mark)
            buf_add_char(out, letters[i].letter);
    if (file->marks != 0)
        buf_add_char(out, ' ');
    buf_add_str(out, file->path);
    buf_add_char(out, '\n');
}

static bool read_hash(struct str digits, struct hash128 *out)
{
    return digits.n == HASH_DIGITS &&
           str_to_u64(str_slice(digits, 0, 16), 16, &out->high) &&
           str_to_u64(str_from(digits, 16), 16, &out->low);
}

/* A manifest that another hand has written does not lead out of the folder. */
static bool is_inside(struct str path)
{
    struct str part;

    if (path.n == 0 || path.p[0] == '/' || path.p[path.n - 1] == '/')
        return false;
    while (str_split(&path, '/', &part))
        if (part.n == 0 || part.p[0] == '.')
            return false;
    return true;
}

static struct listed *find(const struct outlet *o, struct str path)
{
    size_t *at = map_get(&o->by_path, path);

    return at == NULL ? NULL : &o->files.at[*at];
}

static struct listed *list(struct outlet *o, struct str path)
{
    struct listed *file = find(o, path);
    struct str kept;

    if (file != NULL)
        return file;
    kept = arena_str(o->a, path);
    *map_put(&o->by_path, kept, NULL) = o->files.n;
    file = vec_add(o->a, &o->files);
    file->path = kept;
    return file;
}

/* The hash of the file as it is on the disk; false when it cannot be read. */
static bool hash_of_file(const char *path, struct hash128 *out)
{
    struct error ignored;
    struct buf b;
    bool ok;

    buf_init(&b, PUBLISHED_MAX);
    ok = !file_is_dir(path) && file_read(path, &b, &ignored);
    if (ok)
        *out = hash128(buf_str(&b));
    buf_done(&b);
    return ok;
}

static unsigned read_marks(struct str word)
{
    unsigned marks = 0;

    for (size_t i = 0; i < N_LETTERS; i++)
        if (str_find_char(word, letters[i].letter, 0) != STR_NOT_FOUND)
            marks |= letters[i].mark;
    return marks;
}

/* One of two lines for a path tells which bytes the file has. */
static void take_listed(struct outlet *o, const struct listed *read)
{
    struct listed *known = find(o, read->path);
    struct hash128 now;
    unsigned marks;

    if (known == NULL) {
        known = list(o, read->path);
        known->hash = read->hash;
        known->is_gone = read->is_gone;
        known->marks = read->marks;
        return;
    }
    marks = known->marks | read->marks;
    if (known->is_gone || (hash_of_file(full_path(o, read->path), &now) &&
                           hash128_eq(now, read->hash))) {
        known->hash = read->hash;
        known->is_gone = false;
    }
    known->marks = marks;
}

/* A line that was torn when the power went says nothing. */
static void take_line(struct outlet *o, struct str line)
{
    struct listed read = {0};
    struct str rest = line, first, word;

    if (!str_split(&rest, ' ', &first))
        return;
    if (str_eq(first, STR("mill")) && read_hash(rest, &read.hash))
        o->is_anothers = !hash128_eq(read.hash, hash128(o->options.mill_id));
    read.is_gone = str_eq(first, STR("-"));
    if (!read.is_gone && !read_hash(first, &read.hash))
        return;
    if (str_starts(rest, STR("+")) && str_split(&rest, ' ', &word))
        read.marks = read_marks(word) & o->options.marks;
    read.path = rest;
    if (is_inside(read.path) && (!read.is_gone || read.marks != 0))
        take_listed(o, &read);
}

static bool load(struct outlet *o, struct error *err)
{
    const char *path = full_path(o, STR(MANIFEST));
    struct str text, line;
    struct buf b;
    bool ok = true;

    if (!file_exists(path))
        return true;
    buf_init(&b, MANIFEST_MAX);
    if (!file_read(path, &b, err)) {
        ok = false;
        goto done;
    }
    text = buf_str(&b);
    if (!str_split(&text, '\n', &line) || !str_eq(line, STR(HEADER))) {
        ok = error_set(err, ERR_FILE,
                       "no manifest that this feedmill knows: move it away, "
                       "and what was published earlier stays");
        error_where(err, path);
        goto done;
    }
    while (str_split(&text, '\n', &line))
        take_line(o, line);
    if (o->is_anothers && o->options.is_shared) {
        ok =
            error_set(err, ERR_CONFIG,
                      "another mill publishes to this folder (or this one had "
                      "another id): publish elsewhere, or move this file away");
        error_where(err, path);
    }

done:
    buf_done(&b);
    return ok;
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
    return load(o, err) ? o : NULL;
}

static int by_path(const void *x, const void *y)
{
    const struct listed *const *a = x, *const *b = y;

    return str_cmp((*a)->path, (*b)->path);
}

/* All that is to be remembered, by path, in A. */
static const struct listed **sorted(const struct outlet *o, struct arena *a,
                                    size_t *n)
{
    const struct listed **all = arena_array(a, o->files.n + 1, sizeof(void *));

    *n = 0;
    for (size_t i = 0; i < o->files.n; i++) {
        const struct listed *file = &o->files.at[i];

        if (!file->is_dropped && (!file->is_gone || file->marks != 0))
            all[(*n)++] = file;
    }
    if (*n > 0)
        qsort(all, *n, sizeof(void *), by_path);
    return all;
}

bool outlet_save(struct outlet *o, struct error *err)
{
    struct arena *a = arena_new(0);
    const struct listed **files;
    struct buf b;
    size_t n;
    bool ok;

    buf_init(&b, MANIFEST_MAX);
    add_head(o, &b);
    files = sorted(o, a, &n);
    for (size_t i = 0; i < n; i++)
        add_line(&b, files[i]);
    ok = file_replace(full_path(o, STR(MANIFEST)), buf_str(&b), NULL, err);
    buf_done(&b);
    arena_free(a);
    return ok;
}

bool outlet_listed(const struct outlet *o, struct str path,
                   struct hash128 *hash)
{
    const struct listed *file = find(o, path);

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

    files = sorted(o, a, &n);
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

    files = sorted(o, a, &n);
    for (size_t i = 0; i < n; i++)
        if (files[i]->marks & mark)
            *vec_add(a, &marked) = files[i]->path;
    return marked;
}

void outlet_unmark(struct outlet *o, struct str path, enum outlet_mark mark)
{
    struct listed *file = find(o, path);

    if (file != NULL)
        file->marks &= ~(unsigned)mark;
}

/* Lists FILE at the end of the manifest, which is made if need be. */
static bool announce(struct outlet *o, const struct listed *file,
                     struct error *err)
{
    const char *path = full_path(o, STR(MANIFEST));
    struct buf b;
    bool ok;

    buf_init(&b, BUF_MAX);
    if (!file_exists(path))
        add_head(o, &b);
    add_line(&b, file);
    ok = file_append(path, buf_str(&b), err);
    buf_done(&b);
    return ok;
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
    full = full_path(o, folder);
    if (!file_make_dir(full, 0755, err))
        return false;
    file_sweep(full);
    return true;
}

bool outlet_is(const struct outlet *o, struct str path, struct str content)
{
    return file_has(full_path(o, path), content);
}

bool outlet_is_intact(const struct outlet *o, struct str path)
{
    const struct listed *file = find(o, path);
    struct hash128 now;

    return file != NULL && !file->is_gone &&
           hash_of_file(full_path(o, path), &now) &&
           hash128_eq(now, file->hash);
}

/* True, and said, if PATH is another's file. */
static bool is_in_the_way(struct outlet *o, struct str path)
{
    struct error err;

    if (!o->options.is_shared || find(o, path) != NULL || !outlet_has(o, path))
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
        if (!file_flush_folder(full_path(o, o->unflushed.at[--o->unflushed.n]),
                               err))
            return false;
    return true;
}

bool outlet_put(struct outlet *o, struct str path, struct str content,
                unsigned marks, bool *changed, struct error *err)
{
    const char *full = full_path(o, path);
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
    if (differs && (!announce(o, &file, err) || !file_put(full, content, err)))
        return false;
    if (differs)
        flush_later(o, folder_of(path));
    known = list(o, path);
    known->hash = file.hash;
    known->is_current = true;
    known->is_gone = false;
    if (differs)
        known->marks |= file.marks;
    if (changed != NULL)
        *changed = differs;
    return true;
}

bool outlet_keep_same(struct outlet *o, struct str path,
                      const struct hash128 *hash)
{
    struct listed *file = find(o, path);

    if (file == NULL || file->is_gone || !outlet_has(o, path) ||
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
        const char *full = full_path(o, folder);

        file_sweep(full);
        if (!file_remove_dir(full))
            return;
    }
}

static void remove_file(struct outlet *o, struct listed *file)
{
    const char *full = full_path(o, file->path);
    struct str shown = outlet_shown(o, file->path);
    struct hash128 now;

    if (file_exists(full)) {
        if (!hash_of_file(full, &now) || !hash128_eq(now, file->hash)) {
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
    for (size_t i = 0; i < o->files.n; i++)
        if (!o->files.at[i].is_current && !o->files.at[i].is_gone)
            remove_file(o, &o->files.at[i]);
    return outlet_flush(o, err) && outlet_save(o, err);
}

struct hash128 outlet_stamp(const struct outlet *o)
{
    struct arena *a = arena_new(0);
    const struct listed **files;
    struct hash128 hash;
    struct buf b;
    size_t n;

    files = sorted(o, a, &n);
    buf_init(&b, BUF_MAX);
    for (size_t i = 0; i < n; i++) {
        int64_t facts[2] = {-1, -1};

        if (files[i]->is_gone)
            continue;
        (void)file_stat(full_path(o, files[i]->path), &facts[0], &facts[1]);
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
