#ifndef STORE_SQL_FILE_H
#define STORE_SQL_FILE_H

/* The name of a VFS for sqlite3_open_v2, SQLite's own but that what is written to the
 * log reaches the system in large pieces; NULL, which is SQLite's own, when memory has
 * ended.  For stores with synchronous=FULL only: what a commit flushes is with the
 * system then, and nobody else looks before. */
const char *sql_file_vfs(void);
#endif
