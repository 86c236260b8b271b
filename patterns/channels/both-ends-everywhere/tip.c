/* SPDX-License-Identifier: MIT */
#include "scene.h"

const struct tip THIS = {
    .title = "Whole channels handed out",
    .folklore = "A channel is a channel: pass it as it is, everybody knows who sends and who "
                "receives.",
    .rule = "Hand out ends. Whoever only receives gets the end that can only receive; then "
            "sending or closing by mistake does not panic at night, it does not compile.",
    .go_line = "func addUp(prices chan uint64) uint64 { ...; close(prices) } // prices <-chan "
               "uint64: compile error",
    .when_not = "Inside one function, or one small type that owns both ends, the whole channel "
                "is what you have, and wrapping it gains nothing. An end says what may be done, "
                "not how often: two owners of a sending end can still close it twice.",
    .aged = "Go's directional channel types are as old as Go 1, and close of a receive-only "
            "channel has been refused by the compiler ever since. C has no such types; a struct "
            "around the pointer does the same at no cost.",
    .dial = OPS,
    .points = { 4, 64 },
    .dial_unit = "requests",
    .claims = {
        { .column = "outcome", .bad = PANICS, .good = IS_OK,
          .why = "the helper closes what is closed; with an end that does not even compile" },
        { .column = "tasks", .bad = NOTHING, .good = FLAT,
          .why = "the sender closes, and is gone" },
        { .column = "channels", .bad = NOTHING, .good = FLAT,
          .why = "an end owns nothing and frees nothing" },
    },
    .scene_bytes = sizeof(struct scene),
};
