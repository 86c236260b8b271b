/* SPDX-License-Identifier: MIT */
/* plan.h - which processes a run consists of, and with which settings.
 *
 * Nothing here runs anything.  A plan is a list of requests in the order they are to
 * run; what was measured already is recognised by its settings, so that a run that
 * was interrupted can go on. */
#ifndef PLAN_H
#define PLAN_H

#include "process/child.h"
#include "decide/decide.h"
#include "inside/tips.h"

/* How the processes of a twin are said to end: IS_OK if no claim says otherwise. */
enum expect plan_end(const struct tip *t, const char *twin);

/* A request of that kind with what follows from the tip: its time limit, and a cap
 * on memory if a twin is said to die of it. */
struct request plan_request(const struct entry *e, const char *twin, const char *kind,
                            struct params p);

/* The parameters at which time is measured, but for the number of requests: the
 * tip's, and where its defaults leave the dial alone, the dial's last point. */
struct params plan_timing(const struct tip *t);

/* May time be measured at all?  Both twins must be said to end well; and of a tip
 * with offered load, the tip must claim something about time. */
bool plan_timed(const struct tip *t);

/* Does the tip claim something about this column ("time", "rss_bytes")? */
bool plan_claims(const struct tip *t, const char *column);

/* Does the bad twin pile something up from request to request?  Then it gets slower
 * the longer it runs, and only equal numbers of requests may be compared. */
bool plan_grows(const struct tip *t);

/* How many requests, found by calibration: the same for both twins and for all
 * processes of the run.  0: the tip is not timed.  A tip has one in C and one in Go. */
struct workload {
    const struct entry *e;
    uint64_t batch;         /* in a timed batch */
    uint64_t slope;         /* in the first of the four points of growth */
    double ns_bad, ns_good; /* for a request, as calibration saw it */
    bool go;                /* of the twins in Go */
};

const char *workload_lang(const struct workload *s);

/* plan_request() in the workload's language. */
struct request workload_request(const struct workload *s, const char *twin, const char *kind,
                                struct params p);

/* The next number of requests to try, after a batch of `ops` took this long each; 0:
 * ops is right (about 10 ms a batch for the slower twin). */
uint64_t plan_rescale(uint64_t ops, double ns_each, uint64_t clients);

/* Fill in workload.slope, from the rest. */
void plan_slope(struct workload *s, bool quick);

/* --- the lists --- */

/* The null pair is stored as a tip of this name: its twins are "null" and "good". */
#define NULL_TIP "null"

struct job {
    struct request request;
    const char *stored_as; /* the tip's name in the sample; "null" in the null pair */
    double expect_ms;      /* a guess, for the time left */
};

struct jobs {
    struct job *list;
    size_t n, cap;
};

enum { COUNT_RUNS = 3, MORE_COUNT_RUNS = 4, SLOPE_POINTS = 4 };

/* These append to the list; running out of memory ends the program.  heap: NULL for the
 * tip's own.  More counts: the same requests, as runs of their own. */
void plan_counts(struct jobs *j, const struct workload *s, bool quick);
void plan_more_counts(struct jobs *j, const struct workload *s);
void plan_slopes(struct jobs *j, const struct workload *s, bool quick);
void plan_block(struct jobs *j, const struct workload *s, bool null, const char *heap,
                size_t block);

/* How long they will take, one after the other. */
double plan_ms(const struct jobs *j);

/* Has this sample been asked for by that job? */
bool plan_answers(const struct job *j, const struct sample *s);

#endif
