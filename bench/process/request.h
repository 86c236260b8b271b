/* SPDX-License-Identifier: MIT */
/* request.h - what one process is asked to measure. */
#ifndef REQUEST_H
#define REQUEST_H

#include "inside/tips.h"

struct request {
    const char *tip; /* "leaks/range-unclosed" */
    const struct executor *executor;
    enum role twin;
    enum kind kind;
    struct params params;
    int64_t block, slot;
    size_t placement;      /* of the executor's, see inside/executor.h; 0: its own program */
    int64_t timeout_ms;    /* of its own, while it runs or sleeps; then the whole group is
                            * killed: STUCK.  A wait for a processor does not count. */
    uint64_t memory_bytes; /* memory cap; 0: none */
    const char *said_path; /* file for what the child printed, in a folder that is made if
                            * need be; NULL: thrown away */
    bool said_if_stuck;    /* only if it ended STUCK: the first 64 KiB of its dump */
    const char *program;   /* what is started instead of the executor's own; NULL: that */
    int *status;           /* for how it ended, as waitpid() gives it; NULL: nobody asks */
};

/* A request of that kind with what follows from the tip: its time limit, and a cap on
 * memory if a twin should run out of it.  The heap is the executor's. */
struct request request_make(const struct entry *e, const struct executor *x, enum role twin,
                            enum kind kind, struct params p);

/* How many requests make a timed batch of about 10 ms is found by trial.  The next number
 * to try, after a batch of `ops` took this long each; 0: ops is right. */
uint64_t batch_rescale(uint64_t ops, double ns_each, uint64_t clients);

/* Make timed batches last this many microseconds, for a run of which no time matters.  NULL
 * changes nothing.  false: the text is no number from 1 to 10000, and nothing has changed. */
bool batch_shorten(const char *us);

/* The length of a batch as a share of the usual length: 1, or less. */
double batch_share(void);

#endif
