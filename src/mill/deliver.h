#ifndef MILL_DELIVER_H
#define MILL_DELIVER_H
/* What is done when the files are there: those who want to know are told. */
#include "mill/press.h"

/*
 * Runs post_publish with the files that changed and that it was not told of yet;
 * then tells the hub of the feeds among them.  To be called when all is
 * committed, with the mill's lock held, so that no two run at once.  False when
 * somebody could not be told: the next run tries again.  That is logged when it
 * begins, when the reason is another one, once a day while it lasts, and when it
 * ends; p->undelivered gets it each time.
 */
bool deliver(struct press *p);
#endif
