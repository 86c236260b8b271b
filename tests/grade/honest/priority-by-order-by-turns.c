/* SPDX-License-Identifier: MIT */
/* Half right: a table of who is asked gives each queue its turn. */
#include "scene.h"

static uint64_t one_of(struct chan *first, struct chan *second)
{
    uint64_t message;

    if (chan_try_recv(first, &message) != CHAN_OK)
        chan_recv(second, &message);
    return message;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct turn *t = turn_begin(s, i);
    struct chan *const queues[] = { t->urgent, t->others, t->urgent };
    uint64_t sum = 0;

    for (int k = 0; k < MESSAGES; k++)
        sum += message_handle(t, one_of(queues[k % 2], queues[k % 2 + 1]));
    turn_end(t);
    return sum;
}

const struct twin THIS = { op };
