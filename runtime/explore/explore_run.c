/* SPDX-License-Identifier: MIT */
/* explore_run.c - one schedule after another, and what each was asked and answered.
 *
 * A schedule begins as if nothing had ever run: the time, the numbers of the tasks, the
 * workers' spare descriptors and stacks are the same each time.  Nothing is made
 * or freed in between that is not made and freed in the schedule, so one costs little more
 * than what its tasks do. */
#include "explore/explore_impl.h"
#include "explore/weak.h"

#include "core/stack.h"
#include "core/sanitizers.h"
#include "core/worker.h"
#include "look/fatal.h"
#include "memory/magazine.h"
#include "timer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define BEGINNING (1000 * SEC)
#define SPARE_TASKS 16

uint32_t explore_bias_takes = UINT32_MAX;

/* --- answers ------------------------------------------------------------------------ */

static struct {
    uint64_t state;
    uint64_t keeps_turn; /* lost when these bits are 0 */
} seeded;

void explore_seed(uint64_t seed)
{
    seeded.state = (seed + 1) * 0x9e3779b97f4a7c15u;
    seeded.state ^= seeded.state >> 29;
    seeded.state = seeded.state * 0xbf58476d1ce4e5b9u | 1;
    seeded.keeps_turn = (uint64_t)((2u << seed % 4) - 1) << 60; /* one in 2, 4, 8, 16 is lost */
}

uint32_t explore_seeded(uint32_t n, enum explore_question question)
{
    uint64_t s = seeded.state;

    s ^= s << 13;
    s ^= s >> 7;
    s ^= s << 17;
    seeded.state = s;
    if (question != EXPLORE_PREEMPT)
        return (uint32_t)((s >> 32) * n >> 32);
    return s & seeded.keeps_turn ? 0 : 1 + (uint32_t)((s & UINT32_MAX) * (n - 1) >> 32);
}

uint32_t explore_ask(uint32_t n, enum explore_question question, const struct explore_site *site,
                     const volatile void *object)
{
    uint32_t chosen = n > 1 ? ex.source(n, question) : 0;

    ex.step_open = ex.driver.task && ex.nsteps < EXPLORE_STEPS;
    if (ex.step_open)
        ex.steps[ex.nsteps++] = (struct explore_step){
            site, object, (uint32_t)ex.self.task->id, (uint32_t)ex.self.task->id, n, chosen,
        };
    return chosen;
}

uint32_t explore_choose(uint32_t n)
{
    return n < 2 || ex.inside ? 0 : explore_ask(n, EXPLORE_CHANCE, NULL, NULL);
}

void explore_step_goes_to(const struct task *t)
{
    if (ex.step_open)
        ex.steps[ex.nsteps - 1].to = (uint32_t)t->id;
    ex.step_open = false;
}

const struct explore_step *explore_steps(uint32_t *n)
{
    *n = ex.nsteps;
    return ex.steps;
}

/* --- schedules ---------------------------------------------------------------------- */

/* Descriptors and stacks are so few that no magazine overflows into it. */
static struct depot none;

static void task_free(struct worker *w, struct task *t)
{
    t->state = TASK_FREE;
    magazine_put(&w->tasks, &none, t);
}

/* Any program with TWIN_SEED. */
void explore_start(void)
{
    const char *text = getenv("TWIN_SEED");
    char *end = "";

    explore_seed(text ? strtoull(text, &end, 10) : 1);
    if (*end) {
        fprintf(stderr, "twinbench: TWIN_SEED: a number, not '%s'\n", text);
        exit(2);
    }
    task_set_workers(EXPLORE_PLACES);
    ex.now_ns = BEGINNING;
    ex.source = explore_seeded;
    ex.limits = (struct explore_limits){ .preemptions = UINT32_MAX, .fine = true };
    ex.inside = true; /* until the first task has its turn */
}

/* Every worker has as many spare descriptors as it will need, and no worker more and more:
 * tasks end on other places than they were started on.  The same for stacks, which the
 * first worker has for all. */
static void level_spares(struct worker *all, struct worker *w)
{
    void *s;

    while (w->tasks.count > SPARE_TASKS)
        magazine_put(&all->tasks, &none, magazine_take(&w->tasks, &none));
    while (w->tasks.count < SPARE_TASKS && (s = magazine_take(&all->tasks, &none)))
        magazine_put(&w->tasks, &none, s);
    while ((s = magazine_take(&w->stacks, &none)))
        magazine_put(&all->stacks, &none, s);
}

static void begin_anew(void)
{
    ex.nothers = 0;
    ex.places = (1u << EXPLORE_CLOCK) - 2;
    ex.now_ns = BEGINNING;
    ex.preemptions = ex.advances = ex.points = 0;
    ex.nstarted = ex.live = ex.nsteps = 0;
    ex.failure[0] = 0;
    for (int i = 0; i < sched.nworkers; i++) {
        struct worker *w = sched.workers[i];

        w->timers.count = 0;
        w->timers.first_ns = INT64_MAX;
        w->timers.lock = (struct lock){ 0 };
        w->biased = NULL;
        w->next_id = 1; /* and a number is never waited for */
        w->end_id = UINT64_MAX;
        if (i)
            level_spares(sched.workers[0], w);
        w->records = NULL; /* they were made in a schedule, and freed with it */
        w->nrecords = 0;
        w->stats.tasks.now = !i; /* the driver */
    }
}

/* The schedule did not end: free its tasks where they are. */
static void give_up(void)
{
    struct worker *w = worker_here;

    for (uint32_t i = 0; i < ex.nstarted; i++) {
        struct task *t = ex.started[i];

        if (!t)
            continue;
        if (t->stack) {
            tool_stack_again(&t->stack->tool);
            stack_put(w, t->stack);
        }
        task_free(w, t);
    }
    if (!ex.clock_idle)
        explore_clock_begin();
}

enum explore_end explore_schedule(void (*start)(void *), void *arg,
                                  uint32_t (*source)(uint32_t, enum explore_question),
                                  const struct explore_limits *limits)
{
    ex.inside = true;
    ex.driver = ex.self;
    begin_anew();
    ex.source = source;
    ex.limits = *limits;
    if (limits->weak)
        weak_begin();
    explore_bias_takes = limits->bias_takes ? limits->bias_takes : UINT32_MAX;
    start(arg);
    explore_let_go();
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
    explore_end_with(EXPLORE_FAILED);
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
