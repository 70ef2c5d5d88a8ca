#include "publish/entry_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "publish/markup.h"
#include "publish/publish.h"
#include "publish/words.h"
#include "text/lang.h"
#include "text/url.h"

#define TITLE_CHARS 80 /* of a summary that stands in for a title */

struct str entry_url(const struct entry *e)
{
    if (url_is_http(e->item->url))
        return e->item->url;
    return url_is_http(e->item->external_url) ? e->item->external_url
                                              : STR_NONE;
}

struct str entry_title(const struct edition *ed, const struct entry *e)
{
    if (e->title.n > 0)
        return e->title;
    if (e->item->title.n > 0)
        return e->item->title;
    return word_in(WORD_UNTITLED, ed->language);
}

struct str entry_stand_in(struct arena *a, struct str summary)
{
    struct str cut = utf8_clip_chars(summary, TITLE_CHARS);
    size_t blank = cut.n;

    if (cut.n == summary.n)
        return summary;
    while (blank > 0 && summary.p[blank] != ' ')
        blank--;
    /* Scripts without blanks are cut anywhere. */
    if (blank > cut.n / 2)
        cut.n = blank;
    return arena_cat(a, str_trim_wide(cut), STR("…"));
}

struct when entry_updated(const struct entry *e)
{
    if (!when_known(e->updated) ||
        e->updated.unix_seconds < e->published.unix_seconds)
        return e->published;
    return e->updated;
}

struct str edition_title(const struct edition *ed)
{
    return ed->title.n > 0 ? ed->title : ed->topic_id;
}

struct str edition_author(const struct edition *ed)
{
    return ed->author.n > 0 ? ed->author : edition_title(ed);
}

struct str entry_credit(const struct edition *ed, const struct entry *e)
{
    if (e->source_name.n > 0)
        return e->source_name;
    return edition_author(ed);
}

static void add_link(struct buf *out, struct str url, struct str text)
{
    if (url_is_http(url)) {
        buf_add_str(out, STR("<a"));
        markup_attr(out, STR("href"), url);
        buf_add_char(out, '>');
        markup_text(out, text);
        buf_add_str(out, STR("</a>"));
    } else {
        markup_text(out, text);
    }
}

/* <p><a>Read the whole article at NAME</a></p> */
static void add_way_to_article(const struct edition *ed, const struct entry *e,
                               struct buf *out)
{
    enum word word = e->source_name.n > 0 ? WORD_READ_AT : WORD_READ;
    struct str before, behind;

    if (entry_url(e).n == 0)
        return;
    word_split(word, ed->language, &before, &behind);
    buf_add_str(out, STR("<p><a"));
    markup_attr(out, STR("href"), entry_url(e));
    buf_add_char(out, '>');
    markup_text(out, before);
    if (word == WORD_READ_AT)
        markup_text(out, e->source_name);
    markup_text(out, behind);
    buf_add_str(out, STR("</a></p>"));
}

static void add_alternates(const struct edition *ed, const struct entry *e,
                           struct buf *out)
{
    bool first = true;

    for (size_t i = 0; i < e->n_alternates; i++) {
        const struct alternate *alt = &e->alternates[i];
        struct str name = alt->source_name.n > 0 ? alt->source_name
                          : alt->title.n > 0     ? alt->title
                                                 : alt->url;

        if (name.n == 0)
            continue;
        if (first)
            buf_add_str(out, STR("<p>"));
        markup_text(out,
                    word_in(first ? WORD_ALSO : WORD_LIST_COMMA, ed->language));
        add_link(out, alt->url, name);
        first = false;
    }
    if (!first)
        buf_add_str(out, STR("</p>"));
}

/* Visibly the editor's, and not the source's. */
static void add_note(const struct edition *ed, const struct entry *e,
                     struct buf *out)
{
    if (e->note.n == 0)
        return;
    buf_add_str(out, STR("<p><strong>"));
    markup_text(out, word_in(WORD_NOTE, ed->language));
    buf_add_str(out, STR("</strong>"));
    markup_text(out, e->note);
    buf_add_str(out, STR("</p>"));
}

static bool is_whole(const struct entry *e)
{
    return !e->excerpt && e->item->html.n > 0;
}

bool entry_is_rtl(const struct entry *e)
{
    struct str text = is_whole(e) ? e->item->text : e->item->summary;

    if (text.n == 0)
        text = e->title.n > 0 ? e->title : e->item->title;
    return text_is_rtl(text, e->item->language);
}

void entry_summary(const struct entry *e, struct buf *out)
{
    if (e->item->summary.n == 0)
        return;
    buf_add_str(out, entry_is_rtl(e) ? STR("<p dir=\"rtl\">") : STR("<p>"));
    markup_text(out, e->item->summary);
    buf_add_str(out, STR("</p>"));
}

void entry_html(const struct edition *ed, const struct entry *e,
                struct buf *out)
{
    bool whole = is_whole(e), is_rtl = entry_is_rtl(e);

    /* What is around the article is in the edition's language. */
    if (whole && is_rtl) {
        buf_add_str(out, STR("<div dir=\"rtl\">"));
        buf_add_str(out, e->item->html);
        buf_add_str(out, STR("</div>"));
    } else if (whole) {
        buf_add_str(out, e->item->html);
    } else {
        entry_summary(e, out);
    }
    if (!whole)
        add_way_to_article(ed, e, out);
    add_note(ed, e, out);
    add_alternates(ed, e, out);
}

bool edition_has_hub(const struct edition *ed)
{
    return ed->base_url.n > 0 && url_is_http(ed->hub);
}

void edition_address(const struct edition *ed, struct str file, struct buf *out)
{
    if (ed->base_url.n == 0)
        return;
    buf_add_str(out, ed->base_url);
    if (file.n == 0 && !format_is_in(ed->formats, FORMAT_HTML))
        return; /* the catalogue is the page that there is */
    buf_add_str(out, ed->topic_id);
    buf_add_char(out, '/');
    buf_add_str(out, file);
}

void add_rfc3339(struct buf *out, struct when w)
{
    char date[WHEN_CHARS];

    when_rfc3339(w, date);
    buf_add_str(out, str_from_c(date));
}
