/* SPDX-License-Identifier: MIT */
/* wrap_text.h - a text on a terminal of 80 columns. */
#ifndef WRAP_TEXT_H
#define WRAP_TEXT_H

#include <stdio.h>

/* The text and a newline, cut at spaces and continued below itself: `left` columns of
 * the first line are taken already, and the others are indented by as many.  A word
 * that is wider than a line stays whole. */
void wrap_print(FILE *out, const char *text, int left);

#endif
