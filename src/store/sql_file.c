/*
 * SQLite writes its log as the header of a frame, the page, the next header: two calls
 * for each page, each of which costs as much as the copying.  Here writes to the log
 * that continue each other wait in a buffer until it is full, or something else is done
 * with the file that could tell the difference.
 *
 * What others see is the same.  A frame counts once the log's index says so; with
 * synchronous=FULL the log is flushed before (sqlite.org/walformat.html), and that
 * empties the buffer.  So does giving up a lock: what a transaction that was undone has
 * left there must not be written when the log is another's.  What a crash loses of it
 * had been written by nobody's word.
 *
 * The database's pages do not wait: a checkpoint that a reader keeps from the newest
 * frames counts what it has copied and flushes nothing.
 */
#include "store/sql_file.h"

#include <sqlite3.h>
#include <string.h>

#define NAME        "feedmill"
#define ROOM        (64 << 10)
#define FILES_OF_US (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)

/* A database, of which nothing waits, or a log.  The file of SQLite's own lies behind
 * it in memory. */
struct held {
    sqlite3_file base;
    struct held *log; /* of a database, while it is open; NULL: none */
    struct held *of;  /* the database that a log is of; NULL: it is none */
    sqlite3_int64 at; /* where the first of the N bytes belongs */
    int n;
    char *bytes; /* ROOM of them; NULL before the first write */
};

static sqlite3_file *real_of(sqlite3_file *f)
{
    return (sqlite3_file *)((struct held *)f + 1);
}

/* What the system did not take waits on. */
static int flush(sqlite3_file *f)
{
    struct held *h = (struct held *)f;
    sqlite3_file *real = real_of(f);
    int code = h->n == 0 ? SQLITE_OK
                         : real->pMethods->xWrite(real, h->bytes, h->n, h->at);

    if (code == SQLITE_OK)
        h->n = 0;
    return code;
}

static int write_held(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
    struct held *h = (struct held *)f;
    sqlite3_file *real = real_of(f);
    int code = SQLITE_OK;

    if (h->of == NULL)
        return real->pMethods->xWrite(real, p, n, at);
    if (h->bytes == NULL && (h->bytes = sqlite3_malloc(ROOM)) == NULL)
        return SQLITE_NOMEM;
    if (at != h->at + h->n || n > ROOM - h->n)
        code = flush(f);
    if (code != SQLITE_OK || n > ROOM)
        return code != SQLITE_OK ? code
                                 : real->pMethods->xWrite(real, p, n, at);
    if (h->n == 0)
        h->at = at;
    memcpy(h->bytes + h->n, p, (size_t)n);
    h->n += n;
    return SQLITE_OK;
}

static int read_held(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
    struct held *h = (struct held *)f;
    sqlite3_file *real = real_of(f);

    /* What waits behind the file's end would make it longer: a short read is one that
     * ends where the buffer begins, or behind it. */
    if (h->n > 0 && at + n > h->at) {
        int code = flush(f);

        if (code != SQLITE_OK)
            return code;
    }
    return real->pMethods->xRead(real, p, n, at);
}

static int close_held(sqlite3_file *f)
{
    sqlite3_file *real = real_of(f);
    int code = flush(f), closed = real->pMethods->xClose(real);
    struct held *h = (struct held *)f;

    if (h->of != NULL)
        h->of->log = NULL;
    sqlite3_free(h->bytes);
    return code != SQLITE_OK ? code : closed;
}

/* Of the log of a database: others may look. */
static int flush_log(sqlite3_file *f)
{
    struct held *log = ((struct held *)f)->log;

    return log == NULL ? SQLITE_OK : flush(&log->base);
}

/* ---- what is handed on ---------------------------------------------------------- */

static int truncate_held(sqlite3_file *f, sqlite3_int64 size)
{
    sqlite3_file *real = real_of(f);
    int code = flush(f);

    return code != SQLITE_OK ? code : real->pMethods->xTruncate(real, size);
}

static int sync_held(sqlite3_file *f, int flags)
{
    sqlite3_file *real = real_of(f);
    int code = flush(f);

    return code != SQLITE_OK ? code : real->pMethods->xSync(real, flags);
}

static int size_held(sqlite3_file *f, sqlite3_int64 *size)
{
    sqlite3_file *real = real_of(f);
    int code = flush(f);

    return code != SQLITE_OK ? code : real->pMethods->xFileSize(real, size);
}

static int lock_file(sqlite3_file *f, int lock)
{
    sqlite3_file *real = real_of(f);

    return real->pMethods->xLock(real, lock);
}

static int unlock_file(sqlite3_file *f, int lock)
{
    sqlite3_file *real = real_of(f);

    return real->pMethods->xUnlock(real, lock);
}

static int check_lock(sqlite3_file *f, int *out)
{
    sqlite3_file *real = real_of(f);

    return real->pMethods->xCheckReservedLock(real, out);
}

static int control(sqlite3_file *f, int op, void *arg)
{
    sqlite3_file *real = real_of(f);

    return real->pMethods->xFileControl(real, op, arg);
}

static int sector_size(sqlite3_file *f)
{
    sqlite3_file *real = real_of(f);

    return real->pMethods->xSectorSize(real);
}

static int characteristics(sqlite3_file *f)
{
    sqlite3_file *real = real_of(f);

    return real->pMethods->xDeviceCharacteristics(real);
}

static int shm_map(sqlite3_file *f, int page, int size, int extend,
                   void volatile **out)
{
    sqlite3_file *real = real_of(f);

    return real->pMethods->xShmMap(real, page, size, extend, out);
}

static int shm_lock(sqlite3_file *f, int at, int n, int flags)
{
    struct held *log = ((struct held *)f)->log;
    sqlite3_file *real = real_of(f);
    int code = flush_log(f);

    /* It is given up though there is no room for what waits: nothing of that was
     * committed. */
    if (code != SQLITE_OK && (flags & SQLITE_SHM_UNLOCK) != 0) {
        log->n = 0;
        code = SQLITE_OK;
    }
    return code != SQLITE_OK ? code
                             : real->pMethods->xShmLock(real, at, n, flags);
}

static void shm_barrier(sqlite3_file *f)
{
    sqlite3_file *real = real_of(f);

    (void)flush_log(
        f); /* nothing waits: the log was flushed before its index */
    real->pMethods->xShmBarrier(real);
}

static int shm_unmap(sqlite3_file *f, int is_last)
{
    sqlite3_file *real = real_of(f);

    return real->pMethods->xShmUnmap(real, is_last);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = close_held,
    .xRead = read_held,
    .xWrite = write_held,
    .xTruncate = truncate_held,
    .xSync = sync_held,
    .xFileSize = size_held,
    .xLock = lock_file,
    .xUnlock = unlock_file,
    .xCheckReservedLock = check_lock,
    .xFileControl = control,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
    .xShmMap = shm_map,
    .xShmLock = shm_lock,
    .xShmBarrier = shm_barrier,
    .xShmUnmap = shm_unmap,
};

/* ---- opening -------------------------------------------------------------------- */

static int open_held(sqlite3_vfs *vfs, const char *name, sqlite3_file *f,
                     int flags, int *out_flags)
{
    sqlite3_vfs *own = sqlite3_vfs_find(NULL);
    struct held *h = (struct held *)f;
    int code;

    (void)vfs;
    if ((flags & FILES_OF_US) == 0)
        return own->xOpen(own, name, f, flags, out_flags);
    memset(h, 0, sizeof *h);
    code = own->xOpen(own, name, real_of(f), flags, out_flags);
    if (code == SQLITE_OK && (flags & SQLITE_OPEN_WAL) != 0) {
        h->of = (struct held *)sqlite3_database_file_object(name);
        h->of->log = h;
    }
    /* Also one that could not be opened may want closing. */
    f->pMethods = real_of(f)->pMethods == NULL ? NULL : &methods;
    return code;
}

const char *sql_file_vfs(void)
{
    static sqlite3_vfs vfs; /* SQLite keeps it */
    const sqlite3_vfs *own = sqlite3_vfs_find(NULL);

    if (own == NULL)
        return NULL;
    if (vfs.zName == NULL) {
        vfs = *own;
        vfs.zName = NAME;
        vfs.pNext = NULL;
        vfs.szOsFile += (int)sizeof(struct held);
        vfs.xOpen = open_held;
        if (sqlite3_vfs_register(&vfs, 0) != SQLITE_OK)
            return NULL;
    }
    return NAME;
}
