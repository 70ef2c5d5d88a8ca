/*
 * A store that was lost, or was put back from an older copy, meets a folder with
 * archive documents that it does not know.  Readers may have those, so nothing
 * else may ever stand under their addresses: they stay as they were published,
 * and the archive goes on behind them, with the next number when the newest
 * cannot be read back (keep_recover.c).  The same goes for the newest
 * document that an older copy knows, since it has grown meanwhile.  A store that
 * is new to the topic lets the pages of days stay too.
 */
#include "mill/keep_files.h"

#include "base/arena.h"
#include "mill/output.h"

static bool adopt_file(struct keeping *k, struct str name, bool *found,
                       struct error *err)
{
    struct kept_file file = {.file = name};
    const struct kept_file *known = keep_find(&k->files, name);

    if (!output_listed(k->press, k->topic->id, name, &file.hash))
        return true;
    *found = true;
    if (known != NULL && !known->is_due && hash128_eq(known->hash, file.hash))
        return true;
    *keep_file(k, name) = file;
    return store_put_kept_file(k->press->store, k->topic->id, &file, err);
}

static bool adopt_archive(struct keeping *k, int64_t number, bool *found,
                          struct error *err)
{
    *found = false;
    return adopt_file(k, keep_archive_name(k->a, FORMAT_ATOM, number), found,
                      err) &&
           adopt_file(k, keep_archive_name(k->a, FORMAT_RSS, number), found,
                      err);
}

static bool adopt_days(struct keeping *k, struct error *err)
{
    struct strs files = output_files(k->press, k->a, k->topic->id);
    bool found;

    for (size_t i = 0; i < files.n; i++)
        if (keep_is_day(files.at[i]) &&
            !adopt_file(k, files.at[i], &found, err))
            return false;
    return true;
}

static bool has_archive(struct keeping *k, int64_t number)
{
    struct hash128 hash;

    return output_listed(k->press, k->topic->id,
                         keep_archive_name(k->a, FORMAT_ATOM, number), &hash) ||
           output_listed(k->press, k->topic->id,
                         keep_archive_name(k->a, FORMAT_RSS, number), &hash);
}

bool keep_adopt(struct keeping *k, struct error *err)
{
    int64_t recovered;
    bool found = true;

    if (k->files.n == 0 && !adopt_days(k, err))
        return false;
    if (!has_archive(k, k->number + 1))
        return true;
    if (k->number > 0 && !adopt_archive(k, k->number, &found, err))
        return false;
    if (k->number > 0 && !keep_recover(k, k->number, err))
        return false;
    while (found) {
        if (!adopt_archive(k, k->number + 1, &found, err) ||
            (found && !keep_recover(k, k->number + 1, err)))
            return false;
        k->number += found;
    }
    if (!store_newest_archive(k->press->store, k->topic->id, &recovered,
                              &k->count, err))
        return false;
    if (recovered == k->number)
        return true;
    k->adopted = k->number;
    k->count = k->topic->entries;
    return true;
}
