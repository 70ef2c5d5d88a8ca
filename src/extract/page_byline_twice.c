/*
 * Names without a label that the page gives twice: in the address of the link they
 * are ("Jane Roe" to "/experts/jane-roe"), or as what the picture beside them shows.
 * Topics are linked to so as well, and people are pictured who are written about:
 * whom the title or the text names is none.
 */
#include "extract/page_inquiry.h"

#include "base/utf8.h"
#include "extract/page_meta.h"
#include "extract/page_name_words.h"

#define NAME_CHARS   40
#define MORE_BYTES   2  /* behind a name in an address */
#define NEAR_TITLE   2  /* blocks above it */
#define NEAR_LINK    3  /* nodes from the link to the name */
#define NEAR_PICTURE 12 /* and from the picture */

static char next_alnum(struct str s, size_t *at)
{
    while (*at < s.n && !is_alnum(s.p[*at]))
        ++*at;
    return *at < s.n ? to_lower(s.p[(*at)++]) : '\0';
}

/* PART is NAME and little more, by letters and digits alone, case apart: accounts of
 * one name are counted ("jane-roe-2"). */
static bool is_spelt_like(struct str part, struct str name)
{
    size_t a = 0, b = 0;
    char c;

    while ((c = next_alnum(name, &a)) != '\0')
        if (c != next_alnum(part, &b))
            return false;
    return name.n > 0 && part.n - b <= MORE_BYTES;
}

bool byline_is_in_address(struct str href, struct str text)
{
    struct str rest = str_slice(href, 0, str_find_char(href, '?', 0)), part;

    while (str_split(&rest, '/', &part))
        if (is_spelt_like(part, text))
            return true;
    return false;
}

/* The link that has the text of B leads to an address with its name. */
static bool links_to_name(const struct page_context *ctx, const struct block *b)
{
    uint32_t from = b->first > NEAR_LINK ? b->first - NEAR_LINK : 0;

    if (b->link_chars * 2 < b->chars)
        return false;
    for (uint32_t i = from; i < b->end; i++)
        if (ctx->tree->nodes[i].tag == TAG_A &&
            ctx->tree->nodes[i].end >= b->end &&
            byline_is_in_address(node_attr(ctx->tree, i, STR("href")), b->text))
            return true;
    return false;
}

/* A picture right before B shows whom it names. */
static bool has_portrait(const struct page_context *ctx, const struct block *b)
{
    for (uint32_t i = b->first; i > 0 && i + NEAR_PICTURE > b->first; i--)
        if (ctx->tree->nodes[i].tag == TAG_IMG &&
            str_has_nocase(node_attr(ctx->tree, i, STR("alt")), b->text))
            return true;
    return false;
}

/* The title or the text has the last word of NAME. */
static bool is_spoken_of(const struct inquiry *q, struct str name)
{
    const struct blocks *b = &q->ctx->blocks;
    size_t title = q->span->title;

    name = str_from(name, str_find_last(name, ' ') + 1);
    if (title < b->n && str_has(b->at[title].text, name))
        return true;
    for (size_t i = q->span->body_first; i < q->span->body_end && i < b->n; i++)
        if (str_has(b->at[i].text, name))
            return true;
    return false;
}

/* One of the commonest given names and another word: menus link to much that has two
 * words with capitals. */
static bool is_plain_name(struct str text)
{
    struct str rest = text, word;

    return utf8_chars(text) <= NAME_CHARS && name_is_person(text) &&
           str_word(&rest, &word) && rest.n > 0 && name_is_given(word);
}

void byline_ask_twice(struct inquiry *q, size_t i)
{
    const struct block *b = &q->ctx->blocks.at[i];

    if (q->ctx->tree == NULL || b->heading > 0 || b->is_hidden ||
        b->role == ROLE_CHAFF || q->span->title == NO_BLOCK ||
        i + NEAR_TITLE < q->span->title || !is_plain_name(b->text) ||
        (!links_to_name(q->ctx, b) && !has_portrait(q->ctx, b)) ||
        is_spoken_of(q, b->text))
        return;
    names_put(q->ctx->a, &q->twice, (struct name){.name = b->text});
}
