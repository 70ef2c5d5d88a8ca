#ifndef BASE_JSON_OUT_H
#define BASE_JSON_OUT_H
/*
 * Writes JSON (RFC 8259) into a buf, in one pass, with the commas put by the
 * writer.  Strings must be valid UTF-8; control characters, quotes, backslashes,
 * U+2028 and U+2029 are escaped.  Nesting is at most JSON_DEPTH.
 *
 *     json_object(&j);
 *     json_key(&j, STR("title"));
 *     json_str(&j, title);
 *     json_end(&j);
 */
#include "base/str.h"

struct buf;

#define JSON_DEPTH 64

/* May take away what B holds. */
typedef void json_drain_fn(void *ctx, struct buf *b);

struct json_out {
    struct buf *b;
    int depth;
    bool pretty;
    bool has_member[JSON_DEPTH]; /* by depth: a comma is due */
    bool is_array[JSON_DEPTH];
    bool is_separated; /* what comes before the next value stands already */
    json_drain_fn *drain;
    void *drain_ctx;
};

/* PRETTY indents by two blanks; otherwise one line without blanks. */
void json_init(struct json_out *j, struct buf *b, bool pretty);
/* Calls DRAIN whenever the buf holds more than JSON_DRAIN_AT, inside of long
 * strings too, so that it never holds much more than one piece of them. */
#define JSON_DRAIN_AT ((size_t)1 << 20)
void json_drain(struct json_out *j, json_drain_fn *drain, void *ctx);
void json_object(struct json_out *j);
void json_array(struct json_out *j);
/* Ends the innermost object or array. */
void json_end(struct json_out *j);
void json_key(struct json_out *j, struct str key);
void json_str(struct json_out *j, struct str s);
/* The same without the characters that is_publishable (utf8.h) refuses. */
void json_publishable(struct json_out *j, struct str s);
void json_int(struct json_out *j, int64_t v);
void json_double(struct json_out *j, double v); /* at most 6 decimals */
/* A number kept as it was written when it is one by RFC 8259; else a string. */
void json_number(struct json_out *j, struct str literal);
void json_bool(struct json_out *j, bool v);
void json_null(struct json_out *j);
/* A value that is JSON already. */
void json_raw(struct json_out *j, struct str json);
/* Writes what comes before the next value now: who asks for the place where the value
 * begins has it then. */
void json_separate(struct json_out *j);

/* Key and string, unless S is empty: a member that is not known is absent. */
void json_member(struct json_out *j, struct str key, struct str s);
#endif
