#ifndef MILL_OUTLET_H
#define MILL_OUTLET_H
/*
 * A folder that editions are published to, and its manifest: the list of files
 * that feedmill wrote there.  Only what is listed is ever removed, and of that
 * only what still has the bytes that were written.  Paths are relative to the
 * folder, with '/' between their parts.
 */
#include "base/error.h"
#include "base/hash.h"
#include "base/str.h"

struct arena;
struct buf;
struct outlet;
struct strs;

#define OUTLET_MANIFEST ".feedmill-manifest"

/* Who is still to be told that a file is another one, or gone. */
enum outlet_mark {
    OUTLET_UNTOLD = 1,  /* the owner's command */
    OUTLET_UNPINGED = 2 /* the hub */
};

struct outlet_options {
    struct str dir;   /* need not be there yet */
    struct str shown; /* what paths begin with when a person is told of them */
    struct str mill_id; /* whose editions they are */
    /* It is not the mill's own: files there may be another's, whose place is
     * then not taken, and so may the whole folder. */
    bool is_shared;
    unsigned marks; /* those in use: of nobody else is anything remembered */
};

/*
 * Reads the manifest of a folder; all of the outlet lives in A, which keeps what
 * OPTIONS names.  NULL when the manifest cannot be read or is of another kind
 * (ERR_FILE), or a shared folder has that of another mill (ERR_CONFIG).
 */
struct outlet *outlet_open(struct arena *a,
                           const struct outlet_options *options,
                           struct error *err);
/* True if the file is there, whoever wrote it. */
bool outlet_has(const struct outlet *o, struct str path);
/* True if the file is listed; *HASH is that of the bytes that were written. */
bool outlet_listed(const struct outlet *o, struct str path,
                   struct hash128 *hash);
/* What is listed below PREFIX ("news/"), without that, by path; in A. */
struct strs outlet_files(const struct outlet *o, struct arena *a,
                         struct str prefix);
/* True if the file is just these bytes. */
bool outlet_is(struct outlet *o, struct str path, struct str content);
/* True if the file is listed and has the bytes that were written: they are in
 * OUT, which was empty. */
bool outlet_read(struct outlet *o, struct str path, struct buf *out);
/* The same without them. */
bool outlet_is_intact(struct outlet *o, struct str path);
/* Replaces the file, in folders that are made, when its bytes differ; *CHANGED
 * (may be NULL) says so, and the file gets MARKS.  It is listed from before it
 * is written; others see the new bytes some time before outlet_wait returns.  A file
 * of a shared folder that feedmill did not write stays, and is said to. */
MUST_CHECK bool outlet_put(struct outlet *o, struct str path,
                           struct str content, unsigned marks, bool *changed,
                           struct error *err);
/* Begins to make what was put last, whatever happens to the machine. */
MUST_CHECK bool outlet_flush(struct outlet *o, struct error *err);
/* What was put and flushed lasts. */
MUST_CHECK bool outlet_wait(struct outlet *o, struct error *err);
/* True if the file is listed, with the bytes of HASH (NULL: any), and there: it
 * stays, and need not be put. */
bool outlet_keep_same(struct outlet *o, struct str path,
                      const struct hash128 *hash);
/* What an earlier run wrote below PREFIX ("news/", empty: all) stays as it is. */
void outlet_keep(struct outlet *o, struct str prefix);
/*
 * Removes the listed files that were neither put nor kept, and the folders
 * that become empty with them; then writes the manifest.  A file that another
 * hand has changed since stays where it is, is said to, and is listed no more.
 * The owner's command is to be told of one that was removed.
 */
MUST_CHECK bool outlet_end(struct outlet *o, struct error *err);
/* A hash of which files are listed, and of when and how large they are on the
 * disk; before the first put, or after outlet_end. */
struct hash128 outlet_stamp(const struct outlet *o);
/* The files that have the mark, gone ones too, by path; in A. */
struct strs outlet_marked(const struct outlet *o, struct arena *a,
                          enum outlet_mark mark);
void outlet_unmark(struct outlet *o, struct str path, enum outlet_mark mark);
/* Writes the manifest again, with the marks as they are now. */
MUST_CHECK bool outlet_save(struct outlet *o, struct error *err);
/* How many files could not be put because others stand in their place. */
size_t outlet_refused(const struct outlet *o);
/* Nothing is put any more.  What was not waited for may be as it was before; all else
 * can be asked as ever. */
void outlet_close(struct outlet *o);
/* How a person is told of PATH, in the outlet's arena. */
struct str outlet_shown(const struct outlet *o, struct str path);
/* The path of the I-th file that outlet_end removed; empty behind the last. */
struct str outlet_removed(const struct outlet *o, size_t i);
#endif
