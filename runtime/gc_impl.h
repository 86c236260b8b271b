/* SPDX-License-Identifier: MIT */
/* gc_impl.h - what gc.c and the rest of the runtime know of each other. */
#ifndef GC_IMPL_H
#define GC_IMPL_H

#include <stddef.h>

/* Memory that may hold the only pointer to a collected object: scanned, never
 * collected by itself.  Plain malloc when the collector is off.  Not zeroed. */
void *gc_or_malloc(size_t bytes);
void gc_or_free(void *p);

/* pool.c: a collection begins - all pools age, nobody is inside one until it is
 * over.  Called by the collecting worker with all others still running. */
void pools_before_collection(void);
void pools_after_collection(void);

/* All that lies in pools, in pieces. */
void pools_push(void (*push)(void *from, void *to));

#endif
