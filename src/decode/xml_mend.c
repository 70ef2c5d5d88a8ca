/*
 * A push tokenizer for XML that is nearly well-formed.
 *
 * Input is read construct by construct (a tag, a run of text, a comment); what
 * is not complete at the end of a chunk is kept and tried again when it has
 * grown by half, so that slow drips of a huge tag stay linear.  Long text,
 * CDATA and comments are never kept: they are modes, and pass through.
 *
 * What is mended, each with a note and its line (at most NOTES_OF_A_KIND each):
 *
 *   "&" that begins no reference     is text
 *   references HTML knows            are resolved
 *   other unknown references         are text
 *   "<" that begins no tag           is text
 *   a tag cut by the next "<"        ends there
 *   attributes without quotes, without value, with a lost quote, twice
 *   end tags that close nothing      are ignored
 *   elements not closed              end with the one around them
 *   elements below DEPTH_MAX         are left out with all they hold
 *   tags longer than TAG_MAX         are left out
 *   what follows the root element    is left out, but for more of its name
 *
 * Entities the document declares itself count only if they are short and plain
 * text; nothing ever expands to markup or to another reference, and nothing
 * outside the document is read.
 */
#include "decode/xml_mend.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/block.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/utf8.h"
#include "decode/entity.h"

#define DEPTH_MAX       256
#define ATTRS_MAX       128
#define BINDINGS_MAX    512
#define REFERENCE_MAX   64 /* bytes from & to ; */
#define TAG_MAX         ((size_t)4 << 20)
#define HEAD_WANTED     4096
#define ENTITIES_MAX    64
#define ENTITY_TEXT_MAX 128
#define EXPANDED_MAX    65536 /* bytes all such references may stand for */
#define NOTES_OF_A_KIND 3

static const struct str xml_uri =
    STR_INIT("http://www.w3.org/XML/1998/namespace");

enum mode {
    MODE_HEAD,    /* nothing decided: junk may stand before the document */
    MODE_PROLOG,  /* before the root element */
    MODE_CONTENT, /* inside it */
    MODE_EPILOG,  /* behind it */
    MODE_CDATA,
    MODE_COMMENT,
    MODE_PI,
    MODE_DOCTYPE,
    MODE_LONG_TAG, /* the rest of it */
    MODE_DONE      /* the rest is dropped */
};

enum mend {
    MEND_AMPERSAND,
    MEND_HTML_ENTITY,
    MEND_ENTITY,
    MEND_LESS_THAN,
    MEND_TAG,
    MEND_ATTRIBUTE,
    MEND_STRAY_END,
    MEND_UNCLOSED,
    MEND_DEPTH,
    MEND_LONG_TAG,
    MEND_NAMESPACES,
    MEND_EPILOG,
    MEND_CDATA_END,
    MENDS
};

static const struct mend_row {
    enum note_code code;
    const char *text;
} mend_rows[MENDS] = {
    [MEND_AMPERSAND] = {NOTE_XML_REPAIRED, "& that begins no reference"},
    [MEND_HTML_ENTITY] = {NOTE_XML_REPAIRED, "reference that only HTML knows"},
    [MEND_ENTITY] = {NOTE_XML_ENTITY_UNKNOWN, "unknown reference"},
    [MEND_LESS_THAN] = {NOTE_XML_REPAIRED, "< that begins no tag"},
    [MEND_TAG] = {NOTE_XML_REPAIRED, "tag without its end"},
    [MEND_ATTRIBUTE] = {NOTE_XML_REPAIRED, "malformed attribute"},
    [MEND_STRAY_END] = {NOTE_XML_REPAIRED, "end tag that closes nothing"},
    [MEND_UNCLOSED] = {NOTE_XML_REPAIRED, "element that is not closed"},
    [MEND_DEPTH] = {NOTE_MARKUP_HOSTILE, "elements nested too deep"},
    [MEND_LONG_TAG] = {NOTE_TOO_LARGE, "a tag that is too long is left out"},
    [MEND_NAMESPACES] = {NOTE_TOO_LARGE, "too many namespaces at one place"},
    [MEND_EPILOG] = {NOTE_XML_REPAIRED, "more behind the document"},
    [MEND_CDATA_END] = {NOTE_XML_REPAIRED, "]]> outside a CDATA section"},
};

/* A name as it stands, "prefix:local", in `names`. */
struct open_element {
    size_t at, n, prefix_n;
    size_t n_bindings; /* before its own */
    int binding;       /* of its namespace, -1 if none */
};

struct binding {
    size_t prefix_at, prefix_n, uri_at, uri_n; /* in `spaces` */
};

struct raw_attr {
    struct str name, value;
    size_t at, n; /* the decoded value, in `values` */
    bool is_decoded, is_dropped;
};

struct xml_mender {
    struct xml_handler handler;
    void *ctx;
    struct arena *a;
    struct notes *notes;

    struct buf kept; /* an unfinished construct */
    size_t wanted;   /* do not try again with fewer bytes */
    const char *now; /* the construct at hand ... */
    const char *counted;
    int line; /* ... and the line of `counted` */

    enum mode mode, after; /* `after` a comment or instruction */
    int entered;           /* the line where that began */
    bool has_root, last_was_cr;
    int brackets; /* in a doctype */
    size_t skipped;
    size_t n_open, n_bindings, n_attrs;
    size_t left_open; /* when the document ended */
    struct buf names, spaces, values, resolved;
    struct buf root; /* the name of the first element */
    struct map entities;
    struct str *entity_texts;
    size_t n_entities, expanded;
    int mends[MENDS];
    struct stacks *at;
};

/* Large, and written before it is read. */
struct stacks {
    struct open_element open[DEPTH_MAX];
    struct binding bindings[BINDINGS_MAX];
    struct raw_attr attrs[ATTRS_MAX];
    struct xml_attr out[ATTRS_MAX];
};

struct xml_mender *xml_mender_new(const struct xml_handler *handler, void *ctx,
                                  struct arena *a, struct notes *notes)
{
    struct xml_mender *x = heap_alloc(sizeof *x);

    x->handler = *handler;
    x->ctx = ctx;
    x->a = a;
    x->notes = notes;
    x->line = 1;
    x->at = heap_realloc(NULL, sizeof *x->at);
    buf_init(&x->kept, BUF_MAX);
    buf_init(&x->names, BUF_MAX);
    buf_init(&x->root, BUF_MAX);
    buf_init(&x->spaces, BUF_MAX);
    buf_init(&x->values, BUF_MAX);
    buf_init(&x->resolved, BUF_MAX);
    map_init(&x->entities, a);
    return x;
}

void xml_mender_free(struct xml_mender *x)
{
    if (x == NULL)
        return;
    buf_done(&x->kept);
    buf_done(&x->names);
    buf_done(&x->root);
    buf_done(&x->spaces);
    buf_done(&x->values);
    buf_done(&x->resolved);
    free(x->at);
    free(x);
}

bool xml_mender_has_root(const struct xml_mender *x)
{
    return x->has_root;
}

size_t xml_mender_left_open(const struct xml_mender *x)
{
    return x->left_open;
}

/* ---- lines and notes ---- */

static block ends_line(block c)
{
    return (block)(c == '\n');
}

static int lines_between(const char *from, const char *to)
{
    return (int)block_count(str_of(from, (size_t)(to - from)), ends_line);
}

static int line_of(const struct xml_mender *x)
{
    if (x->now == NULL || x->now < x->counted)
        return x->line;
    return x->line + lines_between(x->counted, x->now);
}

static void mend(struct xml_mender *x, enum mend kind)
{
    if (x->mends[kind]++ < NOTES_OF_A_KIND)
        note_add(x->notes, x->a, mend_rows[kind].code, "line %d: %s",
                 line_of(x), mend_rows[kind].text);
}

/* ---- events ---- */

static struct str part_of(const struct buf *b, size_t at, size_t n)
{
    return str_slice(buf_str(b), at, at + n);
}

static struct str name_of(const struct xml_mender *x,
                          const struct open_element *e)
{
    return part_of(&x->names, e->at, e->n);
}

static struct str local_of(struct str name, size_t prefix_n)
{
    return prefix_n == 0 ? name : str_from(name, prefix_n + 1);
}

static struct str uri_of(const struct xml_mender *x, int binding)
{
    const struct binding *b;

    if (binding < 0)
        return STR_NONE;
    b = &x->at->bindings[binding];
    return part_of(&x->spaces, b->uri_at, b->uri_n);
}

static void give_text(struct xml_mender *x, struct str text, bool is_cdata)
{
    if (text.n > 0 && x->n_open > 0 && x->skipped == 0)
        x->handler.text(x->ctx, text, is_cdata);
}

/* Forgets the bindings behind the first N. */
static void unbind(struct xml_mender *x, size_t n)
{
    if (x->n_bindings == n)
        return;
    x->n_bindings = n;
    x->spaces.n =
        n == 0 ? 0
               : x->at->bindings[n - 1].uri_at + x->at->bindings[n - 1].uri_n;
}

static void close_top(struct xml_mender *x)
{
    struct open_element *e = &x->at->open[x->n_open - 1];
    struct str name = name_of(x, e);

    x->handler.end(x->ctx, uri_of(x, e->binding),
                   str_slice(name, 0, e->prefix_n),
                   local_of(name, e->prefix_n));
    unbind(x, e->n_bindings);
    x->names.n = e->at;
    x->n_open--;
    if (x->n_open == 0)
        x->mode = MODE_EPILOG;
}

/* ---- namespaces ---- */

/* Bytes before the colon; 0 if NAME has none, or nothing on one side. */
static size_t prefix_length(struct str name)
{
    size_t colon = str_find_char(name, ':', 0);

    return colon == STR_NOT_FOUND || colon + 1 == name.n ? 0 : colon;
}

static int find_binding(const struct xml_mender *x, struct str prefix)
{
    for (size_t i = x->n_bindings; i > 0; i--) {
        const struct binding *b = &x->at->bindings[i - 1];

        if (str_eq(part_of(&x->spaces, b->prefix_at, b->prefix_n), prefix))
            return (int)i - 1;
    }
    return -1;
}

static void bind(struct xml_mender *x, struct str prefix, struct str uri)
{
    struct binding *b;

    if (x->n_bindings == BINDINGS_MAX) {
        mend(x, MEND_NAMESPACES);
        return;
    }
    b = &x->at->bindings[x->n_bindings++];
    b->prefix_at = x->spaces.n;
    b->prefix_n = prefix.n;
    buf_add_str(&x->spaces, prefix);
    b->uri_at = x->spaces.n;
    b->uri_n = uri.n;
    buf_add_str(&x->spaces, uri);
}

/* ---- references ---- */

static const struct basic {
    struct str reference;
    char meaning[2];
} basic[] = {
    {STR_INIT("&lt;"), "<"},   {STR_INIT("&gt;"), ">"},
    {STR_INIT("&amp;"), "&"},  {STR_INIT("&quot;"), "\""},
    {STR_INIT("&apos;"), "'"},
};

/* The five of XML itself; NULL if S begins with none. */
static const struct basic *find_basic(struct str s)
{
    size_t i;

    if (s.n < 4)
        return NULL;
    switch (s.p[1]) {
    case 'l':
        i = 0;
        break;
    case 'g':
        i = 1;
        break;
    case 'a':
        i = s.p[2] == 'm' ? 2 : 4;
        break;
    case 'q':
        i = 3;
        break;
    default:
        return NULL;
    }
    return str_starts(s, basic[i].reference) ? &basic[i] : NULL;
}

/* XML's names come from XHTML's DTD; HTML 5 has given two of them, the angle
 * brackets, other characters. */
static size_t xml_entity(struct str name, char to[ENTITY_BYTES])
{
    if (str_eq(name, STR("lang")))
        return utf8_put(to, 0x2329);
    if (str_eq(name, STR("rang")))
        return utf8_put(to, 0x232A);
    return entity_by_name(name, to);
}

/* S begins with '&'.  Bytes used, at least one; *OUT is what they mean, maybe in
 * TO.  0: more bytes are needed. */
static size_t read_reference(struct xml_mender *x, struct str s, bool is_last,
                             char to[ENTITY_BYTES], struct str *out)
{
    const struct basic *known = find_basic(s);
    size_t end = 1, n;
    const size_t *own;

    if (known != NULL) {
        *out = str_of(known->meaning, 1);
        return known->reference.n;
    }
    while (end < s.n && end < REFERENCE_MAX &&
           (is_alnum(s.p[end]) || (unsigned char)s.p[end] >= 0x80 ||
            (end == 1 && s.p[end] == '#') || s.p[end] == '_' ||
            s.p[end] == '.' || s.p[end] == '-' || s.p[end] == ':'))
        end++;
    if (end == s.n && end < REFERENCE_MAX && !is_last)
        return 0;
    *out = str_slice(s, 0, 1);
    if (s.n > 1 && s.p[1] == '#') {
        size_t used = entity_read(s, false, to, &n);

        if (used == 0 || s.p[used - 1] != ';')
            mend(x, MEND_AMPERSAND);
        if (used == 0)
            return 1;
        *out = str_of(to, n);
        return used;
    }
    if (end == 1 || end == s.n || s.p[end] != ';') {
        mend(x, MEND_AMPERSAND);
        return 1;
    }
    own = map_get(&x->entities, str_slice(s, 1, end));
    if (own != NULL && x->expanded < EXPANDED_MAX) {
        *out = x->entity_texts[*own];
        x->expanded += out->n;
        return end + 1;
    }
    n = xml_entity(str_slice(s, 1, end), to);
    mend(x, n > 0 ? MEND_HTML_ENTITY : MEND_ENTITY);
    *out = n > 0 ? str_of(to, n) : str_slice(s, 0, end + 1);
    return end + 1;
}

/* ---- attributes ---- */

static bool is_name_end(char c)
{
    return is_space(c) || c == '>' || c == '/' || c == '=' || c == '<';
}

/* XML allows letters of all scripts; where something is broken anyway, "<" before
 * a Han character is text more often than a tag. */
static bool begins_name(char c)
{
    return is_alpha(c) || c == '_' || c == ':';
}

/* The value into `values`, references resolved, blanks made one kind. */
static void decode_value(struct xml_mender *x, struct raw_attr *attr)
{
    struct str s = attr->value, meaning;
    char to[ENTITY_BYTES];

    attr->at = x->values.n;
    for (size_t i = 0; i < s.n;) {
        if (s.p[i] == '&') {
            i += read_reference(x, str_from(s, i), true, to, &meaning);
            buf_add_str(&x->values, meaning);
        } else {
            buf_add_char(&x->values, is_space(s.p[i]) ? ' ' : s.p[i]);
            i++;
        }
    }
    attr->n = x->values.n - attr->at;
    attr->is_decoded = true;
}

static bool needs_decoding(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '&' || s.p[i] == '\n' || s.p[i] == '\t')
            return true;
    return false;
}

static struct str value_of(const struct xml_mender *x,
                           const struct raw_attr *attr)
{
    return attr->is_decoded ? part_of(&x->values, attr->at, attr->n)
                            : attr->value;
}

static void add_attr(struct xml_mender *x, struct str name, struct str value)
{
    struct raw_attr *attr;

    if (x->n_attrs == ATTRS_MAX) {
        mend(x, MEND_ATTRIBUTE);
        return;
    }
    for (size_t i = 0; i < x->n_attrs; i++) {
        if (str_eq(x->at->attrs[i].name, name)) {
            mend(x, MEND_ATTRIBUTE);
            return;
        }
    }
    attr = &x->at->attrs[x->n_attrs++];
    *attr = (struct raw_attr){.name = name, .value = value};
    if (needs_decoding(value))
        decode_value(x, attr);
}

#define INCOMPLETE SIZE_MAX

/*
 * The quoted value that begins at I (the quote); moves I behind it.  A quote
 * that is followed by neither blank nor end of tag, with "<" inside, is taken
 * for the next attribute's or tag's: then ours was lost, and the value ends at
 * the first '>'.
 */
static size_t read_quoted(struct xml_mender *x, struct str s, size_t i,
                          bool is_last, struct str *value)
{
    size_t close = str_find_char(s, s.p[i], i + 1), cut;
    struct str inner;

    if (close == STR_NOT_FOUND && !is_last && s.n - i < TAG_MAX)
        return INCOMPLETE;
    inner = str_slice(s, i + 1, close);
    if (close != STR_NOT_FOUND) {
        char next = close + 1 < s.n ? s.p[close + 1] : '>';

        if (close + 1 == s.n && !is_last)
            return INCOMPLETE;
        *value = inner;
        if (is_space(next) || next == '>' || next == '/' || next == '?')
            return close + 1;
        mend(x, MEND_ATTRIBUTE);
        if (str_find_char(inner, '<', 0) == STR_NOT_FOUND)
            return close + 1;
    } else {
        mend(x, MEND_ATTRIBUTE);
    }
    for (cut = i + 1; cut < s.n && s.p[cut] != '>' && s.p[cut] != '<';)
        cut++;
    *value = str_slice(s, i + 1, cut);
    return cut;
}

/* Attributes from I on; behind the last one (at '>', '/', '<' or the end). */
static size_t read_attrs(struct xml_mender *x, struct str s, size_t i,
                         bool is_last)
{
    x->n_attrs = 0;
    x->values.n = 0;
    for (;;) {
        size_t from;
        struct str name, value = STR_NONE;

        while (i < s.n && is_space(s.p[i]))
            i++;
        if (i >= s.n)
            return is_last ? i : INCOMPLETE;
        if (s.p[i] == '>' || s.p[i] == '<')
            return i;
        if (s.p[i] == '/') {
            if (i + 1 == s.n && !is_last)
                return INCOMPLETE;
            if (i + 1 < s.n && s.p[i + 1] == '>')
                return i;
            i++;
            continue;
        }
        from = i;
        while (i < s.n && !is_name_end(s.p[i]))
            i++;
        name = str_slice(s, from, i);
        while (i < s.n && is_space(s.p[i]))
            i++;
        if (i >= s.n && !is_last)
            return INCOMPLETE;
        if (i >= s.n || s.p[i] != '=') {
            mend(x, MEND_ATTRIBUTE);
            if (name.n > 0)
                add_attr(x, name, STR_NONE);
            continue;
        }
        for (i++; i < s.n && is_space(s.p[i]);)
            i++;
        if (i >= s.n)
            return is_last ? i : INCOMPLETE;
        if (s.p[i] == '"' || s.p[i] == '\'') {
            i = read_quoted(x, s, i, is_last, &value);
            if (i == INCOMPLETE)
                return INCOMPLETE;
        } else {
            mend(x, MEND_ATTRIBUTE);
            from = i;
            while (i < s.n && !is_space(s.p[i]) && s.p[i] != '>' &&
                   s.p[i] != '<')
                i++;
            value = str_slice(s, from, i);
        }
        if (name.n > 0)
            add_attr(x, name, value);
    }
}

/* ---- tags ---- */

/* Into a mode that ends by itself. */
static size_t enter(struct xml_mender *x, enum mode mode, size_t at)
{
    x->after = x->mode;
    x->mode = mode;
    x->entered = line_of(x);
    return at;
}

static void bind_all(struct xml_mender *x)
{
    for (size_t i = 0; i < x->n_attrs; i++) {
        struct raw_attr *attr = &x->at->attrs[i];

        if (!str_starts(attr->name, STR("xmlns")))
            continue;
        if (attr->name.n == 5)
            bind(x, STR_NONE, str_trim(value_of(x, attr)));
        else if (attr->name.p[5] == ':')
            bind(x, str_from(attr->name, 6), str_trim(value_of(x, attr)));
        else
            continue;
        attr->is_dropped = true;
    }
}

static size_t resolve_attrs(struct xml_mender *x)
{
    size_t n = 0;

    for (size_t i = 0; i < x->n_attrs; i++) {
        struct raw_attr *attr = &x->at->attrs[i];
        size_t prefix_n = prefix_length(attr->name);
        struct str prefix = str_slice(attr->name, 0, prefix_n);
        struct xml_attr *out = &x->at->out[n];

        if (attr->is_dropped)
            continue;
        out->prefix = prefix;
        out->name = local_of(attr->name, prefix_n);
        out->value = value_of(x, attr);
        out->uri = prefix_n == 0 ? STR_NONE
                   : str_eq(prefix, STR("xml"))
                       ? xml_uri
                       : uri_of(x, find_binding(x, prefix));
        n++;
    }
    return n;
}

/* The namespaces that NAME's own attributes declare; which one is its. */
static int bind_element(struct xml_mender *x, struct str name, size_t prefix_n)
{
    bind_all(x);
    return find_binding(x, str_slice(name, 0, prefix_n));
}

/* How many of the open elements must have ended before NAME begins. */
static size_t count_unclosed(struct xml_mender *x, struct str name,
                             size_t prefix_n, int binding)
{
    size_t n;

    if (x->handler.unclosed == NULL)
        return 0;
    n = x->handler.unclosed(x->ctx, uri_of(x, binding),
                            str_slice(name, 0, prefix_n),
                            local_of(name, prefix_n), x->n_attrs);
    return n < x->n_open ? n : 0;
}

static void open_element(struct xml_mender *x, struct str name, bool is_empty)
{
    size_t prefix_n = prefix_length(name), n_before = x->n_bindings, n;
    struct open_element *e;
    int binding;

    if (x->skipped > 0) {
        x->skipped += !is_empty;
        return;
    }
    binding = bind_element(x, name, prefix_n);
    n = count_unclosed(x, name, prefix_n, binding);
    if (n > 0) {
        unbind(x, n_before);
        mend(x, MEND_UNCLOSED);
        while (n-- > 0)
            close_top(x);
        n_before = x->n_bindings;
        binding = bind_element(x, name, prefix_n);
    }
    if (x->n_open == DEPTH_MAX) {
        unbind(x, n_before);
        mend(x, MEND_DEPTH);
        x->skipped += !is_empty;
        return;
    }
    e = &x->at->open[x->n_open++];
    e->at = x->names.n;
    e->n = name.n;
    e->prefix_n = prefix_n;
    e->n_bindings = n_before;
    e->binding = binding;
    buf_add_str(&x->names, name);
    n = resolve_attrs(x);
    if (!x->has_root)
        buf_add_str(&x->root, name);
    x->has_root = true;
    x->mode = MODE_CONTENT;
    x->handler.start(x->ctx, uri_of(x, binding), str_slice(name, 0, prefix_n),
                     local_of(name, prefix_n), x->at->out, n);
    if (is_empty)
        close_top(x);
}

/* HTML writes these without an end; left open they would take in all that
 * follows. */
static bool is_html_void(struct str name)
{
    return str_eq(name, STR("br")) || str_eq(name, STR("hr"));
}

/* Its attributes would have to be kept until it ends. */
static size_t unfinished_tag(struct xml_mender *x, struct str s, size_t i)
{
    if (s.n - i < TAG_MAX)
        return INCOMPLETE;
    mend(x, MEND_LONG_TAG);
    return enter(x, MODE_LONG_TAG, s.n);
}

static size_t read_start_tag(struct xml_mender *x, struct str s, size_t i,
                             bool is_last)
{
    size_t from = i + 1, end;
    struct str name;
    bool is_empty;

    for (end = from; end < s.n && !is_name_end(s.p[end]);)
        end++;
    if (end == s.n)
        return is_last ? s.n : unfinished_tag(x, s, i);
    name = str_slice(s, from, end);
    end = read_attrs(x, s, end, is_last);
    if (end == INCOMPLETE)
        return unfinished_tag(x, s, i);
    /* The document ends inside the tag: it is dropped. */
    if (end == s.n) {
        mend(x, MEND_TAG);
        return s.n;
    }
    if (s.p[end] == '<')
        mend(x, MEND_TAG);
    is_empty = s.p[end] == '/';
    end += is_empty ? 2u : s.p[end] == '>';
    if (!is_empty && is_html_void(name)) {
        if (end < s.n && !str_starts(str_from(s, end), STR("</")))
            mend(x, MEND_UNCLOSED);
        is_empty = true;
    }
    open_element(x, name, is_empty);
    return end;
}

static void end_element(struct xml_mender *x, struct str name)
{
    size_t k = x->n_open;

    if (x->skipped > 0) {
        x->skipped--;
        return;
    }
    while (k > 0 && !str_eq(name_of(x, &x->at->open[k - 1]), name))
        k--;
    if (k == 0 && x->n_open > 0 &&
        str_eq_nocase(name_of(x, &x->at->open[x->n_open - 1]), name)) {
        mend(x, MEND_STRAY_END);
        k = x->n_open;
    }
    if (k == 0) {
        if (!is_html_void(name))
            mend(x, MEND_STRAY_END);
        return;
    }
    if (k < x->n_open)
        mend(x, MEND_UNCLOSED);
    while (x->n_open >= k)
        close_top(x);
}

static size_t read_end_tag(struct xml_mender *x, struct str s, size_t i,
                           bool is_last)
{
    size_t end = i + 2;
    bool is_closed;

    while (end < s.n && s.p[end] != '>' && s.p[end] != '<')
        end++;
    if (end == s.n && !is_last && end - i < TAG_MAX)
        return INCOMPLETE;
    is_closed = end < s.n && s.p[end] == '>';
    if (!is_closed)
        mend(x, MEND_TAG);
    end_element(x, str_trim(str_slice(s, i + 2, end)));
    return end + is_closed;
}

/* ---- text ---- */

static void give_resolved(struct xml_mender *x, struct str s)
{
    size_t i = 0, amp = str_find_char(s, '&', 0);

    if (amp == STR_NOT_FOUND) {
        give_text(x, s, false);
        return;
    }
    buf_reset(&x->resolved);
    for (; amp != STR_NOT_FOUND; amp = str_find_char(s, '&', i)) {
        char to[ENTITY_BYTES];
        struct str meaning;

        buf_add(&x->resolved, s.p + i, amp - i);
        x->now = s.p + amp;
        i = amp + read_reference(x, str_from(s, amp), true, to, &meaning);
        buf_add_str(&x->resolved, meaning);
    }
    buf_add_str(&x->resolved, str_from(s, i));
    give_text(x, buf_str(&x->resolved), false);
}

/* Bytes at the end of S that may belong together with what follows: half a
 * reference, or brackets that may become a stray "]]>". */
static size_t open_tail(struct str s)
{
    size_t from = s.n > REFERENCE_MAX ? s.n - REFERENCE_MAX : 0;

    for (size_t i = s.n; i > from; i--) {
        if (s.p[i - 1] == ';')
            break;
        if (s.p[i - 1] == '&')
            return s.n - i + 1;
    }
    for (size_t n = 3; n > 0; n--)
        if (str_ends(s, str_slice(STR("]]>"), 0, n)))
            return n;
    return 0;
}

static bool is_blank_text(struct str s)
{
    return str_trim(s).n == 0;
}

/* Text from I to the next '<'.  A section that holds another ends at the inner
 * one's end and leaves "]]>" before the tag. */
static size_t read_text(struct xml_mender *x, struct str s, size_t i,
                        bool is_last)
{
    size_t end = str_find_char(s, '<', i);
    bool is_whole = end != STR_NOT_FOUND || is_last;
    struct str text = str_slice(s, i, end);
    size_t used = text.n;

    if (!is_whole) {
        used -= open_tail(text);
        text.n = used;
    } else if (str_ends(text, STR("]]>"))) {
        mend(x, MEND_CDATA_END);
        text.n -= 3;
    }
    if (x->mode == MODE_CONTENT)
        give_resolved(x, text);
    else if (!is_blank_text(text))
        mend(x, MEND_EPILOG);
    return i + used;
}

/* ---- what is passed over ---- */

/* To behind CLOSE, or as far as can be said that it does not begin; gives the
 * text of a CDATA section. */
static size_t read_until(struct xml_mender *x, struct str s, size_t i,
                         struct str close, bool is_last)
{
    size_t hit = str_find(s, close, i), end = hit;

    if (hit == STR_NOT_FOUND) {
        end = s.n;
        for (size_t n = close.n - 1; !is_last && n > 0; n--) {
            if (end - i >= n &&
                str_ends(str_slice(s, i, end), str_slice(close, 0, n))) {
                end -= n;
                break;
            }
        }
    }
    if (x->mode == MODE_CDATA)
        give_text(x, str_slice(s, i, end), true);
    if (hit == STR_NOT_FOUND)
        return end;
    x->mode = x->after;
    return hit + close.n;
}

/* <!ENTITY name "text"> at I, if it is short and plain. */
static void declare_entity(struct xml_mender *x, struct str declaration)
{
    struct str name, rest = str_from(declaration, 8);
    size_t open, close;
    bool is_new;
    size_t *slot;

    if (x->n_entities == ENTITIES_MAX || !str_word(&rest, &name))
        return;
    rest = str_trim(rest);
    if (rest.n < 2 || (rest.p[0] != '"' && rest.p[0] != '\''))
        return;
    open = 1;
    close = str_find_char(rest, rest.p[0], open);
    if (close == STR_NOT_FOUND || close - open > ENTITY_TEXT_MAX)
        return;
    rest = str_slice(rest, open, close);
    if (str_find_char(rest, '<', 0) != STR_NOT_FOUND ||
        str_find_char(rest, '%', 0) != STR_NOT_FOUND)
        return;
    /* Of references only one that is all there is: the usual way to name a
     * character. */
    if (str_find_char(rest, '&', 0) != STR_NOT_FOUND &&
        !(str_starts(rest, STR("&#")) &&
          str_find_char(rest, ';', 0) == rest.n - 1))
        return;
    slot = map_put(&x->entities, arena_str(x->a, name), &is_new);
    if (!is_new)
        return;
    if (x->entity_texts == NULL)
        x->entity_texts =
            arena_array(x->a, ENTITIES_MAX, sizeof *x->entity_texts);
    *slot = x->n_entities;
    x->entity_texts[x->n_entities++] =
        entity_resolve(x->a, arena_str(x->a, rest), false);
}

/* A doctype: to its '>' outside of brackets and quotes; one declaration at a
 * time. */
static size_t read_doctype(struct xml_mender *x, struct str s, size_t i,
                           bool is_last)
{
    while (i < s.n) {
        char c = s.p[i];
        struct str rest = str_from(s, i);
        size_t end;

        if (c == '[') {
            x->brackets = 1;
        } else if (c == ']') {
            x->brackets = 0;
        } else if (c == '>' && x->brackets == 0) {
            x->mode = x->after;
            return i + 1;
        } else if (c == '"' || c == '\'') {
            end = str_find_char(s, c, i + 1);
            if (end == STR_NOT_FOUND && !is_last && rest.n < TAG_MAX)
                return i;
            if (end != STR_NOT_FOUND)
                i = end;
        } else if (c == '<') {
            bool is_comment = str_starts(rest, STR("<!--"));

            if (rest.n < 4 && !is_last)
                return i;
            end = is_comment ? str_find(s, STR("-->"), i)
                             : str_find_char(s, '>', i);
            if (end == STR_NOT_FOUND && !is_last && rest.n < TAG_MAX)
                return i;
            if (end == STR_NOT_FOUND)
                return s.n;
            /* The root element: the doctype was not closed. */
            if (begins_name(rest.p[1])) {
                x->mode = x->after;
                return i;
            }
            if (str_starts(rest, STR("<!ENTITY")))
                declare_entity(x, str_slice(s, i, end));
            i = is_comment ? end + 2 : end;
        }
        i++;
    }
    return i;
}

/* "<!" or "<?" at I. */
static size_t read_special(struct xml_mender *x, struct str s, size_t i,
                           bool is_last)
{
    struct str rest = str_from(s, i);
    size_t end;

    if (rest.n < 9 && !is_last)
        return INCOMPLETE;
    if (rest.p[1] == '?') {
        /* A declaration without its second question mark is common. */
        if (!str_starts(rest, STR("<?xml ")))
            return enter(x, MODE_PI, i + 2);
        end = str_find_char(s, '>', i);
        if (end == STR_NOT_FOUND && !is_last && rest.n < HEAD_WANTED)
            return INCOMPLETE;
        return end == STR_NOT_FOUND ? i + 6 : end + 1;
    }
    if (str_starts(rest, STR("<!--")))
        return enter(x, MODE_COMMENT, i + 4);
    if (str_starts(rest, STR("<![CDATA[")))
        return enter(x, MODE_CDATA, i + 9);
    if (str_starts_nocase(rest, STR("<!DOCTYPE"))) {
        x->brackets = 0;
        return enter(x, MODE_DOCTYPE, i + 9);
    }
    end = str_find_char(s, '>', i);
    if (end == STR_NOT_FOUND && !is_last && rest.n < TAG_MAX)
        return INCOMPLETE;
    mend(x, MEND_TAG);
    return end == STR_NOT_FOUND ? s.n : end + 1;
}

/* ---- the beginning ---- */

static const struct str feed_roots[] = {
    STR_INIT("<rss"),  STR_INIT("<feed"),      STR_INIT("<rdf:RDF"),
    STR_INIT("<opml"), STR_INIT("<atom:feed"),
};

/* The first of the roots in HEAD. */
static size_t find_feed_root(struct str head)
{
    size_t best = STR_NOT_FOUND;

    for (size_t i = 0; i < sizeof feed_roots / sizeof feed_roots[0]; i++) {
        size_t hit = str_find(head, feed_roots[i], 0);

        if (hit < best)
            best = hit;
    }
    return best;
}

/* The first start tag in HEAD that is not in a comment. */
static size_t find_start_tag(struct str head)
{
    size_t i = 0;

    while ((i = str_find_char(head, '<', i)) != STR_NOT_FOUND) {
        struct str rest = str_from(head, i);

        if (str_starts(rest, STR("<!--")))
            i = str_find(head, STR("-->"), i);
        else if (rest.n > 1 && begins_name(rest.p[1]))
            return i;
        else
            i++;
        if (i == STR_NOT_FOUND)
            break;
    }
    return STR_NOT_FOUND;
}

/* Where the document begins: at its declaration; else where its first markup
 * is, unless that is a page's or a warning's and a feed begins behind it. */
static size_t find_document(struct str s)
{
    struct str head = str_slice(s, 0, HEAD_WANTED), trimmed;
    size_t declaration = str_find(head, STR("<?xml "), 0);
    size_t root = find_feed_root(head), tag = find_start_tag(head), markup;

    if (str_starts(head, STR("\xEF\xBB\xBF")))
        head = str_from(head, 3);
    trimmed = str_trim(head);
    markup = str_find_char(s, '<', 0);
    if (declaration != STR_NOT_FOUND)
        return declaration;
    if (root != STR_NOT_FOUND && (tag != root || markup == STR_NOT_FOUND ||
                                  trimmed.n == 0 || trimmed.p[0] != '<'))
        return root;
    return markup == STR_NOT_FOUND ? 0 : markup;
}

static size_t read_head(struct xml_mender *x, struct str s, bool is_last)
{
    size_t from;

    if (s.n < HEAD_WANTED && !is_last)
        return 0;
    from = find_document(s);
    if (from > 0 && !is_blank_text(str_slice(s, 0, from)) &&
        !(from == 3 && s.p[0] == '\xEF'))
        note_add(x->notes, x->a, NOTE_XML_JUNK_BEFORE, "%zu bytes", from);
    x->mode = MODE_PROLOG;
    return from;
}

/* ---- the loop ---- */

/* A start tag behind the root element: of a second one, as where entries stand
 * side by side or documents end to end; else of what is none of the document. */
static size_t read_behind(struct xml_mender *x, struct str s, size_t i,
                          bool is_last)
{
    struct str root = buf_str(&x->root), rest = str_from(s, i + 1);

    if (rest.n <= root.n && !is_last)
        return INCOMPLETE;
    mend(x, MEND_EPILOG);
    if (rest.n > root.n && str_starts(rest, root) &&
        is_name_end(rest.p[root.n]))
        return read_start_tag(x, s, i, is_last);
    x->mode = MODE_DONE;
    return s.n;
}

static size_t read_markup(struct xml_mender *x, struct str s, size_t i,
                          bool is_last)
{
    char c = i + 1 < s.n ? s.p[i + 1] : '\0';

    if (i + 1 == s.n && !is_last)
        return INCOMPLETE;
    if (begins_name(c) && x->mode == MODE_EPILOG)
        return read_behind(x, s, i, is_last);
    if (begins_name(c))
        return read_start_tag(x, s, i, is_last);
    if (c == '/')
        return read_end_tag(x, s, i, is_last);
    if (c == '!' || c == '?')
        return read_special(x, s, i, is_last);
    mend(x, MEND_LESS_THAN);
    give_text(x, str_slice(s, i, i + 1), false);
    return i + 1;
}

static size_t step(struct xml_mender *x, struct str s, size_t i, bool is_last)
{
    switch (x->mode) {
    case MODE_HEAD:
        return read_head(x, s, is_last);
    case MODE_CDATA:
        return read_until(x, s, i, STR("]]>"), is_last);
    case MODE_COMMENT:
        return read_until(x, s, i, STR("-->"), is_last);
    case MODE_PI:
        return read_until(x, s, i, STR("?>"), is_last);
    case MODE_LONG_TAG:
        return read_until(x, s, i, STR(">"), is_last);
    case MODE_DOCTYPE:
        return read_doctype(x, s, i, is_last);
    case MODE_DONE:
        return s.n;
    case MODE_PROLOG:
    case MODE_CONTENT:
    case MODE_EPILOG:
        break;
    }
    return s.p[i] == '<' ? read_markup(x, s, i, is_last)
                         : read_text(x, s, i, is_last);
}

/* Bytes of S that are done with. */
static size_t read_some(struct xml_mender *x, struct str s, bool is_last)
{
    size_t i = 0;

    x->counted = s.p;
    while (i < s.n) {
        enum mode before = x->mode;
        size_t next;

        x->now = s.p + i;
        next = step(x, s, i, is_last);
        if (next == INCOMPLETE || (next == i && x->mode == before))
            break;
        i = next;
    }
    x->line += lines_between(s.p, s.p + i);
    x->now = x->counted = NULL;
    return i;
}

/* Line ends as XML has them (2.11), onto `kept`. */
static void keep_lines(struct xml_mender *x, struct str s)
{
    size_t i = 0;

    if (x->last_was_cr && s.n > 0 && s.p[0] == '\n')
        i = 1;
    while (i < s.n) {
        size_t cr = str_find_char(s, '\r', i);

        buf_add_str(&x->kept, str_slice(s, i, cr));
        if (cr == STR_NOT_FOUND)
            break;
        buf_add_char(&x->kept, '\n');
        i = cr + 1;
        if (i < s.n && s.p[i] == '\n')
            i++;
    }
    if (s.n > 0)
        x->last_was_cr = s.p[s.n - 1] == '\r';
}

/* What the document ends in the middle of: it has taken in all that follows. */
static void note_unended(struct xml_mender *x)
{
    static const char *const names[] = {[MODE_CDATA] = "a CDATA section",
                                        [MODE_COMMENT] = "a comment",
                                        [MODE_PI] = "an instruction",
                                        [MODE_DOCTYPE] = "a doctype",
                                        [MODE_LONG_TAG] = "a tag"};

    if (x->mode >= MODE_CDATA && x->mode <= MODE_LONG_TAG)
        note_add(x->notes, x->a, NOTE_XML_REPAIRED,
                 "line %d: %s without its end, which the rest stands in",
                 x->entered, names[x->mode]);
}

static void finish(struct xml_mender *x)
{
    note_unended(x);
    if (x->n_open == 0)
        return;
    x->left_open = x->n_open;
    note_add(x->notes, x->a, NOTE_TRUNCATED, "line %d: ends inside <%.*s>",
             x->line, STR_ARG(name_of(x, &x->at->open[x->n_open - 1])));
    while (x->n_open > 0)
        close_top(x);
}

void xml_mender_push(struct xml_mender *x, struct str utf8, bool is_last)
{
    size_t used;

    if (x->kept.n > 0 || x->last_was_cr ||
        str_find_char(utf8, '\r', 0) != STR_NOT_FOUND) {
        keep_lines(x, utf8);
        if (x->kept.n < x->wanted && !is_last)
            return;
        used = read_some(x, buf_str(&x->kept), is_last);
        x->kept.n -= used;
        if (x->kept.n > 0)
            memmove(x->kept.p, x->kept.p + used, x->kept.n);
    } else {
        used = read_some(x, utf8, is_last);
        buf_add_str(&x->kept, str_from(utf8, used));
    }
    x->wanted = x->kept.n + x->kept.n / 2;
    if (is_last)
        finish(x);
}
