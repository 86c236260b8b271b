/* SPDX-License-Identifier: MIT */
/* Right: three readings of the count, of which the highest is taken. */
#include "scene.h"

static uint64_t highest(int readings)
{
    uint64_t most = 0;

    while (readings-- > 0) {
        uint64_t now = task_count();
        if (now > most)
            most = now;
    }
    return most;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    return alarm_rings(s, i, highest(3));
}

const struct twin THIS = { op };
