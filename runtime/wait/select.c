/* SPDX-License-Identifier: MIT */
/* select.c - wait for whichever of several channel operations can happen first.
 *
 * Three passes, with all channels of the select locked from the first to the end of
 * the second, so that the choice is made at one instant:
 *
 *   1. see which cases could happen now, choose one of them at random, do it;
 *   2. else queue a waiter on every channel, and park;
 *   3. awake, take the waiters that did not count off their channels.
 *
 * Locks are taken in the order of the channels' addresses, so that two selects
 * never wait for each other.  The waiters are contested: whoever wins the task's
 * claim wakes it, for one case. */
#include "select.h"

#include "core/clock.h"
#include "core/compiler.h"
#include "core/lock_impl.h"
#include "core/wait.h"
#include "core/worker.h"
#include "wait/chan_impl.h"

#include <stdlib.h>

#define NOTHING_SENT ((enum chan_result)3) /* a send without a value */
#define SMALL 16                           /* cases whose bookkeeping fits the frame */

/* It panics when it is chosen, so it can be. */
static inline bool sends_nothing(const struct select_case *k)
{
    return unlikely(!k->from) && k->chan->elem_bytes;
}

static inline bool can_happen(const struct select_case *k)
{
    const struct chan *c = k->chan;

    if (!c)
        return false;
    if (c->closed)
        return true;
    if (k->is_send)
        return c->receivers.first || c->count < c->cap || sends_nothing(k);
    return c->senders.first || c->count;
}

/* Distinct channels by address into order[]; how many. */
static size_t lock_order(const struct select_case *cases, size_t n, struct chan **order)
{
    size_t m = 0;

    for (size_t i = 0; i < n; i++) {
        struct chan *c = cases[i].chan;
        size_t at = m;

        if (!c)
            continue;
        while (at && order[at - 1] > c)
            at--;
        if (at && order[at - 1] == c)
            continue;
        for (size_t k = m++; k > at; k--)
            order[k] = order[k - 1];
        order[at] = c;
    }
    return m;
}

static inline void unlock_all(struct chan **order, size_t m)
{
    for (size_t i = 0; i < m; i++)
        lock_give(&order[i]->lock);
}

/* One of the cases that can happen, each with the same chance; -1: none can. */
static int choose(const struct select_case *cases, size_t n, uint16_t *could)
{
    size_t m = 0;

    for (size_t i = 0; i < n; i++)
        if (can_happen(&cases[i]))
            could[m++] = (uint16_t)i;
    if (!m)
        return -1;
    return m == 1 ? could[0] : could[random_below(worker_self(), (uint32_t)m)];
}

static inline enum chan_result perform(struct select_case *k, struct task **woken)
{
    *woken = NULL;
    if (!k->is_send)
        return chan_take(k->chan, k->to, woken);
    return sends_nothing(k) ? NOTHING_SENT : chan_give(k->chan, k->from, woken);
}

static inline struct wait_ends *queue_of(const struct select_case *k)
{
    return k->is_send ? &k->chan->senders : &k->chan->receivers;
}

static void queue_all(struct select_case *cases, struct waiter *waiters, size_t n)
{
    struct task *t = task_self();

    t->claim = 0;
    for (size_t i = 0; i < n; i++) {
        struct select_case *k = &cases[i];
        struct waiter *w = &waiters[i];

        *w = (struct waiter){ .task = t, .contested = true };
        if (!k->chan)
            continue;
        w->value = k->is_send ? (void *)k->from : k->to;
        waiter_push(&queue_of(k)->first, &queue_of(k)->last, w);
    }
}

/* Take the waiters off again; which one counted, or -1 if the time came first. */
static int unqueue_all(struct select_case *cases, struct waiter *waiters, size_t n)
{
    int won = -1;

    for (size_t i = 0; i < n; i++) {
        struct chan *c = cases[i].chan;

        if (!c)
            continue;
        if (waiters[i].woken) {
            won = (int)i;
            continue; /* its waker has taken it off */
        }
        lock_take(&c->lock);
        if (waiters[i].queued)
            waiter_remove(&queue_of(&cases[i])->first, &queue_of(&cases[i])->last, &waiters[i]);
        lock_give(&c->lock);
    }
    return won;
}

enum { NO_CASE = -1, SENT_ON_CLOSED = -2, SENT_NOTHING = -3 };

/* Case i has happened, with this result: what the passes below return. */
static inline int happened(struct select_case *cases, int i, enum chan_result r)
{
    if (unlikely(cases[i].is_send && r != CHAN_OK))
        return r == NOTHING_SENT ? SENT_NOTHING : SENT_ON_CLOSED;
    cases[i].ok = r == CHAN_OK;
    return i;
}

/* What the caller gets, once nothing is held any more: this may panic. */
static inline int outcome(int i, const struct site *where)
{
    if (unlikely(i == SENT_ON_CLOSED))
        task_panic(where, "send on closed channel");
    if (unlikely(i == SENT_NOTHING))
        send_of_nothing(where);
    return i;
}

static int select_locked(struct select_case *cases, size_t n, int64_t ns, const struct site *where,
                         struct chan **order, uint16_t *could, struct waiter *waiters)
{
    size_t m = sched.alone ? 0 : lock_order(cases, n, order);
    enum chan_result r;
    struct task *woken;
    int i;

    for (size_t k = 0; k < m; k++)
        lock_take(&order[k]->lock);

    /* Pass 1: now? */
    i = choose(cases, n, could);
    while (i >= 0) {
        r = perform(&cases[i], &woken);
        if (likely(r != CHAN_WOULD_BLOCK)) {
            unlock_all(order, m);
            if (woken)
                ready(woken);
            return happened(cases, i, r);
        }
        i = choose(cases, n, could); /* the waiter there had been won by another waker */
    }
    if (ns <= 0) {
        unlock_all(order, m);
        return NO_CASE;
    }

    /* Pass 2: queue on all, wait. */
    queue_all(cases, waiters, n);
    if (ns == INT64_MAX) {
        park_announce(worker_self(), task_self(), WAIT_SELECT, where);
        unlock_all(order, m);
        park_leave();
    } else {
        int64_t when = deadline_after(worker_self(), ns);

        park_announce(worker_self(), task_self(), WAIT_SELECT, where);
        unlock_all(order, m);
        park_deadline(when);
    }

    /* Pass 3: take the others off. */
    i = unqueue_all(cases, waiters, n);
    if (i < 0)
        return NO_CASE;
    return happened(cases, i, waiters[i].ok ? CHAN_OK : CHAN_CLOSED);
}

/* One case is a plain operation, and shows as one in dumps. */
static int select_one(struct select_case *k, int64_t ns, const struct site *where)
{
    enum chan_result r = CHAN_OK;

    if (ns == INT64_MAX && k->is_send)
        chan_send_at(k->chan, k->from, where);
    else if (ns == INT64_MAX)
        r = chan_recv_at(k->chan, k->to, where) ? CHAN_OK : CHAN_CLOSED;
    else if (ns <= 0)
        r = k->is_send ? chan_try_send_at(k->chan, k->from, where) : chan_try_recv(k->chan, k->to);
    else
        r = k->is_send ? chan_send_timed_at(k->chan, k->from, ns, where)
                       : chan_recv_timed_at(k->chan, k->to, ns, where);
    return r == CHAN_WOULD_BLOCK ? NO_CASE : outcome(happened(k, 0, r), where);
}

/* The bookkeeping is too big for the frame.  Nothing between malloc() and free() panics. */
static NOINLINE int select_big(struct select_case *cases, size_t n, int64_t ns,
                               const struct site *where)
{
    struct waiter *waiters;
    struct chan **order;
    int i;

    if (n > UINT16_MAX)
        task_panic(where, "select: %zu cases, and %d are the most", n, UINT16_MAX);
    waiters = malloc(n * (sizeof *waiters + sizeof *order + sizeof(uint16_t)));
    if (!waiters)
        task_panic(where, "select: out of memory for %zu cases", n);
    order = (struct chan **)(waiters + n);
    i = select_locked(cases, n, ns, where, order, (uint16_t *)(order + n), waiters);
    free(waiters);
    return outcome(i, where);
}
LEFT_OUT_AS(select_big, "select");

int select_at(struct select_case *cases, size_t n, int64_t ns, const struct site *where)
{
    struct waiter waiters[SMALL];
    struct chan *order[SMALL];
    uint16_t could[SMALL];

    if (n == 1)
        return select_one(cases, ns, where);
    if (unlikely(!n)) {
        if (ns == INT64_MAX)
            task_stop_at(where);
        task_sleep_at(ns, where);
        return NO_CASE;
    }
    if (unlikely(n > SMALL))
        return select_big(cases, n, ns, where);
    return outcome(select_locked(cases, n, ns, where, order, could, waiters), where);
}
LEFT_OUT(select_at);
