/* SPDX-License-Identifier: MIT */
/* past.h - a run that is over: where it is, and what it found. */
#ifndef PAST_H
#define PAST_H

#include <jansson.h>
#include <limits.h>
#include <stdbool.h>

/* The folder of the run of that name into path, without links: NULL is the newest run,
 * else it is a folder, or the name of one in results/.  -ENOENT: said that there is no
 * run, and how to get one. */
int past_find(const char *name, char path[PATH_MAX]);

/* The results folder that a run's folder lies in; valid until the next call. */
const char *past_results(const char *folder);

/* A line of its verdicts.csv.  NAN where nothing was written. */
struct past_verdict {
    char tip[64], column[32], kind[16], bad[48], good[48], verdict[16], expected[16], lang[16];
    long claim;
    double ratio, lo, hi, n;
};

struct past {
    char folder[PATH_MAX];
    const char *name;         /* the last part of folder */
    json_t *machine, *words;  /* machine.json and words.json */
    struct past_verdict *verdicts;
    size_t nverdicts;
};

/* Read a run.  0; -ENOENT or -ENOMEM, which has been said.  past_close() after each. */
int past_open(struct past *p, const char *name);
void past_close(struct past *p);

/* The verdict on a claim, or NULL. */
const struct past_verdict *past_verdict(const struct past *p, const char *tip, long claim,
                                        const char *lang);

/* What the run knew of the tip: its dial, its points and its claims.  NULL: nothing. */
const json_t *past_tip(const struct past *p, const char *tip);

#endif
