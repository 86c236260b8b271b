/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    s->values = p->size;
}

const struct tip THIS = {
    .title = "A meeting for every value between two steady stages",
    .folklore = "Prefer unbuffered channels: they are simpler, and a buffer only hides problems.",
    .rule = "Between two stages that are about equally fast, a small buffer lets each work for a while before the "
            "other has to: a switch for a bufferful instead of one or two a value.",
    .go_line = "values := make(chan int) // on the hot path: make(chan int, 64)",
    .when_not = "When the meeting is the point: after an unbuffered send the receiver has the value. When stages are not "
                "equally fast, any buffer fills up or stays empty, and buys nothing but memory. And when a value takes "
                "a millisecond, a switch of nanoseconds is no matter.",
    .aged = "Nothing has changed for the user since Go 1: the runtime hands the value straight to a waiting receiver and puts "
            "that one next in line, and the number of switches a value is what it was.",
    .dial = SIZE,
    .points = { 8, 16, 32, 64 },
    .dial_unit = "values per request",
    .defaults = { .ops = 256, .size = 64, .clients = 1 },
    .claims = {
        { .column = "switches", .bad = GROWS, .good = FLAT,
          .why = "a bufferful goes through in one go" },
        { .column = "time", .bad = SLOWER,
          .why = "what a switch costs, the value costs" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
