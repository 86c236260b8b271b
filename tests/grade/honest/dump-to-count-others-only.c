/* SPDX-License-Identifier: MIT */
/* Right: the sample counts the other tasks, without itself. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    const uint64_t others = task_count() - 1;

    return alarm_rings(s, i, others);
}

const struct twin THIS = { op };
