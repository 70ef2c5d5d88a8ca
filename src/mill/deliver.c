/*
 * Who was told of what is kept in the manifest, as marks of the files: a file
 * gets them before it is replaced and loses them when the command has ended
 * well.  So a run that is killed in between, or a command that fails, leaves
 * nobody untold for ever; somebody may be told twice.
 */
#include "mill/deliver.h"

#include "base/arena.h"
#include "mill/outlet.h"
#include "sys/child.h"
#include "sys/log.h"

/* Bytes of file names that one run of the command gets: well below what a Linux
 * kernel takes (2 MB with the environment, a quarter of the stack's limit), and
 * what xargs gives. */
#define NAMES_MAX ((size_t)96 << 10)

/* The command's own words, with room for N files; *AT is where these begin. */
static char **begin_words(struct arena *a, const struct hook *hook, size_t n,
                          size_t *at)
{
    size_t n_own = hook->is_shell ? 4 : hook->words.n;
    char **words = arena_array(a, n_own + n + 1, sizeof *words);
    struct str own[4];

    own[0] = STR("sh");
    own[1] = STR("-c");
    own[2] = str_trim(hook->words.at[0]);
    own[3] = STR("post_publish");
    /* A line gets the files behind it; a script, or a line that says where it
     * wants them, finds them itself. */
    if (hook->is_shell && str_find_char(own[2], '\n', 0) == STR_NOT_FOUND &&
        !str_has(own[2], STR("$@")) && !str_has(own[2], STR("$*")))
        own[2] = arena_cat(a, own[2], STR(" \"$@\""));
    for (size_t i = 0; i < n_own; i++) {
        struct str word = hook->is_shell ? own[i] : hook->words.at[i];

        words[i] = arena_alloc(a, word.n + 1);
        memcpy(words[i], word.p, word.n);
    }
    *at = n_own;
    return words;
}

/* One run with some of PATHS, from *FROM on, which it moves behind them. */
static bool tell_some(struct press *p, struct arena *a,
                      const struct strs *paths, size_t *from, struct error *err)
{
    const struct hook *hook = &p->config->mill.post_publish;
    size_t bytes = 0, first = *from, i = first, at;
    char **words = begin_words(a, hook, paths->n - first, &at);

    do {
        struct str shown = outlet_shown(p->outlet, paths->at[i]);

        words[at] = arena_alloc(a, shown.n + 1);
        memcpy(words[at++], shown.p, shown.n);
        bytes += shown.n + 1 + sizeof *words;
    } while (++i < paths->n && bytes < NAMES_MAX);
    log_verbose("post_publish is told of %zu files", i - first);
    if (!child_run(words, p->config->mill.root.p, hook->timeout_ms, err))
        return false;
    for (size_t k = first; k < i; k++)
        outlet_unmark(p->outlet, paths->at[k], OUTLET_UNTOLD);
    *from = i;
    return true;
}

static bool run_hook(struct press *p, struct arena *a, const struct strs *paths)
{
    const struct hook *hook = &p->config->mill.post_publish;
    struct error err, why;
    size_t from = 0;

    while (from < paths->n) {
        if (tell_some(p, a, paths, &from, &why))
            continue;
        error_set(&err, why.code, "post_publish: %s", why.text);
        error_where(&err, hook->place.file.p);
        error_at(&err, hook->place.line, hook->place.column);
        log_error(&err);
        return false;
    }
    return true;
}

bool deliver(struct press *p)
{
    struct arena *a = arena_new(0);
    struct strs untold = outlet_marked(p->outlet, a, OUTLET_UNTOLD);
    struct error err;
    bool ok = true;

    if (untold.n > 0) {
        ok = run_hook(p, a, &untold);
        if (!outlet_save(p->outlet, &err)) {
            log_error(&err);
            ok = false;
        }
    }
    arena_free(a);
    return ok;
}
