/* SPDX-License-Identifier: MIT */
#include "scene.h"

const struct tip THIS = {
    .title = "More workers for a service that leaks",
    .folklore = "When the service cannot keep up and is killed now and then, give it more cores: "
                "raise GOMAXPROCS.",
    .rule = "First make the count of tasks flat, then tune. A leak ends the process after a "
            "number of requests, and whoever serves them faster gets there sooner.",
    .go_line = "runtime.GOMAXPROCS(4 * runtime.NumCPU()) // in a service whose NumGoroutine only "
               "rises",
    .when_not = "When the count of tasks is flat and the processors are busy, more workers up to "
                "the number of cores are what you need. And a service that is restarted every "
                "night on purpose may live with a small leak: know the number of requests that "
                "it is good for.",
    .aged = "GOMAXPROCS has been the number of cores by default since Go 1.5, and since Go 1.25 "
            "it follows a container's limit. Go 1.19 added a soft memory limit (GOMEMLIMIT): "
            "with a leak it makes the collector work harder before the same end.",
    .dial = WORKERS,
    .points = { 1, 2, 4 },
    .dial_unit = "workers, for 8,192 requests in 256 MiB",
    .defaults = { .ops = 8192, .clients = 8 },
    .claims = {
        { .column = "outcome", .bad = DIES, .good = IS_OK,
          .why = "every connection stays, and the memory is finite; without the leak one worker "
                 "is enough" },
        { .column = "tasks", .bad = NOTHING, .good = FLAT,
          .why = "good's tasks end, with any number of workers" },
    },
    .scene_bytes = sizeof(struct scene),
};
