/* SPDX-License-Identifier: MIT */
/* Mounts the disk once more. */
#include "scene.h"
#include <sys/mount.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    mount("/dev/vda", "/tmp", "ext4", 0, NULL);
    return i;
}

const struct twin THIS = { op };
