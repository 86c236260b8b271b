/* SPDX-License-Identifier: MIT */
/* results.h - what other tools have measured: read, and judged as far as it goes.
 *
 * A word about time needs blocks: runs of A and B that took turns, and runs of A that were held
 * against each other.  A file has them only if it says in which order things ran, and they took
 * turns: what a loop around `go test -bench 'A|B'` prints.  hyperfine runs all of A and then all
 * of B, a `-count=10` too, and Google Benchmark does not tell the order.  Whatever the machine
 * did meanwhile is then part of the difference, and no number of values shows how large a part.
 * Of such a file the medians are shown, and only numbers that never vary are judged. */
#ifndef RESULTS_H
#define RESULTS_H

#include "trial/series.h"

/* Add the pair of what is called name[] in these files: one that holds both, or A's and B's.
 * Read are: what `go test -bench` prints, hyperfine's --export-json, Google Benchmark's JSON.
 * s->note becomes what can and cannot follow from it.  The exit status: 0, or 1 that was said. */
int results_read(struct series *s, const char *const file[SIDES], const char *const name[SIDES]);

#endif
