/* feeds/topics/ID.yaml: a topic and its sources. */
#include "config/yaml_file.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "config/access_yaml.h"
#include "decode/decode.h"
#include "judge/judge.h"
#include "text/url.h"

/* ---- rules ------------------------------------------------------------------ */

struct rule_field {
    struct str text;
    const yaml_node_t *node;
};

static void set_rule(struct yaml_file *f, const yaml_node_t *value, void *field)
{
    struct rule_field *rule = field;

    if (yaml_text(f, value, &rule->text))
        rule->node = value;
}

/* Walks over the text of a rule as the file has it. */
struct walk {
    struct str text;
    size_t at;
    int line, column; /* of the byte at AT, from 1 */
};

static uint32_t step(struct walk *w)
{
    uint32_t c = utf8_next(w->text, &w->at);

    if (c == '\n') {
        w->line++;
        w->column = 1;
    } else {
        w->column++;
    }
    return c;
}

/* The next character of the value; escaped ones count as one.  White space
 * written as \n or \t is white space too. */
static uint32_t step_value(struct walk *w, yaml_scalar_style_t style)
{
    uint32_t c = step(w);
    int digits = 0;

    if (w->at >= w->text.n)
        return c;
    if (style == YAML_SINGLE_QUOTED_SCALAR_STYLE && c == '\'')
        return step(w);
    if (style != YAML_DOUBLE_QUOTED_SCALAR_STYLE || c != '\\')
        return c;
    c = step(w);
    if (c == 'n' || c == 't' || c == 'r')
        return ' ';
    digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    while (digits-- > 0 && w->at < w->text.n)
        step(w);
    return c;
}

static struct walk walk_from(const struct yaml_file *f, const yaml_node_t *node)
{
    struct walk w = {.text = f->text, .line = 1, .column = 1};
    yaml_scalar_style_t style = node->data.scalar.style;
    size_t line = node->start_mark.line, column = node->start_mark.column;

    if (str_starts(w.text, STR("\xef\xbb\xbf")))
        w.at = 3;
    while (w.at < w.text.n && (size_t)w.line < line + 1)
        step(&w);
    if (style == YAML_LITERAL_SCALAR_STYLE ||
        style == YAML_FOLDED_SCALAR_STYLE) {
        /* The text begins on the line below the indicator. */
        while (w.at < w.text.n && (size_t)w.line < line + 2)
            step(&w);
        return w;
    }
    if (style != YAML_PLAIN_SCALAR_STYLE)
        column++; /* the quote */
    while (w.at < w.text.n && (size_t)w.column < column + 1)
        step(&w);
    return w;
}

/* Characters of TEXT before a place in it that are not blank; *ON says whether
 * the one at the place is one of them. */
static size_t dark_before(struct str text, int line, int column, bool *on)
{
    struct walk w = {.text = text, .line = 1, .column = 1};
    size_t n = 0;

    *on = false;
    while (w.at < text.n) {
        bool is_there = w.line > line || (w.line == line && w.column >= column);
        bool is_dark = !is_blank(step(&w));

        if (is_there) {
            *on = is_dark;
            break;
        }
        n += is_dark;
    }
    return n;
}

/* Folding, indents and stripped lines move only blanks: the character that is
 * the Nth not blank in the rule is it in the file too. */
static void complain_of_rule(struct yaml_file *f, const struct rule_field *rule,
                             const struct error *err, bool is_warning)
{
    struct walk w = walk_from(f, rule->node);
    bool on;
    size_t n = dark_before(rule->text, err->line, err->column, &on);
    int line = w.line, column = w.column;

    n += on;
    while (n > 0 && w.at < w.text.n) {
        struct walk before = w;

        if (is_blank(step_value(&w, rule->node->data.scalar.style)))
            continue;
        n--;
        line = on ? before.line : w.line;
        column = on ? before.column : w.column;
    }
    complain_at(f, line, column, is_warning, "%s", err->text);
}

/* "AI or robots" looks for the word "or", which few mean. */
static void warn_of_small_operators(struct yaml_file *f,
                                    const struct rule_field *field)
{
    struct str rest = field->text, word;
    size_t quotes = 0;

    while (str_word(&rest, &word)) {
        bool is_operator = str_eq(word, STR("and")) ||
                           str_eq(word, STR("or")) || str_eq(word, STR("not"));

        if (is_operator && quotes % 2 == 0) {
            struct walk w = {.text = field->text, .line = 1, .column = 1};
            struct error err;

            while (w.text.p + w.at < word.p)
                step(&w);
            error_set(&err, ERR_INPUT,
                      "\"%.*s\" is a word to be found here; the operators are "
                      "AND, OR, NOT",
                      STR_ARG(word));
            error_at(&err, w.line, w.column);
            complain_of_rule(f, field, &err, true);
        }
        for (size_t i = 0; i < word.n; i++)
            quotes += word.p[i] == '"';
    }
}

static const struct rule *read_rule(struct yaml_file *f,
                                    struct mill_builder *builder,
                                    const struct rule_field *field)
{
    struct rule *rule;
    struct error err;

    if (field->node == NULL)
        return NULL;
    if (str_trim(field->text).n == 0) {
        complain(f, field->node, "the rule is empty");
        return NULL;
    }
    rule = rule_parse(f->a, field->text, &err);
    if (rule == NULL) {
        complain_of_rule(f, field, &err, false);
        return NULL;
    }
    warn_of_small_operators(f, field);
    *vec_add(f->a, &builder->rules) = rule;
    return rule;
}

/* ---- sources ---------------------------------------------------------------- */

struct source_fields {
    struct source source;
    struct source_access access;
    const yaml_node_t *url_node, *zone_node, *file_node, *links_node;
};

struct source_reader {
    struct mill_builder *builder;
    struct topic_draft *topic;
};

static void set_node(struct yaml_file *f, const yaml_node_t *value, void *field)
{
    struct str text;

    if (yaml_text(f, value, &text))
        *(const yaml_node_t **)field = value;
}

static void set_full_text(struct yaml_file *f, const yaml_node_t *value,
                          void *field)
{
    static const struct str words[] = {STR_INIT("auto"), STR_INIT("always"),
                                       STR_INIT("never")};
    int word = yaml_word(f, value, words, 3);

    if (word >= 0)
        *(enum full_text_mode *)field = (enum full_text_mode)word;
}

#define AT(member) offsetof(struct source_fields, member)

static const struct key_row source_rows[] = {
    {STR_INIT("url"), set_node, AT(url_node)},
    {STR_INIT("file"), set_node, AT(file_node)},
    {STR_INIT("type"), set_line, AT(source.type)},
    {STR_INIT("name"), set_line, AT(source.name)},
    {STR_INIT("zone"), set_node, AT(zone_node)},
    {STR_INIT("full_text"), set_full_text, AT(source.full_text)},
    {STR_INIT("links"), set_node, AT(links_node)},
    {STR_INIT("publish"), set_publish, AT(source.publish)},
    {STR_INIT("headers"), set_headers, AT(access)},
    {STR_INIT("proxy"), set_proxy, AT(access.proxy)},
    {STR_INIT("user"), set_line, AT(access.user)},
    {STR_INIT("password_file"), set_line, AT(access.password_file)},
    {STR_INIT("password_env"), set_line, AT(access.password_env)},
    {STR_INIT("token_file"), set_line, AT(access.token_file)},
    {STR_INIT("token_env"), set_line, AT(access.token_env)},
    {STR_INIT("client_cert"), set_line, AT(access.client_cert)},
    {STR_INIT("client_key"), set_line, AT(access.client_key)},
};

/* An address is printed in reports and lists: a password has no place in it. */
static void read_address(struct yaml_file *f, const yaml_node_t *node,
                         struct source *source)
{
    set_http_url(f, node, &source->url);
    if (str_eq(source->url, url_without_user(f->a, source->url)))
        return;
    source->url = STR_NONE;
    complain(f, node,
             "addresses are printed: write user and password_file or "
             "password_env instead of a password in the address");
}

struct str yaml_path(struct arena *a, struct str from, struct str path)
{
    struct {
        struct str *at;
        size_t n, cap;
    } parts = {0};
    struct str rest = STR_NONE, part, out = STR_NONE;

    if (path.n == 0 || path.p[0] == '/')
        return STR_NONE;
    rest = arena_cat(a, str_slice(from, 0, str_find_last(from, '/') + 1), path);
    while (str_split(&rest, '/', &part)) {
        if (part.n == 0 || str_eq(part, STR(".")))
            continue;
        if (!str_eq(part, STR(".."))) {
            *vec_add(a, &parts) = part;
        } else if (parts.n == 0) {
            return STR_NONE;
        } else {
            parts.n--;
        }
    }
    for (size_t i = 0; i < parts.n; i++)
        out = i == 0 ? parts.at[0] : arena_cat(a, out, STR("/"), parts.at[i]);
    return out;
}

static void read_file(struct yaml_file *f, const yaml_node_t *node,
                      struct source *source)
{
    struct str path;

    if (!yaml_text(f, node, &path))
        return;
    source->file = yaml_path(f->a, f->path, path);
    if (source->file.n == 0)
        complain(f, node, "not a file inside the mill: %.*s", STR_ARG(path));
}

static void read_links(struct yaml_file *f, const yaml_node_t *node,
                       struct source *source)
{
    struct error err;

    if (!yaml_text(f, node, &source->links))
        return;
    if (selector_parse(f->a, source->links, &err) == NULL)
        complain_at(f, (int)node->start_mark.line + 1,
                    (int)node->start_mark.column + 1, false, "links: %s",
                    err.text);
}

/* Options may be said in one place only, or be the same in both. */
static void agree(struct str *have, struct str new_one, bool *same)
{
    if (have->n == 0)
        *have = new_one;
    else if (new_one.n > 0 && !str_eq(*have, new_one))
        *same = false;
}

static bool merge_source(struct source *have, const struct source *source)
{
    bool same = true;

    agree(&have->name, source->name, &same);
    agree(&have->type, source->type, &same);
    agree(&have->links, source->links, &same);
    agree(&have->zone_name, source->zone_name, &same);
    agree(&have->url, source->url, &same);
    if (have->zone == NULL && !have->has_zone_minutes) {
        have->zone = source->zone;
        have->has_zone_minutes = source->has_zone_minutes;
        have->zone_minutes = source->zone_minutes;
    }
    if (have->full_text == FULL_TEXT_AUTO)
        have->full_text = source->full_text;
    else if (source->full_text != FULL_TEXT_AUTO &&
             have->full_text != source->full_text)
        same = false;
    if (have->publish == PUBLISH_DEFAULT)
        have->publish = source->publish;
    else if (source->publish != PUBLISH_DEFAULT &&
             have->publish != source->publish)
        same = false;
    if (have->access == NULL)
        have->access = source->access;
    else if (source->access != NULL && !access_eq(have->access, source->access))
        same = false;
    return same;
}

static size_t put_source(struct yaml_file *f, const yaml_node_t *node,
                         struct mill_builder *builder,
                         const struct source *source)
{
    bool is_new;
    size_t *index = map_put(&builder->config->mill.by_id, source->id, &is_new);
    struct source *have;

    if (is_new) {
        *index = builder->sources.n;
        *vec_add(f->a, &builder->sources) = *source;
        (void)vec_add(f->a, &builder->named_by);
        return *index;
    }
    have = &builder->sources.at[*index];
    if (!merge_source(have, source))
        complain(f, node, "%.*s has other options at %.*s:%d",
                 STR_ARG(source->id), STR_ARG(have->place.file),
                 have->place.line);
    return *index;
}

static void add_source(struct yaml_file *f, const yaml_node_t *node, void *ctx)
{
    struct source_reader *reader = ctx;
    struct source_fields fields = {0};
    struct source *source = &fields.source;
    size_t index, *named_by;

    source->place = yaml_place(f, node);
    if (node->type == YAML_SCALAR_NODE)
        fields.url_node = node;
    else
        yaml_read_map(f, node, source_rows,
                      sizeof source_rows / sizeof source_rows[0], &fields,
                      "a source");
    if (fields.url_node != NULL)
        read_address(f, fields.url_node, source);
    source->access = access_read(f, node, &fields.access);
    if (fields.zone_node != NULL)
        source->has_zone_minutes =
            yaml_zone(f, fields.zone_node, &source->zone_name, &source->zone,
                      &source->zone_minutes);
    if (fields.file_node != NULL)
        read_file(f, fields.file_node, source);
    if (fields.links_node != NULL)
        read_links(f, fields.links_node, source);
    if (source->url.n == 0 && source->file.n == 0) {
        if (node->type == YAML_MAPPING_NODE && fields.url_node == NULL &&
            fields.file_node == NULL)
            complain(f, node, "a source needs url or file");
        return;
    }
    source->id = source->file.n > 0
                     ? arena_cat(f->a, STR("file:"), source->file)
                     : source->url;
    index = put_source(f, node, reader->builder, source);
    named_by = &reader->builder->named_by.at[index];
    if (*named_by == reader->builder->topics.n) {
        complain(f, node, "%.*s stands twice in this topic",
                 STR_ARG(source->id));
        return;
    }
    *named_by = reader->builder->topics.n;
    *vec_add(f->a, &reader->topic->own) = index;
}

/* ---- topics ----------------------------------------------------------------- */

struct topic_fields {
    struct topic topic;
    struct rule_field keep, drop;
    const yaml_node_t *from, *sources, *languages;
};

static void keep_node(struct yaml_file *f, const yaml_node_t *value,
                      void *field)
{
    (void)f;
    *(const yaml_node_t **)field = value;
}

static void set_review(struct yaml_file *f, const yaml_node_t *value,
                       void *field)
{
    static const struct str words[] = {STR_INIT("none"), STR_INIT("doubtful"),
                                       STR_INIT("all")};
    int word = yaml_word(f, value, words, 3);

    if (word >= 0)
        *(enum review_mode *)field = (enum review_mode)word;
}

static void set_digest(struct yaml_file *f, const yaml_node_t *value,
                       void *field)
{
    static const struct str words[] = {STR_INIT("none"), STR_INIT("daily"),
                                       STR_INIT("weekly")};
    int word = yaml_word(f, value, words, 3);

    if (word >= 0)
        *(enum digest_mode *)field = (enum digest_mode)word;
}

static void set_yes_no(struct yaml_file *f, const yaml_node_t *value,
                       void *field)
{
    static const struct str words[] = {STR_INIT("no"), STR_INIT("yes")};
    int word = yaml_word(f, value, words, 2);

    if (word >= 0)
        *(bool *)field = word == 1;
}

static void set_order(struct yaml_file *f, const yaml_node_t *value,
                      void *field)
{
    static const struct str words[] = {STR_INIT("date"), STR_INIT("rank")};
    int word = yaml_word(f, value, words, 2);

    if (word >= 0)
        *(enum topic_order *)field = (enum topic_order)word;
}

/* A threshold above 0, at most 1. */
static void set_share(struct yaml_file *f, const yaml_node_t *value,
                      void *field)
{
    struct str text;
    double x;

    if (!yaml_text(f, value, &text))
        return;
    if (!str_to_double(text, &x) || !(x > 0 && x <= 1))
        complain(f, value, "a number above 0, at most 1, is wanted: %.*s",
                 STR_ARG(text));
    else
        *(float *)field = (float)x;
}

static void add_language(struct yaml_file *f, const yaml_node_t *node,
                         void *ctx)
{
    struct str tag = STR_NONE;

    set_language(f, node, &tag);
    if (tag.n > 0)
        *vec_add(f->a, (struct strs *)ctx) = tag;
}

#undef AT
#define AT(member) offsetof(struct topic_fields, member)

static const struct key_row topic_rows[] = {
    {STR_INIT("title"), set_line, AT(topic.title)},
    {STR_INIT("description"), set_line, AT(topic.description)},
    {STR_INIT("language"), set_language, AT(topic.language)},
    {STR_INIT("author"), set_line, AT(topic.author)},
    {STR_INIT("keep"), set_rule, AT(keep)},
    {STR_INIT("drop"), set_rule, AT(drop)},
    {STR_INIT("review"), set_review, AT(topic.review)},
    {STR_INIT("publish"), set_publish, AT(topic.publish)},
    {STR_INIT("gzip"), set_gzip, AT(topic.gzip)},
    {STR_INIT("formats"), set_formats, AT(topic.formats)},
    {STR_INIT("entries"), set_count, AT(topic.entries)},
    {STR_INIT("days"), set_count, AT(topic.days)},
    {STR_INIT("per_source"), set_count, AT(topic.per_source)},
    {STR_INIT("order"), set_order, AT(topic.order)},
    {STR_INIT("archive"), set_yes_no, AT(topic.archive)},
    {STR_INIT("digest"), set_digest, AT(topic.digest)},
    {STR_INIT("languages"), keep_node, AT(languages)},
    {STR_INIT("min_confidence"), set_share, AT(topic.min_confidence)},
    {STR_INIT("spam"), set_share, AT(topic.spam)},
    {STR_INIT("from"), keep_node, AT(from)},
    {STR_INIT("sources"), keep_node, AT(sources)},
};

static void add_from(struct yaml_file *f, const yaml_node_t *node, void *ctx)
{
    struct topic *topic = ctx;
    struct str *grown, name;

    if (!yaml_text(f, node, &name))
        return;
    if (str_eq(name, STR("all"))) {
        topic->from_all = true;
        return;
    }
    grown = arena_array(f->a, topic->from.n + 1, sizeof *grown);
    if (topic->from.n > 0)
        memcpy(grown, topic->from.at, topic->from.n * sizeof *grown);
    grown[topic->from.n] = name;
    topic->from.at = grown;
    topic->from.n++;
}

/* A key whose lines below are all comments. */
static bool is_nothing(const yaml_node_t *node)
{
    return node->type == YAML_SCALAR_NODE &&
           node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
           node->data.scalar.length == 0;
}

static bool lists_none(const yaml_node_t *list)
{
    return list == NULL || is_nothing(list) ||
           (list->type == YAML_SEQUENCE_NODE &&
            list->data.sequence.items.top == list->data.sequence.items.start);
}

void topic_yaml_read(struct yaml_file *f, struct str id,
                     struct mill_builder *builder)
{
    struct topic_fields fields = {
        .topic = {.id = id, .entries = 50, .archive = true}};
    yaml_node_t *root = yaml_file_root(f);
    struct source_reader reader = {.builder = builder};
    struct topic *topic = &fields.topic;

    if (root == NULL) {
        complain_at(f, 1, 1, false, "the topic is empty");
        return;
    }
    if (root->type != YAML_MAPPING_NODE) {
        complain(f, root, "a topic is wanted here, as keys and values");
        return;
    }
    yaml_read_map(f, root, topic_rows, sizeof topic_rows / sizeof topic_rows[0],
                  &fields, "a topic");
    topic->place = yaml_place(f, root);
    if (topic->title.n == 0)
        topic->title = id;
    if (topic->digest != DIGEST_NONE && !topic->archive)
        complain_at(f, topic->place.line, topic->place.column, false,
                    "a digest is made from the archive: digest and archive: no "
                    "do not go together");
    topic->keep = read_rule(f, builder, &fields.keep);
    topic->drop = read_rule(f, builder, &fields.drop);
    topic->keep_text = fields.keep.text;
    topic->drop_text = fields.drop.text;
    if (fields.languages != NULL && fields.languages->type == YAML_SCALAR_NODE)
        add_language(f, fields.languages, &topic->languages);
    else if (fields.languages != NULL)
        yaml_each(f, fields.languages, "languages", add_language,
                  &topic->languages);
    if (fields.from != NULL) {
        topic->from_place = yaml_place(f, fields.from);
        if (fields.from->type == YAML_SCALAR_NODE)
            add_from(f, fields.from, topic);
        else
            yaml_each(f, fields.from, "topics", add_from, topic);
    }
    reader.topic = vec_add(f->a, &builder->topics);
    reader.topic->topic = *topic;
    if (fields.sources != NULL && !is_nothing(fields.sources))
        yaml_each(f, fields.sources, "sources", add_source, &reader);
    if (lists_none(fields.sources) && fields.from == NULL)
        complain_at(f, topic->place.line, topic->place.column, true,
                    "the topic has no sources: name them under sources:, or a "
                    "topic under from:");
}
