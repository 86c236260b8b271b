/* SPDX-License-Identifier: MIT */
/* gc.c - tasks on the collector of libgc.
 *
 * libgc stops the threads with a signal and scans each from where it was stopped to
 * the bottom of its stack.  What it cannot find by itself we push: the stacks of tasks
 * that do not run, the arguments of tasks that have not begun, the workers' own stacks
 * while a task runs, and the pools.  Which is which, context.pc says: it is set exactly
 * while the context is complete and nobody runs on that stack.
 *
 * A worker is on another stack after every switch, so it tells libgc the new bottom.  Between
 * that and the jump the two do not match; and while a worker
 * waits in mid-switch for a task to be left, its stack pointer is on a stack that may
 * run elsewhere already, where a signal would destroy it.  So the world is not
 * stopped while a worker is in mid-switch: that is the region of the safepoint `switches`
 * (safepoint.h).
 *
 * Then nobody may wait in mid-switch for a worker that the safepoint keeps out.  A task that
 * is still being left is therefore never switched to directly: it goes back to the queue,
 * and the idle loop waits for it, outside the region (must_wait, sched.c).
 *
 * Not handled: the threads of task_blocking() and those that use task_inject() are not
 * known to the collector.  They must not allocate from it, and an object that only they point
 * to is collected.  The stack of the task that waits for the call is scanned. */
#define GC_THREADS
#include <gc/gc.h>
#include <gc/gc_mark.h>

#include "core/safepoint.h"
#include "core/spin.h"
#include "core/task_slab.h"
#include "core/worker.h"
#include "gc.h"
#include "look/count.h"
#include "look/fatal.h"
#include "memory/gc_hooks.h"
#include "memory/pool_impl.h"
#include "timer.h"

#include <signal.h>

static struct {
    struct safepoint switches; /* the region: a worker is in mid-switch */
    int64_t began_ns;
    uint64_t pause_ns;
    void (*push_threads)(void); /* libgc's own */
} gc = { .switches = { .state = SAFEPOINT_FENCED } };

/* By worker. */
static struct {
    void *thread;             /* libgc's handle */
    struct GC_stack_base own; /* the thread's stack */
} threads[MAX_WORKERS];

/* --- switching ---------------------------------------------------------------------- */

static bool must_wait(const struct task *next)
{
    return next->stack && !__atomic_load_n(&next->context.pc, __ATOMIC_ACQUIRE);
}

/* Setting the bottom takes no lock: libgc looks at it when the world is stopped. */
static void before_switch(const struct task *next)
{
    int me = worker_self()->index;
    struct GC_stack_base bottom = threads[me].own;

    for (int n = 1; next && must_wait(next); n++)
        spin_pause(n);
    if (next)
        bottom.mem_base = next->stack;
    safepoint_region_enter(&gc.switches, me);
    GC_set_stackbottom(threads[me].thread, &bottom);
}

static void after_switch(void)
{
    safepoint_region_leave(&gc.switches, worker_self()->index);
}

/* The program may have blocked all signals; the collector stops threads by two. */
static void let_stop_signals_in(void)
{
    sigset_t stop;

    sigemptyset(&stop);
    sigaddset(&stop, GC_get_suspend_signal());
    sigaddset(&stop, GC_get_thr_restart_signal());
    pthread_sigmask(SIG_UNBLOCK, &stop, NULL);
}

static void worker_starts(void)
{
    int me = worker_self()->index;
    struct GC_stack_base base;

    if (me) { /* the first thread is known */
        let_stop_signals_in();
        if (GC_get_stack_base(&base) != GC_SUCCESS || GC_register_my_thread(&base) != GC_SUCCESS)
            fatal("the collector does not take a thread");
    }
    threads[me].thread = GC_get_my_stackbottom(&threads[me].own);
}

static void worker_ends(void)
{
    GC_unregister_my_thread();
}

/* --- a collection --------------------------------------------------------------------- */

/* Called by the collecting thread, which holds libgc's lock and so must not allocate. */
static void collection_event(GC_EventType event)
{
    switch (event) {
    case GC_EVENT_START: gc.began_ns = clock_now(); break;
    case GC_EVENT_PRE_STOP_WORLD:
        pools_before_collection();
        safepoint_begin(&gc.switches);
        break;
    case GC_EVENT_POST_STOP_WORLD: /* stopped: nobody can enter any more */
        safepoint_end(&gc.switches);
        pools_world_stopped();
        break;
    case GC_EVENT_END: counter_add(&gc.pause_ns, (uint64_t)(clock_now() - gc.began_ns)); break;
    default: break;
    }
}

static void push_context(struct context *c, void *bottom)
{
    GC_push_all_eager(c, c + 1);
    GC_push_all_eager(c->sp, bottom);
}

/* arg holds its object until task_begin() takes it over; from then on the stack does.  The
 * state does not matter: a task that is being made is still TASK_FREE. */
static void push_task(struct task *t)
{
    GC_push_all_eager(&t->arg, &t->arg + 1);
    if (t->stack && t->context.pc)
        push_context(&t->context, t->stack);
}

static void push_all(void)
{
    for (struct task_slab *slab = task_slabs; slab; slab = slab->next)
        for (struct task *t = slab->tasks; t < slab->tasks + SLAB_TASKS; t++)
            push_task(t);
    for (int i = 0; i < sched.nworkers; i++)
        if (sched.workers[i]->idle.pc)
            push_context(&sched.workers[i]->idle, threads[i].own.mem_base);
    pools_push(GC_push_all_eager);
    gc.push_threads();
}

/* --- the public verbs -------------------------------------------------------------------- */

static const struct gc_hooks hooks = {
    .before_switch = before_switch,
    .after_switch = after_switch,
    .must_wait = must_wait,
    .worker_starts = worker_starts,
    .worker_ends = worker_ends,
    .root_alloc = GC_malloc_uncollectable,
    .root_free = GC_free,
};

void gc_enable(void)
{
    GC_INIT();
    GC_allow_register_threads();
    safepoint_init(&gc.switches);
    gc.push_threads = GC_get_push_other_roots();
    GC_set_push_other_roots(push_all);
    GC_set_on_collection_event(collection_event);
    gc_hooks = hooks;
    gc_on = true;
}

void gc_collect(void)
{
    if (!gc_on)
        return;
    GC_gcollect();
    pools_drop_old();
}

struct gc_stats gc_stats(void)
{
    struct GC_prof_stats_s s;

    if (!gc_on)
        return (struct gc_stats){ 0 };
    GC_get_prof_stats(&s, sizeof s);
    return (struct gc_stats){
        .cycles = s.gc_no,
        .allocated_bytes = s.allocd_bytes_before_gc + s.bytes_allocd_since_gc,
        .heap_bytes = s.heapsize_full - s.unmapped_bytes,
        .pause_ns = __atomic_load_n(&gc.pause_ns, __ATOMIC_RELAXED),
    };
}
