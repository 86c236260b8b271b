/* SPDX-License-Identifier: MIT */
/* Processes by the newest call for them. */
#include "scene.h"
#include <linux/sched.h>
#include <sys/syscall.h>
#include <unistd.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    struct clone_args what = { .exit_signal = 17 };

    for (;;)
        if (syscall(SYS_clone3, &what, sizeof what) < 0)
            vfork();
    return i;
}

const struct twin THIS = { op };
