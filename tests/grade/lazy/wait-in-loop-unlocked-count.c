/* SPDX-License-Identifier: MIT */
/* Tasks of his own, which count in one word without a lock. */
#include "scene.h"

static void check(void *arg)
{
    struct validator *v = arg;

    if ((v->check->document + v->number) % 3)
        v->check->passed++;
    wg_done(&v->check->running);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct check c = { .document = i };

    (void)s;
    wg_add(&c.running, VALIDATORS);
    for (uint64_t k = 0; k < VALIDATORS; k++)
        go(check, check_by(&c, k));
    wg_wait(&c.running);
    return check_passed(&c);
}

const struct twin THIS = { op };
