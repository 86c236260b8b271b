/* SPDX-License-Identifier: MIT */
/* lock_impl.h - the short locks of the runtime: tens of instructions, never held during a
 * callback, never across park() except by handing them to it.
 *
 * Most locks are taken by one worker only, again and again: the lock of a channel
 * between two tasks that run on it, of its timers, of a context.  An atomic exchange
 * costs that worker more than all it does under the lock.  So a lock that one worker takes
 * often enough becomes biased towards it: this worker, its owner, then takes it by two plain
 * stores and a load.  Whoever else comes revokes the bias and pays for both sides
 * (asymmetric_barrier.h). After each revocation it takes twice as many takes in a row to bias the
 * lock again.  This is biased locking, after Kawachiya, Koseki and Onodera, "Lock Reservation"
 * (OOPSLA 2002).
 *
 * Always: a worker holds the lock in one of two ways,
 *   by the word:  it has exchanged `word` for 1; and if the lock was biased towards another
 *                 worker, it has revoked that and seen that the owner does not hold it;
 *   by the bias:  it has written the lock into its own `biased`, and has then seen that it is
 *                 the lock's owner.
 * Both at once is impossible.  An owner that holds another lock by bias already, as in a
 * select, takes the word.  Whoever holds a lock waits for nothing but a lock that comes
 * later in the order of locks, so waiting for an owner to give it adds no deadlock. */
#ifndef LOCK_IMPL_H
#define LOCK_IMPL_H

#include "core/asymmetric_barrier.h"
#include "core/compiler.h"
#include "core/lock.h"
#include "core/sanitizers.h"
#include "core/worker.h"
#include "explore/explore.h"

/* So many takes in a row that a revocation, some microseconds, is little against them. */
#define LOCK_BIAS_TAKES (EXPLORING ? explore_bias_takes : 256u)
/* Where no lock becomes biased, an exploration need not ask about the points in between. */
#define LOCKS_BIAS (!EXPLORING || explore_bias_takes < UINT32_MAX)

/* The slow paths: the word is taken; the lock is another worker's, or may become this one's. */
void lock_word_wait(struct lock *l);
void lock_bias(struct lock *l, struct worker *w);

static inline NO_TSAN void lock_take_word(struct lock *l, struct worker *w)
{
    if (unlikely(__atomic_exchange_n(&l->word, 1, __ATOMIC_ACQUIRE)))
        lock_word_wait(l);
    if (unlikely(l->last != w->number || ++l->takes % LOCK_BIAS_TAKES == 0))
        lock_bias(l, w);
}

static inline NO_TSAN bool lock_take_biased(struct lock *l, struct worker *w)
{
    if (unlikely(w->biased) || !LOCKS_BIAS)
        return false;
    __atomic_store_n(&w->biased, l, __ATOMIC_RELAXED);
    asym_light();
    if (likely(__atomic_load_n(&l->owner, __ATOMIC_RELAXED) == w->number))
        return true;
    __atomic_store_n(&w->biased, NULL, __ATOMIC_RELEASE);
    return false;
}

/* Taken and given by one and the same worker.  With one worker there is nobody to keep out;
 * the branches favour several, who pay more. */
static inline NO_TSAN void lock_take(struct lock *l)
{
    struct worker *w;

    if (unlikely(sched.alone))
        return;
    w = worker_self();
    if (unlikely(!lock_take_biased(l, w)))
        lock_take_word(l, w);
    tool_acquire(l);
}

static inline NO_TSAN void lock_give(struct lock *l)
{
    struct worker *w;

    if (unlikely(sched.alone))
        return;
    w = worker_self();
    tool_release(l);
    if (likely(w->biased == l))
        __atomic_store_n(&w->biased, NULL, __ATOMIC_RELEASE);
    else
        __atomic_store_n(&l->word, 0, __ATOMIC_RELEASE);
}

/* A lock that threads which are no workers take too: always by the word. */
static inline void outside_lock_take(struct lock *l)
{
    if (unlikely(__atomic_exchange_n(&l->word, 1, __ATOMIC_ACQUIRE)))
        lock_word_wait(l);
}

static inline void outside_lock_give(struct lock *l)
{
    __atomic_store_n(&l->word, 0, __ATOMIC_RELEASE);
}

#endif
