/* SPDX-License-Identifier: MIT */
/* Wrong: no limit, and a task for each half. */
#include "scene.h"

static void sort(void *arg)
{
    struct piece *p = arg, left, right;

    if (p->n > 1) {
        pieces_split(p, &left, &right);
        wg_add(&left.sorted, 1);
        go(sort, &left);
        wg_add(&right.sorted, 1);
        go(sort, &right);
        wg_wait(&left.sorted);
        wg_wait(&right.sorted);
        piece_merge(p);
    }
    wg_done(&p->sorted);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct piece all;

    piece_make(&all, s, i);
    wg_add(&all.sorted, 1);
    sort(&all);
    return piece_end(&all);
}

const struct twin THIS = { op };
