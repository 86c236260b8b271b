/* SPDX-License-Identifier: MIT */
/* sync.h - locks and gatherings that park tasks, not threads.
 *
 * All of them are ready when all their bytes are zero, must not be copied once
 * used, and own nothing: there is nothing to free. */
#ifndef SYNC_H
#define SYNC_H

#include "task.h"

struct waiter;

/* Tasks in the order they came. */
struct wait_queue {
    struct waiter *first, *last;
};

/* One holder at a time, in no promised order; but whoever has waited more than a
 * millisecond is handed the lock (Go's starvation mode).  Any task may unlock.
 * Unlocking what is not locked panics. */
struct mutex {
    uint32_t state; /* 0 free, 1 locked, 2 locked and somebody waits */
    uint32_t guard; /* protects the queue */
    struct wait_queue queue;
};
#define mutex_lock(m) mutex_lock_at((m), HERE)
bool mutex_try_lock(struct mutex *m);
void mutex_unlock(struct mutex *m);

/* Many readers or one writer.  A waiting writer keeps new readers out. */
struct rwmutex {
    uint32_t guard;
    int32_t readers;  /* holding now; -1: a writer holds */
    uint32_t writers; /* waiting now */
    struct wait_queue read_queue, write_queue;
};
#define rwmutex_lock(m) rwmutex_lock_at((m), HERE)
#define rwmutex_rlock(m) rwmutex_rlock_at((m), HERE)
void rwmutex_unlock(struct rwmutex *m);
void rwmutex_runlock(struct rwmutex *m);

/* Wait until as many have said done as were added.  "negative WaitGroup counter"
 * panics. */
struct waitgroup {
    int64_t count;
    uint32_t guard;
    struct wait_queue queue;
};
void wg_add(struct waitgroup *wg, int64_t n);
void wg_done(struct waitgroup *wg);
#define wg_wait(wg) wg_wait_at((wg), HERE)

/* fn(arg) the first time, for all callers; the others wait until it is over. */
struct once {
    uint32_t done;
    struct mutex mutex;
};
void once_do(struct once *o, task_fn *fn, void *arg);

/* Wait for a change that somebody signals; m is held before and after. */
struct cond {
    uint32_t guard;
    struct wait_queue queue;
};
#define cond_wait(c, m) cond_wait_at((c), (m), HERE)
void cond_signal(struct cond *c);
void cond_broadcast(struct cond *c);

/* What the macros call. */
void mutex_lock_at(struct mutex *m, const struct site *where);
void rwmutex_lock_at(struct rwmutex *m, const struct site *where);
void rwmutex_rlock_at(struct rwmutex *m, const struct site *where);
void wg_wait_at(struct waitgroup *wg, const struct site *where);
void cond_wait_at(struct cond *c, struct mutex *m, const struct site *where);

#endif
