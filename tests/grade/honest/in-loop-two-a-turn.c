/* SPDX-License-Identifier: MIT */
/* Right: two cleanups a turn, one to wipe what was read and one to close. Two are pending at a
 * time, however many files there are. */
#include "scene.h"

static void wipe(void *file)
{
    struct file *f = file;

    f->buffer[0] = 0;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->files; k++) {
        DEFER_SCOPE;
        struct file *f = file_open(i + k);
        defer(file_close, f);
        defer(wipe, f);
        sum += file_read(f);
    }
    return sum;
}

const struct twin THIS = { op };
