/* SPDX-License-Identifier: MIT */
/* Wrong: each worker counts for itself, and nobody adds them up. */
#include "scene.h"

static __thread uint64_t sent;

static uint64_t op(struct scene *s, uint64_t i)
{
    for (uint64_t k = 0; k < s->chunks; k++)
        sent += chunk_send(i, k);
    return i;
}

const struct twin THIS = { op };
