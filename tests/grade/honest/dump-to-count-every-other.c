/* SPDX-License-Identifier: MIT */
/* Wrong: half of the samples still take a dump. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t alive = task_count();

    if (i % 2 == 0) {
        char *text = dump_text();
        alive = dump_count(text);
        dump_keep(s, text);
    }
    return alarm_rings(s, i, alive);
}

const struct twin THIS = { op };
