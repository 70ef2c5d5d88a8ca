#ifndef MILL_KEEP_FILES_H
#define MILL_KEEP_FILES_H
/* The files made of kept entries: which there are, and which are due. */
#include "mill/keep.h"
#include "mill/output.h"
#include "publish/publish.h"

/* Takes out what the editor retracted, hid or held, and puts back what she
 * shows again. */
MUST_CHECK bool keep_cut(struct keeping *k, struct error *err);
/* Learns of files that a store which is lost has published. */
MUST_CHECK bool keep_adopt(struct keeping *k, struct error *err);

/* Reads the entries of an archive document that the store does not know back
 * from the files, where they still are what was published. */
MUST_CHECK bool keep_recover(struct keeping *k, int64_t number,
                             struct error *err);
/* By what the address of an entry of an Atom document finds it; empty without
 * one.  In A. */
struct str keep_url_key(struct arena *a, struct str atom);
/* Of the texts of an entry. */
struct hash128 keep_hash(const struct kept_entry *e);
/* The I-th entry of ED as R has it; its line is in LINE, all else borrowed from the
 * two. */
void keep_read_entry(const struct keeping *k, const struct edition *ed,
                     const struct rendered *r, size_t i, struct buf *line,
                     struct kept_entry *out);
/* By what its address finds an entry of ITEM, in A. */
struct str keep_key_of(struct arena *a, const struct item *item);
/* Stores the entries that go to archives at once. */
MUST_CHECK bool keep_over(struct keeping *k, struct error *err);

MUST_CHECK bool keep_day_is_due(struct keeping *k, int64_t day,
                                struct error *err);
/* The same when all that changes in the day's page is the entry E. */
MUST_CHECK bool keep_entry_is_due(struct keeping *k, const struct kept_entry *e,
                                  bool is_new, struct error *err);
/* The texts of the entries on the day's page FILE, in A or in WAS, which is
 * empty. */
MUST_CHECK bool keep_day_texts(struct keeping *k, struct arena *a,
                               struct buf *was, const struct kept_file *file,
                               struct strs *out, struct error *err);
/* Both formats; number 0 is none. */
MUST_CHECK bool keep_archive_is_due(struct keeping *k, int64_t number,
                                    struct error *err);
/* Marks what is to be written anew because the topic itself is another: pages
 * follow its title and all; archives only the mill's address. */
MUST_CHECK bool keep_frames(struct keeping *k, struct error *err);
/* Makes the days of the edition, drops those that have become empty, and tells
 * the edition the last ones. */
MUST_CHECK bool keep_list_days(struct keeping *k, struct error *err);

/* "2024-11-14", in A; its page is that and ".html". */
struct str keep_day_name(struct arena *a, int64_t day);
/* True if the file is a day's page; which day's. */
bool keep_is_day(struct str file);
int64_t keep_day_of(struct str file);
struct str keep_archive_name(struct arena *a, enum edition_format format,
                             int64_t number);
/* The place of the file in the list of them, made if need be: not due then, and
 * not in the store yet. */
struct kept_file *keep_file(struct keeping *k, struct str name);
/* NULL when there is none of that name. */
struct kept_file *keep_find(const struct kept_files *files, struct str file);
#endif
