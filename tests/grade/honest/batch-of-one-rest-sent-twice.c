/* SPDX-License-Identifier: MIT */
/* Wrong: the last batch is sent by the loop, and once more behind it. */
#include "scene.h"

static void add_up(void *arg)
{
    struct stage *st = arg;
    struct batch batch;

    while (chan_recv(st->in, &batch))
        st->sum += batch_sum(&batch);
    wg_done(&st->added);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct stage st;
    struct batch batch = { 0 };

    stage_open(&st, sizeof(struct batch), 1, add_up);
    for (uint64_t k = 0; k < s->readings; k++) {
        uint64_t reading = i ^ k;
        batch.readings[batch.n++] = reading;
        if (batch.n == BATCH || k + 1 == s->readings) {
            chan_send(st.in, &batch);
            batch.n = k + 1 == s->readings ? batch.n : 0;
        }
    }
    batch_send(&batch, st.in);
    return stage_sum(&st);
}

const struct twin THIS = { op };
