/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    s->items = p->size;
    s->questions = chan_make(sizeof(struct question), 0);
    wg_add(&s->server, 1);
    go(serve, s);
}

static void tear_down(struct scene *s)
{
    chan_close(s->questions);
    wg_wait(&s->server);
    chan_drop(s->questions);
}

const struct tip THIS = {
    .title = "A channel made for every item",
    .folklore = "Channels are cheap: make one where you need it, and never share it.",
    .rule = "A channel that is empty again when the loop comes round can be used again: make it before the loop. "
            "What it costs to make one is small, but it is paid for every item.",
    .go_line = "for _, q := range questions { reply := make(chan T, 1); ask <- query{q, reply}; sum += <-reply }",
    .when_not = "When an answer may come late, after its asker has given up: then the next question would get the answer of "
                "the last. And when several questions are under way at once, each needs a place of its own.",
    .aged = "A channel has come from the heap in every release: the compiler places none on a stack, even if it never "
            "leaves its function. make(chan) is a single allocation when the elements hold no pointers.",
    .dial = SIZE,
    .points = { 4, 16, 64, 256 },
    .dial_unit = "items per request",
    .defaults = { .ops = 64, .size = 16 },
    .claims = {
        { .column = "channels_made", .bad = GROWS, .good = FLAT,
          .why = "one a request instead of one an item" },
        { .column = "channels", .bad = FLAT, .good = FLAT,
          .why = "neither leaks: this is about work, not about loss" },
        { .column = "time", .bad = SLOWER,
          .why = "an allocation is a good part of what handing over one number costs" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
};
