#ifndef MILL_DELIVER_H
#define MILL_DELIVER_H
/* What is done when the files are there: those who want to know are told. */
#include "mill/press.h"

/*
 * Runs post_publish with the files that changed and that it was not told of yet;
 * then tells the hub of the feeds among them.  To be called when all is
 * committed, with the mill's lock held, so that no two run at once.  False when
 * somebody could not be told, which was logged: the next run tries again.
 */
bool deliver(struct press *p);
#endif
