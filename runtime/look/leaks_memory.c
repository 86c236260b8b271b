/* SPDX-License-Identifier: MIT */
/* leaks_memory.c - which memory there is: what is mapped, whose the tasks' stacks are, where the
 * blocks of malloc lie. */
#include "core/tools.h"

#if !defined(TOOL_ASAN) && !defined(TOOL_TSAN)

#include "look/dump_impl.h"
#include "look/leaks_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

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

int look_read_maps(struct look *l)
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

bool look_is_mapped(const struct look *l, uintptr_t p)
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

bool look_is_readable(uintptr_t p)
{
    uintptr_t word;
    struct iovec here = { &word, sizeof word }, there = { (void *)p, sizeof word };

    return process_vm_readv(getpid(), &here, 1, &there, 1, 0) == sizeof word;
}

void look_hole(struct look *l, uintptr_t from, uintptr_t to)
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
    look_hole(l, from, to);
}

/* --- stacks, and blocks of malloc --- */

struct task *look_owner(const struct look *l, uintptr_t p)
{
    for (size_t i = 0; i < l->nstacks; i++)
        if (within(l->stacks[i].at, p))
            return l->stacks[i].of[(p - l->stacks[i].at.from) / l->stacks[i].stride];
    return NULL;
}

/* Call take() with each part of the mapping that may belong to another arena: arenas begin at
 * such addresses, and other mappings rarely do. */
static void each_arena(struct look *l, struct span m,
                       void (*take)(struct look *l, struct span part))
{
    uintptr_t from = (m.from + ARENA_PART - 1) & ~(ARENA_PART - 1);

    for (; from < m.to; from += ARENA_PART)
        if (!is_hole(l, from) && look_is_readable(from))
            take(l, (struct span){ from, m.to - from < ARENA_PART ? m.to : from + ARENA_PART });
}

static void count_walked(struct look *l, struct span part)
{
    l->walked_bytes += part.to - part.from;
}

/* The most that is needed: two bits for 16 bytes of blocks, and an entry of work for 32 bytes;
 * for each stack its owner and an entry of work. */
bool look_get_memory(struct look *l)
{
    size_t bytes = PAGE_BYTES;

    for (const struct stack_map *m = stack_maps; m; m = m->next) {
        can_be_reached(l, (uintptr_t)m->from, (uintptr_t)m->to);
        bytes += (size_t)(m->to - m->from) / m->stride * 16 + 64;
    }
    l->walked_bytes = l->brk.to - l->brk.from;
    for (size_t i = 0; i < l->nmaps; i++)
        each_arena(l, l->maps[i], count_walked);
    bytes += l->walked_bytes / 32 * sizeof(uintptr_t) + stretch_bits_bytes(l->walked_bytes) +
             MOST_STRETCHES * sizeof(struct blocks64) * 2;
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
static bool stretch_take(struct look *l, struct span m,
                         bool (*walk)(struct stretch *, uintptr_t, uintptr_t))
{
    struct stretch *s = &l->stretches[l->nstretches];

    if (l->nstretches == MOST_STRETCHES)
        return false;
    s->bits = piece(l, stretch_bits_bytes(m.to - m.from));
    if (!walk(s, m.from, m.to))
        return false;
    l->nstretches++;
    can_be_reached(l, s->from, s->to);
    return true;
}

static void arena_take(struct look *l, struct span part)
{
    stretch_take(l, part, stretch_of_arena);
}

/* The first arena lies among the data of glibc, as stdout's stream does. */
static void leave_out_first_arena(struct look *l)
{
    uintptr_t arena;
    size_t bytes;

    for (size_t i = 0; i < l->nmaps; i++)
        if (within(l->maps[i], (uintptr_t)stdout) &&
            (bytes = first_arena_find(&l->stretches[0], l->maps[i].from, l->maps[i].to, &arena)))
            look_hole(l, arena, arena + bytes);
}

bool look_take_stretches(struct look *l)
{
    if (l->brk.from) {
        if (!stretch_take(l, l->brk, stretch_of_brk))
            return false;
        leave_out_first_arena(l);
    }
    for (size_t i = 0; i < l->nmaps; i++)
        each_arena(l, l->maps[i], arena_take);
    return true;
}

bool look_take_stacks(struct look *l)
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

#endif
