/* SPDX-License-Identifier: MIT */
/* comparison.h - runs that ask the same, claim by claim, judged by one margin.
 *
 * Machines, compilers and commits may differ: that is what a comparison is for.  What must be the
 * same is the question.  A tip whose claims or parameter differ is left out.  Quick and full runs
 * are not compared: a quick run that is unsure where a full one is not says nothing about the
 * machine.  Runs with different margins are judged once more with the wider one, by the same rule.
 */
#ifndef COMPARISON_H
#define COMPARISON_H

#include "decide/judge_time.h"
#include "show/saved_labels.h"
#include "store/saved_run.h"

enum { MAX_RUNS = 6, MAX_LEFT_OUT = 256 };

/* A claim, and what each run found about it. */
struct row {
    const struct verdict_row *in[MAX_RUNS];
    enum finding finding[MAX_RUNS];
    bool changed; /* the verdicts are not all the same */
    bool apart;   /* two intervals do not overlap */
};

struct comparison {
    struct saved_run runs[MAX_RUNS];
    struct saved_labels labels[MAX_RUNS]; /* none of an older run */
    size_t nruns;
    double margin; /* the widest */
    struct row *rows;
    size_t nrows;
    const char *left_out[MAX_LEFT_OUT]; /* tips whose claims or parameter differ between the runs */
    size_t nleft_out;
};

/* Open runs by their names, 2 to MAX_RUNS of them.  0 or a negative errno, which has been said
 * unless memory ran out.  In either case comparison_close() is owed. */
int comparison_open(struct comparison *c, const char *const *names, size_t n);
void comparison_close(struct comparison *c);

/* Make a row of each claim that all of them judged.  0 or -ENOMEM; -EINVAL: said why they cannot be
 * compared. */
int comparison_judge(struct comparison *c);

#endif
