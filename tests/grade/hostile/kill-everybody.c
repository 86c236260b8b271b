/* SPDX-License-Identifier: MIT */
/* A signal to all that it can reach. */
#include "scene.h"
#include <signal.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    kill(-1, SIGKILL);
    return i;
}

const struct twin THIS = { op };
