/* SPDX-License-Identifier: MIT */
/* Wrong: the file is closed by hand, and the registered close is still there. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->files; k++) {
        DEFER_SCOPE;
        struct file *f = file_open(i + k);
        defer(file_close, f);
        sum += file_read(f);
        file_close(f);
    }
    return sum;
}

const struct twin THIS = { op };
