/* SPDX-License-Identifier: MIT */
/* leaks_trace.c - what can be reached: words that may be pointers are looked up, and what they
 * point to is looked through in its turn. */
#include "core/tools.h"

#if !defined(TOOL_ASAN) && !defined(TOOL_TSAN)

#include "look/leaks_impl.h"

static void reach_task(struct look *l, struct task *t)
{
    if (!t->leaked)
        return;
    t->leaked = 0;
    l->work[l->nwork++] = (uintptr_t)t | 1;
}

/* Does p point into t's frames?  What lies below them is dead.  What lies above belongs to the
 * runtime, and lists of free stacks have pointed to it. */
static bool in_frames(const struct task *t, uintptr_t p)
{
    return p >= (uintptr_t)t->context.sp && p < context_top(t->stack);
}

static void reach(struct look *l, uintptr_t p)
{
    struct task *t = look_owner(l, p);
    uintptr_t block;

    if (t && in_frames(t, p))
        reach_task(l, t);
    for (size_t i = 0; !t && i < l->nstretches; i++)
        if (p >= l->stretches[i].from && p < l->stretches[i].to) {
            if ((block = stretch_see(&l->stretches[i], p)))
                l->work[l->nwork++] = block;
            return;
        }
}

/* A pointer was found.  It is followed only after some others, when the bits that belong to it
 * have come into the cache. */
static inline void find(struct look *l, uintptr_t p)
{
    const struct stretch *s = &l->stretches[0];
    uintptr_t *place = &l->coming[l->ncoming++ % AHEAD], earlier = *place;

    if (p >= s->from && p < s->to)
        stretch_prefetch(s, p);
    *place = p;
    if (earlier)
        reach(l, earlier);
}

static void reach_the_last(struct look *l)
{
    for (size_t i = 0; i < AHEAD; i++)
        find(l, 0);
}

void look_through(struct look *l, uintptr_t from, uintptr_t to)
{
    const uintptr_t *end = (const uintptr_t *)(to & ~(uintptr_t)7);
    uintptr_t lowest = l->lowest, bytes = l->highest - lowest;

    for (const uintptr_t *p = (const uintptr_t *)((from + 7) & ~(uintptr_t)7); p < end; p++)
        if (*p - lowest < bytes)
            find(l, *p);
}

/* Is t the descriptor of a task?  The stack of a task leads back to its descriptor. */
static bool is_task(const struct look *l, const struct task *t)
{
    return (uintptr_t)t % _Alignof(struct task) == 0 && look_is_mapped(l, (uintptr_t)t) &&
           look_is_readable((uintptr_t)&t->stack) && look_owner(l, (uintptr_t)t->stack) == t;
}

void look_through_running(struct look *l, uintptr_t from, uintptr_t to)
{
    look_through(l, from, to);
    for (uintptr_t at = (from + 7) & ~(uintptr_t)7; at + 8 <= to; at += 8)
        if (is_task(l, *(struct task **)at))
            reach_task(l, *(struct task **)at);
}

/* All else in its descriptor was of use before. */
void look_through_descriptor(struct look *l, const struct task *t)
{
    look_through(l, (uintptr_t)t, (uintptr_t)&t->context);
    if (t->context.pc)
        look_through(l, (uintptr_t)&t->context, (uintptr_t)(&t->context + 1));
    if (!t->stack)
        look_through(l, (uintptr_t)&t->arg, (uintptr_t)(&t->arg + 1));
    look_through(l, (uintptr_t)&t->root, (uintptr_t)&t->state);
}

void look_through_task(struct look *l, const struct task *t, uintptr_t sp)
{
    look_through_descriptor(l, t);
    if (t->stack)
        look_through(l, sp, (uintptr_t)t->stack);
}

static void look_through_next(struct look *l, uintptr_t next)
{
    const struct task *t = (const struct task *)(next - 1);

    if (next % 2)
        look_through_task(l, t, (uintptr_t)t->context.sp);
    else if (!block_is_cache(next, l->stretches, l->nstretches))
        look_through(l, next, block_end(next));
}

/* Each block is asked for when it is reached, and looked through some others later, too (Cher,
 * Hosking, Vitek 2004: software prefetching for mark-sweep collection). */
void look_work_off(struct look *l)
{
    uintptr_t coming[AHEAD] = { 0 };
    size_t n = 0, left = 0;

    for (;; n++) {
        uintptr_t next = coming[n % AHEAD];

        coming[n % AHEAD] = 0;
        if (next) {
            left--;
            look_through_next(l, next);
        }
        if (!l->nwork && !left)
            reach_the_last(l);
        if (!l->nwork && !left)
            return;
        if (l->nwork > 0) {
            coming[n % AHEAD] = l->work[--l->nwork];
            __builtin_prefetch((const void *)(coming[n % AHEAD] - 16));
            __builtin_prefetch((const void *)(coming[n % AHEAD] + 48));
            left++;
        }
    }
}

#endif
