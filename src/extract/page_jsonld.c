/*
 * JSON-LD (schema.org) about the page.  A script holds one object, an array of
 * them or an @graph; articles refer to their authors by @id or hold them.  We
 * walk the lists that describe the page itself (arrays, @graph, mainEntity) and
 * not the ones that point elsewhere (itemListElement, comment, hasPart).
 *
 * Real scripts are often no JSON: raw line breaks inside strings, comments and
 * CDATA around, commas too many.  Such a script is mended and read again; if it
 * still is none, the few keys we want are looked for as text.
 */
#include "extract/page_meta.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "text/json.h"

#define STACK_MAX    256
#define OBJECTS_MAX  20000
#define LD_MAX_BYTES ((size_t)2 << 20)

struct ld {
    struct arena *a;
    struct page_meta *meta;
    struct map ids; /* @id to index + 1 of an object in named */
    struct {
        const struct json **at;
        size_t n, cap;
    } named;
};

static const struct {
    struct str name;
    bool is_article;
} ld_types[] = {
    {STR_INIT("Article"), true},
    {STR_INIT("NewsArticle"), true},
    {STR_INIT("ReportageNewsArticle"), true},
    {STR_INIT("AnalysisNewsArticle"), true},
    {STR_INIT("BackgroundNewsArticle"), true},
    {STR_INIT("OpinionNewsArticle"), true},
    {STR_INIT("ReviewNewsArticle"), true},
    {STR_INIT("AskPublicNewsArticle"), true},
    {STR_INIT("AdvertiserContentArticle"), true},
    {STR_INIT("SatiricalArticle"), true},
    {STR_INIT("ScholarlyArticle"), true},
    {STR_INIT("MedicalScholarlyArticle"), true},
    {STR_INIT("TechArticle"), true},
    {STR_INIT("APIReference"), true},
    {STR_INIT("BlogPosting"), true},
    {STR_INIT("LiveBlogPosting"), true},
    {STR_INIT("SocialMediaPosting"), true},
    {STR_INIT("DiscussionForumPosting"), true},
    {STR_INIT("Report"), true},
    {STR_INIT("Recipe"), true},
    {STR_INIT("Review"), true},
    {STR_INIT("ClaimReview"), true},
    {STR_INIT("HowTo"), true},
    {STR_INIT("CreativeWork"), true},
    {STR_INIT("WebPage"), false},
    {STR_INIT("MedicalWebPage"), false},
    {STR_INIT("AboutPage"), false},
    {STR_INIT("ItemPage"), false},
    {STR_INIT("QAPage"), false},
    {STR_INIT("FAQPage"), false},
    {STR_INIT("VideoObject"), false},
};

static const struct str walked[] = {
    STR_INIT("@graph"),
    STR_INIT("mainEntity"),
    STR_INIT("mainEntityOfPage"),
};

/* ---- types and simple values ------------------------------------------------ */

static struct str bare_type(struct str type)
{
    size_t slash = str_find_last(type, '/');
    size_t colon = str_find_last(type, ':');

    if (slash != STR_NOT_FOUND)
        type = str_from(type, slash + 1);
    else if (colon != STR_NOT_FOUND)
        type = str_from(type, colon + 1);
    return str_trim(type);
}

/* The first of the object's types that we know; -1 if none. */
static int type_of(const struct json *object)
{
    const struct json *type = json_get(object, STR("@type"));
    const struct json *one = type;

    if (type == NULL)
        return -1;
    if (type->type == JSON_ARRAY)
        one = type->first;
    for (; one != NULL; one = type->type == JSON_ARRAY ? one->next : NULL)
        for (size_t i = 0; i < sizeof ld_types / sizeof ld_types[0]; i++)
            if (one->type == JSON_STRING &&
                str_eq_nocase(bare_type(one->string), ld_types[i].name))
                return (int)i;
    return -1;
}

static bool has_type(const struct json *object, struct str name)
{
    const struct json *type = json_get(object, STR("@type"));
    const struct json *one = type;

    if (type != NULL && type->type == JSON_ARRAY)
        one = type->first;
    for (; one != NULL; one = type->type == JSON_ARRAY ? one->next : NULL)
        if (one->type == JSON_STRING &&
            str_eq_nocase(bare_type(one->string), name))
            return true;
    return false;
}

/* A value that should be a string: itself, the first of a list, or its @value
 * or name. */
static struct str as_text(const struct json *v)
{
    for (int depth = 0; v != NULL && depth < 4; depth++) {
        if (v->type == JSON_STRING || v->type == JSON_NUMBER)
            return v->string;
        if (v->type == JSON_ARRAY) {
            v = v->first;
        } else if (v->type == JSON_OBJECT) {
            const struct json *inner = json_get(v, STR("@value"));

            v = inner != NULL ? inner : json_get(v, STR("name"));
        } else {
            break;
        }
    }
    return STR_NONE;
}

static struct str field(struct ld *ld, const struct json *object,
                        struct str key)
{
    return meta_text(ld->a, as_text(json_get(object, key)));
}

static struct str image_url(const struct json *v)
{
    for (int depth = 0; v != NULL && depth < 4; depth++) {
        if (v->type == JSON_STRING)
            return v->string;
        if (v->type == JSON_ARRAY)
            v = v->first;
        else if (v->type == JSON_OBJECT)
            v = json_get(v, STR("url"));
        else
            break;
    }
    return STR_NONE;
}

/* ---- people ------------------------------------------------------------------ */

static bool has_name(const struct json *v)
{
    return json_get(v, STR("name")) != NULL ||
           json_get(v, STR("familyName")) != NULL;
}

/* The object an {"@id": …} points to, or V itself. */
static const struct json *resolved(struct ld *ld, const struct json *v)
{
    struct str id = json_get_str(v, STR("@id"));
    size_t *index;

    if (id.n == 0 || has_name(v))
        return v;
    index = map_get(&ld->ids, id);
    return index != NULL && *index > 0 ? ld->named.at[*index - 1] : v;
}

/* Adds the names in TEXT, one author's as a rule. */
static void add_names(struct ld *ld, struct str text, const struct json *author,
                      struct names *to)
{
    bool is_org = has_type(author, STR("Organization")) ||
                  has_type(author, STR("NewsMediaOrganization"));
    bool is_person = has_type(author, STR("Person"));
    struct str name = meta_text(ld->a, text);
    struct names found = {0};

    if (name.n == 0)
        return;
    names_add(ld->a, name, NAMES_LABELLED, &found);
    /* What is declared an organisation is not cut at its "and". */
    if (is_org && !name_is_nobody(name)) {
        found.n = 0;
        names_put(ld->a, &found, (struct name){.name = name});
    }
    for (size_t i = 0; i < found.n; i++) {
        /* Templates call every author a person; but the end of a Han name that
         * makes it an outlet's is hardly ever a person's. */
        found.at[i].is_org =
            is_org ||
            (found.at[i].is_org &&
             (!is_person || is_cjk(utf8_next(found.at[i].name, &(size_t){0}))));
        if (found.n == 1)
            found.at[i].url = json_get_str(author, STR("url"));
        names_put(ld->a, to, found.at[i]);
    }
}

/* The one name of an object: the whole, its parts, or what it is called besides. */
static struct str name_of(struct ld *ld, const struct json *v)
{
    struct str name = as_text(json_get(v, STR("name")));
    struct str given = as_text(json_get(v, STR("givenName"))),
               family = as_text(json_get(v, STR("familyName")));

    if (name.n > 0)
        return name;
    if (given.n > 0 && family.n > 0)
        return arena_cat(ld->a, given, STR(" "), family);
    return as_text(json_get(v, STR("alternateName")));
}

static void add_author(struct ld *ld, const struct json *v, struct names *to)
{
    const struct json *name;

    if (v->type == JSON_STRING) {
        add_names(ld, v->string, v, to);
        return;
    }
    if (v->type != JSON_OBJECT)
        return;
    v = resolved(ld, v);
    name = json_get(v, STR("name"));
    if (name == NULL || name->type != JSON_ARRAY) {
        add_names(ld, name_of(ld, v), v, to);
        return;
    }
    for (name = name->first; name != NULL && to->n < NAMES_MAX;
         name = name->next)
        add_names(ld, as_text(name), v, to);
}

/* One author, or an array of them, or an array in a "@list". */
static void add_authors(struct ld *ld, const struct json *v, struct names *to)
{
    const struct json *list = json_get(v, STR("@list"));

    if (list != NULL)
        v = list;
    if (v->type != JSON_ARRAY) {
        add_author(ld, v, to);
        return;
    }
    for (const struct json *one = v->first; one != NULL && to->n < NAMES_MAX;
         one = one->next)
        add_author(ld, one, to);
}

/* Some templates write the key with a capital, or in the plural. */
static void add_all_authors(struct ld *ld, const struct json *object,
                            struct names *to)
{
    static const struct str keys[] = {STR_INIT("author"), STR_INIT("Author"),
                                      STR_INIT("authors"), STR_INIT("creator")};

    for (size_t i = 0; i < sizeof keys / sizeof keys[0] && to->n == 0; i++) {
        const struct json *v = json_get(object, keys[i]);

        if (v != NULL)
            add_authors(ld, v, to);
    }
}

/* ---- articles ------------------------------------------------------------------ */

static void add_tags(struct ld *ld, const struct json *v, struct strs *to)
{
    const struct json *one = v;

    if (v == NULL)
        return;
    if (v->type == JSON_ARRAY)
        one = v->first;
    for (; one != NULL && to->n < 64;
         one = v->type == JSON_ARRAY ? one->next : NULL) {
        struct str rest = meta_text(ld->a, as_text(one)), part;

        while (str_split(&rest, ',', &part) && to->n < 64)
            if (str_trim(part).n > 0)
                *vec_add(ld->a, to) = str_trim(part);
    }
}

static struct str article_url(struct ld *ld, const struct json *object)
{
    const struct json *page = json_get(object, STR("mainEntityOfPage"));
    struct str url = field(ld, object, STR("url"));

    if (url.n == 0 && page != NULL)
        url = page->type == JSON_STRING ? page->string
                                        : json_get_str(page, STR("@id"));
    return url;
}

static void add_article(struct ld *ld, const struct json *object, int type)
{
    struct ld_article *to = vec_add(ld->a, &ld->meta->articles);
    const struct json *image = json_get(object, STR("image"));

    to->type = ld_types[type].name;
    to->is_article = ld_types[type].is_article;
    to->headline = field(ld, object, STR("headline"));
    if (to->headline.n == 0)
        to->headline = field(ld, object, STR("name"));
    to->url = article_url(ld, object);
    to->section = field(ld, object, STR("articleSection"));
    to->published = field(ld, object, STR("datePublished"));
    if (to->published.n == 0)
        to->published = field(ld, object, STR("dateCreated"));
    if (to->published.n == 0)
        to->published = field(ld, object, STR("uploadDate"));
    if (to->published.n == 0)
        to->published = field(ld, object, STR("pubDate"));
    to->modified = field(ld, object, STR("dateModified"));
    if (to->modified.n == 0)
        to->modified = field(ld, object, STR("upDate"));
    to->publisher = field(ld, object, STR("publisher"));
    to->is_of_person =
        has_type(json_get(object, STR("publisher")), STR("Person"));
    to->language = field(ld, object, STR("inLanguage"));
    to->body = as_text(json_get(object, STR("articleBody")));
    to->image = image_url(image == NULL ? json_get(object, STR("thumbnailUrl"))
                                        : image);
    add_all_authors(ld, object, &to->authors);
    add_tags(ld, json_get(object, STR("keywords")), &to->tags);
    if (ld->meta->ld_site.n == 0)
        ld->meta->ld_site = to->publisher;
}

static void read_object(struct ld *ld, const struct json *object)
{
    int type = type_of(object);

    if (type >= 0 && ld->meta->articles.n < 16)
        add_article(ld, object, type);
    if (has_type(object, STR("CollectionPage")) ||
        has_type(object, STR("ItemList")))
        ld->meta->ld_is_index = true;
    if (has_type(object, STR("WebSite"))) {
        struct str name = field(ld, object, STR("name"));

        if (name.n > 0)
            ld->meta->ld_site = name;
    }
}

/* Every object with an @id and a name, however deep. */
static void collect_ids(struct ld *ld, const struct json *root)
{
    const struct json *stack[STACK_MAX];
    size_t n = 0, seen = 0;

    stack[n++] = root;
    while (n > 0 && seen < OBJECTS_MAX) {
        const struct json *v = stack[--n];

        for (; v != NULL && seen < OBJECTS_MAX; v = v->next) {
            seen++;
            if (v->type != JSON_OBJECT && v->type != JSON_ARRAY)
                continue;
            if (v->type == JSON_OBJECT) {
                struct str id = json_get_str(v, STR("@id"));

                if (id.n > 0 && has_name(v)) {
                    *vec_add(ld->a, &ld->named) = v;
                    *map_put(&ld->ids, id, NULL) = ld->named.n;
                }
            }
            if (v->first != NULL && n < STACK_MAX)
                stack[n++] = v->first;
        }
    }
}

static void walk(struct ld *ld, const struct json *root)
{
    const struct json *stack[STACK_MAX];
    size_t n = 0, seen = 0;

    stack[n++] = root;
    while (n > 0 && seen++ < OBJECTS_MAX) {
        const struct json *v = stack[--n];

        if (v->type == JSON_ARRAY) {
            size_t from = n;

            for (v = v->first; v != NULL && n < STACK_MAX; v = v->next)
                stack[n++] = v;
            /* The stack gives the last first: turn the part round. */
            for (size_t i = from, j = n; i + 1 < j; i++) {
                const struct json *swap = stack[i];

                stack[i] = stack[--j];
                stack[j] = swap;
            }
            continue;
        }
        if (v->type != JSON_OBJECT)
            continue;
        read_object(ld, v);
        for (size_t i = 0; i < sizeof walked / sizeof walked[0]; i++) {
            const struct json *inner = json_get(v, walked[i]);

            if (inner != NULL && n < STACK_MAX)
                stack[n++] = inner;
        }
    }
}

/* ---- scripts that are no JSON ---------------------------------------------------- */

static struct str without_wrapping(struct str s)
{
    static const struct str openers[] = {
        STR_INIT("<!--"), STR_INIT("//<![CDATA["), STR_INIT("/*<![CDATA[*/"),
        STR_INIT("<![CDATA[")};
    static const struct str closers[] = {STR_INIT("-->"), STR_INIT("//]]>"),
                                         STR_INIT("/*]]>*/"), STR_INIT("]]>"),
                                         STR_INIT(";")};

    s = str_trim(s);
    for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++)
        if (str_starts(s, openers[i]))
            s = str_trim(str_from(s, openers[i].n));
    for (size_t i = 0; i < sizeof closers / sizeof closers[0]; i++)
        if (str_ends(s, closers[i]))
            s = str_trim(str_slice(s, 0, s.n - closers[i].n));
    return s;
}

/* Line breaks and tabs inside strings become blanks, bad escapes lose their
 * backslash, commas before a closing bracket go. */
static struct str mended(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.n + 1);
    size_t n = 0;
    bool in_string = false;

    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if (in_string && c == '\\' && i + 1 < s.n) {
            char next = s.p[i + 1];

            i++;
            if (str_find_char(STR("\"\\/bfnrtu"), next, 0) == STR_NOT_FOUND) {
                i--;
                continue;
            }
            p[n++] = c;
            p[n++] = next;
            continue;
        }
        if (c == '"')
            in_string = !in_string;
        if ((unsigned char)c < ' ')
            c = ' ';
        if (!in_string && (c == '}' || c == ']')) {
            size_t back = n;

            while (back > 0 && p[back - 1] == ' ')
                back--;
            if (back > 0 && p[back - 1] == ',')
                p[back - 1] = ' ';
        }
        p[n++] = c;
    }
    return str_of(p, n);
}

/* The value of "KEY": "…" in text that is nearly JSON. */
static struct str loose_value(struct str s, struct str key)
{
    size_t at = str_find(s, key, 0), end;

    if (at == STR_NOT_FOUND)
        return STR_NONE;
    at += key.n;
    while (at < s.n && (is_space(s.p[at]) || s.p[at] == ':'))
        at++;
    if (at >= s.n || s.p[at] != '"')
        return STR_NONE;
    end = str_find_char(s, '"', at + 1);
    if (end == STR_NOT_FOUND || end - at > 400)
        return STR_NONE;
    return str_slice(s, at + 1, end);
}

static void read_loosely(struct ld *ld, struct str s)
{
    struct ld_article *to;
    size_t author = str_find(s, STR("\"author\""), 0);
    struct str published = loose_value(s, STR("\"datePublished\""));
    struct str name = STR_NONE;

    if (published.n == 0 && author == STR_NOT_FOUND)
        return;
    to = vec_add(ld->a, &ld->meta->articles);
    to->is_article = true;
    to->published = published;
    to->modified = loose_value(s, STR("\"dateModified\""));
    to->headline = meta_text(ld->a, loose_value(s, STR("\"headline\"")));
    if (author != STR_NOT_FOUND)
        name = loose_value(str_slice(s, author, author + 400), STR("\"name\""));
    if (name.n > 0)
        names_add(ld->a, meta_text(ld->a, name), NAMES_LABELLED, &to->authors);
}

/* What a script says as a tree, NULL if it is too far from JSON for that. */
static const struct json *parse_script(struct arena *a, struct str script)
{
    struct error err;
    struct json *root = json_parse(a, script, &err);

    return root != NULL ? root : json_parse(a, mended(a, script), &err);
}

void jsonld_read(struct arena *a, const struct str *scripts, size_t n,
                 struct page_meta *m)
{
    struct ld ld = {.a = a, .meta = m};
    const struct json *roots[JSONLD_MAX] = {NULL};
    struct str text[JSONLD_MAX];

    map_init(&ld.ids, a);
    for (size_t i = 0; i < n && i < JSONLD_MAX; i++) {
        text[i] = without_wrapping(scripts[i]);
        if (text[i].n > LD_MAX_BYTES)
            text[i] = STR_NONE;
        if (text[i].n > 0)
            roots[i] = parse_script(a, text[i]);
        if (roots[i] != NULL)
            collect_ids(&ld, roots[i]);
    }
    for (size_t i = 0; i < n && i < JSONLD_MAX; i++) {
        if (roots[i] != NULL)
            walk(&ld, roots[i]);
        else if (text[i].n > 0)
            read_loosely(&ld, text[i]);
    }
}
