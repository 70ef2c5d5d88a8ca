#ifndef PUBLISH_JSON_PARTS_H
#define PUBLISH_JSON_PARTS_H
/* Pieces that the two writers of JSON share. */
#include "item/item.h"

struct json_out;

/* Key and string; nothing if S is empty; what is_publishable refuses is
 * dropped. */
void json_text(struct json_out *j, struct str key, struct str s);
void json_when(struct json_out *j, struct str key, struct when w);
/* JSON Feed 1.1 "authors": name and url; nothing for an empty list. */
void json_authors(struct json_out *j, const struct persons *p);
void json_tags(struct json_out *j, const struct strs *tags);
/* JSON Feed 1.1 "attachments"; mime_type is demanded by it. */
void json_attachments(struct json_out *j, const struct links *links);
/* JSON Feed 1.1 "hubs", all of WebSub. */
void json_hubs(struct json_out *j, const struct strs *hubs);
#endif
