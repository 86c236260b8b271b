/* SPDX-License-Identifier: MIT */
/* abba.c - two tasks take two mutexes, each in its own order.  A program like anybody's: it knows
 * nothing of seeds.  Whether it deadlocks depends on who loses a turn between two locks. */
#include "sync.h"

static struct mutex a, b;
static struct waitgroup both;

static void a_then_b(void *unused)
{
    (void)unused;
    mutex_lock(&a);
    mutex_lock(&b);
    mutex_unlock(&b);
    mutex_unlock(&a);
    wg_done(&both);
}

static void b_then_a(void *unused)
{
    (void)unused;
    mutex_lock(&b);
    mutex_lock(&a);
    mutex_unlock(&a);
    mutex_unlock(&b);
    wg_done(&both);
}

static void run(void *unused)
{
    (void)unused;
    wg_add(&both, 2);
    go(a_then_b, NULL);
    go(b_then_a, NULL);
    wg_wait(&both);
}

int main(void)
{
    return task_main(run, NULL);
}
