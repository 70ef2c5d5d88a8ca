#ifndef STORE_SQL_PACK_H
#define STORE_SQL_PACK_H
/*
 * Functions that migrations may call (sys/pack.h): pack(BLOB) packs,
 * unpack(BLOB, SIZE) gives the SIZE bytes that were packed and fails the
 * statement when they were not.
 */
#include <sqlite3.h>

void sql_pack_register(sqlite3 *db);
#endif
