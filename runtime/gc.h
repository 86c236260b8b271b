/* SPDX-License-Identifier: MIT */
/* gc.h - run tasks on the collector of libgc (Boehm, Demers, Weiser).
 *
 * Opt-in, for a whole process: gc_enable() before task_main().  From then on
 * GC_MALLOC may be used in any task; the collector sees the stacks of all tasks,
 * running or parked, values waiting in channels and objects lying in pools, and
 * every collection ages the pools by one generation (pool.h). */
#ifndef RUNTIME_GC_H /* GC_H is that of libgc */
#define RUNTIME_GC_H

#include <stddef.h>
#include <stdint.h>

/* Start the collector.  Before task_main(), once. */
void gc_enable(void);

struct gc_stats {
    uint64_t cycles;          /* collections so far */
    uint64_t allocated_bytes; /* ever allocated */
    uint64_t heap_bytes;      /* the heap's size now */
    uint64_t pause_ns;        /* time in collections so far */
};
struct gc_stats gc_stats(void);

/* Collect now. */
void gc_collect(void);

#endif
