#ifndef EXTRACT_PAGE_NAMES_H
#define EXTRACT_PAGE_NAMES_H
/*
 * Names of people out of what stands where an author is named: "By Jane Roe and
 * John Doe, Science Editors", "本报记者 甲乙丙 丁戊".  Labels, roles, degrees,
 * addresses and dates go; what names nobody (admin, 佚名, staff) is no name.
 */
#include "base/str.h"

struct arena;

struct name {
    struct str name, url;
    bool is_org;
};

struct names {
    struct name *at;
    size_t n, cap;
};

/* A byline names few; what has more is a list of something else. */
#define NAMES_MAX 24

/* How much the place vouches for a name being there. */
enum name_trust {
    NAMES_LOOSE,   /* a line that may be prose: names look like names */
    NAMES_LABELLED /* a label, a meta element or JSON-LD announced it */
};

/* Adds the names in TEXT to *TO, in A.  Returns how many were new. */
size_t names_add(struct arena *a, struct str text, enum name_trust trust,
                 struct names *to);
/* Adds one name unless it is there already. */
bool names_put(struct arena *a, struct names *to, struct name name);
/* True if not all of them are organisations' (false for none). */
bool names_have_person(const struct names *n);
/* True if TEXT as a whole names nobody: "admin", "佚名", "staff writer". */
bool name_is_nobody(struct str text);
/* True if it is an organisation's by its words. */
/* "Science Correspondent": what somebody is, not who. */
bool name_is_role(struct str text);
bool name_is_org(struct str text);
/* True if TEXT is two to four Han characters that begin with a surname. */
bool name_is_han(struct str text);
/* True if TEXT looks like the name of a person without any label. */
bool name_is_person(struct str text);
/* True if S has no small letter: "RADIO LINDESBY" behind a name is where she
 * works, a line alone a heading rather than a name. */
bool name_is_shouted(struct str s);
/* The same name but for case and blanks. */
bool name_same(struct str a, struct str b);
#endif
