/* SPDX-License-Identifier: MIT */
/* Wrong: one file variable for the loop, closed behind it: of all the files the last is
 * closed. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;
    struct file *f = NULL;

    for (uint64_t k = 0; k < s->files; k++) {
        f = file_open(i + k);
        sum += file_read(f);
    }
    file_close(f);
    return sum;
}

const struct twin THIS = { op };
