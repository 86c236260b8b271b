/* SPDX-License-Identifier: MIT */
/* steals.c - a scene about the slot of a worker's next task, which the scheduler of the
 * deterministic mode itself does not have: how a thief steals from it. */
#include "scene.h"

#include "core/worker.h"

static void look_again(void)
{
    explore_spin();
}

#define cpu_relax look_again
#include "core/next_slot.h"

#include <string.h>

enum { ITEMS = 3 };

static struct worker owner;
static struct task items[ITEMS];
static int made[ITEMS], found[ITEMS];

static void note(const struct task *t)
{
    if (!t)
        return;
    must_see(&made[t - items]);
    MUST_BE(++found[t - items], 1);
}

static void put(struct task *t)
{
    publish(&made[t - items]);
    note(next_put(&owner, t));
}

/* Each put may push another task out. */
static void own(void *unused)
{
    (void)unused;
    put(&items[0]);
    put(&items[1]);
    note(next_take(&owner));
    put(&items[2]);
    note(next_take(&owner));
}

static void steal(void *unused)
{
    (void)unused;
    note(next_steal(&owner));
    note(next_steal(&owner));
}

static void steal_start(void)
{
    memset(&owner, 0, sizeof owner);
    memset(made, 0, sizeof made);
    memset(found, 0, sizeof found);
    go(own, NULL);
    go(steal, NULL);
}

/* The owner may have left one in the slot, when it found the thief there. */
static void steal_check(void)
{
    note(owner.next);
    for (int i = 0; i < ITEMS; i++)
        MUST_BE(found[i], 1);
}

const struct scene steal_scenes[] = {
    { "scheduler: a worker and a thief take what is next once", steal_start, steal_check, 5,
      .fine = true },
    { "scheduler: a thief sees what the task is that it takes", steal_start, steal_check, 2,
      .fine = true, .weak = true },
    { 0 },
};
