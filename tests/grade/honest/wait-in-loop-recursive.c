/* SPDX-License-Identifier: MIT */
/* Right: each validator is started by a function that calls itself for the
 * others first. */
#include "scene.h"

static inline void start(struct check *c, uint64_t n)
{
    if (n == 0)
        return;
    start(c, n - 1);
    wg_add(&c->running, 1);
    go(validate, check_by(c, n - 1));
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct check c = { .document = i, .validators = { [VALIDATORS - 1] = { 0 } } };

    (void)s;
    start(&c, VALIDATORS);
    wg_wait(&c.running);
    return check_passed(&c);
}

const struct twin THIS = { op };
