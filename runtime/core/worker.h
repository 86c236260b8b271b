/* SPDX-License-Identifier: MIT */
/* worker.h - an OS thread that runs tasks, and what all of them share. */
#ifndef WORKER_H
#define WORKER_H

#include "core/compiler.h"
#include "core/deque.h"
#include "core/lock.h"
#include "core/switch.h"
#include "core/task_impl.h"
#include "core/timer_heap.h"
#include "core/sanitizers.h"
#include "explore/explore.h"
#include "look/creation_sites.h"
#include "memory/magazine.h"
#include "stats.h"

#define MAX_WORKERS 64

struct worker {
    /* As in struct worker_head (defer_inline.h). */
    struct task *current; /* NULL in the idle loop; NO_TASK when that has ended */
    struct cleanup_counts cleanups;

    /* Only this worker. */
    int *error;                     /* the thread's errno */
    struct context idle;            /* the thread's own stack, where the idle loop runs */
    struct tool tool;               /* of that stack */
    char *stack_from, *stack_to;    /* where it lies; NULL: on the process's first stack */
    char *signal_stack;             /* of SIGNAL_STACK_BYTES; NULL: none */
    struct magazines stacks, tasks; /* free ones, the descriptors' for tasks */
    struct tool_quarantine late_stacks, late_tasks;
    struct cleanup *records; /* free ones (defer.c) */
    uint32_t nrecords;
    uint64_t next_id, end_id; /* ids handed out from a block */
    uint64_t random;
    int64_t rescue_ns; /* when it may look after stuck workers again */
    int64_t now_ns;    /* the clock when it was last read ... */
    uint64_t now_tsc;  /* ... and the cycle counter then */
    int index;         /* from 0 */
    uint8_t number;    /* from 1 */
    bool firing;       /* it runs timers, on the stack of whatever task is current */
    bool alone;        /* as in struct sched */

    /* Read by others. */
    uint64_t picks; /* how often this worker chose a task */
    uint64_t fills; /* how often a task was started here while `fresh` was empty */
    struct stats stats;
    struct made made;
    uint32_t sleeping;   /* futex: 1 while the worker sleeps */
    struct lock *biased; /* the lock that it holds by its bias (lock_impl.h) */

    /* Woken last, runs next (next_slot.h). */
    struct task *next __attribute__((aligned(64)));
    uint32_t at_next;  /* 1: this worker is using the slot */
    uint32_t stealing; /* 1: a thief is, and this worker does without */

    /* Shared. */
    struct deque fresh; /* started here: newest first, so that trees are walked depth-first */
    struct deque woken; /* woken or yielded here: oldest first */
    struct timer_heap timers;
};

struct sched {
    struct worker *workers[MAX_WORKERS];
    int nworkers;
    bool alone;       /* one worker: locks and barriers are not needed */
    bool done;        /* task 1 has returned */
    bool main_exited; /* task 1 has called task_exit() */
    uint64_t ids;     /* next block of ids */
    char ended;       /* for the tools: a task's end comes before whoever sees that it is gone */

    struct lock lock;                        /* protects what follows, on idle paths only */
    int idle;                                /* workers without anything to do */
    int spinning;                            /* of these, looking for work */
    bool watched;                            /* one of these sleeps only for short times */
    int64_t held;                            /* task_hold() */
    int64_t blocking;                        /* calls running beside the workers */
    struct inject *injected, *injected_last; /* from outside, oldest first */
    struct task *returned, *returned_last;   /* whose blocking call is over, likewise */
    uint32_t outside;                        /* how many of both; read without the lock */
};
extern struct sched sched;

/* The worker that runs the caller.  After anything that may park it can be another
 * one: ask again.  (aarch64: out of line, or the compiler would keep the thread
 * pointer across a switch.) */
extern __thread struct worker *worker_here TLS_MODEL;

/* What stands there on a thread that is no worker, and for the task of a worker whose task_main()
 * has returned.  Both are addresses of the kernel's, where nobody else's mistake leads: so a fault
 * there is a call of the runtime where no task runs (look/faults.c), and no call has to ask.
 * The sanitizers compute addresses of their own from this one, which tell nothing: they have NULL,
 * and their own report. */
#if defined(TOOL_ASAN) || defined(TOOL_TSAN)
#define NOWHERE ((uintptr_t)0)
#else
#define NOWHERE ((uintptr_t)-0x10000)
#endif
#define NO_WORKER ((struct worker *)NOWHERE)
#define NO_TASK ((struct task *)NOWHERE)

#ifdef __x86_64__
static inline NO_TSAN struct worker *worker_self(void)
{
    return worker_here;
}
#else
struct worker *worker_self(void);
#endif

static inline NO_TSAN struct task *task_self(void)
{
    return worker_self()->current;
}

/* The same for who may be called anywhere.  NULL: no task runs here. */
static inline NO_TSAN struct task *task_if_any(void)
{
    struct worker *w = worker_self();

    return w == NO_WORKER || w->current == NO_TASK ? NULL : w->current;
}

/* For a call that with one worker, where locks are not needed, would go through on any thread, too,
 * beside that worker: it faults there. */
static inline NO_TSAN void worker_needed(void)
{
    (void)*(struct task *volatile *)&worker_self()->current;
}

/* Is there one worker?  For a call whose quick path has no other need of a worker: it faults, too,
 * where no task runs, and costs an instruction more than sched.alone. */
static inline NO_TSAN bool worker_alone(void)
{
    return worker_self()->alone;
}

/* Uniform below n, from the worker's own xorshift. */
static inline NO_TSAN uint32_t random_below(struct worker *w, uint32_t n)
{
    uint64_t x = w->random;

    if (EXPLORING)
        return explore_choose(n);
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    w->random = x;
    return (uint32_t)(((x >> 32) * n) >> 32);
}

#endif
