/*
 * Places: georss (simple and GML) and W3C geo become one object with a type and
 * coordinates in GeoJSON's order, longitude first.  georss writes latitude
 * first, and so does GML under the systems that feeds name (EPSG codes of
 * geographic systems); under a projected or unknown system numbers stay as
 * they are.
 */
#include "parse/reader.h"

#include "base/arena.h"
#include "base/vec.h"

#define NUMBERS_MAX 4000

struct numbers {
    struct str *at;
    size_t n, cap;
};

static bool is_separator(char c)
{
    return is_space(c) || c == ',' || c == ';';
}

static bool read_numbers(struct feed_reader *r, struct str text,
                         struct numbers *out)
{
    size_t i = 0;

    while (i < text.n) {
        size_t from;
        double v;

        while (i < text.n && is_separator(text.p[i]))
            i++;
        from = i;
        while (i < text.n && !is_separator(text.p[i]))
            i++;
        if (i == from)
            break;
        if (out->n == NUMBERS_MAX ||
            !str_to_double(str_slice(text, from, i), &v))
            return false;
        *vec_add(reader_arena(r), out) =
            arena_printf(reader_arena(r), "%.10g", v);
    }
    return out->n >= 2;
}

static struct extra *list_of(struct feed_reader *r, struct str name)
{
    struct extra *e = extra_object(reader_arena(r), name);

    e->kind = EXTRA_LIST;
    return e;
}

static void add_number(struct feed_reader *r, struct extra *to, struct str s)
{
    struct extra *e = arena_make(reader_arena(r), struct extra);

    e->kind = EXTRA_NUMBER;
    e->value = s;
    extra_append(to, e);
}

/* One position of DIMENSIONS numbers from I on, as a list of that name. */
static struct extra *position(struct feed_reader *r, const struct numbers *n,
                              size_t i, size_t dimensions, bool swap,
                              struct str name)
{
    struct extra *e = list_of(r, name);

    add_number(r, e, n->at[i + swap]);
    add_number(r, e, n->at[i + !swap]);
    if (dimensions == 3)
        add_number(r, e, n->at[i + 2]);
    return e;
}

static void put_place(struct feed_reader *r, struct str type,
                      struct extra *coordinates)
{
    struct extra *e = extra_object(reader_arena(r), STR("geo"));

    extra_text(reader_arena(r), e, STR("type"), type);
    extra_append(e, coordinates);
    extras_put(r, extras_slot(r), e);
}

/* GML under EPSG's geographic systems (4001 to 4999), or under none. */
static bool latitude_first(struct str srs)
{
    size_t i = srs.n;
    uint64_t code;

    if (srs.n == 0)
        return true;
    while (i > 0 && is_digit(srs.p[i - 1]))
        i--;
    return str_to_u64(str_from(srs, i), 10, &code) && code > 4000 &&
           code < 5000;
}

void geometry_start(struct feed_reader *r, struct frame *f,
                    const struct start *s)
{
    static const struct {
        struct str name, type;
    } types[] = {
        {STR_INIT("point"), STR_INIT("Point")},
        {STR_INIT("linestring"), STR_INIT("LineString")},
        {STR_INIT("polygon"), STR_INIT("Polygon")},
    };
    struct str srs = attr_get(s->attrs, s->n, "srsname");
    struct str dimensions = attr_get(s->attrs, s->n, "srsdimension");

    f->place = PLACE_GEOMETRY;
    if (srs.n > 0)
        r->geo_srs = reader_keep(r, str_trim(srs));
    if (dimensions.n > 0)
        r->geo_dimensions = str_eq(str_trim(dimensions), STR("3")) ? 3 : 2;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (str_eq(f->element->name, types[i].name))
            r->geo_type = types[i].type;
}

void geometry_end(struct feed_reader *r, struct frame *f, struct str text)
{
    (void)f;
    (void)text;
    r->geo_type = r->geo_srs = STR_NONE;
    r->geo_dimensions = 0;
}

void shape_start(struct feed_reader *r, struct frame *f, const struct start *s)
{
    struct str dimensions = attr_get(s->attrs, s->n, "srsdimension");

    (void)f;
    if (dimensions.n > 0)
        r->geo_dimensions = str_eq(str_trim(dimensions), STR("3")) ? 3 : 2;
}

static struct str shape_type(const struct feed_reader *r,
                             const struct element *e)
{
    if (e->ns == NS_GML)
        return r->geo_type;
    if (str_eq(e->name, STR("point")))
        return STR("Point");
    if (str_eq(e->name, STR("line")))
        return STR("LineString");
    return str_eq(e->name, STR("box")) ? STR("Box") : STR("Polygon");
}

void shape_end(struct feed_reader *r, struct frame *f, struct str text)
{
    struct str type = shape_type(r, f->element);
    struct str name = STR("coordinates");
    struct numbers n = {0};
    size_t dimensions = r->geo_dimensions == 3 ? 3 : 2;
    bool swap = f->element->ns == NS_GEORSS || latitude_first(r->geo_srs);
    struct extra *list, *ring;

    if (type.n == 0 || !read_numbers(r, text, &n)) {
        reader_value_invalid(r, f->element->name, text);
        return;
    }
    if (str_eq(type, STR("Point"))) {
        put_place(r, type, position(r, &n, 0, n.n == 3 ? 3 : 2, swap, name));
        return;
    }
    list = list_of(r, name);
    ring = str_eq(type, STR("Polygon")) ? list_of(r, STR_NONE) : list;
    for (size_t i = 0; i + dimensions <= n.n; i += dimensions)
        extra_append(ring, position(r, &n, i, dimensions, swap, STR_NONE));
    if (ring != list)
        extra_append(list, ring);
    put_place(r, type, list);
}

/* geo:lat and geo:long stand side by side. */
static void settle_point(struct feed_reader *r)
{
    struct extra *list;

    if (r->latitude.n == 0 || r->longitude.n == 0)
        return;
    list = list_of(r, STR("coordinates"));
    add_number(r, list, r->longitude);
    add_number(r, list, r->latitude);
    put_place(r, STR("Point"), list);
}

static struct str degrees(struct feed_reader *r, struct str name,
                          struct str text)
{
    double v;

    if (!str_to_double(str_trim(text), &v) || v < -360 || v > 360) {
        reader_value_invalid(r, name, text);
        return STR_NONE;
    }
    return arena_printf(reader_arena(r), "%.10g", v);
}

void latitude_end(struct feed_reader *r, struct frame *f, struct str text)
{
    r->latitude = degrees(r, f->element->name, text);
    settle_point(r);
}

void longitude_end(struct feed_reader *r, struct frame *f, struct str text)
{
    r->longitude = degrees(r, f->element->name, text);
    settle_point(r);
}
