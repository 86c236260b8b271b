/* SPDX-License-Identifier: MIT */
/* benchmarks.h - benchmarks of somebody's program in place of commands.
 *
 * Each becomes the command that runs it alone in a process of its own; what is measured is what
 * it reports of itself.  The framework's own repetitions are not used, for they share a process,
 * and come one after the other.
 *
 * A and B are named in one of three ways.  Two names: those, or, of benchmarks that have others
 * below them, each of A's with the one of B's that is called alike.  One name and two commits:
 * all at that name and below it, before and now.  One name: each below it whose name has an `old`
 * between slashes, with the one that has `new` there. */
#ifndef BENCHMARKS_H
#define BENCHMARKS_H

#include "ab/commits.h"
#include "trial/series.h"

struct benchmarks {
    const char *name[SIDES]; /* the second may be NULL */
    const struct commits *at;
    uint64_t each_ms;    /* how long one runs in a process */
    const char *scratch; /* for what is built */
    int look_s;          /* for a run of all that there are, seconds */
};

/* Add their pairs: of the Go package in that folder, whose test binary is built by each Go that
 * `releases` names ("1.19 1.27", or "all"; NULL: the `go` in PATH); or of a program that uses
 * Google Benchmark.  The strings live as long as the process.  The exit status: 0, 130, or 1
 * that has been said. */
int benchmarks_of_go(struct series *s, const struct benchmarks *b, const char *package,
                     const char *releases);
int benchmarks_of_google(struct series *s, const struct benchmarks *b, const char *program);

/* --- for both --- */

/* What a quick run of all at and below a name found: of each its name, and what it reported. */
struct found {
    char *name;
    void *report;
};
struct all_found {
    struct found list[PAIRS_MAX * 4];
    size_t n;
};

/* One more, of a copy of that name, at the end.  false: its name is neither `below` nor below it,
 * or is there already. */
bool found_add(struct all_found *all, const char *below, const char *name);

/* How a framework is asked.  `of` is its own: which program, or which Go. */
struct framework {
    /* Run all of that side at and below a name for a moment, and add them.  The exit status. */
    int (*look)(const struct benchmarks *b, const void *of, int side, const char *name,
                struct all_found *all);
    /* What runs that one alone, for as long as b->each_ms. */
    struct command (*command)(const struct benchmarks *b, const void *of, int side,
                              const char *name);
    /* The measures of a report.  The exit status. */
    int (*measure)(struct trial *t, const void *report);
    void (*report_free)(void *report);
};

/* Add the pairs that one finds.  The exit status: 1, which has been said, also if there is none. */
int benchmarks_add(struct series *s, const struct benchmarks *b, const struct framework *f,
                   const void *of);

#endif
