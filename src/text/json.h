#ifndef TEXT_JSON_H
#define TEXT_JSON_H
/*
 * Reads JSON with jansson (strict) into a tree of our own in an arena.
 */
#include "base/str.h"

struct arena;
struct error;

enum json_type {
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT
};

struct json {
    enum json_type type;
    struct str key;    /* of a member of an object */
    struct str string; /* JSON_STRING, valid UTF-8; JSON_NUMBER as text */
    double number;
    struct json *first; /* of an array or object */
    struct json *next;  /* the next element or member */
};

/* NULL and ERR (line, column) when S is no JSON or too deep. */
struct json *json_parse(struct arena *a, struct str s, struct error *err);
/* S with the faults that feeds have mended: control characters in strings,
 * escapes that are none, commas before a bracket, an end that is missing.  What
 * stands behind the value is left out.  In A; empty when nothing can be made of
 * S. */
struct str json_mend(struct arena *a, struct str s);
/* The member of an object; NULL if J is NULL, no object, or has none such. */
const struct json *json_get(const struct json *j, struct str key);
/* Its string, or the empty one. */
struct str json_get_str(const struct json *j, struct str key);
#endif
