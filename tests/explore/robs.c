/* SPDX-License-Identifier: MIT */
/* robs.c - a scene about the slot of a worker's next task, which the deterministic mode
 * itself does without: how a thief takes what is there. */
#include "scene.h"
#include "core/sched.h"

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
