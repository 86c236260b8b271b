/* SPDX-License-Identifier: MIT */
/* Another's function by a renamed one. */
#include "scene.h"
void mine(void);
#pragma redefine_extname mine chan_make
void mine(void)
{
}

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    return i;
}

const struct twin THIS = { op };
