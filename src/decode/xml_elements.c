/*
 * The elements that are open in a document that is nearly well-formed: what a
 * start tag ends before it opens (HTML's void elements, entries not closed), what
 * an end tag closes, and which elements are left out.
 */
#include <string.h>

#include "decode/xml_state.h"

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

void xml_close_top(struct xml_mender *x)
{
    struct open_element *e = &x->at->open[x->n_open - 1];
    struct str name = xml_name_of(x, e);

    x->handler.end(x->ctx, uri_of(x, e->binding),
                   str_slice(name, 0, e->prefix_n),
                   local_of(name, e->prefix_n));
    unbind(x, e->n_bindings);
    x->names.n = e->at;
    x->n_open--;
    if (x->n_open == 0)
        x->mode = MODE_EPILOG;
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

/* How many are open down to the innermost element of that name; 0: none is. */
static size_t find_open(const struct xml_mender *x, struct str name)
{
    unsigned char key = xml_name_key(name);
    size_t k = x->n_open;

    /* Most often it is the innermost one; most that are not open, by far, have
     * no open one's key. */
    if (k > 0 && str_eq(xml_name_of(x, &x->at->open[k - 1]), name))
        return k;
    if (memchr(x->at->keys, key, k) == NULL)
        return 0;
    while (k > 0 && (x->at->keys[k - 1] != key ||
                     !str_eq(xml_name_of(x, &x->at->open[k - 1]), name)))
        k--;
    return k;
}

void xml_leave_out(struct xml_mender *x, struct str name, bool is_empty)
{
    size_t k = is_empty ? 0 : find_open(x, name);

    if (k > 0)
        x->at->open[k - 1].left_out++;
}

void xml_open_element(struct xml_mender *x, struct str name, bool is_empty)
{
    size_t prefix_n = xml_prefix_length(name), n_before = x->n_bindings, n;
    struct open_element *e;
    int binding;

    binding = xml_bind(x, name, prefix_n);
    n = count_unclosed(x, name, prefix_n, binding);
    if (n > 0) {
        unbind(x, n_before);
        xml_note(x, MEND_UNCLOSED);
        while (n-- > 0)
            xml_close_top(x);
        n_before = x->n_bindings;
        binding = xml_bind(x, name, prefix_n);
    }
    if (x->n_open == DEPTH_MAX) {
        unbind(x, n_before);
        xml_note(x, MEND_DEPTH);
        xml_leave_out(x, name, is_empty);
        return;
    }
    x->at->keys[x->n_open] = xml_name_key(name);
    e = &x->at->open[x->n_open++];
    e->left_out = 0;
    e->at = x->names.n;
    e->n = name.n;
    e->prefix_n = prefix_n;
    e->n_bindings = n_before;
    e->binding = binding;
    buf_add_str(&x->names, name);
    n = xml_resolve_attrs(x);
    if (!x->has_root)
        buf_add_str(&x->root, name);
    x->has_root = true;
    x->mode = MODE_CONTENT;
    x->handler.start(x->ctx, uri_of(x, binding), str_slice(name, 0, prefix_n),
                     local_of(name, prefix_n), x->at->out, n);
    if (is_empty)
        xml_close_top(x);
}

bool xml_is_left_out(struct xml_mender *x, struct str name)
{
    if (!x->passes_over && x->n_open < DEPTH_MAX)
        return false;
    if (x->handler.wants_element != NULL &&
        x->handler.wants_element(x->ctx,
                                 local_of(name, xml_prefix_length(name))))
        return false;
    xml_note(x, MEND_DEPTH);
    return true;
}

bool xml_is_html_void(struct str name)
{
    return str_eq(name, STR("br")) || str_eq(name, STR("hr"));
}

void xml_end_element(struct xml_mender *x, struct str name)
{
    size_t k = find_open(x, name);

    if (k == 0 && x->n_open > 0 &&
        str_eq_nocase(xml_name_of(x, &x->at->open[x->n_open - 1]), name)) {
        xml_note(x, MEND_STRAY_END);
        k = x->n_open;
    }
    if (k > 0 && x->at->open[k - 1].left_out > 0) {
        x->at->open[k - 1].left_out--;
        return;
    }
    if (k == 0) {
        if (!xml_is_html_void(name))
            xml_note(x, MEND_STRAY_END);
        return;
    }
    if (k < x->n_open)
        xml_note(x, MEND_UNCLOSED);
    while (x->n_open >= k)
        xml_close_top(x);
}
