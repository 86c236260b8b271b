/* SPDX-License-Identifier: MIT */
/* Gives its own function a name of the runtime. */
#include "scene.h"

__attribute__((used)) static void mine(void)
{
}

__asm__(".globl chan_close_at\n .set chan_close_at, mine");

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_drop(lines);
    return i;
}

const struct twin THIS = { op };
