/* SPDX-License-Identifier: MIT */
/* Wrong: the channel is emptied by a try, when the slow replica has not sent yet. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *answer = chan_make(sizeof(uint64_t), 0);

    go(replica_answer, query_make(i, answer));
    uint64_t number = answer_or_give_up(s, i, answer);
    chan_try_recv(answer, NULL); /* take what may be left */
    chan_drop(answer);
    return number;
}

const struct twin THIS = { op };
