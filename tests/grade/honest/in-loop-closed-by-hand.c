/* SPDX-License-Identifier: MIT */
/* Right: nothing between open and close can fail, so the file is closed by a plain call. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->files; k++) {
        struct file *f = file_open(i + k);
        sum += file_read(f);
        file_close(f);
    }
    return sum;
}

const struct twin THIS = { op };
