/* SPDX-License-Identifier: MIT */
/* deque.c - the slow path of deque.h. */
#include "core/deque.h"

#include "core/sanitizers.h"
#include "look/fatal.h"

#include <stdlib.h>

NO_TSAN void deque_grow(struct deque *q)
{
    uint64_t room = q->slots ? 2 * (q->slots->mask + 1) : 256;
    struct slots *wider;
    int64_t oldest = __atomic_load_n(&q->oldest, __ATOMIC_ACQUIRE);

    tool_ignore_begin();
    wider = malloc(sizeof *wider + room * sizeof wider->task[0]);
    tool_ignore_end();
    if (!wider)
        fatal("out of memory for the queue of ready tasks");
    wider->mask = room - 1;
    for (int64_t i = oldest; i < q->newest; i++)
        __atomic_store_n(&wider->task[i & wider->mask], q->slots->task[i & q->slots->mask],
                         __ATOMIC_RELAXED);
    __atomic_store_n(&q->slots, wider, __ATOMIC_RELEASE);
}
