/* SPDX-License-Identifier: MIT */
/* words.h - what is one of a few, and the word for each of them.
 *
 * The program compares numbers.  The words stand in tables (CSV), in JSON and on the
 * command line, and are turned into numbers where those are read.  0 is always "none",
 * and its word is empty: a sample that nobody has filled in is no success. */
#ifndef WORDS_H
#define WORDS_H

#include "pattern.h"

/* Which of a tip's twins a process runs. */
enum role {
    TWIN_NONE,
    TWIN_BAD,  /* "bad" */
    TWIN_GOOD, /* "good" */
    TWIN_NULL, /* "null": good once more, in the control */
};

/* What a process is asked for, and what a verdict comes from. */
enum kind {
    KIND_NONE,
    KIND_COUNT,   /* "count": counts after so many requests */
    KIND_SLOPE,   /* "slope": memory after n, 2n, 4n, 8n requests */
    KIND_TIME,    /* "time": timed batches */
    KIND_RATE,    /* "rate": counts and latency under an offered load */
    KIND_CURVE,   /* "curve": timed batches at another size, where nothing is claimed */
    KIND_OUTCOME, /* "outcome": no process is asked for it; every one has one */
};

/* How a process ended. */
enum outcome {
    OUTCOME_NONE,
    OUTCOME_OK,     /* "OK" */
    OUTCOME_STUCK,  /* "STUCK" */
    OUTCOME_PANICS, /* "PANICS" */
    OUTCOME_WRONG,  /* "WRONG" */
    OUTCOME_DIES,   /* "DIES" */
};

/* What a unit is a unit of. */
enum quantity {
    QUANTITY_NONE,  /* a plain number, or things that are counted */
    QUANTITY_BYTES, /* "B" */
    QUANTITY_TIME,  /* "ns", "ns/op" */
    QUANTITY_SHARE, /* "%" */
};

enum quantity unit_quantity(const char *unit);

/* Are its processes timed in batches? */
static inline bool kind_is_timed(enum kind k)
{
    return k == KIND_TIME || k == KIND_CURVE;
}

struct words {
    const char *const *word;
    size_t n;
};

/* Those of a table. */
#define WORDS(of) { of, sizeof of / sizeof of[0] }

extern const struct words twin_words, kind_words, outcome_words;

/* The value whose word this is, or -1. */
int words_find(const struct words *w, const char *word);

/* The same into an enum; false, and 0: there is no such word. */
bool words_read(const struct words *w, const char *word, void *to);

const char *role_word(enum role r);
const char *kind_word(enum kind k);
const char *outcome_word(enum outcome o);
const char *expect_word(enum expect x);

/* The outcome that the tip names; OUTCOME_NONE: it is no outcome. */
enum outcome outcome_expected(enum expect x);

/* Is it the outcome that the tip names? */
bool outcome_is(enum outcome o, enum expect x);

#endif
