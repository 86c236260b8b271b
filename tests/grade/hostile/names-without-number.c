/* SPDX-License-Identifier: MIT */
/* Two million names. */
#include "scene.h"
#define A(n) static int v##n;
#define B(n) A(n)
#define C                                                                                          \
    B(__COUNTER__)                                                                                 \
    B(__COUNTER__)                                                                                 \
    B(__COUNTER__) B(__COUNTER__) B(__COUNTER__) B(__COUNTER__) B(__COUNTER__) B(__COUNTER__)
#define D C C C C C C C C
#define E D D D D D D D D
#define F E E E E E E E E
#define G F F F F F F F F
#define H G G G G G G G G
H H H H H H H H

    static uint64_t
    op(struct scene *s, uint64_t i)
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
