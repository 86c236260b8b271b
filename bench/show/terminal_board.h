/* SPDX-License-Identifier: MIT */
/* terminal_board.h - what was found, on a terminal of 80 columns, or of fewer. */
#ifndef TERMINAL_BOARD_H
#define TERMINAL_BOARD_H

#include "say/findings.h"

#include <stdio.h>

/* Colour only on a terminal, and not if NO_COLOR is set: no figure and no word
 * depends on it. */
void terminal_board_print(FILE *out, const struct findings *f, double margin);

#endif
