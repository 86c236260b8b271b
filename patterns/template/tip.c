/* SPDX-License-Identifier: MIT */
#include "scene.h"

const struct tip THIS = {
    .dial = OPS, /* TODO: the parameter that makes it worse: OPS, SIZE, CLIENTS, RATE or WORKERS */
    .points = { 4, 16, 64, 256 },
    .dial_unit = "TODO: what one unit of it is",
    .says = {
        /* TODO: what would be measured if the saying were true, for instance
         * { .column = "tasks", .bad = FLAT }, */
    },
    .claims = {
        /* TODO: what each twin does to a column along the parameter, for instance
         * { .column = "tasks", .bad = GROWS, .good = FLAT, .why = "why it does" }, */
    },
    .scene_bytes = sizeof(struct scene),
};
