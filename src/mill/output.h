#ifndef MILL_OUTPUT_H
#define MILL_OUTPUT_H
/* The writing half of press. */
#include "mill/press.h"
#include "publish/publish.h"

/* The folder of a topic, in every format; DONE learns what was written. */
MUST_CHECK bool output_edition(struct press *p, const struct edition *edition,
                               struct pressed *done, struct error *err);
/* True if an earlier run wrote an edition of the topic. */
bool output_has_edition(struct press *p, struct str topic_id);
/* index.html, feeds.opml and, with a base_url, sitemap.xml of the mill; LINES
 * has one a topic. */
MUST_CHECK bool output_catalogue(struct press *p,
                                 const struct topic_line *lines,
                                 struct error *err);
/* health.xml: what the store knows of ailing sources. */
MUST_CHECK bool output_health(struct press *p, struct error *err);
/* Removes what earlier runs wrote for topics that feeds/ does not name any more,
 * and their folders when nothing else lies there.  A mill without any topic
 * keeps all: its folder may be missing by mistake. */
MUST_CHECK bool output_clean(struct press *p, struct error *err);
#endif
