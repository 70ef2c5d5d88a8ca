#include "clean/clean_body.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/escape.h"
#include "base/utf8.h"
#include "clean/attr_check.h"
#include "clean/clean.h"
#include "clean/links.h"

/* ---- frames that nobody closes ---- */

/* Elements whose content goes, and that feeds often cut off or forget to close.
 */
static const struct str frames[] = {STR_INIT("iframe"), STR_INIT("object")};

#define FRAMES (sizeof frames / sizeof frames[0])

/* Notes in LAST where the last start tag of each frame stands that no end tag
 * follows, else STR_NOT_FOUND. */
static void find_unclosed(struct str html, size_t last[FRAMES])
{
    for (size_t k = 0; k < FRAMES; k++)
        last[k] = STR_NOT_FOUND;
    for (size_t at = 0; (at = str_find_char(html, '<', at)) != STR_NOT_FOUND;
         at++) {
        bool is_end = at + 1 < html.n && html.p[at + 1] == '/';
        struct str name = str_slice(html, at + 1 + is_end, at + 8);

        for (size_t k = 0; k < FRAMES; k++)
            if (str_starts_nocase(name, frames[k]))
                last[k] = is_end ? STR_NOT_FOUND : at;
    }
}

/*
 * A frame without an end would take the rest of the article with it.  Its start
 * tag is given a name that HTML does not know, so that it is unwrapped like any
 * other: the rest stays, sanitized.
 */
static struct str open_unclosed(struct arena *a, struct str html,
                                struct notes *notes)
{
    size_t last[FRAMES];

    find_unclosed(html, last);
    for (size_t k = FRAMES; k-- > 0;) {
        if (last[k] == STR_NOT_FOUND)
            continue;
        note_add(notes, a, NOTE_SANITIZED, "%.*s", STR_ARG(frames[k]));
        html = arena_cat(a, str_slice(html, 0, last[k] + 1), STR("x-"),
                         str_from(html, last[k] + 1));
        if (k > 0 && last[0] != STR_NOT_FOUND && last[0] > last[k])
            last[0] += STR("x-").n;
    }
    return html;
}

/* The tree of a long body is many times its size, and goes before the next one
 * is read. */
static struct sanitized sanitize(struct arena *a, struct str html,
                                 struct str base, bool keep_empty,
                                 struct notes *notes,
                                 struct dropped_links *dropped)
{
    struct arena *scratch = arena_new(0);
    struct notes met = {0};
    struct sanitize_input in = {.base = base,
                                .dropped = dropped,
                                .keep_empty = keep_empty,
                                .scratch = scratch};
    struct sanitized out;
    uint32_t roots[1] = {0};

    html = open_unclosed(scratch, html, &met);
    in.tree = html_parse_fragment(scratch, html, &met);
    in.roots = roots;
    in.n_roots = 1;
    in.has_xml_base = str_has(html, STR("xml:base"));
    if (notes != NULL)
        notes_copy(notes, a, &met);
    out = sanitize_tree(a, &in, notes);
    arena_free(scratch);
    return out;
}

struct sanitized sanitize_html(struct arena *a, struct str html,
                               struct str base, struct notes *notes,
                               struct dropped_links *dropped)
{
    return sanitize(a, html, base, false, notes, dropped);
}

struct sanitized sanitize_all(struct arena *a, struct str html, struct str base)
{
    return sanitize(a, html, base, true, NULL, NULL);
}

/* ---- plain text ---- */

struct plain {
    struct buf html, text;
    const unsigned char *heading;
    size_t n_heading, paragraphs;
};

static void add_tag(struct buf *b, const char *before, int level)
{
    buf_add_str(b, str_from_c(before));
    if (level == 0)
        buf_add_char(b, 'p');
    else
        buf_printf(b, "h%d", level);
    buf_add_char(b, '>');
}

/* One paragraph, trimmed, not empty. */
static void add_paragraph(struct plain *p, struct str s)
{
    size_t index = p->paragraphs++;
    int level =
        p->heading != NULL && index < p->n_heading ? p->heading[index] : 0;
    struct str line;
    bool first = true;

    if (level < 2 || level > 4)
        level = 0;
    if (p->text.n > 0)
        buf_add_str(&p->text, STR("\n\n"));
    add_tag(&p->html, "<", level);
    while (str_split(&s, '\n', &line)) {
        line = str_trim_wide(line);
        if (!first) {
            buf_add_str(&p->html, STR("<br>"));
            buf_add_char(&p->text, '\n');
        }
        escape_text(&p->html, line);
        buf_add_str(&p->text, line);
        first = false;
    }
    add_tag(&p->html, "</", level);
}

/* End of the paragraph that begins at byte FROM: the first empty line. */
static size_t paragraph_end(struct str text, size_t from)
{
    size_t at = from;

    while ((at = str_find_char(text, '\n', at)) != STR_NOT_FOUND) {
        size_t next = str_find_char(text, '\n', at + 1);
        struct str line =
            str_slice(text, at + 1, next == STR_NOT_FOUND ? text.n : next);

        if (str_trim_wide(line).n == 0)
            return at;
        at++;
    }
    return text.n;
}

struct sanitized sanitize_plain(struct arena *a, struct str text,
                                const unsigned char *heading, size_t n_heading)
{
    struct plain p = {.heading = heading, .n_heading = n_heading};
    struct sanitized out;

    buf_init(&p.html, BUF_MAX);
    buf_init(&p.text, BUF_MAX);
    text = publishable(a, text);
    for (size_t from = 0; from < text.n;) {
        size_t end = paragraph_end(text, from);
        struct str s = str_trim_wide(str_slice(text, from, end));

        if (s.n > 0)
            add_paragraph(&p, s);
        from = end + 1;
    }
    out.html = buf_keep(&p.html, a);
    out.text = buf_keep(&p.text, a);
    buf_done(&p.html);
    buf_done(&p.text);
    return out;
}

/* ---- any body ---- */

struct sanitized sanitize_body(struct arena *a, const struct draft_body *body,
                               struct str base, struct notes *notes,
                               struct dropped_links *dropped)
{
    struct sanitize_input in = {.tree = body->tree,
                                .roots = body->roots,
                                .n_roots = body->n_roots,
                                .cut = body->cut,
                                .heading = body->heading,
                                .as = body->as,
                                .base = base,
                                .dropped = dropped};

    switch (body->kind) {
    case BODY_NODES:
        return sanitize_tree(a, &in, notes);
    case BODY_HTML:
        return sanitize_html(a, body->text, base, notes, dropped);
    case BODY_PLAIN:
        return sanitize_plain(a, body->text, body->paragraph_heading,
                              body->n_paragraphs);
    case BODY_NONE:
        break;
    }
    return (struct sanitized){STR_NONE, STR_NONE};
}

struct str html_sanitize(struct arena *a, struct str html, struct str base,
                         struct notes *notes, struct str *text)
{
    struct dropped_links dropped;
    struct sanitized clean;

    dropped_links_init(&dropped, a);
    clean = sanitize_html(a, html, only_http_base(base), notes, &dropped);
    if (notes != NULL)
        dropped_links_note(&dropped, notes);
    if (text != NULL)
        *text = clean.text;
    return clean.html;
}
