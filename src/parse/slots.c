/* Where the fields of what is being read lie. */
#include "parse/reader.h"

#include <stddef.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "text/url.h"

#define NOT_THERE SIZE_MAX
/* What an entry, or all that stands outside of entries, may hold. */
#define FIELDS_BYTES_MAX ((size_t)12 << 20)
#define EXT_MAX          300 /* members of ext of an entry, or of the feed */
/* No more of them when an entry, or a feed outside of entries, holds so much. */
#define EXTRAS_BYTES_MAX ((size_t)8 << 20)

static const struct {
    size_t feed, entry;
} offsets[FIELDS] = {
    [FIELD_NONE] = {NOT_THERE, NOT_THERE},
#define BOTH(id, name)                                                         \
    [FIELD_##id] = {offsetof(struct feed_info, name),                          \
                    offsetof(struct feed_fields, name)},
#define FEED_ONLY(id, name)                                                    \
    [FIELD_##id] = {offsetof(struct feed_info, name), NOT_THERE},
#define ENTRY_ONLY(id, name)                                                   \
    [FIELD_##id] = {NOT_THERE, offsetof(struct feed_fields, name)},
    BOTH(TITLE, title) BOTH(SUBTITLE, subtitle) BOTH(SUMMARY, summary)
        FEED_ONLY(INFO, info) BOTH(RIGHTS, rights) BOTH(PUBLISHED, published)
            BOTH(UPDATED, updated) BOTH(CREATED, created) ENTRY_ONLY(
                EXPIRED,
                expired)[FIELD_ID] = {offsetof(struct feed_info, id),
                                      offsetof(struct feed_fields, guid)},
    BOTH(LANGUAGE, language) ENTRY_ONLY(COMMENTS, comments)
        BOTH(LICENSE, license) FEED_ONLY(DOCS, docs) FEED_ONLY(ICON, icon)
            FEED_ONLY(LOGO, logo) BOTH(IMAGE, image) FEED_ONLY(NEW_LOCATION,
                                                               new_location)
                FEED_ONLY(ERRORS_TO, errors_to) BOTH(AUTHOR, authors)
                    BOTH(CONTRIBUTOR, contributors) BOTH(PUBLISHER, publisher)
#undef BOTH
#undef FEED_ONLY
#undef ENTRY_ONLY
};

static struct feed_info *info(struct feed_reader *r)
{
    if (r->source != NULL)
        return r->source;
    return r->in_entry ? NULL : &r->feed;
}

static void *slot(struct feed_reader *r, enum field field)
{
    struct feed_info *feed = info(r);
    size_t at = feed != NULL ? offsets[field].feed : offsets[field].entry;

    if (at == NOT_THERE)
        return NULL;
    return feed != NULL ? (char *)feed + at : (char *)&r->entry + at;
}

struct text *text_slot(struct feed_reader *r, enum field field)
{
    return slot(r, field);
}

struct when *when_slot(struct feed_reader *r, enum field field)
{
    return slot(r, field);
}

struct str *str_slot(struct feed_reader *r, enum field field)
{
    return slot(r, field);
}

struct persons *persons_slot(struct feed_reader *r, enum field field)
{
    return slot(r, field);
}

struct links *links_slot(struct feed_reader *r)
{
    struct feed_info *feed = info(r);

    return feed != NULL ? &feed->links : &r->entry.links;
}

struct categories *categories_slot(struct feed_reader *r)
{
    struct feed_info *feed = info(r);

    return feed != NULL ? &feed->categories : &r->entry.categories;
}

struct extra *extras_slot(struct feed_reader *r)
{
    struct feed_info *feed = info(r);
    struct extra **root = feed != NULL ? &feed->extras : &r->entry.extras;

    if (*root == NULL)
        *root = extra_object(reader_arena(r), STR_NONE);
    return *root;
}

struct extra *extras_group(struct feed_reader *r, struct str name)
{
    struct extra *root = extras_slot(r), *group = extra_get(root, name);

    if (group == NULL) {
        group = extra_object(reader_arena(r), name);
        extra_append(root, group);
    }
    return group;
}

void extras_left_out(struct feed_reader *r, struct str name)
{
    note_add(reader_notes(r), reader_arena(r), NOTE_TOO_LARGE,
             "%.*s: too many, the rest is left out",
             STR_ARG(utf8_clip(name, 60)));
}

void extras_too_deep(struct feed_reader *r, struct str name)
{
    note_add(reader_notes(r), reader_arena(r), NOTE_TOO_LARGE,
             "%.*s: nested too deep, what names its parts is left out",
             STR_ARG(utf8_clip(name, 60)));
}

bool extras_append(struct feed_reader *r, struct extra *group, struct extra *e)
{
    size_t *count = r->in_entry ? &r->entry_extras : &r->feed_extras;

    if ((*count)++ >= EXT_MAX) {
        extras_left_out(r, group->name);
        return false;
    }
    extra_append(group, e);
    return true;
}

void extras_put(struct feed_reader *r, struct extra *group, struct extra *e)
{
    struct extra *old = extra_get(group, e->name);

    if (old != NULL) {
        struct extra *next = old->next;

        *old = *e;
        old->next = next;
        return;
    }
    (void)extras_append(r, group, e);
}

void extras_add(struct feed_reader *r, struct extra *group, struct extra *e)
{
    struct extra *old = extra_get(group, e->name);

    if (old == NULL) {
        (void)extras_append(r, group, e);
        return;
    }
    if (old->kind == EXTRA_TEXT && e->kind == EXTRA_TEXT &&
        str_eq(old->value, e->value))
        return;
    if (old->kind != EXTRA_LIST) {
        struct extra *first = arena_make(reader_arena(r), struct extra);

        *first = *old;
        first->name = STR_NONE;
        first->next = NULL;
        *old = (struct extra){
            .kind = EXTRA_LIST, .name = old->name, .next = old->next};
        extra_append(old, first);
    }
    e->name = STR_NONE;
    (void)extras_append(r, old, e);
}

bool field_claim(struct feed_reader *r, enum field field,
                 unsigned char strength)
{
    unsigned char *claimed = r->source != NULL ? &r->source_strength[field]
                             : r->in_entry     ? &r->entry_strength[field]
                                               : &r->feed_strength[field];

    if (strength < *claimed)
        return false;
    *claimed = strength;
    return true;
}

struct arena *reader_arena(struct feed_reader *r)
{
    return r->in_entry ? r->entry_arena : r->arena;
}

bool reader_is_full(const struct feed_reader *r)
{
    return arena_used(r->in_entry ? r->entry_arena : r->arena) >
           FIELDS_BYTES_MAX;
}

void reader_note_full(struct feed_reader *r)
{
    if (!r->full_noted)
        note_add(reader_notes(r), reader_arena(r), NOTE_TOO_LARGE,
                 "more than %zu MB of fields: the rest is left out",
                 FIELDS_BYTES_MAX >> 20);
    r->full_noted = true;
}

void reader_value_invalid(struct feed_reader *r, struct str name,
                          struct str text)
{
    note_add(reader_notes(r), reader_arena(r), NOTE_VALUE_INVALID, "%.*s: %.*s",
             STR_ARG(name), STR_ARG(utf8_clip(str_trim(text), 100)));
}

bool extras_are_full(const struct feed_reader *r)
{
    return arena_used(r->in_entry ? r->entry_arena : r->arena) >
           EXTRAS_BYTES_MAX;
}

struct str reader_keep(struct feed_reader *r, struct str s)
{
    if (s.n == 0)
        return STR_NONE;
    if (reader_is_full(r)) {
        reader_note_full(r);
        return STR_NONE;
    }
    return arena_str(reader_arena(r), s);
}

struct notes *reader_notes(struct feed_reader *r)
{
    return r->in_entry ? &r->entry_notes : &r->notes;
}

struct frame *frame_top(struct feed_reader *r)
{
    return &r->frames[r->depth - 1];
}

struct frame *frame_parent(struct feed_reader *r)
{
    return &r->frames[r->depth < 2 ? 0 : r->depth - 2];
}

/* A scheme, so that the address needs no base: it stays as it was written. */
static bool has_scheme(struct str s)
{
    size_t i = 0;

    while (i < s.n && (is_alnum(s.p[i]) || s.p[i] == '+' || s.p[i] == '-' ||
                       s.p[i] == '.'))
        i++;
    return i > 1 && i < s.n && s.p[i] == ':' && is_alpha(s.p[0]);
}

struct str reader_resolve(struct feed_reader *r, const struct frame *f,
                          struct str s)
{
    struct str out;

    s = str_trim_wide(s);
    if (s.n == 0 || reader_is_full(r))
        return STR_NONE;
    if (f->base.n == 0 || has_scheme(s))
        return reader_keep(r, s);
    out = url_resolve(reader_arena(r), f->base, s);
    return out.n > 0 ? out : reader_keep(r, s);
}
