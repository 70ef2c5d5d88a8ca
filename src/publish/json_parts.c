#include "publish/json_parts.h"

#include "base/buf.h"
#include "base/json_out.h"
#include "base/utf8.h"

void json_text(struct json_out *j, struct str key, struct str s)
{
    if (s.n == 0)
        return;
    json_key(j, key);
    json_publishable(j, s);
}

void json_when(struct json_out *j, struct str key, struct when w)
{
    char date[WHEN_CHARS];

    if (!when_known(w))
        return;
    when_rfc3339(w, date);
    json_member(j, key, str_from_c(date));
}

void json_authors(struct json_out *j, const struct persons *p)
{
    bool open = false;

    for (size_t i = 0; i < p->n; i++) {
        const struct person *who = &p->at[i];

        if (who->name.n == 0 && who->url.n == 0 && who->email.n == 0)
            continue;
        if (!open) {
            json_key(j, STR("authors"));
            json_array(j);
            open = true;
        }
        json_object(j);
        json_text(j, STR("name"),
                  who->name.n > 0 || who->url.n > 0 ? who->name : who->email);
        json_text(j, STR("url"), who->url);
        json_text(j, STR("avatar"), who->avatar);
        json_end(j);
    }
    if (open)
        json_end(j);
}

void json_tags(struct json_out *j, const struct strs *tags)
{
    if (tags->n == 0)
        return;
    json_key(j, STR("tags"));
    json_array(j);
    for (size_t i = 0; i < tags->n; i++)
        json_publishable(j, tags->at[i]);
    json_end(j);
}

void json_attachments(struct json_out *j, const struct links *links)
{
    if (links->n == 0)
        return;
    json_key(j, STR("attachments"));
    json_array(j);
    for (size_t i = 0; i < links->n; i++) {
        const struct link *l = &links->at[i];

        json_object(j);
        json_text(j, STR("url"), l->href);
        json_text(j, STR("mime_type"),
                  l->type.n > 0 ? l->type : STR("application/octet-stream"));
        json_text(j, STR("title"), l->title);
        if (l->length >= 0) {
            json_key(j, STR("size_in_bytes"));
            json_int(j, l->length);
        }
        if (l->duration_seconds > 0) {
            json_key(j, STR("duration_in_seconds"));
            json_int(j, l->duration_seconds);
        }
        json_end(j);
    }
    json_end(j);
}

void json_hubs(struct json_out *j, const struct strs *hubs)
{
    if (hubs->n == 0)
        return;
    json_key(j, STR("hubs"));
    json_array(j);
    for (size_t i = 0; i < hubs->n; i++) {
        json_object(j);
        json_text(j, STR("type"), STR("WebSub"));
        json_text(j, STR("url"), hubs->at[i]);
        json_end(j);
    }
    json_end(j);
}
