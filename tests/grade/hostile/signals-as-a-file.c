/* SPDX-License-Identifier: MIT */
/* Takes the signals of who started it. */
#include "scene.h"
#include <signal.h>
#include <sys/signalfd.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    sigset_t all;

    sigfillset(&all);
    signalfd(-1, &all, 0);
    return i;
}

const struct twin THIS = { op };
