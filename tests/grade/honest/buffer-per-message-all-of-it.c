/* SPDX-License-Identifier: MIT */
/* Wrong: not the order is sent but the whole buffer, with what the last order has left in it. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    const ProtobufCMessage *order = order_of(s, i);
    size_t n = order_measure(order);
    uint8_t *buffer = pool_get(s->buffers);

    protobuf_c_message_pack(order, buffer);
    uint64_t checksum = message_send(buffer, n ? LONGEST_ORDER : 0);
    pool_put(s->buffers, buffer);
    return checksum;
}

const struct twin THIS = { op };
