/* SPDX-License-Identifier: MIT */
/* lock.h - the short locks of the runtime: tens of instructions, never held while
 * calling foreign code, never across park() except by handing them to it.
 *
 * Most locks are taken by one worker only, again and again: the lock of a channel
 * between two tasks that run on it, of its timers, of a context.  An atomic exchange
 * costs that worker more than all it does under the lock.  So a lock taken often enough
 * by one worker settles with it: the settler then takes it by two plain stores and a look,
 * and whoever else comes pays, once, to unsettle it (asym.h).  A lock that is unsettled
 * settles again only after twice as many takes.  This is biased locking, after Kawachiya,
 * Koseki and Onodera, "Lock Reservation" (OOPSLA 2002).
 *
 * Always: a worker is inside by one of two ways,
 *   by the word:   it has exchanged `word` for 1, and, if the lock was settled with another
 *                  worker, has unsettled it and seen it outside;
 *   by its seat:   it has written the lock into its `seat`, and then found the lock
 *                  settled with itself.
 * Both at once is impossible: a settler with its seat taken by another lock, as in a
 * select, comes by the word.  Whoever is inside waits for nothing but another lock that
 * comes later in the order of locks, so waiting for a seat to be left is no new danger. */
#ifndef LOCK_H
#define LOCK_H

#include "explore/explore.h"

#include <stdint.h>

/* So many takes in a row that the microseconds of unsettling are little against them. */
#define LOCK_SETTLE_TAKES (EXPLORING ? explore_settle_takes : 256u)
/* A scene in which no lock settles is spared the turns that could be lost in looking. */
#define LOCKS_SETTLE (!EXPLORING || explore_settle_takes < UINT32_MAX)

/* Zero bytes are a lock that nobody holds.  Workers by their number, from 1; 0: none. */
struct lock {
    uint8_t word;    /* 1: somebody is inside, by the word */
    uint8_t settler; /* the worker that it is settled with */
    /* Under the word. */
    uint8_t last;   /* who took it last ... */
    uint8_t moves;  /* how often it was unsettled */
    uint32_t takes; /* ... and how often in a row */
};

#endif
