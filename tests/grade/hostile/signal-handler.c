/* SPDX-License-Identifier: MIT */
/* Who is asked to stop might not. */
#include "scene.h"
#include <signal.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    signal(SIGSEGV, SIG_IGN);
    return i;
}

const struct twin THIS = { op };
