/* SPDX-License-Identifier: MIT */
/* lock.c - the seldom parts of lock.h, and of asym.h. */
#include "core/lock.h"
#include "core/asym.h"
#include "core/gate.h"

#include <linux/membarrier.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PAUSES 128
#define MOST_MOVES 20

bool asym_works;

bool asym_start(void)
{
    asym_works =
        EXPLORING || !syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0);
    return asym_works;
}

void asym_heavy(void)
{
    if (!EXPLORING) /* there is no other thread */
        syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0);
}

/* Look seldom: a look takes the line away from the holder, who could have taken and
 * given the lock twenty times meanwhile. */
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

/* The settler sees that it is none any more, or is seen in its seat. */
static void unsettle(struct lock *l, const struct worker *settler)
{
    __atomic_store_n(&l->settler, 0, __ATOMIC_RELAXED);
    asym_heavy();
    for (int n = 1; __atomic_load_n(&settler->seat, __ATOMIC_ACQUIRE) == l; n++)
        gate_pause(n);
    l->moves += l->moves < MOST_MOVES;
}

/* Inside by the word; and the last one was another worker, or this one time and again. */
void lock_settle(struct lock *l, struct worker *w)
{
    uint8_t settler = __atomic_load_n(&l->settler, __ATOMIC_RELAXED);

    if (settler && settler != w->number)
        unsettle(l, sched.workers[settler - 1]);
    if (l->last != w->number) {
        l->last = w->number;
        l->takes = 0;
    } else if (asym_works && l->takes >= LOCK_SETTLE_TAKES << l->moves) {
        __atomic_store_n(&l->settler, w->number, __ATOMIC_RELAXED);
    }
}
