#ifndef UNIT_PAGE_TEST_H
#define UNIT_PAGE_TEST_H
/* A page from text to items, and texts of our own to make pages of. */
#include "base/arena.h"
#include "base/error.h"
#include "clean/clean.h"
#include "extract/extract.h"
#include "unit/unit.h"

/* Two articles about different things. */
#define HARBOUR_1                                                              \
    "The harbour council of Lindesby voted on Tuesday to rebuild the eastern " \
    "breakwater, which last winter's storms had opened in three places."
#define HARBOUR_2                                                              \
    "Engineers will sink forty concrete caissons along the old breakwater, "   \
    "and the ferry to the islands will use the fishing harbour until autumn."
#define HARBOUR_3                                                              \
    "Fishing crews had asked for a higher wall, because the harbour silts up " \
    "whenever the breakwater lets the swell through, the council heard."
#define HARBOUR_4                                                              \
    "The breakwater will cost nine million, most of it paid by the harbour "   \
    "fees that ferry passengers and fishing boats have paid since 2019."
#define ORCHARD_1                                                              \
    "Apple growers in the Marne hills are grafting old varieties onto dwarf "  \
    "rootstock, hoping that blossom opens after the last night of frost."
#define ORCHARD_2                                                              \
    "A late blossom is worth more than a sweet apple, says one grower whose "  \
    "orchard lost two harvests in a row to frost at the end of April."
#define ORCHARD_3                                                              \
    "Dwarf rootstock also keeps the orchard low, so that growers can cover "   \
    "the blossom with nets when frost or hail is on the way."
#define ORCHARD_4                                                              \
    "The grafting takes one spring, the first apple comes in the third, and "  \
    "the orchard needs ten years before growers earn what they spent."

/* Reads TEXT as a document of KIND; every item it has lands in ITEMS (at most
 * MOST), the number is returned. */
static inline size_t page_items(struct arena *a, enum document_kind kind,
                                const char *text, struct item *items,
                                size_t most)
{
    struct document doc = {.kind = kind, .text = str_from_c(text)};
    struct page_hints hints = {.url = STR("http://news.example/a/1.html")};
    struct clean_hints clean = {.url = hints.url};
    struct page page;
    struct error err = {0};

    doc.charset = STR("utf-8");
    if (!page_extract(a, &doc, &hints, &page, &err))
        return 0;
    for (size_t i = 0; i < page.n_drafts && i < most; i++)
        item_clean(a, &page.drafts[i], &clean, &items[i]);
    return page.n_drafts;
}

/* The text of the only item. */
static inline struct str page_text(struct arena *a, enum document_kind kind,
                                   const char *text)
{
    struct item items[4] = {0};

    ck_assert_uint_eq(page_items(a, kind, text, items, 4), 1);
    return items[0].text;
}

/* Check's messages are short: the first 200 bytes will do. */
#define ck_has(s, part)                                                        \
    ck_assert_msg(str_has((s), STR(part)), "no \"%s\" in \"%.200s\"", part,    \
                  (s).n > 0 ? (s).p : "")
#define ck_lacks(s, part)                                                      \
    ck_assert_msg(!str_has((s), STR(part)), "\"%s\" in \"%.200s\"", part,      \
                  (s).n > 0 ? (s).p : "")
#endif
