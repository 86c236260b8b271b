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

#include "core/compiler.h"
#include "core/stack.h"
#include "core/task_slab.h"
#include "core/timer_heap.h"
#include "core/worker.h"
#include "look/blocks.h"
#include "look/dump_impl.h"
#include "look/faults.h"
#include "look/leaks.h"
#include "look/threads.h"
#include "memory/gc_hooks.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
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

enum {
    MOST_MAPS = 1 << 17, /* vm.max_map_count is 65,530 */
    MOST_STRETCHES = 1024,
    MOST_STACK_MAPS = 64,
    MOST_HOLES = 1 << 16,
    COPY = 64 << 10,
    PAGE_BYTES = 4096,
    RED_ZONE = 128, /* below its stack pointer a leaf function may keep something */
    AHEAD = 16,     /* so many are asked for, before the first has come */
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
    const ucontext_t *interrupted; /* NULL: the caller runs as himself */
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
    uintptr_t coming[AHEAD]; /* pointers that were found and not followed */
    size_t found, followed;  /* so many ever were */
    size_t nblocks;          /* they wait in their stretches to be looked through */
    size_t at;               /* the stretch that the last was taken from */
    struct task **work;      /* so do tasks here */
};

/* --- what is mapped --- */

static uintptr_t hex(const char **at)
{
    uintptr_t v = 0;

    for (int digit;; v = v << 4 | (uintptr_t)digit, ++*at) {
        if (**at >= '0' && **at <= '9')
            digit = **at - '0';
        else if (**at >= 'a' && **at <= 'f')
            digit = **at - 'a' + 10;
        else
            return v;
    }
}

/* "55d0-55f0 rw-p 00000000 00:00 0   [heap]" */
static void map_take(struct look *l, const char *line)
{
    const char *at = line;
    struct span m = { .from = hex(&at) };

    at++;
    m.to = hex(&at);
    if (strncmp(at, " rw", 3) != 0 || l->nmaps == MOST_MAPS)
        return;
    if (strstr(at, "[heap]")) /* more than one, after a fork */
        l->brk = (struct span){ l->brk.from ? l->brk.from : m.from, m.to };
    else if (strstr(at, "[stack]"))
        l->first_stack = m;
    if (l->nmaps > 0 && l->maps[l->nmaps - 1].to == m.from)
        l->maps[l->nmaps - 1].to = m.to;
    else
        l->maps[l->nmaps++] = m;
}

static int maps_read(struct look *l)
{
    char text[8192];
    size_t used = 0;
    ssize_t n;
    int fd = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);

    while (fd >= 0 && (n = read(fd, text + used, sizeof text - 1 - used)) > 0) {
        char *line = text, *end;

        text[used += (size_t)n] = 0;
        for (; (end = strchr(line, '\n')); line = end + 1) {
            *end = 0;
            map_take(l, line);
        }
        used -= (size_t)(line - text);
        memmove(text, line, used);
    }
    if (fd >= 0)
        close(fd);
    return l->nmaps == MOST_MAPS ? -ENOMEM : l->nmaps ? 0 : -ENOTSUP;
}

static bool within(struct span s, uintptr_t p)
{
    return p >= s.from && p < s.to;
}

static bool is_mapped(const struct look *l, uintptr_t p)
{
    for (size_t i = 0; i < l->nmaps; i++)
        if (within(l->maps[i], p))
            return true;
    return false;
}

static bool is_hole(const struct look *l, uintptr_t p)
{
    for (size_t i = 0; i < l->nholes; i++)
        if (within(l->holes[i], p))
            return true;
    return false;
}

/* A page that is mapped may be a guard, which the kernel does not list. */
static bool is_readable(uintptr_t p)
{
    uintptr_t word;
    struct iovec here = { &word, sizeof word }, there = { (void *)p, sizeof word };

    return process_vm_readv(getpid(), &here, 1, &there, 1, 0) == sizeof word;
}

static void hole(struct look *l, uintptr_t from, uintptr_t to)
{
    if (l->nholes < MOST_HOLES)
        l->holes[l->nholes++] = (struct span){ from, to };
}

/* Pointers into this range are followed from now on. */
static void can_be_reached(struct look *l, uintptr_t from, uintptr_t to)
{
    if (from < l->lowest)
        l->lowest = from;
    if (to > l->highest)
        l->highest = to;
    hole(l, from, to);
}

/* --- reaching --- */

/* Nobody runs it, and by itself it never will run again. */
static NO_TSAN bool waits_for_others(const struct task *t)
{
    return t->state == TASK_WAITING && t->reason != WAIT_SLEEP && t->reason != WAIT_BLOCKING &&
           t->stack && t->context.pc;
}

static void reach_task(struct look *l, struct task *t)
{
    if (!t->leaked)
        return;
    t->leaked = 0;
    l->work[l->nwork++] = t;
}

/* Does p point into t's frames?  What lies below them is dead.  What lies above belongs to the
 * runtime, and lists of free stacks have pointed to it. */
static bool in_frames(const struct task *t, uintptr_t p)
{
    return p >= (uintptr_t)t->context.sp && p < context_top(t->stack);
}

/* Whose stack p points into.  NULL: nobody's. */
static struct task *owner(const struct look *l, uintptr_t p)
{
    for (size_t i = 0; i < l->nstacks; i++)
        if (within(l->stacks[i].at, p))
            return l->stacks[i].of[(p - l->stacks[i].at.from) / l->stacks[i].stride];
    return NULL;
}

static void reach(struct look *l, uintptr_t p)
{
    struct task *t = owner(l, p);

    if (t && in_frames(t, p))
        reach_task(l, t);
    for (size_t i = 0; !t && i < l->nstretches; i++)
        if (p >= l->stretches[i].from && p < l->stretches[i].to) {
            l->nblocks += stretch_see(&l->stretches[i], p);
            return;
        }
}

/* A pointer was found.  It is followed only after some others, when the bits that belong to it
 * have come into the cache. */
static inline void find(struct look *l, uintptr_t p)
{
    const struct stretch *s = &l->stretches[0];

    if (p >= s->from && p < s->to)
        stretch_prefetch(s, p);
    if (l->found - l->followed == AHEAD)
        reach(l, l->coming[l->followed++ % AHEAD]);
    l->coming[l->found++ % AHEAD] = p;
}

static void reach_the_last(struct look *l)
{
    while (l->followed < l->found)
        reach(l, l->coming[l->followed++ % AHEAD]);
}

static void look_through(struct look *l, uintptr_t from, uintptr_t to)
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
    return (uintptr_t)t % _Alignof(struct task) == 0 && is_mapped(l, (uintptr_t)t) &&
           is_readable((uintptr_t)&t->stack) && owner(l, (uintptr_t)t->stack) == t;
}

/* The same for what is in use by somebody who runs: pointers to descriptors count, too. */
static void look_through_running(struct look *l, uintptr_t from, uintptr_t to)
{
    look_through(l, from, to);
    for (uintptr_t at = (from + 7) & ~(uintptr_t)7; at + 8 <= to; at += 8)
        if (is_task(l, *(struct task **)at))
            reach_task(l, *(struct task **)at);
}

/* What it has registered; its registers, if it does not run; its argument, until it has that
 * itself.  All else in its descriptor was of use before. */
static void look_through_descriptor(struct look *l, const struct task *t)
{
    look_through(l, (uintptr_t)t, (uintptr_t)&t->context);
    if (t->context.pc)
        look_through(l, (uintptr_t)&t->context, (uintptr_t)(&t->context + 1));
    if (!t->stack)
        look_through(l, (uintptr_t)&t->arg, (uintptr_t)(&t->arg + 1));
    look_through(l, (uintptr_t)&t->root, (uintptr_t)&t->state);
}

/* And its frames from sp on. */
static void look_through_task(struct look *l, const struct task *t, uintptr_t sp)
{
    look_through_descriptor(l, t);
    if (t->stack)
        look_through(l, sp, (uintptr_t)t->stack);
}

static uintptr_t take_block(struct look *l)
{
    uintptr_t block;

    if (!l->nblocks)
        return 0;
    while (!(block = stretch_take(&l->stretches[l->at])))
        l->at = (l->at + 1) % l->nstretches;
    l->nblocks--;
    return block;
}

/* Each block is asked for when it is taken, and looked through some others later (Cher, Hosking,
 * Vitek 2004: software prefetching for mark-sweep collection).  They are taken as they lie in
 * memory and not as they were found.  Where blocks point anywhere that is what counts: a page that
 * the processor does not know costs more than a line that is not in the cache. */
static void look_through_blocks(struct look *l)
{
    uintptr_t coming[AHEAD];
    size_t asked = 0, done = 0;

    for (;;) {
        uintptr_t next;

        while (asked - done < AHEAD && (next = take_block(l))) {
            coming[asked++ % AHEAD] = next;
            __builtin_prefetch((const void *)(next - 16));
            __builtin_prefetch((const void *)(next + 48));
        }
        if (asked == done)
            return;
        next = coming[done++ % AHEAD];
        if (!block_is_cache(next, l->stretches, l->nstretches))
            look_through(l, next, block_end(next));
    }
}

static void work_off(struct look *l)
{
    do {
        look_through_blocks(l);
        reach_the_last(l);
        if (!l->nblocks && l->nwork > 0) {
            const struct task *t = l->work[--l->nwork];

            look_through_task(l, t, (uintptr_t)t->context.sp);
        }
    } while (l->nblocks || l->nwork || l->followed < l->found);
}

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
        work_off(l);
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
    const struct task *t = owner(l, stack_pointer(c));

    return t && t->context.pc;
}

/* The stack on which a worker runs while it runs no task. */
static struct span own_stack(const struct look *l, const struct worker *w)
{
    return w->stack_from ? (struct span){ (uintptr_t)w->stack_from, (uintptr_t)w->stack_to }
                         : l->first_stack;
}

/* Is the thread a worker that has nothing to run?  No task is at stake in what it does. */
static bool is_idle(const struct look *l, const ucontext_t *c)
{
    for (int i = 0; i < sched.nworkers; i++) {
        const struct worker *w = sched.workers[i];

        if (!w->current && !w->firing && within(own_stack(l, w), stack_pointer(c)))
            return true;
    }
    return false;
}

/* The registers that every function keeps for its caller. */
static void look_through_kept(struct look *l, const mcontext_t *m)
{
#ifdef __x86_64__
    look_through(l, (uintptr_t)&m->gregs[REG_R12], (uintptr_t)&m->gregs[REG_R15 + 1]);
    look_through(l, (uintptr_t)&m->gregs[REG_RBP], (uintptr_t)&m->gregs[REG_RBX + 1]);
#else
    look_through(l, (uintptr_t)&m->regs[19], (uintptr_t)&m->regs[30]);
#endif
}

/* Of an idle worker only those registers count that may be its caller's, main()'s: the others
 * hold what some task has left there. */
static void look_through_registers(struct look *l, const ucontext_t *c, bool wakes)
{
    const mcontext_t *m = &c->uc_mcontext;

    if (is_idle(l, c))
        look_through_kept(l, m);
    else
        (wakes ? look_through_running : look_through)(l, (uintptr_t)m, (uintptr_t)(m + 1));
}

/* A stopped thread.  If it runs a task, its stack is looked through with the tasks.  What the
 * kernel has mapped right above its stack, such as the stacks of tasks, may be part of the same
 * mapping. */
static void look_through_thread(struct look *l, const ucontext_t *c)
{
    uintptr_t sp = stack_pointer(c);
    bool wakes = owner(l, sp) || some_fire();

    if (is_switching(l, c))
        return;
    look_through_registers(l, c, wakes);
    for (size_t i = 0; i < l->nmaps && !owner(l, sp); i++)
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
        if (owner(l, stack_pointer(thread(l, i))) == t)
            return stack_pointer(thread(l, i)) - RED_ZONE;
    return (uintptr_t)t->stack->base;
}

/* Look through a task that can go on by itself.  Of the caller only the frames are looked
 * through that are still in use; it wakes nobody just now. */
static NO_TSAN void look_through_live(struct look *l, const struct task *t, uintptr_t sp)
{
    if (!t->stack)
        look_through_task(l, t, 0);
    else if (owner(l, sp) == t)
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
    work_off(l);
    for (size_t i = 0; i < l->nmaps; i++)
        look_through_map(l, l->maps[i], false);
}

/* --- what is there --- */

/* Call take() with each part of the mapping that may belong to another arena: arenas begin at
 * such addresses, and other mappings rarely do. */
static void each_arena(struct look *l, struct span m,
                       void (*take)(struct look *l, struct span part))
{
    uintptr_t from = (m.from + ARENA_PART - 1) & ~(ARENA_PART - 1);

    for (; from < m.to; from += ARENA_PART)
        if (!is_hole(l, from) && is_readable(from))
            take(l, (struct span){ from, m.to - from < ARENA_PART ? m.to : from + ARENA_PART });
}

static void count_walked(struct look *l, struct span part)
{
    l->walked_bytes += part.to - part.from;
}

/* The most that is needed: the bits of what is walked; for each stack its owner and an entry of
 * work. */
static bool more_memory(struct look *l)
{
    size_t bytes = PAGE_BYTES;

    for (const struct stack_map *m = stack_maps; m; m = m->next) {
        can_be_reached(l, (uintptr_t)m->from, (uintptr_t)m->to);
        bytes += (size_t)(m->to - m->from) / m->stride * 16 + 64;
    }
    l->walked_bytes = l->brk.to - l->brk.from;
    for (size_t i = 0; i < l->nmaps; i++)
        each_arena(l, l->maps[i], count_walked);
    bytes += stretch_bits_bytes(l->walked_bytes) + MOST_STRETCHES * (stretch_bits_bytes(0) + 64);
    l->more = l->free = dump_map(bytes);
    l->more_bytes = bytes;
    return l->more;
}

static void *piece(struct look *l, size_t bytes)
{
    void *p = l->free;

    l->free += (bytes + 63) & ~(size_t)63;
    return p;
}

/* Walk a range as blocks of malloc.  true: it is known from now on.  false: it could not be
 * walked, and stays a part of its mapping. */
static bool walk_take(struct look *l, struct span m,
                      bool (*walk)(struct stretch *, uintptr_t, uintptr_t))
{
    struct stretch *s = &l->stretches[l->nstretches];

    if (l->nstretches == MOST_STRETCHES)
        return false;
    stretch_begin(s, m.from, m.to, piece(l, stretch_bits_bytes(m.to - m.from)));
    if (!walk(s, m.from, m.to))
        return false;
    l->nstretches++;
    can_be_reached(l, s->from, s->to);
    return true;
}

static void arena_take(struct look *l, struct span part)
{
    walk_take(l, part, stretch_of_arena);
}

/* The first arena lies among the data of glibc, as stdout's stream does. */
static void leave_out_first_arena(struct look *l)
{
    uintptr_t arena;
    size_t bytes;

    for (size_t i = 0; i < l->nmaps; i++)
        if (within(l->maps[i], (uintptr_t)stdout) &&
            (bytes = first_arena_find(&l->stretches[0], l->maps[i].from, l->maps[i].to, &arena)))
            hole(l, arena, arena + bytes);
}

static bool stretches_take(struct look *l)
{
    if (l->brk.from) {
        if (!walk_take(l, l->brk, stretch_of_brk))
            return false;
        leave_out_first_arena(l);
    }
    for (size_t i = 0; i < l->nmaps; i++)
        each_arena(l, l->maps[i], arena_take);
    return true;
}

static bool stacks_take(struct look *l)
{
    for (const struct stack_map *m = stack_maps; m; m = m->next) {
        struct stacks *s = &l->stacks[l->nstacks++];

        if (l->nstacks == MOST_STACK_MAPS)
            return false;
        s->at = (struct span){ (uintptr_t)m->from, (uintptr_t)m->to };
        s->stride = m->stride;
        s->of = piece(l, (s->at.to - s->at.from) / s->stride * sizeof(struct task *));
    }
    return true;
}

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
            stretch_leave_out(&l->stretches[i], from);
            return;
        }
    hole(l, from, from + bytes);
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
static uintptr_t signals_from(const struct look *l, struct span signals, uintptr_t sp)
{
    uintptr_t from = within(signals, sp) ? sp : signals.to;

    for (size_t i = 0; i < threads(l); i++) {
        const ucontext_t *c = thread(l, i);

        if (within(signals, (uintptr_t)c) && (uintptr_t)c < from && !is_idle(l, c) &&
            !is_switching(l, c))
            from = (uintptr_t)c;
    }
    return from;
}

/* Leave out what lies on a worker's own stacks below the frames that it still needs. */
static void leave_out_dead_frames(struct look *l, const struct worker *w, uintptr_t sp)
{
    struct span own = own_stack(l, w);
    struct span signals = { (uintptr_t)w->signal_stack,
                            (uintptr_t)w->signal_stack + SIGNAL_STACK_BYTES };
    uintptr_t from = own_frames_from(l, w, own);

    if (within(own, from))
        hole(l, own.from, from);
    if (signals.from)
        hole(l, signals.from, signals_from(l, signals, sp));
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

static int64_t leaked_count(void)
{
    int64_t n = 0;

    EACH_TASK(t)
    n += t->leaked;
    return n;
}

static int64_t look_around(struct look *l, uintptr_t sp)
{
    int err = maps_read(l);

    if (err)
        return err;
    if (!is_readable((uintptr_t)l))
        return -ENOTSUP;
    if (!more_memory(l))
        return -ENOMEM;
    if (!stacks_take(l))
        return -ENOMEM;
    if (!stretches_take(l))
        return -EAGAIN;
    l->work = (struct task **)l->free;
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
