/* SPDX-License-Identifier: MIT */
/* drive.h - the inside of one process: run op, fill one sample.
 *
 * op -> drive -> struct sample.  The twin does not know by which instrument it is
 * measured. */
#ifndef DRIVE_H
#define DRIVE_H

#include "tips.h"

/* Closed loop: p.ops requests from p.clients tasks, once; then let what can end,
 * end; then read every count.  Fills outcome "OK". */
void drive_count(const struct entry *e, const struct twin *w, const struct params *p,
                 struct sample *out);

/* One warm-up and four batches of p.ops requests each, timed through the Google
 * Benchmark shim (gbench.h): wall_ns and cpu_ns are medians. */
void drive_time(const struct entry *e, const struct twin *w, const struct params *p,
                struct sample *out);

/* Open loop: requests offered at p.rate a second for p.ops requests, each a task
 * of its own started at its intended time whatever became of the one before;
 * latency counts from the intended start (Tene's coordinated omission). */
void drive_rate(const struct entry *e, const struct twin *w, const struct params *p,
                struct sample *out);

#endif
