/*
 * Opening looks at the file before SQLite does: a store of a newer feedmill, or
 * a file that is no store, must stay as it is byte for byte, and SQLite would
 * already make a log beside it.  The header of the file lags behind while a
 * write-ahead log holds a migration; so each migration ends with a checkpoint,
 * and the version is asked again through SQLite, where a newer one closes the
 * file without a checkpoint.
 */
#include "store/store_query.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "store/migration.h"
#include "store/sql_pack.h"
#include "store/store_found.h"
#include "store/store_item.h"
#include "store/store_lists.h"
#include "store/store_members.h"
#include "store/store_press.h"
#include "store/store_shingles.h"
#include "sys/file.h"
#include "sys/squeeze.h"

#define APPLICATION_ID 0x66646D6Cu /* "fdml" */
#define HEADER_BYTES   100
#define BUSY_MS        5000
#define RUNS_SINCE     35 /* the version that has runs, and none yet */
#define VERSION_AT     60
#define APPLICATION_AT 68

/* ---- before SQLite ----------------------------------------------------- */

static uint32_t big_endian(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 |
           p[3];
}

static bool refuse_newer(int64_t version, const char *path, struct error *err)
{
    error_set(err, ERR_STORE,
              "made by a newer feedmill (version %lld of the store; this "
              "program knows up to %d)",
              (long long)version, n_migrations);
    error_where(err, path);
    return false;
}

static bool refuse_foreign(const char *path, struct error *err)
{
    error_set(err, ERR_STORE,
              "this is no store of feedmill: restore a copy, or move it away");
    error_where(err, path);
    return false;
}

/* A missing or empty file is fine, it will be made.  (SQLite's file format,
 * 1.3: the header; application_id 0 is a file whose making was interrupted.) */
static bool header_is_ours(const char *path, struct error *err)
{
    static const char magic[16] = "SQLite format 3";
    unsigned char head[HEADER_BYTES];
    FILE *f = fopen(path, "rb");
    uint32_t application, version;
    size_t n;

    if (f == NULL && errno == ENOENT)
        return true;
    if (f == NULL) {
        error_set(err, ERR_STORE, "cannot open: %s", strerror(errno));
        error_where(err, path);
        return false;
    }
    n = fread(head, 1, sizeof head, f);
    fclose(f);
    if (n == 0)
        return true;
    if (n < sizeof head || memcmp(head, magic, sizeof magic) != 0)
        return refuse_foreign(path, err);
    application = big_endian(head + APPLICATION_AT);
    version = big_endian(head + VERSION_AT);
    if (application != APPLICATION_ID && (application != 0 || version != 0))
        return refuse_foreign(path, err);
    if (version > (uint32_t)n_migrations)
        return refuse_newer(version, path, err);
    return true;
}

/* ---- opening ----------------------------------------------------------- */

static bool execute(struct store *s, const char *sql, struct error *err)
{
    return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
           store_fail(s, err);
}

static bool ask_int(struct store *s, const char *sql, int64_t *out,
                    struct error *err)
{
    struct query q;
    bool has;

    return query_start(&q, s, sql, err) && query_int(&q, out, &has, err);
}

static bool version_is_known(struct store *s, int64_t *version,
                             struct error *err)
{
    int64_t tables = 0;

    if (!ask_int(s, "PRAGMA user_version", version, err) ||
        !ask_int(s, "SELECT count(*) FROM sqlite_schema", &tables, err))
        return false;
    if (*version < 0 || (*version == 0 && tables > 0))
        return refuse_foreign(s->path, err);
    if (*version <= n_migrations)
        return true;
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    return refuse_newer(*version, s->path, err);
}

static bool migrate(struct store *s, int64_t version, struct error *err)
{
    if (version == n_migrations)
        return true;
    sql_pack_register(s->db);
    if (!execute(s, "BEGIN EXCLUSIVE", err))
        return false;
    for (; version < n_migrations; version++) {
        int64_t now = 0;

        if (!execute(s, migrations[version].sql, err) ||
            !ask_int(s, "PRAGMA user_version", &now, err) ||
            (now == RUNS_SINCE && !near_fill(s, false, err))) {
            store_rollback(s);
            return false;
        }
        assert(now == version + 1);
    }
    return execute(s, "COMMIT", err) &&
           execute(s, "PRAGMA wal_checkpoint(TRUNCATE)", err);
}

/*
 * synchronous=FULL flushes the log at every commit: what a run reported as
 * stored survives a power cut.  The schema is trusted no more than the rows: a
 * store may have been handed on.  The log may grow to 16 MB before its pages are
 * copied into the file, four times the default: a first fetch of 20,000 items
 * then spends 0.95 s in its commits and not 1.3.  Pages that are free are not
 * written over with zeros, as Debian's SQLite does for the sake of secrets.
 */
static bool set_up(struct store *s, struct error *err)
{
    int64_t version = 0;

    sqlite3_busy_timeout(s->db, BUSY_MS);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    return version_is_known(s, &version, err) &&
           execute(s,
                   "PRAGMA journal_mode = WAL;"
                   "PRAGMA synchronous = FULL;"
                   "PRAGMA foreign_keys = ON;"
                   "PRAGMA secure_delete = FAST;"
                   "PRAGMA temp_store = MEMORY;"
                   "PRAGMA cache_size = -8000;"
                   "PRAGMA wal_autocheckpoint = 4000;",
                   err) &&
           migrate(s, version, err);
}

static struct store *new_store(const char *path)
{
    struct store *s = heap_alloc(sizeof *s);
    struct str name = str_from_c(path);

    s->path = heap_alloc(name.n + 1);
    memcpy(s->path, name.p, name.n);
    s->put = arena_new(0);
    s->seen = document_seen_new();
    s->terms = lists_new();
    s->shingles = shingles_new();
    s->members = members_new();
    s->found = found_new();
    s->squeezer = squeezer_new();
    return s;
}

/* SQLite counts what it takes otherwise, under a lock: a tenth of the time that its
 * memory costs.  Of use before it is asked for anything, refused later. */
static void count_no_memory(void)
{
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static bool open_database(struct store *s, const char *path, int flags,
                          struct error *err)
{
    int code;

    count_no_memory();
    code = sqlite3_open_v2(path, &s->db, flags | SQLITE_OPEN_NOMUTEX, NULL);

    if (s->db != NULL) {
        sqlite3_extended_result_codes(s->db, 1);
        press_watch(s);
    }
    return code == SQLITE_OK || store_fail(s, err);
}

struct store *store_open(const char *path, struct error *err)
{
    struct store *s;

    if (!header_is_ours(path, err))
        return NULL;
    s = new_store(path);
    if (!open_database(s, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                       err) ||
        !set_up(s, err)) {
        store_close(s);
        return NULL;
    }
    return s;
}

/* PATH as an URI for SQLite. */
static struct str uri_of(struct arena *a, const char *path, bool is_immutable)
{
    struct buf uri;
    struct str kept;

    buf_init(&uri, BUF_MAX);
    buf_add_str(&uri, STR("file:"));
    for (const char *p = path; *p != '\0'; p++) {
        if (*p == '?' || *p == '#' || *p == '%')
            buf_printf(&uri, "%%%02X", (unsigned)(unsigned char)*p);
        else
            buf_add_char(&uri, *p);
    }
    buf_add_str(&uri, STR("?mode=ro"));
    if (is_immutable)
        buf_add_str(&uri, STR("&immutable=1"));
    kept = buf_keep(&uri, a);
    buf_done(&uri);
    return kept;
}

/* All pages of the store at PATH into S, which is in memory. */
static bool copy_pages(struct store *s, const char *path, bool is_immutable,
                       struct error *err)
{
    struct store *from = new_store(path);
    sqlite3_backup *backup = NULL;
    bool ok = false;

    if (!open_database(from, uri_of(from->put, path, is_immutable).p,
                       SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, err))
        goto done;
    sqlite3_busy_timeout(from->db, BUSY_MS);
    backup = sqlite3_backup_init(s->db, "main", from->db, "main");
    if (backup != NULL)
        sqlite3_backup_step(backup, -1);
    ok = backup != NULL && sqlite3_backup_finish(backup) == SQLITE_OK;
    if (!ok)
        store_fail(s, err);

done:
    store_close(from);
    return ok;
}

static const char *log_of(struct arena *a, const char *path)
{
    return arena_cat(a, str_from_c(path), STR("-wal")).p;
}

/*
 * Even a reader of a store in WAL mode makes a log and its index beside it,
 * unless it is told that the file will not change.  Without a log that is so,
 * but for a run that begins just now; after that one the copy is made again.
 */
static bool copy_store(struct store *s, const char *path, struct error *err)
{
    const char *log = log_of(s->put, path);
    int64_t bytes, mtime, bytes_after, mtime_after;

    if (!file_stat(path, &bytes, &mtime) || bytes == 0)
        return true;
    if (!file_exists(log)) {
        if (!copy_pages(s, path, true, err))
            return false;
        if (!file_exists(log) && file_stat(path, &bytes_after, &mtime_after) &&
            bytes_after == bytes && mtime_after == mtime)
            return true;
    }
    return copy_pages(s, path, false, err);
}

struct store *store_open_copy(const char *path, struct error *err)
{
    struct store *s;

    if (!header_is_ours(path, err))
        return NULL;
    s = new_store(path);
    if (!open_database(
            s, ":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err) ||
        !copy_store(s, path, err) || !set_up(s, err)) {
        store_close(s);
        return NULL;
    }
    return s;
}

/* ---- looking where it lies ------------------------------------------------ */

/*
 * With a log, the reader's snapshot is SQLite's own.  Without one the file is
 * said not to change (see copy_store), so nothing is made beside it; a run that
 * begins meanwhile makes a log, and may move it into the file while we read:
 * then what we saw, good or damaged, does not count.
 */
static bool set_up_look(struct store *s, struct error *err)
{
    int64_t version = 0;

    sqlite3_busy_timeout(s->db, BUSY_MS);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    if (!execute(s,
                 "PRAGMA temp_store = MEMORY;"
                 "PRAGMA cache_size = -8000;"
                 "BEGIN",
                 err) ||
        !version_is_known(s, &version, err))
        return false;
    return version == n_migrations ||
           error_set(err, ERR_STORE, "the store wants migrations");
}

struct store *store_open_look(const char *path, struct error *err)
{
    struct store *s;
    bool has_log;

    if (!header_is_ours(path, err))
        return NULL;
    s = new_store(path);
    has_log = file_exists(log_of(s->put, path));
    error_set(err, ERR_STORE, "there is no store");
    if ((has_log || (file_stat(path, &s->seen_bytes, &s->seen_mtime) &&
                     s->seen_bytes > 0)) &&
        open_database(s, uri_of(s->put, path, !has_log).p,
                      SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, err) &&
        set_up_look(s, err))
        return s;
    store_close(s);
    return NULL;
}

bool store_look_holds(const struct store *s)
{
    int64_t bytes, mtime;
    struct arena *a;
    bool has_log;

    if (s->seen_bytes == 0)
        return true;
    a = arena_new(0);
    has_log = file_exists(log_of(a, s->path));
    arena_free(a);
    return !has_log && file_stat(s->path, &bytes, &mtime) &&
           bytes == s->seen_bytes && mtime == s->seen_mtime;
}

void store_use_judge(struct store *s, const struct story_judge *j)
{
    s->judge = j;
}

void store_close(struct store *s)
{
    if (s == NULL)
        return;
    for (size_t i = 0; i < QUERIES_MAX; i++)
        sqlite3_finalize(s->cache[i].stmt);
    sqlite3_close(s->db);
    arena_free(s->put);
    document_seen_free(s->seen);
    lists_free(s->terms);
    shingles_free(s->shingles);
    members_free(s->members);
    found_free(s->found);
    squeezer_free(s->squeezer);
    free(s->unranked.at);
    free(s->spare.at);
    reports_forget(s);
    free(s->waiting.at);
    free(s->path);
    free(s);
}

/* ---- transactions ------------------------------------------------------ */

static bool run_fixed(struct store *s, const char *sql, struct error *err)
{
    struct query q;

    return query_start(&q, s, sql, err) && query_run(&q, err);
}

bool store_begin(struct store *s, struct error *err)
{
    static const char sql[] = "BEGIN IMMEDIATE";

    document_seen_reset(s->seen);
    s->press_known = PRESS_UNKNOWN;
    return run_fixed(s, sql, err);
}

static void forget(struct store *s)
{
    lists_forget(s->terms);
    shingles_forget(s->shingles);
    members_forget(s);
}

void store_rest(struct store *s)
{
    assert(sqlite3_get_autocommit(s->db));
    forget(s);
}

/* SQLite undoes the whole transaction by itself when the disk is full or the
 * file damaged; then there is nothing left to commit. */
bool store_commit(struct store *s, struct error *err)
{
    static const char sql[] = "COMMIT";

    if (sqlite3_get_autocommit(s->db)) {
        error_set(err, ERR_STORE,
                  "the transaction was undone after an earlier failure");
        error_where(err, s->path);
        return false;
    }
    if (reports_settle(s, 0, err) && stories_drop_spare(s, err) &&
        stories_rank(s, err) && press_forget(s, err) && lists_write(s, err) &&
        shingles_write(s, err) && run_fixed(s, sql, err))
        return true;
    store_rollback(s);
    return false;
}

void store_rollback(struct store *s)
{
    static const char sql[] = "ROLLBACK";
    struct error ignored;

    s->undone++;
    s->unranked.n = s->spare.n = 0;
    reports_forget(s);
    document_seen_reset(s->seen);
    forget(s);
    if (!sqlite3_get_autocommit(s->db) && !run_fixed(s, sql, &ignored))
        return; /* what cannot be undone is undone when the store is closed */
}

bool store_next_document(struct store *s, struct error *err)
{
    document_seen_reset(s->seen);
    return lists_trim(s, err);
}

bool own_begin(struct own *own, struct store *s, struct error *err)
{
    own->is_own = sqlite3_get_autocommit(s->db) != 0;
    return !own->is_own || store_begin(s, err);
}

bool own_end(struct own *own, struct store *s, bool ok, struct error *err)
{
    if (!own->is_own)
        return ok;
    if (ok)
        return store_commit(s, err);
    store_rollback(s);
    return false;
}
