/*
 * The head of an XML document: what stands before it, and its doctype.  Entities
 * that it declares count only if they are short and plain text; nothing outside
 * the document is read.
 */
#include "base/arena.h"
#include "decode/xml_state.h"

#define ENTITY_TEXT_MAX 128

/* ---- the beginning ---- */

static const struct str feed_roots[] = {
    STR_INIT("<rss"),  STR_INIT("<feed"),      STR_INIT("<rdf:RDF"),
    STR_INIT("<opml"), STR_INIT("<atom:feed"),
};

/* The first of the roots in HEAD. */
static size_t find_feed_root(struct str head)
{
    size_t best = STR_NOT_FOUND;

    for (size_t i = 0; i < sizeof feed_roots / sizeof feed_roots[0]; i++) {
        size_t hit = str_find(head, feed_roots[i], 0);

        if (hit < best)
            best = hit;
    }
    return best;
}

/* The first start tag in HEAD that is not in a comment. */
static size_t find_start_tag(struct str head)
{
    size_t i = 0;

    while ((i = str_find_char(head, '<', i)) != STR_NOT_FOUND) {
        struct str rest = str_from(head, i);

        if (str_starts(rest, STR("<!--")))
            i = str_find(head, STR("-->"), i);
        else if (rest.n > 1 && begins_name(rest.p[1]))
            return i;
        else
            i++;
        if (i == STR_NOT_FOUND)
            break;
    }
    return STR_NOT_FOUND;
}

/* Where the document begins: at its declaration; else where its first markup
 * is, unless that is a page's or a warning's and a feed begins behind it. */
static size_t find_document(struct str s)
{
    struct str head = str_slice(s, 0, HEAD_WANTED), trimmed;
    size_t declaration = str_find(head, STR("<?xml "), 0);
    size_t root = find_feed_root(head), tag = find_start_tag(head), markup;

    if (str_starts(head, STR("\xEF\xBB\xBF")))
        head = str_from(head, 3);
    trimmed = str_trim(head);
    markup = str_find_char(s, '<', 0);
    if (declaration != STR_NOT_FOUND)
        return declaration;
    if (root != STR_NOT_FOUND && (tag != root || markup == STR_NOT_FOUND ||
                                  trimmed.n == 0 || trimmed.p[0] != '<'))
        return root;
    return markup == STR_NOT_FOUND ? 0 : markup;
}

size_t xml_read_head(struct xml_mender *x, struct str s, bool is_last)
{
    size_t from;

    if (s.n < HEAD_WANTED && !is_last)
        return 0;
    from = find_document(s);
    if (from > 0 && !xml_is_blank(str_slice(s, 0, from)) &&
        !(from == 3 && s.p[0] == '\xEF'))
        note_add(x->notes, x->a, NOTE_XML_JUNK_BEFORE, "%zu bytes", from);
    x->mode = MODE_PROLOG;
    return from;
}

/* ---- the doctype ---- */

/* <!ENTITY name "text"> at I, if it is short and plain. */
static void declare_entity(struct xml_mender *x, struct str declaration)
{
    struct str name, rest = str_from(declaration, 8);
    size_t open, close;
    bool is_new;
    size_t *slot;

    if (x->n_entities == ENTITIES_MAX || !str_word(&rest, &name))
        return;
    rest = str_trim(rest);
    if (rest.n < 2 || (rest.p[0] != '"' && rest.p[0] != '\''))
        return;
    open = 1;
    close = str_find_char(rest, rest.p[0], open);
    if (close == STR_NOT_FOUND || close - open > ENTITY_TEXT_MAX)
        return;
    rest = str_slice(rest, open, close);
    if (str_find_char(rest, '<', 0) != STR_NOT_FOUND ||
        str_find_char(rest, '%', 0) != STR_NOT_FOUND)
        return;
    /* Of references only one that is all there is: the usual way to name a
     * character. */
    if (str_find_char(rest, '&', 0) != STR_NOT_FOUND &&
        !(str_starts(rest, STR("&#")) &&
          str_find_char(rest, ';', 0) == rest.n - 1))
        return;
    slot = map_put(&x->entities, arena_str(x->a, name), &is_new);
    if (!is_new)
        return;
    if (x->entity_texts == NULL)
        x->entity_texts =
            arena_array(x->a, ENTITIES_MAX, sizeof *x->entity_texts);
    *slot = x->n_entities;
    x->entity_texts[x->n_entities++] =
        entity_resolve(x->a, arena_str(x->a, rest), false);
}

size_t xml_read_doctype(struct xml_mender *x, struct str s, size_t i,
                        bool is_last)
{
    while (i < s.n) {
        char c = s.p[i];
        struct str rest = str_from(s, i);
        size_t end;

        if (c == '[') {
            x->brackets = 1;
        } else if (c == ']') {
            x->brackets = 0;
        } else if (c == '>' && x->brackets == 0) {
            x->mode = x->after;
            return i + 1;
        } else if (c == '"' || c == '\'') {
            end = str_find_char(s, c, i + 1);
            if (end == STR_NOT_FOUND && !is_last && rest.n < TAG_MAX)
                return i;
            if (end != STR_NOT_FOUND)
                i = end;
        } else if (c == '<') {
            bool is_comment = str_starts(rest, STR("<!--"));

            if (rest.n < 4 && !is_last)
                return i;
            end = is_comment ? str_find(s, STR("-->"), i)
                             : str_find_char(s, '>', i);
            if (end == STR_NOT_FOUND && !is_last && rest.n < TAG_MAX)
                return i;
            if (end == STR_NOT_FOUND)
                return s.n;
            /* The root element: the doctype was not closed. */
            if (begins_name(rest.p[1])) {
                x->mode = x->after;
                return i;
            }
            if (str_starts(rest, STR("<!ENTITY")))
                declare_entity(x, str_slice(s, i, end));
            i = is_comment ? end + 2 : end;
        }
        i++;
    }
    return i;
}
