#ifndef DECODE_XML_MEND_H
#define DECODE_XML_MEND_H
/*
 * The tolerant XML reader: takes what feeds get wrong and goes on.  Same events
 * as xml_new's, same promises.
 */
#include "decode/decode.h"

struct xml_mender;

struct xml_mender *xml_mender_new(const struct xml_handler *handler, void *ctx,
                                  struct arena *a, struct notes *notes);
void xml_mender_free(struct xml_mender *x);
void xml_mender_push(struct xml_mender *x, struct str utf8, bool is_last);
/* False while no element has been seen. */
bool xml_mender_has_root(const struct xml_mender *x);
/* See xml_pass_over. */
void xml_mender_pass_over(struct xml_mender *x, bool on);
/* See xml_left_open. */
size_t xml_mender_left_open(const struct xml_mender *x);
#endif
