/* SPDX-License-Identifier: MIT */
/* Leaves a hook on the root, which is never done. */
#include "ctx.h"
#include "scene.h"

static void never(void *arg)
{
    (void)arg;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    ctx_after_func(ctx_background(), never, NULL);
    chan_drop(lines);
    return i;
}

const struct twin THIS = { op };
