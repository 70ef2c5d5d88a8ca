#ifndef UNIT_SCRATCH_H
#define UNIT_SCRATCH_H
/* A folder of a test's own below the working directory, gone when the test is.
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
    char root[16];
};

static inline void scratch_init(struct scratch *s)
{
    *s = (struct scratch){.a = arena_new(0), .root = "scratch-XXXXXX"};
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
