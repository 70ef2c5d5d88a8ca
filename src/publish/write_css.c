/*
 * output/feed.css: a feed that is opened in a browser is readable.  Of what XML
 * may name to be shown by, browsers still honour CSS (XSLT is being removed).
 * CSS makes no links: the page's address stands there to be copied, and the page
 * is where people are meant to read.
 */
#include "publish/publish.h"

#include "base/buf.h"
#include "publish/words.h"

/* Atom and RSS at once; what only programs need is not shown, whole articles,
 * which are escaped markup here, neither. */
static const char rules[] =
    ":root{color-scheme:light dark;--ink:#1b1b1b;--paper:#fff;--dim:#666;"
    "--line:#ddd;background:var(--paper);color:var(--ink);"
    "font:1rem/1.7 system-ui,sans-serif}\n"
    "@media(prefers-color-scheme:dark){:root{--ink:#e6e6e6;--paper:#161616;"
    "--dim:#9a9a9a;--line:#333}}\n"
    "feed,rss{display:block;max-width:46rem;margin:0 auto;"
    "padding:1.5rem 1rem 4rem;overflow-wrap:break-word}\n"
    "feed>*,channel>*,entry>*,item>*{display:none}\n"
    "channel,entry,item{display:block}\n"
    "feed>title,channel>title{display:block;font-size:1.6rem;"
    "font-weight:bold}\n"
    "feed>subtitle,channel>description{display:block}\n"
    "feed>entry,channel>item{display:block;margin-top:1.2rem;"
    "padding-top:1.2rem;border-top:1px solid var(--line)}\n"
    "entry>title,item>title{display:block;font-size:1.2rem;"
    "font-weight:bold}\n"
    "entry>published,item>pubDate,entry>link[rel=\"alternate\"],item>link"
    "{display:block;font-size:.875rem;color:var(--dim)}\n"
    "entry>link[rel=\"alternate\"]::after{content:attr(href)}\n"
    "entry>summary,item>description{display:block}\n"
    "title,subtitle,summary,description,content"
    "{unicode-bidi:plaintext;text-align:start}\n"
    "entry>content[type=\"text\"]{display:block}\n"
    "feed>link[type=\"text/html\"],channel>link:not([href]){display:block;"
    "color:var(--dim)}\n"
    "feed>link[type=\"text/"
    "html\"]::before,channel>link:not([href])::before{content:\"";

void stylesheet_write(struct str language, struct buf *out)
{
    buf_add_str(out, str_from_c(rules));
    /* The words hold neither quotes nor backslashes. */
    buf_add_str(out, word_in(WORD_FEED_IN_BROWSER, language));
    buf_add_str(
        out, STR("\"}\nfeed>link[type=\"text/html\"]::after{content:attr(href)}"
                 "\n"));
}
