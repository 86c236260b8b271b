/* SPDX-License-Identifier: MIT */
/* Right: a map with one key is a variable, and the collector sees what it holds. */
#include "scene.h"

static struct prices *kept;

static uint64_t op(struct scene *s, uint64_t i)
{
    others_work(s);
    struct prices *list = __atomic_load_n(&kept, __ATOMIC_ACQUIRE);

    if (!list) {
        list = prices_load(s);
        __atomic_store_n(&kept, list, __ATOMIC_RELEASE);
    }
    return price_of(list, i);
}

const struct twin THIS = { op };
