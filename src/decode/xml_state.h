#ifndef DECODE_XML_STATE_H
#define DECODE_XML_STATE_H
/*
 * What the files of the tolerant XML reader share: its state, and what each does
 * for the others.  xml_mend.c has the loop, tags and text; xml_elements.c
 * what is open; xml_attrs.c references, attributes and namespaces; xml_head.c the
 * beginning of a document and its doctype.
 */
#include "base/buf.h"
#include "base/map.h"
#include "decode/decode.h"
#include "decode/entity.h"

#define DEPTH_MAX     256
#define ATTRS_MAX     128
#define BINDINGS_MAX  512
#define REFERENCE_MAX 64 /* bytes from & to ; */
#define TAG_MAX       ((size_t)4 << 20)
#define HEAD_WANTED   4096
#define ENTITIES_MAX  64

/* Of a function that reads a construct: it does not end in these bytes. */
#define INCOMPLETE SIZE_MAX

enum mode {
    MODE_HEAD,    /* nothing decided: junk may stand before the document */
    MODE_PROLOG,  /* before the root element */
    MODE_CONTENT, /* inside it */
    MODE_EPILOG,  /* behind it */
    MODE_CDATA,
    MODE_COMMENT,
    MODE_PI,
    MODE_DOCTYPE,
    MODE_LONG_TAG, /* the rest of it */
    MODE_DONE      /* the rest is dropped */
};

enum mend {
    MEND_AMPERSAND,
    MEND_HTML_ENTITY,
    MEND_ENTITY,
    MEND_LESS_THAN,
    MEND_TAG,
    MEND_ATTRIBUTE,
    MEND_STRAY_END,
    MEND_UNCLOSED,
    MEND_DEPTH,
    MEND_LONG_TAG,
    MEND_NAMESPACES,
    MEND_EPILOG,
    MEND_CDATA_END,
    MENDS
};

/* A name as it stands, "prefix:local", in `names`. */
struct open_element {
    size_t at, n, prefix_n;
    size_t n_bindings; /* before its own */
    int binding;       /* of its namespace, -1 if none */
    size_t left_out;   /* elements inside of that name that are not told */
};

struct binding {
    size_t prefix_at, prefix_n, uri_at, uri_n; /* in `spaces` */
};

struct raw_attr {
    struct str name, value;
    size_t at, n; /* the decoded value, in `values` */
    bool is_decoded, is_dropped;
};

struct xml_mender {
    struct xml_handler handler;
    void *ctx;
    struct arena *a;
    struct notes *notes;

    struct buf kept; /* an unfinished construct */
    size_t wanted;   /* do not try again with fewer bytes */
    const char *now; /* the construct at hand ... */
    const char *counted;
    int line; /* ... and the line where `counted` is */

    enum mode mode, after; /* `after` a comment or instruction */
    int entered;           /* the line where that began */
    bool has_root, last_was_cr;
    bool outside_noted; /* the text at hand, outside of the root */
    bool passes_over;   /* what comes is left out (xml_pass_over) */
    bool drops_attrs;   /* of the tag at hand, which is left out */
    int brackets;       /* in a doctype */
    size_t n_open, n_bindings, n_attrs;
    size_t left_open; /* when the document ended */
    struct buf names, spaces, values, resolved;
    struct buf root; /* the name of the first element */
    struct map entities;
    struct str *entity_texts;
    size_t n_entities, expanded;
    int mends[MENDS];
    struct stacks *at;
};

/* Large, and written before it is read. */
struct stacks {
    struct open_element open[DEPTH_MAX];
    unsigned char keys[DEPTH_MAX]; /* of their names, to look through quickly */
    struct binding bindings[BINDINGS_MAX];
    struct raw_attr attrs[ATTRS_MAX];
    unsigned char attr_keys[ATTRS_MAX];
    struct xml_attr out[ATTRS_MAX];
};

static inline struct str part_of(const struct buf *b, size_t at, size_t n)
{
    return str_slice(buf_str(b), at, at + n);
}

static inline struct str xml_name_of(const struct xml_mender *x,
                                     const struct open_element *e)
{
    return part_of(&x->names, e->at, e->n);
}

static inline struct str local_of(struct str name, size_t prefix_n)
{
    return prefix_n == 0 ? name : str_from(name, prefix_n + 1);
}

static inline struct str uri_of(const struct xml_mender *x, int binding)
{
    const struct binding *b;

    if (binding < 0)
        return STR_NONE;
    b = &x->at->bindings[binding];
    return part_of(&x->spaces, b->uri_at, b->uri_n);
}

static inline bool is_name_end(char c)
{
    return is_space(c) || c == '>' || c == '/' || c == '=' || c == '<';
}

/* XML allows letters of all scripts; where something is broken anyway, "<" before
 * a Han character is text more often than a tag. */
static inline bool begins_name(char c)
{
    return is_alpha(c) || c == '_' || c == ':';
}

/* What names differ in, as a byte: those of another key need no comparison. */
static inline unsigned char xml_name_key(struct str name)
{
    unsigned key = (unsigned)name.n * 31;

    if (name.n > 0)
        key += (unsigned char)name.p[0] * 7u +
               (unsigned char)name.p[name.n - 1] +
               (unsigned char)name.p[name.n - 1 - (name.n > 1)] * 17u;
    return (unsigned char)key;
}

static inline bool xml_is_blank(struct str s)
{
    return str_trim(s).n == 0;
}

/* ---- xml_mend.c ---- */

/* Notes what is mended, with its line; a few of each kind. */
void xml_note(struct xml_mender *x, enum mend kind);

/* ---- xml_elements.c ---- */

/* Opens NAME, whose attributes were read, in place of what it ends; closed again
 * if IS_EMPTY.  Below DEPTH_MAX it is left out. */
void xml_open_element(struct xml_mender *x, struct str name, bool is_empty);
/* Closes the innermost element of that name and what is open in it. */
void xml_end_element(struct xml_mender *x, struct str name);
void xml_close_top(struct xml_mender *x);
/* Is the element left out?  Nothing of it is looked at then but its name. */
bool xml_is_left_out(struct xml_mender *x, struct str name);
/* Of an element that is not told, the end tag must not be taken for that of the
 * open one that has its name. */
void xml_leave_out(struct xml_mender *x, struct str name, bool is_empty);
/* HTML writes these without an end; left open they would take in all that
 * follows. */
bool xml_is_html_void(struct str name);

/* ---- xml_attrs.c ---- */

/* S begins with '&'.  Bytes used, at least one; *OUT is what they mean, maybe in
 * TO.  0: more bytes are needed. */
size_t xml_read_reference(struct xml_mender *x, struct str s, bool is_last,
                          char to[ENTITY_BYTES], struct str *out);
/* Attributes from I on; behind the last one (at '>', '/', '<' or the end). */
size_t xml_read_attrs(struct xml_mender *x, struct str s, size_t i,
                      bool is_last);
/* Bytes before the colon; 0 if NAME has none, or nothing on one side. */
size_t xml_prefix_length(struct str name);
/* Takes the namespaces that NAME's own attributes declare; which one is its. */
int xml_bind(struct xml_mender *x, struct str name, size_t prefix_n);
/* Those attributes that declare none, into x->at->out; how many. */
size_t xml_resolve_attrs(struct xml_mender *x);

/* ---- xml_head.c ---- */

/* Behind what stands before the document, once enough of it has come. */
size_t xml_read_head(struct xml_mender *x, struct str s, bool is_last);
/* A doctype: to its '>' outside of brackets and quotes; one declaration at a
 * time. */
size_t xml_read_doctype(struct xml_mender *x, struct str s, size_t i,
                        bool is_last);
#endif
