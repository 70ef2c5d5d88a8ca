#ifndef CONFIG_CONFIG_H
#define CONFIG_CONFIG_H
/*
 * Reads feeds/: mill.yaml, topics, rules, decisions.  The only reader of YAML.  Every
 * complaint says file:line:column; reading goes on after one, so that a person
 * sees all of them at once.
 */
#include "base/error.h"
#include "item/source.h"

struct arena;

struct complaint {
    struct error err;
    bool is_warning;
};

struct complaints {
    struct complaint *at;
    size_t n, cap;
};

struct config {
    struct mill_config mill;
    struct complaints complaints; /* errors and warnings, in file order */
    bool has_errors;
    struct hash128 bytes; /* of all files that were read, in this order */
    struct rule **rules;  /* compiled; ended by config_done */
    size_t n_rules;
};

/*
 * Reads the mill at ROOT into A.  False (ERR_CONFIG, ERR_FILE) only when ROOT
 * is no mill; faults inside the files are complaints.  End with config_done
 * (compiled rules own memory outside A).
 */
MUST_CHECK bool config_load(struct arena *a, const char *root,
                            struct config *out, struct error *err);
void config_done(struct config *c);

/*
 * Reads nothing but the site rules in the folder DIR into A; *OUT has no mill
 * besides them.  False (ERR_FILE) when DIR cannot be read; faults inside the
 * files are complaints.
 */
MUST_CHECK bool config_load_site_rules(struct arena *a, struct str dir,
                                       struct config *out, struct error *err);

/* Why S cannot name a topic, a sentence; NULL if it can: it is
 * [a-z0-9][a-z0-9._-]*, and output/ needs the name for nothing else. */
const char *topic_id_fault(struct str s);

/* A source as a command writes it into a topic's file. */
struct source_line {
    struct str url;
    struct str name; /* empty: the source's own */
};
/*
 * TEXT of the topic's file PATH with a source more; all else stays byte for
 * byte.  *OUT is in A.  ERR_CONFIG when the file is written in a way that
 * cannot be added to.
 */
MUST_CHECK bool topic_text_add(struct arena *a, struct str path,
                               struct str text, const struct source_line *s,
                               struct str *out, struct error *err);
/* The same without the source of that id (see struct source); *FOUND says
 * whether it was there. */
MUST_CHECK bool topic_text_remove(struct arena *a, struct str path,
                                  struct str text, struct str id, bool *found,
                                  struct str *out, struct error *err);

/* A decision as a command writes it into feeds/decisions.yaml. */
struct decision_line {
    struct str mapping; /* as YAML, between { and } */
    struct str remark;  /* a comment behind it, if not empty */
};
/* TEXT of that file, shown as PATH, with N decisions more (at least one), as
 * topic_text_add. */
MUST_CHECK bool decisions_text_add(struct arena *a, struct str path,
                                   struct str text,
                                   const struct decision_line *lines, size_t n,
                                   struct str *out, struct error *err);

/* A path of the owner's that is relative to the mill, in A. */
struct str access_path(struct arena *a, struct str root, struct str path);

/* "2s" "5m" "6h" "7d" to seconds; "16M" "4k" to bytes. */
MUST_CHECK bool config_duration_ms(struct str s, int64_t *ms);
MUST_CHECK bool config_bytes(struct str s, int64_t *bytes);
#endif
