/* SPDX-License-Identifier: MIT */
/* Right: the body of the loop is a function, and its scope ends when it returns. */
#include "scene.h"

static uint64_t read_one(uint64_t number)
{
    DEFER_SCOPE;
    struct file *f = file_open(number);

    defer(file_close, f);
    return file_read(f);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->files; k++)
        sum += read_one(i + k);
    return sum;
}

const struct twin THIS = { op };
