/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    s->transactions = p->size;
}

const struct tip THIS = {
    .title = "A cleanup registered always, needed hardly ever",
    .folklore = "Register the rollback right after begin; if all went well it finds nothing to do.",
    .rule = "Where there is one way to fail, undo it there: if (err) clean up. With several ways, a ladder of labels "
            "(or one registered cleanup) keeps them in one place, and that is worth more than nanoseconds.",
    .go_line = "defer func() { if !committed { tx.Rollback() } }() // on every success, too",
    .when_not = "When what lies between can panic, or has many ways out: then the registered cleanup is the one that is never "
                "forgotten. When the transaction goes to a database: a millisecond makes the record invisible.",
    .aged = "Up to Go 1.12 the price was a record from a pool for each call; 1.13 moved the record into the frame, and 1.14 made the "
            "call part of the function's end. What is left there is a bit and a test.",
    .dial = SIZE,
    .points = { 16, 64, 256, 1024 },
    .dial_unit = "transactions per request, one of a thousand of which fails",
    .defaults = { .ops = 64, .size = 64 },
    .claims = {
        { .column = "cleanups", .bad = GROWS, .good = FLAT,
          .why = "one a transaction, against none" },
        { .column = "time", .bad = SLOWER,
          .why = "the transaction itself is nearly free here, so the record is most of it" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
