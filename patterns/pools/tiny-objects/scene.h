/* SPDX-License-Identifier: MIT */
/* A request measures many points, each of which is needed for a moment. */
#ifndef SCENE_H
#define SCENE_H

#include "heap.h"
#include "pattern.h"
#include "pool.h"

/* 16 bytes. */
struct point {
    int64_t x, y;
};

struct scene {
    uint64_t measured; /* points a request */
    struct point origin;
    struct pool *points;
};

static inline void point_at(struct point *p, const struct scene *s, uint64_t i)
{
    p->x = (int64_t)(i * 31 % 1009) - s->origin.x;
    p->y = (int64_t)(i * 17 % 1013) - s->origin.y;
}

static inline uint64_t point_square(const struct point *p)
{
    return (uint64_t)(p->x * p->x + p->y * p->y);
}

#endif
