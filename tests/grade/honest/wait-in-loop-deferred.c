/* SPDX-License-Identifier: MIT */
/* Right: a cleanup of a scope around the loop waits. */
#include "defer.h"
#include "scene.h"

static void wait_for_all(void *arg)
{
    wg_wait(arg);
}

static void run(struct check *c)
{
    DEFER_SCOPE;
    defer(wait_for_all, &c->running);
    wg_add(&c->running, VALIDATORS);
    for (uint64_t k = 0; k < VALIDATORS; k++)
        go(validate, check_by(c, k));
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct check c = { .document = i };

    (void)s;
    run(&c);
    return check_passed(&c);
}

const struct twin THIS = { op };
