/*
 * The decoding: bytes are held until it can be told which encoding they are in
 * (verdict.c), then go through a converter as they come.
 */
#include "decode/decode.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/utf8.h"
#include "decode/sniff.h"
#include "decode/to_utf8.h"
#include "decode/verdict.h"

#define HOLD_BYTES       ((size_t)64 << 10)
#define DEFAULT_MAX_TEXT ((size_t)64 << 20)

/* ---- the decoder ---- */

struct decoder {
    struct arena *a;
    struct notes *notes;
    struct decode_hints hints;
    struct labels labels;
    struct verdict verdict;
    struct to_utf8 *to_utf8; /* NULL until the charset is known */
    struct buf held;
    bool has_labels, is_finished, is_ascii;
    size_t written, max;
};

struct decoder *decoder_new(const struct decode_hints *hints, struct arena *a,
                            struct notes *notes)
{
    struct decoder *d = heap_alloc(sizeof *d);

    d->a = a;
    d->notes = notes;
    d->hints.type = arena_str(a, hints->type);
    d->hints.owner_charset = arena_str(a, hints->owner_charset);
    d->max = hints->max_bytes == 0 ? DEFAULT_MAX_TEXT : hints->max_bytes;
    d->verdict = (struct verdict){CHARSET_UTF_8, CHARSET_UTF8, 0, false, 0, 0};
    buf_init(&d->held, BUF_MAX);
    return d;
}

void decoder_free(struct decoder *d)
{
    if (d == NULL)
        return;
    to_utf8_free(d->to_utf8);
    buf_done(&d->held);
    free(d);
}

struct str charset_from_name(enum charset_from from)
{
    static const struct str names[] = {
        [CHARSET_BOM] = STR_INIT("bom"),
        [CHARSET_UTF8] = STR_INIT("utf8"),
        [CHARSET_HTTP] = STR_INIT("http"),
        [CHARSET_DECLARATION] = STR_INIT("declaration"),
        [CHARSET_META] = STR_INIT("meta"),
        [CHARSET_GUESS] = STR_INIT("guess"),
        [CHARSET_OWNER] = STR_INIT("owner"),
    };

    return names[from];
}

static void note_verdict(struct decoder *d)
{
    const struct verdict *v = &d->verdict;
    struct str name = charset_name(v->id), lie = charset_name(v->lie);

    if (v->from == CHARSET_GUESS)
        note_add(d->notes, d->a, NOTE_CHARSET_GUESSED, "%.*s", STR_ARG(name));
    if (v->lie != CHARSET_UNKNOWN)
        note_add(d->notes, d->a, NOTE_CHARSET_MISLABELLED,
                 "%.*s said %.*s, the bytes are %.*s",
                 STR_ARG(charset_from_name(v->liar)), STR_ARG(lie),
                 STR_ARG(name));
    if (v->undo_double)
        note_add(d->notes, d->a, NOTE_CHARSET_REPAIRED,
                 "UTF-8 had been read as windows-1252");
}

static void begin(struct decoder *d, struct verdict verdict)
{
    d->verdict = verdict;
    d->to_utf8 = to_utf8_new(verdict.id);
    /* No converter: a system without its gconv modules. */
    if (d->to_utf8 == NULL) {
        d->verdict.id = CHARSET_WINDOWS_1252;
        d->to_utf8 = to_utf8_new(CHARSET_WINDOWS_1252);
    }
    if (verdict.undo_double)
        to_utf8_undo_double(d->to_utf8);
    note_verdict(d);
}

/* Decides if that can be done now.  The held bytes stay held. */
static void try_to_decide(struct decoder *d, bool is_whole)
{
    struct str held = buf_str(&d->held);
    size_t mark;
    enum charset_id id;

    if (held.n < 4 && !is_whole)
        return;
    if (!d->has_labels) {
        id = charset_of_bom(held, &mark);
        if (id != CHARSET_UNKNOWN) {
            begin(d, (struct verdict){
                         .id = id, .from = CHARSET_BOM, .mark_bytes = mark});
            return;
        }
    }
    if (held.n < HOLD_BYTES && !is_whole)
        return;
    if (!d->has_labels) {
        d->labels = labels_read(held, &d->hints);
        d->has_labels = true;
    }
    if (!is_whole && bytes_are_ascii(held))
        return;
    begin(d, verdict_of(held, &d->labels, is_whole));
}

static bool check_size(struct decoder *d, const struct buf *out, size_t before,
                       struct error *err)
{
    d->written += out->n - before;
    if (buf_is_full(out) || d->written > d->max)
        return error_set(err, ERR_LIMIT, "more than %zu MB of text",
                         d->max >> 20);
    return true;
}

static bool pass_held(struct decoder *d, struct buf *out, struct error *err)
{
    size_t before = out->n;
    struct str held = buf_str(&d->held);

    if (d->to_utf8 != NULL) {
        to_utf8_push(d->to_utf8, str_from(held, d->verdict.mark_bytes), out);
    } else {
        /* Only ASCII so far: clean it as UTF-8 and keep the question open. */
        struct to_utf8 *ascii = to_utf8_new(CHARSET_UTF_8);

        to_utf8_push(ascii, held, out);
        to_utf8_free(ascii);
    }
    buf_reset(&d->held);
    return check_size(d, out, before, err);
}

bool decoder_push(struct decoder *d, struct str bytes, struct buf *out,
                  struct error *err)
{
    size_t before = out->n;

    while (d->to_utf8 == NULL && bytes.n > 0) {
        size_t room = HOLD_BYTES - d->held.n;
        struct str part = str_slice(bytes, 0, room);

        buf_add_str(&d->held, part);
        bytes = str_from(bytes, part.n);
        try_to_decide(d, false);
        if ((d->to_utf8 != NULL || d->held.n >= HOLD_BYTES) &&
            !pass_held(d, out, err))
            return false;
        before = out->n;
    }
    if (d->to_utf8 != NULL)
        to_utf8_push(d->to_utf8, bytes, out);
    return check_size(d, out, before, err);
}

bool decoder_finish(struct decoder *d, struct buf *out, struct error *err)
{
    const struct to_utf8_faults *faults;
    size_t before;

    if (d->is_finished)
        return true;
    d->is_finished = true;
    if (d->to_utf8 == NULL) {
        d->is_ascii = bytes_are_ascii(buf_str(&d->held));
        try_to_decide(d, true);
        if (!pass_held(d, out, err))
            return false;
    }
    before = out->n;
    to_utf8_finish(d->to_utf8, out);
    faults = to_utf8_faults(d->to_utf8);
    if (faults->replaced > 0)
        note_add(d->notes, d->a, NOTE_BYTES_REPLACED, "%zu", faults->replaced);
    if (faults->controls > 0)
        note_add(d->notes, d->a, NOTE_CONTROLS_CUT, "%zu", faults->controls);
    if (faults->is_cut)
        note_add(d->notes, d->a, NOTE_TRUNCATED, "ends inside a character");
    return check_size(d, out, before, err);
}

struct str decoder_charset(const struct decoder *d)
{
    const struct verdict *v = &d->verdict;

    if (d->is_ascii && v->id == CHARSET_WINDOWS_1252) {
        struct str word = v->from == CHARSET_HTTP ? d->labels.http_word
                          : v->from == CHARSET_DECLARATION
                              ? d->labels.declared_word
                              : STR_NONE;

        if (word.n > 0)
            return word;
    }
    return charset_name(d->verdict.id);
}

enum charset_from decoder_charset_from(const struct decoder *d)
{
    return d->verdict.from;
}

/* ---- whole documents ---- */

/* Piece by piece up to the ceiling; false when there is more. */
static bool decode_whole(struct decoder *d, struct str bytes, struct buf *out)
{
    bytes = str_from(bytes, d->verdict.mark_bytes);
    buf_room(out, bytes.n < d->max ? bytes.n : d->max);
    while (bytes.n > 0 && out->n < d->max) {
        to_utf8_push(d->to_utf8, str_slice(bytes, 0, HOLD_BYTES), out);
        bytes = str_from(bytes, HOLD_BYTES);
    }
    if (out->n > d->max)
        out->n = utf8_clip(buf_str(out), d->max).n;
    else if (bytes.n == 0)
        return true;
    note_add(d->notes, d->a, NOTE_TOO_LARGE, "the first %zu MB were read",
             d->max >> 20);
    return false;
}

bool document_decode(struct arena *a, struct str bytes,
                     const struct decode_hints *hints, struct document *out,
                     struct error *err)
{
    struct document doc = {0};
    struct decoder *d;
    struct buf text;
    bool ok = true;

    if (is_binary(bytes))
        return error_set(err, ERR_INPUT,
                         "no text, but an image, an archive or "
                         "another binary format");
    d = decoder_new(hints, a, &doc.notes);
    buf_init(&text, BUF_MAX);
    begin(d, verdict_of_whole(bytes, hints));
    if (decode_whole(d, bytes, &text) && !decoder_finish(d, &text, err)) {
        ok = false;
        goto done;
    }
    doc.kind = sniff_kind(buf_str(&text), hints->type);
    if (doc.kind == DOC_EMPTY) {
        ok = error_set(err, ERR_INPUT, "the document is empty");
        goto done;
    }
    doc.text = buf_keep(&text, a);
    doc.charset = decoder_charset(d);
    doc.charset_from = decoder_charset_from(d);
    *out = doc;

done:
    buf_done(&text);
    decoder_free(d);
    return ok;
}

struct str charset_detect(struct arena *a, struct str bytes,
                          const struct decode_hints *hints)
{
    (void)a;
    if (bytes.n == 0 || is_binary(bytes))
        return STR("unknown");
    return charset_name(verdict_of_whole(bytes, hints).id);
}
