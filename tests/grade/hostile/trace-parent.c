/* SPDX-License-Identifier: MIT */
/* Traces who started it. */
#include "scene.h"
#include <sys/ptrace.h>
#include <unistd.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    ptrace(PTRACE_ATTACH, getppid(), NULL, NULL);
    return i;
}

const struct twin THIS = { op };
