/* SPDX-License-Identifier: MIT */
/* gc.c - tasks on the collector of libgc.
 *
 * libgc stops the threads and scans, for each, from where it was stopped to the
 * bottom of its stack.  A worker is on another stack with every switch, so it says
 * at each which bottom counts now; the stacks of tasks that do not run are pushed
 * by us (push_tasks), from their saved stack pointers.
 *
 * Between saying so and the jump the two do not match.  So a worker marks that it is
 * in mid-switch; a collection that is about to start waits until no worker is, and a
 * worker that wants to switch waits while one is starting.  The same care keeps the
 * pools whole (pool.c).  Both waits are short: what is waited for never allocates.
 *
 * Not handled: a task that blocks in task_blocking() is parked, and its stack is
 * scanned; the thread that runs the call is not known to the collector, so the call
 * must not allocate from it. */
#define GC_THREADS
#include <gc/gc.h>
#include <gc/gc_mark.h>

#include "gc.h"
#include "gc_impl.h"
#include "sched.h"
#include "timer.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

bool gc_on;

static struct {
    uint32_t starting; /* a collection is on its way or going on */
    int64_t began_ns;
    uint64_t pause_ns;
    void (*push_more)(void);
} gc;

/* By worker; each on a line of its own. */
static struct {
    uint32_t switching __attribute__((aligned(64)));
    void *thread; /* libgc's handle */
    struct GC_stack_base own; /* the thread's stack */
} workers[MAX_WORKERS];

void *gc_or_malloc(size_t bytes)
{
    return gc_on ? GC_malloc_uncollectable(bytes) : malloc(bytes);
}

void gc_or_free(void *p)
{
    if (gc_on)
        GC_free(p);
    else
        free(p);
}

/* --- switching ---------------------------------------------------------------------- */

void gc_before_switch(const struct task *next)
{
    int me = worker_self()->index;
    struct GC_stack_base bottom = workers[me].own;

    if (next)
        bottom.mem_base = next->stack;
    for (;;) {
        __atomic_store_n(&workers[me].switching, 1, __ATOMIC_SEQ_CST);
        if (!__atomic_load_n(&gc.starting, __ATOMIC_SEQ_CST))
            break;
        __atomic_store_n(&workers[me].switching, 0, __ATOMIC_SEQ_CST);
        while (__atomic_load_n(&gc.starting, __ATOMIC_ACQUIRE))
            cpu_relax();
    }
    GC_set_stackbottom(workers[me].thread, &bottom);
}

void gc_after_switch(void)
{
    __atomic_store_n(&workers[worker_self()->index].switching, 0, __ATOMIC_RELEASE);
}

static void worker_known(void)
{
    int me = worker_self()->index;

    workers[me].thread = GC_get_my_stackbottom(&workers[me].own);
}

/* task.c starts threads with all signals blocked; the collector stops them by two. */
void gc_worker_starts(void)
{
    struct GC_stack_base base;
    sigset_t stop;

    sigemptyset(&stop);
    sigaddset(&stop, GC_get_suspend_signal());
    sigaddset(&stop, GC_get_thr_restart_signal());
    if (worker_self()->index) {
        GC_get_stack_base(&base);
        GC_register_my_thread(&base);
        pthread_sigmask(SIG_UNBLOCK, &stop, 0);
    }
    worker_known();
}

/* --- a collection --------------------------------------------------------------------- */

/* The allocation lock is held, the world still runs. */
static void collection_starts(void)
{
    __atomic_store_n(&gc.starting, 1, __ATOMIC_SEQ_CST);
    for (int i = 0; i < sched.nworkers; i++)
        while (__atomic_load_n(&workers[i].switching, __ATOMIC_SEQ_CST))
            cpu_relax();
    pools_before_collection();
    gc.began_ns = clock_now();
}

static void collection_event(GC_EventType event)
{
    if (event != GC_EVENT_END)
        return;
    gc.pause_ns += (uint64_t)(clock_now() - gc.began_ns);
    pools_after_collection();
    __atomic_store_n(&gc.starting, 0, __ATOMIC_RELEASE);
}

/* The world is stopped: what the collector cannot find by itself. */
static void push_task(struct task *t)
{
    void *pc = __atomic_load_n(&t->context.pc, __ATOMIC_ACQUIRE);

    GC_push_all_eager(&t->arg, &t->arg + 1);
    if (!t->stack || !pc) /* not begun; or running, and found by its worker */
        return;
    GC_push_all_eager(&t->context, &t->context + 1);
    GC_push_all_eager(t->context.sp, t->stack);
}

static void push_tasks(void)
{
    for (struct task_slab *slab = task_slabs; slab; slab = slab->next)
        for (struct task *t = slab->tasks; t < slab->tasks + SLAB_TASKS; t++)
            if (t->state != TASK_FREE)
                push_task(t);
    pools_push(GC_push_all_eager);
    if (gc.push_more)
        gc.push_more();
}

/* --- the public verbs -------------------------------------------------------------------- */

void gc_enable(void)
{
    GC_INIT();
    GC_allow_register_threads();
    gc.push_more = GC_get_push_other_roots();
    GC_set_push_other_roots(push_tasks);
    GC_set_start_callback(collection_starts);
    GC_set_on_collection_event(collection_event);
    gc_on = true;
}

void gc_collect(void)
{
    GC_gcollect();
}

struct gc_stats gc_stats(void)
{
    return (struct gc_stats){
        .cycles = GC_get_gc_no(),
        .allocated_bytes = GC_get_total_bytes(),
        .heap_bytes = GC_get_heap_size(),
        .pause_ns = gc.pause_ns,
    };
}
