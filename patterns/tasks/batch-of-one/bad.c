#include "scene.h"

static void add_up(void *arg)
{
    struct stage *st = arg;
    uint64_t reading;

    while (chan_recv(st->in, &reading))
        st->sum += reading;
    wg_done(&st->added);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct stage st;

    stage_open(&st, sizeof(uint64_t), BATCH, add_up);
    for (uint64_t k = 0; k < s->readings; k++) {
        uint64_t reading = i ^ k;
        chan_send(st.in, &reading); /* each as it comes */
    }
    return stage_sum(&st);
}

const struct twin THIS = { op };
