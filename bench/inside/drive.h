/* SPDX-License-Identifier: MIT */
/* drive.h - the inside of one process: run op, fill one sample.
 *
 * op -> drive -> struct sample.  The twin does not know by which instrument it is
 * measured.  Everything here is called from a task; a process has one stage. */
#ifndef DRIVE_H
#define DRIVE_H

#include "inside/tips.h"

/* A scene that is set up, and the twin that runs in it. */
struct stage {
    const struct entry *e;
    const struct twin *w;
    struct params p;
    struct scene *scene;
    uint64_t answers; /* sum of the mixed answers so far; atomic */
    uint64_t *served; /* requests answered so far; atomic; in memory that the parent process reads,
                         or NULL */
};

/* What must come before task_main(): the number of workers, and the heap.  0, or the
 * error of heap_use(). */
int stage_prepare(const struct entry *e, const struct params *p);

/* Zero the scene and set it up.  Running out of memory panics. */
void stage_open(struct stage *s, const struct entry *e, const struct twin *w,
                const struct params *p);

/* The twin's tear-down, or the tip's.  The scene's own bytes stay: tasks that
 * leaked may still look at them. */
void stage_close(struct stage *s);

/* Closed loop: requests first .. first + n - 1 from p.clients tasks; request k is
 * number seed + k and goes to client k modulo clients.  Returns the seconds until
 * the last one was served. */
double stage_serve(struct stage *s, uint64_t first, uint64_t n);

/* Serve p.ops requests in a closed loop, wait until no more tasks end, and read every count.
 * Fills outcome "OK". */
void drive_count(struct stage *s, struct sample *out);

/* The batches of a timed process.  Those that warm up are not judged, but what they leave behind
 * is counted. */
enum { WARM_UP_BATCHES = 1, TIMED_BATCHES = 4, ALL_BATCHES = WARM_UP_BATCHES + TIMED_BATCHES };

/* These batches of p.ops requests each, timed through the Google Benchmark shim (gbench.h):
 * wall_ns and cpu_ns are medians.  The counts are taken at
 * once: waiting for a leak to end would take longer than all of the timing. */
void drive_time(struct stage *s, struct sample *out);

/* Open loop: requests offered at p.rate a second for p.ops requests, each a task
 * of its own started at its intended time whatever became of the one before;
 * latency counts from the intended start (Tene's coordinated omission).  Then
 * like drive_count(). */
void drive_rate(struct stage *s, struct sample *out);

#endif
