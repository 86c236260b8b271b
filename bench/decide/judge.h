/* SPDX-License-Identifier: MIT */
/* judge.h - from samples to verdicts.
 *
 * Counts are judged as they stand; time by the rule of time_rule.h.  A verdict says
 * what a run found about one claim: holds, refuted, or unsure. */
#ifndef JUDGE_H
#define JUDGE_H

#include "decide/time_rule.h"
#include "inside/tips.h"

/* EMPTY: there is nothing to find, for the executor does not report that column. */
enum finding { HOLDS, REFUTED, UNSURE, EMPTY };

/* What memory does over the requests. */
enum trend {
    TREND_NONE,
    TREND_RISES,   /* to the end as fast as in the beginning */
    TREND_LEVEL,   /* over all points */
    TREND_SETTLES, /* it rose, and is level in the later points */
    TREND_SLOWS,   /* it rises, but ever more slowly: it may settle beyond the last point */
    TREND_CREEPS,  /* it rises, by less than LEAK_BYTES a request */
    TREND_UNCLEAR, /* the noise is larger than any growth */
};
extern const struct words trend_words; /* "", "rises", "level" ... */
const char *trend_word(enum trend t);

/* Less than so many bytes a request is called no leak. */
enum { LEAK_BYTES = 16 };

/* What one twin did.  NAN, and OUTCOME_NONE, where the claim is about something else or nothing is
 * known. */
struct result {
    double first, last;    /* a count: at the first and at the last point of the dial */
    struct interval slope; /* memory: bytes per request, at 95 % */
    enum trend trend;      /* memory */
    double over;           /* memory: followed over so many requests */
    double served; /* a latency: the share of requests that were served, whose latency it is */
    double ns;     /* time: of a request, the median of the blocks */
    enum outcome outcome; /* how the last process at the last point came out */
};

/* What a run found of one claim: a line of verdicts.csv. */
struct verdict {
    const char *tip;
    size_t claim; /* index into tip.claims */
    const char *column;
    enum kind kind; /* count, slope, outcome or time */
    struct result bad, good;
    double ratio, lo, hi; /* time of bad / time of good with its interval; else NAN */
    double least;         /* the ratio that the claim says there is at least; 0: it says none */
    enum finding finding;
    enum finding expected; /* REFUTED if the tip says so; EMPTY if the finding is; if the claim
                            * varies, what was found */
    bool varies;
    const struct executor *executor;
    size_t n;       /* number of samples, or of blocks */
    char note[160]; /* why, where it is not plain: "bad differs between runs: 3, 4" */
};

/* A verdict without figures, UNSURE so far, on a claim of that tip. */
struct verdict verdict_blank(const char *tip, const struct claim *c, enum kind kind,
                             const struct executor *x);

static inline bool verdict_is_time(const struct verdict *v)
{
    return v->kind == KIND_TIME;
}

/* Is bad slower, but by less than the claim says? */
bool verdict_is_less_than_said(const struct verdict *v);

const char *finding_word(enum finding f);

/* The finding of that word into *f.  false: there is none. */
bool finding_find(const char *word, enum finding *f);

/* How many processes of each twin run at each point of the dial. */
enum { COUNT_RUNS = 3 };

/* How the process of a sample came out: its outcome, or WRONG if that is OK but
 * the answer is not that of a good twin's sample with the same settings.  Without
 * such a partner it is the outcome. */
enum outcome judge_outcome(const struct sample *s, const struct sample *samples, size_t n);

/* Judge a claim on a count, on growth or on an outcome.  samples: every sample of
 * the tip along its dial ("count", "slope" or "rate"), any order, both twins.
 * Several of one point must agree if the column is EXACT; else their median
 * counts.  UNSURE if a point has no sample, or one that did not come out OK, or one in
 * which the column is empty though every process of the executor knows it; EMPTY if it
 * is empty and not every one does. */
struct verdict judge_count(const struct entry *e, const struct claim *c, const struct executor *x,
                           const struct sample *samples, size_t n);

/* What FLAT, GROWS and FALLS mean for values y at dial points x (n >= 2, rising),
 * for a column of that kind.  FLAT: all equal; what is not EXACT may differ by a
 * factor 2, and by 8 where it is small.  GROWS: each step is at least half of what
 * growth in proportion to x would make it.  FALLS: each step is down, until 0. */
bool shape_holds(enum expect shape, enum column_kind kind, const double *x, const double *y,
                 size_t n);

#endif
