/* SPDX-License-Identifier: MIT */
/* store.h - the folder of a run, and how it survives whatever ends the run.
 *
 * A run has a folder of its own, results/<date>_<time>/; results/latest is a link
 * to the newest.  There are two kinds of file in it.  A journal (samples.csv) grows
 * by a line in one write, so that at any moment it holds whole lines and at most one
 * torn one at its end, which readers drop.  Everything else is derived: it is
 * written beside and renamed, so that it is there whole or not at all.
 *
 * What goes wrong is said here, in one line on stderr that names the file; the
 * caller needs only the errno. */
#ifndef STORE_H
#define STORE_H

#include "inside/probe.h"

#include <jansson.h>

struct store;

/* Lock the results folder (making it if need be) and start a run in it, or, with
 * `resume`, go on with results/latest, of which a torn last line is cut off.  NULL:
 * said why not - another run holds the lock, nothing to resume, or the folder cannot
 * be written. */
struct store *store_open(const char *results, bool resume);

/* Unlocks.  The run folder stays. */
void store_close(struct store *s);

/* "results/2026-01-30_14-02-11"; valid until the store is closed. */
const char *store_folder(const struct store *s);

/* folder/name, valid until the next call. */
const char *store_path(const struct store *s, const char *name);

/* Add a sample to samples.csv.  0 or a negative errno; after -ENOSPC the file holds
 * what it held before. */
int store_sample(struct store *s, const struct sample *row);

/* Replace the file of that name in the run's folder. */
int store_file(struct store *s, const char *name, const char *bytes, size_t length);

int store_json(struct store *s, const char *name, const json_t *o);

/* Replace any file: afterwards it is there whole, or as it was.  0, or a negative errno that
 * has been said. */
int store_replace(const char *path, const char *bytes, size_t length);

/* The whole rows of the run's samples.csv into *out, malloc'd, *n of them; NULL and 0
 * if there are none yet.  Lines that are no sample are left out. */
int store_read(const struct store *s, struct sample **out, size_t *n);

/* Read any such file; needs no lock. */
int store_read_file(const char *path, struct sample **out, size_t *n);

/* A file's bytes, NUL after the last, malloc'd; NULL if it cannot be read. */
char *store_slurp(const char *path, size_t *length);

#endif
