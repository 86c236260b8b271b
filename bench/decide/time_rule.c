/* SPDX-License-Identifier: MIT */
/* time_rule.c - how many blocks, at which confidence, and what their interval says. */
#include "decide/time_rule.h"

#include <math.h>

const char *relation_word(enum relation r)
{
    static const char *const words[] = { [REL_SLOWER] = "slower",
                                         [REL_FASTER] = "faster",
                                         [REL_SAME] = "same",
                                         [REL_UNSURE] = "unsure" };
    return words[r];
}

static const double board_may_err = 0.01;
enum { MOST_FIRST = RANKED_MAX / CONTROL_BLOCKS / LOOKS / 2 * 2 }; /* a control has more blocks */

static double part_of(size_t pairs)
{
    return board_may_err / (double)(LOOKS * pairs);
}

/* The first interim analysis: at least so many blocks, as many as the part needs, and an even
 * number, so that both orders of a block are equally frequent. */
static size_t first_look(size_t least, size_t pairs)
{
    while (least < MOST_FIRST && ldexp(1, 1 - (int)least) > part_of(pairs))
        least += 2;
    return least;
}

struct rule rule_full(double margin, size_t pairs)
{
    size_t first = first_look(16, pairs);

    return (struct rule){ { first, 2 * first, 3 * first }, 1 - part_of(pairs), margin };
}

struct rule rule_quick(double margin, size_t pairs)
{
    size_t first = first_look(8, pairs);

    return (struct rule){ { first, first + first / 4 * 2, 2 * first }, 1 - part_of(pairs), margin };
}

struct rule rule_within(double margin, size_t pairs, size_t blocks)
{
    size_t first = first_look(8, pairs), last = blocks > first ? blocks : first;

    return (struct rule){ { first, (first + last) / 4 * 2, last }, 1 - part_of(pairs), margin };
}

struct rule rule_for_control(const struct rule *board)
{
    struct rule r = *board;

    if (r.confidence > 1 - part_of(1))
        r.confidence = 1 - part_of(1);
    for (int look = 0; look < LOOKS; look++)
        r.looks[look] *= CONTROL_BLOCKS;
    return r;
}

int block_side(size_t block, size_t slot)
{
    static const int first[BLOCK_SLOTS] = { 0, 1, 1, 0 };

    return block % 2 ? !first[slot] : first[slot];
}

double block_value(size_t block, const double time[BLOCK_SLOTS])
{
    double sum[2] = { 0, 0 };

    for (size_t slot = 0; slot < BLOCK_SLOTS; slot++)
        sum[block_side(block, slot)] += log(time[slot]);
    return (sum[0] - sum[1]) / 2;
}

enum relation decide_relation(double lo, double hi, double margin)
{
    if (lo > 1 + margin)
        return REL_SLOWER;
    if (hi < 1 / (1 + margin))
        return REL_FASTER;
    if (lo > 1 / (1 + margin) && hi < 1 + margin)
        return REL_SAME;
    return REL_UNSURE;
}

/* Blocks of the last complete interim analysis. */
static size_t looked_at(const struct rule *r, size_t n)
{
    size_t blocks = 0;

    for (int i = 0; i < LOOKS && r->looks[i] <= n; i++)
        blocks = r->looks[i];
    return blocks;
}

struct decision decide(const struct rule *r, const double *blocks, size_t n)
{
    size_t seen = looked_at(r, n);
    if (seen == 0)
        return (struct decision){ REL_UNSURE, NAN, 0, INFINITY, 0, INFINITY, r->confidence };
    struct interval i = rank_centre(blocks, seen, r->confidence);
    double lo = exp(i.lo), hi = exp(i.hi), half_width = (i.hi - i.lo) / 2;

    return (struct decision){ .relation = decide_relation(lo, hi, r->margin),
                              .ratio = exp(i.mid),
                              .lo = lo,
                              .hi = hi,
                              .blocks = seen,
                              .resolves = (1 + r->margin) * exp(half_width) - 1,
                              .confidence = r->confidence };
}
