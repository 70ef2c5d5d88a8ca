#include "publish/publish.h"

#include "base/buf.h"
#include "publish/writers.h"

static const struct {
    struct str name, file, mime;
    void (*write)(const struct edition *ed, struct buf *out,
                  struct span *spans);
} formats[FORMAT_COUNT] = {
#define FORMAT(id, name, file, mime, write)                                    \
    [FORMAT_##id] = {STR_INIT(name), STR_INIT(file), STR_INIT(mime), write},
#include "publish/formats.def"
#undef FORMAT
};

struct str format_name(enum edition_format format)
{
    return formats[format].name;
}

struct str format_file(enum edition_format format)
{
    return formats[format].file;
}

struct str format_mime(enum edition_format format)
{
    return formats[format].mime;
}

bool format_is_in(unsigned set, enum edition_format format)
{
    return set == 0 || (set >> format & 1) != 0;
}

bool format_to_subscribe(unsigned set, enum edition_format *out)
{
    for (int f = 0; f < FORMAT_COUNT; f++) {
        *out = (enum edition_format)f;
        if (f != FORMAT_HTML && format_is_in(set, *out))
            return true;
    }
    return false;
}

void edition_write(enum edition_format format, const struct edition *edition,
                   struct buf *out, struct span *spans)
{
    formats[format].write(edition, out, spans);
}

void archive_write(enum edition_format format, const struct archive_page *page,
                   struct buf *out)
{
    if (format == FORMAT_ATOM)
        write_atom_archive(page, out);
    else
        write_rss_archive(page, out);
}

void archive_file(enum edition_format format, int64_t number, struct buf *out)
{
    buf_printf(out, "%s-%lld.xml", format == FORMAT_ATOM ? "atom" : "rss",
               (long long)number);
}
