#include "publish/media.h"

#include "base/buf.h"
#include "publish/markup.h"
#include "text/url.h"

static const struct {
    struct str ending, type;
} types[] = {
    {STR_INIT("avif"), STR_INIT("image/avif")},
    {STR_INIT("gif"), STR_INIT("image/gif")},
    {STR_INIT("jpeg"), STR_INIT("image/jpeg")},
    {STR_INIT("jpg"), STR_INIT("image/jpeg")},
    {STR_INIT("png"), STR_INIT("image/png")},
    {STR_INIT("svg"), STR_INIT("image/svg+xml")},
    {STR_INIT("webp"), STR_INIT("image/webp")},
    {STR_INIT("flac"), STR_INIT("audio/flac")},
    {STR_INIT("m4a"), STR_INIT("audio/mp4")},
    {STR_INIT("mp3"), STR_INIT("audio/mpeg")},
    {STR_INIT("oga"), STR_INIT("audio/ogg")},
    {STR_INIT("ogg"), STR_INIT("audio/ogg")},
    {STR_INIT("opus"), STR_INIT("audio/ogg")},
    {STR_INIT("wav"), STR_INIT("audio/wav")},
    {STR_INIT("m4v"), STR_INIT("video/mp4")},
    {STR_INIT("mov"), STR_INIT("video/quicktime")},
    {STR_INIT("mp4"), STR_INIT("video/mp4")},
    {STR_INIT("ogv"), STR_INIT("video/ogg")},
    {STR_INIT("webm"), STR_INIT("video/webm")},
    {STR_INIT("epub"), STR_INIT("application/epub+zip")},
    {STR_INIT("pdf"), STR_INIT("application/pdf")},
    {STR_INIT("torrent"), STR_INIT("application/x-bittorrent")},
    {STR_INIT("zip"), STR_INIT("application/zip")},
};

/* By what follows the last dot of the path's last part. */
static struct str type_by_ending(struct str url)
{
    size_t end = url.n;
    struct str name;

    for (size_t i = 0; i < end; i++)
        if (url.p[i] == '?' || url.p[i] == '#')
            end = i;
    name = str_slice(url, 0, end);
    name = str_from(name, str_find_last(name, '/') + 1);
    if (str_find_last(name, '.') == STR_NOT_FOUND)
        return STR_NONE;
    name = str_from(name, str_find_last(name, '.') + 1);
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (str_eq_nocase(name, types[i].ending))
            return types[i].type;
    return STR_NONE;
}

struct str media_type(const struct link *l)
{
    struct str type = only_mime(l->type);

    if (type.n == 0)
        type = type_by_ending(l->href);
    return type.n > 0 ? type : STR("application/octet-stream");
}

void media_namespace(struct buf *b)
{
    markup_attr(b, STR("xmlns:media"), STR("http://search.yahoo.com/mrss/"));
}

/* image, audio or video; the other types have no medium of their own. */
static struct str medium_of(struct str type)
{
    static const struct str media[] = {STR_INIT("image"), STR_INIT("audio"),
                                       STR_INIT("video")};

    for (size_t i = 0; i < sizeof media / sizeof media[0]; i++)
        if (str_starts(type, media[i]) && type.n > media[i].n &&
            type.p[media[i].n] == '/')
            return media[i];
    return STR_NONE;
}

void media_content(struct buf *b, int indent, const struct link *l)
{
    struct str type = media_type(l);

    if (l->href.n == 0)
        return;
    markup_indent(b, indent);
    buf_add_str(b, STR("<media:content"));
    markup_attr(b, STR("url"), l->href);
    if (l->length > 0) /* many feeds write 0 for not known */
        buf_printf(b, " fileSize=\"%lld\"", (long long)l->length);
    markup_attr(b, STR("type"), type);
    markup_attr(b, STR("medium"), medium_of(type));
    buf_add_str(b, STR("/>\n"));
}

void media_picture(struct buf *b, int indent, const struct item *item)
{
    struct str url = item->image;

    if (!url_is_http(url))
        return;
    markup_indent(b, indent);
    buf_add_str(b, STR("<media:content"));
    markup_attr(b, STR("url"), url);
    /* Addresses of pictures often have no ending that tells. */
    markup_attr(b, STR("type"), type_by_ending(url));
    markup_attr(b, STR("medium"), STR("image"));
    buf_add_str(b, STR("/>\n"));
    markup_indent(b, indent);
    buf_add_str(b, STR("<media:thumbnail"));
    markup_attr(b, STR("url"), url);
    buf_add_str(b, STR("/>\n"));
}
