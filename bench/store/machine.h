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

/* The margin: a ratio of times that differs from 1 by less counts as the same.  0.10 on a
 * machine that others use too, 0.05 on a quiet one. */
double machine_margin(const json_t *facts);

/* The name of the first fact because of which two runs cannot be one: another processor, kernel,
 * compiler, flags or commit.  NULL: there is none. */
const char *machine_difference(const json_t *a, const json_t *b);

/* Is a machine with these two properties shared?  A hypervisor may give the
 * processor to somebody else at any time; a load does the same. */
bool machine_shared(bool hypervisor, double load, int cores);

#endif
