/* SPDX-License-Identifier: MIT */
/* The seat that is left is given out without a wait. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct theatre t;

    theatre_open(&t, s);
    seat_change(&t, i % 3);
    seat_give(&t, (i + 1) % 3);
    return seat_take(&t);
}

const struct twin THIS = { op };
