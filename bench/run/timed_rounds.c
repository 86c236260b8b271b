/* SPDX-License-Identifier: MIT */
/* timed_rounds.c - which pairs are timed, and for how long. */
#include "run/timed_rounds.h"

#include "decide/judge_time.h"
#include "process/find_executors.h"

#include <stdlib.h>

static const char *pair_name(const struct pair *p)
{
    return p->null ? NULL_TIP : p->workload->e->name;
}

/* The control of an executor is made of the first tip that claims something about time,
 * else of the first that is timed. */
static const struct workload *null_workload(const struct workloads *w, const struct executor *x)
{
    const struct workload *timed = NULL;

    for (size_t i = 0; i < w->n; i++) {
        const struct workload *s = &w->list[i];
        if (s->executor != x)
            continue;
        if (s->batch && tip_claims_time(s->e->tip))
            return s;
        if (s->batch && !timed)
            timed = s;
    }
    return timed;
}

/* C on a heap that the tip claims something about, and that is not its own. */
static bool is_other_heap(const struct executor *x, const struct entry *e)
{
    return x->heap != HEAP_DEFAULT && x->heap != tip_heap(e->tip) && executor_runs(x, e);
}

/* The same twins where their workload was found, and in C on the other heaps.  A brief
 * run leaves the others out. */
static void add_pairs(struct pairs *p, const struct scope *scope, const struct workload *s)
{
    p->list[p->n++] = (struct pair){ s, s->executor, .claimed = tip_claims_time(s->e->tip) };
    if (s->executor != executor_c() || scope_is_brief(scope))
        return;
    for (size_t k = 0; k < nexecutors(); k++)
        if (is_other_heap(executor_at(k), s->e))
            p->list[p->n++] = (struct pair){ s, executor_at(k), .claimed = true };
}

struct pairs pairs_make(const struct scope *scope, const struct workloads *w)
{
    struct pairs p = { calloc((w->n + 1) * nexecutors(), sizeof *p.list), 0 };

    for (size_t k = 0; p.list && k < nexecutors(); k++) {
        const struct workload *null = null_workload(w, executor_at(k));
        if (null)
            p.list[p.n++] = (struct pair){ null, null->executor, .null = true };
    }
    for (size_t i = 0; p.list && i < w->n; i++)
        if (scope_times(scope, &w->list[i]))
            add_pairs(&p, scope, &w->list[i]);
    return p;
}

/* The pairs of this executor in the whole board. */
static size_t pairs_of(const struct executor *x, const struct scope *scope)
{
    size_t n = 0;

    for (size_t i = 0; i < scope->nboard; i++) {
        const struct workload s = { .e = scope->board[i], .executor = executor_c(), .batch = 1 };
        if (scope_times(scope, &s))
            n += x->heap == HEAP_DEFAULT ? executor_runs(x, s.e)
                                         : !scope_is_brief(scope) && is_other_heap(x, s.e);
    }
    return n;
}

size_t pairs_at_most(const struct scope *scope)
{
    size_t n = 0;

    for (size_t k = 0; k < nexecutors(); k++) {
        size_t pairs = pairs_of(executor_at(k), scope);
        n += pairs + (pairs > 0 && executor_at(k)->heap == HEAP_DEFAULT);
    }
    return n;
}

/* A control has more blocks in a round than a pair.  All words about time of its executor depend
 * on it: with as many blocks as a pair, two of ten controls were left undecided by less than a
 * hundredth. */
static void plan_round(struct jobs *j, const struct pair *p, size_t round)
{
    size_t blocks = p->null ? CONTROL_BLOCKS : 1;

    for (size_t k = 0; k < blocks; k++)
        plan_block(j, p->workload, p->executor, p->null, blocks * round + k);
}

void pairs_plan(struct jobs *j, const struct pairs *p, size_t first, size_t end)
{
    for (size_t round = first; round < end; round++)
        for (size_t i = 0; i < p->n; i++)
            if (!p->list[i].settled)
                plan_round(j, &p->list[i], round);
}

/* Every claim on time of this pair is decided. */
static bool is_decided(const struct pair *p, const struct rule *r, const struct decision *d)
{
    const struct tip *t = p->workload->e->tip;

    for (size_t i = 0; i < tip_claims(t); i++)
        if (claim_kind(t, &t->claims[i]) == KIND_TIME &&
            executor_concerns(p->executor, &t->claims[i]) &&
            judge_relation(&t->claims[i], r, d) == UNSURE)
            return false;
    return true;
}

/* In a brief run Go is timed up to the first interim analysis.  In any run an older release of
 * Go is timed up to the second: so nine releases take as long as three. */
static bool had_its_blocks(const struct executor *x, const struct scope *scope, int look)
{
    return x->language == LANGUAGE_GO &&
           (scope_is_brief(scope) || (executor_is_older(x) && look + 2 >= LOOKS));
}

/* A pair without a claim, and one in trouble, need no further blocks. */
static void analyse(struct pair *p, const struct scope *scope, const struct rule *rule,
                    const struct runner *r, int look)
{
    struct timed t;

    if (p->null || p->settled)
        return;
    timed_collect(&t, pair_name(p), p->executor, r->samples, r->n);
    struct decision d = decide(rule, t.log_ratio, t.n);
    p->settled = !p->claimed || t.trouble[0] || had_its_blocks(p->executor, scope, look) ||
                 is_decided(p, rule, &d);
}

/* How many pairs besides the controls go on. */
static size_t still_running(const struct pairs *p)
{
    size_t n = 0;

    for (size_t i = 0; i < p->n; i++)
        n += !p->list[i].null && !p->list[i].settled;
    return n;
}

/* Run the blocks between the interim analysis before this one and this one. */
static int run_to(struct pairs *p, int look, const struct scope *scope, const struct rule *rule,
                  struct runner *r)
{
    struct jobs jobs = { 0 };
    char name[48];

    pairs_plan(&jobs, p, look ? rule->looks[look - 1] : 0, rule->looks[look]);
    if (look > 0)
        progress_plan(&r->progress, plan_ms(&jobs));
    snprintf(name, sizeof name, "time, blocks to %zu", rule->looks[look]);
    progress_phase(&r->progress, name);
    int error = runner_run(r, &jobs, 1);
    free(jobs.list);
    for (size_t i = 0; i < p->n && !error; i++)
        analyse(&p->list[i], scope, rule, r, look);
    return error;
}

int pairs_run(struct pairs *p, const struct scope *scope, const struct rule *rule, struct runner *r)
{
    int error = 0;

    for (int look = 0; look < LOOKS && !error && still_running(p) > 0; look++)
        error = run_to(p, look, scope, rule, r);
    return error;
}
