#ifndef EXTRACT_PAGE_FINDING_H
#define EXTRACT_PAGE_FINDING_H
/*
 * The search for an article's date: what is asked and what was found.  page_date.c
 * has the order, page_date_said.c and page_date_lines.c ask, page_date_compare.c
 * sets what is declared against what is shown.
 */
#include "extract/fields.h"
#include "extract/page_meta.h"

#define CLAIM_MAX 80 /* bytes of a date's element */

enum found_place { FOUND_DECLARED, FOUND_CLAIMED, FOUND_HEAD, FOUND_FAR };

struct finding {
    struct page_context *ctx;
    const struct article_span *span;
    struct when_hints hints;
    struct when published, updated;
    /* If known, only lines of that day or the next to it count. */
    struct when near;
    enum found_place place, found; /* asked now; that of published */
    const char *from; /* who is asked, for --why; NULL: not to be told */
};

/* What a line must be to be believed. */
enum line_need {
    NEED_DATE,  /* any short line with a date */
    NEED_ALONE, /* nothing else in it, or an author's name */
    NEED_LABEL
};

/* ---- page_date_value.c ---- */

/* Reads S as a date, or as seconds since 1970. */
bool date_read(struct finding *f, struct str s, struct when *out);
/* The same; not known if there is none. */
struct when date_read_quietly(struct finding *f, struct str s);
/* Takes W as the date, or as that of the last change, unless one is known. */
bool date_offer(struct finding *f, struct when w, bool is_update, float sure);
/* The same for a text, if it is a date. */
void date_offer_text(struct finding *f, struct str s, bool is_update,
                     float sure);
/* True if nobody need be asked any more, unless all are to be heard. */
bool date_is_settled(const struct finding *f);
/* Days since 1970 of seconds of local time. */
int64_t date_day(int64_t local_seconds);
/* True if both name the same day, each in its own zone. */
bool date_same_day(struct when a, struct when b);
/* Sets *SAME if SAID names the day of CHOSEN, *OTHER if another one, and neither
 * if SAID is not known. */
void date_compare_day(struct when chosen, struct when said, bool *same,
                      bool *other);

/* ---- page_date_said.c: what is declared ---- */

/* JSON-LD of an article, or of anything else. */
void date_ask_jsonld(struct finding *f, bool articles);
/* Meta elements, the surest first. */
void date_ask_meta(struct finding *f);
/* Elements that say date, by what makes the claim. */
void date_ask_claims(struct finding *f, enum claim_by by, float sure);
/* The moment of DAY that an element of KIND near the article gives; not known
 * if none does. */
struct when date_claimed_moment(struct finding *f, struct when day,
                                enum claim_kind kind);
/* The title element says "Title | Site | 23.05.2011". */
void date_ask_page_title(struct finding *f, float sure);
/* Variables of scripts that are called like a publication date. */
void date_ask_scripts(struct finding *f, float sure);
/* Whether meta elements name the day of CHOSEN or another one. */
void date_compare_meta(struct finding *f, struct when chosen, bool *same,
                       bool *other);

/* ---- page_date_address.c ---- */

/* The whole day in the page's address, if it has one. */
struct when date_of_address(const struct finding *f);
/* True if the page's address names the month of W: "/2013/06/a-title". */
bool date_is_of_addressed_month(const struct finding *f, struct when w);

/* ---- page_date_lines.c: what readers see ---- */

/* The lines FROM up to END. */
void date_ask_lines(struct finding *f, size_t from, size_t end,
                    enum line_need need, float sure);
/* From the title to the text, then a few lines above the title. */
void date_ask_head(struct finding *f, enum line_need need, float sure);
/* The same lines, but only those of DAY, or of the one before or behind it; none if
 * it is not known. */
void date_ask_head_near(struct finding *f, struct when day, enum line_need need,
                        float sure);
/* A day alone in its line farther above the title, the nearest first. */
void date_ask_above(struct finding *f, float sure);
/* A date in the title's own line, before the title itself. */
void date_ask_title_line(struct finding *f, float sure);
/* The first lines of the text, a dateline, labelled lines at its end. */
void date_ask_body_edges(struct finding *f, float sure);
/* A byline behind the text, "Posted by Jane on 3 May 2020", or the day and page
 * of the newspaper. */
void date_ask_tail_byline(struct finding *f, float sure);
/* "Published: 29 October 2024" anywhere on the page, if all such lines name the
 * same day: those of a list of articles do not. */
void date_ask_anywhere(struct finding *f, float sure);

/* ---- page_date_compare.c ---- */

/* The date the head shows, alone in its line or labelled, or in an element made
 * for it. */
struct when date_shown(struct finding *f);
/* Corrects the date found by the one SHOWN, or by the address. */
void date_compare_shown(struct finding *f, struct when shown);
/* A day gets the time of an element that shows it or of a visible line of it. */
void date_sharpen(struct finding *f, bool page_speaks);
/* A moment declared in UTC gets the zone of its readers. */
void date_find_zone(struct finding *f);
#endif
