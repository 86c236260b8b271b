/* SPDX-License-Identifier: MIT */
/* gc_impl.h - what gc.c and the rest of the runtime know of each other.  The hooks of
 * the switch are in sched.h. */
#ifndef GC_IMPL_H
#define GC_IMPL_H

#include "core/sched.h"

#include <stdlib.h>

/* Memory that may hold the only pointer to a collected object: scanned, never
 * collected by itself.  Plain malloc when the collector is off.  Not zeroed. */
void *gc_root_alloc(size_t bytes);
void gc_root_free(void *p);

static inline void *gc_or_malloc(size_t bytes)
{
    return unlikely(gc_on) ? gc_root_alloc(bytes) : malloc(bytes);
}

static inline void gc_or_free(void *p)
{
    if (unlikely(gc_on))
        gc_root_free(p);
    else
        free(p);
}

/* pool.c: a collection begins - all pools age, and nobody is inside one until it has
 * stopped the world.  Called by the collecting thread with all others still running. */
void pools_before_collection(void);
void pools_world_stopped(void);

/* All that lies in pools, in pieces.  The world is stopped. */
void pools_push(void (*push)(void *from, void *to));

/* Call drop for what collections took away.  May run anything: from a task only. */
void pools_drop_old(void);

#endif
