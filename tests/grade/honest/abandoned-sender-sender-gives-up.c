/* SPDX-License-Identifier: MIT */
/* Right: the replica is one's own, and waits for the end of the request as well as for a
 * receiver: the other fix that the page names. */
#include "scene.h"

struct asked {
    uint64_t number;
    struct chan *answer, *over;
};

static void reply(void *arg)
{
    struct asked *a = arg;

    if (replica_is_slow(a->number))
        task_sleep(MS);
    chan_select(SEND(a->answer, &a->number), RECV(a->over, NULL));
    chan_drop(a->answer);
    chan_drop(a->over);
    free(a);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *answer = chan_make(sizeof(uint64_t), 0), *over = chan_make(0, 0);
    struct asked *a = malloc(sizeof *a);

    if (!a)
        panic("no memory for a question");
    *a = (struct asked){ i, chan_ref(answer), chan_ref(over) };
    go(reply, a);
    uint64_t number = answer_or_give_up(s, i, answer);
    chan_close(over);
    chan_drop(over);
    chan_drop(answer);
    return number;
}

const struct twin THIS = { op };
