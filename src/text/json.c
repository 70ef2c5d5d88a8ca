/*
 * jansson reads, we copy its tree into the arena and free it.  Two things it
 * refuses are met in real feeds, and repaired before or on a second try:
 * escaped surrogates without their partner, which become U+FFFD in a copy of
 * the input, and integers above 63 bits, which are read again as reals.
 *
 * jansson recurses, up to its own limit; a scan beforehand keeps it to
 * DEPTH_MAX.  The copy walks with a stack of its own.
 */
#include <stdio.h>
#include <string.h>

/* jansson's names for types are the ones we want for our own; so its json_is_...
 * macros, which spell them, are not used here. */
#define json_type   jansson_type
#define JSON_OBJECT JANSSON_OBJECT
#define JSON_ARRAY  JANSSON_ARRAY
#define JSON_STRING JANSSON_STRING
#define JSON_TRUE   JANSSON_TRUE
#define JSON_FALSE  JANSSON_FALSE
#define JSON_NULL   JANSSON_NULL
#include <jansson.h>
#undef json_type
#undef JSON_OBJECT
#undef JSON_ARRAY
#undef JSON_STRING
#undef JSON_TRUE
#undef JSON_FALSE
#undef JSON_NULL

#include "text/json.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/vec.h"
#include "text/percent.h"

#define DEPTH_MAX 256

/* ---- before jansson ------------------------------------------------------ */

/* Deeper than DEPTH_MAX outside strings. */
static bool is_too_deep(struct str s)
{
    size_t depth = 0;
    bool in_string = false;

    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if (in_string) {
            if (c == '\\')
                i++;
            else if (c == '"')
                in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '[' || c == '{') {
            if (++depth > DEPTH_MAX)
                return true;
        } else if ((c == ']' || c == '}') && depth > 0) {
            depth--;
        }
    }
    return false;
}

/* The code unit of "\uXXXX" at AT, or -1. */
static int code_unit(struct str s, size_t at)
{
    int unit = 0;

    if (at + 6 > s.n || s.p[at] != '\\' || s.p[at + 1] != 'u')
        return -1;
    for (size_t i = at + 2; i < at + 6; i++) {
        int digit = percent_hex(s.p[i]);

        if (digit < 0)
            return -1;
        unit = unit << 4 | digit;
    }
    return unit;
}

static bool is_high(int unit)
{
    return unit >= 0xD800 && unit < 0xDC00;
}

static bool is_low(int unit)
{
    return unit >= 0xDC00 && unit < 0xE000;
}

/* The next lone one at or after FROM, which begins no middle of an escape. */
static size_t lone_surrogate(struct str s, size_t from)
{
    while ((from = str_find_char(s, '\\', from)) != STR_NOT_FOUND) {
        int unit = code_unit(s, from);

        if (is_high(unit) && is_low(code_unit(s, from + 6)))
            from += 12;
        else if (is_high(unit) || is_low(unit))
            return from;
        else
            from += 2;
    }
    return STR_NOT_FOUND;
}

/* Same length as before, so that columns stay true. */
static struct str without_lone_surrogates(struct arena *a, struct str s)
{
    size_t at = lone_surrogate(s, 0);
    char *copy;

    if (at == STR_NOT_FOUND)
        return s;
    copy = arena_alloc(a, s.n);
    memcpy(copy, s.p, s.n);
    for (; at != STR_NOT_FOUND; at = lone_surrogate(s, at + 6))
        memcpy(copy + at + 2, "fffd", 4);
    return str_of(copy, s.n);
}

/* ---- after jansson ------------------------------------------------------- */

/* An array or object that is being copied. */
struct level {
    json_t *from;
    struct json *to, *last;
    size_t index; /* of an array */
    void *iter;   /* of an object */
};

static struct str number_text(struct arena *a, const json_t *from)
{
    if (json_typeof(from) == JSON_INTEGER)
        return arena_printf(a, "%lld", (long long)json_integer_value(from));
    return arena_printf(a, "%.17g", json_real_value(from));
}

static struct json *new_value(struct arena *a, const json_t *from)
{
    static const enum json_type types[] = {
        [JANSSON_OBJECT] = JSON_OBJECT, [JANSSON_ARRAY] = JSON_ARRAY,
        [JANSSON_STRING] = JSON_STRING, [JSON_INTEGER] = JSON_NUMBER,
        [JSON_REAL] = JSON_NUMBER,      [JANSSON_TRUE] = JSON_TRUE,
        [JANSSON_FALSE] = JSON_FALSE,   [JANSSON_NULL] = JSON_NULL,
    };
    struct json *to = arena_make(a, struct json);

    to->type = types[json_typeof(from)];
    if (to->type == JSON_STRING) {
        to->string = arena_str(
            a, str_of(json_string_value(from), json_string_length(from)));
    } else if (to->type == JSON_NUMBER) {
        to->number = json_number_value(from);
        to->string = number_text(a, from);
    }
    return to;
}

/* The next element or member of the level; NULL when there is none. */
static json_t *next_child(struct level *l, struct str *key)
{
    json_t *child;

    *key = STR_NONE;
    if (json_typeof(l->from) == JANSSON_ARRAY)
        return json_array_get(l->from, l->index++);
    if (l->iter == NULL)
        return NULL;
    *key = str_of(json_object_iter_key(l->iter),
                  json_object_iter_key_len(l->iter));
    child = json_object_iter_value(l->iter);
    l->iter = json_object_iter_next(l->from, l->iter);
    return child;
}

static void enter(struct level *l, json_t *from, struct json *to)
{
    *l = (struct level){.from = from, .to = to};
    if (json_typeof(from) == JANSSON_OBJECT)
        l->iter = json_object_iter(from);
}

static bool has_children(const struct json *j)
{
    return j->type == JSON_ARRAY || j->type == JSON_OBJECT;
}

static struct json *copy_tree(struct arena *a, json_t *root)
{
    struct level levels[DEPTH_MAX + 1];
    struct json *top = new_value(a, root);
    size_t depth = 0;

    if (has_children(top))
        enter(&levels[depth++], root, top);
    while (depth > 0) {
        struct level *l = &levels[depth - 1];
        struct str key;
        json_t *child = next_child(l, &key);
        struct json *copy;

        if (child == NULL) {
            depth--;
            continue;
        }
        copy = new_value(a, child);
        copy->key = arena_str(a, key);
        if (l->last == NULL)
            l->to->first = copy;
        else
            l->last->next = copy;
        l->last = copy;
        if (has_children(copy) && depth <= DEPTH_MAX)
            enter(&levels[depth++], child, copy);
    }
    return top;
}

/* ---- the module ---------------------------------------------------------- */

static json_t *load(struct str s, json_error_t *why)
{
    const size_t flags = JSON_DECODE_ANY | JSON_ALLOW_NUL;
    json_t *root = json_loadb(s.p, s.n, flags, why);

    if (root == NULL && json_error_code(why) == json_error_numeric_overflow)
        root = json_loadb(s.p, s.n, flags | JSON_DECODE_INT_AS_REAL, why);
    return root;
}

struct json *json_parse(struct arena *a, struct str s, struct error *err)
{
    json_error_t why;
    struct json *top;
    json_t *root;

    if (str_starts(s, STR("\xEF\xBB\xBF")))
        s = str_from(s, 3);
    if (is_too_deep(s)) {
        error_set(err, ERR_LIMIT, "JSON is nested deeper than %d", DEPTH_MAX);
        return NULL;
    }
    root = load(without_lone_surrogates(a, s), &why);
    if (root == NULL) {
        error_set(err, ERR_INPUT, "not JSON: %s", why.text);
        error_at(err, why.line, why.column);
        return NULL;
    }
    top = copy_tree(a, root);
    json_decref(root);
    return top;
}

const struct json *json_get(const struct json *j, struct str key)
{
    if (j == NULL || j->type != JSON_OBJECT)
        return NULL;
    for (const struct json *m = j->first; m != NULL; m = m->next)
        if (str_eq(m->key, key))
            return m;
    return NULL;
}

struct str json_get_str(const struct json *j, struct str key)
{
    const struct json *m = json_get(j, key);

    return m != NULL && m->type == JSON_STRING ? m->string : STR_NONE;
}
