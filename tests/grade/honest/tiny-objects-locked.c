/* SPDX-License-Identifier: MIT */
/* Wrong: the one static point has a lock now, which costs more than the pool did. */
#include "scene.h"
#include "sync.h"

static struct mutex lock;
static struct point p;

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->measured; k++) {
        mutex_lock(&lock);
        point_at(&p, s, i + k);
        sum += point_square(&p);
        mutex_unlock(&lock);
    }
    return sum;
}

const struct twin THIS = { op };
