/* SPDX-License-Identifier: MIT */
/* Right: the readings of a request lie in one array, and stretches of it are sent. */
#include "scene.h"

#include <stdlib.h>

struct stretch {
    const uint64_t *first;
    size_t n;
};

static void add_up(void *arg)
{
    struct stage *st = arg;
    struct stretch x;

    while (chan_recv(st->in, &x))
        for (size_t k = 0; k < x.n; k++)
            st->sum += x.first[k];
    wg_done(&st->added);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t *readings = malloc(s->readings * sizeof *readings);
    struct stretch x = { readings, 0 };
    struct stage st;

    if (!readings)
        panic("out of memory");
    stage_open(&st, sizeof x, 1, add_up);
    for (uint64_t k = 0; k < s->readings; k++) {
        readings[k] = i ^ k;
        if (++x.n == 2 * BATCH || k + 1 == s->readings) {
            chan_send(st.in, &x);
            x = (struct stretch){ &readings[k + 1], 0 };
        }
    }
    uint64_t sum = stage_sum(&st);
    free(readings);
    return sum;
}

const struct twin THIS = { op };
