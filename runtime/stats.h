/* SPDX-License-Identifier: MIT */
/* stats.h - what is alive now, and how much there ever was.
 *
 * Everything that can leak is counted, always.  Each worker counts for itself;
 * reading adds the workers up.  With one worker every figure is exact at any
 * time; with several, `now` and `total` are exact while nothing runs, and `peak`
 * is the sum of the workers' own peaks, an upper bound. */
#ifndef STATS_H
#define STATS_H

#include <stdbool.h>
#include <stdint.h>

/* GAUGE(name, what is counted): goes up and down. */
#define GAUGES(GAUGE)                                                                              \
    GAUGE(tasks, "tasks alive")                                                                    \
    GAUGE(stacks, "stacks in use")                                                                 \
    GAUGE(timers, "timers pending")                                                                \
    GAUGE(contexts, "contexts not yet done and not freed")                                         \
    GAUGE(channels, "channels not yet freed")                                                      \
    GAUGE(chan_bytes, "bytes of values waiting inside channels")                                   \
    GAUGE(blocking, "calls running beside the workers")

/* COUNTER(name, what is counted): only goes up. */
#define COUNTERS(COUNTER)                                                                          \
    COUNTER(switches, "times a worker went from one task to another")                              \
    COUNTER(parks, "times a task began to wait")                                                   \
    COUNTER(steals, "tasks taken from another worker")                                             \
    COUNTER(wakes, "sleeping workers woken")                                                       \
    COUNTER(lock_waits, "mutex locks that had to wait")                                            \
    COUNTER(panics, "panics, recovered or not")

struct gauge {
    int64_t now, peak;
    uint64_t total; /* how often it went up, or by how much */
};

struct stats {
#define GAUGE(name, text) struct gauge name;
    GAUGES(GAUGE)
#undef GAUGE
#define COUNTER(name, text) uint64_t name;
    COUNTERS(COUNTER)
#undef COUNTER

    /* Counted where they happen, and added up when read. */
    struct {
        int64_t now;     /* registered and not yet run */
        uint64_t total;  /* registered */
        int64_t deepest; /* most pending in one task at a time */
    } cleanups;
    uint64_t pool_hits, pool_misses; /* gets that found an object, and that found none */
    int64_t pool_objects;            /* lying in pools now */
    int64_t descriptor_bytes;        /* of tasks, kept for the next ones: never given back */
};

struct stats stats_read(void);

/* Peaks start again from what is alive now.  Only while nothing else runs. */
void stats_reset_peaks(void);

/* The same counted a second way, by walking what is alive: begin together with
 * stats_reset_peaks(), end when all is idle.  false: the counters say something else, and why
 * is a sentence about it.  With one worker only. */
#define AUDIT_WHY 160
void audit_begin(void);
bool audit_end(char why[AUDIT_WHY]);

#endif
