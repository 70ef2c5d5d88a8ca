/*
 * What storing an item takes most of the time to make and nothing of the store need
 * be known for.
 */
#include "store/store_put.h"

#include "base/arena.h"
#include "base/buf.h"

/* What the short fields take at most, most often. */
#define MIX_MORE 1024

static void mix(struct buf *b, struct str v)
{
    buf_add_str(b, v);
    buf_add_char(b, '\0'); /* no field holds one */
}

static void mix_content(struct buf *b, const struct item *i)
{
    mix(b, i->title);
    mix(b, i->text.n > 0 ? i->text : i->html);
}

struct hash128 item_content(const struct item *item)
{
    struct hash128 content;
    struct buf b;

    buf_init(&b, BUF_MAX);
    mix_content(&b, item);
    content = hash128(buf_str(&b));
    buf_done(&b);
    return content;
}

void item_facts_of(struct arena *a, const struct item *i, struct str source_id,
                   struct item_facts *out)
{
    struct buf b;

    *out = (struct item_facts){.keys = keys_of(a, i, source_id),
                               .more = item_pack(a, i)};
    buf_init(&b, BUF_MAX);
    (void)buf_room(&b, i->title.n + i->text.n + i->html.n + i->summary.n +
                           out->more.n + MIX_MORE);
    mix_content(&b, i);
    out->content = hash128(buf_str(&b));
    mix(&b, i->html);
    mix(&b, i->summary);
    mix(&b, i->url);
    mix(&b, i->guid);
    mix(&b, i->language);
    mix(&b, i->site_name);
    mix(&b, i->source);
    mix(&b, i->source_url);
    mix(&b, out->more);
    out->whole = hash128(buf_str(&b));
    buf_done(&b);
}

void store_make_ready(struct squeezer *z, struct arena *a,
                      struct arena *scratch, const struct item *item,
                      struct str source_id, struct put_ready *out)
{
    struct item_facts *facts = arena_make(a, struct item_facts);

    item_facts_of(scratch, item, source_id, facts);
    facts->more = arena_str(a, facts->more);
    facts->keys.title_letters = arena_str(a, facts->keys.title_letters);
    out->facts = facts;
    out->texts = arena_str(a, body_pack(z, scratch, item));
}
