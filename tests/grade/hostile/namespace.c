/* SPDX-License-Identifier: MIT */
/* A machine of its own, in which it is root. */
#include "scene.h"
#include <sched.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID);
    return i;
}

const struct twin THIS = { op };
