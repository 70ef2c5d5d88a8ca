/*
 * Evaluates rules.  A text of an item is made ready when a rule first asks for
 * it: folded and tidied twice, without and with its case, since short terms with
 * capitals are looked up as written.  A rule is a walk over its tree, whose depth
 * the parser has limited.  All branches of an OR are asked, so that `why`
 * can name every term that matched; a branch that fails takes its hits back.
 */
#include "judge/judge.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "judge/rule.h"
#include "text/lang.h"
#include "text/percent.h"
#include "text/regex.h"
#include "text/site.h"
#include "text/url.h"

/* Below this a value found in a page is doubtful. */
#define DOUBT 0.5f
/* What review: doubtful takes for spam where the topic names no threshold. */
#define SPAM_DOUBT 0.6

struct ready {
    struct str source;
    bool is_joined; /* several values: places in it mean nothing outside */
    struct match_text folded, cased;
};

/* What a rule has asked for. */
struct readied {
    bool has[FIELDS];
    struct ready of[FIELDS]; /* empty for FIELD_ANY, FIELD_SITE, FIELD_LANG */
    struct str host, lang;
};

struct judged {
    struct arena *a;
    const struct item *item;
    struct str source_name, source_url;
    struct readied *readied; /* filled as it is asked for: most items are judged
                                by a few of their texts, or by none */
};

/* ---- making ready -------------------------------------------------------- */

static void make_ready(struct arena *a, struct ready *r, struct str source)
{
    r->source = source;
    match_text_make(a, source, true, &r->folded);
    match_text_make(a, source, false, &r->cased);
}

/* Each value is a paragraph of its own. */
static void add_value(struct buf *b, struct str value)
{
    if (b->n > 0 && value.n > 0)
        buf_add_str(b, STR("\n\n"));
    buf_add_str(b, value);
}

static void make_joined(struct arena *a, struct ready *r, struct buf *b)
{
    make_ready(a, r, buf_keep(b, a));
    r->is_joined = true;
    buf_done(b);
}

static void ready_tags(struct arena *a, struct ready *r,
                       const struct strs *tags)
{
    struct buf b;

    buf_init(&b, BUF_MAX);
    for (size_t i = 0; i < tags->n; i++)
        add_value(&b, tags->at[i]);
    make_joined(a, r, &b);
}

static void ready_authors(struct arena *a, struct ready *r,
                          const struct persons *authors)
{
    struct buf b;

    buf_init(&b, BUF_MAX);
    for (size_t i = 0; i < authors->n; i++)
        add_value(&b, authors->at[i].name);
    make_joined(a, r, &b);
}

/* The address as a reader would say it: decoded where that gives text, with
 * the signs that stand for blanks or separate as blanks. */
static struct str spoken_url(struct arena *a, struct str url)
{
    struct buf b;
    struct str spoken = url;

    buf_init(&b, BUF_MAX);
    percent_decode(&b, url);
    for (size_t i = 0; i < b.n; i++)
        if (b.p[i] == '+' || b.p[i] == '#')
            b.p[i] = ' ';
    if (utf8_valid(buf_str(&b)))
        spoken = buf_keep(&b, a);
    buf_done(&b);
    return spoken;
}

static struct str host_of(struct arena *a, struct str url)
{
    struct url u;

    return url_parse(a, url, STR_NONE, &u) ? u.host : STR_NONE;
}

struct judged *judged_new(struct arena *a, const struct item *item,
                          struct str source_name, struct str source_url)
{
    struct judged *j = arena_make(a, struct judged);

    *j = (struct judged){.a = a,
                         .item = item,
                         .source_name = source_name,
                         .source_url = source_url,
                         .readied = arena_make(a, struct readied)};
    return j;
}

static struct str body_of(const struct item *item)
{
    return item->text.n > 0 ? item->text : item->summary;
}

static void ready_field(const struct judged *j, enum field field)
{
    const struct item *item = j->item;
    struct ready *r = &j->readied->of[field];

    switch (field) {
    case FIELD_TITLE:
        make_ready(j->a, r, item->title);
        break;
    case FIELD_BODY:
        make_ready(j->a, r, body_of(item));
        break;
    case FIELD_SOURCE:
        make_ready(j->a, r, j->source_name);
        break;
    case FIELD_URL:
        make_ready(j->a, r, spoken_url(j->a, item->url));
        break;
    case FIELD_TAG:
        ready_tags(j->a, r, &item->tags);
        break;
    case FIELD_AUTHOR:
        ready_authors(j->a, r, &item->authors);
        break;
    default:
        break;
    }
}

static const struct ready *field_of(const struct judged *j, enum field field)
{
    if (!j->readied->has[field])
        ready_field(j, field);
    j->readied->has[field] = true;
    return &j->readied->of[field];
}

static struct str site_of(const struct judged *j)
{
    struct readied *r = j->readied;

    if (!r->has[FIELD_SITE])
        r->host =
            host_of(j->a, j->item->url.n > 0 ? j->item->url : j->source_url);
    r->has[FIELD_SITE] = true;
    return r->host;
}

/* What the item says, else a guess. */
static struct str language_of(const struct judged *j)
{
    struct readied *r = j->readied;
    struct str body = body_of(j->item);

    if (!r->has[FIELD_LANG])
        r->lang = lang_tag(j->a, j->item->language);
    if (!r->has[FIELD_LANG] && r->lang.n == 0)
        r->lang = lang_guess(body.n > 0 ? body : j->item->title);
    r->has[FIELD_LANG] = true;
    return r->lang;
}

/* ---- terms --------------------------------------------------------------- */

struct evaluation {
    struct arena *a;
    const struct judged *j;
    VEC(struct term_hit) hits;
    bool wants_hits, regex_limit;
};

static void add_hit(struct evaluation *e, const struct term *term,
                    enum field field, size_t at, size_t n)
{
    if (e->wants_hits)
        *vec_add(e->a, &e->hits) =
            (struct term_hit){term->written, field_name(field), at, n};
}

/* Takes the next paragraph off *REST. */
static bool next_paragraph(struct str s, size_t *from, struct str *paragraph)
{
    size_t end, next;

    if (*from >= s.n)
        return false;
    for (end = *from;; end = next) {
        end = str_find_char(s, '\n', end);
        if (end == STR_NOT_FOUND) {
            end = next = s.n;
            break;
        }
        for (next = end + 1;
             next < s.n && s.p[next] != '\n' && is_space(s.p[next]);)
            next++;
        if (next < s.n && s.p[next] == '\n')
            break;
    }
    *paragraph = str_slice(s, *from, end);
    *from = next + 1;
    return true;
}

/* A regular expression that gives up on one paragraph is not asked again: it
 * counts as no match. */
static bool regex_finds(struct evaluation *e, const struct regex *regex,
                        struct str s, size_t *at, size_t *n)
{
    struct str paragraph;

    for (size_t from = 0; next_paragraph(s, &from, &paragraph);) {
        enum regex_result result = regex_match(regex, paragraph, at, n);

        if (result == REGEX_LIMIT) {
            e->regex_limit = true;
            return false;
        }
        if (result == REGEX_YES) {
            *at += (size_t)(paragraph.p - s.p);
            return true;
        }
    }
    return false;
}

static bool text_fits(struct evaluation *e, const struct term *term,
                      enum field field)
{
    const struct ready *r = field_of(e->j, field);
    size_t at = 0, n = 0;
    bool found;

    if (term->regex != NULL)
        found = regex_finds(e, term->regex, r->source, &at, &n);
    else
        found = match_text_find(term->match_case ? &r->cased : &r->folded,
                                &term->pattern, &at, &n);
    if (found)
        add_hit(e, term, field, r->is_joined ? 0 : at, r->is_joined ? 0 : n);
    return found;
}

/* RFC 4647, 3.3.1: a range is a prefix that ends where a subtag does. */
static bool is_in_range(struct str tag, struct str range)
{
    return str_starts_nocase(tag, range) &&
           (tag.n == range.n || tag.p[range.n] == '-');
}

/* zh-CN is in zh-Hans; and what is only known as zh-Hans is taken for zh-CN. */
static bool lang_fits(struct str tag, struct str range)
{
    struct str family = lang_family(tag);

    if (tag.n == 0 || range.n == 0)
        return false;
    if (is_in_range(tag, range) || is_in_range(family, range))
        return true;
    return str_eq_nocase(tag, family) && str_starts(family, STR("zh-")) &&
           str_find_char(range, '-', 0) != STR_NOT_FOUND &&
           str_eq(lang_family(range), family);
}

static bool name_fits(struct evaluation *e, const struct term *term)
{
    bool is_site = term->field == FIELD_SITE, found;
    struct str name = is_site ? site_of(e->j) : language_of(e->j);
    size_t at, n;

    if (term->regex != NULL)
        found = regex_finds(e, term->regex, name, &at, &n);
    else if (is_site && term->pattern.prefix)
        found = str_starts_nocase(name, term->value);
    else
        found = is_site ? site_is_within(name, term->value)
                        : lang_fits(name, term->value);
    if (found)
        add_hit(e, term, term->field, 0, 0);
    return found;
}

static bool term_fits(struct evaluation *e, const struct term *term)
{
    if (term->field == FIELD_SITE || term->field == FIELD_LANG)
        return name_fits(e, term);
    if (term->field != FIELD_ANY)
        return text_fits(e, term, term->field);
    return text_fits(e, term, FIELD_TITLE) || text_fits(e, term, FIELD_BODY) ||
           text_fits(e, term, FIELD_TAG);
}

/* ---- rules --------------------------------------------------------------- */

static bool holds(struct evaluation *e, const struct rule_node *node)
{
    size_t n_hits = e->hits.n;
    bool is;

    switch (node->kind) {
    case NODE_TERM:
        is = term_fits(e, &node->term);
        break;
    case NODE_AND:
        is = true;
        for (const struct rule_node *c = node->first; is && c != NULL;
             c = c->next)
            is = holds(e, c);
        break;
    default:
        is = false;
        for (const struct rule_node *c = node->first;
             c != NULL && (!is || e->wants_hits); c = c->next)
            is = holds(e, c) || is;
        break;
    }
    if (!is || node->negated)
        e->hits.n = n_hits;
    return is != node->negated;
}

bool rule_matches(const struct rule *r, const struct judged *j, struct arena *a,
                  struct verdict *hits)
{
    struct evaluation e = {.a = a, .j = j, .wants_hits = hits != NULL};
    bool is = holds(&e, r->root);

    if (hits != NULL) {
        hits->hits = e.hits.at;
        hits->n_hits = e.hits.n;
        hits->regex_limit = hits->regex_limit || e.regex_limit;
    }
    return is;
}

/* NODE is WANTED to hold and does not, or the other way round. */
static void add_missing(struct evaluation *e, const struct rule_node *node,
                        bool wanted, struct strs *out)
{
    if (node->negated)
        wanted = !wanted;
    if (node->kind == NODE_TERM) {
        *vec_add(e->a, out) =
            arena_printf(e->a, "%s %.*s%s%.*s", wanted ? "lacks" : "has",
                         STR_ARG(field_name(node->term.field)),
                         node->term.field == FIELD_ANY ? "" : ":",
                         STR_ARG(utf8_clip(node->term.written, 60)));
        return;
    }
    for (const struct rule_node *c = node->first; c != NULL; c = c->next)
        if (holds(e, c) != wanted)
            add_missing(e, c, wanted, out);
}

void rule_missing(const struct rule *r, const struct judged *j, struct arena *a,
                  struct strs *out)
{
    struct evaluation e = {.a = a, .j = j};

    if (!holds(&e, r->root))
        add_missing(&e, r->root, true, out);
}

/* ---- verdicts ------------------------------------------------------------ */

/* "kept: MiniMax in title, AI in body and 3 more" */
static struct str reason(struct arena *a, const char *what,
                         const struct verdict *v)
{
    struct buf b;
    struct str s;

    buf_init(&b, BUF_MAX);
    buf_printf(&b, "%s", what);
    for (size_t i = 0; i < v->n_hits && i < 3; i++)
        buf_printf(&b, "%s%.*s in %.*s", i == 0 ? ": " : ", ",
                   STR_ARG(utf8_clip(v->hits[i].term, 60)),
                   STR_ARG(v->hits[i].field));
    if (v->n_hits > 3)
        buf_printf(&b, " and %zu more", v->n_hits - 3);
    s = buf_keep(&b, a);
    buf_done(&b);
    return s;
}

/* The part of a page's item of which we are less sure than LEAST, or NULL. */
static const char *doubtful_part(const struct item *item, float least)
{
    const struct {
        const char *name;
        bool has_value;
        float confidence;
    } parts[] = {
        {"title", item->title.n > 0, item->confidence.title},
        {"body", item->text.n > 0, item->confidence.body},
        {"date", when_known(item->published), item->confidence.date},
    };

    /* What a feed says of itself is no guess, unless it says how sure it is. */
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (parts[i].has_value && parts[i].confidence < least &&
            (item->feed == NULL || parts[i].confidence > 0))
            return parts[i].name;
    return NULL;
}

static bool is_spam(struct arena *a, const struct topic *topic,
                    const struct item *item, struct verdict *out)
{
    double limit = topic->spam > 0                    ? (double)topic->spam
                   : topic->review == REVIEW_DOUBTFUL ? SPAM_DOUBT
                                                      : 0;
    struct spam spam;
    struct buf b;

    if (limit <= 0)
        return false;
    spam_score(a, item, &spam);
    if (spam.score < limit)
        return false;
    buf_init(&b, BUF_MAX);
    buf_printf(&b, "held: spam %.2f", spam.score);
    for (size_t i = 0; i < spam.reasons.n; i++)
        buf_printf(&b, "%s%.*s", i == 0 ? ": " : ", ",
                   STR_ARG(spam.reasons.at[i]));
    out->reason = buf_keep(&b, a);
    buf_done(&b);
    return true;
}

static bool is_held(struct arena *a, const struct topic *topic,
                    const struct item *item, struct verdict *out)
{
    float least = topic->min_confidence;
    const char *part;

    if (topic->review == REVIEW_ALL) {
        out->reason = STR("held: the topic reviews everything");
        return true;
    }
    if (topic->review == REVIEW_DOUBTFUL && least < DOUBT)
        least = DOUBT;
    part = doubtful_part(item, least);
    if (part != NULL)
        out->reason = arena_printf(a, "held: the %s is doubtful", part);
    return part != NULL || is_spam(a, topic, item, out);
}

/* What says no language is not kept out for it. */
static bool has_language(const struct topic *topic, const struct judged *j)
{
    struct str lang = topic->languages.n == 0 ? STR_NONE : language_of(j);
    bool is = lang.n == 0;

    for (size_t i = 0; i < topic->languages.n && !is; i++)
        is = lang_fits(lang, topic->languages.at[i]);
    return is;
}

void judge_item(struct arena *a, const struct topic *topic,
                const struct judged *j, struct verdict *out)
{
    struct verdict dropped = {0};

    *out = (struct verdict){.is = VERDICT_UNMATCHED};
    if (!has_language(topic, j)) {
        out->reason = arena_printf(a, "no match: its language is %.*s",
                                   STR_ARG(language_of(j)));
        return;
    }
    if (topic->keep != NULL && !rule_matches(topic->keep, j, a, out)) {
        out->reason = STR("no match: keep wants other terms");
        return;
    }
    out->reason = topic->keep == NULL ? STR("kept: the topic keeps everything")
                                      : reason(a, "kept", out);
    if (topic->drop != NULL && rule_matches(topic->drop, j, a, &dropped)) {
        dropped.regex_limit = dropped.regex_limit || out->regex_limit;
        *out = dropped;
        out->is = VERDICT_DROPPED;
        out->reason = reason(a, "dropped", out);
        return;
    }
    out->regex_limit = out->regex_limit || dropped.regex_limit;
    out->is = is_held(a, topic, j->item, out) ? VERDICT_HELD : VERDICT_IN;
}
