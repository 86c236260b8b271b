/* SPDX-License-Identifier: MIT */
/* search.h - where the answers of a schedule come from (explore_schedule()'s source), if not
 * from a seed: that is explore_seeded(). */
#ifndef SEARCH_H
#define SEARCH_H

#include "explore/explore.h"

#define SEARCH_DEPTH 4096

/* All: depth-first through the tree of answers, one leaf a schedule, beginning with
 * zeroes.  A schedule that goes deeper than SEARCH_DEPTH goes on with zeroes there. */
void search_all(void);
uint32_t search_next(uint32_t n, enum explore_question question);
bool search_more(void); /* to the next leaf; false: that was the last one */

/* From a list, "0.2.1"; then zeroes. */
bool search_list(const char *list); /* false: the text is no such list */
uint32_t search_listed(uint32_t n, enum explore_question question);

#endif
