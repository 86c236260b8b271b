/* SPDX-License-Identifier: MIT */
/* Right: four tasks that take the next readings from a counter. */
#include "scene.h"

struct queue {
    struct batch *batch;
    uint64_t next; /* atomic */
};

static void score_next(void *arg)
{
    struct queue *q = arg;
    struct batch *b = q->batch;
    uint64_t sum = 0, k;

    while ((k = __atomic_fetch_add(&q->next, 16, __ATOMIC_RELAXED)) < b->readings)
        for (uint64_t end = k + 16; k < end && k < b->readings; k++)
            sum += reading_score(b->number * b->readings + k);
    __atomic_add_fetch(&b->score, sum, __ATOMIC_RELAXED);
    wg_done(&b->scoring);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct batch b;

    batch_open(&b, s, i);
    struct queue q = { .batch = &b };
    wg_add(&b.scoring, 4);
    for (int k = 0; k < 4; k++)
        go(score_next, &q);
    return batch_score(&b);
}

const struct twin THIS = { op };
