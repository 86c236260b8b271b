/* SPDX-License-Identifier: MIT */
/* audit.c - what is alive, counted a second way.
 *
 * The counters of stats.h are kept where things begin and end.  Here the things themselves are
 * walked: tasks, pending timers, pending cleanups, the records that were made for cleanups.  The
 * two agree unless a counter was written to by somebody whose business it is not, or the runtime
 * has a bug. It is for one worker that runs nobody else meanwhile: then both are exact. */
#include "core/task_slab.h"
#include "core/timer_heap.h"
#include "core/worker.h"
#include "defer.h"
#include "stats.h"

#include <inttypes.h>
#include <stdio.h>

static int64_t tasks_walked(void)
{
    int64_t n = 0;

    EACH_TASK(t)
    n++;
    return n;
}

static int64_t timers_walked(void)
{
    int64_t n = 0;

    for (int i = 0; i < sched.nworkers; i++) {
        const struct timer_heap *h = &sched.workers[i]->timers;
        for (uint32_t k = 0; k < h->count; k++)
            n += h->timers[k]->ops != &timer_wake; /* a waiting task is a task */
    }
    return n;
}

static int64_t cleanups_walked(void)
{
    int64_t n = 0;

    EACH_TASK(t)
    for (const struct scope *s = t->scope; s; s = s->outer)
        for (const struct cleanup *c = s->newest; c; c = c->older)
            n++;
    return n;
}

/* Records that are free for another use: at least so many were in use at the same time. */
static int64_t records_walked(void)
{
    int64_t n = 0;

    for (int i = 0; i < sched.nworkers; i++)
        for (const struct cleanup *c = sched.workers[i]->records; c; c = c->older)
            n++;
    return n;
}

static bool agree(const char *what, int64_t told, int64_t walked, char why[AUDIT_WHY])
{
    if (told == walked)
        return true;
    snprintf(why, AUDIT_WHY, "%s: %" PRId64 " by their counter, %" PRId64 " by walking them", what,
             told, walked);
    return false;
}

static int64_t records_before;

void audit_begin(void)
{
    records_before = records_walked();
}

bool audit_end(char why[AUDIT_WHY])
{
    struct stats s = stats_read();
    int64_t records = records_walked(), most = s.cleanups.deepest * s.tasks.peak;

    if (!agree("tasks", s.tasks.now, tasks_walked(), why) ||
        !agree("timers", s.timers.now, timers_walked(), why) ||
        !agree("cleanups", s.cleanups.now, cleanups_walked(), why))
        return false;
    if (records > records_before && records > most) {
        snprintf(why, AUDIT_WHY,
                 "cleanups: at most %" PRId64 " at a time by their counters, but %" PRId64
                 " records were made for them",
                 most, records);
        return false;
    }
    return true;
}
