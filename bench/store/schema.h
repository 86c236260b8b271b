/* SPDX-License-Identifier: MIT */
/* schema.h - the columns of every table a run leaves, besides samples.csv (sample.h).
 *
 * Whoever writes such a table takes its header from here, and bench/COLUMNS.md is made
 * of it: a column that is not described cannot be written. */
#ifndef SCHEMA_H
#define SCHEMA_H

#include <stdio.h>

struct schema {
    const char *file, *text;
    struct {
        const char *name, *text;
    } columns[48]; /* up to the first without a name */
};

extern const struct schema schemas[];
extern const size_t nschemas;

/* The header line of that file; a file that is not in `schemas` ends the program. */
void schema_header(FILE *out, const char *file);

/* All columns, those of samples.csv first, as Markdown. */
void schema_markdown(FILE *out);

#endif
