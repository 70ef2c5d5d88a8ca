#include "mill/mill_store.h"

#include "base/arena.h"
#include "judge/judge.h"
#include "store/store.h"

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
