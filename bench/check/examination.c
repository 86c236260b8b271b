/* SPDX-License-Identifier: MIT */
/* examination.c - plans the processes of one tip, runs several at a time, and runs more of them
 * where a verdict is in doubt. */
#include "check/examination.h"

#include "decide/claims.h"
#include "decide/growth.h"
#include "process/find_executors.h"

enum {
    WINDOW = 8,      /* processes at a time: most of them only wait for leaked tasks to end */
    RATE_WINDOW = 2, /* under an offered load: each needs a processor at fixed times */
};

/* How many requests the first point of growth has; each further point has twice as many.  The heap
 * varies by as much however many there are, so more requests show more clearly that nothing grows.
 * Where something grows, more would take hundreds of megabytes; and tasks that wake again and again
 * would take more than the processor (most_tasks in run/plan.c). */
enum {
    TASKS_FIRST = 512,
    GROWTH_FIRST = 1024,
    FLAT_FIRST = 4096,
};

static void add(struct examination *r, const struct executor *x, enum role twin, uint64_t point)
{
    const struct tip *t = r->exam.e->tip;

    r->process[r->n++].request =
        request_make(r->exam.e, x, twin, t->dial == RATE ? KIND_RATE : KIND_COUNT,
                     dial_set(tip_params(t), t->dial, point));
}

/* Is it about growth, and judged here? */
static bool is_growth(const struct exam *x, const struct claim *c)
{
    return !exam_is_in_c(x) && claim_kind(x->e->tip, c) == KIND_SLOPE;
}

static void plan_growth(struct examination *r)
{
    const struct exam *x = &r->exam;
    bool needed = false, flat = false;

    for (size_t i = 0; i < tip_claims(x->e->tip); i++) {
        const struct claim *c = &x->e->tip->claims[i];
        needed |= is_growth(x, c);
        flat |= is_growth(x, c) && executor_refutes(x->executor, c);
    }
    for (size_t run = 0; needed && run < GROWTH_RUNS; run++)
        for (int k = 0; k < GROWTH_POINTS; k++)
            for (enum role twin = TWIN_BAD; twin <= TWIN_GOOD; twin++) {
                struct params at = tip_timing(x->e->tip);
                bool tasks = twin == TWIN_BAD && tip_leaves_tasks(x->e->tip);
                at.ops = (uint64_t)(flat ? FLAT_FIRST : tasks ? TASKS_FIRST : GROWTH_FIRST) << k;
                r->process[r->n++].request = request_make(x->e, x->executor, twin, KIND_SLOPE, at);
            }
}

static void plan(struct examination *r)
{
    const struct tip *t = r->exam.e->tip;
    const struct executor *x = r->exam.executor;
    bool home = exam_is_at_home(&r->exam);
    size_t runs = home ? COUNT_RUNS : 1; /* in C three processes must agree (decide/contract.h) */
    size_t points = !home && t->dial == RATE ? 1 : tip_points(t); /* nothing there is exact */

    for (size_t p = 0; p < points; p++) {
        for (size_t k = 0; k < runs; k++) {
            add(r, x, TWIN_BAD, t->points[p]);
            add(r, x, TWIN_GOOD, t->points[p]);
        }
        add(r, home ? x : executor_c(), home ? TWIN_NULL : TWIN_GOOD, t->points[p]);
    }
    r->exam.samples = r->samples;
    r->exam.n = r->n;
    plan_growth(r);
}

/* Did it hang, which it should not? */
static bool hangs(const struct examination *r, const struct sample *s)
{
    return s->outcome == OUTCOME_STUCK && tip_end(r->exam.e->tip, s->twin) != STUCK;
}

/* Children end in any order and are looked at in the order they were started.
 * After an error none is started any more, but all that were are finished.  Nor is any after one
 * that hangs: most likely each would use up its own half minute of a processor, and there are
 * dozens of them. */
static int run_from(struct examination *r, size_t first)
{
    size_t window = r->exam.e->tip->dial == RATE ? RATE_WINDOW : WINDOW, started = first;
    int error = 0;

    for (size_t done = first; done < r->n; done++) {
        while (!error && !r->hung && started < r->n && started < done + window) {
            struct process *p = &r->process[started++];
            error = child_start(&p->request, &p->child);
        }
        struct process *p = &r->process[done];
        int failed = p->child ? child_finish(p->child, &r->samples[done], p->why) : 0;
        if (p->child && !failed && !r->hung && hangs(r, &r->samples[done]))
            r->hung = p;
        if (!error)
            error = failed;
    }
    return error;
}

bool examination_judges(const struct exam *x, const struct claim *c)
{
    const struct column *column = column_find(c->column);

    return is_growth(x, c) ||
           (claim_is_counted(c) && (exam_is_at_home(x) || !column || column->kind != BOUNDED));
}

struct verdict examination_verdict(const struct examination *r, size_t claim)
{
    const struct exam *x = &r->exam;
    const struct claim *c = &x->e->tip->claims[claim];

    return is_growth(x, c) ? judge_slope(x->e, c, x->executor, r->samples + x->n, r->n - x->n)
                           : judge_count(x->e, c, x->executor, x->samples, x->n);
}

/* Does a claim fail whose column is not exact? */
static bool is_doubtful(const struct examination *r)
{
    const struct exam *x = &r->exam;

    for (size_t i = 0; i < tip_claims(x->e->tip); i++) {
        const struct claim *c = &x->e->tip->claims[i];
        const struct column *column = column_find(c->column);
        if (!examination_judges(x, c) || !column || column->kind != BOUNDED)
            continue;
        struct verdict v = examination_verdict(r, i);
        if (v.finding != v.expected)
            return true;
    }
    return false;
}

static bool is_growth_unsure(const struct examination *r)
{
    for (size_t i = 0; i < tip_claims(r->exam.e->tip); i++)
        if (is_growth(&r->exam, &r->exam.e->tip->claims[i]) &&
            examination_verdict(r, i).finding == UNSURE)
            return true;
    return false;
}

int examine(struct examination *r)
{
    plan(r);
    int error = run_from(r, 0);
    if (!error && !r->hung && is_doubtful(r))
        error = run_from(r, 0);
    for (int round = 1; !error && !r->hung && round < GROWTH_ROUNDS && is_growth_unsure(r);
         round++) {
        size_t first = r->n;
        plan_growth(r);
        error = run_from(r, first);
    }
    return error;
}
