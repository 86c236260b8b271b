/* SPDX-License-Identifier: MIT */
/* Wrong: who does not look is never wrong, and no job is done. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    request_read(s, i);
    return i;
}

const struct twin THIS = { op };
