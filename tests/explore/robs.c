/* SPDX-License-Identifier: MIT */
/* robs.c - a scene about a part of sched.c, which the deterministic mode replaces: how a
 * thief takes the task that a worker would run next.
 *
 * The parts are static, so the file itself is included.  What it defines for others gets
 * another name here and stands beside what the mode has in its place. */
#define sched left_sched
#define worker_here left_worker_here
#define worker_rouse left_worker_rouse
#define worker_wake_one left_worker_wake_one
#define worker_loop left_worker_loop
#define leave_for_good left_leave_for_good
#define park left_park
#define park_leave left_park_leave
#define park_deadline left_park_deadline
#define park_until left_park_until
#define ready left_ready
#define ready_fresh left_ready_fresh
#define task_yield left_task_yield
#include "scene.h"
#include "sched.h"

static void look_again(void)
{
    explore_spin();
}

#define cpu_relax look_again
#include "sched.c"

#include <string.h>

enum { ITEMS = 3 };

static struct worker owner;
static struct task items[ITEMS];
static int found[ITEMS];

static void note(const struct task *t)
{
    if (t)
        MUST_BE(++found[t - items], 1);
}

/* Each that is put may push another one out. */
static void own(void *unused)
{
    (void)unused;
    note(next_put(&owner, &items[0]));
    note(next_put(&owner, &items[1]));
    note(next_take(&owner));
    note(next_put(&owner, &items[2]));
    note(next_take(&owner));
}

static void rob(void *unused)
{
    (void)unused;
    note(next_rob(&owner));
    note(next_rob(&owner));
}

static void rob_start(void)
{
    memset(&owner, 0, sizeof owner);
    memset(found, 0, sizeof found);
    go(own, 0);
    go(rob, 0);
}

/* Kept off, the owner may have left one where it is. */
static void rob_check(void)
{
    note(owner.next);
    for (int i = 0; i < ITEMS; i++)
        MUST_BE(found[i], 1);
}

const struct scene rob_scenes[] = {
    { "scheduler: a worker and a thief take what is next once", rob_start, rob_check, 5,
      .fine = true },
    { 0 },
};
