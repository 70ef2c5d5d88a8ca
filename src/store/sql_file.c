/*
 * SQLite writes its log as the header of a frame, the page, the next header, and a
 * checkpoint page after page: two calls for each page and two, each of which costs as
 * much as the copying.  Here writes that continue each other wait in a buffer until it
 * is full, or something else is done with the file that could tell the difference.
 *
 * What others see is the same.  A frame counts once the log's index says so, and a
 * page in the database once the index says that it was copied; with synchronous=FULL
 * both files are flushed before (sqlite.org/walformat.html), and that empties the
 * buffer.  So does giving up a lock: what a transaction that was undone has left there
 * must not be written when the log is another's.  What a crash loses of it had been
 * written by nobody's word.
 */
#include "store/sql_file.h"

#include <sqlite3.h>
#include <string.h>

#define NAME        "feedmill"
#define ROOM        (64 << 10)
#define FILES_OF_US (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)

/* The file of SQLite's own lies behind it in memory. */
struct held {
    sqlite3_file base;
    struct held *log; /* of a database, while it is open; NULL: none */
    struct held *of;  /* the database that a log is of */
    sqlite3_int64 at; /* where the first of the N bytes belongs */
    int n;
    char *bytes; /* ROOM of them; NULL before the first write */
};

static sqlite3_file *real_of(sqlite3_file *f)
{
    return (sqlite3_file *)((struct held *)f + 1);
}

static int flush(sqlite3_file *f)
{
    struct held *h = (struct held *)f;
    sqlite3_file *real = real_of(f);
    int n = h->n;

    h->n = 0;
    return n == 0 ? SQLITE_OK
                  : real->pMethods->xWrite(real, h->bytes, n, h->at);
}

static int write_held(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
    struct held *h = (struct held *)f;
    sqlite3_file *real = real_of(f);
    int code = SQLITE_OK;

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

/* A lock that is given up, or the log's index that says more: others may look. */
static int flush_all(sqlite3_file *f)
{
    struct held *log = ((struct held *)f)->log;
    int code = log == NULL ? SQLITE_OK : flush(&log->base), own = flush(f);

    return code != SQLITE_OK ? code : own;
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

static int lock_held(sqlite3_file *f, int lock)
{
    sqlite3_file *real = real_of(f);

    return real->pMethods->xLock(real, lock);
}

static int unlock_held(sqlite3_file *f, int lock)
{
    sqlite3_file *real = real_of(f);
    int code = flush(f);

    return code != SQLITE_OK ? code : real->pMethods->xUnlock(real, lock);
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
    sqlite3_file *real = real_of(f);
    int code = flush_all(f);

    return code != SQLITE_OK ? code
                             : real->pMethods->xShmLock(real, at, n, flags);
}

static void shm_barrier(sqlite3_file *f)
{
    sqlite3_file *real = real_of(f);

    (void)flush_all(
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
    .xLock = lock_held,
    .xUnlock = unlock_held,
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
