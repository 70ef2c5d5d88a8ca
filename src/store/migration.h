#ifndef STORE_MIGRATION_H
#define STORE_MIGRATION_H
/* The scripts of schema/, in order: number i + 1 takes a store of version i to
 * version i + 1 and sets user_version itself.  Made by embed.cmake. */

struct migration {
    const char *name; /* of the file */
    const char *sql;
};

extern const struct migration migrations[];
extern const int n_migrations;
#endif
