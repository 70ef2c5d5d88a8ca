/*
 * Pages for people: one for each topic, and the catalogue of them.  An entry
 * shows its title, where it came from and when, and the summary; the whole
 * article unfolds by <details>, which needs no script.
 */
#include "publish/writers.h"

#include "base/buf.h"
#include "base/vec.h"
#include "publish/entry_parts.h"
#include "publish/html_page.h"
#include "publish/markup.h"
#include "publish/publish.h"
#include "publish/words.h"
#include "text/lang.h"
#include "text/url.h"

#define CARD_TITLES 3 /* that stand in for a description */
#define ENTRY_BEGIN "<article id=\""
#define ENTRY_END   "</article>\n"

/* ` · ` between the parts of a line, from the second on. */
static void add_separator(struct buf *out, size_t since)
{
    if (out->n > since)
        buf_add_str(out, STR(" · "));
}

static void add_word(struct buf *out, enum word word, struct str language)
{
    markup_text(out, word_in(word, language));
}

static void add_anchor(struct buf *out, struct str href, struct str type,
                       struct str text)
{
    buf_add_str(out, STR("<a"));
    markup_attr(out, STR("href"), href);
    markup_attr(out, STR("type"), type);
    buf_add_char(out, '>');
    markup_text(out, text);
    buf_add_str(out, STR("</a>"));
}

/* To "2024-11-14.html". */
static void add_day_anchor(struct buf *out, struct str rel, struct str day)
{
    buf_add_str(out, STR("<a"));
    markup_attr(out, STR("rel"), rel);
    buf_add_str(out, STR(" href=\""));
    markup_text(out, day);
    buf_add_str(out, STR(".html\">"));
    markup_text(out, day);
    buf_add_str(out, STR("</a>"));
}

/* ---- a topic ---- */

static bool is_feed_format(enum edition_format format)
{
    return format != FORMAT_HTML;
}

/* A reader offers its user the titles of the feeds to choose from. */
static void add_digest_discovery(struct buf *out, struct str topic,
                                 struct str href, struct str language)
{
    buf_add_str(out, STR("<link rel=\"alternate\""));
    markup_attr(out, STR("type"), format_mime(FORMAT_ATOM));
    markup_attr(out, STR("href"), href);
    buf_add_str(out, STR(" title=\""));
    markup_text(out, topic);
    buf_add_str(out, STR(" · "));
    add_word(out, WORD_DIGEST, language);
    buf_add_str(out, STR("\">\n"));
}

static void add_autodiscovery(struct buf *out, const struct edition *ed)
{
    for (int f = 0; f < FORMAT_COUNT; f++) {
        if (!is_feed_format((enum edition_format)f) ||
            !format_is_in(ed->formats, (enum edition_format)f))
            continue;
        buf_add_str(out, STR("<link rel=\"alternate\""));
        markup_attr(out, STR("type"), format_mime((enum edition_format)f));
        markup_attr(out, STR("href"), format_file((enum edition_format)f));
        markup_attr(out, STR("title"), edition_title(ed));
        buf_add_str(out, STR(">\n"));
    }
    if (ed->has_digest)
        add_digest_discovery(out, edition_title(ed), STR(DIGEST_FILE),
                             ed->language);
}

/* What the topic is about: the owner's words, else its first titles. */
static void add_about(struct buf *out, const struct edition *ed)
{
    size_t since = out->n;

    buf_add_str(out, ed->description);
    for (size_t i = 0;
         ed->description.n == 0 && i < ed->n_entries && i < CARD_TITLES; i++) {
        add_separator(out, since);
        buf_add_str(out, entry_title(ed, &ed->entries[i]));
    }
}

static struct str first_picture(const struct edition *ed)
{
    for (size_t i = 0; i < ed->n_entries; i++)
        if (url_is_http(ed->entries[i].item->image))
            return ed->entries[i].item->image;
    return STR_NONE;
}

static void add_card(struct buf *out, const struct edition *ed)
{
    struct page_card card = {.title = edition_title(ed),
                             .site = ed->mill_title,
                             .image = first_picture(ed)};
    struct buf about, url;

    buf_init(&about, BUF_MAX);
    buf_init(&url, BUF_MAX);
    add_about(&about, ed);
    edition_address(ed, STR_NONE, &url);
    card.description = buf_str(&about);
    card.url = buf_str(&url);
    page_add_card(out, &card);
    buf_done(&about);
    buf_done(&url);
}

/* To the feeds of a topic, in FOLDER ("news/", empty: this one). */
static void add_feed_anchors(struct buf *out, struct str folder,
                             unsigned formats)
{
    static const struct str names[FORMAT_COUNT] = {
        [FORMAT_ATOM] = STR_INIT("Atom"),
        [FORMAT_RSS] = STR_INIT("RSS"),
        [FORMAT_JSONFEED] = STR_INIT("JSON Feed")};
    size_t since = out->n;

    for (int f = 0; f < FORMAT_COUNT; f++) {
        enum edition_format format = (enum edition_format)f;

        if (!is_feed_format(format) || !format_is_in(formats, format))
            continue;
        add_separator(out, since);
        buf_add_str(out, STR("<a href=\""));
        markup_text(out, folder);
        buf_add_str(out, format_file(format));
        buf_add_char(out, '"');
        markup_attr(out, STR("type"), format_mime(format));
        buf_add_char(out, '>');
        buf_add_str(out, names[f]);
        buf_add_str(out, STR("</a>"));
    }
}

static void add_subscribe_line(struct buf *out, const struct edition *ed)
{
    size_t since;

    buf_add_str(out, STR("<p class=\"meta\">"));
    add_word(out, WORD_SUBSCRIBE, ed->language);
    buf_add_str(out, STR(": "));
    since = out->n;
    add_feed_anchors(out, STR_NONE, ed->formats);
    if (ed->has_digest) {
        add_separator(out, since);
        add_anchor(out, STR(DIGEST_FILE), format_mime(FORMAT_ATOM),
                   word_in(WORD_DIGEST, ed->language));
    }
    add_separator(out, since);
    add_anchor(out, STR("../index.html"), STR_NONE,
               word_in(WORD_ALL_TOPICS, ed->language));
    buf_add_str(out, STR("</p>\n"));
}

static void add_meta(struct buf *out, const struct entry *e)
{
    size_t since;

    buf_add_str(out, STR("<p class=\"meta\">"));
    since = out->n;
    if (e->source_name.n > 0)
        markup_text(out, e->source_name);
    if (e->item->source.n > 0 && !str_eq(e->item->source, e->source_name)) {
        add_separator(out, since);
        markup_text(out, e->item->source);
    }
    for (size_t i = 0; i < e->item->authors.n; i++) {
        if (e->item->authors.at[i].name.n == 0)
            continue;
        add_separator(out, since);
        markup_text(out, e->item->authors.at[i].name);
    }
    if (when_known(e->published)) {
        add_separator(out, since);
        page_time(out, when_known(e->shown) ? &e->shown : &e->published);
    }
    buf_add_str(out, STR("</p>\n"));
}

static void add_attachments(struct buf *out, const struct edition *ed,
                            const struct entry *e)
{
    size_t since;

    if (e->item->attachments.n == 0)
        return;
    buf_add_str(out, STR("<p class=\"meta\">"));
    add_word(out, WORD_ATTACHMENTS, ed->language);
    since = out->n;
    for (size_t i = 0; i < e->item->attachments.n; i++) {
        const struct link *l = &e->item->attachments.at[i];

        if (!url_is_http(l->href))
            continue;
        add_separator(out, since);
        add_anchor(out, l->href, only_mime(l->type),
                   l->title.n > 0 ? l->title : l->href);
    }
    buf_add_str(out, STR("</p>\n"));
}

static bool is_other_language(const struct edition *ed, const struct entry *e)
{
    struct str language = only_language(e->item->language);

    return language.n > 0 && !str_eq_nocase(language, ed->language);
}

/* Browsers take the direction of a text from no language. */
static void add_language(struct buf *out, const struct edition *ed,
                         const struct entry *e)
{
    bool is_rtl = entry_is_rtl(e);

    if (is_other_language(ed, e))
        markup_attr(out, STR("lang"), only_language(e->item->language));
    if (is_rtl != lang_is_rtl(ed->language))
        markup_attr(out, STR("dir"), is_rtl ? STR("rtl") : STR("ltr"));
}

/* Whether the whole article says more than its summary; an eighth is what the
 * blanks between paragraphs may be. */
static bool says_more(const struct item *item)
{
    return item->html.n > 0 &&
           item->text.n > item->summary.n + item->summary.n / 8;
}

static void add_body(struct buf *out, const struct edition *ed,
                     const struct entry *e)
{
    bool folded = !e->excerpt && says_more(e->item);

    if (folded) {
        if (e->item->summary.n > 0) {
            entry_summary(e, out);
            buf_add_char(out, '\n');
        }
        buf_add_str(out, STR("<details><summary"));
        if (is_other_language(ed, e))
            markup_attr(out, STR("lang"), only_language(ed->language));
        buf_add_char(out, '>');
        add_word(out, WORD_FULL_TEXT, ed->language);
        buf_add_str(out, STR("</summary>\n<div>\n"));
    }
    entry_html(ed, e, out);
    buf_add_str(out, folded ? STR("\n</div>\n</details>\n") : STR("\n"));
}

static void add_entry(struct buf *out, const struct edition *ed,
                      const struct entry *e)
{
    buf_add_str(out, STR(ENTRY_BEGIN));
    markup_text(out, str_from_c(e->short_id));
    buf_add_char(out, '"');
    add_language(out, ed, e);
    buf_add_str(out, STR(">\n<h2>"));
    if (entry_url(e).n > 0)
        add_anchor(out, entry_url(e), STR_NONE, entry_title(ed, e));
    else
        markup_text(out, entry_title(ed, e));
    buf_add_str(out, STR("</h2>\n"));
    add_meta(out, e);
    add_body(out, ed, e);
    add_attachments(out, ed, e);
    buf_add_str(out, STR(ENTRY_END));
}

/* The pages of the last days. */
static void add_days(struct buf *out, const struct edition *ed)
{
    if (ed->n_days == 0)
        return;
    buf_add_str(out, STR("<nav class=\"meta\">"));
    add_word(out, WORD_BY_DAY, ed->language);
    for (size_t i = 0; i < ed->n_days; i++) {
        if (i > 0)
            buf_add_str(out, STR(" · "));
        add_day_anchor(out, STR_NONE, ed->days[i]);
    }
    buf_add_str(out, STR("</nav>\n"));
}

void write_html(const struct edition *ed, struct buf *out, struct span *spans)
{
    page_begin(out, edition_title(ed), ed->language);
    add_autodiscovery(out, ed);
    add_card(out, ed);
    page_open_body(out);
    buf_add_str(out, STR("<h1>"));
    markup_text(out, edition_title(ed));
    buf_add_str(out, STR("</h1>\n"));
    markup_element(out, 0, STR("p"), ed->description);
    add_subscribe_line(out, ed);
    if (ed->n_entries == 0)
        markup_element(out, 0, STR("p"),
                       word_in(WORD_NO_ENTRIES, ed->language));
    for (size_t i = 0; i < ed->n_entries; i++) {
        const struct entry *e = &ed->entries[i];
        size_t from = out->n;

        if (e->ready != NULL)
            buf_add_str(out, e->ready[FORMAT_HTML]);
        else
            add_entry(out, ed, e);
        if (spans != NULL)
            spans[i] = (struct span){from, out->n};
    }
    add_days(out, ed);
    page_end(out);
}

/* ---- a day ---- */

static void add_neighbour_link(struct buf *out, struct str rel, struct str day)
{
    if (day.n == 0)
        return;
    buf_add_str(out, STR("<link"));
    markup_attr(out, STR("rel"), rel);
    buf_add_str(out, STR(" href=\""));
    markup_text(out, day);
    buf_add_str(out, STR(".html\">\n"));
}

static void add_day_ways(struct buf *out, const struct day_page *page)
{
    const struct edition *ed = page->edition;

    buf_add_str(out, STR("<nav class=\"meta\">"));
    add_anchor(out, STR("index.html"), STR_NONE, edition_title(ed));
    if (page->before.n > 0) {
        buf_add_str(out, STR(" · "));
        add_word(out, WORD_DAY_BEFORE, ed->language);
        add_day_anchor(out, STR("prev"), page->before);
    }
    if (page->after.n > 0) {
        buf_add_str(out, STR(" · "));
        add_word(out, WORD_DAY_AFTER, ed->language);
        add_day_anchor(out, STR("next"), page->after);
    }
    buf_add_str(out, STR("</nav>\n"));
}

static void add_day_card(struct buf *out, const struct day_page *page,
                         struct str title)
{
    struct page_card card = {.title = title,
                             .description = page->edition->description,
                             .site = page->edition->mill_title};
    struct buf file, url;

    buf_init(&file, BUF_MAX);
    buf_init(&url, BUF_MAX);
    buf_printf(&file, "%.*s.html", STR_ARG(page->day));
    edition_address(page->edition, buf_str(&file), &url);
    card.url = buf_str(&url);
    page_add_card(out, &card);
    buf_done(&file);
    buf_done(&url);
}

void day_write_html(const struct day_page *page, struct buf *out)
{
    const struct edition *ed = page->edition;
    struct buf title;

    buf_init(&title, BUF_MAX);
    buf_printf(&title, "%.*s · %.*s", STR_ARG(edition_title(ed)),
               STR_ARG(page->day));
    page_begin(out, buf_str(&title), ed->language);
    add_autodiscovery(out, ed);
    add_neighbour_link(out, STR("prev"), page->before);
    add_neighbour_link(out, STR("next"), page->after);
    add_day_card(out, page, buf_str(&title));
    page_open_body(out);
    markup_element(out, 0, STR("h1"), buf_str(&title));
    add_day_ways(out, page);
    for (size_t i = 0; i < page->n_entries; i++)
        buf_add_str(out, page->entries[i]);
    if (page->n_entries > 0)
        add_day_ways(out, page);
    page_end(out);
    buf_done(&title);
}

/* Where the last entry of PAGE ends, which begins at AT. */
static size_t last_end(struct str page, size_t at)
{
    static const struct str end = STR_INIT(ENTRY_END);
    size_t hit;

    while ((hit = str_find(page, end, at)) != STR_NOT_FOUND)
        at = hit + end.n;
    return at;
}

/* Nothing that is sanitized has an id, and in texts and values < and " are
 * written otherwise.  Lines are fewer than tags, so their ends are looked for. */
void day_read_entries(struct arena *a, struct str page, struct strs *out)
{
    static const struct str begin = STR_INIT("\n" ENTRY_BEGIN);
    size_t at = str_find(page, begin, 0), next;

    *out = (struct strs){0};
    for (; at != STR_NOT_FOUND; at = next) {
        next = str_find(page, begin, at + begin.n);
        *vec_add(a, out) =
            str_slice(page, at + 1,
                      next == STR_NOT_FOUND ? last_end(page, at) : next + 1);
    }
}

/* ---- the catalogue ---- */

/* The text of WORD with its {} filled; the hole is filled by the caller between
 * the two calls. */
static void add_topic_numbers(struct buf *out, const struct catalogue *c,
                              const struct topic_line *t)
{
    struct str before, behind;

    if (t->is_kept || !when_known(t->updated))
        return;
    word_split(WORD_ENTRIES, c->language, &before, &behind);
    markup_text(out, before);
    buf_printf(out, "%zu", t->n_entries);
    markup_text(out, behind);
    word_split(WORD_UPDATED, c->language, &before, &behind);
    buf_add_str(out, STR(" · "));
    markup_text(out, before);
    page_time(out, &t->updated);
    markup_text(out, behind);
}

/* Where the topic lies, with a final slash. */
static void add_folder(struct buf *out, const struct topic_line *t)
{
    buf_add_str(out, t->id);
    buf_add_char(out, '/');
}

static void add_topic(struct buf *out, const struct catalogue *c,
                      const struct topic_line *t)
{
    struct str title = t->title.n > 0 ? t->title : t->id;
    bool has_page = format_is_in(t->formats, FORMAT_HTML);
    enum edition_format format;
    struct buf folder;
    size_t since;

    buf_init(&folder, BUF_MAX);
    add_folder(&folder, t);
    buf_add_str(out, STR("<article"));
    if (lang_is_rtl(t->language) != lang_is_rtl(c->language))
        markup_attr(out, STR("dir"),
                    lang_is_rtl(t->language) ? STR("rtl") : STR("ltr"));
    buf_add_str(out, STR(">\n<h2"));
    markup_attr(out, STR("lang"), only_language(t->language));
    buf_add_char(out, '>');
    if (has_page) {
        buf_add_str(out, STR("<a href=\""));
        markup_text(out, buf_str(&folder));
        buf_add_str(out, format_file(FORMAT_HTML));
        buf_add_str(out, STR("\">"));
    }
    markup_text(out, title);
    buf_add_str(out, has_page ? STR("</a></h2>\n") : STR("</h2>\n"));
    markup_element(out, 0, STR("p"), t->description);
    buf_add_str(out, STR("<p class=\"meta\">"));
    since = out->n;
    add_topic_numbers(out, c, t);
    if (format_to_subscribe(t->formats, &format) || t->has_digest) {
        add_separator(out, since);
        add_word(out, WORD_SUBSCRIBE, c->language);
        buf_add_str(out, STR(": "));
        since = out->n;
        add_feed_anchors(out, buf_str(&folder), t->formats);
    }
    if (t->has_digest) {
        add_separator(out, since);
        buf_add_str(&folder, STR(DIGEST_FILE));
        add_anchor(out, buf_str(&folder), format_mime(FORMAT_ATOM),
                   word_in(WORD_DIGEST, c->language));
    }
    buf_add_str(out, STR("</p>\n</article>\n"));
    buf_done(&folder);
}

static void add_catalogue_discovery(struct buf *out, const struct catalogue *c)
{
    for (size_t i = 0; i < c->n_topics; i++) {
        const struct topic_line *t = &c->topics[i];
        enum edition_format format;

        if (!format_to_subscribe(t->formats, &format))
            continue;
        buf_add_str(out, STR("<link rel=\"alternate\""));
        markup_attr(out, STR("type"), format_mime(format));
        buf_add_str(out, STR(" href=\""));
        add_folder(out, t);
        buf_add_str(out, format_file(format));
        buf_add_char(out, '"');
        markup_attr(out, STR("title"), t->title);
        buf_add_str(out, STR(">\n"));
    }
}

/* A mill is about its topics. */
static void add_catalogue_card(struct buf *out, const struct catalogue *c)
{
    struct page_card card = {.title = c->title, .url = c->base_url};
    struct buf about;

    buf_init(&about, BUF_MAX);
    for (size_t i = 0; i < c->n_topics; i++) {
        const struct topic_line *t = &c->topics[i];

        add_separator(&about, 0);
        buf_add_str(&about, t->title.n > 0 ? t->title : t->id);
    }
    card.description = buf_str(&about);
    page_add_card(out, &card);
    buf_done(&about);
}

void catalogue_write_html(const struct catalogue *c, struct buf *out)
{
    page_begin(out, c->title, c->language);
    add_catalogue_discovery(out, c);
    add_catalogue_card(out, c);
    page_open_body(out);
    buf_add_str(out, STR("<h1>"));
    markup_text(out, c->title);
    buf_add_str(out, STR("</h1>\n<p class=\"meta\">"));
    if (c->author.n > 0 && !str_eq(c->author, c->title)) {
        markup_text(out, c->author);
        buf_add_str(out, STR(" · "));
    }
    add_anchor(out, STR("feeds.opml"), STR("text/x-opml"),
               word_in(WORD_SUBSCRIBE_ALL, c->language));
    buf_add_str(out, STR("</p>\n"));
    if (c->n_topics == 0)
        markup_element(out, 0, STR("p"), word_in(WORD_NO_TOPICS, c->language));
    for (size_t i = 0; i < c->n_topics; i++)
        add_topic(out, c, &c->topics[i]);
    page_end(out);
}
