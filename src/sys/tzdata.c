#include "sys/tzdata.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "sys/file.h"

#define ZONE_FOLDER    "/usr/share/zoneinfo/"
#define TZIF_MAX       ((size_t)1 << 20)
#define NAME_MAX_BYTES 64

/* Names look like America/Argentina/Buenos_Aires and Etc/GMT+5. */
static bool is_zone_name(struct str name)
{
    if (name.n == 0 || name.n > NAME_MAX_BYTES || name.p[0] == '/' ||
        str_has(name, STR("..")))
        return false;
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];

        if (!is_alnum(c) && c != '/' && c != '_' && c != '-' && c != '+')
            return false;
    }
    return true;
}

struct str tzdata_read(struct arena *a, struct str name)
{
    struct str tzif = STR_NONE;
    struct error err;
    struct buf bytes;

    if (!is_zone_name(name))
        return STR_NONE;
    buf_init(&bytes, TZIF_MAX);
    if (file_read(arena_cat(a, STR(ZONE_FOLDER), name).p, &bytes, &err) &&
        str_starts(buf_str(&bytes), STR("TZif")))
        tzif = buf_keep(&bytes, a);
    buf_done(&bytes);
    return tzif;
}
