/* SPDX-License-Identifier: MIT */
/* chan_impl.h - what a channel is, for chan.c, select.c and dumps. */
#ifndef CHAN_IMPL_H
#define CHAN_IMPL_H

#include "chan.h"
#include "core/compiler.h"
#include "core/lock_impl.h"
#include "core/wait.h"
#include "core/worker.h"
#include "look/count.h"
#include "memory/gc_hooks.h"

#include <string.h>

struct wait_ends {
    struct waiter *first, *last;
};

struct chan {
    struct lock lock;
    int32_t refs;
    /* Fixed. */
    uint8_t shift; /* distance from the beginning of its memory */
    bool owned;    /* by a timer or a context: nobody else may close it */
    uint16_t made; /* the number of the line that made it (creation_sites.h) */
    size_t elem_bytes, cap;
    /* Under the lock; count, closed and the two firsts are also read without it. */
    bool closed;
    size_t count, oldest; /* values inside, and where the oldest is */
    struct wait_ends receivers, senders;
    char buffer[] __attribute__((aligned(16)));
};

/* Close a channel that is open, whoever owns it. */
void chan_close_owned(struct chan *c);

/* Panics: a send without a value. */
_Noreturn void send_of_nothing(const struct site *where);

/* c counts as made by the line of this number. */
static inline void chan_made_by(struct chan *c, uint16_t made)
{
    struct worker *w = worker_self();

    made_add(&w->made, MADE_CHANNEL, c->made, -1);
    made_add(&w->made, MADE_CHANNEL, made, 1);
    c->made = made;
}

/* memcpy with the common sizes inlined. */
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
    if (to)
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
    char *place = c->buffer + c->oldest * c->elem_bytes;

    chan_copy(c, v, place);
    if (unlikely(gc_on))
        chan_zero(c, place); /* or the taken value would be kept alive until it is overwritten */
    c->oldest = c->oldest + 1 < c->cap ? c->oldest + 1 : 0;
    __atomic_store_n(&c->count, c->count - 1, __ATOMIC_RELEASE);
    gauge_add(&worker_self()->stats.chan_bytes, -(int64_t)c->elem_bytes);
}

/* Take the oldest value of a full buffer and put another in its place.  The count does not
 * change, so nobody who reads it without the lock sees an empty buffer. */
static inline void chan_buffer_turn(struct chan *c, void *v, const void *another)
{
    char *place = c->buffer + c->oldest * c->elem_bytes;

    chan_copy(c, v, place);
    chan_copy(c, place, another);
    c->oldest = c->oldest + 1 < c->cap ? c->oldest + 1 : 0;
}

/* The operations proper, under the lock.  They are inlined wherever they are used: out of
 * line, as the compiler would have them, they make a round trip a twentieth longer.
 *
 * *woken is the task whose wait this has ended, or NULL.  The caller makes it ready when it has
 * given the lock back: once awake it may free the channel. */

/* Take what can be taken now, or CHAN_WOULD_BLOCK. */
ALWAYS_INLINE enum chan_result chan_take(struct chan *c, void *v, struct task **woken)
{
    struct waiter *s;

    *woken = NULL;

    if ((s = waiter_pop(&c->senders.first, &c->senders.last))) {
        if (c->count)
            chan_buffer_turn(c, v, s->value);
        else
            chan_copy(c, v, s->value);
        s->ok = true;
        *woken = s->task;
        return CHAN_OK;
    }
    if (c->count) {
        chan_buffer_take(c, v);
        return CHAN_OK;
    }
    if (!c->closed)
        return CHAN_WOULD_BLOCK;
    chan_zero(c, v);
    return CHAN_CLOSED;
}

/* Give what can be given now, or CHAN_WOULD_BLOCK.  CHAN_CLOSED: the caller panics, without
 * the lock. */
ALWAYS_INLINE enum chan_result chan_give(struct chan *c, const void *v, struct task **woken)
{
    struct waiter *r;

    *woken = NULL;
    if (unlikely(c->closed))
        return CHAN_CLOSED;
    if ((r = waiter_pop(&c->receivers.first, &c->receivers.last))) {
        chan_copy(c, r->value, v);
        r->ok = true;
        *woken = r->task;
        return CHAN_OK;
    }
    if (c->count == c->cap)
        return CHAN_WOULD_BLOCK;
    chan_buffer_put(c, v);
    return CHAN_OK;
}

/* After one of them.  The question comes first, for on most paths the compiler knows the answer. */
ALWAYS_INLINE void chan_unlock(struct chan *c, struct task *woken)
{
    if (!woken) {
        lock_give(&c->lock);
        return;
    }
    lock_give(&c->lock);
    ready(woken);
}

#endif
