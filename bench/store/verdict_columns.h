/* SPDX-License-Identifier: MIT */
/* verdict_columns.h - the columns of verdicts.csv: one table for who writes it, who reads it
 * and who describes it. */
#ifndef VERDICT_COLUMNS_H
#define VERDICT_COLUMNS_H

#include "decide/judge.h"

/* A line of verdicts.csv. */
struct verdict_row {
    struct verdict v;
    const char *bad, *good; /* what the twins did, in words */
    const char *sentence;   /* what was found, for people; empty in older runs */
};

/* Its columns: COLUMN(name, as what it is written, field of struct verdict_row, text).
 * The words in bad and good are for people; programs read the numbers behind the note.
 * Older runs do not have these. */
#define VERDICT_COLUMNS(COLUMN)                                                                    \
    COLUMN(tip, AS_WORDS, v.tip,                                                                   \
           "folder of the tip, family/name; null is the control, one program twice")               \
    COLUMN(claim, AS_COUNT, v.claim, "which of the tip's claims, from 0")                          \
    COLUMN(column, AS_WORDS, v.column,                                                             \
           "what it is about: a column of samples.csv, outcome, or time")                          \
    COLUMN(kind, AS_KIND, v.kind, "how it was decided: count, slope, outcome or time")             \
    COLUMN(bad, AS_WORDS, bad,                                                                     \
           "what bad did, in words: first and last point of the dial, or ns of a request")         \
    COLUMN(good, AS_WORDS, good, "the same of good")                                               \
    COLUMN(ratio, AS_RATIO, v.ratio,                                                               \
           "time of bad / time of good; empty where it is not about time")                         \
    COLUMN(lo, AS_RATIO, v.lo,                                                                     \
           "lower end of its interval; those of all of the board hold together in 99 %")           \
    COLUMN(hi, AS_RATIO, v.hi, "upper end of it")                                                  \
    COLUMN(verdict, AS_FINDING, v.finding,                                                         \
           "holds, refuted or unsure; - where Go does not report the column")                      \
    COLUMN(expected, AS_FINDING, v.expected,                                                       \
           "what the tip expects: refuted where it holds a saying to be false, and in "            \
           "Go where the claim says why Go differs; what was found, where a time differs from "    \
           "machine to machine")                                                                   \
    COLUMN(lang, AS_EXECUTOR, v.executor, "c, c+glibc, c+mimalloc or go, as in samples.csv")       \
    COLUMN(n, AS_COUNT, v.n, "processes behind it; of a time, blocks")                             \
    COLUMN(note, AS_CHARS, v.note, "why, where it is not plain")                                   \
    COLUMN(bad_first, AS_NUMBER, v.bad.first,                                                      \
           "a count of bad at the first point of the dial; empty where none is judged")            \
    COLUMN(bad_last, AS_NUMBER, v.bad.last, "the same at the last point")                          \
    COLUMN(bad_slope, AS_NUMBER, v.bad.slope.mid,                                                  \
           "memory of bad, bytes for a request; empty where it is not judged")                     \
    COLUMN(bad_slope_lo, AS_NUMBER, v.bad.slope.lo,                                                \
           "lower end of its 95 % interval; empty if there are too few points")                    \
    COLUMN(bad_slope_hi, AS_NUMBER, v.bad.slope.hi, "upper end of it")                             \
    COLUMN(bad_trend, AS_TREND, v.bad.trend,                                                       \
           "memory of bad: rises, level, settles, slows, creeps or unclear, as in slopes.csv")     \
    COLUMN(bad_over, AS_NUMBER, v.bad.over,                                                        \
           "its memory was followed over so many requests; beyond them nothing is known")          \
    COLUMN(bad_served, AS_RATIO, v.bad.served,                                                     \
           "of a latency: the share of the requests that were served at the last point; it is of " \
           "these alone")                                                                          \
    COLUMN(bad_ns, AS_NUMBER, v.bad.ns,                                                            \
           "time of bad, ns for a request, median of the blocks; empty where it is not judged")    \
    COLUMN(bad_outcome, AS_OUTCOME, v.bad.outcome,                                                 \
           "how bad came out at the last point of the dial; empty where it is not judged")         \
    COLUMN(good_first, AS_NUMBER, v.good.first, "bad_first, of good")                              \
    COLUMN(good_last, AS_NUMBER, v.good.last, "bad_last, of good")                                 \
    COLUMN(good_slope, AS_NUMBER, v.good.slope.mid, "bad_slope, of good")                          \
    COLUMN(good_slope_lo, AS_NUMBER, v.good.slope.lo, "lower end of its interval")                 \
    COLUMN(good_slope_hi, AS_NUMBER, v.good.slope.hi, "upper end of it")                           \
    COLUMN(good_trend, AS_TREND, v.good.trend, "bad_trend, of good")                               \
    COLUMN(good_over, AS_NUMBER, v.good.over, "bad_over, of good")                                 \
    COLUMN(good_served, AS_RATIO, v.good.served, "bad_served, of good")                            \
    COLUMN(good_ns, AS_NUMBER, v.good.ns, "bad_ns, of good")                                       \
    COLUMN(good_outcome, AS_OUTCOME, v.good.outcome, "bad_outcome, of good")                       \
    COLUMN(sentence, AS_WORDS, sentence, "what was found, as a sentence for people")

#endif
