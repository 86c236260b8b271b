/* SPDX-License-Identifier: MIT */
/* plan.h - which processes a run consists of, and with which settings.
 *
 * Nothing here runs anything.  A plan is a list of requests in the order they are to
 * run; what was measured already is recognised by its settings, so that a run that
 * was interrupted can go on. */
#ifndef PLAN_H
#define PLAN_H

#include "process/request.h"
#include "decide/claims.h"
#include "decide/time_rule.h"

/* How many requests, found by calibration: the same for both twins and for all
 * processes of the run.  C has one for each tip, which is also used on other heaps, and so
 * has each Go. */
struct workload {
    const struct entry *e;
    const struct executor *executor;
    uint64_t batch;         /* in a timed batch; 0: the tip is not timed */
    uint64_t slope;         /* in the first of the four points of growth, if bad leaves no tasks
                             * behind (plan_slopes); 0: it is not followed */
    double ns_bad, ns_good; /* for a request, as calibration saw it */
    double bytes;           /* bytes that a request of either twin left behind, at most */
    uint64_t size;          /* of a point of the tip's curve; 0: the tip's own */
};

/* The parameters at which it is timed, but for the number of requests. */
struct params workload_timing(const struct workload *s);

/* request_make() of its tip, by its executor. */
struct request workload_request(const struct workload *s, enum role twin, enum kind kind,
                                struct params p);

/* Fill in workload.slope, from the rest: as many requests as there is time for, and as hold
 * no more memory than a machine can spare. */
void plan_slope(struct workload *s, bool quick);

/* --- the lists --- */

struct job {
    struct request request;
    const char *stored_as; /* the tip's name in the sample; NULL_TIP in the control */
    double expect_ms;      /* a guess, for the time left */
};

struct jobs {
    struct job *list;
    size_t n, cap;
};

enum { MORE_COUNT_RUNS = 4, SLOPE_POINTS = 4 };

/* These append to the list; running out of memory ends the program.  Counts: so many processes at
 * each point (scope_count_runs()).  Slopes: a bad twin that leaves tasks behind serves no more than
 * one worker can wake.  More counts: the same requests, as runs of their own.  A block
 * may be run by an executor that has no workload of its own; null: it is the control's. */
void plan_counts(struct jobs *j, const struct workload *s, size_t runs);
void plan_more_counts(struct jobs *j, const struct workload *s);
void plan_slopes(struct jobs *j, const struct workload *s, bool quick);
void plan_block(struct jobs *j, const struct workload *s, const struct executor *x, bool null,
                size_t block);

/* How long they will take, one after the other. */
double plan_ms(const struct jobs *j);

/* Has this sample been asked for by that job? */
bool plan_answers(const struct job *j, const struct sample *s);

#endif
