/* SPDX-License-Identifier: MIT */
/* arena.c - malloc and free while a schedule runs.
 *
 * A schedule must not depend on what the one before has left on malloc's free lists: a
 * select locks by address.  So each begins with an empty arena.  Within a schedule
 * no memory is used again, and freed memory is filled with a pattern: a write through a
 * dangling pointer shows at the end. */
#include "arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define ROOM (256 << 10)
#define PAINT 0xee

struct block {
    size_t bytes;
    bool freed;
} __attribute__((aligned(16)));

static _Alignas(64) char room[ROOM];
static size_t used;
static bool on;
static int live;
static const char *trouble;

void *__real_malloc(size_t bytes);
void __real_free(void *p);
void *__wrap_malloc(size_t bytes);
void __wrap_free(void *p);

void *__wrap_malloc(size_t bytes)
{
    struct block *b = (struct block *)(room + used);
    size_t whole = sizeof *b + ((bytes + 15) & ~(size_t)15);

    if (!on || whole > ROOM - used)
        return __real_malloc(bytes);
    used += whole;
    live++;
    *b = (struct block){ bytes, false };
    return memset(b + 1, PAINT, bytes); /* not what the schedule before has left there */
}

void __wrap_free(void *p)
{
    struct block *b = (struct block *)p - 1;

    if (arena_offset(p) == UINT64_MAX) {
        __real_free(p);
        return;
    }
    if (b->freed) {
        trouble = "something is freed twice";
        return;
    }
    b->freed = true;
    live--;
    memset(p, PAINT, b->bytes);
}

void arena_begin(void)
{
    used = 0;
    live = 0;
    trouble = NULL;
    on = true;
}

void arena_end(void)
{
    on = false;
}

int arena_live(void)
{
    return live;
}

static bool paint_is_dry(const struct block *b)
{
    const unsigned char *p = (const unsigned char *)(b + 1);

    for (size_t i = 0; i < b->bytes; i++)
        if (p[i] != PAINT)
            return false;
    return true;
}

const char *arena_trouble(void)
{
    size_t at = 0;

    while (!trouble && at < used) {
        const struct block *b = (const struct block *)(room + at);

        if (b->freed && !paint_is_dry(b))
            trouble = "something is written to after it was freed";
        at += sizeof *b + ((b->bytes + 15) & ~(size_t)15);
    }
    return trouble;
}

uint64_t arena_offset(const volatile void *p)
{
    size_t offset = (size_t)((const char *)p - room);

    return offset < ROOM ? offset : UINT64_MAX;
}
