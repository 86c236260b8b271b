/* SPDX-License-Identifier: MIT */
#include "scene.h"

const struct tip THIS = {
    .title = "An unlock that a panic jumps over",
    .folklore = "Unlock by hand, it is faster; a panic ends the process anyway.",
    .rule = "If anything between lock and unlock may panic, and anybody above recovers, register the unlock: it is then the one "
            "thing that a panic cannot jump over.",
    .go_line = "mu.Lock(); book(r) /* panics; net/http recovers */; mu.Unlock()",
    .when_not = "When nothing between the two can panic or return, and the function is hot (see lock-hot-path). And think "
                "twice before you recover at all: the lock is free again, but what it protects may be half changed.",
    .aged = "This side of defer has not aged: a registered call runs on return, on panic and on Goexit in every release. "
            "net/http has recovered panics of handlers since Go 1, so the process does not end, it hangs.",
    .dial = OPS,
    .points = { 16, 64, 256 },
    .dial_unit = "requests, every eighth of which panics",
    .claims = {
        { .column = "outcome", .bad = STUCK, .good = IS_OK,
          .why = "the lock of the first request that panicked is never given back" },
    },
    .scene_bytes = sizeof(struct scene),
};
