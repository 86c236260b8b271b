/* SPDX-License-Identifier: MIT */
/* csv.h - a table as text: a header line, then a line for each row.
 *
 * A field that holds a comma stands in quotes.  No field holds a quote or a newline, and
 * csv_write_words() sees to that.  The newline is the mark that a row was written to its
 * end.  A line is foreign, and no row, if it has more or fewer fields than the header, if
 * a quote is not closed, if it holds a NUL byte (a power cut leaves those where a row should
 * be), or if it is the last and has no newline.  A foreign line costs itself only: the next
 * newline begins anew.
 * Foreign lines are counted, so that whoever reads the table can name them.
 *
 * There is no checksum.  What a crash does to a file that is only appended to is seen
 * without one, and a row that somebody has corrected or merged by hand stays a row.
 *
 * Columns are found by name.  A table may have columns that its reader does not know, and
 * lack columns that its reader knows: an older or a newer version wrote it. */
#ifndef CSV_H
#define CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { CSV_COLUMNS = 128, CSV_NAMED = 6 };

/* A table that is being read.  It points into the text it was opened on. */
struct csv {
    char *rest, *end; /* what comes after the line that was read last */
    size_t n;         /* columns */
    const char *name[CSV_COLUMNS];
    char *field[CSV_COLUMNS]; /* of the row that was read last */
    size_t line;              /* its number; the header is line 1 */

    size_t foreign;          /* lines so far that are no rows */
    size_t first[CSV_NAMED]; /* the numbers of the first of them */
};

/* Begin to read a text of that length, which is cut into its fields in place: it must live
 * as long as anything that is read from it, and need not end in a NUL.  0, or -EINVAL if it
 * has no whole header line or more than CSV_COLUMNS columns. */
int csv_open(struct csv *t, char *text, size_t length);

/* Go to the next row, past lines that are foreign.  false: there are no more. */
bool csv_next(struct csv *t);

/* The same for a text that must hold exactly one row.  false: it does not. */
bool csv_only(struct csv *t);

/* The row that was read last is foreign too: a field does not hold what it should. */
void csv_reject(struct csv *t);

/* "3 lines of PATH are not rows: lines 185, 355, 525", as a line of trouble to `out`;
 * nothing if none was foreign so far. */
void csv_say_foreign(const struct csv *t, const char *path, FILE *out);

/* The number of rows after this one, at most: the room that a caller must allocate. */
size_t csv_most(const struct csv *t);

/* Is there a column of that name? */
bool csv_has(const struct csv *t, const char *name);

/* The field in the column of that name; NULL if there is no such column. */
const char *csv_field(const struct csv *t, const char *name);

/* Read the whole number in that column into *to.  false: there is none, and *to is unchanged. */
bool csv_count(const struct csv *t, const char *name, uint64_t *to);

/* All of the text as a number, NAN if it is none. */
double csv_to_number(const char *text);

/* The words as a field, in quotes if they hold a comma; a quote or a newline in them becomes a
 * space. */
void csv_write_words(FILE *out, const char *words);

#endif
