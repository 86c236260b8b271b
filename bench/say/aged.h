/* SPDX-License-Identifier: MIT */
/* aged.h - did a tip age as it says?
 *
 * A tip's ageing is a list of facts (struct fact in patterns/pattern.h).  Each Go that is here
 * answers each of them, by a probe or by the verdict on a claim, and the answer is what the
 * fact says of that release or contradicts it. */
#ifndef AGED_H
#define AGED_H

#include "say/findings.h"

enum answer { ANSWER_NONE, ANSWER_NO, ANSWER_YES };

/* "-", "no", "yes" */
const char *answer_word(enum answer a);

/* What one Go answered. */
struct aged {
    const char *tip;
    const struct fact *fact;
    const struct executor *executor; /* NULL: the fact is cited and not run, or no Go is here */
    enum answer answer;
    char saw[SENTENCE_BYTES]; /* for people */
};

enum standing {
    STANDING_CONFIRMED,    /* the release does what the fact says of it */
    STANDING_CONTRADICTED, /* it does the opposite */
    STANDING_UNDECIDED,    /* it gave no answer */
    STANDING_CITED,        /* cited, not run */
};

/* "confirmed", "contradicted", "undecided", "cited" */
const char *standing_word(enum standing s);

enum standing aged_standing(const struct aged *a);

/* What the fact says of this release: yes, or no. */
enum answer aged_expected(const struct fact *f, const struct executor *x);

/* The answer to a fact that has a claim, from the verdict on it; or, where the fact has bounds,
 * from the interval of the ratio of times: yes if it lies between them, no if it lies on the
 * other side of one, else none.  None either where nothing is said of time. */
void aged_by_claim(struct aged *a, const struct findings *f);

#endif
