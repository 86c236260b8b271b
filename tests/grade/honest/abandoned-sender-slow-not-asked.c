/* SPDX-License-Identifier: MIT */
/* Wrong: nothing leaks, because the slow replicas are not asked at all. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *answer = chan_make(sizeof(uint64_t), 0);
    uint64_t number = i;

    if (!replica_is_slow(i)) {
        go(replica_answer, query_make(i, answer));
        number = answer_or_give_up(s, i, answer);
    }
    chan_drop(answer);
    return number;
}

const struct twin THIS = { op };
