/* SPDX-License-Identifier: MIT */
/* find_executors.h - which executors are here, and how their processes are started.
 *
 * What an executor is stands in inside/executor.h.  C is this program.  The twins in Go stand
 * beside it, those of a release in a folder that is called like their executor:
 * `go1.24/TIP/bad` is one of them, `go1.24/release` says which Go built them and is written
 * when all are there, and `twinbench-go1.24` runs them (bench/go/go.mk). */
#ifndef FIND_EXECUTORS_H
#define FIND_EXECUTORS_H

#include "inside/tips.h"

/* Look which Go twins and which placements are here, and complete the table.  Once, when
 * the program starts. */
void executors_find(void);

/* Can its processes be run here, of this tip? */
bool executor_runs(const struct executor *x, const struct entry *e);

/* The program that is to be started into path: with placement 0 the executor's own, else
 * one of x->placements that hold the same code at other places.  0 or a negative errno. */
int executor_program(const struct executor *x, size_t placement, char *path, size_t bytes);

/* The program that answers the probes of Go there (bench/go/aged.go), likewise. */
int executor_probes(const struct executor *x, char *path, size_t bytes);

/* The resource (RLIMIT_...) that caps the memory of its processes. */
int executor_limit(const struct executor *x);

#endif
