/*
 * Who wrote it: the verdict.  Several witnesses speak, each in its own place:
 *
 *   inner     a labelled line right above the first words of the text, often
 *             with the source beside it: the author's own byline, copied along
 *   head      a labelled line between title and text: the template's
 *   beside date   a name there without a label, in the line of the date, in the
 *             next one or in the elements of a card
 *   twice     a name there that its link's address or its picture has as well
 *   dateline  "（记者 甲乙丙）" in the first paragraph
 *   signoff   "(甲乙丙)", "Von Jane Roe" at the end of the text
 *   tail      a labelled line behind the text
 *   box       a name in a box about the author behind the text
 *   jsonld, meta, claims (elements that say author)
 *   owner     whose site it is; asked only when no other names a person
 *
 * page_byline_lines.c, page_byline_twice.c and page_byline_text.c hear what is
 * written for readers, page_byline_said.c and page_byline_claims.c what is
 * declared, page_byline_sure.c says how sure the verdict is.
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

#include "base/vec.h"
#include "base/utf8.h"
#include "extract/page_inquiry.h"
#include "extract/page_meta.h"
#include "extract/page_name_words.h"
#include "extract/page_title.h"
#include "extract/page_why.h"

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
 * byline of one line or one whose element says author. */
static const struct names *fullest(const struct inquiry *q,
                                   const struct names *from)
{
    if (names_more(&q->meta, from))
        return &q->meta;
    if (names_more(&q->jsonld, from))
        return &q->jsonld;
    if (q->ctx->meta->is_chinese && names_more(&q->beside_date, from))
        return &q->beside_date;
    for (int place = PLACE_HEAD; place <= PLACE_INNER; place++) {
        const struct names *byline = &q->at[place].authors;

        if (names_more(byline, from) &&
            (q->at[place].bylines == 1 || is_same_set(byline, &q->claims)))
            return byline;
    }
    return from;
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

/* The first name NAME and the family's, with which TEXT begins: "Jane Roe has
 * written about boats"; empty if it begins otherwise. */
static struct str begins_in_full(struct str text, struct str name)
{
    struct str rest = str_from(text, name.n), word;
    size_t end = 0;

    if (!str_starts(text, name) || text.n <= name.n || text.p[name.n] != ' ')
        return STR_NONE;
    while (end == 0 && str_word(&rest, &word)) {
        end = (size_t)(word.p - text.p) + word.n;
        if (name_word_is(word, WORD_PARTICLE))
            end = 0;
    }
    while (end > 0 && (text.p[end - 1] == ',' || text.p[end - 1] == ':'))
        end--;
    /* What goes on with a capital may be an outlet's name or a heading. */
    if (end == 0 || !name_is_person(str_slice(text, 0, end)) ||
        (str_word(&rest, &word) &&
         name_is_upper(utf8_next(word, &(size_t){0}))))
        return STR_NONE;
    return str_slice(text, 0, end);
}

/* "Jane" in full, as a line about her behind the text begins. */
static struct str full_name(const struct inquiry *q, struct str name)
{
    const struct blocks *b = &q->ctx->blocks;
    size_t from = q->span->body_end;

    if (str_find_char(name, ' ', 0) != STR_NOT_FOUND ||
        !name_is_upper(utf8_next(name, &(size_t){0})))
        return name;
    for (size_t i = from; i < b->n && i < from + TAIL_BLOCKS; i++) {
        struct str full = begins_in_full(b->at[i].text, name);

        if (full.n > 0 && b->at[i].role != ROLE_COMMENT && !b->at[i].is_hidden)
            return full;
    }
    return name;
}

static void take_authors(struct inquiry *q, const struct names *from)
{
    struct draft *d = q->draft;
    bool persons = names_have_person(from);

    for (size_t i = 0; i < from->n; i++) {
        struct str name = from->at[i].name;

        if (persons && from->at[i].is_org)
            continue;
        name = fuller(fuller(name, &q->claims), &q->at[PLACE_HEAD].authors);
        if (!from->at[i].is_org)
            name = full_name(q, name);
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

/* The box is an element that says author: no second witness. */
#define BOX_SURE   .6F
#define OWNER_SURE .5

struct ranked {
    const struct names *names;
    float sure;
    const char *from; /* for --why */
};

/* The organisations beside them are where the persons work. */
static bool are_same_persons(const struct names *a, const struct names *b)
{
    size_t persons = 0, others = 0;

    for (size_t i = 0; i < a->n; i++) {
        if (!a->at[i].is_org && !has_name(b, a->at[i].name))
            return false;
        persons += !a->at[i].is_org;
    }
    for (size_t i = 0; i < b->n; i++)
        others += !b->at[i].is_org;
    return persons == others;
}

/* How many of the witnesses name the same persons as FROM, or all of them and
 * others. */
static size_t n_who_say(const struct ranked *list, size_t n,
                        const struct names *from)
{
    size_t same = 0;

    for (size_t i = 0; i < n; i++)
        same += names_have_person(list[i].names) &&
                (are_same_persons(from, list[i].names) ||
                 names_more(list[i].names, from));
    return same;
}

/* Whole names of persons, none of which is one of the KNOWN or holds one. */
static bool are_others(const struct names *names, const struct names *known)
{
    for (size_t i = 0; i < names->n; i++) {
        struct str name = names->at[i].name;

        if (names->at[i].is_org)
            continue;
        if (!name_is_person(name))
            return false;
        for (size_t k = 0; k < known->n; k++)
            if (str_has_nocase(name, known->at[k].name))
                return false;
    }
    return names_have_person(names);
}

/* A short line of the page shows one of them. */
static bool is_any_shown(const struct inquiry *q, const struct names *names)
{
    const struct blocks *b = &q->ctx->blocks;

    for (size_t i = 0; i < b->n; i++)
        for (size_t k = 0; k < names->n && b->at[i].chars <= LINE_CHARS; k++)
            if (!b->at[i].is_hidden &&
                str_has_nocase(b->at[i].text, names->at[k].name))
                return true;
    return false;
}

static bool is_latin(struct str s)
{
    return utf8_next(s, &(size_t){0}) < 0x250;
}

/* A line with a label names them, in the script of those who are DECLARED: what
 * spam is signed with may be in another. */
static bool is_byline(const struct inquiry *q, const struct names *names,
                      const struct names *declared)
{
    return (names == &q->at[PLACE_HEAD].authors ||
            names == &q->at[PLACE_INNER].authors) &&
           is_latin(names->at[0].name) == is_latin(declared->at[0].name);
}

/* Whom the first witness that names a person names; but who stands alone loses
 * against others that agree, as the account under which a page was made does
 * against the byline and the element that says author.  So does who is
 * declared, but shown nowhere, against more; if declared once, against a byline. */
static const struct names *
first_with_person(const struct inquiry *q, const struct ranked *list, size_t n)
{
    size_t first = 0, agree;

    while (first < n && !names_have_person(list[first].names))
        first++;
    if (first == n)
        return NULL;
    agree = n_who_say(list, n, list[first].names);
    if (agree > 1 && is_any_shown(q, list[first].names))
        return list[first].names;
    for (size_t i = first + 1; i < n; i++) {
        if (are_others(list[i].names, list[first].names) &&
            (n_who_say(list, n, list[i].names) > agree ||
             (agree == 1 && is_byline(q, list[i].names, list[first].names) &&
              !is_any_shown(q, list[first].names))))
            return list[i].names;
    }
    return list[first].names;
}

/* Another than the site itself is named, if an organisation. */
static bool names_another(struct inquiry *q, const struct ranked *list,
                          size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < list[i].names->n; k++)
            if (!byline_is_site(q, list[i].names->at[k].name))
                return true;
    return false;
}

/* Articles with a publisher that is no person are not those of one person's blog: the
 * site may be called as somebody is all the same. */
static bool has_publisher(const struct inquiry *q)
{
    const struct page_meta *m = q->ctx->meta;

    for (size_t i = 0; i < m->articles.n; i++)
        if (m->articles.at[i].is_article && m->articles.at[i].publisher.n > 0 &&
            !m->articles.at[i].is_of_person)
            return true;
    return false;
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
        {&q->twice, .6F, "a name that its link or picture has as well"},
        {&q->box, BOX_SURE, "a box about the author behind the text"},
    };
    const struct ranked others[] = {
        {&q->jsonld, .93F, "JSON-LD"},
        {&q->meta, .9F, "a meta element"},
        {&q->at[PLACE_HEAD].authors, .85F, "a byline below the title"},
        {&q->claims, .8F, "an element that says author"},
        {&q->at[PLACE_INNER].authors, .8F, "a byline at the text"},
        {&q->beside_date, .75F, "a name beside the date"},
        {&q->twice, .7F, "a name that its link or picture has as well"},
        {&q->dateline, .8F, "a dateline in the first paragraph"},
        {&q->at[PLACE_TAIL].authors, .7F, "a byline behind the text"},
        {&q->opening, .6F, "a name above the first sentence"},
        {&q->signoff, .6F, "a signature at the end of the text"},
        {&q->box, BOX_SURE, "a box about the author behind the text"},
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
    persons = is_chinese ? NULL : first_with_person(q, list, n - 1);
    for (size_t i = 0; i < n && persons == NULL; i++)
        if (names_have_person(list[i].names))
            persons = list[i].names;
    if (persons != NULL) {
        take_authors(q, fullest(q, persons));
        return;
    }
    if (!is_chinese && q->page_speaks && !has_publisher(q) &&
        !names_another(q, list, n))
        byline_ask_owner(q);
    why_names(q->ctx, WHY_AUTHOR, &q->owner, "whose site it is", OWNER_SURE);
    if (q->owner.n > 0) {
        take_authors(q, &q->owner);
        return;
    }
    for (size_t i = 0; i < n; i++)
        if (list[i].names->n > 0) {
            take_authors(q, list[i].names);
            return;
        }
}

static void judge_source(struct inquiry *q)
{
    static const enum place order[] = {PLACE_INNER, PLACE_HEAD, PLACE_TAIL};
    struct draft *d = q->draft;
    const struct place_facts *inner = &q->at[PLACE_INNER],
                             *head = &q->at[PLACE_HEAD],
                             *tail = &q->at[PLACE_TAIL];
    const struct {
        struct str name, id;
        float sure;
        const char *from; /* for --why */
    } said[] = {
        {inner->source, inner->source_id, .9F, "a label at the text"},
        {head->source, head->source_id, .9F, "a label below the title"},
        {q->claimed_source, STR_NONE, .7F, "an element that says source"},
        {head->outlet, STR_NONE, .7F, "an outlet's name beside the date"},
        {tail->source, tail->source_id, .9F, "a label behind the text"},
    };

    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        why_value(q->ctx, WHY_SOURCE, said[i].name, said[i].from,
                  (double)said[i].sure);
        if (d->source.n > 0 || said[i].name.n == 0)
            continue;
        d->source = said[i].name;
        d->source_id = said[i].id;
        d->confidence.source = said[i].sure;
    }
    why_because(q->ctx, WHY_SOURCE, "the first of these");
    for (size_t i = 0; i < 3 && d->editor.n == 0; i++)
        d->editor = q->at[order[i]].editor;
}

/* An account that publishes under its own name, named beside the date and by
 * nobody's: the author, when no other is named. */
static void account_as_author(struct inquiry *q)
{
    struct str account =
        q->account.n > 0 ? q->account : q->at[PLACE_HEAD].outlet;

    if (q->draft->authors.n > 0 || account.n == 0 || name_is_org(account) ||
        byline_is_site(q, account) || q->at[PLACE_HEAD].is_admin ||
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

    byline_ask_lines(&q);
    byline_ask_text(&q);
    doubt_template(&q);
    if (q.page_speaks)
        byline_ask_declared(&q);
    judge_authors(&q);
    judge_source(&q);
    if (q.page_speaks)
        account_as_author(&q);
    draft->confidence.author = byline_sure(&q);
}
