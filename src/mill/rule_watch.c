/*
 * Site rules that find nothing any more.  A page without an advertisement is
 * no fault of "drop", an article on one page none of "next"; a line of a rule
 * that selects nothing on any page of its site in a whole run is told.
 */
#include "mill/refresh.h"

#include "base/arena.h"
#include "item/site_rule.h"
#include "sys/log.h"

void rules_see(struct refresh *r, const struct page *page)
{
    const struct site_rules *rules = r->config->mill.site_rules;
    struct rule_tally *tally;

    if (page->rule == NULL)
        return;
    if (r->tallies == NULL)
        r->tallies = arena_array(r->a, rules->n, sizeof *r->tallies);
    tally = &r->tallies[page->rule - rules->at];
    tally->pages++;
    tally->matched |= page->rule_matched;
}

void rules_report(const struct refresh *r)
{
    const struct site_rules *rules = r->config->mill.site_rules;

    for (size_t i = 0; i < rules->n && r->tallies != NULL; i++) {
        const struct rule_tally *tally = &r->tallies[i];

        for (int f = 0; f < SITE_FIELDS && tally->pages > 0; f++) {
            const struct site_line *line = &rules->at[i].lines[f];
            struct error err;

            if (line->css == NULL || f == SITE_NEXT ||
                (tally->matched & 1u << f) != 0)
                continue;
            error_set(&err, ERR_CONFIG,
                      "%.*s: %.*s selects nothing (pages read: %zu)",
                      STR_ARG(site_field_name((enum site_field)f)),
                      STR_ARG(line->text), tally->pages);
            error_where(&err, arena_str(r->a, line->place.file).p);
            error_at(&err, line->place.line, line->place.column);
            log_error(&err);
        }
    }
}
