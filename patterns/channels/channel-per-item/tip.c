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
    .dial = SIZE,
    .points = { 4, 16, 64, 256 },
    .dial_unit = "items per request",
    .defaults = { .ops = 64, .size = 16 },
    .says = { { .column = "time", .bad = NOT_SLOWER } },
    .claims = {
        { .column = "channels_made", .bad = GROWS, .good = FLAT,
          .why = "one a request instead of one an item" },
        { .column = "channels", .bad = FLAT, .good = FLAT,
          .why = "neither leaks: this is about work, not about loss" },
        { .column = "time", .bad = SLOWER,
          .why = "an allocation is a good part of what handing over one number costs" },
    },
    .aged = {
        { .what = "a channel comes from the heap, even if it never leaves its function",
          .probe = "channel-from-heap" },
        { .what = "a channel an item is slower than one a request",
          .claim = "time" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
};
