/* SPDX-License-Identifier: MIT */
/* fail_on.h - what a run is to end with a status of its own on, for who runs it unattended. */
#ifndef FAIL_ON_H
#define FAIL_ON_H

#include "say/findings.h"

#include <stdio.h>

struct fail_on {
    bool label[LABEL_UNDECIDED + 1]; /* a saying that got it, over all executors */
    bool unexpected;                 /* a claim that came out otherwise than its tip expects */
};

/* "myth,undecided" and "unexpected", of true, myth, depends and undecided.  NULL: on nothing.
 * false: said which word is none of them. */
bool fail_on_read(struct fail_on *on, const char *words);

/* How many there are of what is named; each in a line on `out`. */
size_t fail_on_print(FILE *out, const struct fail_on *on, const struct findings *f);

#endif
