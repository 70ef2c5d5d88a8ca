#ifndef MILL_OUTPUT_H
#define MILL_OUTPUT_H
/* The writing half of press. */
#include "base/buf.h"
#include "base/hash.h"
#include "mill/press.h"
#include "publish/publish.h"

/* No file is larger. */
#define OUTPUT_MAX ((size_t)512 << 20)

/* To be called first: reads what earlier runs wrote. */
MUST_CHECK bool output_open(struct press *p, struct error *err);
/* An edition in every format, and where each entry stands in it. */
struct rendered {
    struct buf file[FORMAT_COUNT];
    struct span *spans[FORMAT_COUNT];
};
/* To be ended by rendered_done; the spans live in A.  Without AS_FILES all but what
 * is kept of an entry (keep.h) stays empty. */
void render_edition(struct arena *a, const struct edition *edition,
                    bool as_files, struct rendered *out);
void rendered_done(struct rendered *r);
/* The files of a topic that were rendered; DONE learns what was written. */
MUST_CHECK bool output_edition(struct press *p, const struct edition *edition,
                               const struct rendered *r, struct pressed *done,
                               struct error *err);
/* One file more, relative to the topic's folder.  *HASH is that of its bytes. */
MUST_CHECK bool output_file(struct press *p, struct str topic_id,
                            struct str file, const struct buf *content,
                            struct pressed *done, struct hash128 *hash,
                            struct error *err);
/* What was written begins to last, and does; before that the store is not told that
 * it was. */
MUST_CHECK bool output_flush(struct press *p, struct error *err);
MUST_CHECK bool output_wait(struct press *p, struct error *err);
/* True if the file has the bytes of HASH: it stays, and need not be written. */
bool output_keep_file(struct press *p, struct str topic_id, struct str file,
                      struct hash128 hash);
/* True if an earlier run wrote the file; *HASH is that of its bytes. */
bool output_listed(struct press *p, struct str topic_id, struct str file,
                   struct hash128 *hash);
/* True if the file has the bytes that an earlier run wrote: they are in OUT, which
 * was empty. */
bool output_read(struct press *p, struct str topic_id, struct str file,
                 struct buf *out);
/* The files of the topic that earlier runs wrote, relative to its folder, in A.
 */
struct strs output_files(struct press *p, struct arena *a, struct str topic_id);
/* What the topic is published in: format_is_in. */
unsigned output_formats(const struct mill_config *mill,
                        const struct topic *topic);
/* True if an earlier run wrote an edition of the topic. */
bool output_has_edition(struct press *p, struct str topic_id);
/* The topic's folder stays as earlier runs wrote it. */
void output_keep_edition(struct press *p, struct str topic_id);
/* index.html, feed.css, feeds.opml and, with a base_url, sitemap.xml of the
 * mill; LINES has one a topic. */
MUST_CHECK bool output_catalogue(struct press *p,
                                 const struct topic_line *lines,
                                 struct error *err);
/* health.xml: what the store knows of ailing sources. */
MUST_CHECK bool output_health(struct press *p, struct error *err);
/* To be called last: removes what earlier runs wrote and this one did not, neither
 * kept.  A mill without any topic keeps all: its folder may be missing by
 * mistake. */
MUST_CHECK bool output_end(struct press *p, struct error *err);
/* To be called in any case; what was written last may not be there without
 * output_end. */
void output_close(struct press *p);
#endif
