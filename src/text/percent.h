#ifndef TEXT_PERCENT_H
#define TEXT_PERCENT_H
/*
 * Percent-encoding with the sets of the WHATWG URL Standard (section 1.3).
 * Bytes outside ASCII are always encoded; an existing "%" only in a component.
 */
#include "base/str.h"

struct buf;

enum percent_set {
    PERCENT_CONTROL = 1, /* controls only: opaque hosts and paths */
    PERCENT_FRAGMENT = 2,
    PERCENT_QUERY = 4,
    PERCENT_SPECIAL_QUERY = 8, /* of http, https, ws, wss, ftp, file */
    PERCENT_PATH = 16,
    PERCENT_USERINFO = 32,
    PERCENT_COMPONENT = 64 /* a value in a query or form */
};

/* Adds S to B, with the characters of SET encoded. */
void percent_encode(struct buf *b, struct str s, enum percent_set set);
/* True if that would not be S itself. */
bool percent_changes(struct str s, enum percent_set set);
/* Adds S to B with every %XX turned into its byte; the result may be no UTF-8.
 */
void percent_decode(struct buf *b, struct str s);
/* The value of a hexadecimal digit, or -1. */
int percent_hex(char c);
#endif
