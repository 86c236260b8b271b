/* SPDX-License-Identifier: MIT */
/* stats.c - the workers' counts, added up.
 *
 * Each worker writes its own counts.  Who reads while they run gets figures that were true a
 * moment ago; that is no race to report, hence NO_TSAN. */
#include "stats.h"

#include "core/compiler.h"
#include "core/sanitizers.h"
#include "core/task_slab.h"
#include "core/worker.h"
#include "memory/pool_impl.h"

static void gauge_sum(struct gauge *sum, const struct gauge *g)
{
    sum->now += __atomic_load_n(&g->now, __ATOMIC_ACQUIRE); /* as task_count() */
    sum->peak += __atomic_load_n(&g->peak, __ATOMIC_RELAXED);
    sum->total += __atomic_load_n(&g->total, __ATOMIC_RELAXED);
}

/* A task may register on one worker and run its cleanups on another, so only the sums over
 * all workers mean something. */
static NO_TSAN void add_cleanups(struct stats *sum, const struct cleanup_counts *n)
{
    uint64_t registered = __atomic_load_n(&n->registered, __ATOMIC_RELAXED);
    uint32_t deepest = __atomic_load_n(&n->deepest, __ATOMIC_RELAXED);

    sum->cleanups.total += registered;
    sum->cleanups.now += (int64_t)(registered - __atomic_load_n(&n->run, __ATOMIC_RELAXED));
    if (deepest > sum->cleanups.deepest)
        sum->cleanups.deepest = deepest;
}

static NO_TSAN int64_t slab_bytes(void)
{
    int64_t bytes = 0;

    for (struct task_slab *s = __atomic_load_n(&task_slabs, __ATOMIC_ACQUIRE); s; s = s->next)
        bytes += (int64_t)sizeof *s;
    return bytes;
}

NO_TSAN struct stats stats_read(void)
{
    struct stats sum = { 0 };

    for (int i = 0; i < sched.nworkers; i++) {
        const struct stats *s = &sched.workers[i]->stats;

#define GAUGE(name, text) gauge_sum(&sum.name, &s->name);
        GAUGES(GAUGE)
#undef GAUGE
#define COUNTER(name, text) sum.name += __atomic_load_n(&s->name, __ATOMIC_RELAXED);
        COUNTERS(COUNTER)
#undef COUNTER
        add_cleanups(&sum, &sched.workers[i]->cleanups);
    }
    tool_acquire(&sched.ended);
    pools_count(&sum);
    sum.descriptor_bytes = slab_bytes();
    return sum;
}

NO_TSAN void stats_reset_peaks(void)
{
    for (int i = 0; i < sched.nworkers; i++) {
        struct stats *s = &sched.workers[i]->stats;

#define GAUGE(name, text) s->name.peak = s->name.now;
        GAUGES(GAUGE)
#undef GAUGE
        sched.workers[i]->cleanups.deepest = 0;
    }
}
