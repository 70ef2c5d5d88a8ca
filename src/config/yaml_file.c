#include "config/yaml_file.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "publish/publish.h"
#include "sys/file.h"
#include "sys/tzdata.h"
#include "text/lang.h"
#include "text/url.h"

#define FILE_MAX ((size_t)4 << 20)

static void add_complaint(struct yaml_file *f, const struct error *err,
                          bool is_warning)
{
    struct complaint *c = vec_add(f->a, &f->config->complaints);

    c->err = *err;
    c->is_warning = is_warning;
    if (!is_warning)
        f->config->has_errors = true;
}

void complain_at(struct yaml_file *f, int line, int column, bool is_warning,
                 const char *format, ...)
{
    struct error err;
    char text[sizeof err.text];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    error_set(&err, ERR_CONFIG, "%s", text);
    error_where(&err, arena_str(f->a, f->path).p);
    error_at(&err, line, column);
    add_complaint(f, &err, is_warning);
}

void complain(struct yaml_file *f, const yaml_node_t *node, const char *format,
              ...)
{
    char text[400];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    complain_at(f, (int)node->start_mark.line + 1,
                (int)node->start_mark.column + 1, false, "%s", text);
}

struct place yaml_place(const struct yaml_file *f, const yaml_node_t *node)
{
    return (struct place){f->path, (int)node->start_mark.line + 1,
                          (int)node->start_mark.column + 1};
}

/* What follows the first document would be ignored without a word. */
static bool is_only_document(struct yaml_file *f, yaml_parser_t *parser)
{
    yaml_document_t second;
    const yaml_node_t *root;

    if (!yaml_parser_load(parser, &second)) {
        yaml_complain(f, parser);
        return false;
    }
    root = yaml_document_get_root_node(&second);
    if (root != NULL)
        complain(f, root,
                 "a second document: --- may stand only once, at the "
                 "beginning");
    yaml_document_delete(&second);
    return root == NULL;
}

static bool parse_text(struct yaml_file *f)
{
    yaml_parser_t parser;
    bool ok = false;

    if (!yaml_parser_initialize(&parser))
        return false;
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    /* A mark of the byte order says nothing in UTF-8. */
    if (str_starts(f->text, STR("\xEF\xBB\xBF")))
        f->text = str_from(f->text, 3);
    yaml_parser_set_input_string(&parser, (const unsigned char *)f->text.p,
                                 f->text.n);
    f->has_doc = yaml_parser_load(&parser, &f->doc) != 0;
    if (f->has_doc)
        ok = is_only_document(f, &parser);
    else
        yaml_complain(f, &parser);
    yaml_parser_delete(&parser);
    return ok;
}

/* What was read is part of the whole. */
static void add_bytes(struct yaml_file *f)
{
    unsigned char before[16], text[16];

    hash128_bytes(f->config->bytes, before);
    hash128_bytes(hash128(f->text), text);
    f->config->bytes = hash128(
        arena_cat(f->a, str_of((const char *)before, sizeof before), f->path,
                  STR("\n"), str_of((const char *)text, sizeof text)));
}

bool yaml_file_open(struct yaml_file *f, struct arena *a, struct config *config,
                    struct str root, struct str path)
{
    struct str full =
        root.n == 0 ? arena_str(a, path) : arena_cat(a, root, STR("/"), path);
    struct error err;
    struct buf bytes;
    bool ok = false;

    *f = (struct yaml_file){.a = a, .config = config, .path = path};
    buf_init(&bytes, FILE_MAX);
    if (file_read(full.p, &bytes, &err)) {
        f->text = buf_keep(&bytes, a);
        add_bytes(f);
        ok = parse_text(f);
    } else {
        error_where(&err, arena_str(a, path).p);
        add_complaint(f, &err, false);
    }
    buf_done(&bytes);
    return ok;
}

void yaml_file_close(struct yaml_file *f)
{
    if (f->has_doc)
        yaml_document_delete(&f->doc);
    f->has_doc = false;
}

yaml_node_t *yaml_file_root(struct yaml_file *f)
{
    return yaml_document_get_root_node(&f->doc);
}

bool yaml_text(struct yaml_file *f, const yaml_node_t *node, struct str *out)
{
    struct str text;

    if (node->type != YAML_SCALAR_NODE) {
        complain(f, node, "a single value is wanted here, not a %s",
                 node->type == YAML_SEQUENCE_NODE ? "list" : "mapping");
        return false;
    }
    text =
        str_of((const char *)node->data.scalar.value, node->data.scalar.length);
    if (utf8_publishable_prefix(text) < text.n) {
        complain(f, node, "a control character stands in the text");
        return false;
    }
    *out = arena_str(f->a, text);
    return true;
}

/* Edit distance of two short words, for "did you mean". */
static size_t distance(struct str a, struct str b)
{
    size_t row[33];

    if (a.n > 32 || b.n > 32)
        return 99;
    for (size_t j = 0; j <= b.n; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        size_t diagonal = row[0];

        row[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            size_t best = diagonal + (a.p[i - 1] != b.p[j - 1]);

            diagonal = row[j];
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            row[j] = best;
        }
    }
    return row[b.n];
}

static void complain_unknown(struct yaml_file *f, const yaml_node_t *node,
                             struct str key, const struct key_row *rows,
                             size_t n_rows, const char *what)
{
    const struct key_row *nearest = NULL;
    size_t best = key.n < 6 ? key.n / 2 : 3; /* a guess, not a lottery */

    for (size_t i = 0; i < n_rows; i++) {
        size_t d = distance(key, rows[i].name);

        if (d <= best) {
            best = d;
            nearest = &rows[i];
        }
    }
    if (nearest != NULL)
        complain(f, node, "unknown key %.*s in %s; did you mean %.*s?",
                 STR_ARG(key), what, STR_ARG(nearest->name));
    else
        complain(f, node, "unknown key %.*s in %s", STR_ARG(key), what);
}

void yaml_read_map(struct yaml_file *f, const yaml_node_t *map,
                   const struct key_row *rows, size_t n_rows, void *target,
                   const char *what)
{
    unsigned long long seen = 0;

    if (map->type != YAML_MAPPING_NODE) {
        complain(f, map, "%s is wanted here, as keys and values", what);
        return;
    }
    for (yaml_node_pair_t *pair = map->data.mapping.pairs.start;
         pair < map->data.mapping.pairs.top; pair++) {
        yaml_node_t *key = yaml_document_get_node(&f->doc, pair->key);
        yaml_node_t *value = yaml_document_get_node(&f->doc, pair->value);
        struct str name;
        size_t i = 0;

        if (!yaml_text(f, key, &name))
            continue;
        while (i < n_rows && !str_eq(rows[i].name, name))
            i++;
        if (i == n_rows) {
            complain_unknown(f, key, name, rows, n_rows, what);
        } else if (seen & 1ULL << i) {
            complain(f, key, "key %.*s stands twice", STR_ARG(name));
        } else {
            seen |= 1ULL << i;
            rows[i].set(f, value, (char *)target + rows[i].offset);
        }
    }
}

struct place yaml_place_of(struct yaml_file *f, const yaml_node_t *map,
                           struct str key)
{
    for (yaml_node_pair_t *pair = map->data.mapping.pairs.start;
         map->type == YAML_MAPPING_NODE && pair < map->data.mapping.pairs.top;
         pair++) {
        const yaml_node_t *node = yaml_document_get_node(&f->doc, pair->key);

        if (node->type == YAML_SCALAR_NODE &&
            str_eq(str_of((const char *)node->data.scalar.value,
                          node->data.scalar.length),
                   key))
            return yaml_place(f, yaml_document_get_node(&f->doc, pair->value));
    }
    return (struct place){0};
}

void yaml_each(struct yaml_file *f, const yaml_node_t *list, const char *what,
               void (*give)(struct yaml_file *f, const yaml_node_t *node,
                            void *ctx),
               void *ctx)
{
    if (list->type != YAML_SEQUENCE_NODE) {
        complain(f, list, "a list of %s is wanted here", what);
        return;
    }
    for (yaml_node_item_t *item = list->data.sequence.items.start;
         item < list->data.sequence.items.top; item++)
        give(f, yaml_document_get_node(&f->doc, *item), ctx);
}

/* ---- setters --------------------------------------------------------------- */

void set_line(struct yaml_file *f, const yaml_node_t *value, void *field)
{
    struct str text;

    if (!yaml_text(f, value, &text))
        return;
    text = str_trim(text);
    if (text.n == 0 || str_find_char(text, '\n', 0) != STR_NOT_FOUND ||
        str_find_char(text, '\r', 0) != STR_NOT_FOUND)
        complain(f, value,
                 text.n == 0 ? "text is missing here; if it begins with #, it "
                               "goes in quotes"
                             : "one line of text is wanted here");
    else
        *(struct str *)field = text;
}

void set_http_url(struct yaml_file *f, const yaml_node_t *value, void *field)
{
    struct str text, url;

    if (!yaml_text(f, value, &text))
        return;
    text = str_trim(text);
    url = url_resolve(f->a, STR_NONE, text);
    /* YAML joins a line to the one before it that it is indented from. */
    if (url.n > 0 && (str_find_char(text, ' ', 0) != STR_NOT_FOUND ||
                      str_find_char(text, '\n', 0) != STR_NOT_FOUND))
        complain(f, value,
                 "a space stands in the address: look at the indentation of "
                 "the next line; one that belongs to it is written %%20");
    else if (url.n == 0 || !url_is_http(url))
        complain(f, value, "no http or https address: %.*s",
                 STR_ARG(text.n > 0 ? text : STR("there is none")));
    else
        *(struct str *)field = url;
}

void set_language(struct yaml_file *f, const yaml_node_t *value, void *field)
{
    struct str text, tag = STR_NONE;

    if (!yaml_text(f, value, &text))
        return;
    /* Pages may list several; an owner means one here. */
    if (str_find_char(text, ',', 0) == STR_NOT_FOUND &&
        str_find_char(str_trim(text), ' ', 0) == STR_NOT_FOUND)
        tag = lang_tag(f->a, text);
    if (tag.n == 0)
        complain(f, value,
                 "no language tag (as in zh-Hans or en; in a list as [zh, "
                 "en]): %.*s",
                 STR_ARG(text));
    else
        *(struct str *)field = tag;
}

void set_duration_ms(struct yaml_file *f, const yaml_node_t *value, void *field)
{
    struct str text;

    if (yaml_text(f, value, &text) && !config_duration_ms(text, field))
        complain(f, value, "no duration (as in 2s, 5m, 6h, 7d): %.*s",
                 STR_ARG(text));
}

void set_duration_s(struct yaml_file *f, const yaml_node_t *value, void *field)
{
    int64_t ms = -1;

    set_duration_ms(f, value, &ms);
    if (ms >= 0)
        *(int64_t *)field = ms / 1000;
}

void set_bytes(struct yaml_file *f, const yaml_node_t *value, void *field)
{
    struct str text;

    if (yaml_text(f, value, &text) && !config_bytes(text, field))
        complain(f, value, "no size (as in 512k or 16M): %.*s", STR_ARG(text));
}

void set_count(struct yaml_file *f, const yaml_node_t *value, void *field)
{
    struct str text;
    int64_t n;

    if (!yaml_text(f, value, &text))
        return;
    if (!str_to_i64(text, &n) || n < 1 || n > 100000)
        complain(f, value, "a whole number from 1 to 100000 is wanted: %.*s",
                 STR_ARG(text));
    else
        *(int *)field = (int)n;
}

bool yaml_zone(struct yaml_file *f, const yaml_node_t *node, struct str *name,
               const struct zone **rules, int16_t *minutes)
{
    struct str tzif;

    if (!yaml_text(f, node, name))
        return false;
    if (zone_offset(*name, minutes))
        return true;
    tzif = tzdata_read(f->a, *name);
    *rules = tzif.n == 0 ? NULL : zone_parse(f->a, tzif);
    if (*rules == NULL)
        complain(f, node, "no time zone (as in Asia/Shanghai or +08:00): %.*s",
                 STR_ARG(*name));
    return false;
}

int yaml_word(struct yaml_file *f, const yaml_node_t *value,
              const struct str *words, size_t n)
{
    struct str all = STR_NONE, text;

    if (!yaml_text(f, value, &text))
        return -1;
    for (size_t i = 0; i < n; i++) {
        if (str_eq(words[i], text))
            return (int)i;
        all = i == 0 ? words[i] : arena_cat(f->a, all, STR(", "), words[i]);
    }
    complain(f, value, "%.*s is none of: %.*s", STR_ARG(text), STR_ARG(all));
    return -1;
}

void set_publish(struct yaml_file *f, const yaml_node_t *value, void *field)
{
    static const struct str words[] = {STR_INIT("full"), STR_INIT("excerpt")};
    int word = yaml_word(f, value, words, 2);

    if (word >= 0)
        *(enum publish_mode *)field =
            word == 0 ? PUBLISH_FULL : PUBLISH_EXCERPT;
}

static void add_format(struct yaml_file *f, const yaml_node_t *value,
                       void *field)
{
    struct str names[FORMAT_COUNT];
    int word;

    for (int i = 0; i < FORMAT_COUNT; i++)
        names[i] = format_name((enum edition_format)i);
    word = yaml_word(f, value, names, FORMAT_COUNT);
    if (word >= 0)
        *(unsigned *)field |= 1u << word;
}

void set_formats(struct yaml_file *f, const yaml_node_t *value, void *field)
{
    if (value->type == YAML_SCALAR_NODE)
        add_format(f, value, field);
    else
        yaml_each(f, value, "formats", add_format, field);
    if (value->type == YAML_SEQUENCE_NODE && *(unsigned *)field == 0)
        complain(f, value,
                 "the list of formats is empty: without it all are "
                 "published");
}

void set_gzip(struct yaml_file *f, const yaml_node_t *value, void *field)
{
    static const struct str words[] = {STR_INIT("yes"), STR_INIT("no"),
                                       STR_INIT("true"), STR_INIT("false")};
    int word = yaml_word(f, value, words, 4);

    if (word >= 0)
        *(enum gzip_mode *)field = word % 2 == 0 ? GZIP_YES : GZIP_NO;
}
