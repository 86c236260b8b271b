/* SPDX-License-Identifier: MIT */
/* plan.c - counts along the dial, slopes over the requests, time in blocks.
 *
 * The same request is never asked twice in one run: runs of one point are told
 * apart by `block`, which for them is only a number. */
#include "run/plan.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    PATIENCE_MS = 30000,   /* with both cores busy */
    STUCK_MS = 3000,       /* for a twin that is said to get stuck */
    CAP_BYTES = 256 << 20, /* for a tip that is said to die of its memory */
};

/* --- what a tip says --- */

static const struct claim *claim_about(const struct tip *t, const char *column)
{
    for (size_t i = 0; i < tip_claims(t); i++)
        if (strcmp(t->claims[i].column, column) == 0)
            return &t->claims[i];
    return NULL;
}

bool plan_claims(const struct tip *t, const char *column)
{
    return claim_about(t, column) != NULL;
}

enum expect plan_end(const struct tip *t, const char *twin)
{
    const struct claim *c = claim_about(t, "outcome");
    enum expect end = !c ? IS_OK : strcmp(twin, "bad") == 0 ? c->bad : c->good;

    return end == NOTHING ? IS_OK : end;
}

/* A wrong answer takes its time like a right one. */
static bool ends(const struct tip *t, const char *twin)
{
    enum expect end = plan_end(t, twin);

    return end == IS_OK || end == IS_WRONG;
}

bool plan_timed(const struct tip *t)
{
    return ends(t, "bad") && ends(t, "good") && (t->dial != RATE || plan_claims(t, "time"));
}

bool plan_grows(const struct tip *t)
{
    for (size_t i = 0; i < tip_claims(t); i++)
        if (t->claims[i].bad == GROWS && t->dial == OPS)
            return true;
    return false;
}

struct params plan_timing(const struct tip *t)
{
    struct params p = tip_params(t);
    size_t n = tip_points(t);

    if (t->dial != OPS && t->dial != RATE && dial_get(&t->defaults, t->dial) == 0 && n > 0)
        p = dial_set(p, t->dial, t->points[n - 1]);
    p.rate = 0;
    return p;
}

struct request plan_request(const struct entry *e, const char *twin, const char *kind,
                            struct params p)
{
    bool dies = plan_end(e->tip, "bad") == DIES || plan_end(e->tip, "good") == DIES;

    return (struct request){
        .tip = e->name,
        .twin = twin,
        .lang = lang_of_heap(p.heap),
        .kind = kind,
        .params = p,
        .timeout_ms = plan_end(e->tip, twin) == STUCK ? STUCK_MS : PATIENCE_MS,
        .memory_bytes = dies ? CAP_BYTES : 0,
    };
}

const char *workload_lang(const struct workload *s)
{
    return s->go ? "go" : "c";
}

struct request workload_request(const struct workload *s, const char *twin, const char *kind,
                                struct params p)
{
    struct request r = plan_request(s->e, twin, kind, p);

    if (s->go)
        r.lang = "go";
    return r;
}

/* --- how many requests --- */

static const double batch_ns = 10e6;

/* Each client has at least one request. */
static uint64_t at_least(double ops, uint64_t clients)
{
    return ops > (double)clients ? (uint64_t)ops : clients;
}

uint64_t plan_rescale(uint64_t ops, double ns_each, uint64_t clients)
{
    double took = ns_each * (double)ops, factor = batch_ns / (took > 1 ? took : 1);

    if (factor > 0.7 && factor < 1.5)
        return 0;
    if (factor > 30)
        factor = 30; /* what short batches say of long ones is not to be trusted */
    uint64_t next = at_least((double)ops * factor, clients);
    return next == ops ? 0 : next;
}

void plan_slope(struct workload *s, bool quick)
{
    double slower = s->ns_bad > s->ns_good ? s->ns_bad : s->ns_good;
    double budget = plan_claims(s->e->tip, "rss_bytes") ? 400e6 : quick ? 40e6 : 100e6;
    double first = budget / slower / (1 << (SLOPE_POINTS - 1));

    double most = s->go ? 2048 : 4096; /* Go serves as many before, see bench/go/driver.go */

    s->slope = s->batch == 0 ? 0 : first < 16 ? 16 : (uint64_t)fmin(first, most);
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

/* Starting a process, running its requests, and looking for quiet. */
static double guess_ms(const struct workload *s, const char *twin, const char *kind,
                       const struct params *p)
{
    bool bad = strcmp(twin, "bad") == 0, timed = strcmp(kind, "time") == 0;
    double each = bad ? s->ns_bad : s->ns_good, run = each * (double)p->ops / 1e6;

    if (timed)
        return 15 + 5 * run;
    if (p->rate)
        return 50 + 1e3 * (double)p->ops / (double)p->rate;
    return 15 + run + (bad && plan_grows(s->e->tip) ? 400 : 0);
}

static struct job job_make(const struct workload *s, const char *twin, const char *kind,
                           struct params p)
{
    return (struct job){ workload_request(s, twin, kind, p), s->e->name,
                         guess_ms(s, twin, kind, &p) };
}

/* Three must agree, or their median counts.  A quick run saves where a load is offered,
 * which takes its time, and in Go, whose counts C's have proved already. */
static size_t count_runs(const struct workload *s, bool quick)
{
    if (quick && s->go)
        return 1;
    return quick && s->e->tip->dial == RATE ? COUNT_RUNS - 1 : COUNT_RUNS;
}

/* Latency is judged where the twins differ, above the rate of service; a curve of it
 * wants the bend, too.  These points lie below the first of the dial.  Nothing piles up
 * there, so a short time shows all there is. */
static void plan_bend(struct jobs *j, const struct workload *s, bool quick)
{
    enum { POINTS = 3, FIFTHS_OF_A_SECOND = 2 };

    for (size_t run = 0; run < (quick ? 1 : (size_t)COUNT_RUNS); run++)
        for (uint64_t k = 1; k <= POINTS; k++) {
            struct params at = tip_params(s->e->tip);
            at.rate = s->e->tip->points[0] * k / (POINTS + 1);
            at.ops = at.rate * FIFTHS_OF_A_SECOND / 5;
            add(j, job_make(s, "bad", "rate", at), run, 0);
            add(j, job_make(s, "good", "rate", at), run, 0);
        }
}

static void plan_dial(struct jobs *j, const struct workload *s, size_t first, size_t end)
{
    const struct tip *t = s->e->tip;
    const char *kind = t->dial == RATE ? "rate" : "count";

    for (size_t run = first; run < end; run++)
        for (size_t p = 0; p < tip_points(t); p++) {
            struct params at = dial_set(tip_params(t), t->dial, t->points[p]);
            add(j, job_make(s, "bad", kind, at), run, 0);
            add(j, job_make(s, "good", kind, at), run, 0);
        }
}

void plan_counts(struct jobs *j, const struct workload *s, bool quick)
{
    if (s->e->tip->dial == RATE && !s->go)
        plan_bend(j, s, quick);
    plan_dial(j, s, 0, count_runs(s, quick));
}

void plan_more_counts(struct jobs *j, const struct workload *s)
{
    plan_dial(j, s, COUNT_RUNS, COUNT_RUNS + MORE_COUNT_RUNS);
}

void plan_slopes(struct jobs *j, const struct workload *s, bool quick)
{
    for (size_t run = 0; s->slope && run < (quick ? 2 : 3); run++)
        for (int k = 0; k < SLOPE_POINTS; k++) {
            struct params at = plan_timing(s->e->tip);
            at.ops = s->slope << k;
            add(j, job_make(s, "bad", "slope", at), run, 0);
            add(j, job_make(s, "good", "slope", at), run, 0);
        }
}

void plan_block(struct jobs *j, const struct workload *s, bool null, const char *heap, size_t block)
{
    struct params at = plan_timing(s->e->tip);

    at.ops = s->batch;
    at.heap = heap;
    for (size_t slot = 0; slot < BLOCK_SLOTS; slot++) {
        const char *twin = block_side(block, slot) ? "good" : null ? "null" : "bad";
        struct job job = job_make(s, twin, "time", at);
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
    const struct params *p = &r->params;

    return strcmp(j->stored_as, s->tip) == 0 && strcmp(r->twin, s->twin) == 0 &&
           strcmp(r->kind, s->kind) == 0 && strcmp(r->lang, s->lang) == 0 &&
           (int64_t)p->ops == s->ops && (int64_t)p->size == s->size &&
           (int64_t)p->clients == s->clients && (int64_t)p->rate == s->rate &&
           (int64_t)p->workers == s->workers && (int64_t)p->seed == s->seed &&
           r->block == s->block && r->slot == s->slot;
}
