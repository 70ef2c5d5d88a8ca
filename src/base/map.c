#include "base/map.h"

#include "base/arena.h"
#include "base/hash.h"

void map_init(struct map *m, struct arena *a)
{
    *m = (struct map){.a = a};
}

static uint64_t hash_of(struct str key)
{
    uint64_t hash = hash64(key);

    return hash != 0 ? hash : 1;
}

static struct map_slot *find(const struct map *m, struct str key, uint64_t hash)
{
    size_t i = (size_t)hash & (m->cap - 1);

    while (m->slots[i].hash != 0 &&
           !(m->slots[i].hash == hash && str_eq(m->slots[i].key, key)))
        i = (i + 1) & (m->cap - 1);
    return &m->slots[i];
}

static void grow(struct map *m)
{
    struct map old = *m;

    m->cap = old.cap == 0 ? 16 : size_mul(old.cap, 2);
    m->slots = arena_array(m->a, m->cap, sizeof *m->slots);
    for (size_t i = 0; i < old.cap; i++)
        if (old.slots[i].hash != 0)
            *find(m, old.slots[i].key, old.slots[i].hash) = old.slots[i];
}

size_t *map_put(struct map *m, struct str key, bool *is_new)
{
    uint64_t hash = hash_of(key);
    struct map_slot *slot;

    if (m->n * 2 >= m->cap)
        grow(m);
    slot = find(m, key, hash);
    if (is_new != NULL)
        *is_new = slot->hash == 0;
    if (slot->hash == 0) {
        *slot = (struct map_slot){.key = key, .hash = hash};
        m->n++;
    }
    return &slot->value;
}

size_t *map_get(const struct map *m, struct str key)
{
    struct map_slot *slot;

    if (m->n == 0)
        return NULL;
    slot = find(m, key, hash_of(key));
    return slot->hash != 0 ? &slot->value : NULL;
}
