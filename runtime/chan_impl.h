/* SPDX-License-Identifier: MIT */
/* chan_impl.h - what a channel is, for chan.c, select.c and dumps. */
#ifndef CHAN_IMPL_H
#define CHAN_IMPL_H

#include "chan.h"
#include "sched.h"

#include <string.h>

struct wait_ends {
    struct waiter *first, *last;
};

struct chan {
    uint32_t lock;
    int32_t refs;
    /* Fixed. */
    size_t elem_bytes, cap;
    /* Under the lock; count, closed and the two firsts are looked at without. */
    bool closed;
    size_t count, oldest; /* values inside, and where the oldest is */
    struct wait_ends receivers, senders;
    char buffer[] __attribute__((aligned(16)));
};

/* memcpy with the common sizes in place. */
static inline void copy_value(void *to, const void *from, size_t bytes)
{
    if (bytes == 8)
        memcpy(to, from, 8);
    else if (bytes == 4)
        memcpy(to, from, 4);
    else if (bytes)
        memcpy(to, from, bytes);
}

static inline void chan_copy(const struct chan *c, void *to, const void *from)
{
    if (to && from)
        copy_value(to, from, c->elem_bytes);
}

static inline void chan_zero(const struct chan *c, void *to)
{
    if (to)
        memset(to, 0, c->elem_bytes);
}

static inline void chan_buffer_put(struct chan *c, const void *v)
{
    size_t at = c->oldest + c->count;

    chan_copy(c, c->buffer + (at < c->cap ? at : at - c->cap) * c->elem_bytes, v);
    __atomic_store_n(&c->count, c->count + 1, __ATOMIC_RELEASE);
    gauge_add(&worker_self()->stats.chan_bytes, (int64_t)c->elem_bytes);
}

static inline void chan_buffer_take(struct chan *c, void *v)
{
    chan_copy(c, v, c->buffer + c->oldest * c->elem_bytes);
    c->oldest = c->oldest + 1 < c->cap ? c->oldest + 1 : 0;
    __atomic_store_n(&c->count, c->count - 1, __ATOMIC_RELEASE);
    gauge_add(&worker_self()->stats.chan_bytes, -(int64_t)c->elem_bytes);
}

/* Take the oldest value of a full buffer and put another in: both lie in the same
 * place.  The count stays, so nobody who looks without the lock sees it empty. */
static inline void chan_buffer_turn(struct chan *c, void *v, const void *another)
{
    char *place = c->buffer + c->oldest * c->elem_bytes;

    chan_copy(c, v, place);
    chan_copy(c, place, another);
    c->oldest = c->oldest + 1 < c->cap ? c->oldest + 1 : 0;
}

/* One try under the channel's lock: what it did, or CHAN_WOULD_BLOCK. */
enum chan_result chan_take(struct chan *c, void *v);
enum chan_result chan_give(struct chan *c, const void *v);

#endif
