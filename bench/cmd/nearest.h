/* SPDX-License-Identifier: MIT */
/* nearest.h - which name was meant by one that does not exist. */
#ifndef NEAREST_H
#define NEAREST_H

#include <stddef.h>

/* How many letters must be put in, left out or changed to make b of a; words
 * longer than 63 letters are compared by their beginnings. */
size_t word_distance(const char *a, const char *b);

/* The tip whose name is nearest, with or without its family; NULL: there is no tip. */
const char *nearest_tip(const char *name);

#endif
