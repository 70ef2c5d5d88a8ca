/* An edition as JSON Feed 1.1, pretty-printed: the file is read by people too,
 * and it compresses as well. */
#include "publish/writers.h"

#include "base/buf.h"
#include "base/json_out.h"
#include "publish/entry_parts.h"
#include "publish/json_parts.h"
#include "text/url.h"

static void add_own_address(struct json_out *j, struct str key,
                            const struct edition *ed, struct str file)
{
    struct buf address;

    buf_init(&address, BUF_MAX);
    edition_address(ed, file, &address);
    json_text(j, key, buf_str(&address));
    buf_done(&address);
}

static void add_one_author(struct json_out *j, struct str name)
{
    struct person p = {.name = name};
    struct persons list = {.at = &p, .n = 1};

    json_authors(j, &list);
}

static void add_content(struct json_out *j, const struct edition *ed,
                        const struct entry *e)
{
    struct buf html;

    buf_init(&html, BUF_MAX);
    entry_html(ed, e, &html);
    /* One of the two contents must be there; of a bare title it is the title. */
    if (html.n > 0)
        json_text(j, STR("content_html"), buf_str(&html));
    else
        json_text(j, STR("content_text"), entry_title(ed, e));
    buf_done(&html);
}

static void add_alternates(struct json_out *j, const struct entry *e)
{
    if (e->n_alternates == 0)
        return;
    json_key(j, STR("alternates"));
    json_array(j);
    for (size_t i = 0; i < e->n_alternates; i++) {
        json_object(j);
        json_text(j, STR("url"), e->alternates[i].url);
        json_text(j, STR("title"), e->alternates[i].title);
        json_text(j, STR("source"), e->alternates[i].source_name);
        json_text(j, STR("why"), e->alternates[i].why);
        json_end(j);
    }
    json_end(j);
}

static void add_extension(struct json_out *j, const struct edition *ed,
                          const struct entry *e)
{
    json_key(j, STR("_feedmill"));
    json_object(j);
    json_text(j, STR("item"), str_from_c(e->short_id));
    if (e->source_name.n > 0 || url_is_http(e->source_url)) {
        json_key(j, STR("source"));
        json_object(j);
        json_text(j, STR("name"), e->source_name);
        if (url_is_http(e->source_url))
            json_text(j, STR("url"), e->source_url);
        json_end(j);
    }
    json_text(j, STR("via"), e->item->source);
    if (!str_eq(entry_title(ed, e), e->item->title))
        json_text(j, STR("original_title"), e->item->title);
    json_text(j, STR("note"), e->note);
    if (e->is_pinned) {
        json_key(j, STR("pinned"));
        json_bool(j, true);
    }
    if (e->date_is_first_seen) {
        json_key(j, STR("date_is_first_seen"));
        json_bool(j, true);
    }
    if (e->excerpt) {
        json_key(j, STR("excerpt"));
        json_bool(j, true);
    }
    add_alternates(j, e);
    json_end(j);
}

static void add_item(struct json_out *j, const struct edition *ed,
                     const struct entry *e)
{
    json_object(j);
    json_text(j, STR("id"), e->atom_id);
    json_text(j, STR("url"), entry_url(e));
    json_text(j, STR("title"), entry_title(ed, e));
    json_text(j, STR("summary"), e->item->summary);
    add_content(j, ed, e);
    if (url_is_http(e->item->image))
        json_text(j, STR("image"), e->item->image);
    json_when(j, STR("date_published"), e->published);
    json_when(j, STR("date_modified"), entry_updated(e));
    if (e->item->authors.n > 0)
        json_authors(j, &e->item->authors);
    else
        add_one_author(j, entry_credit(ed, e));
    json_tags(j, &e->item->tags);
    json_text(j, STR("language"), e->item->language);
    json_attachments(j, &e->item->attachments);
    add_extension(j, ed, e);
    json_end(j);
}

void write_jsonfeed(const struct edition *ed, struct buf *out,
                    struct span *spans)
{
    struct str hub = ed->hub;
    struct json_out j;

    json_init(&j, out, true);
    json_object(&j);
    json_text(&j, STR("version"), STR("https://jsonfeed.org/version/1.1"));
    json_text(&j, STR("title"), edition_title(ed));
    add_own_address(&j, STR("home_page_url"), ed, STR_NONE);
    add_own_address(&j, STR("feed_url"), ed, STR("feed.json"));
    json_text(&j, STR("description"), ed->description);
    json_text(&j, STR("language"), ed->language);
    add_one_author(&j, edition_author(ed));
    if (edition_has_hub(ed))
        json_hubs(&j, &(struct strs){.at = &hub, .n = 1});
    json_key(&j, STR("items"));
    json_array(&j);
    for (size_t i = 0; i < ed->n_entries; i++) {
        const struct entry *e = &ed->entries[i];
        size_t from;

        json_separate(&j);
        from = out->n;
        if (e->ready != NULL)
            json_raw(&j, e->ready[FORMAT_JSONFEED]);
        else
            add_item(&j, ed, e);
        if (spans != NULL)
            spans[i] = (struct span){from, out->n};
    }
    json_end(&j);
    json_end(&j);
    buf_add_char(out, '\n');
}
