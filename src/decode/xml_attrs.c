/*
 * References, attributes and namespaces of the tolerant XML reader (xml_mend.c
 * says what is mended).
 */
#include "base/utf8.h"
#include "decode/xml_state.h"

#define EXPANDED_MAX 65536 /* bytes all references to own entities stand for */

static const struct str xml_uri =
    STR_INIT("http://www.w3.org/XML/1998/namespace");

/* ---- namespaces ---- */

size_t xml_prefix_length(struct str name)
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
        xml_note(x, MEND_NAMESPACES);
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

size_t xml_read_reference(struct xml_mender *x, struct str s, bool is_last,
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
            xml_note(x, MEND_AMPERSAND);
        if (used == 0)
            return 1;
        *out = str_of(to, n);
        return used;
    }
    if (end == 1 || end == s.n || s.p[end] != ';') {
        xml_note(x, MEND_AMPERSAND);
        return 1;
    }
    own = map_get(&x->entities, str_slice(s, 1, end));
    if (own != NULL && x->expanded < EXPANDED_MAX) {
        *out = x->entity_texts[*own];
        x->expanded += out->n;
        return end + 1;
    }
    n = xml_entity(str_slice(s, 1, end), to);
    xml_note(x, n > 0 ? MEND_HTML_ENTITY : MEND_ENTITY);
    *out = n > 0 ? str_of(to, n) : str_slice(s, 0, end + 1);
    return end + 1;
}

/* ---- attributes ---- */

/* The value into `values`, references resolved, blanks made one kind. */
static void decode_value(struct xml_mender *x, struct raw_attr *attr)
{
    struct str s = attr->value, meaning;
    char to[ENTITY_BYTES];

    attr->at = x->values.n;
    for (size_t i = 0; i < s.n;) {
        if (s.p[i] == '&') {
            i += xml_read_reference(x, str_from(s, i), true, to, &meaning);
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

static bool has_attr(const struct xml_mender *x, struct str name)
{
    unsigned char key = xml_name_key(name);

    for (size_t i = 0; i < x->n_attrs; i++)
        if (x->at->attr_keys[i] == key && str_eq(x->at->attrs[i].name, name))
            return true;
    return false;
}

static void add_attr(struct xml_mender *x, struct str name, struct str value)
{
    struct raw_attr *attr;

    if (x->drops_attrs)
        return;
    if (x->n_attrs == ATTRS_MAX) {
        xml_note(x, MEND_ATTRIBUTE);
        return;
    }
    if (has_attr(x, name)) {
        xml_note(x, MEND_ATTRIBUTE);
        return;
    }
    x->at->attr_keys[x->n_attrs] = xml_name_key(name);
    attr = &x->at->attrs[x->n_attrs++];
    *attr = (struct raw_attr){.name = name, .value = value};
    if (needs_decoding(value))
        decode_value(x, attr);
}

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
        xml_note(x, MEND_ATTRIBUTE);
        if (str_find_char(inner, '<', 0) == STR_NOT_FOUND)
            return close + 1;
    } else {
        xml_note(x, MEND_ATTRIBUTE);
    }
    for (cut = i + 1; cut < s.n && s.p[cut] != '>' && s.p[cut] != '<';)
        cut++;
    *value = str_slice(s, i + 1, cut);
    return cut;
}

size_t xml_read_attrs(struct xml_mender *x, struct str s, size_t i,
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
            xml_note(x, MEND_ATTRIBUTE);
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
            xml_note(x, MEND_ATTRIBUTE);
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

size_t xml_resolve_attrs(struct xml_mender *x)
{
    size_t n = 0;

    for (size_t i = 0; i < x->n_attrs; i++) {
        struct raw_attr *attr = &x->at->attrs[i];
        size_t prefix_n = xml_prefix_length(attr->name);
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

int xml_bind(struct xml_mender *x, struct str name, size_t prefix_n)
{
    bind_all(x);
    return find_binding(x, str_slice(name, 0, prefix_n));
}
