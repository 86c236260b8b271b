/* SPDX-License-Identifier: MIT */
/* chan.c - channels.
 *
 * Under the lock of a channel these hold whenever nobody is inside:
 *
 *   - somebody waits to receive  =>  the buffer is empty
 *   - somebody waits to send     =>  the buffer is full
 *   - never both, but for one task that selects on both ends of one channel
 *   - closed                     =>  nobody waits
 *
 * A value goes straight into the waiting receiver's place, or from the waiting
 * sender's; it passes through the buffer only when nobody waits.  A woken task is
 * queued and not switched to, so that a stream through a buffer moves many values
 * a switch.
 *
 * The wait records lie in the waiting tasks' frames.  A waker copies the value and
 * sets the record's `ok` before it makes the task ready; the task, once awake, owns
 * its record again.  It may also free the channel, so the waker gives the lock back before
 * that and does not touch the channel any more. */
#include "chan.h"

#include "core/clock.h"
#include "core/compiler.h"
#include "core/lock_impl.h"
#include "core/wait.h"
#include "core/worker.h"
#include "look/count.h"
#include "memory/gc_hooks.h"
#include "wait/chan_impl.h"

#include <string.h>

#define LINE 64
#define CHAN_BYTES_MORE (sizeof(struct chan) + 2 * LINE)

/* A channel shares no cache line: two that are used on two workers would slow each other
 * down. */
static struct chan *chan_alloc(size_t buffer_bytes)
{
    char *p = gc_or_malloc((buffer_bytes + CHAN_BYTES_MORE) & ~(size_t)(LINE - 1));
    struct chan *c;

    if (!p)
        return NULL;
    c = (struct chan *)(((uintptr_t)p + LINE - 1) & ~(uintptr_t)(LINE - 1));
    memset(c, 0, sizeof *c);
    c->shift = (uint8_t)((char *)c - p);
    return c;
}

static void chan_free(struct chan *c)
{
    gc_or_free((char *)c - c->shift);
}

struct chan *chan_make_at(size_t elem_bytes, size_t cap, const struct site *where)
{
    struct worker *w = worker_self();
    size_t buffer_bytes;
    struct chan *c;

    if (__builtin_mul_overflow(elem_bytes, cap, &buffer_bytes) ||
        buffer_bytes > (size_t)PTRDIFF_MAX - CHAN_BYTES_MORE || cap > PTRDIFF_MAX)
        task_panic(where, "makechan: size out of range (%zu values of %zu bytes)", cap, elem_bytes);
    c = chan_alloc(buffer_bytes);
    if (!c)
        return NULL;
    c->refs = 1;
    c->made = made_number(where);
    c->elem_bytes = elem_bytes;
    c->cap = cap;
    gauge_add(&w->stats.channels, 1);
    made_add(&w->made, MADE_CHANNEL, c->made, 1);
    return c;
}
LEFT_OUT(chan_make_at);

struct chan *chan_ref(struct chan *c)
{
    if (c)
        __atomic_add_fetch(&c->refs, 1, __ATOMIC_RELAXED);
    return c;
}

/* Nobody owns c any more, and somebody seems to wait in it: then the caller goes on owning it. */
static NOINLINE void dropped_while_waiting(struct chan *c, const struct site *where)
{
    const struct site *at = NULL;
    const struct waiter *first;
    bool receives;
    uint64_t id;

    lock_take(&c->lock);
    receives = c->receivers.first;
    first = receives ? c->receivers.first : c->senders.first;
    if (first) {
        at = first->task->where;
        id = first->task->id;
        c->refs = 1;
    }
    lock_give(&c->lock);
    if (at)
        task_panic(
            where ? where : at,
            "last reference dropped to a channel in which task %llu waits (%s at %s:%d in %s)",
            (unsigned long long)id, receives ? "to receive" : "to send", at->file, at->line,
            at->func);
}

void chan_drop_at(struct chan *c, const struct site *where)
{
    struct worker *w = worker_self();

    if (!c || __atomic_sub_fetch(&c->refs, 1, __ATOMIC_ACQ_REL))
        return;
    if (unlikely(__atomic_load_n(&c->receivers.first, __ATOMIC_RELAXED) ||
                 __atomic_load_n(&c->senders.first, __ATOMIC_RELAXED)))
        dropped_while_waiting(c, where);
    gauge_add(&w->stats.channels, -1);
    made_add(&w->made, MADE_CHANNEL, c->made, -1);
    if (c->count)
        gauge_add(&w->stats.chan_bytes, -(int64_t)(c->count * c->elem_bytes));
    chan_free(c);
}
LEFT_OUT(chan_drop_at);

void(chan_drop)(struct chan *c)
{
    chan_drop_at(c, NULL);
}
LEFT_OUT(chan_drop);

size_t chan_len(const struct chan *c)
{
    return c && !c->owned ? __atomic_load_n(&c->count, __ATOMIC_RELAXED) : 0;
}

size_t chan_cap(const struct chan *c)
{
    return c && !c->owned ? c->cap : 0;
}

/* --- waiting -------------------------------------------------------------------- */

static _Noreturn void send_on_closed(const struct site *where)
{
    task_panic(where, "send on closed channel");
}

/* What was in the receiver's place, or in the buffer, would pass for the value. */
static inline void must_be_there(const struct chan *c, const void *v, const struct site *where)
{
    if (unlikely(!v) && c->elem_bytes)
        send_of_nothing(where);
}

NOINLINE _Noreturn void send_of_nothing(const struct site *where)
{
    task_panic(where, "send of NULL instead of a value");
}

void chan_send_at(struct chan *c, const void *v, const struct site *where)
{
    enum chan_result r;
    struct task *woken;

    while (unlikely(!c))
        park(WAIT_SEND_NIL, where, NULL);
    must_be_there(c, v, where);
    lock_take(&c->lock);
    r = chan_give(c, v, &woken);
    if (r == CHAN_WOULD_BLOCK) {
        struct waiter me = { .task = task_self(), .value = (void *)v };

        waiter_push(&c->senders.first, &c->senders.last, &me);
        park(WAIT_SEND, where, &c->lock);
        r = me.ok ? CHAN_OK : CHAN_CLOSED;
    } else {
        chan_unlock(c, woken);
    }
    if (unlikely(r == CHAN_CLOSED))
        send_on_closed(where);
}
LEFT_OUT(chan_send_at);

bool chan_recv_at(struct chan *c, void *v, const struct site *where)
{
    enum chan_result r;
    struct task *woken;

    while (unlikely(!c))
        park(WAIT_RECV_NIL, where, NULL);
    lock_take(&c->lock);
    r = chan_take(c, v, &woken);
    if (r == CHAN_WOULD_BLOCK) {
        struct waiter me = { .task = task_self(), .value = v };

        waiter_push(&c->receivers.first, &c->receivers.last, &me);
        park(WAIT_RECV, where, &c->lock);
        return me.ok; /* whoever closed has zeroed the value */
    }
    chan_unlock(c, woken);
    return r == CHAN_OK;
}
LEFT_OUT(chan_recv_at);

/* A try first looks without the lock, and most often finds that there is nothing to do.  What
 * remains is a function of its own, so that this fast path saves no registers for it. */

static NOINLINE enum chan_result try_send_locked(struct chan *c, const void *v,
                                                 const struct site *where)
{
    enum chan_result r;
    struct task *woken;

    must_be_there(c, v, where);
    lock_take(&c->lock);
    r = chan_give(c, v, &woken);
    chan_unlock(c, woken);
    if (unlikely(r == CHAN_CLOSED))
        send_on_closed(where);
    return r;
}
LEFT_OUT_AS(try_send_locked, "chan_try_send");

enum chan_result chan_try_send_at(struct chan *c, const void *v, const struct site *where)
{
    if (!c)
        return CHAN_WOULD_BLOCK;
    /* Full, and no receiver: read without the lock, and true at that moment.  A closed channel must
     * panic, so it takes the slow path. */
    if (!__atomic_load_n(&c->closed, __ATOMIC_ACQUIRE) &&
        __atomic_load_n(&c->count, __ATOMIC_RELAXED) == c->cap &&
        !__atomic_load_n(&c->receivers.first, __ATOMIC_RELAXED))
        return CHAN_WOULD_BLOCK;
    return try_send_locked(c, v, where);
}
LEFT_OUT(chan_try_send_at);

static NOINLINE enum chan_result try_recv_locked(struct chan *c, void *v)
{
    enum chan_result r;
    struct task *woken;

    lock_take(&c->lock);
    r = chan_take(c, v, &woken);
    chan_unlock(c, woken);
    return r;
}
LEFT_OUT_AS(try_recv_locked, "chan_try_recv");

enum chan_result chan_try_recv(struct chan *c, void *v)
{
    /* closed is read last: once it is set nothing is added, so "empty, then not
     * closed" was true at one moment. */
    if (!c || (!__atomic_load_n(&c->count, __ATOMIC_ACQUIRE) &&
               !__atomic_load_n(&c->senders.first, __ATOMIC_ACQUIRE) &&
               !__atomic_load_n(&c->closed, __ATOMIC_ACQUIRE)))
        return CHAN_WOULD_BLOCK;
    return try_recv_locked(c, v);
}
LEFT_OUT(chan_try_recv);

/* The waiter `me` is queued under the lock: wait for its turn or for the time.
 * True: the time came first, and the waiter has been taken off again. */
static bool wait_or_give_up(struct chan *c, struct wait_ends *queue, struct waiter *me,
                            enum wait_reason reason, int64_t ns, const struct site *where)
{
    me->contested = true;
    me->task->claim = 0;
    waiter_push(&queue->first, &queue->last, me);
    park_until(reason, where, &c->lock, deadline_after(worker_self(), ns));
    if (me->woken)
        return false;
    lock_take(&c->lock);
    if (me->queued)
        waiter_remove(&queue->first, &queue->last, me);
    lock_give(&c->lock);
    return true;
}

enum chan_result chan_send_timed_at(struct chan *c, const void *v, int64_t ns,
                                    const struct site *where)
{
    struct waiter me = { .task = task_self(), .value = (void *)v };
    enum chan_result r;
    struct task *woken;

    if (!c) {
        task_sleep_at(ns, where);
        return CHAN_WOULD_BLOCK;
    }
    must_be_there(c, v, where);
    lock_take(&c->lock);
    r = chan_give(c, v, &woken);
    if (r != CHAN_WOULD_BLOCK || ns <= 0)
        chan_unlock(c, woken);
    else if (!wait_or_give_up(c, &c->senders, &me, WAIT_SEND, ns, where))
        r = me.ok ? CHAN_OK : CHAN_CLOSED;
    if (unlikely(r == CHAN_CLOSED))
        send_on_closed(where);
    return r;
}
LEFT_OUT(chan_send_timed_at);

enum chan_result chan_recv_timed_at(struct chan *c, void *v, int64_t ns, const struct site *where)
{
    struct waiter me = { .task = task_self(), .value = v };
    enum chan_result r;
    struct task *woken;

    if (!c) {
        task_sleep_at(ns, where);
        return CHAN_WOULD_BLOCK;
    }
    lock_take(&c->lock);
    r = chan_take(c, v, &woken);
    if (r != CHAN_WOULD_BLOCK || ns <= 0)
        chan_unlock(c, woken);
    else if (!wait_or_give_up(c, &c->receivers, &me, WAIT_RECV, ns, where))
        r = me.ok ? CHAN_OK : CHAN_CLOSED;
    return r;
}
LEFT_OUT(chan_recv_timed_at);

/* --- closing ---------------------------------------------------------------------- */

/* False: it was closed already. */
static bool chan_shut(struct chan *c)
{
    struct waiter *w, *woken = NULL, **end = &woken;
    bool open;

    lock_take(&c->lock);
    open = !c->closed;
    __atomic_store_n(&c->closed, true, __ATOMIC_RELEASE);
    while (open && (w = waiter_pop(&c->receivers.first, &c->receivers.last))) {
        chan_zero(c, w->value);
        *end = w;
        end = &w->next;
    }
    while (open && (w = waiter_pop(&c->senders.first, &c->senders.last))) {
        *end = w; /* not ok: it panics */
        end = &w->next;
    }
    *end = NULL;
    lock_give(&c->lock);
    ready_all(woken);
    return open;
}

/* A timer or a context that found its channel closed would panic under a lock, or in the
 * scheduler: who closes it by mistake panics instead. */
void chan_close_at(struct chan *c, const struct site *where)
{
    worker_needed();
    if (!c)
        task_panic(where, "close of nil channel");
    if (unlikely(c->owned))
        task_panic(where, "close of a channel that belongs to a timer or a context");
    if (!chan_shut(c))
        task_panic(where, "close of closed channel");
}
LEFT_OUT(chan_close_at);

void chan_close_owned(struct chan *c)
{
    chan_shut(c);
}
