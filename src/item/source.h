#ifndef ITEM_SOURCE_H
#define ITEM_SOURCE_H
/* What the owner writes: sources, topics, the mill. */
#include "base/map.h"
#include "base/str.h"
#include "item/item.h"

struct decision;
struct rule;
struct site_rules;
struct zone;

enum publish_mode { PUBLISH_DEFAULT, PUBLISH_FULL, PUBLISH_EXCERPT };
enum full_text_mode { FULL_TEXT_AUTO, FULL_TEXT_ALWAYS, FULL_TEXT_NEVER };
enum review_mode { REVIEW_NONE, REVIEW_DOUBTFUL, REVIEW_ALL };

enum gzip_mode { GZIP_DEFAULT, GZIP_YES, GZIP_NO };
enum digest_mode { DIGEST_NONE, DIGEST_DAILY, DIGEST_WEEKLY };
enum topic_order { ORDER_DATE, ORDER_RANK };

/* Where in the owner's files something stands. */
struct place {
    struct str file; /* relative to the mill */
    int line, column;
};

/* How a source is reached, as the owner wrote it; paths are relative to the
 * mill. */
struct source_access {
    struct strs headers; /* "Name: value" */
    struct str proxy;    /* an address, or "none"; empty: the environment's */
    struct str user, password_file, password_env;
    struct str token_file, token_env;   /* of a bearer (RFC 6750) */
    struct str client_cert, client_key; /* PEM files */
};

struct source {
    struct str url; /* absolute, as the owner wrote it; empty without one */
    struct str
        file;      /* path inside the mill, relative to it; empty if fetched */
    struct str id; /* url, else "file:" and the path: the store's key */
    struct str name;  /* owner's name; empty: the feed's or site's title */
    struct str type;  /* MIME type the owner gave; empty */
    struct str links; /* CSS selector of a list page; empty: found by itself */
    struct str zone_name;    /* as written; empty */
    const struct zone *zone; /* NULL without one, or with a fixed offset */
    bool has_zone_minutes;
    int16_t zone_minutes;
    enum full_text_mode full_text;
    enum publish_mode publish;
    const struct source_access *access; /* NULL: nothing said */
    struct place place;
};

struct topic {
    struct str id; /* [a-z0-9][a-z0-9._-]* : file name and output folder */
    struct str title, description, language, author;
    const struct rule *keep, *drop; /* NULL: keep all, drop none */
    struct str keep_text, drop_text;
    enum review_mode review;
    enum publish_mode publish;
    enum gzip_mode gzip; /* a packed file beside each */
    unsigned formats;    /* format_is_in of publish.h; 0: the mill's */
    int entries;         /* how many the edition holds */
    int days;            /* how old an entry may be; 0: any age */
    int per_source;      /* how many one source may have; 0: any number */
    enum topic_order order;
    bool archive; /* what leaves the edition goes to archives and days' pages */
    enum digest_mode digest;
    struct strs languages; /* only of these (RFC 4647 ranges); none: all */
    float min_confidence;  /* less sure items are held; 0: none */
    float spam;            /* items with that score are held; 0: none */
    bool from_all;
    struct strs from; /* ids of topics whose sources count too */
    struct place from_place;
    size_t *sources; /* indexes into mill_config.sources, from: included */
    size_t n_sources;
    struct place place;
};

/* A zone as the owner wrote it; at most one of the two. */
struct mill_zone {
    const struct zone *rules; /* NULL without one */
    int16_t minutes;          /* east of UTC */
};

struct allowed_address {
    struct str host; /* numeric address */
    int port;        /* 0: any */
};

/* A command of the owner's. */
struct hook {
    struct strs words; /* program and arguments, or a text; none: no command */
    bool is_shell;     /* words is one text for sh */
    struct place place;
    int64_t timeout_ms; /* of one run */
};

/* feeds/ as a whole. */
struct mill_config {
    struct str root; /* the mill's directory */
    struct str id, title, author, language, base_url, contact;
    struct mill_zone zone; /* by whose midnight days end; without one UTC */
    enum publish_mode publish;
    enum gzip_mode gzip;
    unsigned formats; /* of topics that name none; 0: all */
    int64_t keep_items_seconds;
    int64_t pause_ms, timeout_ms;
    int64_t min_interval, max_interval; /* seconds between two fetches */
    int connections;
    int transfers;      /* under way at once, to all sites together */
    int pages;          /* of feeds' entries asked for in one run, at most */
    int64_t sources_ms; /* for asking all sources in one run; 0: no limit */
    int64_t pages_ms;   /* for all pages of one run; 0: as long as it takes */
    int article_pages;  /* of one article, fetched and joined; at least 1 */
    int64_t max_body;   /* bytes */
    struct allowed_address *allow_private;
    size_t n_allow_private;
    struct str hub;           /* of WebSub; empty */
    struct hook post_publish; /* run when files have changed */
    struct source *sources;
    size_t n_sources;
    struct map by_id;     /* of sources: index */
    struct topic *topics; /* by id */
    size_t n_topics;
    struct decision *decisions; /* of the editor, as the file has them */
    size_t n_decisions;
    const struct site_rules *site_rules; /* never NULL once it was read */
};

/* The moment W with the offset of the mill's zone; without a zone, and of a day, as
 * it is. */
struct when mill_moment(const struct mill_config *mill, struct when w);
/* The day of a moment, since 1970, as mill_moment tells it. */
int64_t mill_day(const struct mill_config *mill, struct when w);
/* When that day begins, Unix seconds. */
int64_t mill_day_begins(const struct mill_config *mill, int64_t day);

/* NULL when feeds/ has none of that id. */
const struct topic *topic_by_id(const struct mill_config *mill, struct str id);
const struct source *source_by_id(const struct mill_config *mill,
                                  struct str id);
/* True if TOPIC has the source, from: included. */
bool topic_has_source(const struct mill_config *mill, const struct topic *topic,
                      struct str source_id);
#endif
