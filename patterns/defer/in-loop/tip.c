/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    s->files = p->size;
}

const struct tip THIS = {
    .title = "A cleanup registered in a loop runs after the loop",
    .folklore = "defer right after open, always, and you cannot forget to close.",
    .rule = "A deferred call waits for the end of its scope, and in Go that is the function, not the "
            "block. Give each turn of the loop a scope of its own: in Go a function, here DEFER_SCOPE.",
    .go_line = "for _, name := range names { f, _ := os.Open(name); defer f.Close(); read(f) }",
    .when_not = "When all of the resources are needed until the end (locks taken in order, "
                "files merged from all at once), registering them in the loop is exactly right. Nor is "
                "it worth a scope when the loop turns three times at most.",
    .aged = "Go 1.13 put the record of a defer into the caller's frame and 1.14 wrote the calls out at "
            "the end of the function, so that a defer costs about as much as a call. Neither works "
            "in a loop, where the number of records is not known when compiling: there every "
            "defer still takes a record from the heap or the runtime's pool, in every release. "
            "The per-iteration loop variables of Go 1.22 changed what such a defer captures, not when it runs.",
    .dial = SIZE,
    .points = { 1, 4, 16, 64, 256, 1024 },
    .dial_unit = "files per request",
    .defaults = { .ops = 64 },
    .claims = {
        { .column = "cleanups_peak", .bad = GROWS, .good = FLAT,
          .why = "all files of the request are open at its end" },
        { .column = "cleanups", .bad = GROWS, .good = GROWS,
          .why = "good registers as many; it does not collect them" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
