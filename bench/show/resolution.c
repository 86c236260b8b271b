/* SPDX-License-Identifier: MIT */
/* resolution.c - the sentence of a calibration, wrapped. */
#include "show/resolution.h"

#include "show/wrap_text.h"
#include "store/saved_calibration.h"

static const char not_known[] =
    "How small a difference can be told on this machine: make calibrate finds out.";

void resolution_print(FILE *out, const char *results, const json_t *facts)
{
    json_t *c = saved_calibration_find(results, facts);
    const char *says = saved_calibration_says(c, facts);

    wrap_print(out, says ? says : not_known, 0);
    json_decref(c);
}
