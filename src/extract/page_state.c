/*
 * Bodies in JSON.  What the page shows goes first: only when the blocks taken
 * are few and less than half of what JSON-LD calls the articleBody, or next to
 * nothing, scripts are believed.
 *
 * A script of markup without gaps to be filled in is shown by another script: of
 * several such templates the one with the most prose is the body.
 *
 * The state of a framework holds the article among menus, teasers and settings.
 * The article is the object that has the page's title as one of its members;
 * of its other members the one with the most prose is the body: a string of
 * markup or text, or a tree of blocks whose prose strings are its paragraphs.
 * It stands in a script, or in an attribute of the element it is for.
 */
#include "extract/page_state.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "extract/fields.h"
#include "extract/page_meta.h"
#include "text/fold.h"
#include "text/json.h"

#define SHELL_BYTES  400 /* a page that is nothing without its scripts */
#define LITTLE_CHARS 200 /* shown: next to nothing */
/* Where more is shown, what only the script has is what the page keeps for a
 * click: the solutions of a quiz, other languages. */
#define FEW_CHARS     800
#define BODY_CHARS    250               /* a body in JSON has as many */
#define SCRIPTS_BYTES ((size_t)4 << 20) /* of all scripts that are parsed */
#define STACK_MAX     256
#define VALUES_MAX    200000
#define TITLE_BYTES   8
#define TITLED_MAX    50 /* objects of one script that are looked into */

/* ---- noscript ---- */

/* Bytes of text that readers see in the nodes [FROM, END). */
static size_t shown_bytes(const struct page_tree *t, uint32_t from,
                          uint32_t end)
{
    size_t bytes = 0;

    for (uint32_t i = from; i < end;) {
        const struct node *n = &t->nodes[i];

        if (n->tag == TAG_TEXT)
            bytes += str_trim(n->text).n;
        i = n->tag != TAG_TEXT && tag_is_silent(n->tag) ? n->end : i + 1;
    }
    return bytes;
}

void noscript_show(struct page_tree *t)
{
    uint32_t body = t->body;
    size_t shown, inside = 0;

    if (body == 0)
        return;
    shown = shown_bytes(t, body + 1, t->nodes[body].end);
    if (shown > SHELL_BYTES)
        return;
    for (uint32_t i = body + 1; i < t->nodes[body].end; i++)
        if (t->nodes[i].tag == TAG_NOSCRIPT)
            inside += shown_bytes(t, i + 1, t->nodes[i].end);
    if (inside < BODY_CHARS || inside < 2 * shown)
        return;
    for (uint32_t i = body + 1; i < t->nodes[body].end; i++)
        if (t->nodes[i].tag == TAG_NOSCRIPT) {
            t->nodes[i].tag = TAG_DIV;
            t->nodes[i].text = tag_name(TAG_DIV);
        }
}

/* ---- prose ---- */

/* Text that sentences are told in, as against names, addresses and settings. */
static bool is_prose(struct str s)
{
    static const struct str ends[] = {STR_INIT(". "), STR_INIT(".<"),
                                      STR_INIT("。"), STR_INIT("? "),
                                      STR_INIT("！"), STR_INIT("؟")};

    if (s.n < 40 || str_starts(s, STR("http")) || str_starts(s, STR("{")))
        return false;
    if (str_ends(s, STR(".")) || str_ends(s, STR("?")) ||
        str_ends(s, STR("\"")))
        return str_find_char(s, ' ', 0) != STR_NOT_FOUND;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (str_has(s, ends[i]))
            return true;
    return false;
}

static bool is_markup(struct str s)
{
    return str_has_nocase(s, STR("<p")) || str_has_nocase(s, STR("<br")) ||
           str_has_nocase(s, STR("</"));
}

/* ---- walking ---- */

struct walk {
    const struct json *stack[STACK_MAX];
    size_t n, seen;
};

/* The next value below the root that was pushed, in document order. */
static const struct json *next_value(struct walk *w)
{
    const struct json *v;

    if (w->n == 0 || w->seen++ > VALUES_MAX)
        return NULL;
    v = w->stack[--w->n];
    if (v->next != NULL && w->n < STACK_MAX)
        w->stack[w->n++] = v->next;
    if (v->first != NULL && w->n < STACK_MAX)
        w->stack[w->n++] = v->first;
    return v;
}

static void begin_at(struct walk *w, const struct json *root)
{
    *w = (struct walk){.n = 0};
    if (root != NULL)
        w->stack[w->n++] = root;
}

static size_t prose_below(const struct json *member)
{
    struct walk w;
    const struct json *v;
    size_t bytes = 0;

    if (member->type == JSON_STRING)
        return is_prose(member->string) ? member->string.n : 0;
    begin_at(&w, member->first);
    while ((v = next_value(&w)) != NULL)
        if (v->type == JSON_STRING && is_prose(v->string))
            bytes += v->string.n;
    return bytes;
}

/* ---- the article's object ---- */

/* True if a member of OBJECT is the page's title. */
static bool has_title(struct page_context *ctx, const struct json *object,
                      struct str page_title)
{
    for (const struct json *m = object->first; m != NULL; m = m->next) {
        struct str key;

        if (m->type != JSON_STRING || m->string.n < TITLE_BYTES ||
            m->string.n > 400)
            continue;
        key = fold_letters(ctx->a, m->string);
        if (key.n >= TITLE_BYTES && str_starts(page_title, key))
            return true;
    }
    return false;
}

/* The member with the most prose of the object that has the title; of several
 * such objects the one with the most. */
static void find_body(struct page_context *ctx, const struct json *root,
                      struct str page_title, const struct json **best,
                      size_t *most)
{
    struct walk w;
    const struct json *v;

    size_t titled = 0;

    begin_at(&w, root);
    while (titled < TITLED_MAX && (v = next_value(&w)) != NULL) {
        if (v->type != JSON_OBJECT || !has_title(ctx, v, page_title))
            continue;
        titled++;
        for (const struct json *m = v->first; m != NULL; m = m->next) {
            size_t bytes = prose_below(m);

            if (bytes > *most) {
                *most = bytes;
                *best = m;
            }
        }
    }
}

/* ---- putting it together ---- */

static void add_paragraph(struct buf *b, struct str s, bool as_html)
{
    if (b->n > 0)
        buf_add_str(b, STR("\n\n"));
    if (!as_html || is_markup(s)) {
        buf_add_str(b, s);
        return;
    }
    buf_add_str(b, STR("<p>"));
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '<')
            buf_add_str(b, STR("&lt;"));
        else
            buf_add_char(b, s.p[i]);
    buf_add_str(b, STR("</p>"));
}

/* Text of one string: each line is a paragraph, unless empty lines part them. */
static struct str with_paragraphs(struct arena *a, struct str s)
{
    struct str out, rest = s, line;
    struct buf b;

    if (str_has(s, STR("\n\n")) || str_find_char(s, '\n', 0) == STR_NOT_FOUND)
        return s;
    buf_init(&b, BUF_MAX);
    while (str_split(&rest, '\n', &line))
        if (str_trim_wide(line).n > 0)
            add_paragraph(&b, str_trim_wide(line), false);
    out = buf_keep(&b, a);
    buf_done(&b);
    return out;
}

static void take_string(struct page_context *ctx, struct str s,
                        struct draft_body *out)
{
    bool is_html;

    /* Markup that was escaped once more. */
    if (str_has(s, STR("&lt;")) && !is_markup(s))
        s = entity_resolve(ctx->a, s, false);
    is_html = is_markup(s);
    *out =
        (struct draft_body){.kind = is_html ? BODY_HTML : BODY_PLAIN,
                            .text = is_html ? s : with_paragraphs(ctx->a, s)};
}

/* The prose of a tree of blocks, a paragraph each. */
static void take_member(struct page_context *ctx, const struct json *member,
                        struct draft_body *out)
{
    const struct json *v;
    struct walk w;
    struct buf b;

    if (member->type == JSON_STRING) {
        take_string(ctx, member->string, out);
        return;
    }
    buf_init(&b, BUF_MAX);
    begin_at(&w, member->first);
    while ((v = next_value(&w)) != NULL)
        if (v->type == JSON_STRING && is_prose(v->string))
            add_paragraph(&b, v->string, true);
    *out = (struct draft_body){.kind = BODY_HTML, .text = buf_keep(&b, ctx->a)};
    buf_done(&b);
}

/* ---- templates ---- */

static bool is_template(struct str type)
{
    return str_eq_nocase(type, STR("text/template")) ||
           str_eq_nocase(type, STR("text/x-template")) ||
           str_eq_nocase(type, STR("text/html"));
}

static bool has_gaps(struct str s)
{
    return str_has(s, STR("{{")) || str_has(s, STR("<%")) ||
           str_has(s, STR("${"));
}

/* Bytes of paragraphs: of the text between two tags, what is prose. */
static size_t prose_in_markup(struct str s)
{
    struct str rest = s, piece;
    size_t bytes = 0;

    while (str_split(&rest, '<', &piece)) {
        size_t close = str_find_char(piece, '>', 0);

        if (close == STR_NOT_FOUND)
            continue;
        piece = str_trim(str_from(piece, close + 1));
        bytes += is_prose(piece) ? piece.n : 0;
    }
    return bytes;
}

static struct str find_template(const struct page_tree *t)
{
    struct str best = STR_NONE;
    size_t most = BODY_CHARS;

    for (uint32_t i = 1; i + 1 < t->n; i++) {
        struct str s = t->nodes[i + 1].text;
        size_t bytes;

        if (t->nodes[i].tag != TAG_SCRIPT || t->nodes[i + 1].tag != TAG_TEXT ||
            !is_template(node_attr(t, i, STR("type"))) || has_gaps(s))
            continue;
        bytes = prose_in_markup(s);
        if (bytes > most) {
            most = bytes;
            best = s;
        }
    }
    return best;
}

/* ---- state ---- */

/* The JSON in a script: all of it, or what a variable is set to. */
static struct str json_of(const struct page_tree *t, uint32_t script)
{
    struct str s = str_trim(t->nodes[script + 1].text);
    size_t open = str_find_char(s, '{', 0), close = str_find_last(s, '}');

    if (str_eq_nocase(node_attr(t, script, STR("type")),
                      STR("application/ld+json")))
        return STR_NONE;
    if (open == STR_NOT_FOUND || close == STR_NOT_FOUND || close < open ||
        open > 200)
        return STR_NONE;
    if (s.p[0] == '[')
        return s;
    return str_slice(s, open, close + 1);
}

/* What element I is to be filled with, as components keep it. */
static struct str props_of(const struct page_tree *t, uint32_t i)
{
    static const struct str names[] = {STR_INIT("data-react-props"),
                                       STR_INIT("data-props"),
                                       STR_INIT("data-page")};

    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
        struct str s = node_attr(t, i, names[k]);

        if (s.n > 0 && s.p[0] == '{')
            return s;
    }
    return STR_NONE;
}

static struct str state_of(const struct page_tree *t, uint32_t i)
{
    if (t->nodes[i].tag != TAG_SCRIPT)
        return node_is_element(&t->nodes[i]) ? props_of(t, i) : STR_NONE;
    return t->nodes[i + 1].tag == TAG_TEXT ? json_of(t, i) : STR_NONE;
}

static const struct json *find_state(struct page_context *ctx)
{
    const struct page_tree *t = ctx->tree;
    struct str title = head_title(ctx);
    const struct json *best = NULL;
    size_t bytes = 0, most = 0;

    if (title.n == 0)
        title = meta_get(ctx->meta, STR("og:title"));
    title = fold_letters(ctx->a, title);
    for (uint32_t i = 1; i + 1 < t->n; i++) {
        struct str s = state_of(t, i);
        struct json *root;
        struct error err;

        bytes += s.n;
        if (s.n < BODY_CHARS || bytes > SCRIPTS_BYTES)
            continue;
        root = json_parse(ctx->a, s, &err);
        if (root != NULL)
            find_body(ctx, root, title, &best, &most);
    }
    return most >= BODY_CHARS ? best : NULL;
}

/* ---- spam in it ---- */

/* The nodes of the blocks that are chaff. */
static void cut_chaff(const struct page_context *of, struct draft_body *out)
{
    const struct page_tree *t = of->tree;
    unsigned char *cut = arena_alloc(of->a, t->n + 1);
    uint32_t *root = arena_make(of->a, uint32_t);

    for (size_t i = 0; i < of->blocks.n; i++) {
        const struct block *b = &of->blocks.at[i];

        if (b->role == ROLE_CHAFF)
            for (uint32_t k = b->first; k < b->end; k++)
                cut[k] = 1;
    }
    *root = t->body != 0 ? t->body : 1;
    *out = (struct draft_body){
        .kind = BODY_NODES, .tree = t, .roots = root, .n_roots = 1, .cut = cut};
}

static void join_unmarked(const struct page_context *of, struct draft_body *out)
{
    struct buf text;

    buf_init(&text, BUF_MAX);
    for (size_t i = 0; i < of->blocks.n; i++)
        if (of->blocks.at[i].role != ROLE_CHAFF)
            add_paragraph(&text, of->blocks.at[i].text, false);
    *out =
        (struct draft_body){.kind = BODY_PLAIN, .text = buf_keep(&text, of->a)};
    buf_done(&text);
}

static bool has_chaff(const struct blocks *bs)
{
    for (size_t i = 0; i < bs->n; i++)
        if (bs->at[i].role == ROLE_CHAFF || bs->at[i].cut.n > 0)
            return true;
    return false;
}

/* What spam puts between paragraphs stands between those of a script too: the
 * body is read as a page of its own, all of it likely text. */
static void sweep(struct page_context *ctx, struct draft_body *body)
{
    struct page_context of = *ctx;

    of.lines = NULL;
    of.why = NULL;
    of.rules = NULL;
    of.tree = NULL;
    if (body->kind == BODY_HTML) {
        of.tree = html_parse(ctx->a, body->text, ctx->notes);
        blocks_of_tree(&of);
    } else {
        blocks_of_text(&of, body->text);
    }
    for (size_t i = 0; i < of.blocks.n; i++)
        of.blocks.at[i].body_odds = 1;
    repeats_mark(&of);
    of.is_flat = blocks_are_flat(&of);
    chaff_mark(&of);
    if (!has_chaff(&of.blocks))
        return;
    if (of.tree != NULL)
        cut_chaff(&of, body);
    else
        join_unmarked(&of, body);
}

/* ---- the choice ---- */

static bool take_from_scripts(struct page_context *ctx,
                              const struct article_span *span,
                              struct draft_body *out, float *sure)
{
    const struct ld_article *ld = meta_article(ctx->meta);
    const struct json *member;
    struct str template;
    uint64_t shown = 0;

    /* What a later page of an article has of its own is in its markup. */
    if (ctx->part > 0)
        return false;
    for (size_t i = span->first; i < span->end; i++)
        if (ctx->blocks.at[i].role == ROLE_BODY)
            shown += ctx->blocks.at[i].chars;
    if (ld != NULL && ld->is_article && ld->body.n > BODY_CHARS) {
        uint64_t declared = utf8_chars(ld->body);

        if (declared >= BODY_CHARS && declared > 2 * shown &&
            shown < FEW_CHARS) {
            take_string(ctx, ld->body, out);
            *sure = .8F;
            return true;
        }
    }
    if (shown > LITTLE_CHARS)
        return false;
    template = find_template(ctx->tree);
    member = template.n > 0 ? NULL : find_state(ctx);
    if (template.n == 0 && member == NULL)
        return false;
    *sure = .6F;
    if (member != NULL)
        take_member(ctx, member, out);
    else
        *out = (struct draft_body){.kind = BODY_HTML, .text = template};
    return true;
}

bool state_body(struct page_context *ctx, const struct article_span *span,
                struct draft_body *out, float *sure)
{
    if (!take_from_scripts(ctx, span, out, sure))
        return false;
    sweep(ctx, out);
    return true;
}
