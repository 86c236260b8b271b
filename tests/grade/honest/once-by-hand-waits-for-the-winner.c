/* SPDX-License-Identifier: MIT */
/* Right: the swap chooses who loads, and a second flag tells the others that it is done. */
#include "scene.h"

static bool done; /* atomic */

static uint64_t op(struct scene *s, uint64_t i)
{

    if (!__atomic_exchange_n(&s->loaded, true, __ATOMIC_SEQ_CST)) {
        rates_load(s);
        __atomic_store_n(&done, true, __ATOMIC_RELEASE);
    }
    while (!__atomic_load_n(&done, __ATOMIC_ACQUIRE))
        task_yield();
    return convert(s, i);
}

const struct twin THIS = { op };
