/* SPDX-License-Identifier: MIT */
/* asked.h - what `twinbench ab` was asked for, checked before anything runs. */
#ifndef ASKED_H
#define ASKED_H

#include "cmd/args.h"
#include "trial/journal.h"
#include "trial/series.h"

struct asked {
    /* What A and B are. */
    const char *name[SIDES]; /* commands, benchmarks, or results; the second may be NULL */
    const char *git, *build; /* two commits, and how each becomes what is run */
    const char *package, *releases, *program;
    struct arg_words files; /* to be read: nothing runs */
    const char *shell, *input;
    struct arg_words metrics;

    /* How they are run. */
    const char *prepare;
    double budget_ns, margin;
    uint64_t each_ms, most_runs, warmups;
    struct journal *journal; /* NULL: runs are not kept */
    const char *out;         /* its folder */

    /* What becomes of it. */
    struct arg_words exports;
    bool fail_on[SAID_WORDS];
};

/* Read the command line, or with --resume the one that its folder keeps; then we are in the
 * folder in which that was typed.  The strings live as long as the process.  0: it can begin;
 * else 2, which has been said, or 0 with *done: help was asked for. */
int asked_read(struct asked *a, int argc, char **argv, bool *done);

#endif
