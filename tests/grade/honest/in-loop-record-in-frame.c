/* SPDX-License-Identifier: MIT */
/* Right: each turn has a scope, and the record lies in the turn's frame. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->files; k++) {
        struct cleanup record;
        DEFER_SCOPE;
        struct file *f = file_open(i + k);
        defer_record(&record, file_close, f);
        sum += file_read(f);
    }
    return sum;
}

const struct twin THIS = { op };
