/* SPDX-License-Identifier: MIT */
/* Right: a function that calls itself for each half of the files; of one file it closes what it
 * opened. */
#include "scene.h"

static uint64_t read_all(uint64_t first, uint64_t n)
{
    if (n == 0)
        return 0;
    if (n > 1)
        return read_all(first, n / 2) + read_all(first + n / 2, n - n / 2);
    DEFER_SCOPE;
    struct file *f = file_open(first);
    defer(file_close, f);
    return file_read(f);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    return read_all(i, s->files);
}

const struct twin THIS = { op };
