/* SPDX-License-Identifier: MIT */
/* Right: three times in two, whatever the size, if there is enough of it. */
#include "scene.h"

struct branch {
    struct piece piece;
    int depth;
};

static void sort_branch(void *arg)
{
    struct branch *b = arg, left, right;

    if (b->depth > 0) {
        left.depth = right.depth = b->depth - 1;
        pieces_split(&b->piece, &left.piece, &right.piece);
        wg_add(&left.piece.sorted, 1);
        go(sort_branch, &left);
        wg_add(&right.piece.sorted, 1);
        sort_branch(&right);
        wg_wait(&left.piece.sorted);
        piece_merge(&b->piece);
    } else {
        piece_sort(&b->piece);
    }
    wg_done(&b->piece.sorted);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct piece all;

    piece_make(&all, s, i);
    struct branch b = { all, all.n > ENOUGH ? 3 : 0 };
    wg_add(&b.piece.sorted, 1);
    sort_branch(&b);
    return piece_end(&all);
}

const struct twin THIS = { op };
