#include "store/sql_pack.h"

#include <assert.h>

#include "base/arena.h"
#include "sys/pack.h"

static struct str bytes_of(sqlite3_value *v)
{
    const char *p = sqlite3_value_blob(v);

    return str_of(p == NULL ? "" : p, (size_t)sqlite3_value_bytes(v));
}

static void give(sqlite3_context *context, struct str bytes)
{
    sqlite3_result_blob64(context, bytes.p, bytes.n, SQLITE_TRANSIENT);
}

static void sql_pack(sqlite3_context *context, int n, sqlite3_value **values)
{
    struct arena *a = arena_new(0);

    (void)n;
    give(context, pack_bytes(a, bytes_of(values[0])));
    arena_free(a);
}

static void sql_unpack(sqlite3_context *context, int n, sqlite3_value **values)
{
    sqlite3_int64 size = sqlite3_value_int64(values[1]);
    struct arena *a = arena_new(0);
    struct str bytes;

    (void)n;
    if (size >= 0 && pack_undo(a, bytes_of(values[0]), (size_t)size, &bytes))
        give(context, bytes);
    else
        sqlite3_result_error_code(context, SQLITE_CORRUPT);
    arena_free(a);
}

static void add(sqlite3 *db, const char *name, int n,
                void (*f)(sqlite3_context *, int, sqlite3_value **))
{
    int code = sqlite3_create_function_v2(
        db, name, n, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
        NULL, f, NULL, NULL, NULL);

    assert(code == SQLITE_OK);
    (void)code;
}

void sql_pack_register(sqlite3 *db)
{
    add(db, "pack", 1, sql_pack);
    add(db, "unpack", 2, sql_unpack);
}
