/* SPDX-License-Identifier: MIT */
/* benchmarks.h - two benchmarks of somebody's program in place of two commands.
 *
 * Each becomes the command that runs it alone in a process of its own; what is measured is what
 * it reports of itself.  The framework's own repetitions are not used, for they share a process,
 * and come one after the other. */
#ifndef BENCHMARKS_H
#define BENCHMARKS_H

#include "ab/trial.h"

/* Fill in t->command[] and t->measures: benchmarks of the Go package in that folder, whose test
 * binary is built into `scratch` with the `go` in PATH; or of a program that uses Google
 * Benchmark.  t->each_ms must stand.  The strings live as long as the process.  The exit
 * status: 0, or said what is wrong. */
int benchmarks_of_go(struct trial *t, const char *package, const char *const name[SIDES],
                     const char *scratch);
int benchmarks_of_google(struct trial *t, const char *program, const char *const name[SIDES]);

#endif
