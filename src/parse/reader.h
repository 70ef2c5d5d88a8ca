#ifndef PARSE_READER_H
#define PARSE_READER_H
/*
 * What the files of this folder share: the state of a feed being read.  Every
 * open element has a frame that says where we are (enum place), which base and
 * language hold, and where its text begins in one common buffer.  At its end
 * the element's action takes that text; the buffer is then cut back, so that it
 * never holds more than the open elements do.
 */
#include "base/buf.h"
#include "decode/decode.h"
#include "parse/parse.h"

/* ---- names ---- */

enum namespace_id {
    NS_CORE,
    NS_ADMIN,
    NS_CC,
    NS_CONTENT,
    NS_DC,
    NS_DCTERMS,
    NS_FEEDBURNER,
    NS_GEO,
    NS_GEORSS,
    NS_GML,
    NS_GOOGLEPLAY,
    NS_ITUNES,
    NS_MATHML,
    NS_MEDIA,
    NS_NEWS,
    NS_OTHER,
    NS_PODCAST,
    NS_PSC,
    NS_RDF,
    NS_SVG,
    NS_SY,
    NS_THR,
    NS_WFW,
    NS_XHTML,
    NS_XLINK,
    NS_XML
};

/* Where an element stands; as bits in elements.def. */
enum place {
    PLACE_NOWHERE = 0, /* inside an element we do not read */
    PLACE_DOCUMENT = 1 << 0,
    PLACE_FEED = 1 << 1,
    PLACE_ENTRY = 1 << 2,
    PLACE_IMAGE = 1 << 3,
    PLACE_TEXT_INPUT = 1 << 4,
    PLACE_PERSON = 1 << 5,
    PLACE_SCHEDULE = 1 << 6,
    PLACE_GEOMETRY = 1 << 7,
    PLACE_CHAPTERS = 1 << 8
};

enum field {
    FIELD_NONE,
    FIELD_TITLE,
    FIELD_SUBTITLE,
    FIELD_SUMMARY,
    FIELD_INFO,
    FIELD_RIGHTS,
    FIELD_PUBLISHED,
    FIELD_UPDATED,
    FIELD_CREATED,
    FIELD_EXPIRED,
    FIELD_ID,
    FIELD_LANGUAGE,
    FIELD_COMMENTS,
    FIELD_LICENSE,
    FIELD_DOCS,
    FIELD_ICON,
    FIELD_LOGO,
    FIELD_IMAGE,
    FIELD_NEW_LOCATION,
    FIELD_ERRORS_TO,
    FIELD_AUTHOR,
    FIELD_CONTRIBUTOR,
    FIELD_PUBLISHER,
    FIELDS
};

enum action {
#define ACTION(name, start, end, flags) ACTION_##name,
#include "parse/actions.def"
#undef ACTION
    ACTIONS
};

struct element {
    enum namespace_id ns;
    struct str name;
    unsigned place;
    enum action action;
    enum field field;
    unsigned char strength;
};

/* ---- frames ---- */

/* How the text below an element is collected. */
enum collect {
    COLLECT_NOT,    /* thrown away */
    COLLECT_TEXT,   /* text only, tags inside it left out */
    COLLECT_MARKUP, /* a text construct: tags inside it are written out */
    COLLECT_INSIDE  /* below one of these */
};

/* Attributes an action keeps for the element's end. */
enum kept {
    KEPT_TYPE,
    KEPT_MODE,
    KEPT_SRC,
    KEPT_HREF,
    KEPT_SCHEME,
    KEPT_LABEL,
    KEPTS
};

struct frame {
    const struct element *element; /* NULL: not in the table */
    bool is_ext;                   /* a member of ext */
    enum place place;              /* of the children */
    enum collect collect;
    struct str base, lang;
    size_t text_from;
    struct str kept[KEPTS];
    struct extra *extra; /* what the element's children add to */
    /* inside markup */
    bool written; /* its tag was */
    bool is_div;  /* the div of a construct */
};

/* The text construct being collected. */
struct construct {
    size_t depth;    /* of its frame */
    bool is_xhtml;   /* said so, or has elements inside it */
    bool escaping;   /* text becomes markup as it comes */
    bool switched;   /* a tag was written */
    size_t children; /* elements right below */
    bool div_first;  /* the first one is a div, with nothing before it */
    size_t div_from; /* what the div holds */
    size_t div_to;
    size_t div_end; /* behind its end tag */
    struct str div_base;
};

/* More than elements are told in each other (decode.h). */
#define FRAMES_MAX 260

/* Text of the elements open at one time; what is longer is cut with a note. */
#define ELEMENT_TEXT_MAX ((size_t)3 << 20)

/* Elements of one entry, or of all that stands outside of entries. */
#define ELEMENTS_MAX 500000

/* As much of a page as is read for its entries. */
#define HFEED_MAX ((size_t)1 << 20)

struct seen_namespace {
    struct str uri;
    enum namespace_id ns;
    struct str prefix;
};

/* Rows of elements.def by hash; made once a reader, in a microsecond. */
#define ELEMENT_SLOTS 1024
#define SEEN_MAX      64

struct names {
    uint16_t slots[ELEMENT_SLOTS]; /* row + 1; 0 empty */
    struct seen_namespace seen[SEEN_MAX];
    size_t n_seen;
    struct str core_uri; /* unknown namespace of the root: taken for CORE */
};

/* ---- the reader ---- */

enum document_form { FORM_UNKNOWN, FORM_XML, FORM_JSON, FORM_HTML };

struct feed_reader {
    struct feed_hints hints;
    struct feed_sink sink;
    struct arena *arena;       /* the feed's */
    struct arena *entry_arena; /* reset after each entry */
    enum document_form form;
    struct buf head; /* until the form is known; all of HTML */
    struct xml_parser *xml;
    struct json_reader *json;
    struct notes notes;
    struct names names;

    struct frame *frames; /* of FRAMES_MAX */
    size_t depth;         /* frames in use */
    struct buf text;
    bool text_cut;    /* the ceiling of text was reached: noted */
    bool stray_noted; /* text between the elements of the entry, or feed */
    struct construct construct;
    bool in_construct;

    bool feed_found;
    bool feed_ended; /* by its end tag */
    struct str root; /* name of the document's first element */
    struct feed_info feed;
    unsigned char feed_strength[FIELDS];

    bool in_entry;
    struct feed_fields entry;
    struct notes entry_notes;
    unsigned char entry_strength[FIELDS];
    struct str original_link;
    struct str own_link, feed_own_link; /* RSS's own links */
    struct draft_body body;             /* of h-entries; else BODY_NONE */
    const struct element *summary_from; /* what filled entry.summary */
    struct text caption; /* media:description: of a picture, or of the entry */
    size_t entries;

    struct feed_info *source; /* atom:source that is open, or NULL */
    unsigned char source_strength[FIELDS];

    struct person person;
    bool person_has_parts;
    int64_t sy_period, sy_frequency;
    struct str geo_type, geo_srs; /* of the geometry being read */
    int geo_dimensions;           /* 0 not said */
    struct str latitude, longitude;
    size_t entry_extras, feed_extras; /* members of ext so far */
    size_t entry_elements, feed_elements;
    bool full_noted;
};

/* A value we keep: in the arena of the entry, or of the feed. */
struct arena *reader_arena(struct feed_reader *r);
struct str reader_keep(struct feed_reader *r, struct str s);
struct notes *reader_notes(struct feed_reader *r);
/* True when the entry, or what stands outside of entries, has used up its
 * memory: no more of it is read, with a note. */
bool reader_is_full(const struct feed_reader *r);
void reader_note_full(struct feed_reader *r);
/* True when an entry, or what stands outside of entries, is too large for more
 * members of ext. */
bool extras_are_full(const struct feed_reader *r);
/* The frame of the element that is open, and of its parent. */
struct frame *frame_top(struct feed_reader *r);
struct frame *frame_parent(struct feed_reader *r);
/* S against the frame's base; as it stands when there is none.  In the
 * reader's arena. */
struct str reader_resolve(struct feed_reader *r, const struct frame *f,
                          struct str s);

/* Where a field of what is being read lies: of the entry, its source, or the
 * feed.  NULL when that has no such field. */
struct text *text_slot(struct feed_reader *r, enum field field);
struct when *when_slot(struct feed_reader *r, enum field field);
struct str *str_slot(struct feed_reader *r, enum field field);
struct links *links_slot(struct feed_reader *r);
struct categories *categories_slot(struct feed_reader *r);
struct persons *persons_slot(struct feed_reader *r, enum field field);
/* The object that _feedmill members without a field of their own go to. */
struct extra *extras_slot(struct feed_reader *r);
/* The object of that name in the extras, made when there is none. */
struct extra *extras_group(struct feed_reader *r, struct str name);
/* Ext member: text or object, replacing an earlier one of that name. */
void extras_put(struct feed_reader *r, struct extra *group, struct extra *e);
/* The same, beside earlier ones of that name: together they are a list. */
void extras_add(struct feed_reader *r, struct extra *group, struct extra *e);
/* The last of GROUP; false when there are too many in all, with a note. */
bool extras_append(struct feed_reader *r, struct extra *group, struct extra *e);
/* Notes that there were more of NAME than are kept. */
void extras_left_out(struct feed_reader *r, struct str name);
/* Notes that what stands in NAME is left out, for it is nested too deep. */
void extras_too_deep(struct feed_reader *r, struct str name);

/* The date TEXT of element NAME; what is wrong with it becomes a note. */
bool reader_date(struct feed_reader *r, struct str text, struct str name,
                 struct when *out);

/* Notes that nothing can be made of TEXT as a value of NAME. */
void reader_value_invalid(struct feed_reader *r, struct str name,
                          struct str text);

/* True when an element of that strength may fill the field; it is then
 * remembered as filled. */
bool field_claim(struct feed_reader *r, enum field field,
                 unsigned char strength);

/* ---- names.c ---- */

void names_init(struct names *n);
enum namespace_id names_namespace(struct feed_reader *r, struct str uri,
                                  struct str prefix, struct str *canonical);
/* An unknown namespace whose ROOT is called as a feed's is taken for CORE from
 * now on. */
enum namespace_id names_adopt(struct feed_reader *r, struct str uri,
                              struct str root);
const struct element *names_element(const struct names *n, enum namespace_id ns,
                                    struct str name, enum place place);
const struct xml_attr *attr_find(const struct xml_attr *attrs, size_t n,
                                 const char *name);
/* The attribute's value, empty when absent; one without namespace, or of the
 * namespace or prefix that has URI in it. */
struct str attr_get(const struct xml_attr *attrs, size_t n, const char *name);
struct str attr_get_ns(const struct xml_attr *attrs, size_t n, const char *uri,
                       const char *name);

/* ---- actions: what the start and the end of an element do ---- */

struct start {
    struct str uri, prefix, name;
    const struct xml_attr *attrs;
    size_t n;
    enum namespace_id ns;
    struct str canonical; /* prefix for ext */
};

typedef void action_start(struct feed_reader *r, struct frame *f,
                          const struct start *s);
typedef void action_end(struct feed_reader *r, struct frame *f,
                        struct str text);

/* False for a `url` that is no entry of a sitemap. */
bool entry_is_one(const struct feed_reader *r, const struct start *s);

/* True when an element inside one without a row is a member of it, and not part
 * of its text as markup is (extensions.c). */
bool is_member(struct feed_reader *r, const struct frame *parent,
               const struct start *s);
/* Element without a row: a member of ext (extensions.c). */
void unknown_start(struct feed_reader *r, struct frame *f,
                   const struct start *s);
void unknown_end(struct feed_reader *r, struct frame *f, struct str text);

#define ACTION(name, start, end, flags)                                        \
    action_start start;                                                        \
    action_end end;
#include "parse/actions.def"
#undef ACTION

/* The attributes as members of TO, in lower case (extensions.c). */
void add_attributes(struct feed_reader *r, struct extra *to,
                    const struct start *s);

/* ---- text.c ---- */

/* What a text construct is by default, when its type is not said. */
enum text_default {
    DEFAULT_PLAIN,
    DEFAULT_TAGS, /* plain, unless there are tags in it */
    DEFAULT_GUESS,
    DEFAULT_HTML
};

/* Fills *OUT from the construct that ends, in the reader's arena. */
void construct_finish(struct feed_reader *r, struct frame *f, struct str text,
                      enum text_default by_default, struct text *out);
/* A tag that people write into titles and descriptions. */
bool is_html_tag(struct str name);
/* Markup of a kind that people write into titles: known tags that are closed,
 * or references. */
bool looks_like_html(struct str s);
/* Something in S is written as a tag. */
bool has_tags(struct str s);
/* Text of a title or name on one line, without markup.  In A. */
struct str text_line(struct arena *a, const struct text *t);
/* RFC 4648, blanks passed over; false when it is none or no UTF-8. */
bool base64_text(struct arena *a, struct str s, struct str *out);

/* ---- people.c ---- */

/* "mail (Name)", "Name <mail>", "Name", "mail".  Views into S. */
struct person person_parse(struct arena *a, struct str s);
void persons_add(struct feed_reader *r, struct persons *list,
                 const struct person *person);

/* ---- entry_draft.c ---- */

/* What of an entry's fields every draft has. */
void draft_from_entry(struct feed_reader *r, struct draft *out);
/* The feed's own addresses, from its links. */
void feed_settle(struct feed_reader *r);
/* Between these two everything read belongs to an entry. */
void reader_begin_entry(struct feed_reader *r);
void reader_emit_entry(struct feed_reader *r);

/* ---- read_xml.c, read_jsonfeed.c ---- */

extern const struct xml_handler feed_xml_handler;
/* xml_handler's: what is open of the elements before this one (unclosed.c). */
size_t elements_unclosed(void *ctx, struct str uri, struct str prefix,
                         struct str name, size_t n_attrs);
/* The name of an element that is an entry, wherever it stands (unclosed.c). */
bool is_entry_name(const struct feed_reader *r, struct str name);
/* Forgets the elements still open and ends an entry among them. */
void read_xml_finish(struct feed_reader *r);
/* JSON as it comes; an item is handed on as soon as it has come.  Keeps R. */
struct json_reader *json_reader_new(struct feed_reader *r);
void json_reader_free(struct json_reader *reader);
void json_reader_push(struct json_reader *reader, struct str utf8);
MUST_CHECK bool json_reader_finish(struct json_reader *reader,
                                   struct error *err);
MUST_CHECK bool hfeed_read(struct feed_reader *r, struct str html,
                           struct error *err);
#endif
