/* SPDX-License-Identifier: MIT */
/* Wrong: the task that takes the late answer is started for the quick replicas, whose answer
 * has been taken: now these wait for ever, and the slow ones still do. */
#include "scene.h"

static void drain(void *answer)
{
    chan_recv(answer, NULL);
    chan_drop(answer);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *answer = chan_make(sizeof(uint64_t), 0);

    go(replica_answer, query_make(i, answer));
    uint64_t number = answer_or_give_up(s, i, answer);
    if (!replica_is_slow(i))
        go(drain, chan_ref(answer));
    chan_drop(answer);
    return number;
}

const struct twin THIS = { op };
