/* SPDX-License-Identifier: MIT */
/* Wrong: the request closes the channel when it gives up, and the late replica sends on it. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *answer = chan_make(sizeof(uint64_t), 0);

    go(replica_answer, query_make(i, answer));
    uint64_t number = answer_or_give_up(s, i, answer);
    if (replica_is_slow(i))
        chan_close(answer); /* nobody listens any more */
    chan_drop(answer);
    return number;
}

const struct twin THIS = { op };
