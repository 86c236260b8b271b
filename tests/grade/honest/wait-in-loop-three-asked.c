/* SPDX-License-Identifier: MIT */
/* Wrong: the last validator is never started. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct check c = { .document = i };

    (void)s;
    wg_add(&c.running, VALIDATORS - 1);
    for (uint64_t k = 0; k < VALIDATORS - 1; k++)
        go(validate, check_by(&c, k));
    wg_wait(&c.running);
    return check_passed(&c);
}

const struct twin THIS = { op };
