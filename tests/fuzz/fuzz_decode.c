/* Bytes in any encoding to text, whole and as a stream.  The first byte chooses
 * what the server says. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "decode/decode.h"
#include "fuzz/fuzz.h"

static const char *const types[] = {
    "",
    "text/html; charset=utf-8",
    "text/html; charset=gb2312",
    "application/rss+xml; charset=big5",
    "text/xml; charset=shift_jis",
    "text/plain; charset=euc-jp",
    "text/plain; charset=euc-kr",
    "text/html; charset=iso-2022-jp",
    "text/html; charset=utf-16",
    "text/html; charset=utf-16be",
    "text/html; charset=windows-1255",
    "text/html; charset=x-user-defined",
};

#define TYPES (sizeof types / sizeof types[0])

static void want_clean(struct str text)
{
    fuzz_want_utf8(text);
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];

        fuzz_want((c >= ' ' && c != 0x7F) || c == '\t' || c == '\n' ||
                      c == '\r',
                  "a control character");
    }
}

static struct str stream(struct arena *a, struct str bytes,
                         const struct decode_hints *hints, size_t step)
{
    struct notes notes = {0};
    struct decoder *d = decoder_new(hints, a, &notes);
    struct error err;
    struct buf out;
    struct str text;

    buf_init(&out, BUF_MAX);
    for (size_t i = 0; i < bytes.n; i += step)
        fuzz_want(decoder_push(d, str_slice(bytes, i, i + step), &out, &err),
                  "pushing failed");
    fuzz_want(decoder_finish(d, &out, &err), "finishing failed");
    text = buf_keep(&out, a);
    buf_done(&out);
    decoder_free(d);
    return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct str bytes = fuzz_str(data, n), text;
    struct decode_hints hints = {.owner_charset = STR_NONE};
    struct document doc;
    struct error err;
    struct arena *a;

    if (n == 0)
        return 0;
    a = arena_new(0);
    hints.type = str_from_c(types[data[0] % TYPES]);
    bytes = str_from(bytes, 1);
    text = stream(a, bytes, &hints, 1 + n % 97);
    want_clean(text);
    if (document_decode(a, bytes, &hints, &doc, &err)) {
        want_clean(doc.text);
        fuzz_want(str_eq(doc.text, text), "a stream differs from the whole");
    }
    fuzz_want(charset_detect(a, bytes, &hints).n > 0, "a charset without name");
    arena_free(a);
    return 0;
}
