/* The items or stories of a mill with how they stand, newest first. */
#include "mill/list_items.h"

#include "base/arena.h"
#include "base/json_out.h"
#include "base/map.h"
#include "base/vec.h"
#include "mill/standing.h"
#include "publish/publish.h"
#include "store/store.h"
#include "sys/clock.h"

#define NEW_FOR ((int64_t)86400) /* since it was first seen */

struct listing {
    const struct config *config;
    struct store *store;
    const struct list_options *options;
    const struct topic *topic; /* only this; NULL: all */
    int64_t new_since;
    const struct decided_map *map;
    struct arena *a;       /* of the list */
    struct arena *scratch; /* of the item at hand */
    struct map seen;       /* stories listed */
    struct buf *out;
    struct error *err;
    bool failed;
};

/* How the item stands in all the topics asked about: the strongest state, and
 * the topics that publish it. */
struct stands {
    enum item_state state;
    bool is_held, is_hidden; /* in one of them */
    struct strs topics;
};

/* Published in one topic counts more than held in another, and that more than
 * unmatched in a third. */
static int rank(enum item_state state)
{
    static const enum item_state order[] = {ITEM_UNMATCHED, ITEM_FOLDED,
                                            ITEM_HIDDEN,    ITEM_HELD,
                                            ITEM_PUBLISHED, ITEM_RETRACTED};

    for (int i = 0; i < (int)(sizeof order / sizeof order[0]); i++)
        if (order[i] == state)
            return i;
    return -1;
}

static void add_stand(struct listing *l, struct stands *out,
                      enum item_state state, const struct topic *topic)
{
    if (rank(state) > rank(out->state))
        out->state = state;
    out->is_held |= state == ITEM_HELD;
    out->is_hidden |= state == ITEM_HIDDEN;
    if (state == ITEM_PUBLISHED)
        *vec_add(l->scratch, &out->topics) = topic->id;
}

static bool look(struct listing *l, const struct stored_item *item,
                 struct stands *out)
{
    const struct mill_config *mill = &l->config->mill;

    *out = (struct stands){.state = ITEM_UNMATCHED};
    for (size_t i = 0; i < mill->n_topics; i++) {
        const struct topic *t = &mill->topics[i];
        struct member_state s;

        if ((l->topic != NULL && t != l->topic) ||
            !topic_has_source(&l->config->mill, t, item->source_id))
            continue;
        if (!member_state_of(l->scratch, l->config, l->store, t, l->map, item,
                             &s, l->err))
            return false;
        add_stand(l, out, s.state, t);
    }
    return true;
}

/* The same of a story; *SHOWN is who stands for it where it stands as was asked,
 * else where it stands best. */
static void look_at_story(struct listing *l, struct stored_item *members,
                          size_t n, struct stands *out,
                          const struct stored_item **shown)
{
    const struct mill_config *mill = &l->config->mill;
    bool is_asked = false;

    *out = (struct stands){.state = ITEM_UNMATCHED};
    *shown = NULL;
    for (size_t i = 0; i < mill->n_topics; i++) {
        const struct topic *t = &mill->topics[i];
        enum item_state before = out->state;
        const struct stored_item *best;
        struct standing s;
        bool is_so;

        if (l->topic != NULL && t != l->topic)
            continue;
        best = member_in_topic(l->config, t, l->map, members, n);
        if (best == NULL)
            continue;
        standing_of(l->scratch, l->config, t, l->map, best, &s);
        add_stand(l, out, s.state, t);
        is_so = str_eq(l->options->state, item_state_name(s.state));
        if (*shown == NULL || (!is_asked && (is_so || out->state != before)))
            *shown = best;
        is_asked |= is_so;
    }
    if (*shown == NULL)
        *shown = &members[0];
}

/* A feed's entry that got the text of its page. */
static bool has_page_text(const struct stored_item *item)
{
    return notes_have(&item->item.notes, NOTE_FULL_TEXT);
}

static void put_source(struct json_out *j, const struct listing *l,
                       const struct stored_item *item)
{
    json_key(j, STR("source"));
    json_object(j);
    json_member(j, STR("url"), item->source_id);
    json_member(j, STR("name"), source_name_of(l->config, item));
    json_end(j);
}

static void put_topics(struct json_out *j, const struct stands *stands)
{
    json_key(j, STR("topics"));
    json_array(j);
    for (size_t i = 0; i < stands->topics.n; i++)
        json_str(j, stands->topics.at[i]);
    json_end(j);
}

static void put_moment(struct json_out *j, const struct stored_item *item)
{
    char text[WHEN_CHARS];

    when_rfc3339(item->published, text);
    json_member(j, STR("published"), str_from_c(text));
}

/* Whether the text is the feed's or the page's. */
static struct str text_from(const struct stored_item *item)
{
    return item->item.feed == NULL || has_page_text(item) ? STR("page")
                                                          : STR("feed");
}

/* Members that an item has in every list. */
static void put_item(struct json_out *j, const struct listing *l,
                     const struct stored_item *item)
{
    json_member(j, STR("id"), str_from_c(item->short_id));
    json_member(j, STR("url"), item->item.url);
    json_member(j, STR("title"), item->item.title);
    put_moment(j, item);
    put_source(j, l, item);
    json_member(j, STR("text_from"), text_from(item));
}

static void text_line(struct listing *l, const struct stored_item *item,
                      enum item_state state, size_t n_members)
{
    struct str title = item->item.title;
    char text[WHEN_CHARS];

    if (title.n == 0)
        title = entry_stand_in(l->scratch, item->item.summary);
    when_rfc3339(item->published, text);
    buf_printf(l->out, "%s  %-9.*s  %.10s  %.*s (%.*s", item->short_id,
               STR_ARG(item_state_name(state)), text, STR_ARG(title),
               STR_ARG(source_name_of(l->config, item)));
    if (n_members > 1)
        buf_printf(l->out, " and %zu more", n_members - 1);
    buf_add_str(l->out, has_page_text(item) ? STR(", text of its page)\n")
                                            : STR(")\n"));
}

/* What waits for the editor in one topic is asked for though another publishes
 * it, and is then shown as that.  New is what came of late and waits or is published,
 * and is shown as that. */
static bool is_asked_for(const struct listing *l, struct stands *stands,
                         int64_t first_seen)
{
    struct str asked = l->options->state;

    if (asked.n == 0)
        return true;
    if (str_eq(asked, item_state_name(ITEM_NEW)))
        return first_seen > l->new_since &&
               (stands->state == ITEM_HELD || stands->state == ITEM_PUBLISHED);
    if (stands->is_held && str_eq(asked, item_state_name(ITEM_HELD)))
        stands->state = ITEM_HELD;
    if (stands->is_hidden && str_eq(asked, item_state_name(ITEM_HIDDEN)))
        stands->state = ITEM_HIDDEN;
    return str_eq(asked, item_state_name(stands->state));
}

static bool list_item(struct listing *l, const struct stored_item *item)
{
    struct stands stands;
    struct json_out j;

    if (!look(l, item, &stands))
        return false;
    if (!is_asked_for(l, &stands, item->first_seen))
        return true;
    if (!l->options->json) {
        text_line(l, item, stands.state, 1);
        return true;
    }
    json_init(&j, l->out, false);
    json_object(&j);
    put_item(&j, l, item);
    put_topics(&j, &stands);
    json_member(&j, STR("state"), item_state_name(stands.state));
    json_end(&j);
    buf_add_char(l->out, '\n');
    return true;
}

static bool give_item(void *ctx, const struct item_place *place)
{
    struct listing *l = ctx;
    struct stored_item item;
    bool found;

    arena_reset(l->scratch);
    l->failed = !store_get_item(l->store, l->scratch, place->rowid, &item,
                                &found, l->err);
    if (!l->failed && found)
        l->failed = !list_item(l, &item);
    return !l->failed;
}

static void put_story(struct listing *l, const struct stored_item *members,
                      size_t n, const struct stands *stands,
                      const struct stored_item *shown, struct str id)
{
    struct json_out j;

    json_init(&j, l->out, false);
    json_object(&j);
    json_member(&j, STR("id"), id);
    json_member(&j, STR("state"), item_state_name(stands->state));
    put_topics(&j, stands);
    json_member(&j, STR("lead"), str_from_c(shown->short_id));
    json_key(&j, STR("members"));
    json_array(&j);
    for (size_t i = 0; i < n; i++) {
        json_object(&j);
        put_item(&j, l, &members[i]);
        json_member(&j, STR("why"), members[i].why);
        json_end(&j);
    }
    json_end(&j);
    json_end(&j);
    buf_add_char(l->out, '\n');
}

static int64_t earliest(const struct stored_item *members, size_t n)
{
    int64_t first_seen = members[0].first_seen;

    for (size_t i = 1; i < n; i++)
        if (members[i].first_seen < first_seen)
            first_seen = members[i].first_seen;
    return first_seen;
}

static bool list_story(struct listing *l, int64_t story)
{
    const struct stored_item *shown;
    struct stored_item *members;
    struct entry_row entry;
    struct stands stands;
    bool found;
    size_t n;

    if (!store_story_members(l->store, l->scratch, story, &members, &n,
                             l->err) ||
        !store_get_entry(l->store, l->scratch, story, &entry, &found, l->err))
        return false;
    if (n == 0 || (n == 1 && !l->options->all && l->options->state.n == 0))
        return true;
    look_at_story(l, members, n, &stands, &shown);
    if (!is_asked_for(l, &stands, earliest(members, n)))
        return true;
    if (l->options->json)
        put_story(l, members, n, &stands, shown,
                  found ? entry.atom_id : str_from_c(members[0].short_id));
    else
        text_line(l, shown, stands.state, n);
    return true;
}

static bool give_story(void *ctx, const struct item_place *place)
{
    struct listing *l = ctx;
    bool is_new = true;

    map_put(&l->seen,
            arena_str(l->a,
                      str_of((const char *)&place->story, sizeof place->story)),
            &is_new);
    if (!is_new)
        return true;
    arena_reset(l->scratch);
    l->failed = !list_story(l, place->story);
    return !l->failed;
}

/* The rows of the sources that the topics asked about have. */
static bool find_rows(struct listing *l, struct source_row *rows, size_t n,
                      int64_t *out, size_t *n_out)
{
    const struct mill_config *mill = &l->config->mill;

    *n_out = 0;
    for (size_t i = 0; i < n; i++) {
        bool has = l->topic != NULL &&
                   topic_has_source(&l->config->mill, l->topic, rows[i].id);

        for (size_t t = 0; l->topic == NULL && t < mill->n_topics && !has; t++)
            has = topic_has_source(mill, &mill->topics[t], rows[i].id);
        if (has)
            out[(*n_out)++] = rows[i].rowid;
    }
    return *n_out > 0;
}

bool list_items(struct arena *a, const struct config *config,
                struct store *store, const struct list_options *options,
                const struct topic *topic, struct buf *out, struct error *err)
{
    struct listing l = {.config = config,
                        .store = store,
                        .options = options,
                        .topic = topic,
                        .new_since = clock_now() - NEW_FOR,
                        .a = a,
                        .out = out,
                        .err = err};
    struct decided_map *map;
    struct source_row *rows;
    int64_t *rowids;
    bool ok = true;
    size_t n;

    if (!decisions_resolve(a, config, store, clock_now(), SAY_VERBOSE, &map,
                           err) ||
        !store_all_sources(store, a, &rows, &n, err))
        return false;
    l.map = map;
    map_init(&l.seen, a);
    rowids = arena_array(a, n + 1, sizeof *rowids);
    l.scratch = arena_new(0);
    if (find_rows(&l, rows, n, rowids, &n))
        ok = store_each_place(
            store,
            &(struct place_walk){
                .sources = rowids, .n_sources = n, .since = INT64_MIN},
            options->what == LIST_ITEMS ? give_item : give_story, &l, err);
    arena_free(l.scratch);
    return ok && !l.failed;
}
