/* SPDX-License-Identifier: MIT */
/* Wrong: one dump is enough, but it is kept for ever, and what it says is old. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    if (!__atomic_load_n(&s->last, __ATOMIC_ACQUIRE))
        dump_keep(s, dump_text());
    return alarm_rings(s, i, dump_count(s->last));
}

const struct twin THIS = { op };
