/* SPDX-License-Identifier: MIT */
/* trial.h - one pair: what A and B are, every value that was measured, and what they say.
 *
 * A and B run by turns, in fresh processes, in blocks of four.  Beside each block is another one
 * in which A plays both parts: the control.  The two together are a round. */
#ifndef TRIAL_H
#define TRIAL_H

#include "decide/time_rule.h"
#include "inside/words.h"
#include "trial/measure.h"

enum { PAIRS_MAX = 64 }; /* of a series, and of its journal */
enum { SIDE_A, SIDE_B, SIDES };
enum { SET_PAIR, SET_CONTROL, SETS };
enum { ROUND_SLOTS = SETS * BLOCK_SLOTS };

/* The values of a side that are in no block, for a file does not say in which order they came:
 * of each measure all, in the order of the file. */
struct loose {
    double *value[MEASURES_MAX];
    size_t n;
};

struct trial {
    struct command command[SIDES];
    struct measures measures;
    bool same_work; /* what they print is to be the same */
    struct rule rule;

    size_t blocks;         /* complete ones, from the first on */
    bool kept[RANKED_MAX]; /* this block's values are there already, from an earlier time */
    bool settled;          /* there is nothing left that more blocks could tell */
    struct output {
        uint64_t hash;
        size_t runs;
        bool varies;
    } output[SIDES]; /* of what each prints */
    double value[MEASURES_MAX][SETS][RANKED_MAX][BLOCK_SLOTS];
    struct loose loose[SIDES]; /* values that are in no block; n is 0 if there are none */
};

/* What is run in a slot of a round: which block of the two goes first changes from round to
 * round.  slot < ROUND_SLOTS. */
struct slot {
    int set, side;
    size_t place; /* in its block */
};
struct slot trial_slot(size_t block, size_t slot);

/* The values of a round, run by run. */
enum { REPEATS_MAX = 15 };
struct round {
    double run[ROUND_SLOTS][REPEATS_MAX][MEASURES_MAX];
};

/* Make the values of a block of a round whose slots were run `repeats` times: the medians. */
void trial_keep(struct trial *t, size_t block, const struct round *r, size_t repeats);

/* A run of that side printed something with that hash. */
void trial_note_output(struct trial *t, int side, uint64_t hash);

/* What B is, in a measure, and the word for it. */
enum said {
    SAID_UNDECIDED,
    SAID_SLOWER,
    SAID_FASTER,
    SAID_MORE,
    SAID_LESS,
    SAID_SAME,
    SAID_EQUAL,   /* in every run: exact */
    SAID_DIFFERS, /* likewise */
    SAID_WORDS,
};
extern const struct words said_words;
const char *said_word(enum said s);

/* What the blocks so far say of a measure.  Of loose values no more than whether they are exact:
 * those of a time never are. */
struct answer {
    enum said said;
    double a, b;      /* medians */
    bool exact;       /* each side has one value, in every run */
    bool judged;      /* false: numbers that are not above 0 have no ratio */
    bool less[SIDES]; /* the true value may be smaller, so two equal values need not be equal in
                         truth */
    struct decision pair, control; /* b / a; a / a */
};
struct answer trial_answer(const struct trial *t, size_t measure);

/* Is there nothing left to decide: is each measure exact, or has it its final word? */
bool trial_is_settled(const struct trial *t);

/* The interval of the first measure, if the trial stopped now. */
struct interval trial_so_far(const struct trial *t);

#endif
