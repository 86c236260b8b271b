/* SPDX-License-Identifier: MIT */
/* time_rule.h - what can be said from noisy times, and when to stop measuring.
 *
 * Time is measured in blocks of four processes, A B B A and then B A A B, so that
 * a drift of the machine falls on both sides alike.  A block's value is the
 * difference of the mean logarithms, log(A/B).  The blocks of a pair are looked at
 * at planned moments and never in between: whoever looks until a difference is
 * significant finds one. */
#ifndef TIME_RULE_H
#define TIME_RULE_H

#include "decide/rank_intervals.h"

enum relation { REL_SLOWER, REL_FASTER, REL_SAME, REL_UNSURE };

const char *relation_word(enum relation r);

enum { LOOKS = 3, BLOCK_SLOTS = 4 };

struct rule {
    size_t looks[LOOKS]; /* blocks at each interim analysis, rising */
    double confidence;   /* of each interval */
    double margin;       /* 0.1: ten percent are no difference */
};

/* The rule for a board of so many pairs, at least 1.
 *
 * What is said of a pair follows from its interval, so a false word needs an interval that
 * misses the truth.  There are LOOKS intervals for each pair, and all of the board's share 1 %
 * in equal parts (Bonferroni's inequality; Dunn, JASA 56, 1961).  However they depend on each
 * other, in 99 % of boards all of them hold, and no word is false.
 *
 * A rank interval of n values is wrong in at least 2^(1-n) of cases, so that part needs a
 * number of blocks, 16 for 100 pairs, and the first interim analysis is not before. */
struct rule rule_full(double margin, size_t pairs);
struct rule rule_quick(double margin, size_t pairs);

/* The same for whoever has time for so many blocks and no more, an even number up to
 * RANKED_MAX.  If they are too few for a first interim analysis, it lies beyond them. */
struct rule rule_within(double margin, size_t pairs, size_t blocks);

/* The rule for the control of that board.  It is no pair of it: no word about a tip follows from
 * its interval, only that all of them are withheld unless it lies inside the margin.  So it shares
 * no part with the pairs and has 1 % to itself.  In each round of the board it has so many blocks.
 */
enum { CONTROL_BLOCKS = 2 };
struct rule rule_for_control(const struct rule *board);

/* Which side runs in a slot of a block: 0 for A, 1 for B. */
int block_side(size_t block, size_t slot);

/* A block's value from its four times, in the order they ran. */
double block_value(size_t block, const double time[BLOCK_SLOTS]);

/* A against B. */
struct decision {
    enum relation relation;
    double ratio, lo, hi; /* A / B, with its interval at one interim analysis */
    size_t blocks;        /* behind it: those of the last interim analysis; 0: none yet */
    double resolves;      /* 0.2: a true difference of 20 % would have been found */
    double confidence;    /* of the interval */
};

/* What the blocks so far say.  Only those up to the last complete interim analysis
 * count; before the first one it is REL_UNSURE. */
struct decision decide(const struct rule *r, const double *blocks, size_t n);

/* Where an interval lies: outside 1 +- margin, inside it, or neither. */
enum relation decide_relation(double lo, double hi, double margin);

#endif
