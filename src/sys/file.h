#ifndef SYS_FILE_H
#define SYS_FILE_H
/* Files.  Errors are ERR_FILE with the path as place, ERR_LIMIT above MAX. */
#include "base/str.h"

struct arena;
struct buf;
struct error;

/* Appends the whole file to OUT; fails above OUT's ceiling.  "-" is standard
 * input. */
MUST_CHECK bool file_read(const char *path, struct buf *out, struct error *err);
/* A file read piece by piece; "-" is standard input.  NULL on failure. */
struct file_in;
struct file_in *file_in_open(const char *path, struct error *err);
/* Up to CAP bytes into P; *N is 0 at the end. */
MUST_CHECK bool file_in_read(struct file_in *f, char *p, size_t cap, size_t *n,
                             struct error *err);
void file_in_close(struct file_in *f);
/* Writes CONTENT beside PATH, flushes it, renames it over PATH and flushes the
 * folder, so that readers see the old or the new file whole.  Mode 0644.  When
 * the file already has this content nothing is touched; *CHANGED (may be NULL)
 * says which. */
MUST_CHECK bool file_replace(const char *path, struct str content,
                             bool *changed, struct error *err);
/* True if the file has just this content. */
bool file_has(const char *path, struct str content);
/* Adds CONTENT to the file's end, making it with mode 0644; nothing is flushed. */
MUST_CHECK bool file_append(const char *path, struct str content,
                            struct error *err);
/*
 * The same without comparing and in steps, which may be those of several threads.
 * The first gives a file that lies beside PATH and is not flushed; NULL on failure.
 * The second takes it, flushes it and gives it its name, the third takes and removes
 * it.  The new names of a folder are sure to last from file_flush_folder on.
 */
struct new_file;
struct new_file *new_file_write(const char *path, struct str content,
                                struct error *err);
MUST_CHECK bool new_file_place(struct new_file *f, struct error *err);
void new_file_drop(struct new_file *f);
MUST_CHECK bool file_flush_folder(const char *path, struct error *err);
/* Makes the folder and its parents, with this mode whatever the umask; an
 * existing one is fine. */
MUST_CHECK bool file_make_dir(const char *path, unsigned mode,
                              struct error *err);
/* So many files and sockets are to be open at once, if the system lets us. */
void files_allow(size_t n);
bool file_exists(const char *path);
bool file_is_dir(const char *path);
/* Size and modification time (Unix nanoseconds); false if there is none. */
bool file_stat(const char *path, int64_t *bytes, int64_t *mtime_ns);
/* Names in a folder without "." files, sorted by bytes, in A. */
MUST_CHECK bool file_list(struct arena *a, const char *path, struct str **names,
                          size_t *n, struct error *err);
/* Removes temporary files a killed run left in a folder (*.feedmill-tmp). */
void file_sweep(const char *folder);
/* Removes a file, or a link to one; a folder that is empty.  False when that
 * cannot be, or there is none. */
bool file_remove(const char *path);
bool file_remove_dir(const char *path);
/* The path with every link resolved, in A; empty if it does not exist. */
struct str file_real(struct arena *a, const char *path);
/* The same of a path whose last parts need not exist yet: these stay as they
 * are written. */
struct str file_real_ahead(struct arena *a, struct str path);
#endif
