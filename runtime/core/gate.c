/* SPDX-License-Identifier: MIT */
#include "core/gate.h"

void gate_init(struct gate *g)
{
    __atomic_store_n(&g->state, asym_start() ? 0 : GATE_FENCED, __ATOMIC_RELEASE);
}

void gate_wait(struct gate *g, int worker)
{
    uint32_t *inside = &g->workers[worker].inside;

    for (;;) {
        __atomic_thread_fence(__ATOMIC_SEQ_CST);
        if (!(__atomic_load_n(&g->state, __ATOMIC_ACQUIRE) & GATE_CLOSED))
            return;
        __atomic_store_n(inside, 0, __ATOMIC_RELEASE);
        for (int n = 1; __atomic_load_n(&g->state, __ATOMIC_ACQUIRE) & GATE_CLOSED; n++)
            gate_pause(n);
        __atomic_store_n(inside, 1, __ATOMIC_RELAXED);
    }
}

void gate_close(struct gate *g)
{
    uint32_t was = __atomic_fetch_or(&g->state, GATE_CLOSED, __ATOMIC_SEQ_CST);

    if (sched.alone)
        return;
    if (!(was & GATE_FENCED))
        asym_heavy();
    for (int i = 0; i < sched.nworkers; i++)
        for (int n = 1; __atomic_load_n(&g->workers[i].inside, __ATOMIC_ACQUIRE); n++)
            gate_pause(n);
}

void gate_open(struct gate *g)
{
    __atomic_fetch_and(&g->state, ~(uint32_t)GATE_CLOSED, __ATOMIC_RELEASE);
}
