/* SPDX-License-Identifier: MIT */
/* csv.h - a table as text: a header line, then a line for each row.
 *
 * Our tables quote nothing: a field holds no comma, no quote and no newline, and
 * csv_write_words() sees to that.  The newline is the mark that a row was written to its
 * end.  So a last line without one is torn, and a row with more or fewer fields than the
 * header has was torn before the next one was glued to it.  Neither is a row.
 *
 * Columns are found by name.  A table may have columns that its reader does not know, and
 * lack columns that its reader knows: an older or a newer version wrote it. */
#ifndef CSV_H
#define CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { CSV_COLUMNS = 128 };

/* A table that is being read.  It points into the text it was opened on. */
struct csv {
    char *rest; /* what comes after the row that was read last */
    size_t n;   /* columns */
    const char *name[CSV_COLUMNS];
    char *field[CSV_COLUMNS]; /* of the row that was read last */
};

/* Begin to read that text, which is cut into its fields in place: it must live as long as
 * anything that is read from it.  0, or -EINVAL if it has no whole header line or more
 * than CSV_COLUMNS columns. */
int csv_open(struct csv *t, char *text);

/* Go to the next row, past lines that are none.  false: there are no more. */
bool csv_next(struct csv *t);

/* How many rows there are at most after this one: for who allocates room. */
size_t csv_most(const struct csv *t);

/* The field in the column of that name; NULL if there is no such column. */
const char *csv_field(const struct csv *t, const char *name);

/* The number in that column; NAN if there is no such column, or no number in it. */
double csv_number(const struct csv *t, const char *name);

/* The whole number in that column into *to.  false: there is none, and *to is as it was. */
bool csv_count(const struct csv *t, const char *name, uint64_t *to);

/* All of the text as a number, NAN if it is none. */
double csv_to_number(const char *text);

/* The words as a field: a comma becomes a semicolon; a quote or a newline, a space. */
void csv_write_words(FILE *out, const char *words);

#endif
