/* SPDX-License-Identifier: MIT */
/* A request goes through many small handlers, each of which is counted. */
#ifndef SCENE_H
#define SCENE_H

#include "defer.h"
#include "pattern.h"

struct scene {
    uint64_t handlers; /* a request passes through */
    uint64_t handled;  /* atomic */
};

static inline void count_handled(void *scene)
{
    struct scene *s = scene;

    __atomic_add_fetch(&s->handled, 1, __ATOMIC_RELAXED);
}

/* What a handler is for. */
static inline uint64_t handle(uint64_t i)
{
    return i * 2654435761u >> 7;
}

#endif
