/* SPDX-License-Identifier: MIT */
/* lock.c - the slow paths of lock_impl.h. */
#include "core/lock_impl.h"

#include "core/spin.h"

#include <sched.h>

#define PAUSES 128
#define MOST_REVOCATIONS 20

/* Read the lock rarely: each read takes the cache line away from the holder, who could have
 * taken and given back the lock twenty times meanwhile. */
void lock_word_wait(struct lock *l)
{
    if (EXPLORING) {
        explore_take(&l->word);
        return;
    }
    for (int n = 1;; n++) {
        for (int k = 0; k < PAUSES; k++)
            cpu_relax();
        if (!__atomic_load_n(&l->word, __ATOMIC_RELAXED) &&
            !__atomic_exchange_n(&l->word, 1, __ATOMIC_ACQUIRE))
            return;
        if (n % 8 == 0)
            sched_yield(); /* the holder has lost its processor */
    }
}

/* Held by the word.  Either the owner sees that it is the owner no longer, or it is seen here
 * to hold the lock. */
static void revoke(struct lock *l, const struct worker *owner)
{
    __atomic_store_n(&l->owner, 0, __ATOMIC_RELAXED);
    asym_heavy();
    for (int n = 1; __atomic_load_n(&owner->biased, __ATOMIC_ACQUIRE) == l; n++)
        spin_pause(n);
    l->revocations += l->revocations < MOST_REVOCATIONS;
}

/* Held by the word.  The last holder was another worker, or this one many times in a row. */
void lock_bias(struct lock *l, struct worker *w)
{
    uint8_t owner = __atomic_load_n(&l->owner, __ATOMIC_RELAXED);

    if (owner && owner != w->number)
        revoke(l, sched.workers[owner - 1]);
    if (l->last != w->number) {
        l->last = w->number;
        l->takes = 0;
    } else if (asym_works && l->takes >= LOCK_BIAS_TAKES << l->revocations) {
        __atomic_store_n(&l->owner, w->number, __ATOMIC_RELAXED);
    }
}
