#include "publish/html_page.h"

#include "base/buf.h"
#include "publish/markup.h"
#include "text/lang.h"
#include "text/when.h"

static const char style[] =
    ":root{color-scheme:light dark;--ink:#1b1b1b;--paper:#fff;--dim:#666;"
    "--line:#ddd;--link:#0b57a4}\n"
    "@media(prefers-color-scheme:dark){:root{--ink:#e6e6e6;--paper:#161616;"
    "--dim:#9a9a9a;--line:#333;--link:#8ab8ea}}\n"
    "body{margin:0 auto;padding:1rem;max-width:44rem;color:var(--ink);"
    "background:var(--paper);font:1rem/1.7 system-ui,sans-serif;"
    "overflow-wrap:break-word}\n"
    "a{color:var(--link)}\n"
    "h1{font-size:1.6rem}h2{font-size:1.2rem;margin:0}\n"
    "article{border-top:1px solid var(--line);padding:1.2rem 0}\n"
    ".meta{color:var(--dim);font-size:.875rem;margin:.2rem 0}\n"
    ":focus-visible{outline:2px solid var(--link);outline-offset:2px}\n"
    "details>summary{cursor:pointer;color:var(--link)}\n"
    "p:has(+details[open]){display:none}\n"
    "figure{margin:1rem 0}\n"
    "img,video{max-width:100%;height:auto}\n"
    "pre,table{overflow-x:auto;display:block}\n"
    "pre,code{font-size:.9rem;direction:ltr;unicode-bidi:isolate}\n"
    "table{border-collapse:collapse}\n"
    "td,th{border:1px solid var(--line);padding:.2rem .5rem;"
    "text-align:start}\n"
    "blockquote{margin:0;margin-inline-start:1rem;padding-inline-start:1rem;"
    "border-inline-start:3px solid var(--line)}\n";

void page_begin(struct buf *out, struct str title, struct str language)
{
    buf_add_str(out, STR("<!DOCTYPE html>\n<html"));
    markup_attr(out, STR("lang"),
                only_language(language).n > 0 ? only_language(language)
                                              : STR("en")); /* of our words */
    if (lang_is_rtl(language))
        markup_attr(out, STR("dir"), STR("rtl"));
    buf_add_str(out,
                STR(">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta name=\"viewport\" "
                    "content=\"width=device-width,initial-scale=1\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" "
                    "content=\"default-src 'none'; img-src http: https: data:; "
                    "media-src http: https:; style-src 'unsafe-inline'; "
                    "base-uri 'none'; form-action 'none'\">\n"
                    "<meta name=\"referrer\" content=\"no-referrer\">\n"
                    "<title>"));
    markup_text(out, title);
    buf_add_str(out, STR("</title>\n<style>\n"));
    buf_add_str(out, str_from_c(style));
    buf_add_str(out, STR("</style>\n"));
}

static void add_meta(struct buf *out, struct str key, struct str name,
                     struct str content)
{
    if (content.n == 0)
        return;
    buf_add_str(out, STR("<meta"));
    markup_attr(out, key, name);
    markup_attr(out, STR("content"), content);
    buf_add_str(out, STR(">\n"));
}

void page_add_card(struct buf *out, const struct page_card *card)
{
    static const struct str property = STR_INIT("property");

    add_meta(out, STR("name"), STR("description"), card->description);
    add_meta(out, property, STR("og:type"), STR("website"));
    add_meta(out, property, STR("og:title"), card->title);
    add_meta(out, property, STR("og:description"), card->description);
    add_meta(out, property, STR("og:site_name"), card->site);
    add_meta(out, property, STR("og:image"), card->image);
    if (card->url.n == 0)
        return;
    add_meta(out, property, STR("og:url"), card->url);
    buf_add_str(out, STR("<link rel=\"canonical\""));
    markup_attr(out, STR("href"), card->url);
    buf_add_str(out, STR(">\n"));
}

void page_open_body(struct buf *out)
{
    buf_add_str(out, STR("</head>\n<body>\n<main>\n"));
}

void page_end(struct buf *out)
{
    buf_add_str(out, STR("</main>\n</body>\n</html>\n"));
}

void page_time(struct buf *out, const struct when *w)
{
    char date[WHEN_CHARS];
    struct str s;

    when_rfc3339(*w, date);
    s = str_from_c(date);
    buf_add_str(out, STR("<time"));
    markup_attr(out, STR("datetime"), s);
    buf_add_char(out, '>');
    buf_add_str(out, str_slice(s, 0, 10));
    if (w->precision >= WHEN_MINUTE && s.n >= 16) {
        buf_add_char(out, ' ');
        buf_add_str(out, str_slice(s, 11, 16));
    }
    buf_add_str(out, STR("</time>"));
}
