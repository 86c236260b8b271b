/* SPDX-License-Identifier: MIT */
/* Right: only an answer that may come too late gets a place to lie in. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *answer = chan_make(sizeof(uint64_t), replica_is_slow(i) ? 1 : 0);

    go(replica_answer, query_make(i, answer));
    uint64_t number = answer_or_give_up(s, i, answer);
    chan_drop(answer);
    return number;
}

const struct twin THIS = { op };
