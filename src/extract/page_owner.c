/*
 * Whose site it is: the author of a personal blog that names none.  Templates of
 * such blogs sign nothing, for all is by one hand; the site's name is the owner's
 * ("Jane Roe", "Jane Roe's Notebook"), or a line in the page's head or foot has it
 * ("by Jane Roe", "© 2012-2020 Jane Roe. All rights reserved").
 *
 * Newspapers and firms sign so as well, and their names look like a person's:
 * "Lindesby Times".  So the first word must be one of the commonest given names,
 * without those that are towns or words.
 */
#include "extract/page_inquiry.h"

#include "base/utf8.h"
#include "extract/page_labels.h"
#include "extract/page_meta.h"
#include "extract/page_name_words.h"
#include "text/fold.h"
#include "text/url.h"

#define OWNER_CHARS 30
#define OWNER_WORDS 3  /* particles are not counted */
#define FOOT_BLOCKS 40 /* of the page, looked at for its last line */
#define FOOT_CHARS  200

static bool is_owner(struct str name)
{
    struct str rest = name, word;

    return utf8_chars(name) <= OWNER_CHARS && str_word(&rest, &word) &&
           name_is_given(word) && name_is_person(name) && !name_is_org(name);
}

/* "Jane Roe", "Jane Roe's Notebook", "Notebook | Jane Roe". */
static struct str owner_in_name(struct str site)
{
    static const struct str marks[] = {STR_INIT("'s "), STR_INIT("’s "),
                                       STR_INIT(" | "), STR_INIT(" - "),
                                       STR_INIT(" – "), STR_INIT(", ")};

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        size_t at = str_find(site, marks[i], 0);

        if (at == STR_NOT_FOUND)
            continue;
        if (is_owner(str_slice(site, 0, at)))
            return str_slice(site, 0, at);
        if (i > 1 && is_owner(str_from(site, at + marks[i].n)))
            return str_from(site, at + marks[i].n);
    }
    return is_owner(site) ? site : STR_NONE;
}

/* Behind the signs of a copyright that TEXT begins with; nothing without one.  What
 * has words before it is of something on the page: "Photo ©", "Design ©". */
static struct str behind_sign(struct str text)
{
    static const struct str signs[] = {STR_INIT("Copyright"), STR_INIT("©"),
                                       STR_INIT("(c)"), STR_INIT("Copyright")};
    struct str rest = str_trim_wide(text);
    bool is_signed = false;

    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (!str_starts_nocase(rest, signs[i]))
            continue;
        rest = str_trim_wide(str_from(rest, signs[i].n));
        is_signed = true;
    }
    return is_signed ? rest : STR_NONE;
}

/* "2012-2020 by": a word of a copyright before whose it is. */
static bool is_before_owner(struct str word)
{
    size_t i = 0;
    uint32_t c = utf8_next(word, &i);

    return is_digit(word.p[word.n - 1]) || is_digit(word.p[0]) ||
           (c < 0x80 && !is_alpha((char)c)) || c == 0x2013 ||
           str_eq_nocase(word, STR("by")) || str_eq_nocase(word, STR("von")) ||
           str_eq_nocase(word, STR("by:"));
}

/* The name that a copyright's line gives, which ends where the line does, or at a
 * mark or a word that no name has: "Jane Roe. All rights reserved". */
static struct str owner_in_copyright(struct str text)
{
    struct str rest = behind_sign(text), before, word = STR_NONE;
    size_t from = 0, end = 0, words = 0;

    for (before = rest; str_word(&rest, &word) && is_before_owner(word);)
        before = rest;
    rest = before;
    while (str_word(&rest, &word)) {
        char last = word.p[word.n - 1];
        bool ends = word.n > 2 && (last == '.' || last == ',' || last == ';');

        if (!name_is_upper(utf8_next(word, &(size_t){0})) &&
            !name_word_is(word, WORD_PARTICLE))
            break;
        if (str_eq_nocase(word, STR("all")) || str_eq_nocase(word, STR("alle")))
            break;
        words += !name_word_is(word, WORD_PARTICLE);
        if (end == 0)
            from = (size_t)(word.p - text.p);
        end = (size_t)(word.p - text.p) + word.n - (ends ? 1 : 0);
        if (ends)
            break;
    }
    return words > 1 && words <= OWNER_WORDS &&
                   is_owner(str_slice(text, from, end))
               ? str_slice(text, from, end)
               : STR_NONE;
}

/* "Jane Roe" on janeroe.example. */
static bool is_in_address(struct inquiry *q, struct str name)
{
    struct url url;

    return is_owner(name) &&
           url_parse(q->ctx->a, q->ctx->hints->url, STR_NONE, &url) &&
           str_has(url.host, fold_letters(q->ctx->a, name));
}

/* The owner's name above the title if the address spells it, or "by Jane Roe": the
 * line below the site's name. */
static struct str owner_in_head(struct inquiry *q)
{
    const struct article_span *s = q->span;
    size_t title = s->title == NO_BLOCK ? s->body_first : s->title;

    for (size_t i = 0; i < title && i < HEAD_BLOCKS; i++) {
        const struct block *b = &q->ctx->blocks.at[i];
        struct line_facts f;

        if (is_in_address(q, b->text))
            return b->text;
        if (!b->is_hidden && b->chars <= FOOT_CHARS && b->link_chars == 0 &&
            !byline_signs_teaser(q, i) && line_read(q->ctx, b->text, &f) &&
            f.is_only_facts && !f.is_bio && f.authors.n == 1 &&
            is_owner(f.authors.at[0].name))
            return f.authors.at[0].name;
    }
    return STR_NONE;
}

static struct str owner_in_foot(struct inquiry *q)
{
    const struct blocks *b = &q->ctx->blocks;

    for (size_t i = b->n, k = 0;
         i > q->span->body_end && i > 0 && k < FOOT_BLOCKS; k++) {
        struct str owner = STR_NONE;

        i--;
        if (!b->at[i].is_hidden && b->at[i].chars <= FOOT_CHARS)
            owner = owner_in_copyright(b->at[i].text);
        if (owner.n > 0)
            return owner;
    }
    return STR_NONE;
}

void byline_ask_owner(struct inquiry *q)
{
    struct str owner = owner_in_name(q->ctx->meta->site_name);

    if (owner.n == 0)
        owner = owner_in_head(q);
    if (owner.n == 0)
        owner = owner_in_foot(q);
    if (owner.n > 0)
        names_put(q->ctx->a, &q->owner, (struct name){.name = owner});
}
