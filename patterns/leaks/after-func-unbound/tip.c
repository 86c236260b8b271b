/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    s->quick_budget_ns = 3600 * SEC;
    s->slow_budget_ns = 20 * US;
}

const struct tip THIS = {
    .dial = OPS,
    .points = { 4, 16, 64, 256, 1024 },
    .dial_unit = "requests",
    .says = { { .column = "tasks", .bad = FLAT } },
    .claims = {
        { .column = "timers", .bad = GROWS, .good = FLAT,
          .why = "the quick half ends long before its timers are due" },
        { .column = "tasks", .bad = GROWS, .good = FLAT,
          .why = "the slow half has started tasks that wait for a request that is over" },
        { .column = "leaked", .bad = GROWS, .good = FLAT,
          .why = "each is proved lost: no request knows its channel any more" },
        { .column = "channels", .bad = GROWS, .good = FLAT,
          .why = "both halves still hold their request's channel" },
    },
    .aged = {
        { .what = "a pending AfterFunc keeps what its function captures",
          .probe = "pending-kept" },
        { .what = "a stopped one lets it go",
          .probe = "stopped-freed" },
        { .what = "a function started by a timer that nobody stops is alive for ever",
          .claim = "tasks" },
        { .what = "context.AfterFunc ties a function to a context", .since = "1.21",
          .cited = "go.dev/doc/go1.21 (context)" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
};
