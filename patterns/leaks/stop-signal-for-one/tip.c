/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    s->fetchers = p->size;
}

const struct tip THIS = {
    .dial = SIZE,
    .points = { 1, 2, 4, 8, 16 },
    .dial_unit = "fetchers of each of 64 requests",
    .defaults = { .ops = 64, .size = 4 },
    .says = { { .column = "tasks", .bad = FLAT } },
    .claims = {
        { .column = "tasks", .bad = GROWS, .good = FLAT,
          .why = "one fetcher receives the signal; the others, none of one and 15 of 16, wait for the next" },
        { .column = "leaked", .bad = GROWS, .good = FLAT,
          .why = "each is proved lost: only the fetchers still know the channel" },
        { .column = "channels", .bad = NOTHING, .good = FLAT,
          .why = "with the last fetcher both channels go" },
        { .column = "tasks_started", .bad = GROWS, .good = GROWS,
          .why = "good starts as many fetchers; they end" },
    },
    .aged = {
        { .what = "a value on a channel is received by one; a close is seen by all",
          .claim = "tasks" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
