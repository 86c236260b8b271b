/* SPDX-License-Identifier: MIT */
/* judged_boards.h - how often a whole board of verdicts has a false one, where the
 * rounds of a calibration stand for the blocks of its pairs; in words and tables. */
#ifndef JUDGED_BOARDS_H
#define JUDGED_BOARDS_H

#include "calibrate/error_rates.h"

#include <jansson.h>
#include <stdio.h>

enum { BOARD_PAIRS = 100 }; /* as a full run has with one Go */

/* Rounds, and the machine that they are of (machine.h). */
struct measured_rounds {
    struct control_rounds rounds;
    const json_t *machine;
};

/* Make that many boards of them, and judge each as a full run and as a quick one does, in two
 * margins: all four into `designs` and `csv`, those in the machine's own margin to stdout, too.
 * 0, -EINVAL if there is no round, or -ENOMEM. */
int boards_judge(const struct measured_rounds *m, size_t boards, json_t *designs, FILE *csv);

#endif
