/* SPDX-License-Identifier: MIT */
/* Wrong: an atomic load and an atomic store, between which another adds. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    for (uint64_t k = 0; k < s->chunks; k++) {
        uint64_t so_far = __atomic_load_n(&s->sent, __ATOMIC_RELAXED);
        __atomic_store_n(&s->sent, so_far + chunk_send(i, k), __ATOMIC_RELAXED);
    }
    return i;
}

const struct twin THIS = { op };
