/* SPDX-License-Identifier: MIT */
/* Right: what the second stage needs of a batch is its sum. */
#include "scene.h"

static void add_up(void *arg)
{
    struct stage *st = arg;
    uint64_t sum;

    while (chan_recv(st->in, &sum))
        st->sum += sum;
    wg_done(&st->added);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct stage st;
    uint64_t sum = 0;

    stage_open(&st, sizeof(uint64_t), BATCH, add_up);
    for (uint64_t k = 0; k < s->readings; k++) {
        uint64_t reading = i ^ k;
        sum += reading;
        if ((k + 1) % BATCH == 0 || k + 1 == s->readings) {
            chan_send(st.in, &sum);
            sum = 0;
        }
    }
    return stage_sum(&st);
}

const struct twin THIS = { op };
