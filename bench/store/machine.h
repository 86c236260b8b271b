/* SPDX-License-Identifier: MIT */
/* machine.h - what a run was measured on: machine.json. */
#ifndef MACHINE_H
#define MACHINE_H

#include <jansson.h>
#include <stdbool.h>

/* The machine as it is now: cpu, cores, kernel, governor, load, compiler, flags,
 * packages, commit, date, the releases of Go that the twins are built with, and what follows
 * from it: shared, margin.  The caller owns the object.  NULL when memory runs out.  A fact that
 * cannot be had is ""; but the commit of a tree that is no checkout is its version, "v0.9.0", or
 * "unknown". */
json_t *machine_facts(bool quick);

/* The version of this program, from the file VERSION of its tree; "unknown" without one. */
const char *machine_version(void);

/* How much of a difference in time is none, as a share: 0.10 on a machine that others
 * use too, 0.05 on a quiet one. */
double machine_margin(const json_t *facts);

/* The name of the first fact that keeps two runs from being one, or NULL: another
 * processor, kernel, compiler, flags or commit. */
const char *machine_difference(const json_t *a, const json_t *b);

/* Is a machine with these two properties shared?  A hypervisor may give the
 * processor to somebody else at any time; a load does the same. */
bool machine_shared(bool hypervisor, double load, int cores);

#endif
