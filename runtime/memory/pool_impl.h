/* SPDX-License-Identifier: MIT */
/* pool_impl.h - what a collector does with the pools (gc.c), and what stats asks them. */
#ifndef POOL_IMPL_H
#define POOL_IMPL_H

#include "stats.h"

#include <stdbool.h>

/* A collection begins: all pools age, and no worker is inside one until the collector has
 * stopped the world.  Called by the collecting thread while all others still run. */
void pools_before_collection(void);
void pools_world_stopped(void);

/* All that lies in pools, in pieces.  The world is stopped. */
void pools_push(void (*push)(void *from, void *to));

/* Call drop for what collections took away.  It is a callback: from a task only. */
void pools_drop_old(void);

/* The gets of all pools there ever were, and the objects that lie in them now. */
void pools_count(struct stats *sum);

/* Under a sanitizer a pool loses one put in four, as Go's does under its race detector, so that
 * nobody gets by with counting on what he has put.  A test that counts objects sets it to false. */
extern bool pools_lose_puts;

#endif
