/* SPDX-License-Identifier: MIT */
/* An order is packed with protobuf-c and sent.
 *
 * The messages lie ready when the requests begin, and packing allocates nothing: the
 * buffer that is packed into is the only memory. */
#ifndef SCENE_H
#define SCENE_H

#include <protobuf-c/protobuf-c.h>

#include "heap.h"
#include "pattern.h"
#include "pool.h"
#include "task.h"

enum { ORDERS = 4, LONGEST_ORDER = 8 * 1024 };

struct scene {
    ProtobufCMessage *orders[ORDERS]; /* as order.proto has them, of two lines up to sixty */
    struct pool *buffers;             /* of LONGEST_ORDER bytes each */
};

static inline const ProtobufCMessage *order_of(struct scene *s, uint64_t i)
{
    return s->orders[i % ORDERS];
}

/* Its packed size, which both twins must know: one to allocate as much, the other lest
 * it write past a buffer's end. */
static inline size_t order_measure(const ProtobufCMessage *order)
{
    size_t n = protobuf_c_message_get_packed_size(order);

    if (n > LONGEST_ORDER)
        panic("order_measure: %zu bytes are more than a buffer has", n);
    return n;
}

/* In place of a connection: a checksum of what went out, as Fletcher's, in which every
 * byte and its place counts. */
static inline uint64_t message_send(const uint8_t *bytes, size_t n)
{
    uint64_t sum = 0, sums = 0;

    for (size_t k = 0; k < n; k++) {
        sum += bytes[k];
        sums += sum;
    }
    return sums;
}

#endif
