#include "store/store_item.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "text/fold.h"
#include "text/url.h"

/*
 * How much text is recognized again under another title.  The hundred letters
 * that a text must have (judge/story.c) are some 15 English words: a teaser or a
 * subscription notice may have them word for word, so it takes 300 bytes of
 * letters (100 Han characters, or two long English sentences).
 */
#define TEXT_LONG_BYTES 300
/* How much text stands in for a title. */
#define TITLE_CHARS 80

/* A link to a front page is what feeds write that have none: many articles of
 * many sites would share it. */
static bool is_front_page(struct arena *a, struct str address)
{
    struct url url;

    return url_parse(a, address, STR_NONE, &url) && url.path.n <= 1 &&
           url.query.n == 0;
}

/* What is left of a key when guid and address identify nothing: the address and
 * the title, or the beginning of the text where there is none. */
static struct hash128 title_key_at(struct arena *a, struct str url_key,
                                   struct str source_id, struct str title,
                                   struct str text)
{
    struct item item = {.title = title, .text = text, .several_on_page = true};

    if (title.n == 0)
        item.title = utf8_clip_chars(text, TITLE_CHARS);
    return hash128(item_key_at(a, &item, source_id, url_key));
}

struct hash128 title_key(struct arena *a, struct str url, struct str source_id,
                         struct str title, struct str text)
{
    return title_key_at(a, url_key(a, url), source_id, title, text);
}

struct item_keys keys_of(struct arena *a, const struct item *item,
                         struct str source_id)
{
    struct item_keys keys = {.has_guid = item->guid.n > 0};
    struct str address = url_key(a, item->url);

    if (keys.has_guid)
        keys.guid = hash128(arena_cat(a, STR("guid "), item->guid));
    keys.title = title_key_at(a, address, source_id, item->title, item->text);
    keys.title_letters = fold_letters(a, item->title);
    keys.has_url = address.n > 0;
    if (!keys.has_url)
        return keys;
    keys.url = item->several_on_page
                   ? keys.title
                   : hash128(arena_cat(a, STR("url "), address));
    keys.url_may_join = item->several_on_page || !is_front_page(a, item->url);
    return keys;
}

void keys_add_text(struct item_keys *keys, const struct story_sketch *of)
{
    keys->has_text = (of->text.high | of->text.low) != 0;
    keys->text_is_long = of->letters_bytes >= TEXT_LONG_BYTES;
    keys->text = of->text;
}
