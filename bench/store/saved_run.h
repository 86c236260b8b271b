/* SPDX-License-Identifier: MIT */
/* saved_run.h - a run that is over: where it is, and what it found. */
#ifndef SAVED_RUN_H
#define SAVED_RUN_H

#include <jansson.h>
#include <limits.h>
#include <stdbool.h>

/* The folder of the run of that name into path, without links: NULL is the newest run,
 * else it is a folder, or the name of one in results/.  -ENOENT: said that there is no
 * run, and how to get one. */
int saved_run_find(const char *name, char path[PATH_MAX]);

/* The results folder that a run's folder lies in; valid until the next call. */
const char *saved_run_results(const char *folder);

/* A line of its verdicts.csv.  NAN where nothing was written. */
struct saved_verdict {
    char tip[64], column[32], kind[16], bad[48], good[48], verdict[16], expected[16], lang[16];
    long claim;
    double ratio, lo, hi, n;
};

struct saved_run {
    char folder[PATH_MAX];
    const char *name;        /* the last part of folder */
    json_t *machine, *words; /* machine.json and words.json */
    struct saved_verdict *verdicts;
    size_t nverdicts;
};

/* Read a run.  0; -ENOENT or -ENOMEM, which has been said.  saved_run_close() after each. */
int saved_run_open(struct saved_run *p, const char *name);
void saved_run_close(struct saved_run *p);

/* The verdict on a claim, or NULL. */
const struct saved_verdict *saved_run_verdict(const struct saved_run *p, const char *tip,
                                              long claim, const char *lang);

/* What the run knew of the tip: its dial, its points and its claims.  NULL: nothing. */
const json_t *saved_run_tip(const struct saved_run *p, const char *tip);

#endif
