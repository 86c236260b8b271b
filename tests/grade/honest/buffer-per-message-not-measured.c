/* SPDX-License-Identifier: MIT */
/* Wrong: the order is not measured, so an order that is too long would be packed past the
 * buffer's end. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint8_t *buffer = pool_get(s->buffers);
    size_t n = protobuf_c_message_pack(order_of(s, i), buffer);

    uint64_t checksum = message_send(buffer, n);
    pool_put(s->buffers, buffer);
    return checksum;
}

const struct twin THIS = { op };
