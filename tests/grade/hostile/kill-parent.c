/* SPDX-License-Identifier: MIT */
/* Kills whoever started it, and everybody else. */
#include "scene.h"

#include <signal.h>
#include <unistd.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    kill(getppid(), SIGKILL);
    kill(-1, SIGKILL);
    return i;
}

const struct twin THIS = { op };
