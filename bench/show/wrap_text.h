/* SPDX-License-Identifier: MIT */
/* wrap_text.h - lines as wide as the terminal. */
#ifndef WRAP_TEXT_H
#define WRAP_TEXT_H

#include <stdbool.h>
#include <stdio.h>

/* How many columns a line on standard output may have: what COLUMNS says, else those of the
 * terminal that it is; at most 80, and 80 in a file.  The second: a line on that file. */
int wrap_columns(void);
int wrap_columns_of(int fd);

/* Fewer than 80: tables and pictures of characters have no room, and what they say stands in
 * lines. */
bool wrap_is_narrow(void);

/* The text and a newline, cut at spaces and continued below itself: `left` columns of
 * the first line are taken already, and the others are indented by as many.  Where that
 * leaves less than half of a narrow line, the text begins on the next one.  A word that is
 * wider than a line stays whole. */
void wrap_print(FILE *out, const char *text, int left);

/* The same on standard output, of a text that begins a line: the lines below the first are
 * indented by `left`. */
void wrap_line(int left, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same of a line that programs read, too: where no terminal is, and no COLUMNS, it stays
 * whole, as it does on a terminal that is wide enough. */
void wrap_row(int left, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
