/* SPDX-License-Identifier: MIT */
/* plan.c - counts along the dial, slopes over the requests, time in blocks.
 *
 * The same request is never asked twice in one run: runs of one point differ in
 * `block`, which for them is only a number. */
#include "run/plan.h"

#include "decide/judge_time.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct request workload_request(const struct workload *s, enum role twin, enum kind kind,
                                struct params p)
{
    return request_make(s->e, s->executor, twin, kind, p);
}

struct params workload_timing(const struct workload *s)
{
    struct params p = tip_timing(s->e->tip);

    if (s->size > 0)
        p.size = s->size;
    return p;
}

/* --- how many requests --- */

static bool is_go(const struct workload *s)
{
    return s->executor->language == LANGUAGE_GO;
}

/* At the last point of growth, in one process. */
static const double most_bytes = 256 << 20, most_requests = 8 << 20;

/* Tasks that bad may have left behind at the last point.  Those that a clock wakes again and again
 * share one worker: of 16,000 that wake every 50 ms none is ever done, and the process runs until
 * its time is over (leaks/worker-without-context, in each Go).  Good leaves none, and goes on as
 * far as there is time for, since its heap wobbles. */
static const uint64_t most_tasks = 8192;

/* Is memory expected not to grow there, although it grows elsewhere?  The heap varies by as much
 * however many requests there are, so more requests show more clearly that nothing grows. */
static bool is_flat_there(const struct workload *s)
{
    const struct tip *t = s->e->tip;

    for (size_t i = 0; i < tip_claims(t); i++)
        if (claim_kind(t, &t->claims[i]) == KIND_SLOPE && t->claims[i].go.since &&
            executor_refutes(s->executor, &t->claims[i]))
            return true;
    return false;
}

void plan_slope(struct workload *s, bool quick)
{
    double slower = s->ns_bad > s->ns_good ? s->ns_bad : s->ns_good;
    double budget = tip_claims_about(s->e->tip, "rss_bytes") ? 400e6 : quick ? 40e6 : 100e6;
    double last = budget * batch_share() / slower;

    if (is_go(s) && !is_flat_there(s))
        last /= 2; /* it serves as many before it measures, see bench/go/driver.go */
    if (s->bytes > 0)
        last = fmin(last, most_bytes / s->bytes);
    double first = fmin(last, most_requests) / (1 << (SLOPE_POINTS - 1));
    s->slope = s->batch == 0 ? 0 : first < 16 ? 16 : (uint64_t)first;
}

/* In the first point of growth. */
static uint64_t slope_of(const struct workload *s, enum role twin)
{
    uint64_t most = most_tasks >> (SLOPE_POINTS - 1);

    if (is_go(s))
        most /= 2; /* as many before */
    return twin == TWIN_BAD && tip_leaves_tasks(s->e->tip) && s->slope > most ? most : s->slope;
}

/* --- the lists --- */

static void add(struct jobs *j, struct job job, size_t block, size_t slot)
{
    if (j->n == j->cap) {
        j->cap = j->cap ? 2 * j->cap : 64;
        j->list = realloc(j->list, j->cap * sizeof *j->list);
        if (!j->list) {
            fprintf(stderr, "twinbench: out of memory for the plan\n");
            exit(1);
        }
    }
    job.request.block = (int64_t)block;
    job.request.slot = (int64_t)slot;
    j->list[j->n++] = job;
}

/* A guess: starting the process, running its requests, and waiting until no more tasks end. */
static double guess_ms(const struct workload *s, const struct request *r)
{
    const struct params *p = &r->params;
    bool bad = r->twin == TWIN_BAD;
    double each = bad ? s->ns_bad : s->ns_good, run = each * (double)p->ops / 1e6;

    if (kind_is_timed(r->kind))
        return 15 + 5 * run;
    if (p->rate)
        return 50 + 1e3 * (double)p->ops / (double)p->rate;
    if (is_go(s) && r->kind == KIND_SLOPE)
        run *= 2; /* as many before */
    return 15 + run + (bad && tip_grows(s->e->tip) ? 400 : 0);
}

static struct job job_of(const struct workload *s, struct request r)
{
    return (struct job){ r, s->e->name, guess_ms(s, &r) };
}

static struct job job_make(const struct workload *s, enum role twin, enum kind kind,
                           struct params p)
{
    return job_of(s, workload_request(s, twin, kind, p));
}

/* Latency is judged where the twins differ, above the rate of service; a curve of it
 * shows the bend, too.  These points lie below the first of the dial.  Nothing piles up
 * there, so a short time shows all there is; and nothing is judged there, so once is enough. */
static void plan_bend(struct jobs *j, const struct workload *s)
{
    enum { POINTS = 3, FIFTHS_OF_A_SECOND = 2 };

    for (uint64_t k = 1; k <= POINTS; k++) {
        struct params at = tip_params(s->e->tip);
        at.rate = s->e->tip->points[0] * k / (POINTS + 1);
        at.ops = at.rate * FIFTHS_OF_A_SECOND / 5;
        add(j, job_make(s, TWIN_BAD, KIND_RATE, at), 0, 0);
        add(j, job_make(s, TWIN_GOOD, KIND_RATE, at), 0, 0);
    }
}

static void plan_dial(struct jobs *j, const struct workload *s, size_t first, size_t end)
{
    const struct tip *t = s->e->tip;
    enum kind kind = t->dial == RATE ? KIND_RATE : KIND_COUNT;

    for (size_t run = first; run < end; run++)
        for (size_t p = 0; p < tip_points(t); p++) {
            struct params at = dial_set(tip_params(t), t->dial, t->points[p]);
            add(j, job_make(s, TWIN_BAD, kind, at), run, 0);
            add(j, job_make(s, TWIN_GOOD, kind, at), run, 0);
        }
}

void plan_counts(struct jobs *j, const struct workload *s, size_t runs)
{
    if (s->e->tip->dial == RATE && !is_go(s))
        plan_bend(j, s);
    plan_dial(j, s, 0, runs);
}

void plan_more_counts(struct jobs *j, const struct workload *s)
{
    plan_dial(j, s, COUNT_RUNS, COUNT_RUNS + MORE_COUNT_RUNS);
}

void plan_slopes(struct jobs *j, const struct workload *s, bool quick)
{
    for (size_t run = 0; s->slope && run < (quick ? 2 : 3); run++)
        for (int k = 0; k < SLOPE_POINTS; k++) {
            struct params at = tip_timing(s->e->tip);
            at.ops = slope_of(s, TWIN_BAD) << k;
            add(j, job_make(s, TWIN_BAD, KIND_SLOPE, at), run, 0);
            at.ops = slope_of(s, TWIN_GOOD) << k;
            add(j, job_make(s, TWIN_GOOD, KIND_SLOPE, at), run, 0);
        }
}

/* Each block of a pair has another placement, so that blocks differ by it as by all else, and
 * the interval over blocks covers it.  Three quarters of what there are suffice for the blocks
 * of a full run; where they do not, they come again.  The last quarter is for the control's
 * copies: with no placement on both sides, its centre is as uncertain as a pair's. */
static size_t placement_of(const struct executor *x, enum role twin, size_t block)
{
    size_t copies = x->placements / 4, first = x->placements - copies;

    if (copies == 0)
        return 0;
    return twin == TWIN_NULL ? 1 + first + block % copies : 1 + block % first;
}

void plan_block(struct jobs *j, const struct workload *s, const struct executor *x, bool null,
                size_t block)
{
    struct params at = workload_timing(s);
    enum kind kind = s->size > 0 ? KIND_CURVE : KIND_TIME;

    at.ops = s->batch;
    for (size_t slot = 0; slot < BLOCK_SLOTS; slot++) {
        enum role twin = block_side(block, slot) ? TWIN_GOOD : null ? TWIN_NULL : TWIN_BAD;
        struct job job = job_of(s, request_make(s->e, x, twin, kind, at));
        job.request.placement = placement_of(x, twin, block);
        if (null)
            job.stored_as = NULL_TIP;
        add(j, job, block, slot);
    }
}

double plan_ms(const struct jobs *j)
{
    double sum = 0;

    for (size_t i = 0; i < j->n; i++)
        sum += j->list[i].expect_ms;
    return sum;
}

bool plan_answers(const struct job *j, const struct sample *s)
{
    const struct request *r = &j->request;
    struct sample asked = { 0 };

    tip_settings(&asked, j->stored_as, r->twin, r->executor, r->kind, &r->params);
    return strcmp(asked.tip, s->tip) == 0 && asked.twin == s->twin && asked.kind == s->kind &&
           asked.lang == s->lang && same_settings(&asked, s) && r->block == s->block &&
           r->slot == s->slot;
}
