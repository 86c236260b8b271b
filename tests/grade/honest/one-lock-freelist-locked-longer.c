/* SPDX-License-Identifier: MIT */
/* Wrong: one lock around the whole lookup in place of two around the list; it is held for
 * longer. */
#include "scene.h"

static struct mutex lock;
static struct scratch shared;

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->lookups; k++) {
        mutex_lock(&lock);
        sum += look_up(&shared, i + k);
        mutex_unlock(&lock);
    }
    return sum;
}

const struct twin THIS = { op };
