/* SPDX-License-Identifier: MIT */
/* An answer is written into a buffer from a pool, which grows as it must.  Answers have
 * 4 KiB; one in 256, somebody's export of everything, has SIZE KiB.  Meanwhile
 * collections go by: what is in the pool and not asked for is dropped. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>
#include <string.h>

#include "pattern.h"
#include "pool.h"
#include "task.h"

enum { USUAL_BYTES = 4 << 10, WORTH_KEEPING = 64 << 10 };

struct scene {
    uint64_t export_bytes; /* of the one answer in 256 */
    uint64_t buffer_bytes; /* atomic: of all buffers, in use or idle */
    struct pool *buffers;
};

struct buffer {
    struct scene *scene;
    size_t room;
    char *bytes;
};

static inline void buffer_grow(struct buffer *b, size_t room)
{
    b->bytes = realloc(b->bytes, room);
    if (!b->bytes)
        panic("buffer_grow: out of memory for %zu bytes", room);
    __atomic_add_fetch(&b->scene->buffer_bytes, room - b->room, __ATOMIC_RELAXED);
    b->room = room;
}

static inline void buffer_free(void *buffer)
{
    struct buffer *b = buffer;

    __atomic_sub_fetch(&b->scene->buffer_bytes, b->room, __ATOMIC_RELAXED);
    free(b->bytes);
    free(b);
}

/* Write answer i; what a checksum of it is. */
static inline uint64_t answer_write(struct buffer *b, uint64_t i)
{
    size_t bytes = i % 256 == 7 ? b->scene->export_bytes : USUAL_BYTES;

    if (b->room < bytes)
        buffer_grow(b, bytes);
    memset(b->bytes, (int)(i % 251), bytes);
    return bytes * (unsigned char)b->bytes[bytes - 1];
}

/* The rest of the service makes garbage, too. */
static inline void others_work(uint64_t i)
{
    if (i % 8 == 0)
        pool_collect();
}

#endif
