#ifndef MILL_OUTLET_H
#define MILL_OUTLET_H
/*
 * A folder that editions are published to, and its manifest: the list of files
 * that feedmill wrote there.  Only what is listed is ever removed, and of that
 * only what still has the bytes that were written.  Paths are relative to the
 * folder, with '/' between their parts.
 */
#include "base/error.h"
#include "base/str.h"

struct arena;
struct outlet;

/* Reads the manifest of the folder DIR, which need not be there yet; SHOWN is
 * what paths begin with when a person is told of them.  All of it lives in A.
 * NULL (ERR_FILE) when the manifest cannot be read or is of another kind. */
struct outlet *outlet_open(struct arena *a, struct str dir, struct str shown,
                           struct error *err);
/* True if the file is there, whoever wrote it. */
bool outlet_has(const struct outlet *o, struct str path);
/* Replaces the file, in folders that are made, when its bytes differ; *CHANGED
 * (may be NULL) says so.  It is listed from before it is written. */
MUST_CHECK bool outlet_put(struct outlet *o, struct str path,
                           struct str content, bool *changed,
                           struct error *err);
/* What an earlier run wrote below PREFIX ("news/", empty: all) stays as it is. */
void outlet_keep(struct outlet *o, struct str prefix);
/*
 * Removes the listed files that were neither put nor kept, and the folders
 * that become empty with them; then writes the manifest.  A file that another
 * hand has changed since stays where it is, is said to, and is listed no more.
 */
MUST_CHECK bool outlet_end(struct outlet *o, struct error *err);
/* How a person is told of PATH, in the outlet's arena. */
struct str outlet_shown(const struct outlet *o, struct str path);
/* The path of the I-th file that outlet_end removed; empty behind the last. */
struct str outlet_removed(const struct outlet *o, size_t i);
#endif
