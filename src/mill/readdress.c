#include "mill/readdress.h"

#include "base/arena.h"
#include "item/source.h"
#include "store/store.h"

bool mill_readdress(const struct mill_config *mill, struct store *store,
                    struct error *err)
{
    struct arena *a = arena_new_small();
    struct moved_source *moved;
    size_t n;
    bool ok = store_moved_sources(store, a, &moved, &n, err);

    for (size_t i = 0; ok && i < n; i++) {
        if (source_by_id(mill, moved[i].id) == NULL &&
            source_by_id(mill, moved[i].address) != NULL)
            ok = store_readdress(store, &moved[i], err);
    }
    arena_free(a);
    return ok;
}
