/* SPDX-License-Identifier: MIT */
/* stack.c - where the tasks' stacks come from.
 *
 * Stacks are cut from slabs of address space and never given back to the kernel;
 * a free one waits on its worker's list, the most recently used on top, because
 * its pages and cache lines are there already.  Each is 64 KiB with a guard page
 * below.  Being 17 pages apart, the hot ends of neighbouring stacks fall into
 * different sets of the second-level cache; a shift within the page does the same
 * for the first level.
 *
 * The guard is MADV_GUARD_INSTALL where the kernel has it (Linux 6.13): it splits
 * no mapping, so millions are possible.  Else mprotect, which costs two mappings of the
 * vm.max_map_count that a process may have; some of those are left to the program.  A guard is one
 * page: code that runs in tasks is compiled with -fstack-clash-protection, so that no frame steps
 * over it.
 *
 * A stack beyond that budget has a page below that can be written to, and a warning is given once.
 * Nobody has written to the page, so it is zero and takes no memory.  That it still is zero is
 * looked at when the task ends, now and then when it gives way, and after a fault; what a task
 * wrote beyond the page in between is lost, so the process ends. */
#include "core/stack.h"

#include "core/compiler.h"
#include "core/lock_impl.h"
#include "core/sanitizers.h"
#include "core/worker.h"
#include "look/count.h"
#include "look/fatal.h"
#include "memory/magazine.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#endif

#define PAGE 4096
#define SLAB_STACKS 64
#define MAPS_LEFT 8192 /* to malloc, libraries and other threads */

size_t stack_bytes = 16 * PAGE;

static struct {
    struct depot free;
    struct lock lock; /* for what follows */
    char *slab, *slab_end;
    uint32_t colour;
    bool no_guard_install;
    long guards_left; /* by mprotect */
} stacks;

bool stacks_bare;

/* How many mprotect may make; 65,530 mappings are the kernel's default. */
static long guard_budget(void)
{
    char text[32] = "";
    int fd = open("/proc/sys/vm/max_map_count", O_RDONLY | O_CLOEXEC);
    long maps = 65530;

    if (fd >= 0) {
        if (read(fd, text, sizeof text - 1) > 0)
            maps = atol(text);
        close(fd);
    }
    return (maps - MAPS_LEFT) / 2;
}

static void warn_of_bare_stacks(void)
{
    stacks_bare = true;
    dprintf(
        STDERR_FILENO,
        "twinbench: more task stacks than this kernel can guard (it has no MADV_GUARD_INSTALL, and "
        "vm.max_map_count is too small): an overflow of one of the others is told late\n");
}

/* false: the page can be written to. */
static bool guard(char *page)
{
    if (!stacks.no_guard_install) {
        if (!madvise(page, PAGE, MADV_GUARD_INSTALL))
            return true;
        stacks.no_guard_install = true;
        stacks.guards_left = guard_budget();
    }
    if (stacks.guards_left > 0 && !mprotect(page, PAGE, PROT_NONE)) {
        stacks.guards_left--;
        return true;
    }
    if (!stacks_bare)
        warn_of_bare_stacks();
    return false;
}

struct stack_map *stack_maps;

/* The kernel mostly puts a mapping just below the last one: then the two are one. */
static bool map_note(char *p, size_t bytes, size_t stride)
{
    struct stack_map *m = __atomic_load_n(&stack_maps, __ATOMIC_RELAXED);

    if (m && m->stride == stride && p + bytes == m->from) {
        m->from = p;
        return true;
    }
    struct stack_map *more = malloc(sizeof *more);
    if (!more)
        return false;
    *more = (struct stack_map){ m, p, p + bytes, stride };
    __atomic_store_n(&stack_maps, more, __ATOMIC_RELEASE);
    return true;
}

/* n stacks of so many bytes.  Under the lock, or before there is anybody to take it. */
static char *map(size_t n, size_t stride)
{
    char *p = mmap(NULL, n * stride, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (p == MAP_FAILED)
        return NULL;
    madvise(p, n * stride, MADV_NOHUGEPAGE); /* a parked task shall cost one small page */
    return map_note(p, n * stride, stride) ? p : NULL;
}

/* A stack on bytes of fresh memory, its header `shift` below the top. */
static struct stack *stack_lay(char *base, size_t bytes, size_t shift)
{
    struct stack *s = (struct stack *)(base + bytes - shift) - 1;

    s->bare = !guard(base);
    s->base = base + PAGE;
    tool_stack(&s->tool, s->base, bytes - PAGE);
    return s;
}

static struct stack *stack_cut(void)
{
    size_t stride = stack_bytes + PAGE;
    struct stack *s;

    if (stacks.slab == stacks.slab_end) {
        stacks.slab = map(SLAB_STACKS, stride);
        if (!stacks.slab)
            fatal("out of memory for task stacks");
        stacks.slab_end = stacks.slab + SLAB_STACKS * stride;
    }
    s = stack_lay(stacks.slab, stride, (stacks.colour++ % 16) * 128);
    stacks.slab += stride;
    return s;
}

static NO_TSAN NOINLINE struct stack *stack_new(void)
{
    struct stack *s;

    outside_lock_take(&stacks.lock);
    s = stack_cut();
    outside_lock_give(&stacks.lock);
    return s;
}

/* Prefetch the ends that tasks begin on, headers and all.  What takes long with a cold stack
 * is the page-table walk; asked for several, the processor does them at once. */
ALWAYS_INLINE void fetch_hot_ends(void *const *headers)
{
    for (int line = 0; headers && line < 5; line++)
        for (int k = FETCH_AHEAD - 1; k >= 0; k--)
            __builtin_prefetch((const char *)headers[k] - line * 64, 1);
}

NO_TSAN struct stack *stack_get(struct worker *w)
{
    struct stack *s = magazine_take(&w->stacks, &stacks.free);

    gauge_add(&w->stats.stacks, 1);
    fetch_hot_ends(magazine_ahead(&w->stacks));
    return likely(s) ? s : stack_new();
}

/* The caller may still be running on s, so no other worker may get it before the next switch.
 * None does: what this can share is a magazine that was full before s came. */
NO_TSAN void stack_put(struct worker *w, struct stack *s)
{
    void *spare = s;

    gauge_add(&w->stats.stacks, -1);
    if (tool_put_off(&w->late_stacks, &spare))
        magazine_put(&w->stacks, &stacks.free, spare);
}

struct stack *stack_make_big(size_t bytes)
{
    char *base = map(1, bytes + PAGE);

    return base ? stack_lay(base, bytes + PAGE, 0) : NULL;
}

NO_TSAN bool stack_overflowed(const struct stack *s)
{
    const uint64_t *word = (const uint64_t *)(s->base - PAGE), *end = (const uint64_t *)s->base;

    if (!s->bare)
        return false;
    while (word < end && !*word)
        word++;
    return word < end;
}

bool stack_guards(const struct stack *s, const void *fault)
{
    const char *p = fault;

    return p >= s->base - PAGE && p < s->base;
}
