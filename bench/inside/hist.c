/* SPDX-License-Identifier: MIT */
/* hist.c - log-linear buckets. */
#include "inside/hist.h"

#include <math.h>
#include <stdlib.h>

/* A value keeps its leading 11 bits: 2,048 exact values, of which the upper half
 * stands for each further power of two. */
enum { KEPT_BITS = 11, HALF = 1 << (KEPT_BITS - 1), SHIFTS = 64 - KEPT_BITS };

struct hist {
    uint64_t count;
    int64_t max;
    uint64_t buckets[(SHIFTS + 2) * HALF];
};

struct hist *hist_make(void)
{
    return calloc(1, sizeof(struct hist));
}

void hist_free(struct hist *h)
{
    free(h);
}

static int shift_of(uint64_t value)
{
    int bits = 64 - __builtin_clzll(value | 1);

    return bits > KEPT_BITS ? bits - KEPT_BITS : 0;
}

static size_t bucket_of(uint64_t value)
{
    int shift = shift_of(value);

    return (size_t)shift * HALF + (value >> shift);
}

/* The largest value of a bucket. */
static uint64_t bucket_top(size_t bucket)
{
    if (bucket < 2 * HALF)
        return bucket;
    int shift = (int)(bucket / HALF) - 1;
    uint64_t kept = bucket % HALF + HALF;
    return ((kept + 1) << shift) - 1;
}

void hist_add(struct hist *h, int64_t value)
{
    if (value < 0)
        value = 0;
    h->buckets[bucket_of((uint64_t)value)]++;
    h->count++;
    if (value > h->max)
        h->max = value;
}

uint64_t hist_count(const struct hist *h)
{
    return h->count;
}

int64_t hist_quantile(const struct hist *h, double share)
{
    uint64_t rank = (uint64_t)ceil(share * (double)h->count), seen = 0;
    size_t bucket = 0;

    if (h->count == 0)
        return 0;
    if (rank < 1)
        rank = 1;
    while ((seen += h->buckets[bucket]) < rank)
        bucket++;
    int64_t top = (int64_t)bucket_top(bucket);
    return top < h->max ? top : h->max;
}
