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
 * is ours.
 */
#include "mill/manifest.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "sys/file.h"

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

struct listed *outlet_find(const struct outlet *o, struct str path)
{
    size_t *at = map_get(&o->by_path, path);

    return at == NULL ? NULL : &o->files.at[*at];
}

struct listed *outlet_list(struct outlet *o, struct str path)
{
    struct listed *file = outlet_find(o, path);
    struct str kept;

    if (file != NULL)
        return file;
    kept = arena_str(o->a, path);
    *map_put(&o->by_path, kept, NULL) = o->files.n;
    file = vec_add(o->a, &o->files);
    file->path = kept;
    return file;
}

bool outlet_hash(const char *path, struct hash128 *out)
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
    struct listed *known = outlet_find(o, read->path);
    struct hash128 now;
    unsigned marks;

    if (known == NULL) {
        known = outlet_list(o, read->path);
        known->hash = read->hash;
        known->is_gone = read->is_gone;
        known->marks = read->marks;
        return;
    }
    marks = known->marks | read->marks;
    if (known->is_gone || (outlet_hash(outlet_path(o, read->path), &now) &&
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

bool manifest_read(struct outlet *o, struct error *err)
{
    const char *path = outlet_path(o, STR(OUTLET_MANIFEST));
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

static int by_path(const void *x, const void *y)
{
    const struct listed *const *a = x, *const *b = y;

    return str_cmp((*a)->path, (*b)->path);
}

const struct listed **outlet_sorted(const struct outlet *o, struct arena *a,
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
    files = outlet_sorted(o, a, &n);
    for (size_t i = 0; i < n; i++)
        add_line(&b, files[i]);
    ok = file_replace(outlet_path(o, STR(OUTLET_MANIFEST)), buf_str(&b), NULL,
                      err);
    buf_done(&b);
    arena_free(a);
    return ok;
}

bool manifest_announce(struct outlet *o, const struct listed *file,
                       struct error *err)
{
    const char *path = outlet_path(o, STR(OUTLET_MANIFEST));
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
