/* SPDX-License-Identifier: MIT */
/* A request sorts its readings by parallel merge sort. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>
#include <string.h>

#include "pattern.h"
#include "sync.h"

/* So many readings are sorted in some ten microseconds. */
enum { ENOUGH = 1024 };

struct scene {
    uint64_t readings; /* a request */
};

/* Neighbouring readings, and as much space to merge them in. */
struct piece {
    uint64_t *readings, *space;
    size_t n;
    struct waitgroup sorted; /* of the task that sorts it, if there is one */
};

static inline void pieces_split(const struct piece *p, struct piece *left, struct piece *right)
{
    size_t half = p->n / 2;

    *left = (struct piece){ .readings = p->readings, .space = p->space, .n = half };
    *right = (struct piece){ .readings = p->readings + half,
                             .space = p->space + half,
                             .n = p->n - half };
}

/* Both halves are sorted. */
static inline void piece_merge(const struct piece *p)
{
    size_t half = p->n / 2, l = 0, r = half;

    for (size_t k = 0; k < p->n; k++) {
        bool left = r == p->n || (l < half && p->readings[l] <= p->readings[r]);
        p->space[k] = p->readings[left ? l++ : r++];
    }
    memcpy(p->readings, p->space, p->n * sizeof *p->readings);
}

/* In this task. */
static inline void piece_sort(const struct piece *p)
{
    struct piece left, right;

    if (p->n < 2)
        return;
    pieces_split(p, &left, &right);
    piece_sort(&left);
    piece_sort(&right);
    piece_merge(p);
}

/* The readings of request i, not in order. */
static inline void piece_make(struct piece *p, const struct scene *s, uint64_t i)
{
    *p = (struct piece){ .n = s->readings };
    p->readings = calloc(2 * p->n, sizeof *p->readings);
    if (!p->readings)
        panic("piece_make: out of memory");
    p->space = p->readings + p->n;
    for (size_t k = 0; k < p->n; k++)
        p->readings[k] = ((i * p->n + k) * 0x9e3779b97f4a7c15u) >> 40;
}

/* A sum that depends on the order. */
static inline uint64_t piece_end(struct piece *p)
{
    uint64_t sum = 0;

    for (size_t k = 0; k < p->n; k++)
        sum += p->readings[k] * (k + 1);
    free(p->readings);
    return sum;
}

#endif
