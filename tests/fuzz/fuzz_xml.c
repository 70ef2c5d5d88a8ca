/* XML in two ways, whole and in small pieces: the events must be the same, stand
 * in balance and hold nothing but text. */
#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "decode/decode.h"
#include "fuzz/fuzz.h"

#define DEPTH_MAX 256

struct watch {
    struct xml_parser *parser;
    int depth;
    size_t elements;
    uint64_t sum; /* of all events, text without its cuts */
};

static void add(struct watch *w, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        w->sum = (w->sum ^ (unsigned char)s.p[i]) * 1099511628211u;
}

static void on_start(void *ctx, struct str uri, struct str prefix,
                     struct str name, const struct xml_attr *attrs, size_t n)
{
    struct watch *w = ctx;

    fuzz_want(++w->depth <= DEPTH_MAX, "elements too deep");
    fuzz_want(name.n > 0, "an element without a name");
    fuzz_want_utf8(name);
    fuzz_want_utf8(prefix);
    w->elements++;
    add(w, STR("<"));
    add(w, uri);
    add(w, name);
    for (size_t i = 0; i < n; i++) {
        fuzz_want_utf8(attrs[i].name);
        fuzz_want_utf8(attrs[i].value);
        add(w, attrs[i].uri);
        add(w, attrs[i].name);
        add(w, attrs[i].value);
    }
}

static void on_end(void *ctx, struct str uri, struct str prefix,
                   struct str name)
{
    struct watch *w = ctx;

    (void)uri;
    (void)prefix;
    fuzz_want(--w->depth >= 0, "an end without a start");
    add(w, STR(">"));
    add(w, name);
}

static void on_text(void *ctx, struct str text, bool is_cdata)
{
    struct watch *w = ctx;

    (void)is_cdata;
    fuzz_want(w->depth > 0, "text outside of the root");
    fuzz_want_utf8(text);
    add(w, text);
}

static struct watch read_by(struct arena *a, struct str xml, size_t step)
{
    static const struct xml_handler handler = {
        .start = on_start, .end = on_end, .text = on_text};
    struct notes notes = {0};
    struct watch w = {0};
    struct error err;
    bool ok;

    w.parser = xml_new(&handler, &w, a, &notes);
    /* Decoded text comes in whole characters. */
    for (size_t i = 0; i < xml.n;) {
        struct str piece = utf8_clip(str_from(xml, i), step);

        fuzz_want(xml_push(w.parser, piece, &err), "pushing failed");
        i += piece.n;
    }
    ok = xml_finish(w.parser, &err);
    fuzz_want(ok == (w.elements > 0), "no elements and yet a document");
    fuzz_want(w.depth == 0, "an element left open");
    xml_free(w.parser);
    return w;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena *a = arena_new(0);
    struct str xml = fuzz_text(data, n);
    struct watch whole = read_by(a, xml, 65536);
    struct watch pieces = read_by(a, xml, 4 + n % 61);

    fuzz_want(whole.sum == pieces.sum, "pieces differ from the whole");
    arena_free(a);
    return 0;
}
