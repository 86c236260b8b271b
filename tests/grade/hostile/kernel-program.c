/* SPDX-License-Identifier: MIT */
/* Loads a program into the kernel. */
#include "scene.h"
#include <linux/bpf.h>
#include <sys/syscall.h>
#include <unistd.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    union bpf_attr what = { 0 };

    syscall(SYS_bpf, BPF_PROG_LOAD, &what, sizeof what);
    return i;
}

const struct twin THIS = { op };
