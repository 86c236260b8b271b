/* SPDX-License-Identifier: MIT */
/* gc_hooks.h - where the runtime calls the collector, when there is one.
 *
 * gc_enable() fills the table in.  So nothing in the runtime refers to gc.c, and a program
 * that never enables the collector can be linked without it. */
#ifndef GC_HOOKS_H
#define GC_HOOKS_H

#include "core/compiler.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

struct task;

struct gc_hooks {
    /* Around every switch.  next NULL: to the idle loop. */
    void (*before_switch)(const struct task *next);
    void (*after_switch)(void);
    bool (*must_wait)(const struct task *next); /* another worker is still leaving it */

    void (*worker_starts)(void);
    void (*worker_ends)(void);

    /* Memory that is scanned, and is never collected by itself.  Not zeroed. */
    void *(*root_alloc)(size_t bytes);
    void (*root_free)(void *p);
};
extern bool gc_on;               /* beside the table, so that the usual case is one compare */
extern struct gc_hooks gc_hooks; /* empty unless the collector is on */

/* Memory that may hold the only pointer to a collected object.  Not zeroed. */
static inline void *gc_or_malloc(size_t bytes)
{
    return unlikely(gc_on) ? gc_hooks.root_alloc(bytes) : malloc(bytes);
}

static inline void gc_or_free(void *p)
{
    if (unlikely(gc_on))
        gc_hooks.root_free(p);
    else
        free(p);
}

#endif
