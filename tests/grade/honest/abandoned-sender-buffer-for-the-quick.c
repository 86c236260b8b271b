/* SPDX-License-Identifier: MIT */
/* Wrong: the place in the buffer is there for the quick replicas, which never need it. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    size_t places = replica_is_slow(i) ? 0 : 1;
    struct chan *answer = chan_make(sizeof(uint64_t), places);

    go(replica_answer, query_make(i, answer));
    uint64_t number = answer_or_give_up(s, i, answer);
    chan_drop(answer);
    return number;
}

const struct twin THIS = { op };
