/*
 * Dates that readers see: labelled or alone in a line of the head, in the title's
 * own line, at the edges of the text, in a byline behind it.
 */
#include "extract/page_finding.h"

#include "base/utf8.h"
#include "extract/page_title.h"

#define HEAD_BLOCKS       14 /* looked at between title and body */
#define ABOVE_BLOCKS      3  /* and above the title */
#define FAR_ABOVE_BLOCKS  8  /* where the day stands alone */
#define FIRST_BLOCKS      6  /* of the body */
#define TAIL_BLOCKS       12
#define PAGE_NUMBER_CHARS 3   /* of a newspaper */
#define LONG_LINE         120 /* characters: longer lines are prose */

/* "Joined | May 2, 2009": the block before announces something of a person. */
static bool is_of_person(struct finding *f, size_t i)
{
    struct line_facts facts;
    struct str line;

    if (i == 0)
        return false;
    line = line_with_next(f->ctx, i - 1);
    return line.p != f->ctx->blocks.at[i - 1].text.p &&
           line_read(f->ctx, line, &facts) && facts.is_bio;
}

#define NEAR_SECONDS (36 * 3600)

/* What the search is for is not the day of W. */
static bool is_too_far(const struct finding *f, struct when w)
{
    int64_t apart = w.unix_seconds - f->near.unix_seconds;

    return when_known(f->near) &&
           (apart > NEAR_SECONDS || apart < -NEAR_SECONDS);
}

static void ask_line(struct finding *f, size_t i, enum line_need need,
                     float sure)
{
    const struct block *b = &f->ctx->blocks.at[i];
    struct line_facts facts;
    struct str line = line_with_next(f->ctx, i);

    if (b->role == ROLE_COMMENT || b->chars > LONG_LINE ||
        !line_read(f->ctx, line, &facts) || !when_known(facts.date) ||
        (b->is_hidden && !facts.date_is_labelled) || facts.is_bio ||
        is_too_far(f, facts.date) || is_of_person(f, i))
        return;
    if (need == NEED_LABEL && !facts.date_is_labelled)
        return;
    if (need == NEED_ALONE && !facts.date_is_labelled &&
        !(facts.is_only_facts && (facts.rest.n == 0 || facts.authors.n > 0)))
        return;
    date_offer(f, facts.date, facts.date_is_update, sure);
}

void date_ask_lines(struct finding *f, size_t from, size_t end,
                    enum line_need need, float sure)
{
    for (size_t i = from; i < end && i < f->ctx->blocks.n; i++) {
        if (date_is_settled(f))
            return;
        ask_line(f, i, need, sure);
    }
}

void date_ask_head(struct finding *f, enum line_need need, float sure)
{
    size_t first = f->span->first, end = f->span->body_first;
    size_t title = f->span->title;
    size_t above;

    if (title == NO_BLOCK || title > end)
        title = end > first + HEAD_BLOCKS ? end - HEAD_BLOCKS : first;
    if (end > title + 2 * HEAD_BLOCKS) {
        date_ask_lines(f, title, title + HEAD_BLOCKS, need, sure);
        date_ask_lines(f, end - HEAD_BLOCKS, end, need, sure);
    }
    date_ask_lines(f, title, end, need, sure);
    above = title > first + ABOVE_BLOCKS ? title - ABOVE_BLOCKS : first;
    date_ask_lines(f, above, title, need, sure);
}

void date_ask_above(struct finding *f, float sure)
{
    size_t first = f->span->first, title = f->span->title;

    if (title == NO_BLOCK || title > f->span->body_first)
        return;
    for (size_t i = title; i > first && i + FAR_ABOVE_BLOCKS > title; i--)
        date_ask_lines(f, i - 1, i, NEED_ALONE, sure);
}

void date_ask_head_near(struct finding *f, struct when day, enum line_need need,
                        float sure)
{
    f->near = day;
    if (when_known(day))
        date_ask_head(f, need, sure);
    f->near = (struct when){.precision = WHEN_NONE};
}

void date_ask_title_line(struct finding *f, float sure)
{
    const struct blocks *b = &f->ctx->blocks;
    const struct block *title;
    struct when w;
    size_t at, n;

    if (f->span->title == NO_BLOCK || f->span->title >= b->n)
        return;
    title = &b->at[f->span->title];
    if (title->chars > LONG_LINE ||
        !when_find(title->text, &f->hints, &w, &at, &n))
        return;
    if (title_prefix_end(f->ctx, title->text) >= at + n)
        date_offer(f, w, false, sure);
}

/* What follows the date of a dateline: a dash, a bar, or the first sentence. */
static bool begins_sentence(struct str s)
{
    static const struct str marks[] = {
        STR_INIT(" - "), STR_INIT(" – "), STR_INIT(" — "), STR_INIT(": "),
        STR_INIT(" | "), STR_INIT(" „"),  STR_INIT(" “"),  STR_INIT(" «")};

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (str_starts(s, marks[i]))
            return true;
    return false;
}

/* "29.11.2022 – The first sentence": a text that begins with its date. */
static void ask_dateline(struct finding *f, float sure)
{
    const struct blocks *b = &f->ctx->blocks;
    size_t from = f->span->body_first;

    for (size_t i = from; i < from + 5 && i < f->span->body_end && i < b->n;
         i++) {
        struct str text = b->at[i].text;
        struct when w;
        size_t at, n;

        if (!when_find(utf8_clip(text, CLAIM_MAX), &f->hints, &w, &at, &n) ||
            at > 0)
            continue;
        text = str_from(text, n);
        if (begins_sentence(text))
            date_offer(f, w, false, sure);
    }
}

/* Where other articles and readers' comments stand no date is this one's. */
static bool is_foreign(const struct block *b)
{
    return b->role == ROLE_COMMENT || b->frame.frame == FRAME_COMMENTS ||
           b->frame.frame == FRAME_RELATED ||
           b->frame.frame == FRAME_NEIGHBOUR || b->is_hidden;
}

void date_ask_anywhere(struct finding *f, float sure)
{
    const struct blocks *b = &f->ctx->blocks;
    struct when published = {.precision = WHEN_NONE};

    for (size_t i = f->span->first; i < f->span->end && i < b->n; i++) {
        struct line_facts facts;

        if (is_foreign(&b->at[i]) || b->at[i].chars > LONG_LINE / 2 ||
            !line_read(f->ctx, line_with_next(f->ctx, i), &facts) ||
            !when_known(facts.date) || !facts.date_is_labelled)
            continue;
        if (facts.date_is_update) {
            date_offer(f, facts.date, true, sure);
            continue;
        }
        if (when_known(published) && !date_same_day(published, facts.date))
            return;
        published = facts.date;
    }
    if (when_known(published))
        date_offer(f, published, false, sure);
}

void date_ask_body_edges(struct finding *f, float sure)
{
    size_t end = f->span->body_end, from = f->span->body_first;
    size_t last =
        end + TAIL_BLOCKS < f->span->end ? end + TAIL_BLOCKS : f->span->end;

    date_ask_lines(f, from,
                   from + FIRST_BLOCKS < end ? from + FIRST_BLOCKS : end,
                   NEED_ALONE, sure);
    ask_dateline(f, sure);
    date_ask_lines(f, end > from + 4 ? end - 4 : from, last, NEED_LABEL, sure);
}

/* "2022年06月17日 第07版：副刊": the day of the paper that had the article on that
 * page.  Up to three characters of a number, in figures or numerals. */
static bool names_page_of_paper(struct str line)
{
    size_t from = str_find(line, STR("第"), 0);
    size_t end = from == STR_NOT_FOUND ? from : str_find(line, STR("版"), from);

    return end != STR_NOT_FOUND &&
           utf8_chars(str_slice(line, from, end)) <= 1 + PAGE_NUMBER_CHARS;
}

void date_ask_tail_byline(struct finding *f, float sure)
{
    const struct blocks *b = &f->ctx->blocks;
    size_t end = f->span->body_end;

    for (size_t i = end > 2 ? end - 2 : 0;
         i < f->span->end && i < end + TAIL_BLOCKS && i < b->n; i++) {
        struct line_facts facts;

        if (b->at[i].role != ROLE_COMMENT && b->at[i].chars <= LONG_LINE &&
            !b->at[i].is_hidden && b->at[i].frame.frame != FRAME_COMMENTS &&
            line_read(f->ctx, b->at[i].text, &facts) &&
            when_known(facts.date) &&
            ((facts.authors.n > 0 && facts.is_only_facts) ||
             names_page_of_paper(b->at[i].text))) {
            date_offer(f, facts.date, facts.date_is_update, sure);
            return;
        }
        if (b->at[i].frame.frame == FRAME_COMMENTS)
            return;
    }
}
