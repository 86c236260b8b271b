/* SPDX-License-Identifier: MIT */
/* weak.h - a model of weak memory: where a load may see a value that is no longer the newest.
 * explore.c and explore_run.c tell it what is stored, loaded and fenced.
 *
 * Without limits.weak all of this does nothing. */
#ifndef WEAK_H
#define WEAK_H

#include "explore/explore.h"

struct task;

/* Nothing has been written to yet. */
void weak_begin(void);

/* The caller's access of *p, which follows at once.  Returns p, or where an older value lies. */
void *weak_access(const struct explore_site *site, const volatile void *p);

/* What the caller has seen, t has seen, too: it was woken or started by the caller. */
void weak_tell(const struct task *t);

/* The caller has seen all that anybody has stored. */
void weak_tell_all(void);

/* The caller looks again at what it found: true if that was older, and now is the newest. */
bool weak_look_again(void);

/* t begins to run on a place, or leaves it, and has seen what the tasks before it there had seen:
 * a worker is one thread. */
void weak_place_take(const struct task *t, int place);
void weak_place_give(const struct task *t, int place);

#endif
