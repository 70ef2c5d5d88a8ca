/*
 * A story's verdict, and its entry, are made of the topic and the other files in
 * feeds/, the program, the clock, the story's items, the source of the item that
 * stands for it, the names of the other members' sources, and what the editor
 * decided.  That the first three are the same PRESS_TOUCHED says (settled.c).  The
 * store notes a story when an item of it changes, and when a source of it gets
 * another name; and it notes a source when anything of it changes.  Both are asked
 * here.  Stories of which something was decided are never recalled, since what a
 * decision names may have become another story.
 *
 * The texts of the entries are not kept twice: they are cut out of the files that
 * the last press wrote, which must be those still, by their hash.
 *
 * In a ranked topic all candidates are weighed against each other, of which few
 * are entries; nothing is recalled there.
 */
#include "mill/recall.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"
#include "mill/decide.h"
#include "mill/output.h"
#include "publish/publish.h"
#include "store/store.h"

#define STORIES_MAX ((size_t)100000) /* remembered of a topic */

struct noted {
    int64_t story, source;
    enum recalled_as as;
};

struct recall {
    struct press *press;
    const struct topic *topic;
    struct arena *a;
    struct buf files[FORMAT_COUNT]; /* as they were written */
    struct map by_story;            /* known */
    int64_t reached, reaches;       /* by the last press, by this one */
    struct {
        struct recalled *at;
        size_t n, cap;
    } known;
    struct {
        struct noted *at;
        size_t n, cap;
    } notes;
};

static struct str key_of(const int64_t *story)
{
    return str_of((const char *)story, sizeof *story);
}

static bool is_among(const struct rowids *sorted, int64_t row)
{
    size_t from = 0, to = sorted->n;

    while (from < to) {
        size_t middle = from + (to - from) / 2;

        if (sorted->at[middle] < row)
            from = middle + 1;
        else
            to = middle;
    }
    return from < sorted->n && sorted->at[from] == row;
}

static bool is_decided(const struct recall *r, int64_t story)
{
    struct decided decided;

    return decided_of(r->press->decided, story, r->topic->id, &decided);
}

/* ---- reading -------------------------------------------------------------------- */

/* Bytes that recall_save wrote; after what is none of them it IS_BAD. */
struct reading {
    struct str left;
    bool is_bad;
};

static int64_t read_number(struct reading *in)
{
    uint64_t v;
    int64_t number;

    if (in->left.n < 8) {
        *in = (struct reading){.is_bad = true};
        return 0;
    }
    v = number_from_bytes((const unsigned char *)in->left.p, 8);
    in->left = str_from(in->left, 8);
    memcpy(&number, &v, sizeof number);
    return number;
}

static struct str read_str(struct reading *in)
{
    uint64_t n = (uint64_t)read_number(in);
    struct str s;

    if (n > in->left.n) {
        *in = (struct reading){.is_bad = true};
        return STR_NONE;
    }
    s = str_slice(in->left, 0, (size_t)n);
    in->left = str_from(in->left, (size_t)n);
    return s;
}

static struct when read_when(struct reading *in)
{
    struct when w = {.unix_seconds = read_number(in)};

    w.zone_minutes = (int16_t)read_number(in);
    w.precision = (uint8_t)read_number(in);
    return w;
}

static void read_entry(struct recall *r, struct reading *in,
                       struct recalled *out)
{
    struct item *item = arena_make(r->a, struct item);
    struct str *ready = arena_array(r->a, FORMAT_COUNT, sizeof *ready);
    struct entry *e = &out->entry;

    e->story = out->story;
    e->source = out->source;
    e->item = item;
    e->ready = ready;
    e->atom_id = read_str(in);
    e->title = read_str(in);
    item->image = read_str(in);
    e->published = read_when(in);
    e->updated = read_when(in);
    e->rank = e->published.unix_seconds;
    for (int f = 0; f < FORMAT_COUNT; f++) {
        struct str file = buf_str(&r->files[f]);
        uint64_t from = (uint64_t)read_number(in);
        uint64_t to = (uint64_t)read_number(in);

        if (!format_is_in(output_formats(&r->press->config->mill, r->topic),
                          (enum edition_format)f))
            continue;
        if (from > to || to > file.n)
            *in = (struct reading){.is_bad = true};
        else
            ready[f] = str_slice(file, (size_t)from, (size_t)to);
    }
}

/* The files are those that the rest of IN was written with. */
static bool read_files(struct recall *r, struct reading *in)
{
    for (int f = 0; f < FORMAT_COUNT; f++) {
        enum edition_format format = (enum edition_format)f;
        struct str bytes = read_str(in);
        struct hash128 hash;

        if (!format_is_in(output_formats(&r->press->config->mill, r->topic),
                          format))
            continue;
        if (bytes.n != 16 ||
            !output_listed(r->press, r->topic->id, format_file(format),
                           &hash) ||
            !hash128_eq(hash,
                        hash128_from_bytes((const unsigned char *)bytes.p)) ||
            !output_read(r->press, r->topic->id, format_file(format),
                         &r->files[f]))
            return false;
    }
    return !in->is_bad;
}

static void read_all(struct recall *r, struct str stories)
{
    struct reading in = {.left = stories};

    r->reached = read_number(&in);
    if (!read_files(r, &in))
        return;
    while (in.left.n > 0 && !in.is_bad) {
        struct recalled *one = vec_add(r->a, &r->known);

        one->story = read_number(&in);
        one->source = read_number(&in);
        one->as = (enum recalled_as)read_number(&in);
        if (one->as == RECALLED_IN)
            read_entry(r, &in, one);
        else if (one->as != RECALLED_OUT && one->as != RECALLED_BEYOND)
            in.is_bad = true;
    }
    if (in.is_bad)
        r->known.n = 0;
}

static bool load(struct recall *r, struct error *err)
{
    struct str stories;

    if (!store_pressed(r->press->store, r->a, r->topic->id, &stories, err))
        return false;
    if (stories.n > 0)
        read_all(r, stories);
    for (size_t i = 0; i < r->known.n; i++)
        *map_put(&r->by_story, key_of(&r->known.at[i].story), NULL) = i;
    return true;
}

struct recall *recall_new(struct press *p, struct arena *a,
                          const struct topic *topic, enum press_scope scope,
                          struct error *err)
{
    struct recall *r = arena_make(a, struct recall);

    r->press = p;
    r->topic = topic;
    r->a = a;
    map_init(&r->by_story, a);
    for (int f = 0; f < FORMAT_COUNT; f++)
        buf_init(&r->files[f], OUTPUT_MAX);
    if (scope != PRESS_TOUCHED || load(r, err))
        return r;
    recall_done(r);
    return NULL;
}

void recall_done(struct recall *r)
{
    for (int f = 0; r != NULL && f < FORMAT_COUNT; f++)
        buf_done(&r->files[f]);
}

const struct recalled *recall_find(const struct recall *r, int64_t story)
{
    const size_t *at = map_get(&r->by_story, key_of(&story));
    const struct recalled *one = at == NULL ? NULL : &r->known.at[*at];

    if (one == NULL || is_among(&r->press->touched_stories, story) ||
        is_among(&r->press->touched_sources, one->source) ||
        is_decided(r, story))
        return NULL;
    return one;
}

/* ---- writing -------------------------------------------------------------------- */

int64_t recall_reached(const struct recall *r)
{
    return r->reached;
}

void recall_reach(struct recall *r, int64_t published)
{
    r->reaches = published;
}

void recall_note(struct recall *r, int64_t story, int64_t source,
                 enum recalled_as as)
{
    if (r->topic->order == ORDER_DATE && r->notes.n < STORIES_MAX)
        *vec_add(r->a, &r->notes) = (struct noted){story, source, as};
}

static void write_number(struct buf *b, int64_t v)
{
    unsigned char bytes[8];

    number_bytes((uint64_t)v, bytes, 8);
    buf_add(b, bytes, sizeof bytes);
}

static void write_str(struct buf *b, struct str s)
{
    write_number(b, (int64_t)s.n);
    buf_add_str(b, s);
}

static void write_when(struct buf *b, struct when w)
{
    write_number(b, w.unix_seconds);
    write_number(b, w.zone_minutes);
    write_number(b, w.precision);
}

static void write_head(struct buf *b, const struct noted *one)
{
    write_number(b, one->story);
    write_number(b, one->source);
    write_number(b, one->as);
}

/* The I-th entry of the edition; by its title it is called on the topic's page. */
static void write_entry(struct buf *b, const struct edition *ed, size_t i,
                        const struct rendered *rendered)
{
    const struct entry *e = &ed->entries[i];

    write_str(b, e->atom_id);
    write_str(b, entry_title(ed, e));
    write_str(b, e->item->image);
    write_when(b, e->published);
    write_when(b, e->updated);
    for (int f = 0; f < FORMAT_COUNT; f++) {
        write_number(b, (int64_t)rendered->spans[f][i].from);
        write_number(b, (int64_t)rendered->spans[f][i].to);
    }
}

/* False if one of them is not there: another's file is in the way. */
static bool write_files(struct recall *r, const struct edition *ed,
                        struct buf *b)
{
    for (int f = 0; f < FORMAT_COUNT; f++) {
        enum edition_format format = (enum edition_format)f;
        unsigned char bytes[16];
        struct hash128 hash;

        if (!format_is_in(ed->formats, format)) {
            write_str(b, STR_NONE);
            continue;
        }
        if (!output_listed(r->press, r->topic->id, format_file(format), &hash))
            return false;
        hash128_bytes(hash, bytes);
        write_str(b, str_of((const char *)bytes, sizeof bytes));
    }
    return true;
}

static void write_all(struct recall *r, const struct edition *ed,
                      const struct rendered *rendered, struct buf *b)
{
    write_number(b, r->reaches);
    if (!write_files(r, ed, b)) {
        buf_reset(b);
        return;
    }
    for (size_t i = 0; i < r->notes.n; i++)
        if (!is_decided(r, r->notes.at[i].story))
            write_head(b, &r->notes.at[i]);
    for (size_t i = 0; i < ed->n_entries; i++) {
        const struct entry *e = &ed->entries[i];

        if (is_decided(r, e->story))
            continue;
        write_head(b, &(struct noted){e->story, e->source, RECALLED_IN});
        write_entry(b, ed, i, rendered);
    }
}

bool recall_save(struct recall *r, const struct edition *edition,
                 const struct rendered *rendered, struct error *err)
{
    struct buf b;
    bool ok;

    buf_init(&b, BUF_MAX);
    if (r->topic->order == ORDER_DATE)
        write_all(r, edition, rendered, &b);
    ok = store_put_pressed(r->press->store, r->topic->id, buf_str(&b), err);
    buf_done(&b);
    return ok;
}
