#ifndef MILL_MANIFEST_H
#define MILL_MANIFEST_H
/* The list of what an outlet holds, and the file that it is kept in; private to
 * outlet.c and manifest.c. */
#include "base/map.h"
#include "base/vec.h"
#include "mill/outlet.h"

struct buf;

struct listed {
    struct str path;
    struct hash128 hash; /* of the bytes that were written */
    unsigned marks;      /* enum outlet_mark */
    bool is_gone;        /* was removed */
    size_t put;          /* the how manyth one put in this run */
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
    struct file_queue *queue; /* NULL until something is put */
    size_t n_put, n_there; /* how many of them are sure to have their names */
    size_t n_refused;
    bool is_anothers; /* the manifest is of another mill */
};

/* The whole path of a file of the folder, in the outlet's arena. */
const char *outlet_path(const struct outlet *o, struct str path);
/* The line of the file, NULL without one; or made if need be. */
struct listed *outlet_find(const struct outlet *o, struct str path);
struct listed *outlet_list(struct outlet *o, struct str path);
/* All that is to be remembered, by path, in A. */
const struct listed **outlet_sorted(const struct outlet *o, struct arena *a,
                                    size_t *n);
/* The hash of the file as it is on the disk; false when it cannot be read. */
bool outlet_hash(const char *path, struct hash128 *out);

/* As outlet_open fails. */
MUST_CHECK bool manifest_read(struct outlet *o, struct error *err);
/* Lists FILE at the end of the manifest, which is made if need be. */
MUST_CHECK bool manifest_announce(struct outlet *o, const struct listed *file,
                                  struct error *err);
#endif
