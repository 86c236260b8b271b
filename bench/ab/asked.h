/* SPDX-License-Identifier: MIT */
/* asked.h - what `twinbench ab` was asked for, checked before anything runs. */
#ifndef ASKED_H
#define ASKED_H

#include "cmd/args.h"
#include "trial/journal.h"
#include "trial/series.h"

struct asked {
    /* What A and B are.  NULL: it was not given. */
    const char *name[SIDES];        /* commands, benchmarks, or results */
    const char *git, *build;        /* OLD..NEW, and what makes each commit ready */
    const char *package, *releases; /* a folder of Go, and by which Gos it is built */
    const char *program;            /* that uses Google Benchmark */
    struct arg_words files;         /* of results: nothing runs */
    const char *shell, *input;      /* "sh", or "none"; a file for their standard input */
    struct arg_words metrics;       /* "NAME: PATTERN" */

    /* How they are run. */
    const char *prepare; /* a command before each run; NULL: none */
    double budget_ns, margin;
    uint64_t each_ms;   /* for a benchmark in a process */
    uint64_t most_runs; /* of a pair; 0: as many as there is time for */
    uint64_t warmups;
    struct journal *journal; /* NULL: runs are not kept */
    const char *out;         /* its folder */

    /* What becomes of it. */
    struct arg_words exports;
    bool fail_on[SAID_WORDS];
};

/* Read the command line, or with --resume the one that its folder keeps; then we are in the
 * folder in which that was typed.  The strings live as long as the process.  0: it can begin, or,
 * with *done, help was asked for and printed.  2: said what is wrong. */
int asked_read(struct asked *a, int argc, char **argv, bool *done);

#endif
