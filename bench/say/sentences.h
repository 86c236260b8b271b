/* SPDX-License-Identifier: MIT */
/* sentences.h - what a run found, for people.
 *
 * One place words it: the terminal prints these sentences, and the tables carry them to the
 * charts and the report.  No sentence has a comma, for in a table that would end a field. */
#ifndef SENTENCES_H
#define SENTENCES_H

#include "decide/judge.h"

/* Room for any sentence. */
enum { SENTENCE_BYTES = 400 };

/* What a claim says of a twin, as a verb: "stays flat", "answers right", "is slower".  "": nothing.
 */
const char *expect_phrase(enum expect x);

/* What the twin did, for a field of a table: "4 -> 1024", "5013.2 B/op", "812.4", "STUCK", "-". */
struct result_words {
    char text[80];
};
struct result_words result_words(const struct result *r);

/* The same of a twin in a verdict; bytes and times in the unit that suits the larger of two:
 * "4.9 -> 299 KiB", "5.0 KiB/request". */
struct result_words result_words_of(const struct verdict *v, const struct result *r);

/* "2.61", "38", "38000": no more digits than a ratio of times is known to. */
struct result_words ratio_words(double x);

/* What the verdict was come to from:
 *
 *     bad is 24 % faster (between 21 and 25 %)
 *     over 52 thousand requests memory of bad grows by 5.0 KiB a request; that of good does not
 *     bad leaves 32 timers a request; good none
 *     cleanups pending at once rise in bad from 1 to 1024 as files per request rise from 1 to
 *         1024; in good they stay at 1
 *     bad gets stuck; good answers right */
void verdict_sentence(const struct verdict *v, char *text, size_t bytes);

/* What would be found if the claim were true, in the same words: "bad is no slower", "tasks left
 * alive rise in bad". */
void claim_sentence(const struct tip *t, const struct claim *c, char *text, size_t bytes);

/* What a latency is of, where not all were served: "of requests served: 100 % in bad; 41 % in
 * good".  Else empty. */
struct result_words served_words(const struct verdict *v);

/* How far the memory of both twins was followed: "over 52 thousand requests". */
struct result_words horizon_words(const struct verdict *v);

/* Who ran that tip: "C", "Go 1.24", "C on glibc"; and "C on the collector" where that is the
 * tip's own heap.  An unknown tip has the usual one. */
struct result_words executor_words(const struct executor *x, const char *tip);

/* What the tip's parameter counts, and its ends: "4 to 1024 requests". */
struct result_words dial_words(const struct tip *t);

/* The same text with commas in its numbers, for a page that is no table: "65,024". */
void with_commas(const char *text, char *to, size_t bytes);

#endif
