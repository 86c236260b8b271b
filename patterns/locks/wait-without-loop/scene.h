/* SPDX-License-Identifier: MIT */
/* A theatre is sold out, and somebody waits for a seat to be given back.  Meanwhile a guest
 * changes his: he gives it back, and takes the first that is free in the same moment.  A
 * little later another guest really gives a seat back. */
#ifndef SCENE_H
#define SCENE_H

#include "pattern.h"
#include "sync.h"

enum { SEATS = 4 };

struct scene {
    uint64_t sold; /* atomic */
};

/* In the frame of the request, whose buyer is the one who waits. */
struct theatre {
    struct mutex mutex;
    struct cond given_back;
    bool taken[SEATS]; /* under the mutex */
    int free;          /* likewise: how many are not taken */
    uint64_t bought;   /* the buyer's seat */
    struct waitgroup sold;
};

static inline void theatre_open(struct theatre *t, struct scene *s)
{
    *t = (struct theatre){ .taken = { true, true, true, true } };
    wg_add(&t->sold, 1);
    __atomic_add_fetch(&s->sold, 1, __ATOMIC_RELAXED);
}

/* The first seat that is free, for whoever holds the lock and knows that there is one; else it
 * is the last seat. */
static inline uint64_t seat_take(struct theatre *t)
{
    int seat = 0;

    while (seat < SEATS - 1 && t->taken[seat])
        seat++;
    t->taken[seat] = true;
    t->free--;
    return (uint64_t)seat;
}

/* Under the lock. */
static inline void seat_give_locked(struct theatre *t, uint64_t seat)
{
    t->taken[seat] = false;
    t->free++;
    cond_signal(&t->given_back);
}

/* At another's turn: whoever can run does so first. */
static inline void seat_give(struct theatre *t, uint64_t seat)
{
    task_yield();
    mutex_lock(&t->mutex);
    seat_give_locked(t, seat);
    mutex_unlock(&t->mutex);
}

/* Likewise.  Back with this one, and the best for it, without a moment in between. */
static inline void seat_change(struct theatre *t, uint64_t seat)
{
    task_yield();
    mutex_lock(&t->mutex);
    seat_give_locked(t, seat);
    seat_take(t);
    mutex_unlock(&t->mutex);
}

#endif
