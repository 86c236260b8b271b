/* SPDX-License-Identifier: MIT */
/* The scene's header once more, its guard taken away. */
#include "scene.h"
#undef SCENE_H
#define log_lines second
#define scene scene_two
#include "scene.h"
#undef scene
#undef log_lines

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    chan_drop(lines);
    return i;
}

const struct twin THIS = { op };
