/* SPDX-License-Identifier: MIT */
/* nearest.h - which word was meant by one that does not exist. */
#ifndef NEAREST_H
#define NEAREST_H

#include <stddef.h>

/* The longest word that is compared and kept, with its end. */
enum { NEAREST_ROOM = 64 };

/* How many letters must be put in, left out or changed to make b of a, whatever their case; longer
 * words are compared by their beginnings. */
size_t word_distance(const char *a, const char *b);

/* The best of the words that were offered for the one that was given. */
struct nearest {
    const char *given;
    char word[NEAREST_ROOM]; /* "": none was near */
    size_t distance, length; /* of its spelling */
};

/* Offer `word`, which is often written as `spelling`.  A word of which the beginning or a long part
 * was given is nearest, and of these the shortest.  One of which more than a third is wrong is not
 * near, and is never suggested. */
void nearest_offer(struct nearest *n, const char *word, const char *spelling);

/* "; nearest is WORD", for the end of a complaint; "": none was near.  Valid until the next call.
 */
const char *nearest_hint(const struct nearest *n);

/* The family or tip whose name is nearest, a tip's with or without its family, or a word of it; of
 * a family that is there, one of its tips. */
struct nearest nearest_tip(const char *name);

#endif
