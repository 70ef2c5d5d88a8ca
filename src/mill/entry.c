#include "mill/entry.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "mill/standing.h"
#include "publish/publish.h"
#include "text/lang.h"
#include "text/percent.h"
#include "text/url.h"

#define LANGUAGE_BYTES 1024 /* of a text that tell its language */

/* Printable, none of the ASCII signs that RFC 3987 leaves out, and every % the
 * beginning of an escape. */
static bool has_iri_characters(struct str s)
{
    static const struct str forbidden = STR_INIT("<>\"{}|\\^`");

    for (size_t i = 0; i < s.n;) {
        size_t from = i;
        uint32_t c = utf8_next(s, &i);

        if (c <= ' ' || (c >= 0x7F && c < 0xA0) || is_blank(c) ||
            (c < 0x80 && str_has(forbidden, str_slice(s, from, i))))
            return false;
        if (c == '%' && !(from + 2 < s.n && percent_hex(s.p[from + 1]) >= 0 &&
                          percent_hex(s.p[from + 2]) >= 0))
            return false;
    }
    return true;
}

/* The item's own id serves when it is an absolute IRI. */
static struct str own_id(struct arena *a, const struct item *item)
{
    struct url url;

    if (item->guid.n == 0 || !has_iri_characters(item->guid) ||
        !url_parse(a, item->guid, STR_NONE, &url))
        return STR_NONE;
    return item->guid;
}

static bool is_excerpt(const struct mill_config *mill,
                       const struct topic *topic, struct str source_id)
{
    const struct source *source = source_by_id(mill, source_id);

    if (source != NULL && source->publish != PUBLISH_DEFAULT)
        return source->publish == PUBLISH_EXCERPT;
    if (topic->publish != PUBLISH_DEFAULT)
        return topic->publish == PUBLISH_EXCERPT;
    return mill->publish == PUBLISH_EXCERPT;
}

static bool is_listed(const struct alternate *list, size_t n, struct str url)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(list[i].url, url))
            return true;
    return false;
}

/* The other members; two sources that gave one address are one report. */
static void add_alternates(const struct config *config, struct arena *a,
                           const struct told *t, struct entry *entry)
{
    struct alternate *list = arena_array(a, t->n, sizeof *list);

    for (size_t i = 0; i < t->n; i++) {
        const struct stored_item *m = &t->members[i];

        if (m == t->best || m->item.url.n == 0 ||
            str_eq(m->item.url, t->best->item.url) ||
            is_listed(list, entry->n_alternates, m->item.url))
            continue;
        list[entry->n_alternates++] = (struct alternate){
            .url = m->item.url,
            .title = m->item.title,
            .source_name = source_name_of(config, m),
            .why = m->why,
        };
    }
    entry->alternates = list;
}

/* What a feed says no language of is of the topic's for a reader, which may be
 * wrong: then its letters say it. */
static const struct item *with_language(struct arena *a,
                                        const struct topic *topic,
                                        const struct item *item)
{
    struct str text = item->text.n > 0 ? item->text : item->title, language;
    struct item *copy;

    if (item->language.n > 0)
        return item;
    language = lang_guess(utf8_clip(text, LANGUAGE_BYTES));
    if (language.n == 0 ||
        str_eq(lang_family(language), lang_family(topic->language)))
        return item;
    copy = arena_make(a, struct item);
    *copy = *item;
    copy->language = language;
    return copy;
}

/* What has no title is called by the beginning of its summary. */
static struct str title_of(struct arena *a, const struct decided *decided,
                           const struct item *item)
{
    if (decided->title.n > 0)
        return decided->title;
    return item->title.n > 0 ? item->title : entry_stand_in(a, item->summary);
}

/* A text, by its hash, under what the entry is called and noted. */
static struct hash128 hash_said(struct arena *a, const struct entry *e,
                                struct hash128 text)
{
    unsigned char bytes[16];

    hash128_bytes(text, bytes);
    return hash128(arena_cat(a, str_of((const char *)bytes, sizeof bytes),
                             e->title, STR("\n"), e->note));
}

/* All that is said, and of it what is published: an article may be edited where
 * an excerpt does not show it, and a teaser whose page is published says no more. */
static void hash_shown(struct arena *a, const struct entry *e,
                       const struct stored_item *best, struct shown *out)
{
    struct hash128 text =
        hash128(e->excerpt ? best->item.summary : best->item.text);

    out->content = hash_said(a, e, best->content);
    out->seen = hash_said(a, e, text);
}

/* Of a page that is read it is its home, and no feed. */
static struct str feed_address(const struct stored_item *item)
{
    return url_is_http(item->source_id) &&
                   !str_eq(item->source_id, item->source_home)
               ? item->source_id
               : STR_NONE;
}

bool entry_make(struct press *p, const struct topic *topic, struct arena *a,
                const struct told *t, int64_t rank, struct entry *out,
                struct error *err)
{
    const struct stored_item *best = t->best;
    char fallback[UUID_URN_CHARS + 1];
    struct decided decided;
    struct entry_row row;
    struct shown shown = {.updated = best->updated,
                          .source = best->source_rowid};

    hash128_uuid(hash128(best->item.key), fallback);
    decided_of(p->decided, best->story, topic->id, &decided);
    if (!store_entry(p->store, a, best->story, own_id(a, &best->item),
                     str_from_c(fallback), p->now, &row, err))
        return false;
    *out = (struct entry){
        .atom_id = row.atom_id,
        .story = best->story,
        .source = best->source_rowid,
        .item = with_language(a, topic, &best->item),
        .title = title_of(a, &decided, &best->item),
        .note = decided.note,
        .is_pinned = decided.is_pinned,
        .published = row.published,
        .shown = mill_moment(&p->config->mill, row.published),
        .date_is_first_seen = best->date_is_first_seen,
        .source_name = source_name_of(p->config, best),
        .source_url = best->source_home,
        .source_feed = feed_address(best),
        .source_feed_id = best->source_feed_id,
        .source_updated = best->source_updated,
        .rank = topic->order == ORDER_RANK ? rank : row.published.unix_seconds,
        .excerpt = is_excerpt(&p->config->mill, topic, best->source_id),
    };
    hash_shown(a, out, best, &shown);
    if (!store_shown(p->store, topic->id, &row, &shown, p->now, err))
        return false;
    out->updated = row.updated;
    memcpy(out->short_id, best->short_id, sizeof out->short_id);
    if (row.is_new)
        map_put(&p->fresh, arena_str(p->a, row.atom_id), NULL);
    add_alternates(p->config, a, t, out);
    return true;
}
