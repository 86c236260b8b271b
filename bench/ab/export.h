/* SPDX-License-Identifier: MIT */
/* export.h - what a series found, into a file whose name says in which form. */
#ifndef EXPORT_H
#define EXPORT_H

#include "trial/series.h"

#define EXPORT_FORMATS ".json, .md, .xml (JUnit), .svg or .png"

/* Can it be written there, as far as can be seen before there is anything to write?  The exit
 * status: 0, or 1 that was said. */
int export_check(const char *path);

/* Afterwards the file is there whole, or as it was.  fail_on: what a test case of JUnit's fails
 * on.  The exit status: 0, or 1 that was said. */
int export_write(const struct series *s, const char *path, const bool fail_on[SAID_WORDS]);

#endif
