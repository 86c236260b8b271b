/* SPDX-License-Identifier: MIT */
/* Wrong: the Put cannot be forgotten any more, but the buffer is held while the backend is
 * waited for. */
#include "scene.h"
#include "defer.h"

struct held {
    struct pool *pool;
    char *buffer;
};

static void put_back(void *held)
{
    struct held *h = held;

    pool_put(h->pool, h->buffer);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    DEFER_SCOPE;
    struct held held = { s->buffers, pool_get(s->buffers) };

    defer(put_back, &held);
    uint64_t reply = backend_ask(i);
    return answer_write(held.buffer, reply);
}

const struct twin THIS = { op };
