#include "item/site_rule.h"

#include "base/arena.h"
#include "text/site.h"
#include "text/url.h"

struct str site_field_name(enum site_field field)
{
    static const struct str names[SITE_FIELDS] = {
        [SITE_TITLE] = STR_INIT("title"), [SITE_AUTHOR] = STR_INIT("author"),
        [SITE_DATE] = STR_INIT("date"),   [SITE_BODY] = STR_INIT("body"),
        [SITE_DROP] = STR_INIT("drop"),   [SITE_NEXT] = STR_INIT("next"),
    };

    return names[field];
}

const struct site_rule *
site_rule_for(struct arena *a, const struct site_rules *rules, struct str url)
{
    const struct site_rule *best = NULL;
    struct url u;

    if (rules == NULL || rules->n == 0 || !url_parse(a, url, STR_NONE, &u) ||
        !u.has_host)
        return NULL;
    for (size_t i = 0; i < rules->n; i++) {
        const struct site_rule *rule = &rules->at[i];

        if (site_is_within(u.host, rule->host) &&
            (best == NULL || rule->host.n > best->host.n))
            best = rule;
    }
    return best;
}
