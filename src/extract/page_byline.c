/*
 * Who wrote it.  Several witnesses speak, each in its own place:
 *
 *   inner     a labelled line right above the first words of the text, often
 *             with the source beside it: the author's own byline, copied along
 *   head      a labelled line between title and text: the template's
 *   dateline  "（记者 甲乙丙）" in the first paragraph
 *   signoff   "(甲乙丙)", "Von Jane Roe" at the end of the text
 *   tail      a labelled line behind the text
 *   jsonld, meta, claims (elements that say author)
 *
 * In most languages what is declared (JSON-LD, meta) is right and complete; a
 * person beats an organisation whoever names it.  On Chinese pages templates
 * declare accounts and editors, and the lines are better.
 *
 * Templates of copying sites invent bylines.  One whose editor is nobody
 * ("Admin") loses against an inner byline, and is not believed at all when the
 * page has a biography of somebody else.  What contradicts without a winner is
 * left out, with a note.
 */
#include "extract/page_byline.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "extract/page_confidence.h"
#include "extract/page_date.h"
#include "extract/page_meta.h"
#include "extract/page_names.h"
#include "extract/page_title.h"
#include "extract/page_why.h"
#include "text/fold.h"
#include "text/site.h"

#define HEAD_BLOCKS    24
#define ABOVE_BLOCKS   4
#define TAIL_BLOCKS    16
#define EDGE_BLOCKS    6   /* of the body, at either end */
#define DATELINE_BYTES 160 /* of a paragraph's front */
#define SIGNOFF_BYTES  90  /* of a paragraph's end */
#define LINE_CHARS     160
#define EDITOR_CHARS   40
#define CLAIM_CHARS    120
#define BESIDE_MAX     3  /* names without a label */
#define CLAIM_NODES    60 /* claims farther apart are of two bylines */

enum place { PLACE_HEAD, PLACE_INNER, PLACE_TAIL, PLACES };

/* What the lines of one place say. */
struct place_facts {
    struct names authors;
    struct str editor, source, source_id, outlet;
    bool is_admin;
};

struct inquiry {
    struct page_context *ctx;
    const struct article_span *span;
    struct draft *draft;
    struct place_facts at[PLACES];
    struct names dateline, signoff, jsonld, meta, claims;
    struct names opening;     /* a name alone above the first sentence */
    struct names beside_date; /* a name without a label, with the date */
    struct str claimed_source;
    struct str bio; /* a line about a person */
    bool page_speaks, is_account;
};

/* ---- lines ------------------------------------------------------------------- */

static void merge_names(struct arena *a, struct names *to,
                        const struct persons *from)
{
    for (size_t i = 0; i < from->n; i++)
        names_put(a, to,
                  (struct name){.name = from->at[i].name,
                                .is_org = name_is_org(from->at[i].name)});
}

static void keep_extras(struct inquiry *q, const struct line_facts *f)
{
    struct draft *d = q->draft;

    for (size_t i = 0; i < f->credits.n && d->credits.n < 24; i++)
        *vec_add(q->ctx->a, &d->credits) = f->credits.at[i];
    for (size_t i = 0; i < f->tags.n && d->tags.n < 32; i++)
        *vec_add(q->ctx->a, &d->tags) = f->tags.at[i];
}

/* "石佳/中国青年报": a person and an outlet, in either order. */
static bool read_slash(struct inquiry *q, struct str line,
                       struct place_facts *to)
{
    size_t slash = str_find_char(line, '/', 0), width = 1;
    struct str left, right;

    if (slash == STR_NOT_FOUND) {
        slash = str_find(line, STR("／"), 0);
        width = 3;
    }
    if (slash == STR_NOT_FOUND || line.n > 90)
        return false;
    left = str_trim_wide(str_slice(line, 0, slash));
    right = str_trim_wide(str_from(line, slash + width));
    if (name_is_han(right) && name_is_org(left)) {
        struct str swap = left;

        left = right;
        right = swap;
    }
    if (!name_is_han(left) || !name_is_org(right) || utf8_chars(right) > 16)
        return false;
    names_put(q->ctx->a, &to->authors, (struct name){.name = left});
    if (to->source.n == 0)
        to->source = right;
    return true;
}

/* A text that may be an outlet's name: short, one word, nobody's own name. */
static bool is_outlet_name(struct str s)
{
    size_t chars = utf8_chars(s);

    for (size_t i = 0; i < s.n;)
        if (is_blank(utf8_next(s, &i)))
            return false;
    return chars >= 2 && chars <= 14 && !name_is_han(s) && !name_is_nobody(s) &&
           is_han(utf8_next(s, &(size_t){0}));
}

/* An outlet named without a label beside the date. */
static bool is_outlet(struct page_context *ctx, const struct line_facts *f)
{
    return ctx->meta->is_chinese && when_known(f->date) && !f->date_is_update &&
           is_outlet_name(f->rest);
}

static bool is_readable(const struct block *b)
{
    return !b->is_hidden && b->role != ROLE_COMMENT && b->chars <= LINE_CHARS;
}

/* "Jane Roe, Harbour Correspondent" beside a date: a name or a few, and perhaps
 * what their bearer does. */
static void read_beside_date(struct inquiry *q, struct str text)
{
    struct names found = {0};
    size_t n = names_add(q->ctx->a, text, NAMES_LOOSE, &found);

    if (n == 0 || n > BESIDE_MAX || !str_starts(text, found.at[0].name))
        return;
    for (size_t i = 0; i < n; i++)
        names_put(q->ctx->a, &q->beside_date, found.at[i]);
}

/* False if the line ends the place: readers' comments begin. */
static bool read_line_at(struct inquiry *q, size_t i, enum place place)
{
    const struct block *b = &q->ctx->blocks.at[i];
    struct place_facts *to = &q->at[place];
    struct line_facts f;

    if (b->role == ROLE_COMMENT || b->frame.frame == FRAME_COMMENTS)
        return place != PLACE_TAIL;
    if (b->frame.frame == FRAME_BIO && !b->is_hidden)
        q->bio = b->text;
    if (!is_readable(b))
        return true;
    if (read_slash(q, b->text, to))
        return true;
    if (!line_read(q->ctx, line_with_next(q->ctx, i), &f) ||
        (b->role == ROLE_CHAFF && !f.is_only_facts))
        return true;
    if (f.is_bio) {
        q->bio = b->text;
        return true;
    }
    /* Behind the text only bylines count, not lines with a label in them. */
    if (place != PLACE_HEAD && !f.is_only_facts && b->chars > 60)
        return true;
    merge_names(q->ctx->a, &to->authors, &f.authors);
    if (to->editor.n == 0)
        to->editor = f.editor;
    if (to->source.n == 0) {
        to->source = f.source;
        to->source_id = f.source_id;
    }
    if (to->outlet.n == 0 && place == PLACE_HEAD && is_outlet(q->ctx, &f))
        to->outlet = f.rest;
    if (place == PLACE_HEAD && when_known(f.date) && f.authors.n == 0)
        read_beside_date(q, f.rest);
    to->is_admin = to->is_admin || f.is_admin;
    keep_extras(q, &f);
    return true;
}

/* The lines that touch the text belong to it: from the body upwards, as long
 * as each says nothing but facts. */
static size_t inner_from(struct inquiry *q, size_t head, size_t body)
{
    size_t first = body;
    bool found = false;

    for (size_t i = body; i > head;) {
        const struct block *b = &q->ctx->blocks.at[--i];
        struct line_facts f;

        if (b->is_hidden)
            continue;
        if (b->role == ROLE_CHAFF &&
            (b->chars > LINE_CHARS || !line_read(q->ctx, b->text, &f)))
            continue;
        if (b->chars > LINE_CHARS || !line_read(q->ctx, b->text, &f) ||
            !f.is_only_facts || f.is_bio ||
            (f.authors.n == 0 && f.source.n == 0))
            break;
        /* One author's byline, not the template's above it. */
        if (found && f.authors.n > 0 && q->at[PLACE_INNER].authors.n > 0)
            break;
        first = i;
        found = true;
        (void)read_line_at(q, i, PLACE_INNER);
    }
    return first;
}

/* The editor's line ends the text; what follows it may have been taken for
 * text all the same. */
static void read_editor_inside(struct inquiry *q, size_t i)
{
    const struct block *b = &q->ctx->blocks.at[i];
    struct line_facts f;

    if (q->at[PLACE_TAIL].editor.n == 0 && b->chars <= EDITOR_CHARS &&
        is_readable(b) && line_read(q->ctx, b->text, &f) && f.is_only_facts)
        q->at[PLACE_TAIL].editor = f.editor;
}

static void read_lines(struct inquiry *q)
{
    const struct article_span *s = q->span;
    size_t n = q->ctx->blocks.n, body = s->body_first, end = s->body_end;
    size_t head = s->title == NO_BLOCK || s->title > body ? s->first : s->title;
    size_t from =
        head > s->first + ABOVE_BLOCKS ? head - ABOVE_BLOCKS : s->first;
    size_t inner;

    if (body > n)
        body = n;
    if (end > n)
        end = n;
    if (body > from + HEAD_BLOCKS)
        from = body - HEAD_BLOCKS;
    for (size_t i = body; i < end && i < body + EDGE_BLOCKS; i++)
        (void)read_line_at(q, i, PLACE_INNER);
    /* A byline inside the text leaves what is above it to the template. */
    inner = q->at[PLACE_INNER].authors.n > 0 ? body : inner_from(q, from, body);
    for (size_t i = from; i < inner; i++)
        (void)read_line_at(q, i, PLACE_HEAD);
    if (q->ctx->meta->is_chinese)
        for (size_t i = body + EDGE_BLOCKS; i + EDGE_BLOCKS < end; i++)
            read_editor_inside(q, i);
    for (size_t i = end > body + EDGE_BLOCKS ? end - EDGE_BLOCKS : body;
         i < s->end && i < n && i < end + TAIL_BLOCKS; i++)
        if (!read_line_at(q, i, PLACE_TAIL))
            break;
}

/* ---- inside the text ------------------------------------------------------------ */

/* What stands in the first bracket of S that begins with a reporter's label. */
static void read_dateline(struct inquiry *q, struct str s)
{
    struct label_hit hit;

    s = utf8_clip(s, DATELINE_BYTES);
    for (size_t i = 0; i < s.n;) {
        uint32_t c = utf8_next(s, &i);
        size_t end;

        if ((c != '(' && c != 0xFF08 && c != 0x3010) || i >= s.n)
            continue;
        for (end = i; end < s.n;) {
            size_t next = end;
            uint32_t d = utf8_next(s, &next);

            if (d == ')' || d == 0xFF09 || d == 0x3011)
                break;
            end = next;
        }
        if (end >= s.n)
            return;
        while (i < end &&
               !label_at(q->ctx->meta->labels, s, i, EDGE_START, &hit))
            (void)utf8_next(s, &i);
        if (i < end && hit.field == LABEL_AUTHOR && hit.end < end) {
            names_add(q->ctx->a, str_slice(s, hit.end, end),
                      hit.has_separator ? NAMES_LABELLED : NAMES_LOOSE,
                      &q->dateline);
            return;
        }
        i = end;
    }
}

static bool is_closing(uint32_t c)
{
    return c == ')' || c == 0xFF09;
}

/* A bare name in brackets signs only what is a text. */
static bool is_text_before(struct str s, size_t bracket)
{
    size_t at = bracket;

    if (at == 0)
        return false;
    (void)utf8_prev(s, &at);
    while (at > 0 && s.p[at - 1] == ' ')
        at--;
    return utf8_chars(str_slice(s, 0, at)) >= 6;
}

/* "…。(甲乙丙)", "…（记者 甲乙丙）", "(文/图 甲乙丙 丁戊)" at the very end. */
static void read_signoff(struct inquiry *q, struct str s)
{
    size_t end = s.n, at, from;
    struct str inside;
    struct line_facts f;

    if (s.n > SIGNOFF_BYTES) {
        from = s.n - SIGNOFF_BYTES;
        while (from < s.n && ((unsigned char)s.p[from] & 0xC0) == 0x80)
            from++;
        s = str_from(s, from);
        end = s.n;
    }
    if (end == 0 || (at = end, !is_closing(utf8_prev(s, &at))))
        return;
    end = at;
    while (at > 0) {
        size_t before = at;
        uint32_t c = utf8_prev(s, &before);

        if (c == '(' || c == 0xFF08)
            break;
        at = before;
    }
    if (at == 0 && s.n > 60)
        return;
    inside = str_trim_wide(str_slice(s, at, end));
    if (name_is_han(inside) && is_text_before(s, at)) {
        names_put(q->ctx->a, &q->signoff, (struct name){.name = inside});
        return;
    }
    if (inside.n > 0 && line_read(q->ctx, inside, &f) && !f.is_bio &&
        f.is_only_facts) {
        merge_names(q->ctx->a, &q->signoff, &f.authors);
        if (q->at[PLACE_TAIL].editor.n == 0)
            q->at[PLACE_TAIL].editor = f.editor;
        if (q->at[PLACE_TAIL].source.n == 0)
            q->at[PLACE_TAIL].source = f.source;
    }
}

/* "Jane Roe", "— Jane Roe", "Jane Roe, correspondent": a line of its own. */
static void read_signature(struct inquiry *q, struct str s)
{
    size_t comma = str_find_last(s, ','), at = 0;
    uint32_t c = utf8_next(s, &at);

    if (c == '-' || c == 0x2013 || c == 0x2014)
        s = str_trim_wide(str_from(s, at));
    if (comma != STR_NOT_FOUND &&
        name_is_role(str_trim(str_from(s, comma + 1))))
        s = str_trim(str_slice(s, 0, comma));
    if (name_is_person(s))
        names_put(q->ctx->a, &q->signoff, (struct name){.name = s});
}

static void read_text_edges(struct inquiry *q)
{
    const struct blocks *b = &q->ctx->blocks;
    size_t from = q->span->body_first, end = q->span->body_end;

    for (size_t i = from, k = 0; i < end && i < b->n && k < 3; i++) {
        if (b->at[i].role != ROLE_BODY)
            continue;
        k++;
        if (k == 1 && b->at[i].chars < 60 && b->at[i].heading == 0 &&
            names_add(q->ctx->a, b->at[i].text, NAMES_LOOSE, &q->opening) > 2)
            q->opening.n = 0;
        if (q->dateline.n == 0)
            read_dateline(q, b->at[i].text);
    }
    for (size_t i = end < b->n ? end : b->n, k = 0; i > from && k < 3;) {
        i--;
        if (b->at[i].role != ROLE_BODY)
            continue;
        if (k++ == 0 && i > from + 1 && b->at[i].tag != TAG_TD &&
            b->at[i].tag != TAG_LI)
            read_signature(q, b->at[i].text);
        if (q->signoff.n == 0)
            read_signoff(q, b->at[i].text);
    }
}

/* ---- declarations ------------------------------------------------------------------ */

static const struct str meta_authors[] = {
    STR_INIT("author"),
    STR_INIT("article:author"),
    STR_INIT("og:article:author"),
    STR_INIT("sailthru.author"),
    STR_INIT("parsely-author"),
    STR_INIT("cxenseparse:author"),
    STR_INIT("article:author_name"),
    STR_INIT("article_author"),
    STR_INIT("articleauthor"),
    STR_INIT("mediator_author"),
    STR_INIT("byl"),
    STR_INIT("citation_author"),
    STR_INIT("dc.creator"),
    STR_INIT("dc:creator"),
    STR_INIT("dcterms.creator"),
    STR_INIT("og:author"),
    STR_INIT("twitter:author"),
    STR_INIT("creator"),
};

/* "L-MAG" on l-mag.example: the site signs its own texts. */
static bool is_domain_name(struct inquiry *q, struct str name)
{
    struct str site = site_of_url(q->ctx->a, q->ctx->hints->url);
    struct str letters = fold_letters(q->ctx->a, name);
    size_t dot = str_find_char(site, '.', 0);

    if (dot == STR_NOT_FOUND || letters.n < 3)
        return false;
    return str_eq(letters, fold_letters(q->ctx->a, str_slice(site, 0, dot))) ||
           str_eq(letters, fold_letters(q->ctx->a, site));
}

/* What the site calls itself where it speaks of itself: "@LindesbyHerald". */
static bool is_own_account(struct inquiry *q, struct str name)
{
    static const struct str metas[] = {STR_INIT("publisher"),
                                       STR_INIT("dc.publisher"),
                                       STR_INIT("twitter:site")};

    for (size_t i = 0; i < sizeof metas / sizeof metas[0]; i++) {
        struct str own = meta_get(q->ctx->meta, metas[i]);

        if (str_starts(own, STR("@")))
            own = str_from(own, 1);
        if (own.n > 0 && name_same(name, own))
            return true;
    }
    return false;
}

static bool is_site_name(struct inquiry *q, struct str name)
{
    const struct page_meta *m = q->ctx->meta;

    return (m->site_name.n > 0 && name_same(name, m->site_name)) ||
           (m->ld_site.n > 0 && name_same(name, m->ld_site)) ||
           is_own_account(q, name) || is_domain_name(q, name);
}

static void ask_meta(struct inquiry *q)
{
    const struct page_meta *m = q->ctx->meta;

    for (size_t i = 0; i < sizeof meta_authors / sizeof meta_authors[0]; i++) {
        for (size_t k = 0; k < m->values.n; k++) {
            struct names found = {0};

            struct str text;

            if (!str_eq(m->values.at[k].name, meta_authors[i]))
                continue;
            text = meta_text(q->ctx->a, m->values.at[k].content);
            if (is_site_name(q, text))
                names_put(q->ctx->a, &found,
                          (struct name){.name = text, .is_org = true});
            else
                names_add(q->ctx->a, text, NAMES_LABELLED, &found);
            for (size_t n = 0; n < found.n; n++) {
                if (is_site_name(q, found.at[n].name))
                    found.at[n].is_org = true;
                if (!q->ctx->meta->is_chinese || name_is_han(found.at[n].name))
                    names_put(q->ctx->a, &q->meta, found.at[n]);
            }
        }
        if (q->meta.n > 0 && !q->meta.at[0].is_org)
            return;
    }
}

/* twitter:label1 "Written by", twitter:data1 "Jane Roe". */
static void ask_twitter_labels(struct inquiry *q)
{
    static const struct {
        struct str label, data;
    } pairs[] = {{STR_INIT("twitter:label1"), STR_INIT("twitter:data1")},
                 {STR_INIT("twitter:label2"), STR_INIT("twitter:data2")}};
    struct label_hit hit;

    for (size_t i = 0; i < 2 && q->meta.n == 0; i++) {
        struct str label = meta_get(q->ctx->meta, pairs[i].label);

        if (label.n > 0 &&
            label_at(q->ctx->meta->labels, label, 0, EDGE_START, &hit) &&
            hit.field == LABEL_AUTHOR)
            names_add(
                q->ctx->a,
                meta_text(q->ctx->a, meta_get(q->ctx->meta, pairs[i].data)),
                NAMES_LABELLED, &q->meta);
    }
}

static void ask_jsonld(struct inquiry *q)
{
    const struct ld_article *ld = meta_article(q->ctx->meta);

    if (ld == NULL)
        return;
    q->jsonld = ld->authors;
    /* Some declare the editor, whom the page labels as such. */
    for (int place = 0; place < PLACES; place++)
        if (q->jsonld.n == 1 && q->at[place].editor.n > 0 &&
            name_same(q->jsonld.at[0].name, q->at[place].editor))
            q->jsonld.n = 0;
    for (size_t i = 0; i < q->jsonld.n; i++)
        if (is_site_name(q, q->jsonld.at[i].name))
            q->jsonld.at[i].is_org = true;
}

/* Whether another author's claim lies inside this one. */
static bool has_inner_claim(const struct page_meta *m, size_t i,
                            const struct page_tree *t)
{
    uint32_t end = t->nodes[m->claims.at[i].node].end;

    for (size_t k = i + 1; k < m->claims.n && m->claims.at[k].node < end; k++)
        if (m->claims.at[k].kind == CLAIM_AUTHOR &&
            m->claims.at[k].by != BY_ADDRESS)
            return true;
    return false;
}

static bool is_near_article(const struct inquiry *q, uint32_t node)
{
    const struct blocks *b = &q->ctx->blocks;
    size_t end = q->span->body_end + 10;
    size_t first = q->span->body_first;

    if (b->n == 0)
        return true;
    if (end >= b->n)
        end = b->n - 1;
    first = first > HEAD_BLOCKS ? first - HEAD_BLOCKS : 0;
    return node >= b->at[first].container && node <= b->at[end].end;
}

/* The fuller spelling of a name that another witness gives: "Jane Roe" for
 * "janeroe" or "Jane". */
static struct str fuller(struct str name, const struct names *from)
{
    for (size_t i = 0; i < from->n; i++) {
        struct str other = from->at[i].name;

        if (str_find_char(name, ' ', 0) == STR_NOT_FOUND &&
            str_find_char(other, ' ', 0) != STR_NOT_FOUND &&
            name_is_person(other) &&
            (name_same(name, other) ||
             (str_starts_nocase(other, name) && other.p[name.n] == ' ')))
            return other;
    }
    return name;
}

/* On Chinese pages a class vouches for little: only a short name in the head,
 * an account's as a rule, is believed. */
static bool is_chinese_claim(const struct inquiry *q, const struct claim *c,
                             struct str text)
{
    return c->by != BY_CLASS ||
           (c->node < span_text_node(q->ctx, q->span) &&
            utf8_chars(text) <= 10 && !str_has(text, STR("：")) &&
            is_han(utf8_next(text, &(size_t){0})));
}

/* Names of one claim; a class or an address alone vouches less than rel or
 * itemprop. */
static void read_claim(struct inquiry *q, const struct claim *c,
                       struct names *to)
{
    struct str text = claim_value(q->ctx, c);
    struct line_facts f;

    if (text.n == 0 || utf8_chars(text) > CLAIM_CHARS)
        return;
    if (line_read(q->ctx, text, &f)) {
        merge_names(q->ctx->a, to, &f.authors);
        if (to->n > 0 || f.is_bio || f.rest.n == 0)
            return;
        text = f.rest;
    }
    if (q->ctx->meta->is_chinese && !is_chinese_claim(q, c, text))
        return;
    names_add(q->ctx->a, text,
              c->by == BY_ADDRESS ||
                      (c->by == BY_CLASS && utf8_chars(text) > 24)
                  ? NAMES_LOOSE
                  : NAMES_LABELLED,
              to);
}

static void ask_claims(struct inquiry *q)
{
    const struct page_meta *m = q->ctx->meta;

    for (int by = BY_ITEMPROP; by >= BY_ADDRESS && q->claims.n == 0; by--) {
        uint32_t last = 0;

        for (size_t i = 0; i < m->claims.n; i++) {
            const struct claim *c = &m->claims.at[i];
            struct names found = {0};

            if (c->kind != CLAIM_AUTHOR || c->by != by ||
                (by == BY_ADDRESS &&
                 c->node > span_text_node(q->ctx, q->span) + CLAIM_NODES) ||
                has_inner_claim(m, i, q->ctx->tree) ||
                !is_near_article(q, c->node) ||
                is_beside_article(q->ctx, c->node,
                                  span_text_node(q->ctx, q->span)))
                continue;
            if (last != 0 && c->node > last + CLAIM_NODES)
                break;
            read_claim(q, c, &found);
            for (size_t n = 0; n < found.n; n++)
                if (q->claims.n == 0 || by != BY_CLASS ||
                    name_is_person(found.at[n].name))
                    names_put(q->ctx->a, &q->claims, found.at[n]);
            if (found.n > 0)
                last = c->node;
        }
    }
}

/* ---- the verdict --------------------------------------------------------------- */

/* A short text in an element of the class "source", in the head. */
static void ask_source_claims(struct inquiry *q)
{
    const struct page_meta *m = q->ctx->meta;
    uint32_t text_node = span_text_node(q->ctx, q->span);

    for (size_t i = 0; i < m->claims.n && q->claimed_source.n == 0; i++) {
        const struct claim *c = &m->claims.at[i];
        struct line_facts f;
        struct str text;

        if (c->kind != CLAIM_SOURCE || c->node > text_node ||
            !is_near_article(q, c->node))
            continue;
        text = claim_value(q->ctx, c);
        if (line_read(q->ctx, text, &f))
            text = f.source.n > 0 ? f.source : f.rest;
        if (is_outlet_name(text))
            q->claimed_source = text;
    }
}

static bool has_person(const struct names *n)
{
    for (size_t i = 0; i < n->n; i++)
        if (!n->at[i].is_org)
            return true;
    return false;
}

/* "Dr Jane Roe" is Jane Roe. */
static bool is_same_person(struct str a, struct str b)
{
    struct str more = a.n < b.n ? b : a, less = a.n < b.n ? a : b;
    size_t at = more.n - less.n;

    return name_same(a, b) || (at > 1 && more.p[at - 1] == ' ' &&
                               name_same(str_from(more, at), less));
}

static bool has_name(const struct names *all, struct str name)
{
    for (size_t i = 0; i < all->n; i++)
        if (is_same_person(all->at[i].name, name))
            return true;
    return false;
}

/* True if MORE has all persons of FEW and others, all with whole names. */
static bool names_more(const struct names *more, const struct names *few)
{
    size_t known = 0, persons = 0;

    for (size_t i = 0; i < few->n; i++) {
        persons += !few->at[i].is_org;
        known += !few->at[i].is_org && has_name(more, few->at[i].name);
    }
    for (size_t i = 0; i < more->n; i++)
        if (!name_is_person(more->at[i].name) || more->at[i].is_org)
            return false;
    return persons > 0 && known == persons && more->n > known;
}

static bool is_same_set(const struct names *a, const struct names *b)
{
    for (size_t i = 0; i < a->n; i++)
        if (!has_name(b, a->at[i].name))
            return false;
    return a->n == b->n;
}

/* Templates declare the first of several authors, or the one who has an account:
 * another declaration that names him with others is to be believed, and so is a
 * byline whose element says author. */
static const struct names *fullest(const struct inquiry *q,
                                   const struct names *from)
{
    if (names_more(&q->meta, from))
        return &q->meta;
    if (names_more(&q->jsonld, from))
        return &q->jsonld;
    for (int place = PLACE_HEAD; place <= PLACE_INNER; place++) {
        const struct names *byline = &q->at[place].authors;

        if (names_more(byline, from) && is_same_set(byline, &q->claims))
            return byline;
    }
    return from;
}

static void take_authors(struct inquiry *q, const struct names *from)
{
    struct draft *d = q->draft;
    bool persons = has_person(from);

    for (size_t i = 0; i < from->n; i++) {
        struct str name = from->at[i].name;

        if (persons && from->at[i].is_org)
            continue;
        name = fuller(fuller(name, &q->claims), &q->at[PLACE_HEAD].authors);
        *vec_add(q->ctx->a, &d->authors) =
            (struct person){.name = name, .url = from->at[i].url};
    }
}

static void disbelieve(struct inquiry *q, struct place_facts *at)
{
    note_add(&q->draft->notes, q->ctx->a, NOTE_BYLINE_DOUBTFUL, "%.*s",
             STR_ARG(at->authors.at[0].name));
    why_names(q->ctx, WHY_AUTHOR, &at->authors,
              "a byline of the template, contradicted: left out", 0);
    at->authors.n = 0;
}

/* The template's byline against the text's own, and any that names an editor
 * who is nobody against a biography of somebody else. */
static void doubt_template(struct inquiry *q)
{
    static const enum place places[] = {PLACE_HEAD, PLACE_INNER};
    struct place_facts *head = &q->at[PLACE_HEAD];
    const struct place_facts *inner = &q->at[PLACE_INNER];

    if (head->authors.n > 0 && inner->authors.n > 0 &&
        !name_same(head->authors.at[0].name, inner->authors.at[0].name))
        disbelieve(q, head);
    for (size_t i = 0; i < 2; i++) {
        struct place_facts *at = &q->at[places[i]];

        if (at->authors.n > 0 && at->is_admin && q->bio.n > 0 &&
            !str_has(q->bio, at->authors.at[0].name))
            disbelieve(q, at);
    }
}

struct ranked {
    const struct names *names;
    float sure;
    const char *from; /* for --why */
};

/* How many of the witnesses name the same persons as FROM. */
static size_t n_who_say(const struct ranked *list, size_t n,
                        const struct names *from)
{
    size_t same = 0;

    for (size_t i = 0; i < n; i++)
        same += has_person(list[i].names) && is_same_set(from, list[i].names);
    return same;
}

/* Whole names of persons, none of which is one of the KNOWN or holds one. */
static bool are_others(const struct names *names, const struct names *known)
{
    for (size_t i = 0; i < names->n; i++) {
        struct str name = names->at[i].name;

        if (names->at[i].is_org || !name_is_person(name) ||
            is_cjk(utf8_next(name, &(size_t){0})))
            return false;
        for (size_t k = 0; k < known->n; k++)
            if (str_has_nocase(name, known->at[k].name))
                return false;
    }
    return names->n > 0;
}

/* Whom the first witness that names a person names; but who stands alone loses
 * against others that agree, as the account under which a page was made does
 * against the byline and the element that says author. */
static const struct names *first_with_person(const struct ranked *list,
                                             size_t n)
{
    size_t first = 0;

    while (first < n && !has_person(list[first].names))
        first++;
    if (first == n)
        return NULL;
    if (n_who_say(list, n, list[first].names) > 1)
        return list[first].names;
    for (size_t i = first + 1; i < n; i++)
        if (are_others(list[i].names, list[first].names) &&
            n_who_say(list, n, list[i].names) > 1)
            return list[i].names;
    return list[first].names;
}

static void judge_authors(struct inquiry *q)
{
    const struct ranked chinese[] = {
        {&q->at[PLACE_INNER].authors, .92F, "a byline at the text"},
        {&q->at[PLACE_HEAD].authors, .92F, "a byline below the title"},
        {&q->jsonld, .85F, "JSON-LD"},
        {&q->dateline, .85F, "a dateline in the first paragraph"},
        {&q->at[PLACE_TAIL].authors, .85F, "a byline behind the text"},
        {&q->signoff, .7F, "a signature at the end of the text"},
        {&q->claims, .75F, "an element that says author"},
        {&q->meta, .6F, "a meta element"},
        {&q->beside_date, .6F, "a name beside the date"},
    };
    const struct ranked others[] = {
        {&q->jsonld, .93F, "JSON-LD"},
        {&q->meta, .9F, "a meta element"},
        {&q->at[PLACE_HEAD].authors, .85F, "a byline below the title"},
        {&q->claims, .8F, "an element that says author"},
        {&q->at[PLACE_INNER].authors, .8F, "a byline at the text"},
        {&q->beside_date, .75F, "a name beside the date"},
        {&q->dateline, .8F, "a dateline in the first paragraph"},
        {&q->at[PLACE_TAIL].authors, .7F, "a byline behind the text"},
        {&q->opening, .6F, "a name above the first sentence"},
        {&q->signoff, .6F, "a signature at the end of the text"},
    };
    bool is_chinese = q->ctx->meta->is_chinese;
    const struct ranked *list = is_chinese ? chinese : others;
    size_t n = is_chinese ? sizeof chinese / sizeof chinese[0]
                          : sizeof others / sizeof others[0];
    const struct names *persons;

    for (size_t i = 0; i < n; i++)
        why_names(q->ctx, WHY_AUTHOR, list[i].names, list[i].from,
                  (double)list[i].sure);
    why_because(q->ctx, WHY_AUTHOR,
                "the first of these that names a person; an organisation only "
                "if none does");
    for (size_t i = 0; i < 2 && is_chinese; i++)
        if (list[i].names->n > 0) {
            take_authors(q, fullest(q, list[i].names));
            return;
        }
    persons = is_chinese ? NULL : first_with_person(list, n);
    for (size_t i = 0; i < n && persons == NULL; i++)
        if (has_person(list[i].names))
            persons = list[i].names;
    if (persons != NULL) {
        take_authors(q, fullest(q, persons));
        return;
    }
    for (size_t i = 0; i < n; i++)
        if (list[i].names->n > 0) {
            take_authors(q, list[i].names);
            return;
        }
}

static bool is_among(const struct persons *all, struct str name)
{
    for (size_t i = 0; i < all->n; i++)
        if (name_same(all->at[i].name, name))
            return true;
    return false;
}

/* Whether a witness that names persons names the same as the draft. */
static void compare_names(const struct draft *d, const struct names *names,
                          bool *same, bool *other)
{
    size_t persons = 0, known = 0;

    for (size_t i = 0; i < names->n; i++) {
        bool is_known = is_among(&d->authors, names->at[i].name);

        persons += !names->at[i].is_org || is_known;
        known += is_known;
    }
    if (persons == 0)
        return;
    if (known == d->authors.n && persons == known)
        *same = true;
    else
        *other = true;
}

/* A name that only stands somewhere, and one that is hardly a whole one. */
static void hear_form(struct inquiry *q, struct evidences *e)
{
    const struct draft *d = q->draft;

    e->heard[AUTHOR_SEVERAL] = d->authors.n > 1;
    for (size_t i = 0; i < d->authors.n; i++) {
        struct str name = d->authors.at[i].name;

        if (str_find_char(name, ' ', 0) == STR_NOT_FOUND &&
            !is_cjk(utf8_next(name, &(size_t){0})))
            e->heard[AUTHOR_ONE_WORD] = true;
        if (name_is_org(name) || is_site_name(q, name))
            e->heard[AUTHOR_ORG] = true;
    }
}

/* True if short lines of the page show every author. */
static bool are_shown(struct inquiry *q)
{
    const struct blocks *b = &q->ctx->blocks;
    const struct persons *all = &q->draft->authors;
    size_t shown = 0;

    for (size_t i = 0; i < all->n; i++) {
        size_t k = 0;

        while (k < b->n && (b->at[k].chars > LINE_CHARS || b->at[k].is_hidden ||
                            b->at[k].role == ROLE_COMMENT ||
                            !str_has_nocase(b->at[k].text, all->at[i].name)))
            k++;
        shown += k < b->n;
    }
    return shown == all->n;
}

static float sure_of_authors(struct inquiry *q)
{
    struct evidences e = {0};
    bool *h = e.heard;
    bool bare = false, other = false;
    const struct draft *d = q->draft;

    if (d->authors.n == 0)
        return 0;
    /* Set by hand: the pages the weights are learnt from have none such. */
    if (q->is_account)
        return .4F;
    compare_names(d, &q->jsonld, &h[AUTHOR_LD_SAME], &h[AUTHOR_LD_OTHER]);
    compare_names(d, &q->meta, &h[AUTHOR_META_SAME], &h[AUTHOR_META_OTHER]);
    compare_names(d, &q->at[PLACE_HEAD].authors, &h[AUTHOR_HEAD_SAME],
                  &h[AUTHOR_HEAD_OTHER]);
    compare_names(d, &q->at[PLACE_INNER].authors, &h[AUTHOR_TEXT_SAME],
                  &h[AUTHOR_TEXT_OTHER]);
    compare_names(d, &q->at[PLACE_TAIL].authors, &h[AUTHOR_TEXT_SAME],
                  &h[AUTHOR_TEXT_OTHER]);
    compare_names(d, &q->dateline, &h[AUTHOR_TEXT_SAME], &h[AUTHOR_TEXT_OTHER]);
    compare_names(d, &q->claims, &h[AUTHOR_CLAIM_SAME], &h[AUTHOR_CLAIM_OTHER]);
    compare_names(d, &q->beside_date, &bare, &other);
    compare_names(d, &q->opening, &bare, &other);
    compare_names(d, &q->signoff, &bare, &other);
    h[AUTHOR_BARE] = bare && !h[AUTHOR_LD_SAME] && !h[AUTHOR_META_SAME] &&
                     !h[AUTHOR_HEAD_SAME] && !h[AUTHOR_TEXT_SAME] &&
                     !h[AUTHOR_CLAIM_SAME];
    h[AUTHOR_SHOWN] = are_shown(q);
    hear_form(q, &e);
    return sure_of_field(q->ctx, SURE_AUTHOR, &e);
}

static void judge_source(struct inquiry *q)
{
    static const enum place order[] = {PLACE_INNER, PLACE_HEAD, PLACE_TAIL};
    static const char *const from[] = {
        "a label at the text", "a label below the title", "a label behind it"};
    struct draft *d = q->draft;

    for (size_t i = 0; i < 3; i++) {
        why_value(q->ctx, WHY_SOURCE, q->at[order[i]].source, from[i], .9);
        why_value(q->ctx, WHY_SOURCE, q->at[order[i]].outlet,
                  "an outlet's name beside the date", .7);
    }
    why_value(q->ctx, WHY_SOURCE, q->claimed_source,
              "an element that says source", .7);
    why_because(q->ctx, WHY_SOURCE, "the first of these");

    for (size_t i = 0; i < 3; i++) {
        const struct place_facts *at = &q->at[order[i]];

        if (at->source.n > 0) {
            d->source = at->source;
            d->source_id = at->source_id;
            d->confidence.source = .9F;
            break;
        }
        if (order[i] == PLACE_HEAD && at->outlet.n > 0) {
            d->source = at->outlet;
            d->confidence.source = .7F;
            break;
        }
    }
    if (d->source.n == 0 && q->claimed_source.n > 0) {
        d->source = q->claimed_source;
        d->confidence.source = .7F;
    }
    for (size_t i = 0; i < 3 && d->editor.n == 0; i++)
        d->editor = q->at[order[i]].editor;
}

/* An account that publishes under its own name, named beside the date and by
 * nobody's: the author, when no other is named. */
static void account_as_author(struct inquiry *q)
{
    struct str account = q->at[PLACE_HEAD].outlet;

    if (q->draft->authors.n > 0 || account.n == 0 || name_is_org(account) ||
        is_site_name(q, account) || q->at[PLACE_HEAD].is_admin ||
        q->at[PLACE_TAIL].is_admin)
        return;
    *vec_add(q->ctx->a, &q->draft->authors) = (struct person){.name = account};
    q->is_account = true;
}

void byline_find(struct page_context *ctx, const struct article_span *span,
                 struct draft *draft)
{
    struct inquiry q = {.ctx = ctx,
                        .span = span,
                        .draft = draft,
                        .page_speaks =
                            ctx->tree != NULL && page_speaks_for(ctx, draft)};

    read_lines(&q);
    read_text_edges(&q);
    doubt_template(&q);
    if (q.page_speaks) {
        ask_jsonld(&q);
        ask_meta(&q);
        ask_twitter_labels(&q);
        ask_claims(&q);
        if (ctx->meta->is_chinese)
            ask_source_claims(&q);
    }
    judge_authors(&q);
    judge_source(&q);
    if (q.page_speaks)
        account_as_author(&q);
    draft->confidence.author = sure_of_authors(&q);
}
