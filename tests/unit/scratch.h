#ifndef UNIT_SCRATCH_H
#define UNIT_SCRATCH_H
/* A folder of a test's own, gone when the test is: in memory where the system
 * has such a place, since tests flush a lot and some disks take their time, else
 * below the working directory.
 *
 *     struct scratch dir;
 *     scratch_init(&dir);
 *     file_replace(scratch_path(&dir, "a"), ...);
 *     scratch_done(&dir);
 */
#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

struct scratch {
    struct arena *a;
    char *root;
};

static inline void scratch_init(struct scratch *s)
{
    static const char memory[] = "/dev/shm/scratch-XXXXXX";
    static const char here[] = "scratch-XXXXXX";

    s->a = arena_new(0);
    s->root = arena_alloc(s->a, sizeof memory);
    memcpy(s->root, memory, sizeof memory);
    if (mkdtemp(s->root) != NULL)
        return;
    memcpy(s->root, here, sizeof here);
    ck_assert_ptr_nonnull(mkdtemp(s->root));
}

/* ROOT/NAME; holds until scratch_done. */
static inline const char *scratch_path(struct scratch *s, const char *name)
{
    return arena_printf(s->a, "%s/%s", s->root, name).p;
}

/* Empties and removes the folder, eight levels deep. */
static inline void scratch_clear(struct scratch *s, const char *folder,
                                 int depth)
{
    DIR *dir = opendir(folder);
    struct dirent *e;

    if (dir == NULL)
        return;
    while ((e = readdir(dir)) != NULL) {
        const char *path = arena_printf(s->a, "%s/%s", folder, e->d_name).p;

        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        if (unlink(path) != 0 && depth < 8)
            scratch_clear(s, path, depth + 1);
    }
    closedir(dir);
    rmdir(folder);
}

static inline void scratch_done(struct scratch *s)
{
    scratch_clear(s, s->root, 0);
    arena_free(s->a);
}
#endif
