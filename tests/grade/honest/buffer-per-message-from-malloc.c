/* SPDX-License-Identifier: MIT */
/* Right: a block of the order's size from malloc, which has such blocks at hand; the collector
 * does not hear of it. */
#include "scene.h"
#include <stdlib.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    const ProtobufCMessage *order = order_of(s, i);
    size_t n = order_measure(order);
    uint8_t *buffer = malloc(n);

    if (!buffer)
        panic("no memory for an order of %zu bytes", n);
    protobuf_c_message_pack(order, buffer);
    uint64_t checksum = message_send(buffer, n);
    free(buffer);
    return checksum;
}

const struct twin THIS = { op };
