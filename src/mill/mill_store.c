#include "mill/mill_store.h"

#include "base/arena.h"
#include "base/buf.h"
#include "judge/judge.h"
#include "mill/outlet.h"
#include "store/store.h"
#include "sys/file.h"
#include "sys/lock.h"
#include "sys/log.h"

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

void mill_say_lost_store(struct arena *a, struct str root)
{
    struct str store = arena_cat(a, root, STR("/.feedmill/store.db"));
    struct str manifest = arena_cat(a, root, STR("/output/" OUTLET_MANIFEST));
    int64_t bytes, mtime_ns;

    if ((!file_stat(store.p, &bytes, &mtime_ns) || bytes == 0) &&
        file_exists(manifest.p))
        log_line("there is no store, though output/ was published from one: a "
                 "new one is begun (a copy, or its exported state, brings back "
                 "what it knew)");
}

bool mill_store_read(struct arena *a, struct str root, mill_reader *read,
                     void *ctx, struct buf *out, struct error *err)
{
    struct str path = arena_cat(a, root, STR("/.feedmill/store.db"));
    struct store *store = store_open_look(path.p, err);
    size_t before = out->n;
    bool ok;

    if (store != NULL) {
        store_use_judge(store, &story_judge);
        ok = read(ctx, a, store, out, err) && store_look_holds(store);
        store_close(store);
        if (ok)
            return true;
        out->n = before;
    }
    store = mill_store_open(a, root, true, err);
    ok = store != NULL && read(ctx, a, store, out, err);
    store_close(store);
    return ok;
}

struct str mill_spool_folder(struct arena *a, struct str root)
{
    struct str dir = arena_cat(a, root, STR("/.feedmill"));

    return file_is_dir(dir.p) ? dir : STR("/tmp");
}

struct lock *mill_lock(struct arena *a, struct str root, struct error *err)
{
    struct str dir = arena_cat(a, root, STR("/.feedmill"));
    struct str path = arena_cat(a, dir, STR("/lock"));

    if (!file_make_dir(dir.p, 0700, err))
        return NULL;
    return lock_take(path.p, err);
}

struct lock *mill_edit_lock(struct arena *a, struct str root, struct error *err)
{
    struct str dir = arena_cat(a, root, STR("/.feedmill"));
    struct str path = arena_cat(a, dir, STR("/edit.lock"));

    if (!file_make_dir(dir.p, 0700, err))
        return NULL;
    return lock_wait(path.p, err);
}
