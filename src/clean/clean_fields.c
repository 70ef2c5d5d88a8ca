#include "clean/clean_fields.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "clean/attr_check.h"
#include "clean/clean_body.h"
#include "clean/links.h"
#include "clean/summary.h"

/* More of one kind than this says nothing new. */
#define LIST_MAX  1000
#define DEPTH_MAX 64 /* of extras; deeper ones are left out */

/* What the links and checks return may be a view into the draft. */
static struct str kept(struct cleaner *c, struct str s)
{
    return s.n == 0 ? STR_NONE : arena_str(c->a, s);
}

/* ADDRESS against BASE; one that is left out is counted. */
static struct str link_from(struct cleaner *c, struct str base,
                            struct str address)
{
    struct str url = address.n == 0 ? STR_NONE : link_any(c->a, base, address);

    if (url.n == 0)
        dropped_link(&c->dropped, address);
    return kept(c, url);
}

static struct str clean_link(struct cleaner *c, struct str address)
{
    return link_from(c, c->base, address);
}

/* ---- lists ---- */

static struct str email_of(struct arena *a, struct str s)
{
    s = one_line(a, s);
    if (str_starts_nocase(s, STR("mailto:")))
        s = str_from(s, STR("mailto:").n);
    return str_find_char(s, '@', 0) == STR_NOT_FOUND ? STR_NONE : s;
}

void clean_person(struct cleaner *c, const struct person *from,
                  struct person *to)
{
    to->name = one_line(c->a, from->name);
    to->url = clean_link(c, from->url);
    to->email = from->email.n == 0 ? STR_NONE : email_of(c->a, from->email);
    to->avatar = clean_link(c, from->avatar);
}

void clean_persons(struct cleaner *c, const struct persons *from,
                   struct persons *to)
{
    struct map seen;
    struct person p;

    map_init(&seen, c->a);
    vec_fit(c->a, to, from->n);
    for (size_t i = 0; i < from->n && to->n < LIST_MAX; i++) {
        bool is_new;

        clean_person(c, &from->at[i], &p);
        if (p.name.n == 0 && p.url.n == 0 && p.email.n == 0)
            continue;
        if (from->n > 1) {
            map_put(
                &seen,
                arena_cat(c->a, p.name, STR("\n"), p.url, STR("\n"), p.email),
                &is_new);
            if (!is_new)
                continue;
        }
        *vec_add(c->a, to) = p;
    }
}

void clean_strs(struct cleaner *c, const struct strs *from, struct strs *to)
{
    struct map seen;

    map_init(&seen, c->a);
    vec_fit(c->a, to, from->n);
    for (size_t i = 0; i < from->n && to->n < LIST_MAX; i++) {
        struct str s = one_line(c->a, from->at[i]);
        bool is_new;

        if (s.n == 0)
            continue;
        map_put(&seen, s, &is_new);
        if (is_new)
            *vec_add(c->a, to) = s;
    }
}

void clean_links(struct cleaner *c, const struct links *from, struct links *to)
{
    vec_fit(c->a, to, from->n);
    for (size_t i = 0; i < from->n && to->n < LIST_MAX; i++) {
        const struct link *l = &from->at[i];
        struct str href = clean_link(c, l->href);

        if (href.n == 0)
            continue;
        *vec_add(c->a, to) = (struct link){
            .href = href,
            .rel = one_line(c->a, l->rel),
            .type = one_line(c->a, l->type),
            .hreflang = one_line(c->a, l->hreflang),
            .title = one_line(c->a, l->title),
            .length = l->length,
            .duration_seconds = l->duration_seconds,
        };
    }
}

void clean_credits(struct cleaner *c, const struct credits *from,
                   struct credits *to)
{
    vec_fit(c->a, to, from->n);
    for (size_t i = 0; i < from->n && to->n < LIST_MAX; i++) {
        struct credit credit = {one_line(c->a, from->at[i].role),
                                one_line(c->a, from->at[i].name)};

        if (credit.name.n > 0)
            *vec_add(c->a, to) = credit;
    }
}

static void clean_categories(struct cleaner *c, const struct categories *from,
                             struct categories *to)
{
    vec_fit(c->a, to, from->n);
    for (size_t i = 0; i < from->n && to->n < LIST_MAX; i++) {
        struct category k = {one_line(c->a, from->at[i].term),
                             one_line(c->a, from->at[i].scheme),
                             one_line(c->a, from->at[i].label)};

        if (k.term.n > 0 || k.label.n > 0 || k.scheme.n > 0)
            *vec_add(c->a, to) = k;
    }
}

/* ---- text constructs ---- */

static struct str markup_value(struct cleaner *c, const struct text *t,
                               struct str base)
{
    struct str html;

    /* Content is the body as a rule, and was sanitized as that. */
    if (c->body_source.n > 0 && c->body_source.p == t->value.p &&
        c->body_source.n == t->value.n && str_eq(c->body_base, base))
        html = c->body_html;
    else
        html = sanitize_html(c->a, t->value, base, c->notes, &c->dropped).html;
    /* Nothing to see: then what was said is said as it was. */
    return html.n > 0 ? html : sanitize_all(c->a, t->value, base).html;
}

static struct text clean_text(struct cleaner *c, const struct text *t)
{
    struct str own_base = only_http_base(link_media(c->a, c->base, t->base));
    struct text out = {.type = t->type};

    if (t->value.n == 0 && t->src.n == 0)
        return out;
    out.base = kept(c, own_base);
    if (t->type == TEXT_PLAIN)
        out.value = kept(c, publishable(c->a, t->value));
    else
        out.value = markup_value(c, t, own_base.n > 0 ? own_base : c->base);
    out.language = one_line(c->a, t->language);
    out.mime = one_line(c->a, t->mime);
    out.src = link_from(c, own_base.n > 0 ? own_base : c->base, t->src);
    return out;
}

/* ---- extras ---- */

/* Names of leaves that hold an address. */
static bool names_address(struct str name)
{
    static const struct str names[] = {
        STR_INIT("href"), STR_INIT("url"),  STR_INIT("uri"),
        STR_INIT("src"),  STR_INIT("link"), STR_INIT("resource"),
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_eq_nocase(name, names[i]))
            return true;
    return false;
}

/* An address that starts code goes; one we cannot resolve is only text. */
static struct str extra_value(struct cleaner *c, const struct extra *e)
{
    struct str resolved;

    if (e->kind != EXTRA_TEXT || !names_address(e->name))
        return kept(c, publishable(c->a, e->value));
    resolved = link_any(c->a, c->base, e->value);
    if (resolved.n > 0)
        return kept(c, resolved);
    if (str_find_char(e->value, ':', 0) == STR_NOT_FOUND)
        return kept(c, publishable(c->a, e->value));
    dropped_link(&c->dropped, e->value);
    return STR_NONE;
}

static struct extra *copy_extra(struct cleaner *c, const struct extra *e)
{
    struct extra *copy = arena_make(c->a, struct extra);

    copy->kind = e->kind;
    copy->name = kept(c, publishable(c->a, e->name));
    if (e->kind != EXTRA_OBJECT && e->kind != EXTRA_LIST)
        copy->value = extra_value(c, e);
    return copy;
}

static struct extra *clean_extras(struct cleaner *c, const struct extra *root)
{
    const struct extra *next[DEPTH_MAX];
    struct extra *parent[DEPTH_MAX], *copy;
    int depth = 0;

    if (root == NULL)
        return NULL;
    copy = parent[0] = copy_extra(c, root);
    next[0] = root->first;
    while (depth >= 0) {
        const struct extra *e = next[depth];
        struct extra *child;

        if (e == NULL) {
            depth--;
            continue;
        }
        next[depth] = e->next;
        child = copy_extra(c, e);
        extra_append(parent[depth], child);
        if (e->first != NULL && depth + 1 < DEPTH_MAX) {
            depth++;
            parent[depth] = child;
            next[depth] = e->first;
        }
    }
    return copy;
}

/* ---- entries and feeds ---- */

void clean_feed_fields(struct cleaner *c, const struct feed_fields *from,
                       struct feed_fields *to)
{
    to->guid = one_line(c->a, from->guid);
    to->guid_is_permalink = from->guid_is_permalink;
    to->title = clean_text(c, &from->title);
    to->summary = clean_text(c, &from->summary);
    to->subtitle = clean_text(c, &from->subtitle);
    to->rights = clean_text(c, &from->rights);
    for (size_t i = 0; i < from->contents.n && i < LIST_MAX; i++)
        *vec_add(c->a, &to->contents) = clean_text(c, &from->contents.at[i]);
    clean_links(c, &from->links, &to->links);
    clean_categories(c, &from->categories, &to->categories);
    clean_persons(c, &from->authors, &to->authors);
    clean_persons(c, &from->contributors, &to->contributors);
    clean_person(c, &from->publisher, &to->publisher);
    to->published = from->published;
    to->updated = from->updated;
    to->created = from->created;
    to->expired = from->expired;
    to->comments = clean_link(c, from->comments);
    to->license = clean_link(c, from->license);
    to->image = clean_link(c, from->image);
    to->external_url = clean_link(c, from->external_url);
    to->banner = clean_link(c, from->banner);
    to->base = kept(c, only_http_base(from->base));
    to->language = one_line(c->a, from->language);
    if (from->source_feed != NULL) {
        to->source_feed = arena_make(c->a, struct feed_info);
        clean_feed_info(c, from->source_feed, to->source_feed);
    }
    to->extras = clean_extras(c, from->extras);
}

static void clean_feed_texts(struct cleaner *c, const struct feed_info *from,
                             struct feed_info *to)
{
    to->title = clean_text(c, &from->title);
    to->subtitle = clean_text(c, &from->subtitle);
    to->summary = clean_text(c, &from->summary);
    to->info = clean_text(c, &from->info);
    to->rights = clean_text(c, &from->rights);
    to->id = one_line(c->a, from->id);
    to->generator = one_line(c->a, from->generator);
    to->generator_version = one_line(c->a, from->generator_version);
    to->language = one_line(c->a, from->language);
    to->errors_to = one_line(c->a, from->errors_to);
}

static void clean_feed_addresses(struct cleaner *c,
                                 const struct feed_info *from,
                                 struct feed_info *to)
{
    to->generator_url = clean_link(c, from->generator_url);
    to->home_url = clean_link(c, from->home_url);
    to->self_url = clean_link(c, from->self_url);
    to->base = kept(c, only_http_base(from->base));
    to->icon = clean_link(c, from->icon);
    to->logo = clean_link(c, from->logo);
    to->image = clean_link(c, from->image);
    to->license = clean_link(c, from->license);
    to->docs = clean_link(c, from->docs);
    to->new_location = clean_link(c, from->new_location);
    for (size_t i = 0; i < from->hubs.n && i < LIST_MAX; i++) {
        struct str hub = clean_link(c, from->hubs.at[i]);

        if (hub.n > 0)
            *vec_add(c->a, &to->hubs) = hub;
    }
}

void clean_feed_info(struct cleaner *c, const struct feed_info *from,
                     struct feed_info *to)
{
    to->format = from->format;
    clean_feed_texts(c, from, to);
    clean_feed_addresses(c, from, to);
    clean_links(c, &from->links, &to->links);
    clean_categories(c, &from->categories, &to->categories);
    clean_persons(c, &from->authors, &to->authors);
    clean_persons(c, &from->contributors, &to->contributors);
    clean_person(c, &from->publisher, &to->publisher);
    to->published = from->published;
    to->updated = from->updated;
    to->created = from->created;
    to->expired = from->expired;
    to->ttl_seconds = from->ttl_seconds;
    to->update_period_seconds = from->update_period_seconds;
    to->skip_hours = from->skip_hours;
    to->skip_days = from->skip_days;
    to->extras = clean_extras(c, from->extras);
    notes_copy(&to->notes, c->a, &from->notes);
}
