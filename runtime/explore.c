/* SPDX-License-Identifier: MIT */
/* explore.c - the scheduler and the clock of the deterministic mode (explore.h).
 *
 * Takes the place of sched.c and clock.c and keeps the contract of sched.h.  Its workers
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
#include "explore.h"
#include "sched.h"
#include "timer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PLACES 8
#define CLOCK_PLACE (PLACES - 1)
#define BEGINNING (1000 * SEC)
#define MOST_POINTS 1000000 /* in one schedule: somebody goes round in circles */
#define SPARE_TASKS 16
#define MOST_STEPS 8192     /* remembered */

struct sched sched;
__thread struct worker *worker_here;
uint32_t explore_settle_takes = UINT32_MAX;

struct runner {
    struct task *task;
    struct worker *worker;   /* its place; NULL: it needs one */
    const uint8_t *word;     /* it cannot go on while this is not 0 ... */
    bool (*until)(void *);   /* ... or before this holds ... */
    void *until_arg;
    uint64_t spun;           /* ... or before the turn has been another's: turns then */
};

static struct {
    bool inside; /* no points: the scheduler itself, or the driver */
    struct runner self;
    struct runner *others;
    uint32_t nothers, room;
    uint32_t *able, nable, able_room; /* of the others, who can go on */
    uint32_t places;                  /* a bit for each that is free */
    uint64_t turns;
    bool changed; /* something, in this turn */

    struct task clock;
    bool clock_idle;
    int64_t now_ns;

    /* The schedule. */
    struct runner driver; /* task NULL: this is no exploration, but any program */
    uint32_t (*source)(uint32_t n, enum explore_question question);
    struct explore_limits limits;
    uint32_t preemptions, advances, points;
    uint32_t nstarted, live;
    struct task *started[64];
    enum explore_end end;
    char failure[256];
    struct explore_step steps[MOST_STEPS];
    uint32_t nsteps;
} ex = { .clock_idle = true, .now_ns = BEGINNING, .turns = 1 };

/* --- answers ------------------------------------------------------------------------- */

/* Any program with TWIN_SEED. */
static uint64_t seed;

static uint32_t seeded(uint32_t n, enum explore_question question)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    if (question == EXPLORE_PREEMPT && seed >> 60)
        return 0;
    return (uint32_t)((seed >> 32) * n >> 32);
}

static uint32_t ask(uint32_t n, enum explore_question question, const struct explore_site *site,
                    const volatile void *object)
{
    uint32_t chosen = ex.source(n, question);

    if (ex.driver.task && ex.nsteps < MOST_STEPS)
        ex.steps[ex.nsteps++] = (struct explore_step){
            site, object, (uint32_t)ex.self.task->id, 0, n, chosen,
        };
    return chosen;
}

uint32_t explore_choose(uint32_t n)
{
    return n < 2 || ex.inside ? 0 : ask(n, EXPLORE_CHANCE, 0, 0);
}

static void step_goes_to(const struct task *t)
{
    if (ex.nsteps)
        ex.steps[ex.nsteps - 1].to = (uint32_t)t->id;
}

const struct explore_step *explore_steps(uint32_t *n)
{
    *n = ex.nsteps;
    return ex.steps;
}

/* --- who can go on ------------------------------------------------------------------- */

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
    return (struct runner){ .task = &ex.clock, .worker = sched.workers[CLOCK_PLACE] };
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
    r.word = 0;
    r.until = 0;
    r.spun = 0;
    return r;
}

/* --- turns --------------------------------------------------------------------------- */

static void place_take(struct runner *r)
{
    int free = __builtin_ctz(ex.places);

    ex.places &= ex.places - 1;
    r->worker = sched.workers[free];
    r->worker->current = r->task;
    r->task->state = TASK_RUNNING;
}

static void place_give(struct runner *r)
{
    r->worker->current = 0;
    if (r->worker->index != CLOCK_PLACE)
        ex.places |= 1u << r->worker->index;
    r->worker = 0;
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
    ex.turns++;
    ex.changed = false;
    step_goes_to(r.task);
}

/* The caller's turn, as t, is over; returns when it has come again. */
static void switch_to(struct task *t, struct runner next)
{
    turn_goes_to(next);
    if (next.task != t) {
        ex.inside = next.task == ex.driver.task;
        tool_leave(&t->stack->tool, &next.task->stack->tool);
        context_switch(&t->context, &next.task->context);
        tool_arrive(&t->stack->tool);
    }
    ex.inside = t == ex.driver.task;
}

static struct runner end_with(enum explore_end end)
{
    ex.end = end;
    return ex.driver;
}

/* Nobody can go on. */
static struct runner nobody(void)
{
    if (!ex.driver.task)
        fatal("all tasks are asleep - deadlock!");
    return end_with(EXPLORE_STUCK);
}

/* Whose turn it is when the one before is over. */
static struct runner who_is_next(void)
{
    uint32_t n;

    if (ex.driver.task && !ex.live && ex.clock_idle)
        return end_with(EXPLORE_ENDED);
    n = look_who_can(false);
    if (!n)
        return nobody();
    return take(n == 1 ? 0 : ask(n, EXPLORE_NEXT, 0, 0));
}

static void may_lose_turn(const struct explore_site *site, const volatile void *p)
{
    uint32_t n, chosen;

    ex.inside = true;
    n = ex.preemptions < ex.limits.preemptions ? look_who_can(true) : 0;
    chosen = n ? ask(n + 1, EXPLORE_PREEMPT, site, p) : 0;
    if (chosen) {
        struct runner me = ex.self, next = take(chosen - 1);

        ex.preemptions++;
        push(me);
        switch_to(me.task, next);
    } else if (n) {
        step_goes_to(ex.self.task);
    }
    ex.inside = false;
}

void *explore_point(const struct explore_site *site, const volatile void *p)
{
    /* What a worker counts for itself, nobody waits for. */
    if (ex.inside || (uintptr_t)p - (uintptr_t)&worker_here->stats < sizeof worker_here->stats)
        return (void *)p;
    if (++ex.points > MOST_POINTS && ex.driver.task)
        explore_fail("it goes on for ever");
    if (ex.limits.fine || site->kind > EXPLORE_LOOK)
        may_lose_turn(site, p);
    ex.changed |= site->kind == EXPLORE_STORE || site->kind == EXPLORE_CHANGE;
    return (void *)p;
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

/* A turn that changed nothing is none, or two that wait for a third would take turns for
 * ever. */
void explore_spin(void)
{
    struct runner r = ex.self;

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
}

void explore_take(uint8_t *word)
{
    struct runner r = ex.self;

    r.word = word;
    hold_on(r);
    *word = 1; /* it is free, or it would not be our turn */
}

/* --- the contract of sched.h -------------------------------------------------------- */

GLUE void park_leave(void)
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

GLUE void park(enum wait_reason reason, const struct site *where, struct lock *lock)
{
    park_announce(worker_self(), task_self(), reason, where);
    if (lock)
        lock_give(lock);
    park_leave();
}

GLUE bool park_deadline(int64_t when_ns)
{
    struct timer clock = { .kind = TIMER_WAKE, .task = task_self() };

    timer_arm(&clock, when_ns);
    park_leave();
    return timer_disarm(&clock);
}

GLUE bool park_until(enum wait_reason reason, const struct site *where, struct lock *lock,
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

GLUE void ready(struct task *t)
{
    if (t->state != TASK_WAITING)
        explore_fail("task %u is woken and does not wait", (unsigned)t->id);
    t->state = TASK_READY;
    if (!still_leaving(t))
        push((struct runner){ .task = t });
}

GLUE void ready_fresh(struct worker *w, struct task *t)
{
    (void)w;
    t->state = TASK_READY;
    if (ex.driver.task) {
        if (ex.nstarted == sizeof ex.started / sizeof ex.started[0])
            fatal("too many tasks for exploring");
        ex.started[ex.nstarted++] = t;
        t->id = ex.nstarted + 1; /* numbers begin anew in each schedule */
        ex.live++;
    }
    push((struct runner){ .task = t });
}

/* Time passes for whoever looks and yields, looks and yields. */
GLUE void task_yield(void)
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
    ex.started[t->id - 2] = 0;
    ex.live--;
}

GLUE _Noreturn void leave_for_good(struct worker *w)
{
    struct task *t = w->current;
    struct runner next;

    ex.inside = true;
    if (sched.done) {
        tool_leave(0, &sched.workers[0]->tool);
        context_jump(&sched.workers[0]->idle);
    }
    place_give(&ex.self);
    if (ex.driver.task)
        forget_ended(t);
    next = who_is_next();
    turn_goes_to(next);
    ex.inside = next.task == ex.driver.task;
    tool_leave(0, &next.task->stack->tool);
    context_jump(&next.task->context);
}

static void clock_make(struct worker *w);

/* The first task takes the thread over from here; there are no other threads. */
GLUE void worker_loop(struct worker *w)
{
    struct runner first = { 0 };

    if (w->index)
        return;
    first.task = deque_take_oldest(&w->woken, true);
    clock_make(w);
    ex.places = (1u << CLOCK_PLACE) - 1;
    turn_goes_to(first);
    ex.inside = false;
    tool_leave(&w->tool, &first.task->stack->tool);
    context_switch(&w->idle, &first.task->context);
    tool_arrive(&w->tool);
}

bool worker_rouse(struct worker *w)
{
    (void)w;
    return false;
}

void worker_wake_one(void)
{
}

/* --- the clock ----------------------------------------------------------------------- */

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
        ex.self.worker->current = 0; /* no task: what is fired must not want one */
        for (int i = 0; i < sched.nworkers; i++)
            if (sched.workers[i]->timers.first_ns <= ex.now_ns)
                timers_run(&sched.workers[i]->timers, ex.now_ns);
        ex.inside = true;
        ex.clock_idle = true;
        switch_to(&ex.clock, who_is_next());
    }
}

static void clock_make(struct worker *w)
{
    ex.clock.stack = stack_get(w);
    context_make(&ex.clock.context, ex.clock.stack, clock_rounds);
}

/* --- schedules ------------------------------------------------------------------------ */

static void task_free(struct worker *w, struct task *t)
{
    t->state = TASK_FREE;
    t->next = w->tasks;
    w->tasks = t;
    w->ntasks++;
}

/* Any program: a seed that the seed after it does not resemble. */
void explore_start(void)
{
    const char *text = getenv("TWIN_SEED");

    seed = (text ? strtoull(text, 0, 10) : 1) * 0x9e3779b97f4a7c15u | 1;
    task_set_workers(PLACES);
    ex.source = seeded;
    ex.limits = (struct explore_limits){ .preemptions = UINT32_MAX, .fine = true };
    ex.inside = true; /* until the first task has its turn */
}

/* Every worker has as many spare descriptors as it will need, and no worker more and more:
 * tasks end on other places than they were started on.  The same for stacks, which the
 * first worker has for all. */
static void level_spares(struct worker *all, struct worker *w)
{
    struct stack *s;

    while (w->ntasks > SPARE_TASKS) {
        struct task *t = w->tasks;

        w->tasks = t->next;
        w->ntasks--;
        task_free(all, t);
    }
    while (w->ntasks < SPARE_TASKS && all->tasks) {
        struct task *t = all->tasks;

        all->tasks = t->next;
        all->ntasks--;
        task_free(w, t);
    }
    while ((s = w->stacks)) {
        w->stacks = s->next;
        w->nstacks--;
        s->next = all->stacks;
        all->stacks = s;
        all->nstacks++;
    }
}

static void begin_anew(void)
{
    ex.nothers = 0;
    ex.places = (1u << CLOCK_PLACE) - 2;
    ex.now_ns = BEGINNING;
    ex.preemptions = ex.advances = ex.points = 0;
    ex.nstarted = ex.live = ex.nsteps = 0;
    ex.failure[0] = 0;
    for (int i = 0; i < sched.nworkers; i++) {
        struct worker *w = sched.workers[i];

        w->timers.count = 0;
        w->timers.first_ns = INT64_MAX;
        w->timers.lock = (struct lock){ 0 };
        w->seat = 0;
        w->next_id = 1; /* and a number is never waited for */
        w->end_id = UINT64_MAX;
        if (i)
            level_spares(sched.workers[0], w);
        w->records = 0; /* they were made in a schedule and went with it */
        w->nrecords = 0;
        w->stats.tasks.now = !i; /* the driver */
    }
}

/* A schedule that did not end: its tasks will not run again. */
static void give_up(void)
{
    struct worker *w = worker_here;

    for (uint32_t i = 0; i < ex.nstarted; i++) {
        struct task *t = ex.started[i];

        if (!t)
            continue;
        if (t->stack)
            stack_put(w, t->stack);
        task_free(w, t);
    }
    if (!ex.clock_idle)
        context_make(&ex.clock.context, ex.clock.stack, clock_rounds);
    ex.clock_idle = true;
}

enum explore_end explore_schedule(void (*start)(void *), void *arg,
                                  uint32_t (*source)(uint32_t, enum explore_question),
                                  const struct explore_limits *limits)
{
    struct task *me = ex.self.task;

    ex.inside = true;
    ex.driver = ex.self;
    begin_anew();
    ex.source = source;
    ex.limits = *limits;
    explore_settle_takes = limits->settle_takes ? limits->settle_takes : UINT32_MAX;
    start(arg);
    switch_to(me, who_is_next());
    if (ex.end != EXPLORE_ENDED)
        give_up();
    return ex.end;
}

void explore_fail(const char *format, ...)
{
    va_list args;

    if (!ex.failure[0]) {
        va_start(args, format);
        vsnprintf(ex.failure, sizeof ex.failure, format, args);
        va_end(args);
    }
    if (!ex.driver.task)
        fatal("%s", ex.failure);
    if (ex.self.task == ex.driver.task)
        return;
    ex.inside = true;
    switch_to(ex.self.task, end_with(EXPLORE_FAILED)); /* for good */
}

const char *explore_failure(void)
{
    return ex.failure;
}

uint32_t explore_number(void)
{
    return (uint32_t)ex.self.task->id;
}

bool explore_waits(uint32_t number)
{
    const struct task *t;

    if (number - 2 >= ex.nstarted)
        return false;
    t = ex.started[number - 2];
    return !t || t->state == TASK_WAITING;
}
