/* SPDX-License-Identifier: MIT */
#include "scene.h"

const struct tip THIS = {
    .dial = OPS,
    .points = { 4, 64 },
    .dial_unit = "requests",
    .says = { { .column = "outcome", .bad = IS_OK, .good = IS_OK } },
    .claims = {
        { .column = "outcome", .bad = PANICS, .good = IS_OK,
          .why = "the helper closes what is closed; with an end that does not even compile" },
        { .column = "tasks", .bad = NOTHING, .good = FLAT,
          .why = "the sender closes, and is gone" },
        { .column = "channels", .bad = NOTHING, .good = FLAT,
          .why = "an end owns nothing and frees nothing" },
    },
    .aged = {
        { .what = "the compiler refuses to close a receive-only channel",
          .probe = "close-of-receive-only" },
        { .what = "whole channels handed out end in a panic",
          .claim = "outcome" },
    },
    .scene_bytes = sizeof(struct scene),
};
