/*
 * One document through the line: decode, parse or extract, clean.
 *
 * The beginning is decoded first and looked at: a feed then streams on, chunk
 * by chunk, with one arena for the entry at hand; anything else is decoded
 * whole and read as a page.
 */
#include "mill/mill.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "clean/clean.h"
#include "item/draft_hash.h"
#include "parse/parse.h"
#include "store/store.h"

#define CHUNK      ((size_t)64 << 10)
#define DECODED    ((size_t)512 << 20)
#define PAGE_BYTES ((size_t)16 << 20)  /* as received */
#define FEED_PAGE  ((size_t)2 << 20)   /* of a page asked for as a feed */
#define NAMES_SEEN ((size_t)256 << 10) /* ... for the feeds that it names */
#define PAGE_MAX   ((size_t)4 << 20)   /* of decoded HTML */
#define TEXT_MAX   ((size_t)8 << 20)   /* of plain text */
#define KEPT_MAX   10000 /* entries of a document; handed on are all */
#define HEAD_SEEN  ((size_t)4 << 10)
#define HEAD_BYTES ((size_t)1 << 20)

struct items {
    const struct item **at;
    size_t n, cap;
};

struct drafts {
    struct line_draft *at;
    size_t n, cap;
};

struct feed_run {
    struct arena *a;     /* of the result */
    struct arena *entry; /* of the entry at hand; NULL: items are kept */
    struct clean_hints hints;
    line_on_item *on_item;
    line_on_ref *on_ref;
    void *ctx;
    size_t n_seen;
    struct items items;
    bool want_drafts, want_whole;
    struct drafts drafts;
    const struct last_listed *known;
    struct map by_draft; /* index in it */
    struct buf scratch;
    struct line_result *out;
};

static struct str hash_bytes(const struct hash128 *hash)
{
    return str_of((const char *)hash, sizeof *hash);
}

static void know(struct feed_run *run, const struct last_listed *known)
{
    map_init(&run->by_draft, run->a);
    run->known = known;
    for (size_t i = 0; known != NULL && i < known->n; i++) {
        bool is_new = true;
        size_t *at;

        if (known->at[i].item == 0)
            continue;
        at = map_put(&run->by_draft, hash_bytes(&known->at[i].draft), &is_new);
        if (is_new)
            *at = i;
    }
}

/* True if the entry was there as it is last time. */
static bool add_draft(struct feed_run *run, const struct draft *draft)
{
    struct line_draft *out = vec_add(run->a, &run->drafts);
    size_t *at = NULL;

    out->has_hash =
        draft_hash(draft, run->hints.url, &run->scratch, &out->hash);
    out->has_guid = draft->feed != NULL && draft->feed->guid.n > 0;
    out->published = draft->published;
    if (out->has_hash)
        at = map_get(&run->by_draft, hash_bytes(&out->hash));
    if (at == NULL)
        return false;
    out->known = &run->known->at[*at];
    run->out->n_known++;
    return true;
}

static void take_entry(void *ctx, const struct draft *draft)
{
    struct feed_run *run = ctx;
    struct item *item;

    run->n_seen++;
    if (run->want_whole && draft->feed != NULL && draft->feed->is_cut)
        return;
    if (run->entry == NULL && run->items.n == KEPT_MAX) {
        note_add(&run->out->notes, run->a, NOTE_TOO_LARGE,
                 "only the first %d entries are taken", KEPT_MAX);
        return;
    }
    if (run->want_drafts && add_draft(run, draft)) {
        *vec_add(run->a, &run->items) = NULL;
        return;
    }
    if (run->entry == NULL) {
        item = arena_make(run->a, struct item);
        item_clean(run->a, draft, &run->hints, item);
        *vec_add(run->a, &run->items) = item;
        return;
    }
    item = arena_make(run->entry, struct item);
    item_clean(run->entry, draft, &run->hints, item);
    run->on_item(run->ctx, item);
    arena_reset(run->entry);
}

static void take_feed(void *ctx, const struct feed_info *feed)
{
    struct feed_run *run = ctx;

    run->out->is_cut = feed->is_cut;
    run->out->feed = arena_make(run->a, struct safe_feed_info);
    feed_clean(run->a, feed, &run->hints, run->out->feed);
}

/* ---- bytes ------------------------------------------------------------------- */

/* The document's bytes on their way in.  What MORE gave is kept until it is
 * known that they are a feed's, which are read once only. */
struct intake {
    const struct line_input *in;
    size_t taken; /* of in->bytes */
    struct buf raw;
    bool is_feed, ended;
};

static bool take_chunk(struct intake *intake, struct str *chunk,
                       struct error *err)
{
    const struct line_input *in = intake->in;
    size_t n, room;
    char *p;

    if (in->more == NULL) {
        *chunk = str_slice(in->bytes, intake->taken, intake->taken + CHUNK);
        intake->taken += chunk->n;
        intake->ended = intake->taken == in->bytes.n;
        return true;
    }
    if (intake->is_feed)
        buf_reset(&intake->raw);
    /* A small document ends in the room that is there. */
    room = intake->raw.cap - intake->raw.n;
    if (room < CHUNK / 4 || room > CHUNK)
        room = CHUNK;
    p = buf_room(&intake->raw, room);
    if (p == NULL)
        return error_set(err, ERR_LIMIT, "the document is too large");
    if (!in->more(in->more_ctx, p, room, &n, err))
        return false;
    intake->raw.n += n;
    intake->ended = n == 0;
    *chunk = str_of(p, n);
    return true;
}

/* As many bytes as a page may have, from the beginning on. */
static bool take_page(struct intake *intake, size_t most, struct str *bytes,
                      struct error *err)
{
    struct str chunk;

    if (intake->in->more == NULL) {
        *bytes = str_slice(intake->in->bytes, 0, most);
        return true;
    }
    while (!intake->ended && intake->raw.n < most)
        if (!take_chunk(intake, &chunk, err))
            return false;
    *bytes = str_slice(buf_str(&intake->raw), 0, most);
    return true;
}

/* Decodes the next chunk onto TEXT; after the last one finishes. */
static bool decode_more(struct decoder *decoder, struct intake *intake,
                        struct buf *text, struct error *err)
{
    struct str chunk;

    if (!take_chunk(intake, &chunk, err) ||
        (chunk.n > 0 && !decoder_push(decoder, chunk, text, err)))
        return false;
    return !intake->ended || decoder_finish(decoder, text, err);
}

/* ---- feeds ------------------------------------------------------------------- */

/* What takes the text of a document as it comes. */
typedef bool push_text(void *reader, struct str text, struct error *err);

static bool push_feed(void *reader, struct str text, struct error *err)
{
    return feed_reader_push(reader, text, err);
}

static bool push_list(void *reader, struct str text, struct error *err)
{
    return list_reader_push(reader, text, err);
}

/* Reads on a document whose beginning is in TEXT already. */
static bool stream(struct decoder *decoder, struct intake *intake,
                   struct buf *text, push_text *push, void *reader,
                   struct error *err)
{
    intake->is_feed = true;
    for (;;) {
        if (text->n > 0 && !push(reader, buf_str(text), err))
            return false;
        if (intake->ended)
            return true;
        buf_reset(text);
        if (!decode_more(decoder, intake, text, err))
            return false;
    }
}

static bool read_feed(struct feed_run *run, struct decoder *decoder,
                      struct intake *intake, struct buf *text,
                      struct error *err)
{
    const struct line_input *in = intake->in;
    struct feed_hints hints = {.url = in->url, .when = in->when};
    struct feed_sink sink = {
        .on_entry = take_entry, .on_feed = take_feed, .ctx = run};
    struct feed_reader *reader = feed_reader_new(&hints, &sink);
    bool ok = stream(decoder, intake, text, push_feed, reader, err) &&
              feed_reader_finish(reader, err);

    feed_reader_free(reader);
    return ok;
}

static void take_ref(void *ctx, const struct feed_ref *ref)
{
    struct feed_run *run = ctx;

    if (run->on_ref != NULL)
        run->on_ref(run->ctx, ref);
}

/* OPML and indexes of sitemaps: the feeds they name. */
static bool read_feed_list(struct feed_run *run, struct decoder *decoder,
                           struct intake *intake, struct buf *text,
                           struct error *err)
{
    struct line_result *out = run->out;
    struct feed_hints hints = {.url = intake->in->url,
                               .when = intake->in->when};
    struct list_reader *reader =
        list_reader_new(&hints, take_ref, run, run->a, &out->notes);
    bool ok = stream(decoder, intake, text, push_list, reader, err) &&
              list_reader_finish(reader, &out->page.title, err);

    list_reader_free(reader);
    out->kind = STR("list");
    out->page.kind = PAGE_LIST;
    out->charset = decoder_charset(decoder);
    out->charset_from = decoder_charset_from(decoder);
    return ok;
}

/* ---- pages ------------------------------------------------------------------- */

/* The text of a page, cut where it is too long. */
static bool decode_page(struct arena *a, struct str bytes, struct str type,
                        struct document *doc, struct notes *notes,
                        struct error *err)
{
    struct decode_hints hints = {.type = type};
    size_t most;

    bytes = str_slice(bytes, 0, PAGE_BYTES);
    if (!document_decode(a, bytes, &hints, doc, err))
        return false;
    if (bytes.n == PAGE_BYTES)
        note_add(notes, a, NOTE_TOO_LARGE, "%zu bytes read", bytes.n);
    most = doc->kind == DOC_TEXT ? TEXT_MAX : PAGE_MAX;
    if (doc->text.n > most) {
        doc->text = utf8_clip(doc->text, most);
        note_add(notes, a, NOTE_TOO_LARGE, "%zu bytes of the page read",
                 doc->text.n);
    }
    notes_copy(notes, a, &doc->notes);
    return true;
}

/* Adds the bodies of an article's further PAGES to its first one's ITEM. */
static void join_parts(struct arena *a, struct item *item,
                       const struct page *pages, size_t n,
                       const struct clean_hints *hints)
{
    size_t joined = 1;

    for (size_t i = 1; i < n; i++) {
        struct item part;

        if (pages[i].n_drafts == 0)
            continue;
        item_clean(a, &pages[i].drafts[0], hints, &part);
        item_append(a, item, &part);
        joined += part.text.n > 0;
    }
    if (n > 1)
        note_add(&item->notes, a, NOTE_PAGES_JOINED, "%zu", joined);
}

/* Where the article goes on behind its N pages; one that brings nothing new is
 * no page of it, nor is what it names. */
static struct str next_of(const struct page *pages, size_t n)
{
    const struct page *last = &pages[n - 1];

    if (n > 1 &&
        (last->n_drafts == 0 || last->drafts[0].body.kind == BODY_NONE))
        return STR_NONE;
    return last->next;
}

static bool read_page(struct arena *a, struct intake *intake,
                      struct line_result *out, struct error *err)
{
    const struct line_input *in = intake->in;
    size_t n = in->n_parts + 1;
    struct page_hints page_hints = {.url = in->url,
                                    .when = in->when,
                                    .links = in->links,
                                    .site_rules = in->site_rules,
                                    .want_why = in->want_why,
                                    .want_list = in->links != NULL};
    struct clean_hints clean_hints = {.url = in->url,
                                      .source_id = in->source_id};
    struct document *docs = arena_array(a, n, sizeof *docs);
    struct page_hints *all = arena_array(a, n, sizeof *all);
    struct page *pages = arena_array(a, n, sizeof *pages);
    struct items items = {0};
    struct str bytes;

    if (!take_page(intake, PAGE_BYTES, &bytes, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct line_part *part = i == 0 ? NULL : &in->parts[i - 1];

        all[i] = page_hints;
        if (part != NULL)
            all[i].url = part->url;
        if (!decode_page(a, part == NULL ? bytes : part->bytes,
                         part == NULL ? in->type : part->type, &docs[i],
                         &out->notes, err))
            return false;
    }
    out->charset = docs[0].charset;
    out->charset_from = docs[0].charset_from;
    if (!page_extract_parts(a, docs, all, n, pages, err))
        return false;
    out->page = pages[0];
    out->page.next = next_of(pages, n);
    notes_copy(&out->notes, a, &out->page.notes);
    for (size_t i = 0; i < out->page.n_drafts; i++) {
        struct item *item = arena_make(a, struct item);

        item_clean(a, &out->page.drafts[i], &clean_hints, item);
        *vec_add(a, &items) = item;
        if (i == 0)
            join_parts(a, item, pages, n, &clean_hints);
    }
    out->items = items.at;
    out->n_items = items.n;
    out->kind = out->page.kind == PAGE_LIST   ? STR("list")
                : out->page.kind == PAGE_TEXT ? STR("text")
                                              : STR("page");
    return true;
}

static bool refuse(const struct line_input *in, struct str head,
                   struct error *err)
{
    static const char *const seems[] = {
        [DOC_EMPTY] = "an empty document", [DOC_BINARY] = "no text",
        [DOC_XML] = "XML that is no feed", [DOC_JSON] = "JSON that is no feed",
        [DOC_HTML] = "an HTML page",       [DOC_TEXT] = "plain text",
    };

    return error_set(err, ERR_INPUT, "not a feed: it seems to be %s",
                     seems[sniff_kind(head, in->type)]);
}

/* ---- documents that parse is given though they are no feeds ----------------- */

/* Their addresses, as many as a sentence holds. */
static bool refuse_page(const struct page *page, struct error *err)
{
    char names[400];
    size_t n = 0;

    for (size_t i = 0; i < page->n_feeds; i++) {
        struct str url = page->feeds[i].url;

        if (n + url.n + 3 > sizeof names)
            break;
        n += (size_t)snprintf(names + n, sizeof names - n, "%s%.*s",
                              n > 0 ? ", " : "", STR_ARG(url));
    }
    return error_set(err, ERR_INPUT,
                     "not a feed: it seems to be an HTML page, which names "
                     "the feed%s %s",
                     page->n_feeds > 1 ? "s" : "", names);
}

/* A page is a feed if its entries are marked by class names; else it is refused
 * with the addresses of the feeds that it names. */
static bool read_page_as_feed(struct feed_run *run, const struct line_input *in,
                              const struct document *doc, struct error *err)
{
    struct feed_hints hints = {.url = in->url, .when = in->when};
    struct page_hints page_hints = {.url = in->url, .when = in->when};
    struct feed_sink sink = {
        .on_entry = take_entry, .on_feed = take_feed, .ctx = run};
    struct document head = *doc;
    struct feed_reader *reader;
    struct error unread;
    struct page page;
    bool ok;

    run->out->kind = STR("feed");
    if (is_hfeed(doc->text)) {
        reader = feed_reader_new(&hints, &sink);
        ok = feed_reader_push(reader, doc->text, &unread) &&
             feed_reader_finish(reader, &unread);
        feed_reader_free(reader);
        if (ok)
            return true;
    }
    head.text = utf8_clip(head.text, NAMES_SEEN);
    if (page_extract(run->a, &head, &page_hints, &page, &unread) &&
        page.n_feeds > 0)
        return refuse_page(&page, err);
    return refuse(in, doc->text, err);
}

/* The beginning of a document that is none. */
static bool read_no_feed(struct feed_run *run, struct intake *intake,
                         struct str head, struct error *err)
{
    const struct line_input *in = intake->in;
    struct decode_hints hints = {.type = in->type};
    struct line_result *out = run->out;
    struct document doc;
    struct str bytes;

    if (sniff_kind(head, in->type) != DOC_HTML)
        return refuse(in, head, err);
    *out = (struct line_result){0};
    if (!take_page(intake, FEED_PAGE, &bytes, err) ||
        !document_decode(run->a, bytes, &hints, &doc, err))
        return false;
    out->charset = doc.charset;
    out->charset_from = doc.charset_from;
    notes_copy(&out->notes, run->a, &doc.notes);
    if (bytes.n == FEED_PAGE)
        note_add(&out->notes, run->a, NOTE_TOO_LARGE, "%zu bytes read",
                 FEED_PAGE);
    return read_page_as_feed(run, in, &doc, err);
}

/* A feed, what came of it at least. */
static bool run_feed(struct feed_run *run, struct decoder *decoder,
                     struct intake *intake, struct buf *text, struct error *err)
{
    struct line_result *out = run->out;
    bool ok;

    out->kind = STR("feed");
    ok = read_feed(run, decoder, intake, text, err);
    if (!ok && run->n_seen > 0) {
        note_add(&out->notes, run->a, NOTE_TRUNCATED, "%s", err->text);
        out->is_cut = true;
        ok = true;
    }
    out->charset = decoder_charset(decoder);
    out->charset_from = decoder_charset_from(decoder);
    return ok;
}

bool line_run(struct arena *a, const struct line_input *in,
              line_on_item *on_item, void *ctx, struct line_result *out,
              struct error *err)
{
    struct decode_hints hints = {.type = in->type, .max_bytes = DECODED};
    struct feed_run run = {.a = a,
                           .hints = {in->url, in->source_id},
                           .on_item = on_item,
                           .on_ref = in->on_ref,
                           .ctx = ctx,
                           .want_drafts = in->want_drafts,
                           .want_whole = in->want_whole,
                           .out = out};
    struct decoder *decoder = NULL;
    struct intake intake = {.in = in};
    struct buf text;
    bool ok = false;

    *out = (struct line_result){0};
    buf_init(&text, DECODED);
    buf_init(&intake.raw, DECODED);
    buf_init(&run.scratch, DECODED);
    know(&run, in->known);
    run.entry = on_item == NULL ? NULL : arena_new(0);
    if (in->as == LINE_PAGE) {
        ok = read_page(a, &intake, out, err);
        goto done;
    }
    decoder = decoder_new(&hints, a, &out->notes);
    /* A megabyte of what is cut (NULs) will not become a document. */
    while (!intake.ended && text.n < HEAD_SEEN && intake.raw.n < HEAD_BYTES)
        if (!decode_more(decoder, &intake, &text, err))
            goto done;
    if (is_feed(buf_str(&text))) {
        ok = run_feed(&run, decoder, &intake, &text, err);
    } else if (in->as == LINE_FEED && is_feed_list(buf_str(&text))) {
        ok = read_feed_list(&run, decoder, &intake, &text, err);
    } else if (in->as == LINE_FEED) {
        ok = read_no_feed(&run, &intake, buf_str(&text), err);
    } else {
        *out = (struct line_result){0};
        ok = read_page(a, &intake, out, err);
        goto done;
    }
    out->items = run.items.at;
    out->n_items = run.items.n;
    out->drafts = run.drafts.at;

done:
    arena_free(run.entry);
    buf_done(&run.scratch);
    decoder_free(decoder);
    buf_done(&text);
    buf_done(&intake.raw);
    return ok;
}
