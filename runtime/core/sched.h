/* SPDX-License-Identifier: MIT */
/* sched.h - what the files of this runtime share: tasks, workers, waiting.
 *
 * One way to wait: put a waiter where the waker will find it, under a lock, and
 * call park() with that lock.  One way to wake: take the waiter off under the
 * same lock and call ready() with its task.  Everything that waits - send,
 * receive, select, sleep, mutex, context - is a thin caller of these two. */
#ifndef SCHED_H
#define SCHED_H

#include "core/asym.h"
#include "core/deque.h"
#include "defer.h"
#include "explore/explore.h"
#include "core/lock.h"
#include "look/fatal.h"
#include "memory/magazine.h"
#include "stats.h"
#include "core/switch.h"
#include "task.h"
#include "core/tools.h"

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

/* Why a task waits, in the words of Go's dumps. */
#define WAIT_REASONS(REASON)                                                                       \
    REASON(WAIT_NOTHING, "")                                                                       \
    REASON(WAIT_RECV, "chan receive")                                                              \
    REASON(WAIT_SEND, "chan send")                                                                 \
    REASON(WAIT_RECV_NIL, "chan receive (nil chan)")                                               \
    REASON(WAIT_SEND_NIL, "chan send (nil chan)")                                                  \
    REASON(WAIT_SELECT, "select")                                                                  \
    REASON(WAIT_SELECT_NONE, "select (no cases)")                                                  \
    REASON(WAIT_SLEEP, "sleep")                                                                    \
    REASON(WAIT_MUTEX, "sync.Mutex.Lock")                                                          \
    REASON(WAIT_RWMUTEX, "sync.RWMutex.Lock")                                                      \
    REASON(WAIT_RWMUTEX_R, "sync.RWMutex.RLock")                                                   \
    REASON(WAIT_WAITGROUP, "sync.WaitGroup.Wait")                                                  \
    REASON(WAIT_COND, "sync.Cond.Wait")                                                            \
    REASON(WAIT_BLOCKING, "syscall")

enum wait_reason {
#define REASON(name, words) name,
    WAIT_REASONS(REASON)
#undef REASON
        WAIT_REASON_COUNT
};

enum task_state { TASK_FREE, TASK_READY, TASK_RUNNING, TASK_WAITING };

/* A stack lies below its header, in the same page as its hottest frames. */
struct stack {
    char *base; /* lowest usable byte; the guard is below */
    struct tool tool;
};

struct panicking {
    struct panicking *older; /* the panic this one came on top of */
    const struct site *where;
    bool recovered;
    char text[256];
};

/* A protect() under way: where a recovered panic comes out. */
struct protection {
    struct scope scope; /* what runs inside opens its scopes inside this one */
    struct protection *outer;
    struct panicking *panic; /* the task's panic when protect() was called */
    void *resume[5];         /* __builtin_setjmp */
};

struct task {
    /* As in struct task_head (defer.h). */
    struct scope *scope; /* innermost open one, the outermost is `root` */
    uint32_t cleanups;   /* registered and not yet run */

    /* Whoever runs or resumes the task. */
    struct context context;
    struct stack *stack; /* NULL until it runs for the first time */
    task_fn *fn;
    void *arg;
    const struct site *born; /* where go() is written */
    uint64_t id;

    /* The task itself. */
    struct scope root;
    struct protection *protection;
    struct panicking *panic;

    /* The task while it runs; whoever wakes it while it waits; dumps at any time. */
    uint8_t state;            /* enum task_state */
    uint8_t reason;           /* enum wait_reason */
    uint32_t claim;           /* in a wait with several wakers: 1 once one has won */
    const struct site *where; /* where it waits */
    int64_t since_ns;         /* since when, to some milliseconds */

    struct task *next;          /* of those whose blocking call is over */
} __attribute__((aligned(64))); /* two that run on two workers share no cache line */

/* A task on a queue of tasks that wait for the same thing.  Lies in the waiting
 * task's frame and is gone when it has woken. */
struct waiter {
    struct waiter *next, *prev;
    struct task *task;
    void *value;    /* where the value goes to or comes from */
    int index;      /* which select case */
    bool contested; /* others may wake this task too: win task->claim first */
    bool queued;
    bool woken; /* set by the waker: this is the waiter that counted ... */
    bool ok;    /* ... and a value was passed */
};

/* What a timer does when its time has come. */
enum timer_kind { TIMER_WAKE, TIMER_FUNC, TIMER_CHAN, TIMER_CALL };

struct timer {
    /* Under the lock of its heap. */
    int64_t when_ns;
    int64_t period_ns; /* a ticker's; else 0 */
    uint32_t place;    /* in the heap */

    struct timer_heap *heap; /* where it is pending, NULL if it is not */
    enum timer_kind kind;
    int32_t refs; /* the maker and the clock; timer_make() and its kin only */
    union {
        struct task *task; /* TIMER_WAKE: claim and wake it */
        task_fn *fn;       /* TIMER_FUNC: start it with arg; TIMER_CALL: call it, from
                            * the scheduler, without a lock: it must not wait */
        struct chan *chan; /* TIMER_CHAN: put the time into it */
    };
    void *arg;
    const struct site *where;
};

struct timer_heap {
    struct lock lock;
    uint32_t count, room;
    struct timer **timers; /* a heap with four children a node, earliest first */
    int64_t first_ns;      /* the earliest, INT64_MAX if none; read without the lock */
};

/* An OS thread that runs tasks. */
struct worker {
    /* As in struct worker_head (defer.h). */
    struct task *current; /* NULL in the idle loop */
    struct cleanup_counts cleanups;

    /* Only this worker. */
    struct context idle;            /* the thread's own stack, where the idle loop runs */
    struct tool tool;               /* of that stack */
    struct magazines stacks, tasks; /* free ones, the descriptors' for tasks */
    struct cleanup *records;        /* free ones (defer.c) */
    uint32_t nrecords;
    uint64_t next_id, end_id; /* ids handed out from a block */
    uint64_t random;
    int64_t rescue_ns; /* not before that does it look after others again */
    int64_t now_ns;    /* the clock when it was last read ... */
    uint64_t now_tsc;  /* ... and the cycle counter then */
    int index;         /* from 0 */
    uint8_t number;    /* from 1 */

    /* Read by others. */
    uint64_t picks; /* how often this worker chose a task */
    uint64_t fills; /* how often one was started here while no other was waiting to be */
    struct stats stats;
    uint32_t sleeping; /* futex: 1 while the worker sleeps */
    struct lock *seat; /* the lock it is inside of, by its seat (lock.h) */

    /* Woken last, runs next.  This worker's own, but for a thief (sched.c). */
    struct task *next __attribute__((aligned(64)));
    uint32_t at_next; /* 1: this worker is about to take or set it */
    uint32_t robbed;  /* 1: a thief is, and this worker keeps off */

    /* Shared. */
    struct deque fresh; /* started here: newest first, so that trees are walked depth-first */
    struct deque woken; /* woken or yielded here: oldest first */
    struct timer_heap timers;
};

#define MAX_WORKERS 64

struct sched {
    struct worker *workers[MAX_WORKERS];
    int nworkers;
    bool alone;       /* one worker: locks and barriers are not needed */
    bool done;        /* task 1 has returned */
    bool main_exited; /* task 1 has called task_exit() */
    uint64_t ids;     /* next block of ids */
    char ended;       /* for the tools: what has ended comes before whoever sees it gone */

    struct lock lock;                        /* protects what follows, on idle paths only */
    int idle;                                /* workers without anything to do */
    int spinning;                            /* of these, looking around */
    bool watched;                            /* one of these sleeps only for short times */
    int64_t held;                            /* task_hold() */
    int64_t blocking;                        /* calls running beside the workers */
    struct inject *injected, *injected_last; /* from outside, oldest first */
    struct task *returned, *returned_last;   /* whose blocking call is over, likewise */
    uint32_t outside;                        /* how many of both; read without the lock */
};
extern struct sched sched;

/* Every descriptor there ever was, for dumps: slabs are never freed, so this can
 * be walked at any time without a lock. */
#define SLAB_TASKS 256
struct task_slab {
    struct task_slab *next;
    struct task tasks[SLAB_TASKS];
};
extern struct task_slab *task_slabs;

/* The worker that runs the caller.  After anything that may park it can be another
 * one: ask again.  (aarch64: out of line, or the compiler would keep the thread
 * pointer across a switch.) */
extern __thread struct worker *worker_here;
#ifdef __x86_64__
static inline GLUE struct worker *worker_self(void)
{
    return worker_here;
}
#else
struct worker *worker_self(void);
#endif

static inline GLUE struct task *task_self(void)
{
    return worker_self()->current;
}

/* A lock (lock.h): taken and given by one and the same worker.  With one worker there is
 * nobody to keep out; the straight line through the code is for several, who pay more. */
void lock_word_wait(struct lock *l);
void lock_settle(struct lock *l, struct worker *w);

static inline GLUE void lock_take_word(struct lock *l, struct worker *w)
{
    if (unlikely(__atomic_exchange_n(&l->word, 1, __ATOMIC_ACQUIRE)))
        lock_word_wait(l);
    if (unlikely(l->last != w->number || ++l->takes % LOCK_SETTLE_TAKES == 0))
        lock_settle(l, w);
}

static inline GLUE bool lock_take_seat(struct lock *l, struct worker *w)
{
    if (unlikely(w->seat) || !LOCKS_SETTLE)
        return false;
    __atomic_store_n(&w->seat, l, __ATOMIC_RELAXED);
    asym_light();
    if (likely(__atomic_load_n(&l->settler, __ATOMIC_RELAXED) == w->number))
        return true;
    __atomic_store_n(&w->seat, 0, __ATOMIC_RELEASE);
    return false;
}

static inline GLUE void lock_take(struct lock *l)
{
    struct worker *w;

    if (unlikely(sched.alone))
        return;
    w = worker_self();
    if (unlikely(!lock_take_seat(l, w)))
        lock_take_word(l, w);
    tool_order_after(l);
}

static inline GLUE void lock_give(struct lock *l)
{
    struct worker *w;

    if (unlikely(sched.alone))
        return;
    w = worker_self();
    tool_order_before(l);
    if (likely(w->seat == l))
        __atomic_store_n(&w->seat, 0, __ATOMIC_RELEASE);
    else
        __atomic_store_n(&l->word, 0, __ATOMIC_RELEASE);
}

/* A lock that threads which are no workers take too: always by the word. */
static inline void outside_lock_take(struct lock *l)
{
    if (unlikely(__atomic_exchange_n(&l->word, 1, __ATOMIC_ACQUIRE)))
        lock_word_wait(l);
}
static inline void outside_lock_give(struct lock *l)
{
    __atomic_store_n(&l->word, 0, __ATOMIC_RELEASE);
}

/* Wait.  The task must be where a waker finds it.  Gives *lock back (NULL: none)
 * and returns when ready() has been called for this task; possibly on another
 * worker. */
void park(enum wait_reason reason, const struct site *where, struct lock *lock);

/* The same, but at when_ns at the latest.  Wakers are several now: the waiter must be
 * contested, and the task's claim 0 before it was queued.  false: the time came
 * first (claim won by the clock). */
bool park_until(enum wait_reason reason, const struct site *where, struct lock *lock,
                int64_t when_ns);

/* park() in two steps, for a wait whose waker is set going in between.  The waker
 * may come before the task has left; it then waits until it has. */
static inline GLUE void park_announce(struct worker *w, struct task *t, enum wait_reason reason,
                                      const struct site *where)
{
    t->where = where;
    t->since_ns = w->now_ns;
    t->reason = reason;
    t->state = TASK_WAITING;
    __atomic_store_n(&w->stats.parks, w->stats.parks + 1, __ATOMIC_RELAXED);
}
void park_leave(void);
bool park_deadline(int64_t when_ns); /* like park_leave(), but at when_ns at the latest */

/* t, which waits, can run: it becomes this worker's next.  Called once for each
 * park(), by a worker. */
void ready(struct task *t);

/* The same for a task that has not run yet. */
void ready_fresh(struct worker *w, struct task *t);

/* sched.c and task.c between themselves */
void worker_loop(struct worker *w);              /* until task 1 has returned */
void worker_wake_one(void);                      /* a sleeping worker, if there is one */
bool worker_rouse(struct worker *w);             /* true: it slept */
_Noreturn void leave_for_good(struct worker *w); /* the running task has ended */
void task_begin(void);
struct task *task_from_outside(struct worker *w); /* injected or back from a call; or NULL */

/* Win the right to wake a task that several could wake.  Once per wait. */
static inline bool claim(struct task *t)
{
    uint32_t open = 0;

    if (unlikely(sched.alone)) {
        open = t->claim;
        t->claim = 1;
        return !open;
    }
    return __atomic_compare_exchange_n(&t->claim, &open, 1, false, __ATOMIC_ACQ_REL,
                                       __ATOMIC_RELAXED);
}

/* Waiters in the order they came.  Whether there is a first is looked at without the lock. */
static inline void waiter_first(struct waiter **first, struct waiter *w)
{
    __atomic_store_n(first, w, __ATOMIC_RELEASE);
}

static inline void waiter_push(struct waiter **first, struct waiter **last, struct waiter *w)
{
    w->next = 0;
    w->prev = *last;
    if (*last)
        (*last)->next = w;
    else
        waiter_first(first, w);
    *last = w;
    w->queued = true;
}

static inline void waiter_remove(struct waiter **first, struct waiter **last, struct waiter *w)
{
    if (w->prev)
        w->prev->next = w->next;
    else
        waiter_first(first, w->next);
    if (w->next)
        w->next->prev = w->prev;
    else
        *last = w->prev;
    w->queued = false;
}

/* The first waiter that can still be woken, taken off and won; NULL if none. */
static inline struct waiter *waiter_pop(struct waiter **first, struct waiter **last)
{
    struct waiter *w;

    while ((w = *first)) {
        waiter_first(first, w->next);
        if (w->next)
            w->next->prev = 0;
        else
            *last = 0;
        w->queued = false;
        if (!w->contested || claim(w->task)) {
            w->woken = true;
            return w;
        }
    }
    return 0;
}

/* Counting (stats.h). */
static inline GLUE void gauge_add(struct gauge *g, int64_t n)
{
    int64_t now = __atomic_load_n(&g->now, __ATOMIC_RELAXED) + n;

    __atomic_store_n(&g->now, now, __ATOMIC_RELEASE); /* what went down is over: task_count() */
    if (n > 0) {
        __atomic_store_n(&g->total, g->total + (uint64_t)n, __ATOMIC_RELAXED);
        if (now > g->peak)
            __atomic_store_n(&g->peak, now, __ATOMIC_RELAXED);
    }
}
static inline GLUE void counter_add(uint64_t *c, uint64_t n)
{
    __atomic_store_n(c, __atomic_load_n(c, __ATOMIC_RELAXED) + n, __ATOMIC_RELAXED);
}

/* Uniform below n, from the worker's own xorshift. */
static inline GLUE uint32_t random_below(struct worker *w, uint32_t n)
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

/* stack.c */
struct stack *stack_get(struct worker *w); /* ends the process when memory runs out */
void stack_put(struct worker *w, struct stack *s);
struct stack *stack_make_big(size_t bytes);
bool stack_guards(const struct stack *s, const void *fault);
extern size_t stack_bytes; /* usable bytes of an ordinary stack */

/* clock.c */
int64_t clock_quick(struct worker *w); /* now, at most 1 us ahead; ~10 ns */
void clock_start(void);

/* timer.c */
int64_t timers_first(void);                            /* earliest deadline of all workers */
void timers_run(struct timer_heap *heap, int64_t now); /* fire what is due */
void timer_arm(struct timer *t, int64_t when_ns);      /* t is not pending */
bool timer_disarm(struct timer *t);                    /* true: it was pending */

/* `ns` from now, without overflow. */
int64_t deadline_after(struct worker *w, int64_t ns);

/* pool.c */
void pools_count(struct stats *sum);

/* defer.c */
void cleanups_run(struct task *t, struct scope *until); /* scopes inside `until` */

/* dump.c */
void fault_catch(void);      /* fatal_dump; SIGQUIT; a fault in a guard page is an overflow */
void fault_catch_here(void); /* this thread handles signals on a stack of its own */

/* gc.c: called when the collector is on */
extern bool gc_on;
void gc_before_switch(const struct task *next); /* next NULL: the idle loop */
void gc_after_switch(void);
bool gc_must_wait(const struct task *next); /* it is still being left by another worker */
void gc_worker_starts(void);
void gc_worker_ends(void);

#endif
