/* SPDX-License-Identifier: MIT */
/* resolution.h - how small a difference in time a run can tell, on a terminal. */
#ifndef RESOLUTION_H
#define RESOLUTION_H

#include <jansson.h>
#include <stdio.h>

/* The sentence of the newest calibration in `results` for a run with those facts
 * (machine.h), or else how to get one. */
void resolution_print(FILE *out, const char *results, const json_t *facts);

#endif
