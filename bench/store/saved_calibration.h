/* SPDX-License-Identifier: MIT */
/* saved_calibration.h - what `twinbench calibrate` has found out about a machine.
 *
 * Every calibration has a folder of its own below results/calibration/, like a run.
 * It belongs to a machine: to a processor, its number of cores, and whether somebody
 * else can be given them.  Of several the newest counts. */
#ifndef SAVED_CALIBRATION_H
#define SAVED_CALIBRATION_H

#include <jansson.h>
#include <stdbool.h>

/* The folder of calibrations in a results folder; valid until the next call. */
const char *calibration_folder(const char *results);

/* The newest calibration.json of the machine in `facts` (machine.h), its path into
 * path[bytes].  NULL: there is none.  The caller owns it. */
json_t *calibration_find(const char *results, const json_t *facts, char *path, size_t bytes);

/* What a run with these looks and this margin can resolve on the machine, as a
 * sentence; NULL if that is not in it.  Lives as long as the calibration. */
const char *calibration_says(const json_t *calibration, bool quick, double margin);

/* That sentence for the machine of a run, or else how to get one. */
void calibration_print(FILE *out, const char *results, const json_t *facts);

#endif
