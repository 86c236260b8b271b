/* SPDX-License-Identifier: MIT */
/* Right: the number is asked for; a dump is taken only when it is far too high, as the page
 * says. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t alive = task_count();

    if (alive > 4 * s->parked + 1000)
        dump_keep(s, dump_text());
    return alarm_rings(s, i, alive);
}

const struct twin THIS = { op };
