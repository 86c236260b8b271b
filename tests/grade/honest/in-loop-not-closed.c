/* SPDX-License-Identifier: MIT */
/* Wrong: no cleanup is pending any more, because no file is closed any more. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->files; k++) {
        struct file *f = file_open(i + k);
        sum += file_read(f);
    }
    return sum;
}

const struct twin THIS = { op };
