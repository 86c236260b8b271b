/* SPDX-License-Identifier: MIT */
/* Right: two halves, one in a task, on two workers. */
#include "scene.h"

static void sort_half(void *arg)
{
    struct piece *p = arg;

    piece_sort(p);
    wg_done(&p->sorted);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct piece all;

    piece_make(&all, s, i);
    struct piece left, right;
    if (all.n > ENOUGH) {
        pieces_split(&all, &left, &right);
        wg_add(&left.sorted, 1);
        go(sort_half, &left);
        piece_sort(&right);
        wg_wait(&left.sorted);
        piece_merge(&all);
    } else {
        piece_sort(&all);
    }
    return piece_end(&all);
}

const struct twin THIS = { op };
