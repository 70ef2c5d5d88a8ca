/*
 * Claims: elements that say by itemprop, rel, class, id or the address they link
 * to that they hold an author, a date or another field.  The words of classes are
 * rows of claims.def.
 */
#include "extract/page_claims.h"

#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "extract/blocks.h"
#include "extract/page_meta.h"

#define CLAIMS_MAX  600
#define WORD_MAX    24
#define ABOVE_MAX   48 /* ancestors looked at around a claim */
#define ENTRY_HEAD  60 /* nodes of a list's entry, looked at for its heading */
#define CLAIM_PARTS 64
#define PART_BYTES  2000 /* of a claim's text; claims may lie in claims */

enum claim_row { CLAIM_NOT = CLAIM_EDITOR + 1, CLAIM_BUTTON };

static const struct {
    struct str word;
    uint8_t kind;
} claim_words[] = {
#define CLAIM(kind, word) {STR_INIT(word), CLAIM_##kind},
#include "extract/claims.def"
#undef CLAIM
};

static const struct {
    struct str name;
    uint8_t kind;
} itemprops[] = {
    {STR_INIT("author"), CLAIM_AUTHOR},
    {STR_INIT("creator"), CLAIM_AUTHOR},
    {STR_INIT("datepublished"), CLAIM_DATE},
    {STR_INIT("datecreated"), CLAIM_DATE},
    {STR_INIT("datemodified"), CLAIM_UPDATED},
    {STR_INIT("headline"), CLAIM_TITLE},
    {STR_INIT("articlesection"), CLAIM_SECTION},
    {STR_INIT("editor"), CLAIM_EDITOR},
};

/* Folders of a site in which each author, or each account, has a page. */
static const struct {
    struct str name;
    uint8_t kind;
} folders[] = {
    {STR_INIT("author"), CLAIM_AUTHOR},
    {STR_INIT("authors"), CLAIM_AUTHOR},
    {STR_INIT("autor"), CLAIM_AUTHOR},
    {STR_INIT("autores"), CLAIM_AUTHOR},
    {STR_INIT("autoren"), CLAIM_AUTHOR},
    {STR_INIT("auteur"), CLAIM_AUTHOR},
    {STR_INIT("auteurs"), CLAIM_AUTHOR},
    {STR_INIT("autore"), CLAIM_AUTHOR},
    {STR_INIT("autori"), CLAIM_AUTHOR},
    {STR_INIT("writer"), CLAIM_AUTHOR},
    {STR_INIT("writers"), CLAIM_AUTHOR},
    {STR_INIT("journalist"), CLAIM_AUTHOR},
    {STR_INIT("journalists"), CLAIM_AUTHOR},
    {STR_INIT("journalisten"), CLAIM_AUTHOR},
    {STR_INIT("reporter"), CLAIM_AUTHOR},
    {STR_INIT("reporters"), CLAIM_AUTHOR},
    {STR_INIT("columnist"), CLAIM_AUTHOR},
    {STR_INIT("columnists"), CLAIM_AUTHOR},
    {STR_INIT("contributor"), CLAIM_AUTHOR},
    {STR_INIT("contributors"), CLAIM_AUTHOR},
    {STR_INIT("byline"), CLAIM_AUTHOR},
    {STR_INIT("bylines"), CLAIM_AUTHOR},
    {STR_INIT("verfasser"), CLAIM_AUTHOR},
    {STR_INIT("yazar"), CLAIM_AUTHOR},
    {STR_INIT("yazarlar"), CLAIM_AUTHOR},
    {STR_INIT("penulis"), CLAIM_AUTHOR},
    {STR_INIT("firma"), CLAIM_AUTHOR},
    {STR_INIT("firmas"), CLAIM_AUTHOR},
    {STR_INIT("redakteur"), CLAIM_AUTHOR},
    {STR_INIT("avtor"), CLAIM_AUTHOR},
    {STR_INIT("staff"), CLAIM_AUTHOR},
    {STR_INIT("u"), CLAIM_ACCOUNT},
    {STR_INIT("user"), CLAIM_ACCOUNT},
    {STR_INIT("users"), CLAIM_ACCOUNT},
    {STR_INIT("member"), CLAIM_ACCOUNT},
    {STR_INIT("members"), CLAIM_ACCOUNT},
    {STR_INIT("profile"), CLAIM_ACCOUNT},
    {STR_INIT("profiles"), CLAIM_ACCOUNT},
    {STR_INIT("people"), CLAIM_ACCOUNT},
};

/* Class words of what stands beside an article. */
static const struct str beside[] = {
    STR_INIT("comment"),   STR_INIT("related"),    STR_INIT("sidebar"),
    STR_INIT("recommend"), STR_INIT("widget"),     STR_INIT("disqus"),
    STR_INIT("teaser"),    STR_INIT("trending"),   STR_INIT("popular"),
    STR_INIT("more-from"), STR_INIT("read-more"),  STR_INIT("readmore"),
    STR_INIT("latest"),    STR_INIT("newsletter"), STR_INIT("respond"),
    STR_INIT("reply"),     STR_INIT("promo"),      STR_INIT("navbar"),
};

#define BESIDE_WORDS (sizeof beside / sizeof beside[0])

#define CLAIM_WORDS (sizeof claim_words / sizeof claim_words[0])

_Static_assert(CLAIM_WORDS < UINT8_MAX, "rows are counted in 8 bits");

/* What classes claim: rows by their first letter, plus one (0 ends a chain), and
 * what is known already, for pages use few classes many times. */
struct claim_reader {
    uint8_t head[26], next[CLAIM_WORDS];
    struct map classes;
};

struct claim_reader *claim_reader_new(struct arena *a)
{
    struct claim_reader *r = arena_make(a, struct claim_reader);

    map_init(&r->classes, a);
    for (size_t i = CLAIM_WORDS; i-- > 0;) {
        uint8_t *head = &r->head[claim_words[i].word.p[0] - 'a'];

        r->next[i] = *head;
        *head = (uint8_t)(i + 1);
    }
    return r;
}

/* The row of one word of a class; -1 if none. */
static int claim_of_word(const struct claim_reader *r, struct str word)
{
    for (size_t k = r->head[to_lower(word.p[0]) - 'a']; k != 0;
         k = r->next[k - 1])
        if (str_eq_nocase(word, claim_words[k - 1].word))
            return claim_words[k - 1].kind;
    return -1;
}

/* "user-name" says what "username" does. */
static int claim_of_pair(const struct claim_reader *r, struct str one,
                         struct str two)
{
    char pair[WORD_MAX];

    if (one.n == 0 || !str_eq_nocase(two, STR("name")) ||
        one.n + two.n > sizeof pair)
        return -1;
    memcpy(pair, one.p, one.n);
    memcpy(pair + one.n, two.p, two.n);
    return claim_of_word(r, str_of(pair, one.n + two.n));
}

/* Takes the next word off a class: letters up to a capital or another mark. */
static bool next_word(struct str *rest, struct str *word)
{
    size_t from = 0, to;

    while (from < rest->n && !is_alpha(rest->p[from]))
        from++;
    for (to = from; to < rest->n && is_alpha(rest->p[to]); to++)
        if (to > from && rest->p[to] >= 'A' && rest->p[to] <= 'Z' &&
            rest->p[to - 1] >= 'a')
            break;
    *word = str_slice(*rest, from, to);
    *rest = str_from(*rest, to);
    return word->n > 0;
}

static int claim_of_class(const struct claim_reader *r, struct str class)
{
    struct str word, before = STR_NONE;
    bool is_button = false;
    int found = -1;

    for (int words = 0; words < 32 && next_word(&class, &word); words++) {
        int kind = word.n <= WORD_MAX ? claim_of_word(r, word) : -1;

        if (kind < 0)
            kind = claim_of_pair(r, before, word);
        before = word;
        if (kind == CLAIM_NOT)
            return -1;
        is_button = is_button || kind == CLAIM_BUTTON;
        /* "post-date updated": the rarer word says more. */
        if (kind >= 0 && kind != CLAIM_BUTTON &&
            (found < 0 || kind == CLAIM_UPDATED))
            found = kind;
    }
    return is_button && found != CLAIM_ACCOUNT ? -1 : found;
}

static int cached_claim(struct claim_reader *r, struct str class)
{
    bool is_new;
    size_t *slot = map_put(&r->classes, class, &is_new);

    if (is_new)
        *slot = (size_t)(claim_of_class(r, class) + 1);
    return (int)*slot - 1;
}

static void add_claim(struct page_context *ctx, struct page_meta *m, int kind,
                      enum claim_by by, uint32_t node)
{
    if (m->claims.n < CLAIMS_MAX)
        *vec_add(ctx->a, &m->claims) = (struct claim){
            .kind = (uint8_t)kind, .by = (uint8_t)by, .node = node};
}

/* Of an itemprop (microdata) or a property (RDFa), where the name may have a
 * prefix: "schema:author". */
static int claim_of_itemprop(struct str itemprop)
{
    struct str rest = itemprop, word;

    while (str_word(&rest, &word)) {
        size_t colon = str_find_last(word, ':');

        if (colon != STR_NOT_FOUND)
            word = str_from(word, colon + 1);
        for (size_t i = 0; i < sizeof itemprops / sizeof itemprops[0]; i++)
            if (str_eq_nocase(word, itemprops[i].name))
                return itemprops[i].kind;
    }
    return -1;
}

static int claim_of_folder(struct str name)
{
    char first = name.n > 0 ? to_lower(name.p[0]) : '\0';

    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
        if (first == folders[i].name.p[0] && name.n == folders[i].name.n &&
            str_eq_nocase(name, folders[i].name))
            return folders[i].kind;
    return -1;
}

/* "/authors/jane-roe", "/u/88", "/blog?author=8": something in a folder of authors
 * or accounts. */
static int claim_of_address(struct str href)
{
    size_t query = str_find_char(href, '?', 0);
    struct str rest = str_slice(href, 0, query), part;
    int folder = -1;

    while (str_split(&rest, '/', &part)) {
        if (folder >= 0 && part.n > 0)
            return folder;
        folder = claim_of_folder(part);
    }
    return query != STR_NOT_FOUND &&
                   str_starts(str_from(href, query + 1), STR("author="))
               ? CLAIM_AUTHOR
               : -1;
}

bool rel_says(struct str rel, struct str word)
{
    struct str rest = rel, part;

    while (str_word(&rest, &part))
        if (str_eq_nocase(part, word))
            return true;
    return false;
}

/* A heading of the first rank is near the beginning of the element. */
static bool begins_with_h1(const struct page_tree *t, uint32_t node)
{
    for (uint32_t i = node + 1;
         i < t->nodes[node].end && i <= node + ENTRY_HEAD; i++)
        if (t->nodes[i].tag == TAG_H1)
            return true;
    return false;
}

bool is_of_list_entry(const struct page_context *ctx, uint32_t node)
{
    const struct page_tree *t = ctx->tree;

    for (int above = 0; above < ABOVE_MAX && node != 0; above++) {
        if (rel_says(node_attr(t, node, STR("itemprop")),
                     STR("itemListElement")))
            return !begins_with_h1(t, node);
        node = t->nodes[node].parent;
    }
    return false;
}

void claims_read(struct page_context *ctx, struct page_meta *m,
                 struct claim_reader *r, uint32_t i)
{
    const struct node *n = &ctx->tree->nodes[i];
    struct str class = STR_NONE, id = STR_NONE;
    int by_class = -1, by_itemprop = -1, by_address = -1;
    bool is_author = false;

    for (uint32_t k = 0; k < n->n_attrs; k++) {
        struct str name = n->attrs[k].name, value = n->attrs[k].value;

        if (str_eq(name, STR("class")))
            class = value;
        else if (str_eq(name, STR("id")) || str_eq(name, STR("data-testid")) ||
                 str_eq(name, STR("data-qa")))
            id = value;
        else if (str_eq(name, STR("itemprop")) ||
                 (n->tag != TAG_META && str_eq(name, STR("property"))))
            by_itemprop = claim_of_itemprop(value);
        else if (str_eq(name, STR("rel")))
            is_author = rel_says(value, STR("author"));
        else if (n->tag == TAG_A && str_eq(name, STR("href")))
            by_address = claim_of_address(value);
    }
    if (n->tag == TAG_BODY || n->tag == TAG_HTML || n->tag == TAG_ARTICLE ||
        n->tag == TAG_MAIN)
        return;
    if (class.n > 0)
        by_class = cached_claim(r, class);
    if (by_class < 0 && id.n > 0)
        by_class = claim_of_class(r, id);
    if (by_itemprop >= 0 && is_of_list_entry(ctx, i))
        return;
    if (by_itemprop >= 0)
        add_claim(ctx, m, by_itemprop, BY_ITEMPROP, i);
    else if (is_author)
        add_claim(ctx, m, CLAIM_AUTHOR, BY_REL, i);
    else if (n->tag == TAG_TIME)
        add_claim(ctx, m,
                  by_class == CLAIM_UPDATED ? CLAIM_UPDATED : CLAIM_DATE,
                  BY_TIME, i);
    else if (by_class >= 0)
        add_claim(ctx, m, by_class, BY_CLASS, i);
    else if (by_address >= 0)
        add_claim(ctx, m, by_address, BY_ADDRESS, i);
}

/* The text of a node with a line break where a block begins or ends. */
static struct str lines_of(struct page_context *ctx, uint32_t node)
{
    const struct page_tree *t = ctx->tree;
    struct str parts[CLAIM_PARTS];
    size_t n = 0;
    bool in_block = false;

    for (uint32_t i = node + 1; i < t->nodes[node].end && n + 2 < CLAIM_PARTS;
         i++) {
        enum tag tag = t->nodes[i].tag;

        if (tag == TAG_SCRIPT || tag == TAG_STYLE || tag == TAG_NOSCRIPT ||
            tag == TAG_TEMPLATE) {
            i = t->nodes[i].end - 1;
        } else if (tag == TAG_TEXT) {
            struct str text =
                arena_line(ctx->a, utf8_clip(t->nodes[i].text, PART_BYTES));

            if (text.n == 0)
                continue;
            if (n > 0)
                parts[n++] = in_block ? STR("\n") : STR(" ");
            parts[n++] = text;
            in_block = false;
        } else {
            in_block = in_block || tag_is_block(tag) || tag == TAG_BR;
        }
    }
    return arena_join(ctx->a, parts, n);
}

static bool is_name_prop(struct str prop)
{
    return str_eq_nocase(prop, STR("name")) || str_ends(prop, STR(":name"));
}

/* The element that has the name of what NODE describes, NODE itself if it is the
 * only one or there are several. */
static uint32_t named_part(const struct page_tree *t, uint32_t node)
{
    uint32_t found = 0, end = t->nodes[node].end;

    for (uint32_t i = node + 1; i < end && i < node + CLAIM_PARTS; i++) {
        if (t->nodes[i].n_attrs == 0 ||
            (!is_name_prop(node_attr(t, i, STR("itemprop"))) &&
             !is_name_prop(node_attr(t, i, STR("property")))))
            continue;
        if (found != 0)
            return node;
        found = i;
    }
    return found != 0 ? found : node;
}

struct str claim_value(struct page_context *ctx, const struct claim *c)
{
    static const struct str attrs[] = {
        STR_INIT("datetime"),       STR_INIT("data-time"),
        STR_INIT("data-date"),      STR_INIT("data-datetime"),
        STR_INIT("data-date-time"), STR_INIT("data-timestamp")};
    const struct page_tree *t = ctx->tree;
    uint32_t node = c->kind == CLAIM_AUTHOR && c->by == BY_ITEMPROP
                        ? named_part(t, c->node)
                        : c->node;
    struct str value = node_attr(t, node, STR("content"));
    bool is_date = c->kind == CLAIM_DATE || c->kind == CLAIM_UPDATED;

    for (size_t i = 0;
         is_date && value.n == 0 && i < sizeof attrs / sizeof attrs[0]; i++)
        value = node_attr(t, c->node, attrs[i]);
    if (is_date && value.n == 0 && t->nodes[c->node].tag == TAG_ABBR)
        value = node_attr(t, c->node, STR("title"));
    return value.n > 0 ? arena_line(ctx->a, value) : lines_of(ctx, node);
}

/* A class says WORD, other than in a style written out as one:
 * "[--sidebar-width:18rem]". */
static bool class_says(struct str class, struct str word)
{
    struct str name;

    if (!str_has_nocase(class, word))
        return false;
    if (str_find_char(class, '[', 0) == STR_NOT_FOUND)
        return true;
    while (str_word(&class, &name))
        if (str_find_char(name, '[', 0) == STR_NOT_FOUND &&
            str_has_nocase(name, word))
            return true;
    return false;
}

/* True if a class or id of the node says WORD. */
static bool is_called(const struct page_tree *t, uint32_t node, struct str word)
{
    const struct node *n = &t->nodes[node];

    for (uint32_t k = 0; k < n->n_attrs; k++)
        if ((str_eq(n->attrs[k].name, STR("class")) ||
             str_eq(n->attrs[k].name, STR("id"))) &&
            class_says(n->attrs[k].value, word))
            return true;
    return false;
}

/* Some templates call everything a widget, the TEXT of the article as well. */
static bool is_text_widget(const struct page_tree *t, uint32_t text,
                           struct str word)
{
    if (!str_eq(word, STR("widget")))
        return false;
    for (int above = 0; above < ABOVE_MAX && text != 0; above++) {
        if (is_called(t, text, word))
            return true;
        text = t->nodes[text].parent;
    }
    return false;
}

bool is_beside_article(const struct page_context *ctx, uint32_t node,
                       uint32_t text)
{
    const struct page_tree *t = ctx->tree;
    bool is_before = node < text;

    for (int above = 0; above < ABOVE_MAX && node != 0; above++) {
        const struct node *n = &t->nodes[node];

        if (n->tag == TAG_BODY || (text >= node && text < n->end))
            return false;
        /* A quotation, and a post of another site shown in one, has its own
         * author and date. */
        if (n->tag == TAG_FIGURE || n->tag == TAG_FIGCAPTION ||
            n->tag == TAG_BLOCKQUOTE)
            return true;
        /* Above the text an aside or a bar holds the byline now and then. */
        if (!is_before && (n->tag == TAG_ASIDE || n->tag == TAG_NAV))
            return true;
        /* acceptedAnswer, suggestedAnswer: who answers did not ask. */
        if (str_has_nocase(node_attr(t, node, STR("itemprop")), STR("answer")))
            return true;
        for (size_t i = 0; n->n_attrs > 0 && i < BESIDE_WORDS; i++)
            if (is_called(t, node, beside[i]) &&
                !is_text_widget(t, text, beside[i]))
                return true;
        node = n->parent;
    }
    return false;
}
