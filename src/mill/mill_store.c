#include "mill/mill_store.h"

#include "base/arena.h"
#include "judge/judge.h"
#include "store/store.h"
#include "sys/file.h"
#include "sys/lock.h"

struct store *mill_store_open(struct arena *a, struct str root, bool is_copy,
                              struct error *err)
{
    struct str path = arena_cat(a, root, STR("/.feedmill/store.db"));
    struct store *s =
        is_copy ? store_open_copy(path.p, err) : store_open(path.p, err);

    if (s != NULL)
        store_use_judge(s, &story_judge);
    return s;
}

struct lock *mill_lock(struct arena *a, struct str root, struct error *err)
{
    struct str dir = arena_cat(a, root, STR("/.feedmill"));
    struct str path = arena_cat(a, dir, STR("/lock"));

    if (!file_make_dir(dir.p, 0700, err))
        return NULL;
    return lock_take(path.p, err);
}
