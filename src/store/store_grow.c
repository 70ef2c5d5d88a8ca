/*
 * A body from the page of a feed's entry.  The item keeps the hashes of what its
 * feed gave (see store_full.c); its body, its text's key, its sketch and what is
 * said of the text are the page's.
 */
#include "store/store_put.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "store/store_members.h"

#define DATE_SURE .5F /* a page's date is believed from here on */

/* An item alone in its story, which no edition has shown, may move to another
 * now that its text says more; OUT is where to. */
static bool find_new_story(struct put *p, const struct stored_item *item,
                           const struct story_sketch *sketch,
                           struct joined *out, struct error *err)
{
    struct entry_row entry;
    struct stored_item *members;
    struct moved_item *moved;
    bool is_published;
    size_t n;

    *out = (struct joined){0};
    if (!store_moved(p->s, p->a, &moved, &n, err))
        return false;
    for (size_t i = 0; i < n; i++) /* the editor has had her say */
        if (moved[i].home == item->story || moved[i].story == item->story)
            return true;
    if (!store_get_entry(p->s, p->a, item->story, &entry, &is_published, err) ||
        !store_story_members(p->s, p->a, item->story, &members, &n, err))
        return false;
    if (is_published || n != 1)
        return true;
    p->keys.url_may_join = false; /* it has had its say */
    return story_find(p->s, p->a, p->source, &p->keys, &out->story, &out->why,
                      err) &&
           (out->story != 0 || story_near(p->s, p->a, sketch, out, err));
}

static bool move_to_story(struct put *p, const struct stored_item *item,
                          int64_t story, struct str why, struct error *err)
{
    static const char move[] =
        "UPDATE item SET story = ?, why = ?, is_lead = 0 WHERE id = ?";
    static const char drop[] = "DELETE FROM story WHERE id = ?";
    struct query q;

    members_drop(p->s, story);
    if (!query_ask(&q, p->s, move,
                   VALUES(of_int(story), of_str(why), of_int(item->rowid)),
                   err))
        return false;
    return query_run(&q, err) &&
           query_do(p->s, drop, VALUES(of_int(item->story)), err);
}

static bool update_grown(struct put *p, int64_t rowid, struct error *err)
{
    static const char sql[] =
        "UPDATE item SET letters = ?, is_spam_cut = ?, title = ?,"
        " language = ?, site_name = ?, origin = ?, origin_url = ?"
        " WHERE id = ?";
    const struct item *i = p->item;

    return query_do(p->s, sql,
                    VALUES(of_int((int64_t)utf8_chars(i->text)),
                           of_int(notes_have(&i->notes, NOTE_SPAM_CUT)),
                           of_str(i->title), of_str(i->language),
                           of_str(i->site_name), of_str(i->source),
                           of_str(i->source_url), of_int(rowid)),
                    err);
}

static void drop_date_notes(struct arena *a, struct notes *notes)
{
    struct notes rest = {0};

    for (const struct note *n = notes->first; n != NULL; n = n->next)
        if (n->code != NOTE_DATE_UNKNOWN && n->code != NOTE_DATE_FUTURE)
            note_add(&rest, a, n->code, "%.*s", STR_ARG(n->text));
    *notes = rest;
}

/* Where its feed gives no date the page's stands in for the time first seen, as
 * long as no reader knows that. */
static bool take_date(struct put *p, struct stored_item *item,
                      const struct item *page, struct error *err)
{
    static const char sql[] =
        "UPDATE item SET published = ?1, published_zone = ?2,"
        " published_precision = ?3, updated = ?1, updated_zone = ?2,"
        " updated_precision = ?3, date_is_first_seen = 0 WHERE id = ?4";
    struct entry_row entry;
    struct query q;
    bool is_published;

    if (!item->date_is_first_seen || page->confidence.date < DATE_SURE ||
        !when_known(page->published) || !put_believes(p, page->published))
        return true;
    if (!store_get_entry(p->s, p->a, item->story, &entry, &is_published, err))
        return false;
    if (is_published)
        return true;
    item->published = page->published;
    item->item.confidence.date = page->confidence.date;
    drop_date_notes(p->a, &item->item.notes);
    if (!query_start(&q, p->s, sql, err))
        return false;
    bind_when(&q, page->published);
    bind_int(&q, item->rowid);
    return query_run(&q, err);
}

static bool grow(struct put *p, const struct stored_item *item,
                 struct error *err)
{
    struct story_sketch sketch;
    struct joined to;

    if (!put_load_source(p, err))
        return false;
    p->keys = keys_of(p->a, p->item, p->source_id);
    p->s->judge->sketch(p->a, p->item, p->source_id, &sketch);
    keys_add_text(&p->keys, &sketch);
    sketch.published = item->published.unix_seconds;
    sketch.story = item->story;
    if (!put_drop_text_key(p, item->rowid, err) ||
        !find_new_story(p, item, &sketch, &to, err) ||
        (to.story != 0 && !move_to_story(p, item, to.story, to.why, err)) ||
        (to.digest_story != 0 && !story_part(p->s, p->a, &to, p->now, err)))
        return false;
    sketch.is_digest = to.is_digest;
    return update_grown(p, item->rowid, err) &&
           put_body(p, item->rowid, false, err) &&
           (!p->keys.has_text || put_claim_text(p, item->rowid, err)) &&
           sketch_change(p->s, item->rowid, &sketch, p->now, err) &&
           story_rank(p->s, p->a, to.story != 0 ? to.story : item->story, err);
}

bool store_grow_item(struct store *s, int64_t item_rowid,
                     const struct item *page, int64_t now, struct error *err)
{
    struct put p = {.s = s, .a = s->put, .now = now};
    struct stored_item item;
    struct own own;
    bool ok, found;

    if (!own_begin(&own, s, err))
        return false;
    arena_reset(s->put);
    ok = store_get_item(s, p.a, item_rowid, &item, &found, err);
    if (ok && found) {
        item_take_page(p.a, &item.item, page);
        p.item = &item.item;
        p.source = item.source_rowid;
        ok = take_date(&p, &item, page, err) && grow(&p, &item, err);
    }
    return own_end(&own, s, ok, err);
}
