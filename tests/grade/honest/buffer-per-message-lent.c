/* SPDX-License-Identifier: MIT */
/* Right: the buffer goes back to the pool where the braces end, by a cleanup attribute. */
#include "scene.h"

struct lent {
    struct pool *pool;
    void *buffer;
};

static void give_back(struct lent *l)
{
    pool_put(l->pool, l->buffer);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    const ProtobufCMessage *order = order_of(s, i);
    size_t n = order_measure(order);
    __attribute__((cleanup(give_back))) struct lent l = { s->buffers, pool_get(s->buffers) };

    protobuf_c_message_pack(order, l.buffer);
    uint64_t checksum = message_send(l.buffer, n);
    return checksum;
}

const struct twin THIS = { op };
