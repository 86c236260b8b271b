/* SPDX-License-Identifier: MIT */
/* heap.h - one heap for a scene's memory, chosen when the process starts.
 *
 * Whether a pool is worth it depends on what it saves: an allocation from a collector
 * does not cost what one from a malloc does.  A scene that allocates here runs on any of them
 * without a changed line.  What libraries and the runtime allocate stays where it is,
 * so that two heaps differ in the scene's own memory and in nothing else. */
#ifndef HEAP_H
#define HEAP_H

#include "task.h"

#include <stddef.h>

enum heap {
    HEAP_DEFAULT,  /* nobody has chosen: it is glibc's, unless a tip says otherwise */
    HEAP_GC,       /* "gc": the collector (gc.h) */
    HEAP_GLIBC,    /* "glibc" */
    HEAP_MIMALLOC, /* "mimalloc" */
    HEAPS
};

/* Its name; NULL of HEAP_DEFAULT. */
const char *heap_name(enum heap h);

/* The heap of that name; HEAP_DEFAULT: there is none. */
enum heap heap_named(const char *name);

/* Before task_main(), once.  HEAP_GC starts the collector.  0; -ENOENT: its library is not
 * installed. */
int heap_use(enum heap h);

/* What a person is told about that -ENOENT. */
extern const char heap_missing[];

/* Not zeroed.  The collector does not look into it: it must hold no pointer to collected
 * memory.  Never NULL: panics when memory runs out. */
#define heap_alloc(bytes) heap_alloc_at((bytes), HERE)
void *heap_alloc_at(size_t bytes, const struct site *where);

/* What heap_alloc() gave, or NULL.  The collector ignores this, and finds out by itself
 * that nothing points to p any more. */
void heap_free(void *p);

#endif
