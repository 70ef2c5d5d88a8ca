/*
 * Feeds written into pages by class names: h-feed with h-entry (microformats 2)
 * and hfeed with hentry (hAtom).  The page tree is walked once; inside an entry
 * each class word that is a property takes what its element says.  An author's
 * card and entries inside an entry (comments, quotations) are read or passed over
 * as wholes, so that their names are not the entry's.
 */
#include "base/arena.h"
#include "base/error.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "decode/node.h"
#include "parse/reader.h"
#include "text/url.h"

#define CONTENTS_MAX   50
#define CATEGORIES_MAX 200

enum property {
    HF_ENTRY,
    HF_FEED,
    HF_FOREIGN, /* something said about another thing */
    HF_CARD,
    HF_NAME,
    HF_URL,
    HF_UID,
    HF_PUBLISHED,
    HF_UPDATED,
    HF_SUMMARY,
    HF_CONTENT,
    HF_CATEGORY,
    HF_AUTHOR,
    HF_PHOTO,
    HF_PROPERTIES
};

static const struct {
    struct str word;
    enum property property;
} words[] = {
    {STR_INIT("h-entry"), HF_ENTRY},
    {STR_INIT("hentry"), HF_ENTRY},
    {STR_INIT("h-feed"), HF_FEED},
    {STR_INIT("hfeed"), HF_FEED},
    {STR_INIT("h-cite"), HF_FOREIGN},
    {STR_INIT("h-event"), HF_FOREIGN},
    {STR_INIT("u-comment"), HF_FOREIGN},
    {STR_INIT("h-card"), HF_CARD},
    {STR_INIT("vcard"), HF_CARD},
    {STR_INIT("p-name"), HF_NAME},
    {STR_INIT("entry-title"), HF_NAME},
    {STR_INIT("u-url"), HF_URL},
    {STR_INIT("u-uid"), HF_UID},
    {STR_INIT("dt-published"), HF_PUBLISHED},
    {STR_INIT("published"), HF_PUBLISHED},
    {STR_INIT("dt-updated"), HF_UPDATED},
    {STR_INIT("updated"), HF_UPDATED},
    {STR_INIT("p-summary"), HF_SUMMARY},
    {STR_INIT("entry-summary"), HF_SUMMARY},
    {STR_INIT("e-content"), HF_CONTENT},
    {STR_INIT("entry-content"), HF_CONTENT},
    {STR_INIT("p-category"), HF_CATEGORY},
    {STR_INIT("p-author"), HF_AUTHOR},
    {STR_INIT("author"), HF_AUTHOR},
    {STR_INIT("u-photo"), HF_PHOTO},
    {STR_INIT("u-featured"), HF_PHOTO},
};

struct hfeed {
    struct feed_reader *r;
    const struct page_tree *t;
    VEC(uint32_t) contents; /* of the entry at hand */
};

/* The properties that the classes of node I name, as bits. */
static uint32_t properties_of(const struct page_tree *t, uint32_t i)
{
    struct str classes, word;
    uint32_t bits = 0;

    if (!node_is_element(&t->nodes[i]) || t->nodes[i].n_attrs == 0)
        return 0;
    classes = node_attr(t, i, STR("class"));
    while (classes.n > 0 && str_word(&classes, &word))
        for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
            if (str_eq(words[k].word, word))
                bits |= 1u << words[k].property;
    return bits;
}

static bool has(uint32_t bits, enum property property)
{
    return (bits >> property & 1) != 0;
}

/* ---- what an element says ---- */

static struct str text_of(struct hfeed *h, uint32_t i)
{
    return reader_keep(h->r, node_text(h->t, i, reader_arena(h->r)));
}

static struct str address_of(struct hfeed *h, uint32_t i)
{
    static const struct str names[] = {STR_INIT("href"), STR_INIT("src"),
                                       STR_INIT("data")};

    for (size_t k = 0; k < 3; k++) {
        struct str s = node_attr(h->t, i, names[k]);

        if (s.n > 0)
            return reader_resolve(h->r, &h->r->frames[0], s);
    }
    return reader_resolve(h->r, &h->r->frames[0], text_of(h, i));
}

static void date_of(struct hfeed *h, uint32_t i, struct str name,
                    struct when *out)
{
    static const struct str names[] = {STR_INIT("datetime"), STR_INIT("title"),
                                       STR_INIT("value")};
    struct str s = STR_NONE;
    struct when w;

    for (size_t k = 0; k < 3 && s.n == 0; k++)
        s = node_attr(h->t, i, names[k]);
    if (s.n == 0)
        s = text_of(h, i);
    if (!when_known(*out) && reader_date(h->r, s, name, &w))
        *out = w;
}

/* A card, or only a name, onto LIST. */
static void add_author(struct hfeed *h, uint32_t i, struct persons *list)
{
    uint32_t end = h->t->nodes[i].end;
    struct person p = {.name = STR_NONE};

    for (uint32_t k = i; k < end; k++) {
        struct str classes = node_attr(h->t, k, STR("class"));
        uint32_t bits = properties_of(h->t, k);

        if (p.name.n == 0 && k > i &&
            (has(bits, HF_NAME) ||
             (classes.n > 0 && node_has_class(h->t, k, STR("fn")))))
            p.name = text_of(h, k);
        if (p.url.n == 0 && (has(bits, HF_URL) || h->t->nodes[k].tag == TAG_A))
            p.url = address_of(h, k);
    }
    if (p.name.n == 0)
        p.name = text_of(h, i);
    persons_add(h->r, list, &p);
}

static void add_link(struct hfeed *h, uint32_t i)
{
    struct str href = address_of(h, i);

    if (href.n > 0 && h->r->entry.links.n == 0)
        *vec_add(reader_arena(h->r), &h->r->entry.links) =
            (struct link){.href = href, .rel = STR("alternate"), .length = -1};
}

static void set_text(struct text *to, struct str value)
{
    if (to->value.n == 0)
        *to = (struct text){.value = value, .type = TEXT_PLAIN};
}

/* True if the link's rel has WORD. */
static bool has_rel(const struct page_tree *t, uint32_t i, struct str word)
{
    struct str rel = node_attr(t, i, STR("rel")), part;

    while (rel.n > 0 && str_word(&rel, &part))
        if (str_eq_nocase(part, word))
            return true;
    return false;
}

/* ---- entries ---- */

static void add_category(struct hfeed *h, uint32_t i)
{
    struct categories *list = &h->r->entry.categories;

    if (list->n < CATEGORIES_MAX)
        vec_add(reader_arena(h->r), list)->term = text_of(h, i);
    else
        extras_left_out(h->r, STR("categories"));
}

/* Takes what node I says; where to go on. */
static uint32_t take_node(struct hfeed *h, uint32_t i)
{
    const struct node *n = &h->t->nodes[i];
    struct feed_fields *e = &h->r->entry;
    uint32_t bits = properties_of(h->t, i);

    if (has(bits, HF_ENTRY) || has(bits, HF_FOREIGN))
        return n->end;
    if (has(bits, HF_AUTHOR) || has(bits, HF_CARD)) {
        add_author(h, i, &e->authors);
        return n->end;
    }
    if (has(bits, HF_NAME))
        set_text(&e->title, text_of(h, i));
    if (has(bits, HF_SUMMARY))
        set_text(&e->summary, text_of(h, i));
    if (has(bits, HF_URL) ||
        (n->tag == TAG_A && has_rel(h->t, i, STR("bookmark"))))
        add_link(h, i);
    if (has(bits, HF_UID) && e->guid.n == 0)
        e->guid = address_of(h, i);
    if (has(bits, HF_PUBLISHED))
        date_of(h, i, STR("published"), &e->published);
    if (has(bits, HF_UPDATED))
        date_of(h, i, STR("updated"), &e->updated);
    if (has(bits, HF_PHOTO) && e->image.n == 0)
        e->image = address_of(h, i);
    if (has(bits, HF_CATEGORY) ||
        (n->tag == TAG_A && has_rel(h->t, i, STR("tag"))))
        add_category(h, i);
    if (!has(bits, HF_CONTENT))
        return i + 1;
    if (h->contents.n < CONTENTS_MAX)
        *vec_add(reader_arena(h->r), &h->contents) = i;
    else
        extras_left_out(h->r, STR("contents"));
    return n->end;
}

static void read_entry(struct hfeed *h, uint32_t i)
{
    uint32_t end = h->t->nodes[i].end;
    struct feed_reader *r = h->r;

    reader_begin_entry(r);
    r->entry.base = r->hints.url;
    h->contents.at = NULL;
    h->contents.n = h->contents.cap = 0;
    for (uint32_t k = i + 1; k < end;)
        k = take_node(h, k);
    if (h->contents.n > 0)
        r->body = (struct draft_body){.kind = BODY_NODES,
                                      .tree = h->t,
                                      .roots = h->contents.at,
                                      .n_roots = h->contents.n};
    reader_emit_entry(r);
}

/* The feed's own name, summary and author are in it, but in none of its
 * entries. */
static void read_feed(struct hfeed *h, uint32_t feed)
{
    struct feed_info *info = &h->r->feed;
    uint32_t end = h->t->nodes[feed].end, title;

    for (uint32_t i = feed + 1; feed > 0 && i < end;) {
        uint32_t bits = properties_of(h->t, i);
        bool person = has(bits, HF_AUTHOR);

        if (person)
            add_author(h, i, &info->authors);
        else if (has(bits, HF_NAME))
            set_text(&info->title, text_of(h, i));
        else if (has(bits, HF_SUMMARY))
            set_text(&info->subtitle, text_of(h, i));
        i = person || has(bits, HF_ENTRY) || has(bits, HF_CARD) ||
                    has(bits, HF_FOREIGN)
                ? h->t->nodes[i].end
                : i + 1;
    }
    if (info->title.value.n > 0)
        return;
    title = node_find(h->t, h->t->head, TAG_TITLE);
    if (title > 0)
        set_text(&info->title, text_of(h, title));
}

bool hfeed_read(struct feed_reader *r, struct str html, struct error *err)
{
    struct hfeed h = {.r = r};
    uint32_t feed = 0;

    if (html.n > HFEED_MAX) {
        html = utf8_clip(html, HFEED_MAX);
        note_add(&r->notes, r->arena, NOTE_TOO_LARGE,
                 "the first %zu MB were read", HFEED_MAX >> 20);
    }
    h.t = html_parse(r->arena, html, &r->notes);
    r->feed.format = FEED_HFEED;
    r->feed.base = r->feed.home_url = r->hints.url;
    for (uint32_t i = 1; i < h.t->n;) {
        uint32_t bits = properties_of(h.t, i);

        if (has(bits, HF_FEED) && feed == 0)
            feed = i;
        if (has(bits, HF_ENTRY)) {
            if (!r->feed_found) {
                r->feed_found = true;
                read_feed(&h, feed);
            }
            read_entry(&h, i);
            i = h.t->nodes[i].end;
        } else {
            i++;
        }
    }
    return r->feed_found ||
           error_set(err, ERR_INPUT, "no feed: this is an HTML page");
}
