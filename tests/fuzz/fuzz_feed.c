/* A feed from its bytes to what the command parse prints: valid JSON, and the
 * same whether it comes whole or in pieces. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "clean/clean.h"
#include "decode/decode.h"
#include "fuzz/fuzz.h"
#include "parse/parse.h"
#include "publish/publish.h"
#include "text/json.h"

static const struct str address = STR_INIT("https://a.example/d/feed.xml");

struct print {
    struct arena *a;
    struct buf out;
    struct document_out document;
    struct clean_hints hints;
    struct safe_feed_info feed;
};

static void on_entry(void *ctx, const struct draft *draft)
{
    struct print *p = ctx;
    struct item item;

    item_clean(p->a, draft, &p->hints, &item);
    document_item(&p->document, &item, STR_NONE);
}

static void on_feed(void *ctx, const struct feed_info *feed)
{
    struct print *p = ctx;

    feed_clean(p->a, feed, &p->hints, &p->feed);
}

/* What parse prints of TEXT, pushed in pieces of STEP bytes; empty when it is no
 * feed. */
static struct str printed(struct arena *a, struct str text, size_t step)
{
    struct print p = {.a = a, .hints = {.url = address}};
    struct feed_hints hints = {.url = address};
    struct feed_sink sink = {on_entry, on_feed, &p};
    struct feed_reader *r = feed_reader_new(&hints, &sink);
    struct document_print end = {.file = STR("x"), .kind = STR("feed")};
    struct str out = STR_NONE;
    struct error err;
    bool ok = true;

    buf_init(&p.out, BUF_MAX);
    document_begin(&p.document, &p.out, false);
    for (size_t i = 0; ok && i < text.n; i += step)
        ok = feed_reader_push(r, str_slice(text, i, i + step), &err);
    if (ok && feed_reader_finish(r, &err)) {
        end.feed = &p.feed;
        end.title = text_to_line(a, &p.feed.f.title);
        document_end(&p.document, &end);
        out = buf_keep(&p.out, a);
    }
    feed_reader_free(r);
    buf_done(&p.out);
    return out;
}

static bool decoded(struct arena *a, struct str bytes, struct str *text)
{
    struct decode_hints how = {.type = STR("application/xml")};
    struct document doc;
    struct error err;

    if (!document_decode(a, bytes, &how, &doc, &err))
        return false;
    *text = doc.text;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena *a = arena_new(0);
    struct str text, whole, pieces;
    struct error err;

    if (decoded(a, fuzz_str(data, n), &text)) {
        (void)is_feed(text);
        whole = printed(a, text, SIZE_MAX / 2);
        fuzz_want_utf8(whole);
        fuzz_want(whole.n == 0 || json_parse(a, whole, &err) != NULL,
                  "what is printed is no JSON");
        pieces = printed(a, text, 61);
        fuzz_want(str_eq(whole, pieces), "pieces give another feed");
    }
    arena_free(a);
    return 0;
}
