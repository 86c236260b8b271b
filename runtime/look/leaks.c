/* SPDX-License-Identifier: MIT */
/* leaks.c - a conservative trace in which waiting tasks are garbage until somebody is found who
 * points to them.
 *
 * What may hold a pointer is, to begin with, everything that is mapped and writable: data
 * segments, threads' own stacks, memory of other allocators.  Not so
 *
 *   - the tasks' stacks.  That of a task that can run by itself is looked through; that of a
 *     waiting one when a pointer into it was found.  A waiter lies in the frame of who waits
 *     (wait.h), so whoever can wake a task has a chain of pointers that ends there.
 *   - the blocks of glibc's malloc: each is looked through when a pointer into it was found.  So
 *     a channel that only leaked tasks know leads nowhere.
 *   - descriptors of tasks, and what a heap of timers holds beyond its count: all tasks that
 *     ever were can be reached through them.
 *
 * A worker that was stopped may be about to wake a task whose waiter it has already taken off:
 * it holds the descriptor and no more.  So in the registers and on the stack of a task that runs,
 * or of a worker that fires timers, a pointer to a descriptor counts, too.
 *
 * Everything that is not understood is looked through as a whole.  So an error of this file's
 * makes a task seem within reach, and never leaked.
 *
 * That is why there is no proof on the collector (memory/gc.c).  Its objects could be told apart by
 * GC_base(); but its block headers and its mark stack, which point to them, lie in mappings like
 * theirs, and it has no function that says which these are. */
#include "leak.h"

#include "core/task_slab.h"
#include "core/timer_heap.h"
#include "core/worker.h"
#include "look/dump_impl.h"
#include "look/faults.h"
#include "look/leaks.h"
#include "look/leaks_impl.h"
#include "look/threads.h"
#include "memory/gc_hooks.h"

#include <errno.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#if defined(TOOL_ASAN) || defined(TOOL_TSAN)

int64_t leaks_find_from(const ucontext_t *interrupted)
{
    (void)interrupted;
    return -ENOTSUP; /* most of what is mapped is the tool's */
}

#else

/* --- what is looked through in any case --- */

/* A part of a mapping.  Through a copy: a page may be a guard, which the kernel does not list. */
static void look_through_copy(struct look *l, uintptr_t from, uintptr_t to, bool running)
{
    while (from < to) {
        size_t n = to - from < COPY ? to - from : COPY;
        struct iovec here = { l->copy, n }, there = { (void *)from, n };
        ssize_t got = process_vm_readv(getpid(), &here, 1, &there, 1, 0);
        uintptr_t at = (uintptr_t)l->copy, end = at + (got > 0 ? (size_t)got : 0);

        (running ? look_through_running : look_through)(l, at, end);
        look_work_off(l);
        from = got > 0 ? from + (size_t)got : (from | (PAGE_BYTES - 1)) + 1;
    }
}

/* A mapping, or a part of one, without its holes. */
static void look_through_map(struct look *l, struct span m, bool running)
{
    while (m.from < m.to) {
        uintptr_t to = m.to, next = 0;

        for (size_t i = 0; i < l->nholes && !next; i++) {
            if (within(l->holes[i], m.from))
                next = l->holes[i].to;
            else if (l->holes[i].from > m.from && l->holes[i].from < to)
                to = l->holes[i].from;
        }
        if (!next)
            look_through_copy(l, m.from, to, running);
        m.from = next ? next : to;
    }
}

static uintptr_t stack_pointer(const ucontext_t *c)
{
#ifdef __x86_64__
    return (uintptr_t)c->uc_mcontext.gregs[REG_RSP];
#else
    return (uintptr_t)c->uc_mcontext.sp;
#endif
}

/* Does a worker run timers now?  A worker that runs no task wakes tasks only then.  Other
 * pointers to descriptors that it still has are of tasks that it ran before. */
static bool some_fire(void)
{
    for (int i = 0; i < sched.nworkers; i++)
        if (sched.workers[i]->firing)
            return true;
    return false;
}

/* Is the thread between two tasks: it has saved one and not yet begun the next?  Then nothing in
 * its registers is needed any more, except where it continues. */
static bool is_switching(const struct look *l, const ucontext_t *c)
{
    const struct task *t = look_owner(l, stack_pointer(c));

    return t && t->context.pc;
}

/* A stopped thread.  If it runs a task, its stack is looked through with the tasks.  What the
 * kernel has mapped right above its stack, such as the stacks of tasks, may be part of the same
 * mapping. */
static void look_through_thread(struct look *l, const ucontext_t *c)
{
    uintptr_t sp = stack_pointer(c);
    bool wakes = look_owner(l, sp) || some_fire();

    if (is_switching(l, c))
        return;
    (wakes ? look_through_running : look_through)(l, (uintptr_t)&c->uc_mcontext,
                                                  (uintptr_t)(&c->uc_mcontext + 1));
    for (size_t i = 0; i < l->nmaps && !look_owner(l, sp); i++)
        if (within(l->maps[i], sp))
            look_through_map(l, (struct span){ sp - RED_ZONE, l->maps[i].to }, wakes);
}

/* The saved registers of threads that do not run: of those that were stopped, and of the code
 * that a handler interrupted. */
static const ucontext_t *thread(const struct look *l, size_t i)
{
    return i < threads_stopped() ? thread_registers(i) : l->interrupted;
}

static size_t threads(const struct look *l)
{
    return threads_stopped() + (l->interrupted != NULL);
}

/* Where the frames of a task end that runs on one of them; all of its stack, if none is known. */
static uintptr_t frames_from(const struct look *l, const struct task *t)
{
    for (size_t i = 0; i < threads(l); i++)
        if (look_owner(l, stack_pointer(thread(l, i))) == t)
            return stack_pointer(thread(l, i)) - RED_ZONE;
    return (uintptr_t)t->stack->base;
}

/* Look through a task that can go on by itself.  Of the caller only the frames are looked
 * through that are still in use; it wakes nobody just now. */
static NO_TSAN void look_through_live(struct look *l, const struct task *t, uintptr_t sp)
{
    if (!t->stack)
        look_through_task(l, t, 0);
    else if (look_owner(l, sp) == t)
        look_through_task(l, t, sp);
    else if (t->state != TASK_RUNNING && t->context.pc)
        look_through_task(l, t, (uintptr_t)t->context.sp);
    else {
        look_through_descriptor(l, t);
        look_through_running(l, frames_from(l, t), (uintptr_t)t->stack);
    }
}

static void look_through_timers(struct look *l)
{
    for (int i = 0; i < sched.nworkers; i++) {
        const struct timer_heap *h = &sched.workers[i]->timers;

        look_through(l, (uintptr_t)h->timers, (uintptr_t)(h->timers + h->count));
    }
}

static void look_through_all(struct look *l, uintptr_t sp)
{
    look_through_timers(l);
    EACH_TASK(t)
    if (!waits_for_others(t))
        look_through_live(l, t, sp);
    for (size_t i = 0; i < threads(l); i++)
        look_through_thread(l, thread(l, i));
    look_work_off(l);
    for (size_t i = 0; i < l->nmaps; i++)
        look_through_map(l, l->maps[i], false);
}

/* --- what is left out --- */

/* Every task that waits for others counts as leaked, until it is reached. */
static NO_TSAN void tasks_take(struct look *l)
{
    EACH_TASK(t)
    {
        t->leaked = waits_for_others(t);
        for (size_t i = 0; t->stack && i < l->nstacks; i++) {
            struct stacks *s = &l->stacks[i];

            if (within(s->at, (uintptr_t)t->stack))
                s->of[((uintptr_t)t->stack - s->at.from) / s->stride] = t;
        }
    }
}

/* Leave out memory through which many tasks seem reachable that nobody will wake: all
 * descriptors, timers that have fired, the lock that a worker took last. */
static void leave_out(struct look *l, const void *p, size_t bytes)
{
    uintptr_t from = (uintptr_t)p;

    for (size_t i = 0; i < l->nstretches; i++)
        if (from >= l->stretches[i].from && from < l->stretches[i].to) {
            stretch_see(&l->stretches[i], from);
            return;
        }
    look_hole(l, from, from + bytes);
}

/* The lowest address in use on a worker's own stack.  A worker that has switched to a task is in
 * no leaf function.  0: it is not known. */
static uintptr_t own_frames_from(const struct look *l, const struct worker *w, struct span own)
{
    if (w->idle.pc)
        return (uintptr_t)w->idle.sp;
    for (size_t i = 0; i < threads(l); i++)
        if (within(own, stack_pointer(thread(l, i))))
            return stack_pointer(thread(l, i)) - RED_ZONE;
    return 0;
}

/* Where what is in use of a worker's signal stack begins: a handler's frames, or the registers of
 * the thread as it was stopped.  Of an idle one those are not in use: no function expects
 * vector registers to keep anything over a call, so they hold what was copied last, for
 * whatever task.  (Of the others look_through_thread() knows.)  What lies below was left there
 * when the thread was stopped before. */
static uintptr_t signals_from(const struct look *l, const struct worker *w, struct span own,
                              struct span signals, uintptr_t sp)
{
    uintptr_t from = within(signals, sp) ? sp : signals.to;

    for (size_t i = 0; i < threads(l); i++) {
        uintptr_t at = (uintptr_t)thread(l, i);
        bool idle = !w->current && !w->firing && within(own, stack_pointer(thread(l, i)));

        if (within(signals, at) && at < from && !idle && !is_switching(l, thread(l, i)))
            from = at;
    }
    return from;
}

/* Leave out what lies on a worker's own stacks below the frames that it still needs. */
static void leave_out_dead_frames(struct look *l, const struct worker *w, uintptr_t sp)
{
    struct span own = { (uintptr_t)w->stack_from, (uintptr_t)w->stack_to };
    struct span signals = { (uintptr_t)w->signal_stack,
                            (uintptr_t)w->signal_stack + SIGNAL_STACK_BYTES };
    uintptr_t from;

    if (!own.from)
        own = l->first_stack;
    from = own_frames_from(l, w, own);
    if (within(own, from))
        look_hole(l, own.from, from);
    if (signals.from)
        look_hole(l, signals.from, signals_from(l, w, own, signals, sp));
}

static void leave_out_ours(struct look *l, uintptr_t sp)
{
    leave_out(l, l, sizeof *l);
    for (const struct task_slab *s = task_slabs; s; s = s->next)
        leave_out(l, s, sizeof *s);
    for (int i = 0; i < sched.nworkers; i++) {
        const struct timer_heap *h = &sched.workers[i]->timers;

        leave_out(l, sched.workers[i], sizeof *sched.workers[i]);
        if (h->timers)
            leave_out(l, h->timers, h->room * sizeof(struct timer *));
        leave_out_dead_frames(l, sched.workers[i], sp);
    }
}

/* --- one look --- */

static int64_t leaked_count(void)
{
    int64_t n = 0;

    EACH_TASK(t)
    n += t->leaked;
    return n;
}

static int64_t look_around(struct look *l, uintptr_t sp)
{
    int err = look_read_maps(l);

    if (err)
        return err;
    if (!look_is_readable((uintptr_t)l))
        return -ENOTSUP;
    if (!look_get_memory(l))
        return -ENOMEM;
    if (!look_take_stacks(l))
        return -ENOMEM;
    if (!look_take_stretches(l))
        return -EAGAIN;
    l->work = (uintptr_t *)l->free;
    tasks_take(l);
    leave_out_ours(l, sp);
    look_through_all(l, sp);
    return leaked_count();
}

/* Out of line and with all registers of the caller in its frame, which are looked through. */
NOINLINE int64_t leaks_find_from(const ucontext_t *interrupted)
{
    struct look *l;
    int64_t found;
    int err;

    if (!sched.nworkers)
        return 0;
    if (gc_on || RUNNING_ON_VALGRIND) /* whose own memory lies among ours */
        return -ENOTSUP;
    l = dump_map(sizeof *l);
    if (!l)
        return -ENOMEM;
    l->lowest = UINTPTR_MAX;
    l->interrupted = interrupted;
    err = threads_stop();
    if (err) {
        dump_unmap(l, sizeof *l);
        return err;
    }
    __builtin_unwind_init();
    found = look_around(l, (uintptr_t)__builtin_frame_address(0) - SAVED_BYTES);
    threads_go();
    if (l->more)
        dump_unmap(l->more, l->more_bytes);
    dump_unmap(l, sizeof *l);
    return found;
}

#endif

/* A thread that was stopped in malloc is soon out of it. */
int64_t leaks_find(void)
{
    enum { TRIES = 100, PAUSE_NS = 50000 };
    int64_t found = leaks_find_from(NULL);

    for (int tries = 1; found == -EAGAIN && tries < TRIES; tries++) {
        nanosleep(&(struct timespec){ 0, PAUSE_NS }, NULL);
        found = leaks_find_from(NULL);
    }
    return found;
}
