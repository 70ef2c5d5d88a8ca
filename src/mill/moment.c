#include "mill/moment.h"

struct when moment_at(int64_t t)
{
    return t == 0 ? (struct when){0}
                  : (struct when){.unix_seconds = t, .precision = WHEN_SECOND};
}

void json_moment(struct json_out *j, struct str key, int64_t t)
{
    char text[WHEN_CHARS];

    if (t == 0)
        return;
    when_rfc3339((struct when){.unix_seconds = t, .precision = WHEN_SECOND},
                 text);
    json_member(j, key, str_from_c(text));
}
