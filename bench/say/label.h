/* SPDX-License-Identifier: MIT */
/* label.h - is it true what people say?
 *
 * A tip quotes one saying and has, as claims, what would be measured if it were true
 * (tip.says).  From what a run found of these alone comes the label of the saying, for each
 * executor and for the tip as a whole.  What was expected plays no part. */
#ifndef LABEL_H
#define LABEL_H

#include "say/sentences.h"

enum label {
    LABEL_NONE,      /* the executor reports nothing of what the saying is about */
    LABEL_TRUE,      /* what it says is measured */
    LABEL_MYTH,      /* something else is measured */
    LABEL_DEPENDS,   /* true here and a myth there: of a tip as a whole */
    LABEL_UNDECIDED, /* the run could not tell */
};

/* "true", "myth", "depends", "undecided"; "-" for LABEL_NONE. */
const char *label_word(enum label l);

/* The label of that word into *l.  false: there is none. */
bool label_find(const char *word, enum label *l);

/* What a run found of a saying, for one executor or over all of them. */
struct saying {
    const char *tip;
    const struct executor *executor; /* NULL: over all */
    enum label label;
    char on[96];               /* LABEL_DEPENDS: on what: "the heap", "C or Go", "the Go release" */
    char said[SENTENCE_BYTES]; /* what would be found if it were true: "bad is no slower" */
    char evidence[SENTENCE_BYTES]; /* what was found, or why that is not known */
    double ratio, lo, hi;          /* if that is a time: bad / good with its interval; else NAN */
};

/* parts: the verdicts on what the saying says, n > 0 of them, all of one executor.
 *
 * A myth if one is refuted.  Else true if all hold, or if one that is exact does: what was
 * counted is not in doubt because a slope was noisy.  Else undecided. */
struct saying saying_there(const char *tip, const struct executor *x, const struct verdict *parts,
                           size_t n);

/* The sayings of one tip, n > 0 of them, as one.  Those that were decided agree: that is the
 * label; they do not: it depends; none was: undecided.  Where some were not decided, the evidence
 * names the executor that it is of, and them: "in C bad is slow; undecided in Go 1.19". */
struct saying saying_overall(const struct saying *there, size_t n);

/* The saying itself, as the page of its tip has it; NULL: the tip is unknown, or a test's own. */
const char *saying_quote(const struct saying *s);

/* What was said beside what was found, so that a myth is understood in one reading: "said: bad is
 * no slower than good; measured: bad is 8.18 times as slow (between 6.15 and 10)".  Of what is
 * true the measured alone.  On what a label depends is s->on.  Large numbers have commas. */
void saying_sentence(const struct saying *s, char *text, size_t bytes);

/* "Of 34 sayings 24 are myths here, 6 are true, 3 depend; 1 could not be decided." into text,
 * from those over all executors; of one alone "The saying is a myth here." */
void headline(const struct saying *sayings, size_t n, char *text, size_t bytes);

#endif
