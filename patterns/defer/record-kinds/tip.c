/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    s->steps = p->size;
}

const struct tip THIS = {
    .title = "A record for every cleanup, where none is needed",
    .folklore = "Every defer allocates. It is tens of nanoseconds each, so keep it out of anything that runs often.",
    .rule = "Ask what kind it is before you take it out. A cleanup that stands in the text, outside of a loop, needs no record: "
            "the compiler writes the call out where the scope ends, and all that is registered is what a panic needs to find it.",
    .go_line = "for { defer leave() } // a record each; without the loop: none since Go 1.14",
    .when_not = "In a loop whose cleanups all wait for its end their number is not known when compiling, and a record each "
                "is the only way. And __attribute__((cleanup)) and pthread_cleanup_push() have no like in Go and are no "
                "replacement: a panic goes past the first, and the second belongs to the thread and not to the task.",
    .aged = "The saying was true up to Go 1.12: a record from the heap, or from a list beside it, each time, some 35 ns. 1.13 "
            "put it into the caller's frame (about 30 % less), 1.14 did without it for up to eight defers in a function "
            "without loops (about the price of a call). In a loop each still takes a record, in every release.",
    .dial = SIZE,
    .points = { 16, 64, 256, 1024 },
    .dial_unit = "steps per request, a cleanup each",
    .defaults = { .ops = 64, .size = 64 },
    .claims = {
        { .column = "cleanups", .bad = GROWS, .good = GROWS, .refuted = true,
          .why = "a record each, says folklore, however it is written; good registers as many and takes none" },
        { .column = "time", .bad = SLOWER,
          .why = "the record is several times the call that it is for" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
