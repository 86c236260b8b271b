/* SPDX-License-Identifier: MIT */
/* child.h - a fresh process for every sample.
 *
 * RSS in a process that has run another twin before means nothing, and a twin may
 * hang, crash or end the process.  So the runner starts its own program again,
 *
 *     twinbench one TIP TWIN --row-fd N --kind K --ops ... --seed ...
 *
 * in a process group of its own, reads one row with its header from the pipe, and writes
 * into the sample's `outcome` how the process really ended. */
#ifndef CHILD_H
#define CHILD_H

#include "process/request.h"

/* Run one process to its end and fill *out.  Settings come from the request, so
 * they are there even if the child left no row.  0; -EINTR if the runner was
 * interrupted meanwhile (the child is gone); another negative errno if the
 * process could not be started at all, or said_path not be written. */
int child_sample(const struct request *r, struct sample *out);

/* The same in two steps, so that several may run at a time.  Whatever started
 * must be finished, in any order; finishing frees c.  The words of *r must live
 * until then.  why, if not NULL, gets one line on an outcome that is not OK: the
 * child's own first words, or what was missing; empty if it was OK. */
#define CHILD_WHY 160
/* How the reason begins if somebody else killed the process. */
#define CHILD_KILLED "killed from outside (signal 9)"
struct child;
int child_start(const struct request *r, struct child **c);
int child_finish(struct child *c, struct sample *out, char why[CHILD_WHY]);

/* Watch all children until fewer than n of them run.  0, or -EINTR if the runner was interrupted
 * meanwhile.  Has this one ended, so that to finish it takes no time? */
int child_await_fewer(size_t n);
bool child_has_ended(const struct child *c);

/* How a process ended, as its parent sees it; and what that is called.  This is the rule alone:
 * nothing is read or waited for. */
struct ending {
    const struct executor *executor;
    int status;       /* as waitpid() gives it */
    bool timed_out;   /* it was killed because its time was over */
    bool left_row;    /* a whole row came before */
    bool left_other;  /* something came that is no row */
    bool capped;      /* it ran under a memory cap */
    const char *said; /* what it printed */
};
enum outcome child_outcome(const struct ending *e);

/* Milliseconds, of the clock by which children are watched. */
int64_t child_now_ms(void);

/* From now on SIGINT, SIGTERM and, unless it was ignored, SIGHUP end the current children and make
 * child_sample() return -EINTR; a second SIGINT ends the runner at once. */
void child_catch_signals(void);
bool child_interrupted(void);

#endif
