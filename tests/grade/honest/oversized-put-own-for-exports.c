/* SPDX-License-Identifier: MIT */
/* Right: an export has a buffer of its own, which never sees the pool. */
#include "scene.h"

static bool is_export(uint64_t i)
{
    return i % 256 == 7;
}

static uint64_t write_export(struct scene *s, uint64_t i)
{
    struct buffer b = { .scene = s };
    uint64_t checksum = answer_write(&b, i);

    free(b.bytes);
    __atomic_sub_fetch(&s->buffer_bytes, b.room, __ATOMIC_RELAXED);
    return checksum;
}

static uint64_t write_usual(struct scene *s, uint64_t i)
{
    struct buffer *b = pool_get(s->buffers);
    uint64_t checksum = answer_write(b, i);

    pool_put(s->buffers, b);
    return checksum;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t checksum = is_export(i) ? write_export(s, i) : write_usual(s, i);

    others_work(i);
    return checksum;
}

const struct twin THIS = { op };
