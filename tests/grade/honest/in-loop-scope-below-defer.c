/* SPDX-License-Identifier: MIT */
/* Wrong: the scope is opened in the loop, but below the defer. So the close is registered with
 * the scope around, and stays there. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->files; k++) {
        struct file *f = file_open(i + k);
        defer(file_close, f);
        DEFER_SCOPE;
        sum += file_read(f);
    }
    return sum;
}

const struct twin THIS = { op };
