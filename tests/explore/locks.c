/* SPDX-License-Identifier: MIT */
/* locks.c - scenes about what the runtime itself is made of: its short locks, biased and
 * not, and the queue that its owner fills and others steal from. */
#include "scene.h"

#include "core/deque.h"
#include "core/lock_impl.h"

#include <string.h>

/* --- lock_impl.h ------------------------------------------------------------------------- */

static struct lock lock;
static int inside, entered;

static void take_often(void *times)
{
    for (int i = 0; i < *(int *)times; i++) {
        lock_take(&lock);
        MUST_BE(__atomic_add_fetch(&inside, 1, __ATOMIC_RELAXED), 1);
        __atomic_sub_fetch(&inside, 1, __ATOMIC_RELAXED);
        add_one(&entered);
        lock_give(&lock);
    }
}

static void lock_start(void)
{
    static int three = 3, two = 2;

    memset(&lock, 0, sizeof lock);
    inside = entered = 0;
    go(take_often, &three);
    go(take_often, &two);
}

static void lock_check(void)
{
    MUST_BE(entered, 5);
    MUST_BE(lock.word, 0);
    saw(lock.revocations ? 1 : 2);
}

/* --- deque.h ------------------------------------------------------------------------ */

enum { ITEMS = 3 };

static struct deque q;
static struct task items[ITEMS];
static int made[ITEMS], taken[ITEMS];
static union {
    struct slots slots;
    char room[sizeof(struct slots) + 4 * sizeof(struct task *)];
} slots;

static void push(struct task *t)
{
    publish(&made[t - items]);
    deque_push(&q, t);
}

static void note(const struct task *t)
{
    if (!t)
        return;
    must_see(&made[t - items]);
    MUST_BE(++taken[t - items], 1);
}

/* Push two, take one, push one, take all that the thieves have left. */
static void own(void *unused)
{
    (void)unused;
    push(&items[0]);
    push(&items[1]);
    note(deque_take_newest(&q, false));
    push(&items[2]);
    note(deque_take_newest(&q, false));
    note(deque_take_newest(&q, false));
    note(deque_take_oldest(&q, false));
}

static void steal(void *unused)
{
    (void)unused;
    note(deque_take_oldest(&q, false));
    note(deque_take_oldest(&q, false));
}

static void deque_start(int thieves, uint64_t room)
{
    memset(&q, 0, sizeof q);
    memset(made, 0, sizeof made);
    memset(taken, 0, sizeof taken);
    slots.slots.mask = room - 1;
    q.slots = &slots.slots;
    go(own, NULL);
    while (thieves--)
        go(steal, NULL);
}

static void one_thief_start(void)
{
    deque_start(1, 4);
}

static void two_thieves_start(void)
{
    deque_start(2, 4);
}

/* The second item finds no room. */
static void grow_start(void)
{
    deque_start(1, 1);
}

static void deque_check(void)
{
    for (int i = 0; i < ITEMS; i++)
        MUST_BE(taken[i], 1);
    saw(q.slots == &slots.slots ? 2 : 1);
}

static void grow_check(void)
{
    deque_check();
    if (q.slots != &slots.slots)
        free(q.slots);
}

const struct scene lock_scenes[] = {
    { "lock: biased or not, one worker holds it", lock_start, lock_check, 4, .fine = true,
      .bias_takes = 1, .must_see = 3 },
    { "lock: what is done under it is seen by the next", lock_start, lock_check, 3, .fine = true,
      .weak = true, .bias_takes = 1 },
    { "deque: owner and thief take each item once", one_thief_start, deque_check, 5, .fine = true },
    { "deque: owner and two thieves take each item once", two_thieves_start, deque_check, 3,
      .fine = true },
    { "deque: a thief takes each item once and sees what it is", one_thief_start, deque_check, 2,
      .fine = true, .weak = true },
    { "deque: a thief sees the items of one that grew", grow_start, grow_check, 2, .fine = true,
      .weak = true, .must_see = 1 },
    { 0 },
};
