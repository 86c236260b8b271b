/* SPDX-License-Identifier: MIT */
/* A request walks through many small steps; each says how deep in it is, and says at its
 * end that it is not any more. */
#ifndef SCENE_H
#define SCENE_H

#include "defer.h"
#include "pattern.h"

struct scene {
    uint64_t steps; /* a request */
};

struct walk {
    uint64_t depth, deepest, sum;
};

static inline void walk_enter(struct walk *w)
{
    if (++w->depth > w->deepest)
        w->deepest = w->depth;
}

static inline void walk_leave(void *walk)
{
    struct walk *w = walk;

    w->depth--;
}

/* What a step is for. */
static inline void walk_on(struct walk *w, uint64_t i)
{
    w->sum += i * 2654435761u >> 7;
}

#endif
