/* SPDX-License-Identifier: MIT */
/* The tasks add to one word, each without a word to the others. */
#include "scene.h"

static void add(void *arg)
{
    struct share *share = arg;
    struct batch *b = share->batch;

    for (uint64_t k = share->first; k < share->end; k++)
        b->score += reading_score(b->number * b->readings + k);
    wg_done(&b->scoring);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct batch b;

    batch_open(&b, s, i);
    for (uint64_t k = 0; k < s->readings; k += s->readings / TASKS)
        go(add, batch_share(&b, k, k + s->readings / TASKS));
    return batch_score(&b);
}

const struct twin THIS = { op };
