/* SPDX-License-Identifier: MIT */
/* leaks_impl.h - one look for leaked tasks, as the files that carry it out share it.
 *
 *     leaks_memory.c  which memory there is: mappings, stacks, the blocks of malloc
 *     leaks_trace.c   what can be reached from a piece of it
 *     leaks.c         from where the trace begins, and what is left out of it */
#ifndef LOOK_LEAKS_IMPL_H
#define LOOK_LEAKS_IMPL_H

#include "core/compiler.h"
#include "core/stack.h"
#include "core/worker.h"
#include "look/blocks.h"

#include <ucontext.h>

enum {
    MOST_MAPS = 1 << 17, /* vm.max_map_count is 65,530 */
    MOST_STRETCHES = 1024,
    MOST_STACK_MAPS = 64,
    MOST_HOLES = 1 << 16,
    COPY = 64 << 10,
    PAGE_BYTES = 4096,
    RED_ZONE = 128, /* below its stack pointer a leaf function may keep something */
    AHEAD = 16,     /* how many blocks are prefetched before the first is read */
    /* Below the frame address lie the five registers that a function on x86-64 keeps for its
     * caller; on aarch64 they lie above.  What is further below is the search's own, with words in
     * it that it has read. */
    SAVED_BYTES = 5 * sizeof(uintptr_t),
};

struct span {
    uintptr_t from, to;
};

/* Mappings of stacks, and whose each stack is. */
struct stacks {
    struct span at;
    size_t stride;
    struct task **of;
};

/* One look.  Pages that it does not touch cost nothing. */
struct look {
    const ucontext_t *interrupted; /* what a signal handler interrupted on this thread; NULL: the
                                      caller was not called by a handler */
    size_t nmaps, nstretches, nstacks, nholes, nwork;
    uintptr_t lowest, highest; /* of all that can be reached */
    struct span maps[MOST_MAPS];
    struct span brk, first_stack; /* of these, the two that the kernel names */
    struct span holes[MOST_HOLES];
    struct stretch stretches[MOST_STRETCHES];
    struct stacks stacks[MOST_STACK_MAPS];
    uintptr_t copy[COPY / sizeof(uintptr_t)];

    char *more, *free; /* more memory, by need: bits, owners of stacks, work */
    size_t more_bytes, walked_bytes;
    uintptr_t coming[AHEAD]; /* pointers that were found and wait to be followed; 0: none */
    size_t ncoming;
    uintptr_t *work; /* blocks that were seen and not looked through; and tasks, which are odd */
};

static inline bool within(struct span s, uintptr_t p)
{
    return p >= s.from && p < s.to;
}

/* Nobody runs it, and by itself it never will run again. */
static inline NO_TSAN bool waits_for_others(const struct task *t)
{
    return t->state == TASK_WAITING && t->reason != WAIT_SLEEP && t->reason != WAIT_BLOCKING &&
           t->stack && t->context.pc;
}

/* --- leaks_memory.c --- */

/* To be called in this order.  The mappings: 0 or a negative errno. */
int look_read_maps(struct look *l);

/* Room for all that follows.  false: there is none. */
bool look_get_memory(struct look *l);

/* The mappings of the tasks' stacks.  false: they are too many. */
bool look_take_stacks(struct look *l);

/* The blocks of malloc.  false: a thread was stopped in malloc. */
bool look_take_stretches(struct look *l);

bool look_is_mapped(const struct look *l, uintptr_t p);

/* A page that is mapped may be a guard, which the kernel does not list. */
bool look_is_readable(uintptr_t p);

/* [from, to) is not looked through as a part of its mapping. */
void look_hole(struct look *l, uintptr_t from, uintptr_t to);

/* Whose stack p points into.  NULL: nobody's. */
struct task *look_owner(const struct look *l, uintptr_t p);

/* --- leaks_trace.c --- */

/* What is found in [from, to) can be reached, and what is found there, and so on: after
 * look_work_off() all of it has been. */
void look_through(struct look *l, uintptr_t from, uintptr_t to);
void look_work_off(struct look *l);

/* The same for what is in use by somebody who runs: pointers to descriptors count, too. */
void look_through_running(struct look *l, uintptr_t from, uintptr_t to);

/* What a task has registered; its registers, if it does not run; its argument, until it has that
 * itself.  The second: and its frames from sp on. */
void look_through_descriptor(struct look *l, const struct task *t);
void look_through_task(struct look *l, const struct task *t, uintptr_t sp);

#endif
