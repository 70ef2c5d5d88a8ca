/* The furniture of RSS channels: image, textInput, cloud, ttl, skipHours,
 * skipDays, sy:, and the generator of both formats. */
#include "parse/reader.h"

#include "base/arena.h"

/* ---- image and textInput: objects of small parts ---- */

void image_start(struct feed_reader *r, struct frame *f, const struct start *s)
{
    struct str href = attr_get(s->attrs, s->n, "href");

    if (href.n == 0)
        href = attr_get(s->attrs, s->n, "url");
    f->place = PLACE_IMAGE;
    f->collect = COLLECT_TEXT;
    f->kept[KEPT_HREF] = reader_resolve(r, f, href);
    f->extra = extra_object(reader_arena(r), STR("image"));
}

void image_end(struct feed_reader *r, struct frame *f, struct str text)
{
    const struct extra *href = extra_get(f->extra, STR("href"));
    struct str *slot = str_slot(r, FIELD_IMAGE), address = f->kept[KEPT_HREF];

    text = str_trim(text);
    if (href != NULL)
        address = href->value;
    if (address.n == 0 && text.n > 0 && text.n < 2000 &&
        str_find_char(text, '<', 0) == STR_NOT_FOUND)
        address = reader_resolve(r, f, text);
    if (slot == NULL || (address.n == 0 && f->extra->first == NULL) ||
        !field_claim(r, FIELD_IMAGE, f->element->strength))
        return;
    *slot = address;
    if (href == NULL)
        extra_text(reader_arena(r), f->extra, STR("href"), address);
    extras_put(r, extras_slot(r), f->extra);
}

/* itunes:image and googleplay:image: an attribute, or text. */
void image_link_start(struct feed_reader *r, struct frame *f,
                      const struct start *s)
{
    struct str href = attr_get(s->attrs, s->n, "href");

    if (href.n == 0)
        href = attr_get(s->attrs, s->n, "url");
    f->kept[KEPT_HREF] = reader_resolve(r, f, href);
}

void image_link_end(struct feed_reader *r, struct frame *f, struct str text)
{
    struct str *slot = str_slot(r, FIELD_IMAGE);
    struct str href = f->kept[KEPT_HREF];

    if (href.n == 0)
        href = reader_resolve(r, f, text);
    if (slot != NULL && href.n > 0 &&
        field_claim(r, FIELD_IMAGE, f->element->strength))
        *slot = href;
}

void itunes_link_start(struct feed_reader *r, struct frame *f,
                       const struct start *s)
{
    if (!str_eq_nocase(attr_get(s->attrs, s->n, "rel"), STR("image")))
        return;
    image_link_start(r, f, s);
    image_link_end(r, f, STR_NONE);
}

void text_input_start(struct feed_reader *r, struct frame *f,
                      const struct start *s)
{
    (void)s;
    f->place = PLACE_TEXT_INPUT;
    f->extra = extras_group(r, STR("text_input"));
}

static void add_detail(struct feed_reader *r, struct str name, struct str value,
                       bool is_number)
{
    struct extra *parent = frame_parent(r)->extra, *e;

    if (parent == NULL || value.n == 0 || extra_get(parent, name) != NULL)
        return;
    e = arena_make(reader_arena(r), struct extra);
    e->kind = is_number ? EXTRA_NUMBER : EXTRA_TEXT;
    e->name = str_eq(name, STR("url")) ? STR("href") : name;
    e->value = value;
    extra_append(parent, e);
}

void detail_end(struct feed_reader *r, struct frame *f, struct str text)
{
    add_detail(r, f->element->name, reader_keep(r, str_trim(text)), false);
}

void detail_url_end(struct feed_reader *r, struct frame *f, struct str text)
{
    add_detail(r, f->element->name, reader_resolve(r, f, text), false);
}

void detail_number_end(struct feed_reader *r, struct frame *f, struct str text)
{
    int64_t v;

    if (!str_to_i64(str_trim(text), &v) || v < 0)
        reader_value_invalid(r, f->element->name, text);
    else
        add_detail(r, f->element->name,
                   arena_printf(reader_arena(r), "%lld", (long long)v), true);
}

void cloud_start(struct feed_reader *r, struct frame *f, const struct start *s)
{
    struct extra *e = extra_object(reader_arena(r), STR("cloud"));

    (void)f;
    add_attributes(r, e, s);
    extras_put(r, extras_slot(r), e);
}

/* ---- generator ---- */

static struct feed_info *feed_of(struct feed_reader *r)
{
    if (r->source != NULL)
        return r->source;
    return r->in_entry ? NULL : &r->feed;
}

void generator_start(struct feed_reader *r, struct frame *f,
                     const struct start *s)
{
    struct feed_info *feed = feed_of(r);
    struct str url = attr_get(s->attrs, s->n, "uri");

    if (url.n == 0)
        url = attr_get(s->attrs, s->n, "url");
    if (url.n == 0)
        url = attr_get_ns(s->attrs, s->n, "rdf", "resource");
    if (feed == NULL)
        return;
    if (url.n > 0)
        feed->generator_url = reader_resolve(r, f, url);
    url = attr_get(s->attrs, s->n, "version");
    if (url.n > 0)
        feed->generator_version = reader_keep(r, str_trim(url));
}

void generator_end(struct feed_reader *r, struct frame *f, struct str text)
{
    struct feed_info *feed = feed_of(r);

    text = str_trim(text);
    if (feed == NULL)
        return;
    if (text.n > 0)
        feed->generator = reader_keep(r, text);
    else if (f->element->ns == NS_ADMIN && feed->generator.n == 0)
        feed->generator = feed->generator_url;
}

/* ---- when to come again ---- */

void ttl_end(struct feed_reader *r, struct frame *f, struct str text)
{
    int64_t minutes;

    if (r->source != NULL || r->in_entry)
        return;
    if (str_to_i64(str_trim(text), &minutes) && minutes >= 0 &&
        minutes < 60 * 24 * 366)
        r->feed.ttl_seconds = minutes * 60;
    else
        reader_value_invalid(r, f->element->name, text);
}

void schedule_start(struct feed_reader *r, struct frame *f,
                    const struct start *s)
{
    (void)r;
    (void)s;
    f->place = PLACE_SCHEDULE;
}

void skip_hour_end(struct feed_reader *r, struct frame *f, struct str text)
{
    int64_t hour;

    /* RSS 0.91 counts from 1 to 24, RSS 2.0 from 0 to 23. */
    if (str_to_i64(str_trim(text), &hour) && hour >= 0 && hour <= 24)
        r->feed.skip_hours |= (uint32_t)1 << (hour % 24);
    else
        reader_value_invalid(r, f->element->name, text);
}

void skip_day_end(struct feed_reader *r, struct frame *f, struct str text)
{
    static const struct str days[] = {
        STR_INIT("mon"), STR_INIT("tue"), STR_INIT("wed"), STR_INIT("thu"),
        STR_INIT("fri"), STR_INIT("sat"), STR_INIT("sun"),
    };

    text = str_trim(text);
    for (size_t i = 0; i < 7; i++)
        if (str_starts_nocase(text, days[i])) {
            r->feed.skip_days |= (uint8_t)(1 << i);
            return;
        }
    reader_value_invalid(r, f->element->name, text);
}

static void settle_sy(struct feed_reader *r)
{
    if (r->sy_period > 0)
        r->feed.update_period_seconds =
            r->sy_period / (r->sy_frequency > 0 ? r->sy_frequency : 1);
}

void update_period_end(struct feed_reader *r, struct frame *f, struct str text)
{
    static const struct {
        struct str name;
        int64_t seconds;
    } periods[] = {
        {STR_INIT("hourly"), 3600},     {STR_INIT("daily"), 86400},
        {STR_INIT("weekly"), 604800},   {STR_INIT("monthly"), 2592000},
        {STR_INIT("yearly"), 31536000},
    };

    for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++)
        if (str_eq_nocase(periods[i].name, str_trim(text))) {
            r->sy_period = periods[i].seconds;
            settle_sy(r);
            return;
        }
    reader_value_invalid(r, f->element->name, text);
}

void update_frequency_end(struct feed_reader *r, struct frame *f,
                          struct str text)
{
    int64_t times;

    if (str_to_i64(str_trim(text), &times) && times > 0 && times <= 3600)
        r->sy_frequency = times;
    else
        reader_value_invalid(r, f->element->name, text);
    settle_sy(r);
}
