#ifndef MILL_OUTPUT_H
#define MILL_OUTPUT_H
/* The writing half of press. */
#include "mill/press.h"
#include "publish/publish.h"

/* To be called first: reads what earlier runs wrote. */
MUST_CHECK bool output_open(struct press *p, struct error *err);
/* The folder of a topic, in every format; DONE learns what was written. */
MUST_CHECK bool output_edition(struct press *p, const struct edition *edition,
                               struct pressed *done, struct error *err);
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
#endif
