/* SPDX-License-Identifier: MIT */
#include "scene.h"

#include <stdlib.h>

#include "task.h"

static void *new_frame(void *unused)
{
    struct frame *f = calloc(1, sizeof *f);

    (void)unused;
    if (!f)
        panic("new_frame: out of memory");
    return f;
}

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    s->frames = pool_make(new_frame, NULL, free);
}

static void tear_down(struct scene *s)
{
    pool_free(s->frames);
}

const struct tip THIS = {
    .dial = OPS,
    .points = { 16, 64, 256 },
    .dial_unit = "replies",
    .says = { { .column = "outcome", .bad = IS_OK } },
    .claims = {
        { .column = "outcome", .bad = IS_WRONG, .good = IS_OK,
          .why = "the ping takes the frame that lies in the pool, and what is sent as the reply is the ping" },
    },
    .aged = {
        { .what = "what is put is handed to the next get, whoever still uses it",
          .claim = "outcome" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
};
