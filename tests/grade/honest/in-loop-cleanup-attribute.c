/* SPDX-License-Identifier: MIT */
/* Right: the compiler closes the file where the turn's braces end; there is no record. */
#include "scene.h"

static void close_it(struct file **f)
{
    file_close(*f);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->files; k++) {
        __attribute__((cleanup(close_it))) struct file *f = file_open(i + k);
        sum += file_read(f);
    }
    return sum;
}

const struct twin THIS = { op };
