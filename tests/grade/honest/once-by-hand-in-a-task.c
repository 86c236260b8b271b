/* SPDX-License-Identifier: MIT */
/* Wrong: the loading is a task, and nobody waits for it. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{

    if (!__atomic_exchange_n(&s->loaded, true, __ATOMIC_SEQ_CST))
        go(rates_load, s);
    return convert(s, i);
}

const struct twin THIS = { op };
