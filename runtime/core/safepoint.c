/* SPDX-License-Identifier: MIT */
#include "core/safepoint.h"

#include "core/spin.h"

void safepoint_init(struct safepoint *s)
{
    __atomic_store_n(&s->state, asym_start() ? 0 : SAFEPOINT_FENCED, __ATOMIC_RELEASE);
}

void safepoint_wait(struct safepoint *s, int worker)
{
    uint32_t *inside = &s->workers[worker].inside;

    for (;;) {
        __atomic_thread_fence(__ATOMIC_SEQ_CST);
        if (!(__atomic_load_n(&s->state, __ATOMIC_ACQUIRE) & SAFEPOINT_REQUESTED))
            return;
        __atomic_store_n(inside, 0, __ATOMIC_RELEASE);
        for (int n = 1; __atomic_load_n(&s->state, __ATOMIC_ACQUIRE) & SAFEPOINT_REQUESTED; n++)
            spin_pause(n);
        __atomic_store_n(inside, 1, __ATOMIC_RELAXED);
    }
}

void safepoint_begin(struct safepoint *s)
{
    uint32_t was = __atomic_fetch_or(&s->state, SAFEPOINT_REQUESTED, __ATOMIC_SEQ_CST);

    if (sched.alone)
        return;
    if (!(was & SAFEPOINT_FENCED))
        asym_heavy();
    for (int i = 0; i < sched.nworkers; i++)
        for (int n = 1; __atomic_load_n(&s->workers[i].inside, __ATOMIC_ACQUIRE); n++)
            spin_pause(n);
}

void safepoint_end(struct safepoint *s)
{
    __atomic_fetch_and(&s->state, ~(uint32_t)SAFEPOINT_REQUESTED, __ATOMIC_RELEASE);
}
