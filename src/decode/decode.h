#ifndef DECODE_DECODE_H
#define DECODE_DECODE_H
/*
 * Bytes become valid UTF-8, and we say what kind of document they are.
 * Precedence of charset evidence: BOM, bytes that prove themselves UTF-8, HTTP
 * header, XML declaration or meta (when the bytes decode cleanly under it),
 * guess.  The owner's word beats all but a BOM.  Bad bytes become U+FFFD and
 * never swallow an ASCII byte; control characters are cut.  Labels are the
 * WHATWG Encoding Standard's.
 */
#include "base/note.h"
#include "base/str.h"
#include "decode/node.h"

struct arena;
struct buf;
struct error;

enum document_kind {
    DOC_EMPTY,  /* nothing but blanks */
    DOC_BINARY, /* an image, archive ...: no text */
    DOC_XML,    /* an XML document: a feed, sitemap, OPML */
    DOC_JSON,
    DOC_HTML, /* XHTML too */
    DOC_TEXT
};

enum charset_from {
    CHARSET_BOM,
    CHARSET_UTF8,
    CHARSET_HTTP,
    CHARSET_DECLARATION,
    CHARSET_META,
    CHARSET_GUESS,
    CHARSET_OWNER
};

struct decode_hints {
    struct str type; /* Content-Type as received or given; may be empty */
    struct str owner_charset; /* the owner's word; may be empty */
    size_t max_bytes;         /* ceiling of the decoded text; 0: 64 MB */
};

struct document {
    enum document_kind kind;
    struct str text;    /* valid UTF-8, no BOM, no control characters */
    struct str charset; /* WHATWG name, lower case: "utf-8", "gb18030" */
    enum charset_from charset_from;
    struct notes notes;
};

/* The whole document at once; views live in A.  Fails with ERR_INPUT on binary
 * and empty documents. */
MUST_CHECK bool document_decode(struct arena *a, struct str bytes,
                                const struct decode_hints *hints,
                                struct document *out, struct error *err);

/* "bom", "utf8", "http", "declaration", "meta", "guess", "owner". */
struct str charset_from_name(enum charset_from from);
/* What the command `charset` prints: the name, or "unknown". */
struct str charset_detect(struct arena *a, struct str bytes,
                          const struct decode_hints *hints);

/* ---- streaming: for feeds, chunk by chunk ---- */

struct decoder;

/* HINTS is copied; notes go to NOTES in A, which the decoder keeps. */
struct decoder *decoder_new(const struct decode_hints *hints, struct arena *a,
                            struct notes *notes);
void decoder_free(struct decoder *d);
/* Decodes BYTES onto OUT.  The first bytes (up to 64 KB) are held back until
 * the charset is known. */
MUST_CHECK bool decoder_push(struct decoder *d, struct str bytes,
                             struct buf *out, struct error *err);
MUST_CHECK bool decoder_finish(struct decoder *d, struct buf *out,
                               struct error *err);
/* Known from the first output on; after decoder_finish a document of nothing
 * but ASCII that calls itself us-ascii or iso-8859-1 is called so. */
struct str decoder_charset(const struct decoder *d);
enum charset_from decoder_charset_from(const struct decoder *d);
/* Kind of a decoded beginning (at least a few hundred bytes or all). */
enum document_kind sniff_kind(struct str head, struct str type);

/* ---- XML events: push parser that mends what feeds get wrong ---- */

struct xml_attr {
    struct str uri, prefix, name, value;
};

/* Strings live until the callback returns. */
struct xml_handler {
    void (*start)(void *ctx, struct str uri, struct str prefix, struct str name,
                  const struct xml_attr *attrs, size_t n);
    void (*end)(void *ctx, struct str uri, struct str prefix, struct str name);
    void (*text)(void *ctx, struct str text, bool is_cdata);
    /* May be NULL: how many of the open elements have ended, though without
     * their end tags, given that this one begins. */
    size_t (*unclosed)(void *ctx, struct str uri, struct str prefix,
                       struct str name, size_t n_attrs);
    /* May be NULL: false while text would be left out; it then comes with its
     * references as they stand, and nothing is mended in it. */
    bool (*wants_text)(void *ctx);
    /* May be NULL, for none: is this element told (or what it shows to have ended)
     * where others are left out, being too deep or passed over? */
    bool (*wants_element)(void *ctx, struct str name);
};

struct xml_parser;

/* Keeps HANDLER, CTX, A and NOTES.  No DTD is loaded, no entity expanded but
 * the five and HTML's named ones; depth is limited to 256. */
struct xml_parser *xml_new(const struct xml_handler *handler, void *ctx,
                           struct arena *a, struct notes *notes);
void xml_free(struct xml_parser *x);
/* UTF8 is decoded text without a BOM.  False only when nothing more can be
 * read; what came before has been handed on. */
MUST_CHECK bool xml_push(struct xml_parser *x, struct str utf8,
                         struct error *err);
MUST_CHECK bool xml_finish(struct xml_parser *x, struct error *err);
/* While ON, what comes is left out by the handler: no text is told, no element
 * but those it wants, and nothing is noted.  For the handler to call, whenever it
 * likes. */
void xml_pass_over(struct xml_parser *x, bool on);
/* Elements that the document has ended inside of, once it has; their ends are
 * told by then, or are being told. */
size_t xml_left_open(const struct xml_parser *x);

/* ---- character references of HTML ---- */

#define ENTITY_BYTES 8 /* the longest replacement, as UTF-8 */

/*
 * S begins with '&'.  Bytes of S the reference takes, 0 if it is none; its
 * replacement goes to TO, *N bytes.  In an attribute a name without semicolon
 * before '=', a letter or a digit is text.
 */
size_t entity_read(struct str s, bool in_attribute, char to[ENTITY_BYTES],
                   size_t *n);
/* S with its references resolved; S itself if it has none, else in A. */
struct str entity_resolve(struct arena *a, struct str s, bool in_attribute);
#endif
