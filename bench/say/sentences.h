/* SPDX-License-Identifier: MIT */
/* sentences.h - what a run found, for people.
 *
 * One place words it: the terminal prints these sentences, and the tables carry them to the
 * charts and the report. */
#ifndef SENTENCES_H
#define SENTENCES_H

#include "decide/judge.h"

/* What the twin did, for people: "4 -> 1024", "5013.2 B/op", "812.4", "STUCK", or "-". */
struct result_words {
    char text[80];
};
struct result_words result_words(const struct result *r);

/* The same of a twin in a verdict; bytes and times in the unit that suits the larger of two:
 * "4.9 -> 299 KiB", "5.0 KiB/request". */
struct result_words result_words_of(const struct verdict *v, const struct result *r);

/* What the verdict was come to from, as a sentence: "bad is 24 % faster (between 21 and 25 %)",
 * "over 52 thousand requests memory of bad grows by 5.0 KiB a request; that of good does not
 * grow", "bad leaves 32 timers a request; good none", "bad gets stuck; good answers right".  In a
 * table a comma would become a semicolon. */
void verdict_sentence(const struct verdict *v, char *text, size_t bytes);

/* What a latency is of, where not all were served: "of requests served (bad 100 %; good 41 %)".
 * Else empty. */
struct result_words served_words(const struct verdict *v);

/* How far the memory of both twins was followed: "over 52 thousand requests". */
struct result_words horizon_words(const struct verdict *v);

#endif
