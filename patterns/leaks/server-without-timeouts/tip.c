/* SPDX-License-Identifier: MIT */
#include "scene.h"

/* The peers that are still there go, and with them whoever waits for them. */
static void tear_down(struct scene *s)
{
    mutex_lock(&s->mutex);
    for (struct conn *c = s->silent; c; c = c->next)
        chan_close(c->up);
    mutex_unlock(&s->mutex);
}

const struct tip THIS = {
    .dial = OPS,
    .points = { 4, 16, 64, 256 },
    .dial_unit = "peers, of which every fourth says nothing",
    .defaults = { .ops = 64 },
    .says = { { .column = "tasks", .bad = FLAT } },
    .claims = {
        { .column = "tasks", .bad = GROWS, .good = FLAT,
          .why = "one task for each silent peer waits for its first word" },
        { .column = "leaked", .bad = FLAT, .good = FLAT,
          .why = "none is proved lost: the peer could speak at any time, and only does not" },
        { .column = "channels", .bad = GROWS, .good = FLAT,
          .why = "the waiting task keeps its connection" },
        { .column = "descriptors", .bad = FLAT, .good = FLAT,
          .why = "here a connection is two channels",
          .go = { .why = "there it is a socket, and the peer's is in the same process" } },
        { .column = "tasks_started", .bad = GROWS, .good = GROWS,
          .why = "good starts as many tasks; they end after 20 ms at the latest" },
    },
    .aged = {
        { .what = "a server waits for a silent peer for ever, unless it is given a limit",
          .claim = "tasks" },
        { .what = "http.Server has a limit for the wait for a request's head", .since = "1.8",
          .cited = "mholt/caddy#1374" },
    },
    .scene_bytes = sizeof(struct scene),
    .tear_down = tear_down,
};
