/* feeds/decisions.yaml: what the editor decided, a list of flow mappings. */
#include "config/yaml_file.h"

#include "base/arena.h"
#include "base/vec.h"
#include "item/decision.h"

struct decision_draft {
    struct decision d;
    bool has_do;
};

struct decisions {
    struct decision *at;
    size_t n, cap;
};

static void set_do(struct yaml_file *f, const yaml_node_t *value, void *field)
{
    struct decision_draft *draft = field;
    struct str text, all = STR_NONE;

    if (!yaml_text(f, value, &text))
        return;
    draft->has_do = true;
    if (decision_do_by_name(text, &draft->d.what))
        return;
    for (int i = 0; i < DO_COUNT; i++)
        all = arena_cat(f->a, all, i == 0 ? STR("") : STR(", "),
                        decision_do_name((enum decision_do)i));
    complain(f, value, "do: %.*s is none of %.*s", STR_ARG(text), STR_ARG(all));
}

static void set_moment(struct yaml_file *f, const yaml_node_t *value,
                       void *field)
{
    struct when_hints hints = {0};
    struct when when;
    struct str text;

    if (!yaml_text(f, value, &text))
        return;
    if (!when_parse(text, &hints, &when))
        complain(f, value, "no moment (as in 2026-11-20T09:00:00Z): %.*s",
                 STR_ARG(text));
    else
        *(int64_t *)field = when.unix_seconds;
}

#define AT(member) offsetof(struct decision_draft, member)

static const struct key_row rows[] = {
    {STR_INIT("item"), set_line, AT(d.item)},
    {STR_INIT("do"), set_do, 0},
    {STR_INIT("topic"), set_line, AT(d.topic)},
    {STR_INIT("to"), set_line, AT(d.to)},
    {STR_INIT("into"), set_line, AT(d.into)},
    {STR_INIT("until"), set_moment, AT(d.until)},
    {STR_INIT("at"), set_moment, AT(d.at)},
};

static void check_decision(struct yaml_file *f, const yaml_node_t *node,
                           const struct decision_draft *draft)
{
    const struct decision *d = &draft->d;
    bool wants_to = d->what == DO_RETITLE || d->what == DO_NOTE;

    if (d->item.n == 0)
        complain(f, node, "a decision needs an item");
    if (!draft->has_do)
        complain(f, node, "a decision says what to do");
    else if (wants_to != (d->to.n > 0))
        complain(f, node, wants_to ? "%.*s needs to:" : "%.*s takes no to:",
                 STR_ARG(decision_do_name(d->what)));
    if (d->until != 0 && d->what != DO_PIN && d->what != DO_HOLD)
        complain(f, node, "only pin and hold take until:");
    if ((d->what == DO_MERGE) != (d->into.n > 0) && draft->has_do)
        complain(f, node,
                 d->what == DO_MERGE ? "%.*s needs into:"
                                     : "%.*s takes no into:",
                 STR_ARG(decision_do_name(d->what)));
    if (d->topic.n > 0 && !decision_has_topic(d->what))
        complain(f, node, "%.*s holds everywhere and takes no topic:",
                 STR_ARG(decision_do_name(d->what)));
}

static void add_decision(struct yaml_file *f, const yaml_node_t *node,
                         void *ctx)
{
    struct decisions *list = ctx;
    struct decision_draft draft = {.d.place = yaml_place(f, node)};

    yaml_read_map(f, node, rows, sizeof rows / sizeof rows[0], &draft,
                  "a decision");
    if (node->type != YAML_MAPPING_NODE)
        return;
    check_decision(f, node, &draft);
    *vec_add(f->a, list) = draft.d;
}

void decisions_yaml_read(struct yaml_file *f, struct mill_config *mill)
{
    yaml_node_t *root = yaml_file_root(f);
    struct decisions list = {0};

    if (root != NULL)
        yaml_each(f, root, "decisions", add_decision, &list);
    mill->decisions = list.at;
    mill->n_decisions = list.n;
}
