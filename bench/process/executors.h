/* SPDX-License-Identifier: MIT */
/* executors.h - which executors are here, and how their processes are started.
 *
 * What an executor is stands in inside/executor.h.  C is this program.  The Go twins stand
 * beside it: `go/TIP/bad` is one of them, `go/release` says which Go built them, and
 * `twinbench-go` runs them (bench/go/go.mk).  Twins of another release of Go are found in
 * the same way, in a folder that is called like their executor. */
#ifndef EXECUTORS_H
#define EXECUTORS_H

#include "inside/tips.h"

/* Look which Go twins and which placements are here, and complete the table.  Once, when
 * the program starts. */
void executors_find(void);

/* Can its processes be run here, of this tip? */
bool executor_runs(const struct executor *x, const struct entry *e);

/* The program that is to be started into path: with placement 0 the executor's own, else
 * one of x->placements that hold the same code at other places.  0 or a negative errno. */
int executor_program(const struct executor *x, size_t placement, char *path, size_t bytes);

/* The resource (RLIMIT_...) that caps the memory of its processes. */
int executor_limit(const struct executor *x);

#endif
