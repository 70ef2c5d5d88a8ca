#include "publish/publish.h"

#include "publish/writers.h"

static const struct {
    struct str file, mime;
    void (*write)(const struct edition *ed, struct buf *out);
} formats[FORMAT_COUNT] = {
#define FORMAT(id, file, mime, write)                                          \
    [FORMAT_##id] = {STR_INIT(file), STR_INIT(mime), write},
#include "publish/formats.def"
#undef FORMAT
};

struct str format_file(enum edition_format format)
{
    return formats[format].file;
}

struct str format_mime(enum edition_format format)
{
    return formats[format].mime;
}

void edition_write(enum edition_format format, const struct edition *edition,
                   struct buf *out)
{
    formats[format].write(edition, out);
}
