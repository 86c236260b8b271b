/* SPDX-License-Identifier: MIT */
/* timed_rounds.c - time, in rounds.
 *
 * In each round every pair runs one block, the null pairs among them, so that what happens
 * to the machine meanwhile happens to all.  At a planned look the pairs that are settled
 * leave; the null pairs stay to the end. */
#include "run/bench.h"
#include "heap.h"
#include "decide/judge_time.h"
#include "process/lang.h"

#include <stdlib.h>
#include <string.h>

static const char *pair_lang(const struct pair *p)
{
    return p->workload->go ? "go" : lang_of_heap(p->heap);
}

static const char *pair_name(const struct pair *p)
{
    return p->null ? NULL_TIP : p->workload->e->name;
}

/* The null pair of a language is made of the first tip that claims something about
 * time, else of the first that is timed. */
static const struct workload *null_workload(const struct bench *b, bool go)
{
    const struct workload *timed = NULL;

    for (size_t i = 0; i < b->nworkloads; i++) {
        const struct workload *s = &b->workloads[i];
        if (s->go != go)
            continue;
        if (s->batch && plan_claims(s->e->tip, "time"))
            return s;
        if (s->batch && !timed)
            timed = s;
    }
    return timed;
}

bool bench_is_timed(const struct bench *b, const struct workload *s)
{
    bool all = s->go ? bench_is_small(b) : !bench_in_hurry(b);

    return s->batch && (all || plan_claims(s->e->tip, "time"));
}

static bool is_other_heap(const struct tip *t, const char *heap)
{
    return strcmp(heap, tip_heap(t)) != 0 && tip_runs_on(t, heap);
}

/* The same twins on their own heap, and in C on the others that their tip claims
 * something about.  A hurry leaves the others out. */
static void add_pairs(struct pairs *p, const struct bench *b, const struct workload *s)
{
    p->list[p->n++] = (struct pair){ .workload = s, .claimed = plan_claims(s->e->tip, "time") };
    for (int i = 0; i < HEAPS && !s->go && !bench_in_hurry(b); i++)
        if (is_other_heap(s->e->tip, heap_names[i]))
            p->list[p->n++] =
                (struct pair){ .workload = s, .heap = heap_names[i], .claimed = true };
}

struct pairs pairs_make(const struct bench *b)
{
    struct pairs p = { calloc(b->nworkloads * HEAPS + NLANGS, sizeof *p.list), 0 };

    for (int go = 0; p.list && go < NLANGS; go++) {
        const struct workload *null = null_workload(b, go);
        if (null)
            p.list[p.n++] = (struct pair){ .workload = null, .null = true };
    }
    for (size_t i = 0; p.list && i < b->nworkloads; i++)
        if (bench_is_timed(b, &b->workloads[i]))
            add_pairs(&p, b, &b->workloads[i]);
    return p;
}

void pairs_plan(struct jobs *j, const struct pairs *p, size_t first, size_t end)
{
    for (size_t block = first; block < end; block++)
        for (size_t i = 0; i < p->n; i++)
            if (!p->list[i].settled)
                plan_block(j, p->list[i].workload, p->list[i].null, p->list[i].heap, block);
}

/* Every claim on time of this pair is decided. */
static bool is_decided(const struct pair *p, const struct rule *r, const struct decision *d)
{
    const struct tip *t = p->workload->e->tip;

    for (size_t i = 0; i < tip_claims(t); i++)
        if (strcmp(t->claims[i].column, "time") == 0 &&
            claim_concerns(&t->claims[i], pair_lang(p)) &&
            judge_relation(&t->claims[i], r, d) == UNSURE)
            return false;
    return true;
}

/* Take a look.  A pair without a claim, and one in trouble, need no further one; one in
 * Go gets none in a hurry. */
static void look_at(const struct bench *b, struct pair *p)
{
    struct timed t;

    if (p->null || p->settled)
        return;
    timed_collect(&t, pair_name(p), pair_lang(p), b->runner.samples, b->runner.n);
    struct decision d = decide(&b->rule, t.log_ratio, t.n);
    p->settled = !p->claimed || t.trouble[0] || (p->workload->go && bench_in_hurry(b)) ||
                 is_decided(p, &b->rule, &d);
}

/* How many pairs besides the null pairs go on. */
static size_t still_running(const struct pairs *p)
{
    size_t n = 0;

    for (size_t i = 0; i < p->n; i++)
        n += !p->list[i].null && !p->list[i].settled;
    return n;
}

/* One look further: from the blocks of the one before to its own. */
static int run_look(struct bench *b, struct pairs *p, int look)
{
    struct jobs jobs = { 0 };
    char name[48];

    pairs_plan(&jobs, p, look ? b->rule.looks[look - 1] : 0, b->rule.looks[look]);
    if (look > 0)
        progress_plan(&b->runner.progress, plan_ms(&jobs));
    snprintf(name, sizeof name, "time, blocks to %zu", b->rule.looks[look]);
    progress_phase(&b->runner.progress, name);
    int error = runner_run(&b->runner, &jobs, 1);
    free(jobs.list);
    for (size_t i = 0; i < p->n && !error; i++)
        look_at(b, &p->list[i]);
    return error;
}

int pairs_run(struct bench *b, struct pairs *p)
{
    int error = 0;

    for (int look = 0; look < LOOKS && !error && still_running(p) > 0; look++)
        error = run_look(b, p, look);
    return error;
}
