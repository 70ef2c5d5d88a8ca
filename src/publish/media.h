#ifndef PUBLISH_MEDIA_H
#define PUBLISH_MEDIA_H
/* What goes with an entry beside its text: the picture that stands for it and
 * its attachments, as Media RSS has them (media:content, media:thumbnail). */
#include "item/edition.h"

struct buf;

/* The media type of L: its own, else by the ending of its address, else
 * application/octet-stream. */
struct str media_type(const struct link *l);
/* xmlns:media, with a blank before it. */
void media_namespace(struct buf *b);
/* A media:content and a media:thumbnail of the item's picture, if it has one. */
void media_picture(struct buf *b, int indent, const struct item *item);
/* A media:content of an attachment. */
void media_content(struct buf *b, int indent, const struct link *l);
#endif
