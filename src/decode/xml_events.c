#include "decode/decode.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/error.h"
#include "decode/xml_mend.h"

struct xml_parser {
    struct xml_mender *mender;
};

struct xml_parser *xml_new(const struct xml_handler *handler, void *ctx,
                           struct arena *a, struct notes *notes)
{
    struct xml_parser *x = heap_alloc(sizeof *x);

    x->mender = xml_mender_new(handler, ctx, a, notes);
    return x;
}

void xml_free(struct xml_parser *x)
{
    if (x == NULL)
        return;
    xml_mender_free(x->mender);
    free(x);
}

bool xml_push(struct xml_parser *x, struct str utf8, struct error *err)
{
    (void)err;
    xml_mender_push(x->mender, utf8, false);
    return true;
}

bool xml_finish(struct xml_parser *x, struct error *err)
{
    xml_mender_push(x->mender, STR_NONE, true);
    if (!xml_mender_has_root(x->mender))
        return error_set(err, ERR_INPUT, "no XML element in the document");
    return true;
}

void xml_pass_over(struct xml_parser *x, bool on)
{
    xml_mender_pass_over(x->mender, on);
}

size_t xml_left_open(const struct xml_parser *x)
{
    return xml_mender_left_open(x->mender);
}
