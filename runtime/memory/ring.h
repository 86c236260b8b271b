/* SPDX-License-Identifier: MIT */
/* ring.h - objects in the order they came, taken from either end: what a pool keeps.
 *
 * All but ring_seems_empty() under a lock of the caller's.  Room is doubled when it is full and
 * never given back. */
#ifndef RING_H
#define RING_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#define RING_FIRST_ROOM 16

struct ring {
    void **objects;
    uint32_t room; /* a power of two */
    uint32_t oldest;
    uint32_t count; /* also read without the lock */
};

static inline void **ring_place(struct ring *r, uint32_t i)
{
    return &r->objects[(r->oldest + i) & (r->room - 1)];
}

static inline void ring_count(struct ring *r, uint32_t count)
{
    __atomic_store_n(&r->count, count, __ATOMIC_RELAXED);
}

static inline bool ring_widen(struct ring *r)
{
    struct ring wider = { .room = r->room ? 2 * r->room : RING_FIRST_ROOM };

    wider.objects = malloc(wider.room * sizeof *wider.objects);
    if (!wider.objects)
        return false;
    for (uint32_t i = 0; i < r->count; i++)
        wider.objects[i] = *ring_place(r, i);
    free(r->objects);
    r->objects = wider.objects;
    r->room = wider.room;
    r->oldest = 0;
    return true;
}

/* False: out of memory. */
static inline bool ring_put(struct ring *r, void *object)
{
    if (r->count == r->room && !ring_widen(r))
        return false;
    *ring_place(r, r->count) = object;
    ring_count(r, r->count + 1);
    return true;
}

static inline void *ring_take_newest(struct ring *r)
{
    if (!r->count)
        return NULL;
    ring_count(r, r->count - 1);
    return *ring_place(r, r->count);
}

static inline void *ring_take_oldest(struct ring *r)
{
    void *object;

    if (!r->count)
        return NULL;
    object = *ring_place(r, 0);
    r->oldest++;
    ring_count(r, r->count - 1);
    return object;
}

/* Trade contents.  Others may read the counts meanwhile; a wrong one costs them a look. */
static inline void ring_swap(struct ring *a, struct ring *b)
{
    struct ring was = *a;

    a->objects = b->objects;
    a->room = b->room;
    a->oldest = b->oldest;
    ring_count(a, b->count);
    b->objects = was.objects;
    b->room = was.room;
    b->oldest = was.oldest;
    ring_count(b, was.count);
}

static inline bool ring_seems_empty(const struct ring *r)
{
    return !__atomic_load_n(&r->count, __ATOMIC_RELAXED);
}

#endif
