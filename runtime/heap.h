/* SPDX-License-Identifier: MIT */
/* heap.h - one heap for a scene's memory, chosen when the process starts.
 *
 * Whether a pool is worth it depends on what it saves: an allocation from a collector
 * costs other than one from a malloc.  A scene that allocates here runs on any of them
 * without a changed line.  What libraries and the runtime allocate stays where it is,
 * so that two heaps differ in the scene's own memory and in nothing else. */
#ifndef HEAP_H
#define HEAP_H

#include <stddef.h>

/* "gc", "glibc", "mimalloc". */
enum { HEAPS = 3 };
extern const char *const heap_names[HEAPS];

/* Before task_main(), once.  "gc" starts the collector (gc.h); without a choice it is
 * glibc.  0; -EINVAL: there is no such heap; -ENOENT: its library is not installed. */
int heap_use(const char *name);

/* What a person is told about that -ENOENT. */
extern const char heap_missing[];

/* Not zeroed.  The collector does not look into it: it must hold no pointer to collected
 * memory.  Never NULL: panics when memory runs out. */
void *heap_alloc(size_t bytes);

/* What heap_alloc() gave, or NULL.  The collector ignores this, and finds out by itself
 * that nobody holds p any more. */
void heap_free(void *p);

#endif
