/* SPDX-License-Identifier: MIT */
/* sched.c - who runs next, and where.
 *
 * A worker chooses in this order:
 *
 *     next   the task it woke last: it finds its data warm, and a ping-pong stays
 *            on one worker
 *     fresh  the tasks started here, newest first: a tree of tasks is walked
 *            depth-first, so that few of its tasks are alive at a time
 *     woken  the tasks woken or yielded here, oldest first
 *     others the injected, the due timers, and what other workers have too much of
 *
 * and every 16th and 64th time the other way round, so that nothing starves.  A
 * task that gives way switches straight to the chosen one; only when there is none
 * does the worker go to its idle loop, on the thread's own stack.
 *
 * Idle workers.  Waking a sleeping thread costs more than a thousand channel
 * operations, so: the first worker without a task spins, looking for work for some
 * microseconds, before it sleeps; nobody wakes a sleeper while another spins; and one
 * sleeper, the watcher, sleeps only for short times as long as others run.  The watcher is
 * why a worker may add to its queue without a barrier: if it overlooks a sleeper, the
 * watcher finds the task a millisecond later, and the task's own worker has it anyway.
 *
 * Moving a task to another core costs several channel operations, and two tasks that
 * talk to each other cost more apart than together.  So a thief leaves what its victim
 * is about to run, `next` and the newest of `fresh`, unless the victim has chosen no
 * task for a while: then it is stuck in a long computation.  And it takes from `fresh`
 * only when that has not been empty for a while: a thousand short tasks take one worker
 * 20 us, and two workers that steal them from each other 100. */
#include "core/sched.h"

#include "core/clock.h"
#include "core/compiler.h"
#include "core/lock_impl.h"
#include "core/next_slot.h"
#include "core/stack.h"
#include "core/wait.h"
#include "core/worker.h"
#include "look/count.h"
#include "look/fatal.h"
#include "look/faults.h"
#include "memory/gc_hooks.h"
#include "timer.h"

#include <linux/futex.h>
#include <sched.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define SPIN_ROUNDS 30
#define SPIN_PAUSES 128 /* between two looks: each takes cache lines away from busy workers */
#define STEAL_MOST 128
#define STUCK_NS (20 * US)
#define SWAMPED_NS (50 * US) /* about what waking a worker takes */
#define RESCUE_NS (50 * US)  /* between two looks by a busy worker, which cost the same */
#define WATCH_MIN_NS (50 * US)
#define WATCH_MAX_NS MS

/* --- sleeping and waking workers ---------------------------------------- */

static void futex_wait(uint32_t *word, uint32_t value, int64_t ns)
{
    struct timespec ts = { ns / SEC, ns % SEC };

    syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, value, ns == INT64_MAX ? NULL : &ts, NULL, 0);
}

bool worker_wake(struct worker *v)
{
    uint32_t asleep = 1;

    if (!__atomic_load_n(&v->sleeping, __ATOMIC_RELAXED) ||
        !__atomic_compare_exchange_n(&v->sleeping, &asleep, 0, false, __ATOMIC_ACQ_REL,
                                     __ATOMIC_RELAXED))
        return false;
    syscall(SYS_futex, &v->sleeping, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
    return true;
}

void worker_wake_one(void)
{
    for (int i = 0; i < sched.nworkers; i++)
        if (worker_wake(sched.workers[i]))
            return;
}

/* Does a worker sleep, while no other worker is looking for work? */
static inline NO_TSAN bool a_helper_sleeps(void)
{
    return !sched.alone && __atomic_load_n(&sched.idle, __ATOMIC_RELAXED) &&
           !__atomic_load_n(&sched.spinning, __ATOMIC_RELAXED);
}

/* This worker has more tasks than it can run: wake another worker, unless one is already looking
 * for work. */
static inline NO_TSAN void wake_helper(struct worker *w)
{
    if (a_helper_sleeps()) {
        counter_add(&w->stats.wakes, 1);
        worker_wake_one();
    }
}

/* --- choosing a task ------------------------------------------------------ */

static NO_TSAN struct task *rescue(struct worker *w, int64_t now);

/* Check a stack that has no guard page (stack.c). Whether this choice is counted is random:
 * otherwise, of tasks that take turns, always the same ones would be checked. */
static NO_TSAN NOINLINE void look_below(struct worker *w)
{
    if (w->current && stack_overflowed(w->current->stack))
        fatal_overflow(w->current);
    __atomic_store_n(&w->picks, w->picks + random_below(w, 2), __ATOMIC_RELAXED);
}

/* What the usual order would starve: timers, tasks from outside, a stuck worker's, and the
 * queues behind the first. */
static NO_TSAN struct task *pick_fair(struct worker *w)
{
    int64_t now = clock_quick(w);
    struct task *t;

    if (unlikely(stacks_bare))
        look_below(w);
    timers_run(&w->timers, now);
    if (w->picks % 64 && !__atomic_load_n(&sched.outside, __ATOMIC_RELAXED))
        return NULL;
    if ((t = task_from_outside(w)) || (!sched.alone && (t = rescue(w, now))))
        return t;
    if (w->picks / 64 % 2)
        return deque_take_oldest(&w->fresh, sched.alone);
    return deque_take_oldest(&w->woken, sched.alone);
}

ALWAYS_INLINE NO_TSAN struct task *pick(struct worker *w)
{
    struct task *t;

    __atomic_store_n(&w->picks, w->picks + 1, __ATOMIC_RELAXED);
    if (unlikely(w->picks % 16 == 0) && (t = pick_fair(w)))
        return t;
    if ((t = next_take(w)))
        return t;
    if ((t = deque_take_newest(&w->fresh, sched.alone)))
        return t;
    return deque_take_oldest(&w->woken, sched.alone);
}

/* What each worker has last seen of two counts of each other worker. */
static struct seen {
    struct seen_count {
        uint64_t count;
        int64_t since_ns; /* when this count was first seen */
    } picks, fills;
} seen[MAX_WORKERS][MAX_WORKERS];

static NO_TSAN bool has_stood_still(struct worker *w, struct seen_count *last,
                                    const uint64_t *count, int64_t ns)
{
    uint64_t is = __atomic_load_n(count, __ATOMIC_RELAXED);
    int64_t now = clock_quick(w);

    if (last->count != is)
        *last = (struct seen_count){ is, now };
    return now - last->since_ns > ns;
}

/* v has chosen no task for so long that it must be lost in a computation. */
static NO_TSAN bool is_stuck(struct worker *w, const struct worker *v)
{
    return has_stood_still(w, &seen[w->index][v->index].picks, &v->picks, STUCK_NS);
}

/* For so long there have always been tasks waiting that were started on v. */
static NO_TSAN bool is_swamped(struct worker *w, const struct worker *v)
{
    return has_stood_still(w, &seen[w->index][v->index].fills, &v->fills, SWAMPED_NS);
}

/* Take the oldest of a queue, and move up to half of the others into ours, so that the
 * next choices need no theft. */
static NO_TSAN struct task *steal_half(struct deque *from, struct deque *to)
{
    int64_t more = deque_count(from) / 2;
    struct task *first = deque_take_oldest(from, false), *t;

    if (more > STEAL_MOST)
        more = STEAL_MOST;
    while (first && more-- > 0 && (t = deque_take_oldest(from, false)))
        deque_push(to, t);
    return first;
}

/* Take from worker v a task that v will not soon run itself. */
static NO_TSAN struct task *steal_from(struct worker *w, struct worker *v)
{
    struct task *t = steal_half(&v->woken, &w->woken);
    bool stuck, swamped;

    if (t)
        return t;
    stuck = is_stuck(w, v);
    swamped = is_swamped(w, v);
    if (swamped && deque_count(&v->fresh) > !stuck && (t = steal_half(&v->fresh, &w->fresh)))
        return t;
    return stuck ? next_steal(v) : NULL;
}

static NO_TSAN struct task *steal(struct worker *w)
{
    int n = sched.nworkers, first = (int)random_below(w, (uint32_t)n);

    for (int k = 0; k < n; k++) {
        struct worker *v = sched.workers[(first + k) % n];
        struct task *t = v == w ? NULL : steal_from(w, v);

        if (t) {
            counter_add(&w->stats.steals, 1);
            return t;
        }
    }
    return NULL;
}

/* --- the idle loop -------------------------------------------------------- */

/* The timers of all workers, for one of them may be lost in a computation. */
static NO_TSAN void timers_run_due(struct worker *w)
{
    int64_t now = clock_quick(w);

    if (timers_first() > now)
        return;
    for (int i = 0; i < sched.nworkers; i++)
        timers_run(&sched.workers[i]->timers, now);
}

/* When no worker is idle, a busy one must run what a stuck worker keeps from running: its
 * timers and its tasks. */
static NO_TSAN struct task *rescue(struct worker *w, int64_t now)
{
    struct worker *v;

    if (now < w->rescue_ns)
        return NULL;
    w->rescue_ns = now + RESCUE_NS;
    v = sched.workers[random_below(w, (uint32_t)sched.nworkers)];
    timers_run_due(w);
    return v != w && is_stuck(w, v) ? steal_from(w, v) : NULL;
}

static NO_TSAN struct task *find_work(struct worker *w)
{
    struct task *t;

    timers_run_due(w);
    if ((t = pick(w)) || (t = task_from_outside(w)))
        return t;
    return sched.alone ? NULL : steal(w);
}

static NO_TSAN bool anything_queued(void)
{
    for (int i = 0; i < sched.nworkers; i++) {
        struct worker *v = sched.workers[i];

        if (__atomic_load_n(&v->next, __ATOMIC_RELAXED) || deque_count(&v->fresh) > 0 ||
            deque_count(&v->woken) > 0)
            return true;
    }
    return __atomic_load_n(&sched.outside, __ATOMIC_SEQ_CST) != 0;
}

/* Nothing runs, and nothing ever will: in the words of Go. */
static _Noreturn void deadlock(void)
{
    if (sched.main_exited && !task_count())
        fatal_deadlock("no tasks (task 1 called task_exit)");
    fatal_deadlock("all tasks are asleep");
}

/* Sleep until there may be something to do.  *watch_ns is how long the watcher sleeps; it
 * grows while nothing is found. */
static NO_TSAN void go_to_sleep(struct worker *w, int64_t *watch_ns)
{
    int64_t first, ns;
    bool all_idle, watcher = false;

    outside_lock_take(&sched.lock);
    __atomic_store_n(&w->sleeping, 1, __ATOMIC_SEQ_CST);
    __atomic_store_n(&sched.idle, sched.idle + 1, __ATOMIC_SEQ_CST);
    all_idle = sched.idle == sched.nworkers;
    first = timers_first();
    if (sched.outside || sched.done || (all_idle && anything_queued())) {
        ns = 0;
    } else if (all_idle) {
        if (first == INT64_MAX && !sched.held && !sched.blocking)
            deadlock();
        ns = first == INT64_MAX ? INT64_MAX : first - clock_now();
    } else if (!sched.watched) {
        sched.watched = watcher = true;
        ns = *watch_ns;
        *watch_ns = ns * 2 > WATCH_MAX_NS ? WATCH_MAX_NS : ns * 2;
        if (first != INT64_MAX && first - clock_now() < ns)
            ns = first - clock_now();
    } else {
        ns = INT64_MAX;
    }
    outside_lock_give(&sched.lock);

    if (ns > 0)
        futex_wait(&w->sleeping, 1, ns);

    outside_lock_take(&sched.lock);
    __atomic_store_n(&w->sleeping, 0, __ATOMIC_RELAXED);
    __atomic_store_n(&sched.idle, sched.idle - 1, __ATOMIC_SEQ_CST);
    if (watcher)
        sched.watched = false;
    outside_lock_give(&sched.lock);
    w->now_ns = clock_now();
    w->now_tsc = 0; /* the cycle counter's distance is too long to guess from */
}

/* Look for work for a while, unless half of the workers do; NULL if there was none. */
static NO_TSAN struct task *spin(struct worker *w)
{
    struct task *t = NULL;

    if (sched.alone || __atomic_load_n(&sched.spinning, __ATOMIC_RELAXED) * 2 >= sched.nworkers)
        return find_work(w);
    __atomic_fetch_add(&sched.spinning, 1, __ATOMIC_SEQ_CST);
    for (int n = 0; n < SPIN_ROUNDS && !sched.done && !(t = find_work(w)); n++)
        for (int k = 0; k < SPIN_PAUSES; k++)
            cpu_relax();
    __atomic_fetch_sub(&sched.spinning, 1, __ATOMIC_SEQ_CST);
    return t;
}

/* A worker that goes from idle to busy leaves a watcher behind: it wakes one of those that
 * sleep for long, which then becomes the watcher. */
static NO_TSAN void leave_a_watcher(void)
{
    if (__atomic_load_n(&sched.idle, __ATOMIC_RELAXED) &&
        !__atomic_load_n(&sched.spinning, __ATOMIC_RELAXED) &&
        !__atomic_load_n(&sched.watched, __ATOMIC_RELAXED))
        worker_wake_one();
}

static void resume_from_idle(struct worker *w, struct task *t);

NO_TSAN void worker_loop(struct worker *w)
{
    int64_t watch_ns = WATCH_MIN_NS;

    while (!__atomic_load_n(&sched.done, __ATOMIC_ACQUIRE)) {
        struct task *t = spin(w);

        if (!t) {
            go_to_sleep(w, &watch_ns);
            continue;
        }
        watch_ns = WATCH_MIN_NS;
        leave_a_watcher();
        resume_from_idle(w, t);
    }
}

/* --- switching ------------------------------------------------------------ */

/* Bind t to this worker; a task that never ran gets its stack now. */
static inline NO_TSAN void prepare(struct worker *w, struct task *t)
{
    if (!t->stack) {
        t->stack = stack_get(w);
        context_make(&t->context, t->stack, task_begin);
    }
    t->state = TASK_RUNNING;
    w->current = t;
    counter_add(&w->stats.switches, 1);
    if (unlikely(gc_on))
        gc_hooks.before_switch(t);
}

static inline NO_TSAN void to_idle(struct worker *w)
{
    w->current = NULL;
    if (unlikely(gc_on))
        gc_hooks.before_switch(NULL);
}

static NO_TSAN NOINLINE void resume_from_idle(struct worker *w, struct task *t)
{
    prepare(w, t);
    while (!TOOL_DIRECT && !__atomic_load_n(&t->context.pc, __ATOMIC_ACQUIRE))
        cpu_relax();
    tool_leave(&w->tool, &t->stack->tool);
    context_switch(&w->idle, &t->context);
    tool_arrive(&w->tool);
    if (unlikely(gc_on))
        gc_hooks.after_switch();
}

/* The task to which a worker that leaves `self` switches directly.  NULL: it goes through
 * the idle loop, which can wait for a task that another worker is still leaving. */
static inline NO_TSAN struct task *pick_direct(struct worker *w, const struct task *self)
{
    struct task *t;

    if (!TOOL_DIRECT || unlikely(sched.done) || !(t = pick(w)))
        return NULL;
    if (unlikely(gc_on) && t != self && gc_hooks.must_wait(t)) {
        deque_push(&w->woken, t);
        return NULL;
    }
    return t;
}

/* The thread's errno, which is that of the running task. */
static inline NO_TSAN int errno_keep(struct worker *w)
{
    tool_release(w->error);
    return *w->error;
}

/* Leave t, which is queued somewhere or waits, for whatever comes next. */
static NO_TSAN NOINLINE void leave(struct worker *w, struct task *t)
{
    struct task *next = pick_direct(w, t);
    int error;

    if (next == t) { /* woken already, or nobody else is there */
        t->state = TASK_RUNNING;
    } else if (next) {
        error = errno_keep(w);
        prepare(w, next);
        tool_leave(&t->stack->tool, &next->stack->tool);
        context_switch(&t->context, &next->context);
        tool_arrive(&t->stack->tool);
        *worker_self()->error = error;
    } else {
        error = errno_keep(w);
        to_idle(w);
        tool_leave(&t->stack->tool, &w->tool);
        context_switch(&t->context, &w->idle);
        tool_arrive(&t->stack->tool);
        *worker_self()->error = error;
    }
    if (unlikely(gc_on))
        gc_hooks.after_switch();
    tool_acquire(t);
}

NO_TSAN _Noreturn void leave_for_good(struct worker *w)
{
    struct task *next = pick_direct(w, NULL);

    tool_release(w->error);
    if (next) {
        prepare(w, next);
        tool_leave(NULL, &next->stack->tool);
        context_jump(&next->context);
    }
    to_idle(w);
    tool_leave(NULL, &w->tool);
    context_jump(&w->idle);
}

/* --- the two verbs of waiting, and the others ------------------------------ */

NO_TSAN void park_leave(void)
{
    struct worker *w = worker_self();

    leave(w, w->current);
}
LEFT_OUT(park_leave);

NO_TSAN void park(enum wait_reason reason, const struct site *where, struct lock *lock)
{
    struct worker *w = worker_self();
    struct task *t = w->current;

    park_announce(w, t, reason, where);
    if (lock)
        lock_give(lock);
    leave(w, t);
}
LEFT_OUT(park);

/* From the moment the timer is armed the task may be woken, and taken by a worker that then
 * waits until we have left. */
NO_TSAN bool park_deadline(int64_t when_ns)
{
    struct timer deadline = { .ops = &timer_wake, .task = task_self() };

    timer_arm(&deadline, when_ns);
    park_leave();
    return timer_disarm(&deadline);
}
LEFT_OUT(park_deadline);

NO_TSAN bool park_until(enum wait_reason reason, const struct site *where, struct lock *lock,
                        int64_t when_ns)
{
    struct worker *w = worker_self();

    park_announce(w, w->current, reason, where);
    if (lock)
        lock_give(lock);
    return park_deadline(when_ns);
}
LEFT_OUT(park_until);

NO_TSAN void ready(struct task *t)
{
    struct worker *w = worker_self();
    struct task *old;

    tool_release(t);
    t->state = TASK_READY;
    old = next_put(w, t);
    if (!old)
        return;
    deque_push(&w->woken, old);
    wake_helper(w);
}

NO_TSAN void ready_fresh(struct worker *w, struct task *t)
{
    tool_release(t);
    t->state = TASK_READY;
    if (!deque_most(&w->fresh))
        counter_add(&w->fills, 1);
    deque_push(&w->fresh, t);
    /* A thief would leave a single one.  The exact count comes last: it reads a cache line
     * that a thief at work is writing. */
    if (deque_most(&w->fresh) > 1 && a_helper_sleeps() && deque_count(&w->fresh) > 1)
        wake_helper(w);
}

NO_TSAN void task_yield(void)
{
    struct worker *w = worker_self();
    struct task *t = w->current;

    t->state = TASK_READY;
    deque_push(&w->woken, t);
    leave(w, t);
}
LEFT_OUT(task_yield);
