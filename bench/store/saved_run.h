/* SPDX-License-Identifier: MIT */
/* saved_run.h - a run that is over: where it is, and what it found. */
#ifndef SAVED_RUN_H
#define SAVED_RUN_H

#include "store/tables.h"

#include <jansson.h>
#include <limits.h>

/* The folder of the run of that name into path, without links: NULL is the newest run,
 * else it is a folder, or the name of one in results/.  -ENOENT: said that there is no
 * run, and how to get one. */
int saved_run_find(const char *name, char path[PATH_MAX]);

/* The results folder that a run's folder lies in; valid until the next call. */
const char *saved_run_results(const char *folder);

struct saved_run {
    char folder[PATH_MAX];
    const char *name;             /* the last part of folder */
    json_t *machine, *words;      /* machine.json and words.json */
    struct verdict_row *verdicts; /* of its verdicts.csv, but for those that judge nothing */
    size_t nverdicts;
    char *text; /* what these point into */
};

/* Read a run.  0; -ENOENT or -ENOMEM, which has been said.  saved_run_close() after each. */
int saved_run_open(struct saved_run *p, const char *name);
void saved_run_close(struct saved_run *p);

/* The verdict on a claim, or NULL. */
const struct verdict_row *saved_run_verdict(const struct saved_run *p, const char *tip,
                                            size_t claim, const struct executor *x);

/* What the run knew of the tip: its dial, its points and its claims.  NULL: nothing. */
const json_t *saved_run_tip(const struct saved_run *p, const char *tip);

#endif
