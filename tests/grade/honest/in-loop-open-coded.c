/* SPDX-License-Identifier: MIT */
/* Right: an open-coded cleanup is a scope of its own, and ends with the turn. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->files; k++) {
        struct file *f = file_open(i + k);
        defer_open(file_close, f);
        sum += file_read(f);
    }
    return sum;
}

const struct twin THIS = { op };
