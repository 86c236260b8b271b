/* SPDX-License-Identifier: MIT */
/* explore.c - the scheduler and the clock of the deterministic mode (explore.h).
 *
 * Takes the place of sched.c and clock.c and keeps the contracts of wait.h, sched.h and
 * clock.h.  Its workers
 * are places and no threads: a task has one from its turn until it waits, yields or ends,
 * also while it is kept from going on in the middle of something.  So what belongs to
 * one worker has one user at a time, as always, and what is shared by workers is fought
 * for.
 *
 *   - self has the turn; `others` could have it, in the order in which they came to.
 *   - A task on neither waits, and comes back by ready().  One that is woken before it
 *     has left is only marked.
 *   - The clock stands until it is chosen.  Then it moves to the next deadline and what is
 *     due is fired, with points in between, like any other task's doings.
 *   - The last place is the clock's, the first is the driver's, who has no turn in a
 *     schedule.
 *
 * Nothing here may depend on an address or on the real time: the same answers must give
 * the same schedule. */
#include "explore/explore_impl.h"
#include "explore/weak.h"

#include "core/clock.h"
#include "core/lock_impl.h"
#include "core/sched.h"
#include "core/stack.h"
#include "core/timer_heap.h"
#include "core/wait.h"
#include "core/worker.h"
#include "look/count.h"
#include "look/fatal.h"
#include "timer.h"

#include <stdlib.h>
#include <string.h>

#define MOST_POINTS 1000000 /* in one schedule; a task that has made more loops for ever */

struct explorer ex = { .clock_idle = true, .turns = 1 };

/* --- who can go on ------------------------------------------------------------------ */

static bool can_go_on(const struct runner *r)
{
    if (r->word && *r->word)
        return false;
    if (r->until && !r->until(r->until_arg))
        return false;
    if (r->spun && r->spun == ex.turns)
        return false;
    return r->worker || ex.places;
}

/* The clock can: it has something to fire, and time is free to pass. */
static bool clock_can(bool others_can)
{
    int64_t first;

    if (!ex.clock_idle || (first = timers_first()) == INT64_MAX)
        return false;
    return !others_can || first <= ex.now_ns || ex.advances < ex.limits.advances;
}

/* How many: the able others, and after them the clock. */
static uint32_t look_who_can(bool self_can)
{
    ex.nable = 0;
    for (uint32_t i = 0; i < ex.nothers; i++)
        if (can_go_on(&ex.others[i]))
            ex.able[ex.nable++] = i;
    return ex.nable + clock_can(self_can || ex.nable);
}

static void push(struct runner r)
{
    if (ex.nothers == ex.room) {
        ex.room = ex.room ? 2 * ex.room : 64;
        ex.others = realloc(ex.others, ex.room * sizeof *ex.others);
        ex.able = realloc(ex.able, ex.room * sizeof *ex.able);
        if (!ex.others || !ex.able)
            fatal("out of memory for exploring");
    }
    ex.others[ex.nothers++] = r;
}

/* The clock begins a round. */
static struct runner clock_start_round(void)
{
    int64_t first = timers_first();

    ex.advances++;
    ex.clock_idle = false;
    if (ex.now_ns < first)
        ex.now_ns = first;
    return (struct runner){ .task = &ex.clock, .worker = sched.workers[EXPLORE_CLOCK] };
}

static struct runner take(uint32_t which)
{
    uint32_t i;
    struct runner r;

    if (which == ex.nable)
        return clock_start_round();
    i = ex.able[which];
    r = ex.others[i];
    memmove(&ex.others[i], &ex.others[i + 1], (--ex.nothers - i) * sizeof r);
    r.word = NULL;
    r.until = NULL;
    r.spun = 0;
    return r;
}

/* --- turns -------------------------------------------------------------------------- */

static void place_take(struct runner *r)
{
    int free = __builtin_ctz(ex.places);

    ex.places &= ex.places - 1;
    r->worker = sched.workers[free];
    r->worker->current = r->task;
    r->task->state = TASK_RUNNING;
    weak_place_take(r->task, free);
}

static void place_give(struct runner *r)
{
    weak_place_give(r->task, r->worker->index);
    r->worker->current = NULL;
    if (r->worker->index != EXPLORE_CLOCK)
        ex.places |= 1u << r->worker->index;
    r->worker = NULL;
}

/* r has the turn as soon as the caller has switched to it. */
static void turn_goes_to(struct runner r)
{
    if (!r.worker)
        place_take(&r);
    if (!r.task->stack) {
        r.task->stack = stack_get(sched.workers[0]);
        context_make(&r.task->context, r.task->stack, task_begin);
    }
    worker_here = r.worker;
    ex.self = r;
    counter_add(&r.worker->stats.switches, 1);
    ex.turns++;
    ex.changed = false;
    explore_step_goes_to(r.task);
}

/* The caller's turn, as t, is over; returns when it has come again. */
static void switch_to(struct task *t, struct runner next)
{
    int error = errno;

    turn_goes_to(next);
    if (next.task != t) {
        ex.inside = next.task == ex.driver.task;
        tool_leave(&t->stack->tool, &next.task->stack->tool);
        context_switch(&t->context, &next.task->context);
        tool_arrive(&t->stack->tool);
        errno = error;
    }
    ex.inside = t == ex.driver.task;
}

static struct runner driver_after(enum explore_end end)
{
    ex.end = end;
    return ex.driver;
}

/* Nobody can go on. */
static struct runner nobody(void)
{
    if (!ex.driver.task)
        fatal_deadlock("all tasks are asleep");
    return driver_after(EXPLORE_STUCK);
}

/* Whose turn it is when the one before is over. */
static struct runner who_is_next(void)
{
    uint32_t n;

    if (ex.driver.task && !ex.live && ex.clock_idle)
        return driver_after(EXPLORE_ENDED);
    n = look_who_can(false);
    return n ? take(explore_ask(n, EXPLORE_NEXT, NULL, NULL)) : nobody();
}

static void may_lose_turn(const struct explore_site *site, const volatile void *p)
{
    uint32_t n, chosen;

    ex.inside = true;
    n = ex.preemptions < ex.limits.preemptions ? look_who_can(true) : 0;
    chosen = n ? explore_ask(n + 1, EXPLORE_PREEMPT, site, p) : 0;
    if (chosen) {
        struct runner me = ex.self, next = take(chosen - 1);

        ex.preemptions++;
        push(me);
        switch_to(me.task, next);
    } else if (n) {
        explore_step_goes_to(ex.self.task);
    }
    ex.inside = false;
}

/* A worker's own counts: no other task depends on them. */
static bool is_count(const volatile void *p)
{
    const struct worker *w = worker_here;

    return (uintptr_t)p - (uintptr_t)&w->stats < sizeof w->stats ||
           (uintptr_t)p - (uintptr_t)&w->cleanups < sizeof w->cleanups;
}

void *explore_point(const struct explore_site *site, const volatile void *p)
{
    if (ex.inside || is_count(p))
        return (void *)p;
    if (++ex.points > MOST_POINTS && ex.driver.task)
        explore_fail("it never ends: more than %d atomic accesses", MOST_POINTS);
    if (ex.limits.fine || site->kind > EXPLORE_LOOK)
        may_lose_turn(site, p);
    ex.changed |= site->kind == EXPLORE_STORE || site->kind == EXPLORE_CHANGE;
    return weak_access(site, p);
}

/* Go on only when r, which is the caller and keeps its place, can. */
static void hold_on(struct runner r)
{
    if (ex.inside)
        fatal("the driver of a schedule must not wait");
    ex.inside = true;
    push(r);
    switch_to(r.task, who_is_next());
}

/* A turn that changed nothing does not count, or two tasks that wait for a third would take
 * turns for ever. */
void explore_spin(void)
{
    struct runner r = ex.self;

    if (weak_look_again())
        return;
    if (!ex.changed)
        ex.turns--;
    r.spun = ex.turns;
    hold_on(r);
}

void explore_until(bool (*condition)(void *), void *arg)
{
    struct runner r = ex.self;

    r.until = condition;
    r.until_arg = arg;
    hold_on(r);
    weak_tell_all();
}

void explore_take(uint8_t *word)
{
    static const struct explore_site taking = {
        .kind = EXPLORE_CHANGE,
        .bytes = 1,
        .order = __ATOMIC_ACQUIRE,
    };
    struct runner r = ex.self;

    r.word = word;
    hold_on(r);
    weak_access(&taking, word);
    *word = 1; /* it is free, or it would not be our turn */
}

/* --- what others expect of sched.c -------------------------------------------------------- */

NO_TSAN void park_leave(void)
{
    struct task *t = ex.self.task;

    if (ex.inside)
        fatal("the driver of a schedule must not wait");
    ex.inside = true;
    place_give(&ex.self);
    if (t->state == TASK_READY) /* woken already */
        push(ex.self);
    switch_to(t, who_is_next());
}

NO_TSAN void park(enum wait_reason reason, const struct site *where, struct lock *lock)
{
    park_announce(worker_self(), task_self(), reason, where);
    if (lock)
        lock_give(lock);
    park_leave();
}

NO_TSAN bool park_deadline(int64_t when_ns)
{
    struct timer deadline = { .ops = &timer_wake, .task = task_self() };

    timer_arm(&deadline, when_ns);
    park_leave();
    return timer_disarm(&deadline);
}

NO_TSAN bool park_until(enum wait_reason reason, const struct site *where, struct lock *lock,
                        int64_t when_ns)
{
    park_announce(worker_self(), task_self(), reason, where);
    if (lock)
        lock_give(lock);
    return park_deadline(when_ns);
}

static bool still_leaving(const struct task *t)
{
    for (uint32_t i = 0; i < ex.nothers; i++)
        if (ex.others[i].task == t)
            return true;
    return false;
}

NO_TSAN void ready(struct task *t)
{
    if (t->state != TASK_WAITING)
        explore_fail("task %u is woken though it does not wait", (unsigned)t->id);
    t->state = TASK_READY;
    weak_tell(t);
    if (!still_leaving(t))
        push((struct runner){ .task = t });
}

NO_TSAN void ready_fresh(struct worker *w, struct task *t)
{
    (void)w;
    t->state = TASK_READY;
    if (ex.driver.task) {
        if (ex.nstarted == sizeof ex.started / sizeof ex.started[0])
            fatal("too many tasks for exploring");
        ex.started[ex.nstarted++] = t;
        t->id = ex.nstarted + 1; /* numbers begin anew in each schedule */
        ex.live++;
        weak_tell(t);
    }
    push((struct runner){ .task = t });
}

/* Time passes, for tasks that yield until a time has come. */
NO_TSAN void task_yield(void)
{
    struct task *t = ex.self.task;

    if (ex.inside)
        return;
    ex.inside = true;
    ex.now_ns += ex.driver.task ? 0 : US;
    place_give(&ex.self);
    t->state = TASK_READY;
    push(ex.self);
    switch_to(t, who_is_next());
}

static void forget_ended(const struct task *t)
{
    ex.started[t->id - 2] = NULL;
    ex.live--;
}

NO_TSAN _Noreturn void leave_for_good(struct worker *w)
{
    struct task *t = w->current;
    struct runner next;

    ex.inside = true;
    if (sched.done) {
        tool_leave(NULL, &sched.workers[0]->tool);
        context_jump(&sched.workers[0]->idle);
    }
    place_give(&ex.self);
    if (ex.driver.task)
        forget_ended(t);
    next = who_is_next();
    turn_goes_to(next);
    ex.inside = next.task == ex.driver.task;
    tool_leave(NULL, &next.task->stack->tool);
    context_jump(&next.task->context);
}

/* The first task takes the thread over from here; there are no other threads. */
NO_TSAN void worker_loop(struct worker *w)
{
    struct runner first = { 0 };

    if (w->index)
        return;
    first.task = deque_take_oldest(&w->woken, true);
    ex.clock.stack = stack_get(w);
    gauge_add(&w->stats.stacks, -1); /* the clock is no task: not counted */
    explore_clock_begin();
    ex.places = (1u << EXPLORE_CLOCK) - 1;
    turn_goes_to(first);
    ex.inside = false;
    tool_leave(&w->tool, &first.task->stack->tool);
    context_switch(&w->idle, &first.task->context);
    tool_arrive(&w->tool);
}

bool worker_wake(struct worker *w)
{
    (void)w;
    return false;
}

void worker_wake_one(void)
{
}

/* --- the clock ---------------------------------------------------------------------- */

int64_t clock_now(void)
{
    return ex.now_ns;
}

int64_t clock_quick(struct worker *w)
{
    return w->now_ns = ex.now_ns;
}

void clock_start(void)
{
}

/* What runs on the clock's stack, for ever. */
static void clock_rounds(void)
{
    tool_arrive(&ex.clock.stack->tool);
    for (;;) {
        ex.self.worker->current = NULL; /* what is fired must not need a task */
        for (int i = 0; i < sched.nworkers; i++)
            if (sched.workers[i]->timers.first_ns <= ex.now_ns)
                timers_run(&sched.workers[i]->timers, ex.now_ns);
        ex.inside = true;
        ex.clock_idle = true;
        switch_to(&ex.clock, who_is_next());
    }
}

void explore_clock_begin(void)
{
    tool_stack_again(&ex.clock.stack->tool);
    context_make(&ex.clock.context, ex.clock.stack, clock_rounds);
    ex.clock_idle = true;
}

/* --- the driver --------------------------------------------------------------------- */

void explore_let_go(void)
{
    switch_to(ex.driver.task, who_is_next());
}

void explore_end_with(enum explore_end end)
{
    if (ex.self.task == ex.driver.task)
        return;
    ex.inside = true;
    switch_to(ex.self.task, driver_after(end));
}
