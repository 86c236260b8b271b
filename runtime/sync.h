/* SPDX-License-Identifier: MIT */
/* sync.h - mutex, rwmutex, waitgroup, once and cond: they park tasks, not threads.
 *
 * All of them are ready when all their bytes are zero, must not be copied once
 * used, and own nothing: there is nothing to free. */
#ifndef SYNC_H
#define SYNC_H

#include "core/lock.h"
#include "task.h"

struct waiter;

/* Tasks in the order they came. */
struct wait_queue {
    struct waiter *first, *last;
};

/* One holder at a time, in no promised order; but whoever has waited more than a
 * millisecond is handed the lock (Go's starvation mode).  Any task may unlock.
 * "sync: unlock of unlocked mutex" is fatal.  Not reentrant: locking twice waits for
 * ever. */
struct mutex {
    uint32_t state;    /* bits: 1 locked, 2 somebody waits */
    struct lock guard; /* protects the queue */
    uint32_t holder;   /* for dumps: the lower half of its holder's number; 0: nobody holds it */
    struct wait_queue queue;
};
#define mutex_lock(m) mutex_lock_at((m), HERE)
bool mutex_try_lock(struct mutex *m); /* true: it is yours; never waits */
#define mutex_unlock(m) mutex_unlock_at((m), HERE)

/* Many readers or one writer.  A waiting writer keeps new readers out, and when a
 * writer leaves, the readers that came meanwhile go before the next writer: neither
 * side starves.  So a reader must not take the lock again: a writer may wait in
 * between.  "sync: Unlock of unlocked RWMutex" and "sync: RUnlock of unlocked RWMutex"
 * are fatal. */
struct rwmutex {
    struct lock guard;
    int32_t readers; /* holding now; -1: a writer holds */
    uint32_t writer; /* for dumps: as in a mutex */
    struct wait_queue read_queue, write_queue;
};
#define rwmutex_lock(m) rwmutex_lock_at((m), HERE)
#define rwmutex_rlock(m) rwmutex_rlock_at((m), HERE)
#define rwmutex_unlock(m) rwmutex_unlock_at((m), HERE)
#define rwmutex_runlock(m) rwmutex_runlock_at((m), HERE)

/* Wait until wg_done() was called as often as was added; at 0 waiting returns at once.
 * "sync: negative WaitGroup counter" panics.  Add before you start
 * a task, not in it.  When a waiter returns, nobody touches *wg any more: it may lie in the
 * waiter's frame. */
struct waitgroup {
    int64_t state; /* twice the counter; odd: somebody waits */
    struct lock guard;
    struct wait_queue queue;
};
#define wg_add(wg, n) wg_add_at((wg), (n), HERE)
#define wg_done(wg) wg_add_at((wg), -1, HERE)
#define wg_wait(wg) wg_wait_at((wg), HERE)

/* The first call runs fn(arg); the others wait until it has ended.  A
 * panic ends fn too, and fn is not called again.  Called within fn it waits for ever.  From the
 * moment in which one of the others returns, nobody touches *o any more: it may be freed. */
struct once {
    uintptr_t state; /* 0 until the first call */
    uint32_t runner; /* for dumps: as the holder of a mutex */
};
#define once_do(o, fn, arg) once_do_at((o), (fn), (arg), HERE)

/* Wait for a change that somebody signals.  m is held before and after, and free in
 * between; a signal after it became free is not lost.  The change may be gone again
 * when m is regained: wait in a loop.  A signal wakes the one that has waited longest,
 * a broadcast all that wait now; neither needs m.  Waiting with an m that nobody holds is fatal. */
struct cond {
    struct lock guard;
    struct wait_queue queue;
};
#define cond_wait(c, m) cond_wait_at((c), (m), HERE)
void cond_signal(struct cond *c);
void cond_broadcast(struct cond *c);

/* What the macros call. */
void mutex_lock_at(struct mutex *m, const struct site *where);
void mutex_unlock_at(struct mutex *m, const struct site *where);
void rwmutex_lock_at(struct rwmutex *m, const struct site *where);
void rwmutex_rlock_at(struct rwmutex *m, const struct site *where);
void rwmutex_unlock_at(struct rwmutex *m, const struct site *where);
void rwmutex_runlock_at(struct rwmutex *m, const struct site *where);
void wg_add_at(struct waitgroup *wg, int64_t n, const struct site *where);
void wg_wait_at(struct waitgroup *wg, const struct site *where);
void once_do_at(struct once *o, task_fn *fn, void *arg, const struct site *where);
void cond_wait_at(struct cond *c, struct mutex *m, const struct site *where);

#endif
