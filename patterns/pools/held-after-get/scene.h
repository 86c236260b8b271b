/* SPDX-License-Identifier: MIT */
/* A request asks a backend, waits for what it says, and writes that into a buffer from
 * a pool.  The wait is long, the writing is short. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>
#include <string.h>

#include "pattern.h"
#include "pool.h"
#include "task.h"

enum { BUFFER_BYTES = 8 << 10 };

struct scene {
    struct pool *buffers; /* of BUFFER_BYTES each */
};

/* Waits until everybody else who can run has had a turn. */
static inline uint64_t backend_ask(uint64_t i)
{
    task_yield();
    return i * 31 % 1009;
}

/* Does not wait. */
static inline uint64_t answer_write(char *buffer, uint64_t reply)
{
    memset(buffer, (int)(reply % 251), BUFFER_BYTES);
    return reply + (unsigned char)buffer[BUFFER_BYTES - 1];
}

#endif
