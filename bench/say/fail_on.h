/* SPDX-License-Identifier: MIT */
/* fail_on.h - findings on which a run ends with a status of its own, for scripts that run it. */
#ifndef FAIL_ON_H
#define FAIL_ON_H

#include "say/findings.h"

#include <stdio.h>

struct fail_on {
    bool label[LABEL_UNDECIDED + 1]; /* sayings with this label, over all executors */
    bool unexpected;                 /* claims that came out otherwise than their tip expects */
};

/* "myth,undecided" and "unexpected", of true, myth, depends and undecided.  NULL: on nothing.
 * false: said which word is none of them. */
bool fail_on_read(struct fail_on *on, const char *words);

/* How many there are of what is named; each in a line on `out`. */
size_t fail_on_print(FILE *out, const struct fail_on *on, const struct findings *f);

#endif
