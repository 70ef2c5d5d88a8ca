#ifndef EXTRACT_PAGE_ODDS_H
#define EXTRACT_PAGE_ODDS_H
/*
 * What blocks say of their neighbours.  The model of page_model.c judges each
 * block by itself; here the odds of some are set right by those around them.
 */
#include "extract/blocks.h"

/*
 * Settles the body_odds of a page's blocks:
 *
 *   lines of one element (a verse, an address) stand or fall together: each has
 *   the odds of all;
 *   a list goes with the unlikely line of the page's frame ("Subscribe now to
 *   read on") that it stands below;
 *   a heading that is not unlikely goes with the likely text it stands above;
 *   a doubtful block that stands alone among unlikely ones is made unlikely: a
 *   teaser's text stands between the teaser's other lines.  On pages whose sure
 *   blocks stand so as well, that says nothing.
 */
void odds_settle(struct blocks *bs);
#endif
