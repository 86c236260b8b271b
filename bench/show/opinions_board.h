/* SPDX-License-Identifier: MIT */
/* opinions_board.h - what two other tools found of the same pairs, beside ours. */
#ifndef OPINIONS_BOARD_H
#define OPINIONS_BOARD_H

#include "say/findings.h"

#include <jansson.h>
#include <stdio.h>

/* A line for each pair in C: our ratio and interval, Google Benchmark's and hyperfine's, and
 * which of them lie outside of ours.  The two are their own files, gbench.json and
 * hyperfine.json; NULL: there is none.  Nothing if neither knows a pair. */
void opinions_board_print(FILE *out, const struct findings *f, const json_t *gbench,
                          const json_t *hyperfine);

#endif
