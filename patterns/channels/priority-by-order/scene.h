/* SPDX-License-Identifier: MIT */
/* A request is a turn of a node of a cluster: it handles the messages that have come.  Among
 * them are urgent ones, such as an election of a leader, which have a queue of their own and
 * are to be handled before all others. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>

#include "pattern.h"
#include "select.h"

enum { URGENT = 4, OTHERS = 12, MESSAGES = URGENT + OTHERS }; /* a turn */

struct scene {
    uint64_t before; /* atomic: messages handled before one that is urgent */
};

struct turn {
    struct scene *scene;
    struct chan *urgent, *others;
};

static inline struct chan *queue_of(uint64_t first, uint64_t n)
{
    struct chan *queue = chan_make(sizeof(uint64_t), n);

    for (uint64_t k = 0; k < n; k++)
        chan_send(queue, &(uint64_t){ first + k });
    return queue;
}

static inline struct turn *turn_begin(struct scene *s, uint64_t i)
{
    struct turn *t = malloc(sizeof *t);

    if (!t)
        panic("turn_begin: out of memory");
    *t = (struct turn){ s, queue_of(2 * i * MESSAGES, URGENT),
                        queue_of((2 * i + 1) * MESSAGES, OTHERS) };
    return t;
}

/* The numbers of urgent messages lie in even sixteens. */
static inline bool is_urgent(uint64_t message)
{
    return message / MESSAGES % 2 == 0;
}

static inline uint64_t message_handle(struct turn *t, uint64_t message)
{
    if (!is_urgent(message) && chan_len(t->urgent) > 0)
        __atomic_add_fetch(&t->scene->before, 1, __ATOMIC_RELAXED);
    return message * message;
}

static inline void turn_end(struct turn *t)
{
    chan_drop(t->urgent);
    chan_drop(t->others);
    free(t);
}

#endif
