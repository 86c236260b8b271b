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
const char *saved_calibration_folder(const char *results);

/* The newest calibration.json of the machine in `facts` (machine.h).  NULL: there is none.
 * The caller owns it. */
json_t *saved_calibration_find(const char *results, const json_t *facts);

/* What a run with those facts - a machine, a margin, quick or full - can resolve, as a
 * sentence; NULL if that is not in it.  Lives as long as the calibration, which may be
 * NULL. */
const char *saved_calibration_says(const json_t *calibration, const json_t *facts);

#endif
