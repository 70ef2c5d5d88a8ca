/*
 * A digest, or a page of several articles, that came before what it holds: its
 * first part joined it as a copy would; the second tells what it is.
 */
#include "store/store_item.h"
#include "store/store_members.h"

struct digest {
    int64_t item, others;
    bool is_lead, is_decided;
};

/* Of the source's items in the story the one that says most.  What an editor has
 * merged or split she has decided. */
static bool find_digest(struct store *s, const struct joined *found,
                        struct digest *out, bool *has, struct error *err)
{
    static const char sql[] =
        "SELECT i.id, i.is_lead,"
        " (SELECT count(*) FROM item o WHERE o.story = ?1 AND o.id <> i.id),"
        " EXISTS (SELECT 1 FROM moved m JOIN item o ON o.id = m.item"
        "  WHERE m.home = ?1 OR o.story = ?1)"
        " FROM item i JOIN source s ON s.id = i.source"
        " JOIN sketch k ON k.item = i.id WHERE i.story = ?1 AND s.name = ?2"
        " ORDER BY k.shingles DESC, i.id LIMIT 1";
    struct query q;

    if (!query_ask(
            &q, s, sql,
            VALUES(of_int(found->digest_story), of_str(found->digest_source)),
            err) ||
        !query_next(&q, has, err))
        return false;
    if (!*has)
        return query_end(&q, err);
    out->item = column_int(&q);
    out->is_lead = column_int(&q) != 0;
    out->others = column_int(&q);
    out->is_decided = column_int(&q) != 0;
    return query_end(&q, err);
}

/* Who leads keeps the story, and with it the entry that readers know. */
static bool take_apart(struct store *s, struct arena *a, int64_t story,
                       const struct digest *d, int64_t now, struct error *err)
{
    static const char rest[] = "UPDATE item SET story = ?3, is_lead = 0"
                               " WHERE story = ?1 AND id <> ?2";
    static const char digest[] = "UPDATE item SET story = ?3, is_lead = 0"
                                 " WHERE story = ?1 AND id = ?2";
    int64_t other;

    return story_new(s, now, &other, err) &&
           query_do(s, d->is_lead ? rest : digest,
                    VALUES(of_int(story), of_int(d->item), of_int(other)),
                    err) &&
           story_rank(s, a, story, err) && story_rank(s, a, other, err);
}

bool story_part(struct store *s, struct arena *a, const struct joined *found,
                int64_t now, struct error *err)
{
    static const char mark[] = "UPDATE sketch SET is_digest = 1 WHERE item = ?";
    struct digest d = {0};
    bool has;

    if (!find_digest(s, found, &d, &has, err))
        return false;
    if (!has || d.is_decided)
        return true;
    members_drop(s, found->digest_story);
    return query_do(s, mark, VALUES(of_int(d.item)), err) &&
           (d.others == 0 ||
            take_apart(s, a, found->digest_story, &d, now, err));
}
