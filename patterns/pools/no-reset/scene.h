/* SPDX-License-Identifier: MIT */
/* An order is decoded into an object from a pool.  A message holds only the fields
 * that its sender has set, so decoding leaves the others as they are; a new order
 * has none set.  One message in eight brings a coupon. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>

#include "pattern.h"
#include "pool.h"

struct scene {
    struct pool *orders;
};

struct order {
    uint64_t cents;
    uint64_t coupon_cents; /* optional; 0: none */
};

/* As a decoder does: set what is in the message, and nothing else. */
static inline void order_decode(struct order *o, uint64_t i)
{
    o->cents = 1000 + i % 900;
    if (i % 8 == 0)
        o->coupon_cents = 500;
}

static inline uint64_t order_price(const struct order *o)
{
    return o->cents - o->coupon_cents;
}

#endif
