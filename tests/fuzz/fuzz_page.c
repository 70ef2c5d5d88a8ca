/* A page from its bytes to what the command extract prints: valid JSON. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "clean/clean.h"
#include "extract/extract.h"
#include "fuzz/fuzz.h"
#include "publish/publish.h"
#include "text/json.h"

static const struct str address = STR_INIT("https://a.example/d/p");

static void print_page(struct arena *a, const struct document *doc,
                       const struct page *page)
{
    struct clean_hints hints = {.url = address};
    struct document_print print = {.file = STR("x"),
                                   .kind = STR("page"),
                                   .charset = doc->charset,
                                   .title = page->title,
                                   .home_page_url = page->home_url,
                                   .language = page->language,
                                   .next = page->next,
                                   .notes = &page->notes};
    const struct item **items =
        arena_array(a, page->n_drafts + 1, sizeof *items);
    struct error err;
    struct buf out;

    for (size_t i = 0; i < page->n_drafts; i++) {
        struct item *item = arena_make(a, struct item);

        item_clean(a, &page->drafts[i], &hints, item);
        items[i] = item;
    }
    print.items = items;
    print.n_items = page->n_drafts;
    buf_init(&out, BUF_MAX);
    document_write_json(&print, &out);
    fuzz_want_utf8(buf_str(&out));
    fuzz_want(json_parse(a, buf_str(&out), &err) != NULL,
              "what is printed is no JSON");
    buf_done(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena *a = arena_new(0);
    struct decode_hints how = {.type = STR("text/html")};
    struct page_hints hints = {.url = address, .when = {.now = 1768478400}};
    struct document doc;
    struct page page;
    struct error err;

    if (document_decode(a, fuzz_str(data, n), &how, &doc, &err) &&
        page_extract(a, &doc, &hints, &page, &err)) {
        for (size_t i = 0; i < page.n_links; i++) {
            fuzz_want_utf8(page.links[i].url);
            fuzz_want_utf8(page.links[i].title);
        }
        print_page(a, &doc, &page);
    }
    arena_free(a);
    return 0;
}
