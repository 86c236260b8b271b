/* SPDX-License-Identifier: MIT */
/* error_rates.h - how often the rule is right, on boards whose truth is known.
 *
 * Some programs are timed in rounds, a block of each in a round, and both sides of every
 * block are the same program: nothing differs but the machine.  Of these rounds whole boards
 * are made again and again, by drawing rounds at random (a bootstrap of blocks in time:
 * Kuensch, Annals of Statistics 17, 1989).  What disturbed the machine in a round disturbs
 * all of a board in that round alike, as in a run.  Each pair of a board goes through the
 * interim analyses of the product's own rule.  A true difference is put in by arithmetic, so
 * that the truth is known.
 *
 * The boards share their rounds: ten thousand of them know no more of the machine than the
 * rounds that were measured. */
#ifndef ERROR_RATES_H
#define ERROR_RATES_H

#include "decide/time_rule.h"

#include <stdbool.h>
#include <stdint.h>

/* Rounds of control blocks: that of program p in round r is value[r * programs + p], as
 * block_value() has it of a block that ran A B B A.
 *
 * Both sides are one program, so that the same times are also those of a block B A A B, whose
 * value is the negative.  A board's blocks have their own orders, by turns; so no difference
 * lies in the boards, however far from 0 the few rounds happen to have their centre. */
struct control_rounds {
    const double *value;
    size_t rounds, programs;
};

/* Boards, and the interval of each pair at each interim analysis. */
struct replay {
    struct rule rule;
    size_t boards, pairs; /* pairs on each board */
    struct {
        double lo[LOOKS], hi[LOOKS];
    } *interval; /* boards * pairs */
};

/* Make that many boards from the rounds, the same for the same seed.  0, -EINVAL if there is
 * no round, or -ENOMEM.  replay_free() after any of them. */
int replay_make(struct replay *p, const struct rule *r, const struct control_rounds *c,
                size_t boards, size_t pairs, uint64_t seed);
void replay_free(struct replay *p);

/* What was said of pairs. */
struct tally {
    size_t said[REL_UNSURE + 1]; /* by enum relation */
    size_t wrong;                /* slower inside the margin, the same outside it, or faster */
    size_t n;                    /* pairs of all boards */
};

/* If A truly takes 1 + effect times as long, in every pair. */
struct tally replay_at(const struct replay *p, double effect);

/* Boards with at least one false word, if the pairs have these effects by turns. */
size_t replay_false(const struct replay *p, const double *effects, size_t n);

/* The smallest true effect, in whole percents, that is called slower in this share of the
 * pairs; INFINITY if not even ten times the time is. */
double replay_resolves(const struct replay *p, double share);

#endif
