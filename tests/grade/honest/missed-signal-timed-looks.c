/* SPDX-License-Identifier: MIT */
/* Right: looks again and again, and gives way between two looks. */
#include "scene.h"

#include "task.h"

static bool is_there(struct answer *a, uint64_t *value)
{
    bool there;

    mutex_lock(&a->mutex);
    there = a->is_there;
    *value = there ? a->value : 0;
    mutex_unlock(&a->mutex);
    return there;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct query q;
    struct answer *of[] = { &q.price, &q.stock };
    uint64_t product = 1, value;

    query_send(&q, s, i);
    for (size_t k = 0; k < sizeof of / sizeof *of; k++) {
        while (!is_there(of[k], &value))
            task_yield();
        product *= value;
    }
    query_end(&q);
    return product;
}

const struct twin THIS = { op };
