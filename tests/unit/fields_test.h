#ifndef UNIT_FIELDS_TEST_H
#define UNIT_FIELDS_TEST_H
/* A page's own draft from markup of our own, for the tests of its fields. */
#include "base/arena.h"
#include "base/error.h"
#include "extract/extract.h"
#include "unit/unit.h"

/* Three paragraphs of prose in which no name, date or title stands. */
#define PROSE_EN                                                               \
    "<p>The harbour council voted to rebuild the eastern breakwater, which "   \
    "the storms had opened in three places, and the ferry will wait.</p>"      \
    "<p>Engineers will sink forty caissons along the old wall, while the "     \
    "boats use the fishing harbour, and the council pays for the nets.</p>"    \
    "<p>Crews had asked for a higher wall, because the harbour silts up "      \
    "whenever the swell comes through, as they told the council.</p>"
#define PROSE_ZH                                                                                                \
    "<p>"                                                                                                       \
    "港务会议决定重修东侧的防波堤，此前的风暴在三处撕开了缺口，渡船因此停航" \
    "了很久，沿岸的居民对此多有怨言。</p>"                                                      \
    "<p>"                                                                                                       \
    "工程人员将沿旧堤沉放四十座沉箱，施工期间渔船改停内港，码头的租金由会议" \
    "承担，渔民们表示可以接受这样的安排。</p>"                                                \
    "<p>"                                                                                                       \
    "船员们希望堤坝再高一些，因为海浪一来港池就会淤积，清淤的费用一年比一年" \
    "高，会议答应再算一次账。</p>"

static inline struct draft fields_of(struct arena *a, const char *html,
                                     const char *url)
{
    struct document doc = {
        .kind = DOC_HTML, .text = str_from_c(html), .charset = STR("utf-8")};
    struct page_hints hints = {.url = str_from_c(url)};
    struct page page = {0};
    struct error err = {0};

    ck_assert(page_extract(a, &doc, &hints, &page, &err));
    ck_assert_uint_ge(page.n_drafts, 1);
    return page.drafts[0];
}

/* The names with "+" between them. */
static inline struct str authors_of(struct arena *a, const struct draft *d)
{
    struct str all = STR_NONE;

    for (size_t i = 0; i < d->authors.n; i++)
        all = i == 0 ? d->authors.at[i].name
                     : arena_cat(a, all, STR("+"), d->authors.at[i].name);
    return all;
}

static inline struct str when_of(struct arena *a, struct when w)
{
    char text[WHEN_CHARS];

    if (!when_known(w))
        return STR_NONE;
    when_rfc3339(w, text);
    return arena_str(a, str_from_c(text));
}
#endif
