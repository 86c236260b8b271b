/* SPDX-License-Identifier: MIT */
/* trial.h - two commands by turns, in fresh processes, in blocks of four; and beside each block
 * another one in which the first command plays both parts: the control. */
#ifndef TRIAL_H
#define TRIAL_H

#include "ab/measure.h"
#include "decide/decide.h"
#include "inside/words.h"

enum { SIDE_A, SIDE_B, SIDES };
enum { SET_PAIR, SET_CONTROL, SETS };

struct trial {
    /* What is asked for. */
    struct command command[SIDES];
    struct command prepare; /* before each run, not timed; text NULL: nothing */
    uint64_t warmups;       /* runs of each that do not count; one is made in any case */
    double budget_ns, margin;
    uint64_t each_ms;   /* how long a benchmark runs in a process, if they are benchmarks */
    uint64_t most_runs; /* 0: as many as the budget has room for */
    struct measures measures;
    bool same_work; /* what they print is to be the same */

    /* What came of it. */
    struct rule rule;
    size_t repeats; /* runs behind a value, which is their median */
    size_t blocks;  /* complete ones */
    double spent_ns;
    bool interrupted;
    struct output {
        uint64_t hash;
        size_t runs;
        bool varies;
    } output[SIDES]; /* of what each prints */
    double value[MEASURES_MAX][SETS][DECIDE_MAX][BLOCK_SLOTS];
};

/* Run it: up to the interim analysis at which all is settled, or the budget is spent, or the
 * runner is interrupted.  After a failure of a command, which is said in a line, nothing is
 * averaged.  The exit status. */
int trial_run(struct trial *t);

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

/* What the blocks so far say of a measure. */
struct answer {
    enum said said;
    double a, b;                   /* medians */
    bool exact;                    /* each side has one value, in every run */
    bool judged;                   /* false: numbers that are not above 0 have no ratio */
    struct decision pair, control; /* b / a; a / a */
};
struct answer trial_answer(const struct trial *t, size_t measure);

/* The interval of the first measure, if the trial stopped now. */
struct interval trial_so_far(const struct trial *t);

#endif
