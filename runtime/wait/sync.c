/* SPDX-License-Identifier: MIT */
/* sync.c - mutex, rwmutex, waitgroup, once and cond.
 *
 * The mutex and the waitgroup have a word that decides the usual case without a lock.  All but
 * once, which is one word, have a queue of waiters under a short lock, the guard.  Of them this
 * holds:
 *
 *   - A waiter is queued under the guard, and parks by giving the guard back.
 *   - A waker takes waiters off under the guard and makes them ready *after* giving it
 *     back: the woken task may return and free the thing, so it is not touched again.
 *
 * The mutex lets newcomers barge in: unlock frees it and wakes the first waiter, who
 * must win it like anybody else.  Handing it over each time would be fair and slow:
 * nobody could take the lock before the woken task had its turn (a convoy).  A
 * waiter that loses goes back to the head of the queue, and after a millisecond in all is
 * handed the lock.  The rwmutex always hands over, since its two sides take turns.
 *
 * The mutex does not spin before it parks: the holder is most often a task that is not
 * running now, and parking costs less than a guess. */
#include "sync.h"

#include "core/clock.h"
#include "core/compiler.h"
#include "core/lock_impl.h"
#include "core/wait.h"
#include "core/worker.h"
#include "defer.h"
#include "look/count.h"
#include "timer.h"

#define STARVING_NS MS

static inline void queue_push(struct wait_queue *q, struct waiter *w)
{
    waiter_push(&q->first, &q->last, w);
}

static inline void queue_push_first(struct wait_queue *q, struct waiter *w)
{
    w->prev = NULL;
    w->next = q->first;
    if (q->first)
        q->first->prev = w;
    else
        q->last = w;
    q->first = w;
    w->queued = true;
}

static inline struct waiter *queue_pop(struct wait_queue *q)
{
    return waiter_pop(&q->first, &q->last);
}

/* Take all waiters off: the first of their list. */
static inline struct waiter *queue_take(struct wait_queue *q)
{
    struct waiter *all = q->first;

    q->first = q->last = NULL;
    return all;
}

/* --- mutex ------------------------------------------------------------------------ */

/* QUEUED is set and cleared under the guard only, and says truly whether somebody is
 * queued whenever the guard is free.  The fast paths are for a state without it. */
enum { LOCKED = 1, QUEUED = 2 };

/* Change *word from `from` to `to`; false: it is something else by now. */
static inline bool word_change(uint32_t *word, uint32_t from, uint32_t to)
{
    if (worker_alone()) {
        if (*word != from)
            return false;
        *word = to;
        return true;
    }
    return __atomic_compare_exchange_n(word, &from, to, false, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED);
}

/* Under the guard: take the lock, or else say that somebody waits. */
static bool lock_or_announce(struct mutex *m)
{
    for (;;) {
        uint32_t s = __atomic_load_n(&m->state, __ATOMIC_RELAXED);

        if (!(s & LOCKED) && word_change(&m->state, s, s | LOCKED))
            return true;
        if (s & LOCKED && word_change(&m->state, s, s | QUEUED))
            return false;
    }
}

/* All that a lock costs for the sake of dumps. */
static inline NO_TSAN uint32_t my_number(void)
{
    return (uint32_t)task_self()->id;
}

static NOINLINE NOCLONE void mutex_wait(struct mutex *m, const struct site *where)
{
    int64_t since_ns = clock_quick(worker_self());
    struct waiter me = { .task = task_self(), .value = &since_ns };
    bool woken = false; /* this task has waited before, so it goes before the others */

    lock_take(&m->guard);
    while (!lock_or_announce(m)) {
        if (!woken)
            counter_add(&worker_self()->stats.lock_waits, 1);
        (woken ? queue_push_first : queue_push)(&m->queue, &me);
        me.task->lock = m;
        park(WAIT_MUTEX, where, &m->guard);
        if (me.ok) { /* handed over, still locked */
            m->holder = my_number();
            return;
        }
        woken = true;
        lock_take(&m->guard);
    }
    m->holder = my_number();
    lock_give(&m->guard);
}
LEFT_OUT_AS(mutex_wait, "mutex_lock");

void mutex_lock_at(struct mutex *m, const struct site *where)
{
    if (likely(word_change(&m->state, 0, LOCKED)))
        m->holder = my_number();
    else
        mutex_wait(m, where); /* as the last act: the way before it saves no registers */
}
LEFT_OUT(mutex_lock_at);

bool mutex_try_lock(struct mutex *m)
{
    uint32_t s = __atomic_load_n(&m->state, __ATOMIC_RELAXED);

    if (s & LOCKED || !word_change(&m->state, s, s | LOCKED))
        return false;
    m->holder = my_number();
    return true;
}
LEFT_OUT(mutex_try_lock);

static inline bool starving(const struct waiter *w)
{
    return clock_quick(worker_self()) - *(const int64_t *)w->value > STARVING_NS;
}

/* The slow path of unlocking; false: it was not locked.  Under the guard and locked, nobody else
 * changes the state. */
static NOINLINE bool mutex_pass_on(struct mutex *m)
{
    struct waiter *w;
    bool hand_over;

    lock_take(&m->guard);
    if (!(__atomic_load_n(&m->state, __ATOMIC_RELAXED) & LOCKED)) {
        lock_give(&m->guard);
        return false;
    }
    w = queue_pop(&m->queue);
    hand_over = w && starving(w);
    __atomic_store_n(&m->state, (m->queue.first ? QUEUED : 0) | (hand_over ? LOCKED : 0),
                     __ATOMIC_RELEASE);
    lock_give(&m->guard);
    if (w) {
        w->ok = hand_over;
        ready(w->task);
    }
    return true;
}

/* A mutex that nobody holds is all zero bytes, as before it was used. */
void mutex_unlock_at(struct mutex *m, const struct site *where)
{
    m->holder = 0;
    if (unlikely(!word_change(&m->state, LOCKED, 0)) && !mutex_pass_on(m))
        task_fatal(where, "sync: unlock of unlocked mutex");
}
LEFT_OUT(mutex_unlock_at);

/* --- rwmutex ------------------------------------------------------------------------ */

#define WRITING (-1)

/* One function, under this name: who waits jumps to it. */
static NOINLINE NOCLONE void rw_wait(struct rwmutex *m, struct wait_queue *q,
                                     enum wait_reason reason, const struct site *where)
{
    struct waiter me = { .task = task_self() };

    counter_add(&worker_self()->stats.lock_waits, 1);
    queue_push(q, &me);
    me.task->lock = m;
    park(reason, where, &m->guard); /* whoever wakes us has handed it over */
    if (reason == WAIT_RWMUTEX)
        m->writer = my_number();
}
LEFT_OUT_AS(rw_wait, "rwmutex_lock() or rwmutex_rlock");

void rwmutex_rlock_at(struct rwmutex *m, const struct site *where)
{
    worker_needed();
    lock_take(&m->guard);
    if (unlikely(m->readers == WRITING || m->write_queue.first)) {
        rw_wait(m, &m->read_queue, WAIT_RWMUTEX_R, where);
        return;
    }
    m->readers++;
    lock_give(&m->guard);
}
LEFT_OUT(rwmutex_rlock_at);

void rwmutex_lock_at(struct rwmutex *m, const struct site *where)
{
    lock_take(&m->guard);
    if (m->readers) {
        rw_wait(m, &m->write_queue, WAIT_RWMUTEX, where);
        return;
    }
    m->readers = WRITING;
    m->writer = my_number();
    lock_give(&m->guard);
}
LEFT_OUT(rwmutex_lock_at);

/* Nobody holds it: hand it to the first writer; NULL: there is none. */
static struct waiter *hand_to_writer(struct rwmutex *m)
{
    struct waiter *w = queue_pop(&m->write_queue);

    if (w) {
        m->readers = WRITING;
        w->next = NULL; /* a list of one */
    }
    return w;
}

void rwmutex_runlock_at(struct rwmutex *m, const struct site *where)
{
    struct waiter *woken = NULL;
    int32_t held;

    worker_needed();
    lock_take(&m->guard);
    held = m->readers;
    if (held > 0 && !--m->readers)
        woken = hand_to_writer(m);
    lock_give(&m->guard);
    if (unlikely(held <= 0))
        task_fatal(where, "sync: RUnlock of unlocked RWMutex");
    ready_all(woken);
}
LEFT_OUT(rwmutex_runlock_at);

void rwmutex_unlock_at(struct rwmutex *m, const struct site *where)
{
    struct waiter *woken = NULL;
    int32_t held;

    worker_needed();
    lock_take(&m->guard);
    held = m->readers;
    if (held == WRITING) {
        m->readers = 0;
        m->writer = 0;
        woken = queue_take(&m->read_queue);
        for (struct waiter *w = woken; w; w = w->next)
            m->readers++;
        if (!woken)
            woken = hand_to_writer(m);
    }
    lock_give(&m->guard);
    if (unlikely(held != WRITING))
        task_fatal(where, "sync: Unlock of unlocked RWMutex");
    ready_all(woken);
}
LEFT_OUT(rwmutex_unlock_at);

/* --- waitgroup ------------------------------------------------------------------------ */

/* One word for the counter and "somebody waits", because they must be seen together:
 * with two, the last done could find the counter 0, a waiter come by, see the same,
 * return and free the group - and only then would the done look for waiters. */
enum { WAITED = 1, ONE = 2 };

static inline int64_t state_add(struct waitgroup *wg, int64_t n)
{
    if (worker_alone())
        return wg->state += n;
    return __atomic_add_fetch(&wg->state, n, __ATOMIC_ACQ_REL);
}

static NOINLINE void wg_wake(struct waitgroup *wg)
{
    struct waiter *all;

    lock_take(&wg->guard);
    all = queue_take(&wg->queue);
    __atomic_and_fetch(&wg->state, ~(int64_t)WAITED, __ATOMIC_RELAXED);
    lock_give(&wg->guard);
    ready_all(all);
}

void wg_add_at(struct waitgroup *wg, int64_t n, const struct site *where)
{
    int64_t s = state_add(wg, n * ONE);

    if (unlikely(s < 0))
        task_panic(where, "sync: negative WaitGroup counter");
    if (unlikely(s == WAITED))
        wg_wake(wg);
}
LEFT_OUT(wg_add_at);

/* Nothing to wait for.  A counter below 0, as unsigned, is more than any other. */
static inline bool is_zero(int64_t state)
{
    return (uint64_t)state < ONE;
}

/* Under the guard: say that somebody waits, unless there is nothing to wait for. */
static bool wg_announce(struct waitgroup *wg)
{
    int64_t s = __atomic_load_n(&wg->state, __ATOMIC_ACQUIRE);

    while (!is_zero(s))
        if (__atomic_compare_exchange_n(&wg->state, &s, s | WAITED, false, __ATOMIC_ACQ_REL,
                                        __ATOMIC_ACQUIRE))
            return true;
    return false;
}

void wg_wait_at(struct waitgroup *wg, const struct site *where)
{
    struct waiter me = { .task = task_self() };

    if (is_zero(__atomic_load_n(&wg->state, __ATOMIC_ACQUIRE)))
        return;
    lock_take(&wg->guard);
    if (!wg_announce(wg)) {
        lock_give(&wg->guard);
        return;
    }
    queue_push(&wg->queue, &me);
    park(WAIT_WAITGROUP, where, &wg->guard);
}
LEFT_OUT(wg_wait_at);

/* --- once --------------------------------------------------------------------------- */

/* One word says all: 0 until the first call; RUNNING, with a pointer to the waiter that came last;
 * OVER.  So one exchange says that it is over and takes the waiters, and nobody touches the once
 * again: whoever sees that it is over may free it. */
enum { OVER = 1, RUNNING = 2 };

static inline struct waiter *once_waiters(uintptr_t state)
{
    return (struct waiter *)(state & ~(uintptr_t)(OVER | RUNNING));
}

static void once_over(void *once)
{
    struct once *o = once;
    uintptr_t was = __atomic_exchange_n(&o->state, OVER, __ATOMIC_ACQ_REL); /* with what fn made */

    ready_all(once_waiters(was));
}

static NOINLINE void once_first(struct once *o, task_fn *fn, void *arg, const struct site *where)
{
    DEFER_SCOPE;
    struct cleanup over;

    o->runner = my_number();
    defer_stack(&over, once_over, o, where); /* also when fn panics */
    fn(arg);
}
KNOWN_CALL(once_first, "once_do", false);

/* Whoever ends it may wake us from the moment in which the exchange has succeeded. */
static NOINLINE void once_wait(struct once *o, const struct site *where)
{
    struct waiter me = { .task = task_self() };
    uintptr_t state = __atomic_load_n(&o->state, __ATOMIC_ACQUIRE);

    me.task->lock = o;
    park_announce(worker_self(), me.task, WAIT_ONCE, where);
    do {
        if (state == OVER) {
            me.task->state = TASK_RUNNING;
            return;
        }
        me.next = once_waiters(state);
    } while (!__atomic_compare_exchange_n(&o->state, &state, (uintptr_t)&me | RUNNING, false,
                                          __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE));
    counter_add(&worker_self()->stats.lock_waits, 1);
    park_leave();
}
LEFT_OUT_AS(once_wait, "once_do");

/* To mark it as done before the call would be wrong: a second caller would return before fn has. */
void once_do_at(struct once *o, task_fn *fn, void *arg, const struct site *where)
{
    uintptr_t nobody = 0;

    if (likely(__atomic_load_n(&o->state, __ATOMIC_ACQUIRE) == OVER))
        return;
    if (__atomic_compare_exchange_n(&o->state, &nobody, RUNNING, false, __ATOMIC_ACQ_REL,
                                    __ATOMIC_RELAXED))
        once_first(o, fn, arg, where);
    else
        once_wait(o, where);
}
CALLS_BACK(once_do_at);

/* --- cond --------------------------------------------------------------------------- */

/* Queued before m is free: a signal from then on finds us, and may make us ready before
 * we have left; whoever takes us waits until we have. */
void cond_wait_at(struct cond *c, struct mutex *m, const struct site *where)
{
    struct waiter me = { .task = task_self() };

    if (!(__atomic_load_n(&m->state, __ATOMIC_RELAXED) & LOCKED))
        task_fatal(where, "sync: unlock of unlocked mutex");
    lock_take(&c->guard);
    queue_push(&c->queue, &me);
    park_announce(worker_self(), me.task, WAIT_COND, where);
    lock_give(&c->guard);
    mutex_unlock_at(m, where);
    park_leave();
    mutex_lock_at(m, where);
}
LEFT_OUT(cond_wait_at);

void cond_signal(struct cond *c)
{
    struct waiter *w;

    worker_needed();
    lock_take(&c->guard);
    w = queue_pop(&c->queue);
    lock_give(&c->guard);
    if (w)
        ready(w->task);
}
LEFT_OUT(cond_signal);

void cond_broadcast(struct cond *c)
{
    struct waiter *all;

    worker_needed();
    lock_take(&c->guard);
    all = queue_take(&c->queue);
    lock_give(&c->guard);
    ready_all(all);
}
LEFT_OUT(cond_broadcast);
