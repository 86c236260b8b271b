/* SPDX-License-Identifier: MIT */
/* store.h - the folder of a run, and how it survives whatever ends the run.
 *
 * A run has a folder of its own, results/<date>_<time>/; results/latest is a link
 * to the newest.  There are two kinds of file in it.  A journal (samples.csv) grows
 * by a line in one write, so that at any moment it holds whole lines and at most one
 * torn one at its end.  Everything else is written beside and renamed, so that it is there
 * whole or not at all.  The first of that is run.json: what the run is of, its tips and
 * how much of each, and on which machine.  machine.json repeats it for readers.
 *
 * What goes wrong is said here, in one line on stderr that names the file; the
 * caller needs only the errno. */
#ifndef STORE_H
#define STORE_H

#include "inside/sample.h"

#include <jansson.h>

struct store;

/* The results folder where none is named: "results", or for tips of somebody's own the one beside
 * them. */
const char *store_usual(void);

/* Lock the results folder (making it if need be) and start a run in it, which is what
 * `what` says: run.json, unless it is NULL.  NULL: said why not - another run holds the lock,
 * or the folder cannot be written. */
struct store *store_begin(const char *results, const json_t *what);

/* Go on with the run of results/latest; a line that is torn stays, and is ended.  NULL: said
 * why not, as above, or that there is nothing to resume, or that its rows are not ours. */
struct store *store_resume(const char *results);

/* What the run measures, as it was begun: run.json, or in an older run machine.json.  The caller
 * owns it.  NULL: a line has said that neither can be read. */
json_t *store_what(const struct store *s);

/* Unlocks.  The run folder stays. */
void store_close(struct store *s);

/* "results/2026-01-30_14-02-11"; valid until the store is closed. */
const char *store_folder(const struct store *s);

/* folder/name, valid until the next call. */
const char *store_path(const struct store *s, const char *name);

/* Is the run's folder still where it was?  0, or -ENOENT, which has been said, once.  Whatever
 * writes to it looks; call it where nothing is written for long. */
int store_check(struct store *s);

/* Add a sample to samples.csv.  0 or a negative errno, which has been said; after -ENOSPC the
 * file holds what it held before, or the next row ends what was torn. */
int store_sample(struct store *s, const struct sample *row);

/* Replace the file of that name in the run's folder. */
int store_file(struct store *s, const char *name, const char *bytes, size_t length);

int store_json(struct store *s, const char *name, const json_t *o);

/* The same of what write(out, arg) writes. */
typedef void store_writer(FILE *out, const void *arg);
int store_written(struct store *s, const char *name, store_writer *write, const void *arg);

/* The samples in the run's samples.csv into *out, malloc'd, *n of them; NULL and 0 if there
 * is no such file yet.  Lines that are no sample are left out, and said by their numbers. */
int store_read(const struct store *s, struct sample **out, size_t *n);

/* Read any such file; needs no lock. */
int store_read_file(const char *path, struct sample **out, size_t *n);

#endif
