/* SPDX-License-Identifier: MIT */
/* Wrong: the buffer is put back and freed as well; the next order is packed into freed memory. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    const ProtobufCMessage *order = order_of(s, i);
    size_t n = order_measure(order);
    uint8_t *buffer = pool_get(s->buffers);

    protobuf_c_message_pack(order, buffer);
    uint64_t checksum = message_send(buffer, n);
    pool_put(s->buffers, buffer);
    heap_free(buffer);
    return checksum;
}

const struct twin THIS = { op };
