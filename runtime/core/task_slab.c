/* SPDX-License-Identifier: MIT */
#include "core/task_slab.h"

#include "core/compiler.h"
#include "core/sanitizers.h"
#include "core/worker.h"
#include "look/fatal.h"

#include <stdlib.h>
#include <string.h>

struct task_slab *task_slabs;
struct depot task_spares;

NO_TSAN NOINLINE struct task *task_slab_cut(struct worker *w)
{
    struct task_slab *slab;

    tool_ignore_begin();
    slab = aligned_alloc(64, (sizeof *slab + 63) & ~(size_t)63);
    if (!slab)
        fatal("out of memory for tasks");
    memset(slab, 0, sizeof *slab);
    tool_ignore_end();
    for (int i = SLAB_TASKS - 1; i > 0; i--)
        magazine_put(&w->tasks, &task_spares, &slab->tasks[i]);
    slab->next = __atomic_load_n(&task_slabs, __ATOMIC_RELAXED);
    while (!__atomic_compare_exchange_n(&task_slabs, &slab->next, slab, true, __ATOMIC_RELEASE,
                                        __ATOMIC_RELAXED))
        ;
    return &slab->tasks[0];
}
