#ifndef CONFIG_YAML_FILE_H
#define CONFIG_YAML_FILE_H
/*
 * One YAML file of the owner and what is wrong with it.  Every scalar is text
 * until one of the setters reads it; keys are rows of tables.
 */
#include <yaml.h>

#include "base/error.h"
#include "base/map.h"
#include "config/config.h"
#include "item/site_rule.h"

struct yaml_file {
    struct arena *a;
    struct config *config; /* collects the complaints */
    struct str path;       /* as shown to a person: relative to the mill */
    struct str text;       /* the file's bytes */
    yaml_document_t doc;
    bool has_doc;
};

/* Reads and parses PATH, relative to ROOT (empty: as it stands).  A fault is
 * complained of and gives false. */
bool yaml_file_open(struct yaml_file *f, struct arena *a, struct config *config,
                    struct str root, struct str path);
void yaml_file_close(struct yaml_file *f);
/* The document's root, NULL when it is empty. */
yaml_node_t *yaml_file_root(struct yaml_file *f);

/* A complaint about NODE. */
void complain(struct yaml_file *f, const yaml_node_t *node, const char *format,
              ...) __attribute__((format(printf, 3, 4)));
void complain_at(struct yaml_file *f, int line, int column, bool is_warning,
                 const char *format, ...) __attribute__((format(printf, 5, 6)));

struct place yaml_place(const struct yaml_file *f, const yaml_node_t *node);
/* The text of a scalar; complains and gives false for anything else. */
bool yaml_text(struct yaml_file *f, const yaml_node_t *node, struct str *out);

/* A key of a mapping: SET reads VALUE into the field OFFSET bytes into the
 * target; what it cannot read it complains of. */
struct key_row {
    struct str name;
    void (*set)(struct yaml_file *f, const yaml_node_t *value, void *field);
    size_t offset;
};

/* Reads a mapping into TARGET.  WHAT names it in complaints about unknown and
 * doubled keys ("a topic"). */
void yaml_read_map(struct yaml_file *f, const yaml_node_t *map,
                   const struct key_row *rows, size_t n_rows, void *target,
                   const char *what);
/* Where the value of KEY begins in a mapping that was read; line 0 without the key. */
struct place yaml_place_of(struct yaml_file *f, const yaml_node_t *map,
                           struct str key);
/* Calls GIVE for each element of a sequence. */
void yaml_each(struct yaml_file *f, const yaml_node_t *list, const char *what,
               void (*give)(struct yaml_file *f, const yaml_node_t *node,
                            void *ctx),
               void *ctx);

/* ---- setters; the field's type is in the name ---- */
void set_line(struct yaml_file *f, const yaml_node_t *value, void *field);
void set_http_url(struct yaml_file *f, const yaml_node_t *value, void *field);
void set_language(struct yaml_file *f, const yaml_node_t *value, void *field);
void set_duration_ms(struct yaml_file *f, const yaml_node_t *value,
                     void *field);
void set_duration_s(struct yaml_file *f, const yaml_node_t *value, void *field);
void set_bytes(struct yaml_file *f, const yaml_node_t *value, void *field);
void set_count(struct yaml_file *f, const yaml_node_t *value, void *field);
/* Says what is wrong with a file that libyaml could not read. */
void yaml_complain(struct yaml_file *f, const yaml_parser_t *parser);
/* A list of names, or one, as bits: format_is_in of publish.h. */
void set_formats(struct yaml_file *f, const yaml_node_t *value, void *field);
void set_gzip(struct yaml_file *f, const yaml_node_t *value, void *field);
void set_publish(struct yaml_file *f, const yaml_node_t *value, void *field);

/* A zone by its name ("Asia/Shanghai": *RULES) or offset ("+08:00": *MINUTES, and
 * true); what is neither is complained of.  NAME gets what was written. */
bool yaml_zone(struct yaml_file *f, const yaml_node_t *node, struct str *name,
               const struct zone **rules, int16_t *minutes);

/* The index of TEXT among N words, complaining with all of them when it is
 * none (-1). */
int yaml_word(struct yaml_file *f, const yaml_node_t *value,
              const struct str *words, size_t n);

/* A path relative to the file FROM becomes one relative to the mill, without "."
 * and ".."; empty when it leaves the mill.  In A. */
struct str yaml_path(struct arena *a, struct str from, struct str path);

/* ---- the files ---- */
void mill_yaml_read(struct yaml_file *f, struct mill_config *mill);
void decisions_yaml_read(struct yaml_file *f, struct mill_config *mill);
/* Adds the rule for HOST to RULES. */
void site_rule_yaml_read(struct yaml_file *f, struct str host,
                         struct site_rules *rules);

/* Topics while they are read: a topic and its sources as the file has them. */
struct topic_draft {
    struct topic topic;
    struct rule *keep, *drop;
    struct {
        size_t *at;
        size_t n, cap;
    } own;
};
struct mill_builder {
    struct arena *a;
    struct config *config;
    struct {
        struct source *at;
        size_t n, cap;
    } sources;
    /* For each source: the topic, counted from 1, that was the last to name
     * it. */
    struct {
        size_t *at;
        size_t n, cap;
    } named_by;
    struct {
        struct topic_draft *at;
        size_t n, cap;
    } topics;
    struct {
        struct rule **at;
        size_t n, cap;
    } rules;
};
void topic_yaml_read(struct yaml_file *f, struct str id,
                     struct mill_builder *builder);
#endif
