/*
 * People as feeds name them in one string: "mail (Name)", "Name (mail)", "Name
 * <mail>", a name, an address.  The address is the first word that looks like
 * one; what is left without its brackets is the name.
 */
#include "parse/reader.h"

#include "base/arena.h"
#include "base/vec.h"
#include "text/url.h"

#define PEOPLE_MAX 200 /* of one entry; later ones are left out */

static bool is_mail_char(char c)
{
    return is_alnum(c) || c == '_' || c == '-' || c == '.' || c == '+';
}

/* The address around the '@' at byte AT. */
static bool mail_around(struct str s, size_t at, size_t *from, size_t *to)
{
    size_t last_dot = 0;

    *from = at;
    while (*from > 0 && is_mail_char(s.p[*from - 1]))
        (*from)--;
    *to = at + 1;
    while (*to < s.n &&
           (is_alnum(s.p[*to]) || s.p[*to] == '-' || s.p[*to] == '.')) {
        if (s.p[*to] == '.')
            last_dot = *to;
        (*to)++;
    }
    if (*to > 0 && last_dot == *to - 1)
        *to = last_dot;
    return *from < at && last_dot > at + 1 && last_dot + 1 < *to;
}

/* Without "mailto:", the brackets the address stood in, and a subject. */
static struct str name_left(struct arena *a, struct str before,
                            struct str after)
{
    static const struct str pairs[][2] = {
        {STR_INIT("("), STR_INIT(")")},
        {STR_INIT("<"), STR_INIT(">")},
        {STR_INIT("&lt;"), STR_INIT("&gt;")},
        {STR_INIT("["), STR_INIT("]")},
    };
    struct str name;

    before = str_trim(before);
    after = str_trim(after);
    if (str_ends_nocase(before, STR("mailto:")))
        before = str_trim(str_slice(before, 0, before.n - 7));
    if (str_starts(after, STR("?subject=")))
        while (after.n > 0 && !is_space(after.p[0]))
            after = str_from(after, 1);
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        if (str_ends(before, pairs[i][0]) && str_starts(after, pairs[i][1])) {
            before.n -= pairs[i][0].n;
            after = str_from(after, pairs[i][1].n);
        }
    }
    before = str_trim(before);
    after = str_trim(after);
    name = before.n == 0  ? after
           : after.n == 0 ? before
                          : arena_cat(a, before, STR(" "), after);
    return str_trim(name);
}

/* Without the brackets of a comment or the quotes of RFC 822 around all of it. */
static struct str unwrapped(struct str name)
{
    char first = name.n > 2 ? name.p[0] : '\0';
    char close = first == '(' ? ')' : '"';

    if ((first == '(' || first == '"') &&
        str_find_char(name, close, 1) == name.n - 1)
        name = str_trim(str_slice(name, 1, name.n - 1));
    return name;
}

struct person person_parse(struct arena *a, struct str s)
{
    struct person p = {.name = s};
    size_t at, from, to, tries = 0;

    s = str_trim_wide(s);
    p.name = s;
    for (at = str_find_char(s, '@', 0); at != STR_NOT_FOUND && tries++ < 8;
         at = str_find_char(s, '@', at + 1)) {
        if (mail_around(s, at, &from, &to)) {
            p.email = str_slice(s, from, to);
            p.name = name_left(a, str_slice(s, 0, from), str_from(s, to));
            break;
        }
    }
    p.name = unwrapped(p.name);
    if (p.email.n == 0 && url_is_http(p.name)) {
        p.url = p.name;
        p.name = STR_NONE;
    }
    return p;
}

void persons_add(struct feed_reader *r, struct persons *list,
                 const struct person *person)
{
    if (person->name.n == 0 && person->email.n == 0 && person->url.n == 0)
        return;
    if (list->n >= PEOPLE_MAX) {
        extras_left_out(r, STR("authors"));
        return;
    }
    for (size_t i = 0; i < list->n; i++) {
        struct person *known = &list->at[i];

        if (str_eq(known->name, person->name) &&
            (person->email.n == 0 || known->email.n == 0 ||
             str_eq(known->email, person->email)) &&
            (person->url.n == 0 || known->url.n == 0 ||
             str_eq(known->url, person->url))) {
            if (known->email.n == 0)
                known->email = person->email;
            if (known->url.n == 0)
                known->url = person->url;
            return;
        }
    }
    *vec_add(reader_arena(r), list) = *person;
}

/* ---- elements ---- */

void person_start(struct feed_reader *r, struct frame *f, const struct start *s)
{
    (void)s;
    f->place = PLACE_PERSON;
    r->person = (struct person){.name = STR_NONE};
    r->person_has_parts = false;
}

void person_name_end(struct feed_reader *r, struct frame *f, struct str text)
{
    struct text name = {.value = str_trim(text)};

    (void)f;
    if (looks_like_html(name.value))
        name.type = TEXT_HTML;
    r->person.name = text_line(reader_arena(r), &name);
    r->person_has_parts = true;
}

void person_url_end(struct feed_reader *r, struct frame *f, struct str text)
{
    r->person.url = reader_resolve(r, f, text);
    r->person_has_parts = true;
}

void person_email_end(struct feed_reader *r, struct frame *f, struct str text)
{
    (void)f;
    r->person.email = reader_keep(r, str_trim(text));
    r->person_has_parts = true;
}

void person_end(struct feed_reader *r, struct frame *f, struct str text)
{
    enum field field = f->element->field;
    struct arena *a = reader_arena(r);
    void *slot = persons_slot(r, field);

    if (!r->person_has_parts) {
        struct text name = {.value = str_trim_wide(text)};

        if (looks_like_html(name.value))
            name.type = TEXT_HTML;
        r->person = person_parse(a, text_line(a, &name));
    } else if (str_find_char(r->person.name, '@', 0) != STR_NOT_FOUND &&
               r->person.email.n == 0) {
        /* <name>mail (Name)</name> */
        struct person parsed = person_parse(a, r->person.name);

        parsed.url = r->person.url.n > 0 ? r->person.url : parsed.url;
        r->person = parsed;
    }
    if (slot == NULL)
        return;
    if (field == FIELD_PUBLISHER) {
        if ((r->person.name.n > 0 || r->person.email.n > 0) &&
            field_claim(r, field, f->element->strength))
            *(struct person *)slot = r->person;
    } else {
        persons_add(r, slot, &r->person);
    }
}
