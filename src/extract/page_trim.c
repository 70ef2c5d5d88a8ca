/*
 * Head and tail of an article, line by line.
 *
 * An article has three parts.  The head holds its title and bylines, and
 * whatever the site put there: it ends behind the last line of facts, title or
 * chaff that comes before a tenth of the prose.  A sentence in the head belongs
 * to the article (a lead) only when the article knows its words.  The tail
 * begins at the first line of facts, frame label or reader's comment behind
 * which little prose is left.  In between, lines of facts, chaff and repeats
 * are left out one by one.
 */
#include "extract/page_trim.h"

#include "base/arena.h"
#include "extract/fields.h"
#include "extract/page_title_clean.h"
#include "extract/page_words.h"
#include "text/fold.h"

#define NOTICE_WEIGHT 300 /* letters of one, at most */

static uint32_t prose_weight(const struct block *b)
{
    if (b->role == ROLE_CHAFF || b->role == ROLE_COMMENT || b->is_hidden ||
        b->is_repeat)
        return 0;
    return block_is_prose(b) || b->shape.end != END_OPEN
               ? shape_weight(&b->shape)
               : 0;
}

static uint64_t prose_between(const struct blocks *bs, size_t from, size_t to)
{
    uint64_t sum = 0;

    for (size_t i = from; i < to; i++)
        sum += prose_weight(&bs->at[i]);
    return sum;
}

/*
 * What looks like an edge counts for less than what the model says of markup.
 * With trees that had not seen the site 53 blocks of six sets lay beyond an edge
 * although their odds were .7 and more: 50 were body.  Scraps of few letters
 * (addresses, counts) are never sure.
 */
#define SURE 0.7F

static bool is_sure(const struct page_context *ctx, const struct block *b)
{
    return ctx->tree != NULL && !b->is_repeat && b->body_odds >= SURE &&
           b->shape.letters * 2 >= b->shape.chars;
}

/* A line of facts and nothing else: byline, date line, credits, tags.  A sentence
 * that is surely body may read like one ("Ada Brink declined to comment."). */
static bool is_facts(struct page_context *ctx, const struct block *b)
{
    struct line_facts facts = {0};

    if (shape_weight(&b->shape) > 300 ||
        (b->shape.end == END_SENTENCE && is_sure(ctx, b)))
        return false;
    return line_read(ctx, b->text, &facts) &&
           (facts.is_only_facts || facts.tags.n > 0);
}

/* Frame lines of a kind that no article goes on behind. */
static bool ends_article(const struct block *b)
{
    uint32_t weight = shape_weight(&b->shape);

    switch (b->frame.frame) {
    case FRAME_NONE:
    case FRAME_CAPTION:
    case FRAME_ADVERT:
    case FRAME_CRUMB:
    case FRAME_COUNT:
        return false;
    case FRAME_BIO:
    case FRAME_FOLLOW:
    case FRAME_RIGHTS:
    case FRAME_SELF:
        return b->frame.is_whole || b->frame.has_colon || weight <= 120;
    default:
        return b->frame.is_whole || (b->frame.has_colon && weight <= 160);
    }
}

/* A short paragraph of the site's own (notice.def), told in sentences. */
static bool is_notice(struct page_context *ctx, const struct block *b)
{
    static const struct str phrases[] = {
#define NOTICE(phrase) STR_INIT(phrase),
#include "extract/notice.def"
#undef NOTICE
    };
    struct str letters;

    if (shape_weight(&b->shape) > NOTICE_WEIGHT)
        return false;
    letters = fold_letters(ctx->scratch, b->text);
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++)
        if (str_has(letters, phrases[i]))
            return true;
    return false;
}

enum line_kind line_kind_of(struct page_context *ctx, const struct block *b)
{
    if (b->role == ROLE_CHAFF && ctx->tree != NULL && b->body_odds < 0.5f)
        return LINE_OUT;
    if (b->role == ROLE_CHAFF || b->is_hidden)
        return LINE_CHAFF;
    if (ends_article(b))
        return LINE_FRAME;
    if (is_facts(ctx, b))
        return LINE_FACTS;
    if ((b->role == ROLE_COMMENT && ctx->tree == NULL) ||
        (is_comment_head(ctx, b) && !is_sure(ctx, b)))
        return LINE_COMMENT;
    return LINE_TEXT;
}

/* Where the body may begin: behind the last line of the head that is no text,
 * as long as less than a tenth of the prose, or one paragraph, lies before. */
static size_t find_head_end(const struct blocks *bs,
                            const struct article_span *span,
                            const enum line_kind *kinds, uint64_t total)
{
    size_t end = span->title != NO_BLOCK ? span->title + 1 : span->first;
    uint64_t before = 0;
    size_t texts = 0;

    for (size_t i = end; i < span->end; i++) {
        const struct block *b = &bs->at[i];

        if (kinds[i - span->first] == LINE_OUT)
            continue;
        if (kinds[i - span->first] != LINE_TEXT) {
            end = i + 1;
            continue;
        }
        before += prose_weight(b);
        texts += prose_weight(b) > 0;
        if (before * 10 > total && texts > 1)
            break;
    }
    return end;
}

/* The tail begins at the first line that is no text of the article and behind
 * which less than a third of the prose is left. */
static size_t find_tail(const struct blocks *bs,
                        const struct article_span *span, size_t from,
                        const enum line_kind *kinds)
{
    uint64_t total = prose_between(bs, from, span->end), before = 0;

    for (size_t i = from; i < span->end; i++) {
        enum line_kind kind = kinds[i - span->first];

        if (kind != LINE_TEXT && kind != LINE_CHAFF && kind != LINE_OUT &&
            before > 0 && before * 3 >= total * 2)
            return i;
        before += prose_weight(&bs->at[i]);
    }
    return span->end;
}

/* A teaser, or what the head of the page says it is about, cut at some length. */
static bool breaks_off(const struct block *b)
{
    return str_ends(b->text, STR("...")) || str_ends(b->text, STR("…"));
}

/* A lead above the byline belongs to the article when the article speaks of
 * the same things; what breaks off does not. */
static bool is_lead(const struct block *b, const struct words *body)
{
    uint32_t n;

    return block_is_prose(b) && !breaks_off(b) &&
           words_known(body, b->terms, 1, &n) >= 0.5;
}

/* A short sentence is no prose yet, and no title any more: titles may ask and
 * exclaim, but they do not stop. */
static bool is_told(const struct block *b)
{
    if (block_is_prose(b))
        return b->shape.end != END_OPEN;
    return b->heading == 0 && shape_weight(&b->shape) >= 30 &&
           str_ends(b->text, STR("。"));
}

/* The lines a title is looked for in: those before the first that is told in
 * sentences. */
static size_t find_first_sentence(const struct blocks *bs,
                                  const struct article_span *span)
{
    size_t i = span->first;

    while (i < span->end && i < span->first + 40 && !is_told(&bs->at[i]))
        i++;
    return i;
}

/* Among lines of spam a title is foreign too, as long as it is not in brackets:
 * what the body knows of it decides. */
static bool may_be_title(const struct block *b, enum line_kind kind)
{
    return (kind == LINE_TEXT || kind == LINE_COMMENT ||
            (kind == LINE_CHAFF && !b->is_hidden && b->shape.groups == 0)) &&
           shape_is_title(&b->shape);
}

/* The line of the head whose words the body knows best is the title; of equals
 * the first, for a title comes before its standfirst. */
static size_t find_title(const struct blocks *bs, size_t first, size_t end,
                         const enum line_kind *kinds, const struct words *body)
{
    size_t best = NO_BLOCK;
    double most = 0;

    for (size_t i = first; i < end; i++) {
        const struct block *b = &bs->at[i];
        uint32_t n;
        double score;

        if (!may_be_title(b, kinds[i - first]))
            continue;
        score = words_known(body, b->terms, 1, &n);
        score *= n < 12 ? n : 12;
        if (b->heading == 1)
            score += 6;
        if (score > most) {
            most = score;
            best = i;
        }
    }
    return best;
}

static void take_beyond(struct article_span *span, size_t i)
{
    if (i < span->body_first)
        span->body_first = i;
    if (i >= span->body_end)
        span->body_end = i + 1;
}

static void set_roles(struct page_context *ctx, struct article_span *span,
                      const enum line_kind *kinds, size_t head_end, size_t tail,
                      bool wants_title)
{
    static const uint8_t roles[] = {
        [LINE_TEXT] = ROLE_BODY,   [LINE_FACTS] = ROLE_BYLINE,
        [LINE_FRAME] = ROLE_CHAFF, [LINE_COMMENT] = ROLE_COMMENT,
        [LINE_CHAFF] = ROLE_CHAFF, [LINE_OUT] = ROLE_UNKNOWN};
    struct blocks *bs = &ctx->blocks;
    size_t told = find_first_sentence(bs, span), comments = 0;
    struct words body;

    words_init(&body, ctx->scratch, WORDS_ALL);
    for (size_t i = told > head_end ? told : head_end; i < tail; i++)
        if (kinds[i - span->first] == LINE_TEXT)
            words_add(&body, bs->at[i].terms);
    if (span->title == NO_BLOCK && wants_title)
        span->title = find_title(
            bs, span->first, told > head_end && told < tail ? told : head_end,
            kinds, &body);
    if (span->title != NO_BLOCK && span->title >= head_end)
        head_end = span->title + 1;
    span->body_first = head_end;
    span->body_end = tail;
    for (size_t i = span->first; i < span->end; i++) {
        struct block *b = &bs->at[i];
        enum line_kind kind = kinds[i - span->first];

        b->role = roles[kind];
        if (i == span->title) {
            b->role = ROLE_TITLE;
        } else if (kind == LINE_TEXT && is_sure(ctx, b) &&
                   (i >= head_end || !breaks_off(b))) {
            take_beyond(span, i);
        } else if (i < head_end && kind == LINE_TEXT) {
            b->role = ROLE_UNKNOWN;
            if (is_lead(b, &body) && span->title != NO_BLOCK &&
                i > span->title) {
                b->role = ROLE_BODY;
                take_beyond(span, i);
            }
        } else if (i >= tail && kind == LINE_TEXT) {
            b->role = b->is_repeat ? ROLE_COMMENT : ROLE_UNKNOWN;
        }
        comments += b->role == ROLE_COMMENT;
    }
    if (comments > 0)
        note_add(ctx->notes, ctx->a, NOTE_COMMENTS_CUT, "%zu blocks", comments);
}

/* Lines at the end of the body that end in no mark and hold dividers are
 * credits nobody could read. */
static bool is_credit(const struct text_shape *s)
{
    return s->end == END_OPEN && s->sentences == 0 && s->dividers > 0 &&
           shape_weight(s) <= 160;
}

static size_t drop_notices(struct page_context *ctx, size_t from, size_t tail,
                           bool credits)
{
    const struct block *at = ctx->blocks.at;

    while (tail > from + 1 && ((credits && is_credit(&at[tail - 1].shape)) ||
                               is_notice(ctx, &at[tail - 1])))
        tail--;
    return tail;
}

/* Lines that look like comments' heads are so in the tail only. */
static void clear_comments(enum line_kind *kinds, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (kinds[i] == LINE_COMMENT)
            kinds[i] = LINE_TEXT;
}

static void trim(struct page_context *ctx, struct article_span *span,
                 bool wants_title)
{
    struct blocks *bs = &ctx->blocks;
    size_t n = span->end - span->first, head_end, tail;
    enum line_kind *kinds = arena_array(ctx->scratch, n + 1, sizeof *kinds);

    for (size_t i = 0; i < n; i++)
        kinds[i] = line_kind_of(ctx, &bs->at[span->first + i]);
    head_end = find_head_end(bs, span, kinds,
                             prose_between(bs, span->first, span->end));
    tail = find_tail(bs, span, head_end, kinds);
    tail = drop_notices(ctx, head_end, tail, tail < span->end);
    clear_comments(kinds, head_end - span->first, tail - span->first);
    set_roles(ctx, span, kinds, head_end, tail, wants_title);
}

void span_trim(struct page_context *ctx, struct article_span *span)
{
    struct arena_mark mark = arena_mark(ctx->scratch);

    trim(ctx, span, true);
    arena_release(ctx->scratch, mark);
}

/* ---- pages of markup ---- */

/* A line that says facts of the article, whatever else stands in it, and tells
 * nothing: byline, date line, credits, keywords. */
static bool says_facts(struct page_context *ctx, const struct block *b)
{
    struct line_facts facts = {0};

    return !block_is_prose(b) && b->shape.sentences <= 1 &&
           shape_weight(&b->shape) <= 300 && line_read(ctx, b->text, &facts);
}

/* The page's title above its text; a second heading that says only a piece of it
 * may be the text's own. */
static bool says_title(struct page_context *ctx, const struct block *b)
{
    struct str title = head_title(ctx);

    if (b->heading == 1)
        return true;
    if (b->chars < 6)
        return false;
    if (b->heading == 2 && title_has_part(ctx, b->text))
        return true;
    return b->text.n * 2 >= title.n &&
           (b->heading == 2 ? str_starts(title, b->text)
                            : str_has(title, b->text));
}

/* A sentence or an item of a list that is surely body and tells a day or a name
 * beside other things ("... was signed into law on August 14, 1935"). */
static bool is_sure_telling(struct page_context *ctx, const struct block *b)
{
    struct line_facts facts = {0};

    return (b->shape.end == END_SENTENCE || b->tag == TAG_LI) &&
           is_sure(ctx, b) && line_read(ctx, b->text, &facts) &&
           !facts.is_only_facts && facts.authors.n + facts.editor.n == 0;
}

static void drop_edge_line(struct page_context *ctx, struct article_span *span,
                           size_t i, bool is_head)
{
    struct block *b = &ctx->blocks.at[i];

    if (is_head && says_title(ctx, b)) {
        b->role = ROLE_TITLE;
        if (span->title == NO_BLOCK)
            span->title = i;
    } else if (says_facts(ctx, b) && !is_sure_telling(ctx, b)) {
        b->role = ROLE_BYLINE;
    } else if (ends_article(b) || is_notice(ctx, b)) {
        b->role = ROLE_CHAFF;
    }
}

/* The last block of prose from FIRST on that is no notice; FIRST at least. */
static size_t last_prose(struct page_context *ctx,
                         const struct article_span *span, size_t first)
{
    size_t last = first;

    for (size_t i = span->end; i > first + 1;) {
        struct block *b = &ctx->blocks.at[--i];

        if (b->role != ROLE_BODY || !block_is_prose(b))
            continue;
        last = i;
        if (!is_notice(ctx, b))
            break;
        b->role = ROLE_CHAFF;
        last = first;
    }
    return last;
}

/* In brackets, strung together, or selling: no site's own chaff, as its consent,
 * galleries and labels are. */
static bool is_spam(const struct block *b)
{
    return b->role == ROLE_CHAFF && !b->is_hidden &&
           b->frame.frame == FRAME_NONE &&
           (b->is_offer || shape_is_bracketed(&b->shape) ||
            shape_is_salad(&b->shape));
}

/*
 * Block FIRST, with spam and then a byline between itself and the next prose: who
 * put the spam above the copied article put this there too, unless the article
 * speaks of the same things.
 */
static bool is_above_spam(struct page_context *ctx,
                          const struct article_span *span, size_t first)
{
    struct block *at = ctx->blocks.at;
    size_t next = first + 1;
    bool spam = false, byline = false;
    struct words body;

    for (; next < span->end &&
           !(at[next].role == ROLE_BODY && block_is_prose(&at[next]));
         next++) {
        spam = spam || is_spam(&at[next]);
        byline = byline || (spam && says_facts(ctx, &at[next]));
    }
    if (!byline || next == span->end)
        return false;
    words_init(&body, ctx->scratch, WORDS_ALL);
    for (size_t i = next; i < span->end; i++)
        if (at[i].role == ROLE_BODY)
            words_add(&body, at[i].terms);
    return body.total > 200 && !is_lead(&at[first], &body);
}

/* The first taken block of prose from FROM on, or the span's end. */
static size_t next_prose(const struct page_context *ctx,
                         const struct article_span *span, size_t from)
{
    while (from < span->end && (ctx->blocks.at[from].role != ROLE_BODY ||
                                !block_is_prose(&ctx->blocks.at[from])))
        from++;
    return from;
}

/* The first taken block of prose that is no notice, or the span's end. */
static size_t first_prose(struct page_context *ctx,
                          const struct article_span *span)
{
    size_t first = next_prose(ctx, span, span->first);

    while (first < span->end && is_notice(ctx, &ctx->blocks.at[first])) {
        size_t next = next_prose(ctx, span, first + 1);

        if (next == span->end)
            break;
        ctx->blocks.at[first].role = ROLE_CHAFF;
        first = next;
    }
    return first;
}

/* True if a heading stands before block END: the title is not in the row. */
static bool has_heading(struct page_context *ctx,
                        const struct article_span *span, size_t end)
{
    for (size_t i = span->first; i < end; i++)
        if (ctx->blocks.at[i].heading > 0 ||
            says_title(ctx, &ctx->blocks.at[i]))
            return true;
    return false;
}

/*
 * A row of paragraphs is a plain text in markup: its lines are judged as such,
 * those that are not likely body left out, unless there is too little prose to
 * judge by.
 */
static void flat_trim(struct page_context *ctx, struct article_span *span)
{
    struct block *at = ctx->blocks.at;
    struct article_span row = *span;
    uint64_t all = 0, prose = 0;

    while (row.first < row.end && at[row.first].role != ROLE_BODY &&
           row.first != span->title)
        row.first++;
    while (row.end > row.first && at[row.end - 1].role != ROLE_BODY)
        row.end--;
    for (size_t i = row.first; i < row.end; i++) {
        if (at[i].role != ROLE_BODY)
            continue;
        all += shape_weight(&at[i].shape);
        prose += block_is_prose(&at[i]) ? shape_weight(&at[i].shape) : 0;
    }
    if (prose == 0 || prose * 2 < all)
        return;
    for (size_t i = row.first; i < row.end; i++)
        if (at[i].role != ROLE_BODY && i != span->title)
            at[i].role = ROLE_CHAFF;
    trim(ctx, &row,
         span->title == NO_BLOCK && !has_heading(ctx, span, row.first));
    span->title = row.title;
}

/* A heading behind which no text is taken heads what is not the article's: a box
 * below it, or it is the title of another, a link.  Several in a row that link
 * nowhere name the pictures of a gallery. */
static void drop_last_headings(struct page_context *ctx,
                               const struct article_span *span, size_t last)
{
    struct block *at = ctx->blocks.at;
    size_t row[2], n = 0;

    for (size_t i = span->end; i > last + 1; i--) {
        struct block *b = &at[i - 1];

        if (b->role != ROLE_BODY)
            continue;
        if (b->heading == 0)
            break;
        if (b->link_chars * 2 > b->chars)
            b->role = ROLE_CHAFF;
        else if (n < 2)
            row[n++] = i - 1;
    }
    if (n == 1)
        at[row[0]].role = ROLE_CHAFF;
}

void edges_trim(struct page_context *ctx, struct article_span *span)
{
    struct block *at = ctx->blocks.at;
    size_t first = first_prose(ctx, span), last;

    if (first < span->end && is_above_spam(ctx, span, first)) {
        at[first].role = ROLE_UNKNOWN;
        first = next_prose(ctx, span, first);
    }
    if (first == span->end)
        return;
    last = last_prose(ctx, span, first);
    for (size_t i = span->first; i < span->end; i++)
        if (at[i].role == ROLE_BODY && (i < first || i > last))
            drop_edge_line(ctx, span, i, i < first);
    drop_last_headings(ctx, span, last);
    if (ctx->is_flat)
        flat_trim(ctx, span);
}
