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
#include "core/next.h"

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

/* Each put may push another task out. */
static void own(void *unused)
{
    (void)unused;
    note(next_put(&owner, &items[0]));
    note(next_put(&owner, &items[1]));
    note(next_take(&owner));
    note(next_put(&owner, &items[2]));
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
    { 0 },
};
