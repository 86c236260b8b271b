/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    s->updates = p->size;
}

const struct tip THIS = {
    .title = "A registered unlock on the hot path",
    .folklore = "defer is slow: never write lock, defer unlock in a function that is called a million times a second.",
    .rule = "Where a lock is held for a few instructions that cannot fail or return early, unlock by hand. Everywhere else "
            "register the unlock: the price is nanoseconds, and a forgotten unlock is for ever.",
    .go_line = "func (c *counter) add(v int) { c.mu.Lock(); defer c.mu.Unlock(); c.total += v }",
    .when_not = "In Go since 1.14, nearly always: there the deferred unlock of a function without loops is written out at its "
                "end and costs about a nanosecond. And wherever something between lock and unlock may panic or return early "
                "(see lost-unlock).",
    .aged = "True with force up to Go 1.12, when each defer took a record from a pool (about 35 ns); half as true in 1.13, with "
            "the record in the frame; history since 1.14, when the call is written out at every return. What the bad "
            "twin does here is the record on the heap, the oldest of the three.",
    .dial = SIZE,
    .points = { 16, 64, 256, 1024 },
    .dial_unit = "updates per request",
    .defaults = { .ops = 64, .size = 64 },
    .claims = {
        { .column = "cleanups", .bad = GROWS, .good = FLAT,
          .why = "a record for each update, against none" },
        { .column = "time", .bad = SLOWER,
          .why = "the record costs as much as the lock" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
